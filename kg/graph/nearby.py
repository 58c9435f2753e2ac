"""Which reports are worth comparing in articles on one matter: those with a sign in common, in articles near in time."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from kg.graph.profile import MEETING, VISIT
from kg.graph.sameness import months, pairs
from kg.graph.terms import around

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.graph.profile import Profile
    from kg.graph.sameness import Rules

    Block = tuple[object, ...]
    Scope = tuple[str, int]

# News of one event appears within days; a week leaves room for weeklies and late reports.
WEEK = 7
# Days that are looked at together: longer than the week, so that two of them are enough for a day and its week.
_SCOPE = 8
# An article without a day of its own may tell of many years: from so many scopes on it is compared with all.
_WIDE = 50
_ANY = ("any", 0)
# A date vaguer than a month says nothing of when.
_MONTH = 31


class Placed(NamedTuple):
    """A report, and where its article stands: of what days it is, and which events it shares with others."""

    profile: Profile
    number: int
    time: tuple[int, int] | None
    events: frozenset[int]


def candidates(reports: Iterable[Placed], rules: Rules) -> list[tuple[int, int]]:
    """List the pairs of reports with a place, a number, a person or two parties in common; time where told.

    Only those of articles that can be on one matter, that is, which share an event or are a week apart at
    most: else those who meet every month would all be compared.
    """
    gather = [report for report in reports if gathers(report.profile, rules)]
    wide = {report.number for report in gather if is_wide(report.time)}
    blocks: dict[tuple[Scope, Block], list[int]] = {}
    for report in gather:
        mine = scopes(report, any_too=bool(wide))
        for block in set(kindred_blocks(report.profile, rules)):
            for scope in mine:
                blocks.setdefault((scope, block), []).append(report.number)
    # The order of a set does not show: what is found is sorted.
    return sorted(
        {pair for (scope, _), found in blocks.items() for pair in _pairs(scope, sorted(found), wide)}
    )


def _pairs(scope: Scope, found: list[int], wide: set[int]) -> Iterable[tuple[int, int]]:
    if scope != _ANY:
        return combinations(found, 2)
    ones = [index for index in found if index in wide]
    return ((min(pair), max(pair)) for pair in product(ones, found) if pair[0] != pair[1])


def gathers(profile: Profile, rules: Rules) -> bool:
    """Tell whether people come together, or one to the other."""
    return any(rules.vocabulary.is_a(profile.type, kind) for kind in (MEETING, VISIT))


def is_wide(time: tuple[int, int] | None) -> bool:
    """Tell whether an article tells of so long a time that it is compared with all."""
    return time is not None and time[1] - time[0] > _WIDE * _SCOPE


def scopes(report: Placed, *, any_too: bool) -> list[Scope]:
    """List what the reports of two articles on one matter have at least one of in common.

    Days no more than a week apart lie in one scope, or the first of them a week before the other.
    """
    shared = [("event", event) for event in sorted(report.events)]
    if report.time is None:
        return shared
    if any_too:
        shared.append(_ANY)
    if is_wide(report.time):
        return shared
    first, final = report.time[0] // _SCOPE, (report.time[1] + WEEK) // _SCOPE
    return [*shared, *(("week", number) for number in range(first, final + 1))]


def kindred_blocks(profile: Profile, rules: Rules) -> Iterator[tuple[object, ...]]:
    """Yield what two reports that agree enough have in common at least one of."""
    venues = {
        wide for place in profile.places for wide in (place, *around(place, rules.within))
    } - rules.states
    when = sorted(months(profile.span)) if is_told(profile) and profile.span is not None else []
    for sign in (*venues, *profile.everyone, *profile.ordinals):
        yield from ((sign, month) for month in when)
    yield from ((person, venue) for person in profile.everyone for venue in venues)
    yield from pairs(profile)


def is_told(profile: Profile) -> bool:
    """Tell whether the date of a report says when it was."""
    return profile.span is not None and profile.span[1] - profile.span[0] < _MONTH
