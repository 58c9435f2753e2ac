"""Titles, and those told of several persons at once: "the foreign ministers of A and B, X and Y"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.text.lemmas import noun_lemma
from kg.text.scene import is_kind, names_person
from kg.text.titlewords import office_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Token

    from kg.model import Entity, Key, Link
    from kg.text.scene import Scene


_PAIR = 2
_ADDRESS = frozenset(("mr", "mrs", "ms", "dr", "h.e", "messrs"))


@dataclass(frozen=True, slots=True)
class Title:
    """A title that the text gives a person."""

    person: Link
    words: str
    """The office without its state: "defence minister"."""
    side: Entity | None
    office: bool
    """Whether it names an office that is held now, not a rank or a former post."""
    start: int
    end: int
    elsewhere: bool = False
    """Whether the text tells an owner whom the reader does not know: "the rebels' envoy", "his spokesman"."""


def paired(scene: Scene) -> Iterator[Title]:
    """As in "the foreign ministers of A and B, X and Y": in the same order, where the numbers agree."""
    plurals = (head for head in scene.doc if head.tag_ in ("NNS", "NNPS"))
    for head in plurals:
        noun = noun_lemma(head)
        if noun not in scene.lexicon.words["titles"]:
            continue
        phrase = scene.doc[head.left_edge.i : head.i]
        behind = _up_to_title(scene, scene.doc[head.i + 1 : min(head.sent.end, head.right_edge.i + 8)])
        around = (*phrase, *(token for token in behind if token.i <= head.right_edge.i))
        sides = _distinct(scene, around, "state", "group")
        holders = _distinct(scene, behind, "person")
        states = [link.entity for link in sides]
        if not sides and head.i + 1 < len(scene.doc) and names_person(scene, head.i + 1):
            states = [_served(scene, holder) for holder in holders]  # "Presidents A and B"
        if len(holders) < _PAIR:
            continue
        if len(states) != len(holders):
            if sides or not _right_behind(scene, head, holders[0]):
                continue  # "the envoys of A met B and C"
            states = [_own_side(scene, holder) for holder in holders]
        words = (
            office_words(scene, [t for t in phrase if t.dep_ in ("amod", "compound", "nmod")]) + f" {noun}"
        )
        name = scene.lexicon.offices.get(words.strip(), words.strip())
        lesser = scene.lexicon.words["not_an_office"] | scene.lexicon.words["ranks"]
        for side, holder in zip(states, holders, strict=True):
            yield Title(
                holder,
                name,
                side,
                any(word not in lesser for word in name.split()) and not _is_former(scene, head),
                head.i,
                head.i + 1,
                elsewhere=side is None,
            )


def _right_behind(scene: Scene, head: Token, holder: Link) -> bool:
    """Tell whether the first name stands right behind a title, or behind its of-phrase and a comma."""
    start = holder.mention.tokens.start
    between = [token for token in scene.doc[head.i + 1 : start] if token.lower_.rstrip(".") not in _ADDRESS]
    if not between or (between == [between[0]] and between[0].text == ","):
        return True
    return between[0].lower_ == "of" and between[-1].text == "," and sum(t.text == "," for t in between) == 1


def _own_side(scene: Scene, holder: Link) -> Entity | None:
    """As in "the envoys, A of X and B of Y": X; else the state that the person is known to serve."""
    told = side_behind(scene, holder)
    return told if told is not None else _served(scene, holder)


def side_behind(scene: Scene, holder: Link) -> Entity | None:
    """Give the state or group of an of-phrase behind a name: "Getachew Reda of the TPLF"."""
    end = holder.mention.tokens.end
    if end + 1 >= len(scene.doc) or scene.doc[end].lower_ not in ("of", "from"):
        return None
    position = end + (2 if scene.doc[end + 1].lower_ == "the" else 1)
    behind = scene.link(scene.doc[position]) if position < len(scene.doc) else None
    return behind.entity if behind is not None and is_kind(behind.entity, "state", "group") else None


def _is_former(scene: Scene, head: Token) -> bool:
    """Tell whether the title is told as one of the past: "the foreign ministers of the time"."""
    words = {token.lower_ for token in head.subtree}
    return not words.isdisjoint(scene.lexicon.words["former"]) or "time" in words


def _served(scene: Scene, holder: Link) -> Entity | None:
    """Give the state that a person is known to serve."""
    person = holder.entity
    within = person.within if person is not None and person.known else None
    return scene.kb.entity(within) if within is not None and within in scene.kb else None


def _up_to_title(scene: Scene, tokens: Iterable[Token]) -> tuple[Token, ...]:
    """The tokens before the next title: "the premiers of A and B, X and Y, and C's envoy, Z" stops at C's.

    The state before that title goes with it, and so do the words back to the last comma or "and".
    """
    kept: list[Token] = []
    for token in tokens:
        if scene.link(token) is None and token.lemma_.lower() in scene.lexicon.words["titles"]:
            while kept and kept[-1].text != "," and kept[-1].lower_ != "and":
                kept.pop()
            break
        kept.append(token)
    return tuple(kept)


def _distinct(scene: Scene, tokens: Iterable[Token], *kinds: str) -> list[Link]:
    """The links of these kinds among the tokens, one an entity, in text order; up to the first verb."""
    found: dict[Key, Link] = {}
    for token in tokens:
        if token.pos_ in ("VERB", "AUX"):
            break
        link = scene.link(token)
        if link is not None and link.entity is not None and is_kind(link.entity, *kinds):
            found.setdefault(link.entity.key, link)
    return list(found.values())
