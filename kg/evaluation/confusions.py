"""What was read in the place of what: classes, statuses, dates, modality, relations and speakers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.facts import ROLES, WITH_STANCE, same, same_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.evaluation.matching import Match
    from kg.facts import Fact, Stances

KINDS = ("type", "status", "date", "modality", "relation", "speaker")


@dataclass(frozen=True, slots=True)
class Confusion:
    """One kind of thing that was read for another: how often, and in which texts."""

    kind: str
    gold: str
    read: str
    count: int
    ids: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Tell whether it is none, but stands in the matrix of what was read for what."""
        return self.gold == self.read


Seen = tuple[str, str, str]
"""Kind, what gold has, what was read."""


def gathered(seen: Iterable[tuple[str, Seen]]) -> tuple[Confusion, ...]:
    """Count what was seen in which text: by kind, the most frequent first."""
    texts: dict[Seen, list[str]] = {}
    for text, each in seen:
        texts.setdefault(each, []).append(text)
    found = [Confusion(*each, len(ids), tuple(dict.fromkeys(ids))) for each, ids in texts.items()]
    return tuple(sorted(found, key=lambda one: (KINDS.index(one.kind), -one.count, one.gold, one.read)))


def in_events(matches: Iterable[Match], others: Iterable[Match]) -> Iterator[Seen]:
    """Yield the classes, statuses and dates of events that were matched, where they differ.

    ``others`` are pairs that only the class or the days keep apart.
    """
    for pair in (*matches, *others):
        if pair.gold.type != pair.read.type:
            yield "type", pair.gold.type, pair.read.type
        yield from _instead("status", pair.gold.statuses, pair.read.statuses)
        yield from _instead("date", pair.gold.dates, pair.read.dates)


def _instead(kind: str, gold: frozenset[str], read: frozenset[str]) -> Iterator[Seen]:
    """Yield what was read instead; nothing where either tells nothing or all that was read is right."""
    if gold and read and not read <= gold:
        yield kind, " + ".join(sorted(gold)), " + ".join(sorted(read))


def in_stances(gold: Stances, read: Stances) -> Iterator[Seen]:
    """Yield modality and polarity of every fact that was read, also where they are right: a matrix."""
    for fact, wanted in gold.items():
        if fact.predicate not in WITH_STANCE:
            continue
        found = set().union(*(stances for other, stances in read.items() if same(fact, other)))
        if found:
            both = sorted(wanted & found)
            yield "modality", _stance((both or sorted(wanted))[0]), _stance((both or sorted(found))[0])


def _stance(stance: tuple[str, bool]) -> str:
    modality, negated = stance
    return f"{modality} denied" if negated else modality


def in_relations(gold: Stances, read: Stances) -> Iterator[Seen]:
    """Yield the roles that were read for others: the right name, but no fact that gold has."""
    missing = [fact for fact in sorted(gold) if _is_role(fact) and not any(same(fact, one) for one in read)]
    extra = [fact for fact in sorted(read) if _is_role(fact) and not any(same(one, fact) for one in gold)]
    for fact in missing:
        instead = next((other for other in extra if same_name(fact, other)), None)
        if instead is not None:
            extra.remove(instead)
            yield "relation", fact.predicate, instead.predicate


def _is_role(fact: Fact) -> bool:
    return fact.predicate in ROLES


def in_speakers(pairs: Iterable[tuple[str, str]]) -> Iterator[Seen]:
    """Yield who was credited in whose place."""
    for gold, read in pairs:
        yield "speaker", gold or "nobody", read or "nobody"
