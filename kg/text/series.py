"""The order of rounds: which event of a series follows which, and of what kind a further one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import PLANNED, PROPOSED
from kg.text.fitting import DONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.text.happening import Happening
    from kg.text.seeds import Seed


def follows(happenings: tuple[Happening, ...]) -> Iterator[tuple[Happening, Happening]]:
    """Give the pairs (later, earlier) of events of one series that the article tells in order."""
    meetings = [h for h in happenings if h.sort == "meeting" and any(s.type != "dip:Event" for s in h.seeds)]
    for earlier in meetings:
        if earlier.series != "previous":
            continue
        rest = [h for h in meetings if h is not earlier and _parties_overlap(h, earlier)]
        if rest:
            yield rest[0], earlier
    for later in meetings:
        if later.series != "next":
            continue
        rest = [
            h
            for h in meetings
            if h is not later and h.series is None and h.statuses & DONE and _parties_overlap(h, later)
        ]
        if rest:
            yield later, rest[-1]
    numbered = {h.ordinal: h for h in meetings if h.ordinal is not None}
    for number, later in sorted(numbered.items()):
        if number - 1 in numbered and _parties_overlap(later, numbered[number - 1]):
            yield later, numbered[number - 1]


def take_kind_of_series(happenings: list[Happening], seed: Seed) -> None:
    """As in "held talks on Monday and will meet again in May": for talks, as they did before."""
    main = max((h for h in happenings if h.sort == "meeting"), key=lambda h: len(h.seeds), default=None)
    if main is not None and seed.verbal and seed.series is not None and seed.type == "dip:Meeting":
        kind = main.seeds[0].type
        seed.type = kind if kind == "dip:Talks" else seed.type


def is_other_plan(happening: Happening, seed: Seed) -> bool:
    """As in "Commanders are to meet in May. … the talks": what nobody named has yet to do is not "the talks"."""
    if happening.places.keys() & seed.places.keys() or seed.status_said:
        return False
    one, other = all(_is_unnamed_plan(s) for s in happening.seeds), _is_unnamed_plan(seed)
    return one != other and not (seed.status in _PLANS and all(s.status in _PLANS for s in happening.seeds))


_PLANS = frozenset((PLANNED, PROPOSED))


def _is_unnamed_plan(seed: Seed) -> bool:
    return seed.verbal and not seed.parties and seed.status in _PLANS


def _parties_overlap(one: Happening, other: Happening) -> bool:
    return not one.parties or not other.parties or bool(one.parties.keys() & other.parties.keys())
