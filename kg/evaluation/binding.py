"""How facts are bound to events within an article.

Things are the arguments and dates of events that gold and the reading both have; groups are the events they
are told of. So the figures (``kg.evaluation.bcubed``) ask whether what belongs to one event was put together
and what does not was kept apart, and leave open how much was read at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.facts import Fact, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.evaluation.bcubed import Labels
    from kg.evaluation.events import EventTold
    from kg.evaluation.matching import Match

_Bound = tuple[Fact, str]
"""A fact and the event it is told of."""


def bound(
    gold: Sequence[EventTold], read: Sequence[EventTold], matches: Iterable[Match]
) -> tuple[Labels, ...]:
    """Give, for each fact of an event that was read, its event in gold and its event as read.

    Where both sides take part in several events, facts of matched events are paired first.
    """
    partner = {pair.gold.id: pair.read.id for pair in matches}
    free = list(_facts(read))
    later: list[_Bound] = []
    labels: list[Labels] = []
    for fact, event in _facts(gold):
        there = _take(fact, [other for other in free if other[1] == partner.get(event)], free)
        if there is None:
            later.append((fact, event))
        else:
            labels.append((event, there))
    for fact, event in later:
        there = _take(fact, free, free)
        if there is not None:
            labels.append((event, there))
    return tuple(labels)


def _facts(events: Iterable[EventTold]) -> Iterator[_Bound]:
    for event in events:
        yield from ((fact, event.id) for fact in event.arguments)
        yield from ((Fact("edtf", day), event.id) for day in sorted(event.dates))


def _take(fact: Fact, among: Iterable[_Bound], free: list[_Bound]) -> str | None:
    """Take the first that says the same out of what is free, and give its event."""
    for other in among:
        if same(fact, other[0]):
            free.remove(other)
            return other[1]
    return None
