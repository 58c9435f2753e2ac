"""Things that the knowledge base does not have: first-class all the same, one key for one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.folding import fold, slug
from kg.model import Entity, Key, Term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.kb import KnowledgeBase

_KIND = {
    "dip:Person": "person",
    "dip:State": "state",
    "dip:Polity": "place",
    "dip:Place": "place",
    "dip:Organization": "org",
    "dip:Agreement": "agreement",
    "dip:Process": "process",
}


_JOINTS = frozenset({"of", "for", "and", "the", "affairs", "s"})
_SPELLED = {"defense": "defence"}


class Unknown:
    """The unknown things of one document, told apart by class and folded name."""

    def __init__(self, kb: KnowledgeBase) -> None:
        """Start with nothing."""
        self._kb = kb
        self._met: dict[tuple[str, str], Entity] = {}

    def meet(self, name: str, type_: Term, within: Key | None = None) -> Entity:
        """Give the entity of an unknown name, the same for the same name met again."""
        kind = _KIND.get(type_, "org")
        at = ("person" if kind == "person" else "thing", _plain(name, kind))
        known = self._met.get(at)
        if known is None:
            known = Entity(self._free_key(kind, name), type_, name, within=within)
        elif known.within is None and within is not None:
            known = Entity(known.key, known.type, known.label, known.aliases, within=within)
        self._met[at] = known
        return known

    def latest(self, entity: Entity) -> Entity:
        """Give an unknown entity with all that was learned of it since."""
        kind = entity.key.split("/")[0]
        return self._met.get(("person" if kind == "person" else "thing", _plain(entity.label, kind)), entity)

    def _free_key(self, kind: str, name: str) -> Key:
        key = f"{kind}/{slug(_without_initials(name) if kind == 'person' else name)}"
        return Key(key if key not in self._kb else f"{key}-unlisted")


def _plain(name: str, kind: str) -> str:
    """Give a folded name; of a person's, without the initials in the middle."""
    return fold(_without_initials(name) if kind == "person" else name)


def _without_initials(name: str) -> str:
    parts = name.split()
    return " ".join([*parts[:1], *(p for p in parts[1:-1] if len(p.rstrip(".")) > 1), *parts[1:][-1:]])


def initials_fit(acronym: str, name: str) -> bool:
    """Tell whether the letters of an acronym are initials of the words of a name, in order."""
    letters = [word[0] for word in fold(name).split()]
    at = 0
    for letter in fold(acronym).replace(" ", ""):
        while at < len(letters) and letters[at] != letter:
            at += 1
        if at == len(letters):
            return False
        at += 1
    return True


def name_words(name: str, particles: Iterable[str]) -> list[str]:
    """Give the folded words of a name without its particles: ``al-Burhan`` has one."""
    leave = frozenset(particles)
    parts = fold(name).split()
    return [part for part in parts if part not in leave] or parts


def body_name(text: str, state: Entity, kb: KnowledgeBase) -> str:
    """Give the name of a state's body with the state in it, the same for the ways to say it.

    ``Russian Foreign Ministry``, and ``Ministry of Foreign Affairs`` said of Russia, are both the
    ``Russia Foreign Ministry``; a body with a name of its own keeps it.
    """
    own = [word for word in fold(text).split() if not _is_of(word, state, kb)]
    common = kb.words("generic", "org-head", "ministry") | _JOINTS
    if any(word not in common for word in own):
        return text
    kept = [word for word in own if word not in _JOINTS]
    if "ministry" in kept:
        kept = [*(word for word in kept if word != "ministry"), "ministry"]
    return " ".join([state.label, *(_SPELLED.get(word, word).capitalize() for word in kept)])


def _is_of(word: str, state: Entity, kb: KnowledgeBase) -> bool:
    demonym = any(found.key == state.key for found in kb.states_of_demonym(word))
    return demonym or word in fold(state.label).split()
