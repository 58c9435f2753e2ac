"""Whether facts are credited to whom the source credits them.

Compared are the facts that were read and for which gold tells a speaker, or that there is none: a fact is right when nobody is credited in both,
or when the same is. Gold names speakers in the words of the source:

- a name that the knowledge base knows must be that very one, or the state it stands for ("Kremlin");
- another name or a description ("Egyptian foreign ministry", "an Israeli official") is met by a speaker whose
  name has one of its words, or by the state that one of its words names;
- a description without any name ("two diplomats") is met by any speaker but a news agency: the graph has no
  name for such people, so a reading can do no more than credit a body they speak for.

Crediting nobody is wrong for each of them: the fact then looks as if the article itself vouched for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.evaluation.counts import Score, Share
from kg.facts import gold_told, name_of, read_told, same
from kg.folding import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.facts import Fact
    from kg.gold import GoldItem
    from kg.kb import KnowledgeBase
    from kg.model import Entity, Reading

_OUTLET = "agency/"
# Words of descriptions that say nothing of who it is.
_COMMON = frozenset(("a", "an", "and", "at", "for", "in", "of", "on", "the", "to", "two", "who", "with", "s"))


@dataclass(frozen=True, slots=True)
class Speakers:
    """How speakers are read, over the facts that were found."""

    share: Share
    """All facts found, and how many are credited rightly, to nobody where nobody is credited."""
    credited: Score
    """Only the facts that are credited to somebody, in gold or as read."""
    confusions: tuple[tuple[str, str], ...] = ()
    """Who is credited in gold and as read, where that differs, once a fact; empty for nobody."""

    def __add__(self, other: Speakers) -> Speakers:
        """Give the counts of both together."""
        return Speakers(
            self.share + other.share, self.credited + other.credited, self.confusions + other.confusions
        )


def speakers(item: GoldItem, reading: Reading, kb: KnowledgeBase) -> Speakers:
    """Compare the speakers of one article."""
    entities = {str(entity.key): entity for entity in reading.entities}
    read = read_told(reading)
    total = Speakers(Share(), Score())
    marked: dict[Fact, set[str | None]] = {}
    for told in gold_told(item, kb):
        if told.marked:
            marked.setdefault(told.fact, set()).add(told.speaker)
    for fact, wanted in marked.items():
        found = {each.speaker for each in read if same(fact, each.fact)}
        if found:
            total += _compared(wanted, [_entity(key, entities) for key in sorted(found, key=str)], kb)
    return total


def _entity(key: str | None, entities: dict[str, Entity]) -> Entity | None:
    return None if key is None else entities.get(key)


def _compared(wanted: set[str | None], found: list[Entity | None], kb: KnowledgeBase) -> Speakers:
    right = any(is_credited(by, speaker, kb) for by in wanted for speaker in found)
    return Speakers(
        Share(1, int(right)),
        Score(
            gold=int(None not in wanted),
            read=int(None not in found),
            hits=int(right and None not in wanted),
            right=int(right and None not in found),
        ),
        () if right else ((_listed(wanted), _listed({each.label for each in found if each is not None})),),
    )


def _listed(names: Iterable[str | None]) -> str:
    return ", ".join(sorted(name for name in names if name is not None))


def is_credited(by: str | None, speaker: Entity | None, kb: KnowledgeBase) -> bool:
    """Tell whether a speaker that was read is the one gold credits in its own words."""
    if by is None or speaker is None:
        return by is None and speaker is None
    known, stands_for = name_of(by, kb), kb.metonym(by)
    if str(speaker.key) == known or (stands_for is not None and speaker.key == stands_for[0].key):
        return True
    if "/" in known and speaker.known:
        return False
    if not any(letter.isupper() for letter in by):
        return not speaker.key.startswith(_OUTLET)
    return bool(set(_meanings(by, kb)) & {*_content(speaker.label), str(speaker.key), str(speaker.within)})


def _meanings(by: str, kb: KnowledgeBase) -> Iterator[str]:
    """Yield the words of a description and the states they name."""
    yield from _content(by)
    for word in by.split():
        state = kb.state_of_demonym(word)
        yield name_of(word, kb) if state is None else str(state.key)


def _content(text: str) -> set[str]:
    return {word.folded for word in words(text)} - _COMMON
