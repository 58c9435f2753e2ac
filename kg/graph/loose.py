"""Reports that name no day: which dated event they leave, and which of them fit one another."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from kg.graph.profile import MEETING, VOTE, days_apart, same_leaders
from kg.graph.sameness import may_be_one, months, pairs, reason, shared
from kg.graph.terms import around

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph.clusters import Clusters
    from kg.graph.profile import Profile
    from kg.graph.sameness import Rules
    from kg.model import Reason

# A report that is vaguer than a month says too little without a place.
_MONTH = 31


def single(
    groups: list[tuple[Profile, int]], clusters: Clusters, rules: Rules
) -> list[tuple[int, int, Reason]]:
    """List the reports without a day that leave exactly one dated event to be."""
    dated: dict[tuple[object, ...], list[int]] = {}
    told = {index: profile for profile, index in groups}
    for profile, index in groups:
        if profile.days is not None:
            for block in loose_blocks(profile, rules):
                dated.setdefault(block, []).append(index)
    found: list[tuple[int, int, Reason]] = []
    for profile, index in groups:
        if profile.days is None:
            near = sorted({there for block in loose_blocks(profile, rules) for there in dated.get(block, ())})
            fits = {there: why for there in near if (why := same_loose(profile, told[there], rules))}
            roots = {clusters.find(there): there for there in sorted(fits, reverse=True)}
            free = [there for there in roots.values() if clusters.may_join(index, there)]
            found += [(index, there, fits[there]) for there in free if len(free) == 1]
    return found


def loose_blocks(profile: Profile, rules: Rules) -> Iterator[tuple[object, ...]]:
    """Yield what a report without a day and the dated event it leaves have in common at least one of."""
    if rules.vocabulary.is_a(profile.type, VOTE):
        yield from (("vote", subject) for subject in profile.subjects)
    elif rules.vocabulary.is_a(profile.type, MEETING):
        wide = {found for place in profile.places for found in (place, *around(place, rules.within))}
        when = months(profile.span) if profile.span is not None and _is_short(profile.span) else set()
        yield from ((*pair, block) for pair in pairs(profile) for block in (wide - rules.states) | when)


def _is_short(span: tuple[int, int]) -> bool:
    return span[1] - span[0] < _MONTH


def same_loose(one: Profile, other: Profile, rules: Rules) -> Reason | None:
    """Give the reason why a report without a day may be a dated event, or None."""
    if other.days is None or not may_be_one(one, other, rules):
        return None
    if one.span is not None and days_apart(one.span, other.days) > 0:
        return None
    place = shared(one.places, other.places, rules)
    if rules.vocabulary.is_a(one.type, VOTE):
        return reason(one, other, place, "the only vote on it")
    if not place - rules.states and (one.span is None or not _is_short(one.span)):
        return None
    sign = _sign(one, other, other.days)
    return None if sign is None else reason(one, other, place, f"{sign}, no other candidate")


def _sign(one: Profile, other: Profile, days: tuple[int, int]) -> str | None:
    """Say what, beside parties and place, points from a report without a day to a dated one."""
    if one.weekdays:
        possible = {date.fromordinal(day).weekday() for day in range(days[0], days[1] + 1)}
        return "same weekday" if one.weekdays <= possible else None
    if same_leaders(one, other):
        return "same leaders"
    if one.ordinals & other.ordinals:
        return "same number in the series"
    return "within the dates told" if one.span is not None else None


def vague(
    groups: list[tuple[Profile, int]], clusters: Clusters, rules: Rules
) -> list[tuple[int, int, Reason]]:
    """List reports with vague dates ("2022", "March to April 2022") that all fit one another.

    Only where every one of those connected fits every other: else there may have been several.
    """
    told = {index: profile for profile, index in groups if profile.days is None and profile.span is not None}
    lone = {index: one for index, one in told.items() if not clusters.is_dated(index)}
    blocks: dict[tuple[str, str], list[int]] = {}
    for index, profile in lone.items():
        for pair in set(pairs(profile)):
            blocks.setdefault(pair, []).append(index)
    fits: dict[int, set[int]] = {}
    for one, other in sorted({pair for block in blocks.values() for pair in combinations(block, 2)}):
        if same_vague(lone[one], lone[other], rules) and clusters.may_join(one, other):
            fits.setdefault(one, {one}).add(other)
            fits.setdefault(other, {other}).add(one)
    return [
        (
            min(group),
            other,
            reason(lone[min(group)], lone[other], frozenset(), "dates overlap, no other candidate"),
        )
        for group in sorted({frozenset(group) for group in fits.values()}, key=sorted)
        if all(fits[index] == group for index in group)
        for other in sorted(group - {min(group)})
    ]


def same_vague(one: Profile, other: Profile, rules: Rules) -> bool:
    """Tell whether two vague dates fit, and nothing else keeps the reports apart."""
    if one.span is None or other.span is None or days_apart(one.span, other.span) > 0:
        return False
    return rules.vocabulary.is_a(one.type, MEETING) and may_be_one(one, other, rules)
