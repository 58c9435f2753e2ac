"""Whether two reports can be of one event: kind, parties, place, number, days; and the words why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from kg.graph.profile import (
    ACT,
    MEETING,
    SHORT,
    VISIT,
    VOTE,
    days_apart,
    same_kind,
    same_leaders,
    same_parties,
)
from kg.graph.terms import around
from kg.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.graph.profile import Member, Profile
    from kg.vocab import Vocabulary

# A gathering of more parties than this is looked up by its first ones only, so that the number of
# pairs stays small.
_MANY = 12

Pairs = frozenset[tuple["Member", "Member"]]


@dataclass(frozen=True, slots=True)
class Rules:
    """What the rules ask about the world and the user's decisions."""

    vocabulary: Vocabulary
    within: Mapping[str, str]
    """The place or state that a place lies in."""
    states: frozenset[str]
    """Places that are states: too wide to say that two events had the same venue."""
    same: Pairs = frozenset()
    different: Pairs = frozenset()
    published: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """The day on which each document was published, as a stretch of ordinals, by hash; where known."""
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The persons, states and bodies that each document names, by hash."""


def shared(one: frozenset[str], other: frozenset[str], rules: Rules) -> frozenset[str]:
    """Give the places of either that are, or contain, a place of the other."""
    return frozenset(
        wide
        for mine, theirs in ((one, other), (other, one))
        for narrow in mine
        for wide in (narrow, *around(narrow, rules.within))
        if wide in theirs
    )


def pairs(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield the pairs of parties by which reports of one meeting find one another."""
    for parties in (profile.parties, profile.everyone):
        yield from combinations(sorted(parties)[:_MANY], 2)


def months(days: tuple[int, int]) -> set[str]:
    """List the months (``2025-05``) that a stretch of days touches or is near."""
    first, final = max(1, days[0] - SHORT), min(date.max.toordinal(), days[1] + SHORT)
    return {date.fromordinal(found).isoformat()[:7] for found in range(first, final + 1)}


def same_dated(one: Profile, other: Profile, rules: Rules) -> tuple[int, Reason] | None:
    """Give how weak the tie is (0 the days overlap, 1 they are near) and the reason, or None."""
    if one.days is None or other.days is None or not may_be_one(one, other, rules):
        return None
    apart = days_apart(one.days, other.days)
    place = shared(one.places, other.places, rules)
    if rules.vocabulary.is_a(one.type, ACT):
        exact = one.days == other.days and one.places == other.places
        return (0, reason(one, other, place, "same day")) if exact else None
    if rules.vocabulary.is_a(one.type, VISIT) and not place - rules.states:
        return None
    if apart == 0:
        return 0, reason(one, other, place, _day(one, other))
    again = same_leaders(one, other) or bool(one.ordinals & other.ordinals)
    if apart <= SHORT and place - rules.states and again:
        return 1, reason(one, other, place, f"dates {apart} day{'s' if apart > 1 else ''} apart")
    return None


def may_be_one(one: Profile, other: Profile, rules: Rules) -> bool:
    """Tell whether nothing but the date could keep two reports apart."""
    if not same_kind(one.type, other.type, rules.vocabulary):
        return False
    if one.ordinals and other.ordinals and one.ordinals.isdisjoint(other.ordinals):
        return False
    if one.places and other.places and not shared(one.places, other.places, rules):
        return False
    return _alike(one, other, rules.vocabulary)


def _alike(one: Profile, other: Profile, vocabulary: Vocabulary) -> bool:
    """Tell whether those who take part speak for one event, in the way its kind asks for."""
    if vocabulary.is_a(one.type, VOTE):
        both = bool(one.parties) and bool(other.parties)
        return bool(one.subjects & other.subjects) and not (both and one.parties.isdisjoint(other.parties))
    if vocabulary.is_a(one.type, ACT):
        return bool(one.doers) and (one.doers, one.parties) == (other.doers, other.parties)
    if vocabulary.is_a(one.type, VISIT):
        return bool(one.parties) and one.parties == other.parties
    return vocabulary.is_a(one.type, MEETING) and same_parties(one, other)


def _day(one: Profile, other: Profile) -> str:
    days = [days for days in (one.days, other.days) if days is not None]
    first, final = max(start for start, _ in days), min(end for _, end in days)
    start, end = (date.fromordinal(day).isoformat() for day in (first, final))
    return f"both on {start}" if start == end else f"both on days from {start} to {end}"


def reason(one: Profile, other: Profile, place: frozenset[str], why: str) -> Reason:
    """Say what two reports have in common."""
    parties = ((one.parties | one.doers) & (other.parties | other.doers)) or (one.everyone & other.everyone)
    shared_by = {
        "parties": parties,
        "instrument": one.subjects & other.subjects,
        "place": place,
        "leaders": one.leaders & other.leaders if same_leaders(one, other) else frozenset(),
    }
    return Reason(tuple((name, tuple(sorted(paths))) for name, paths in shared_by.items() if paths), why)
