"""Reports in articles on one matter: there a little agreement says much, as long as nothing speaks against it.

Two articles are on one matter when they tell of one event already, or when they are of about the same time and
name mostly the same persons, states and bodies. A report in the one that agrees with just one in the other in
enough ways (below) is taken for the same event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from kg.graph.nearby import WEEK, Placed, candidates, is_told
from kg.graph.profile import SHORT, days_apart, same_kind
from kg.graph.sameness import reason, shared
from kg.model import HELD, ONGOING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.graph.clusters import Clusters
    from kg.graph.profile import Member, Profile
    from kg.graph.sameness import Rules
    from kg.model import Reason

# Names in common, and their share of those that the one with fewer has. Of the pairs of articles within a week
# in the sample corpus and in tests/gold (`first-`), those on one matter share 0.38 or more, others 0.2 or less.
_NAMES, _THIRD = 3, 1 / 3
# What a thing in common weighs, and what is enough. Two clear signs are: place and time, number and time,
# two persons. One state in common is half a sign: states take part in much. Set on the pairs of articles
# `first-` of tests/gold/articles-blind.jsonl.
_SIGN, _HALF, _ENOUGH = 2, 1, 4

_PAST = frozenset((ONGOING, HELD))

Groups = list[tuple["Profile", int]]
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class About:
    """What one article is about, as far as other articles are compared with it."""

    time: Stretch | None
    """The days of its events, which tell of when it is where the day of publication is not known."""
    events: frozenset[int]
    """The events it shares with other articles already."""


@dataclass(frozen=True, slots=True)
class _Tie:
    """Two reports that agree: how much, and in what."""

    weight: int
    one: int
    other: int
    why: Reason


def join_kindred(
    profiles: Mapping[Member, Profile], groups: Groups, clusters: Clusters, rules: Rules
) -> None:
    """Join the reports that can only be each other among those of articles on one matter, strongest first."""
    ties = _unrivalled(_ties(profiles, groups, clusters, rules), profiles, clusters, rules)
    for tie in sorted(ties, key=lambda tie: (-tie.weight, tie.one, tie.other)):
        if _can_be_one(tie.one, tie.other, profiles, clusters, rules):
            clusters.join(tie.one, tie.other, tie.why, spread=SHORT)


def _ties(profiles: Mapping[Member, Profile], groups: Groups, clusters: Clusters, rules: Rules) -> list[_Tie]:
    articles = articles_of(profiles, clusters)
    told_in = {index: member[0] for member, index in clusters.index.items()}
    known = {index: profile for profile, index in groups}
    akin = cache(lambda one, other: on_one_matter(one, other, articles, rules))
    found: list[_Tie] = []
    for one, other in candidates(_where(groups, told_in, articles, rules), rules):
        if clusters.find(one) == clusters.find(other) or not akin(told_in[one], told_in[other]):
            continue
        tie = agreement(known[one], known[other], rules)
        fixed = _is_fixed(known[one], known[other], rules)
        if tie is not None and (fixed or _of_one_week(told_in[one], told_in[other], articles, rules)):
            found.append(_Tie(tie[0], one, other, tie[1]))
    return found


def _where(
    groups: Groups, told_in: Mapping[int, str], articles: Mapping[str, About], rules: Rules
) -> Iterator[Placed]:
    for profile, index in groups:
        sha = told_in[index]
        about = articles[sha]
        yield Placed(profile, index, rules.published.get(sha, about.time), about.events)


def _is_fixed(one: Profile, other: Profile, rules: Rules) -> bool:
    """Tell whether a time, a place or a number agrees; who meets is told of many meetings in a season."""
    times = is_told(one) and is_told(other)
    return times or bool(one.ordinals & other.ordinals or shared(one.places, other.places, rules))


def _unrivalled(
    ties: Sequence[_Tie], profiles: Mapping[Member, Profile], clusters: Clusters, rules: Rules
) -> list[_Tie]:
    """Leave out a tie where one of the two has another, as strong, to an event that is not the same one."""
    by_event: dict[int, dict[int, int]] = {}
    for tie in ties:
        one, other = clusters.find(tie.one), clusters.find(tie.other)
        for event, rival in ((one, other), (other, one)):
            strengths = by_event.setdefault(event, {})
            strengths[rival] = max(tie.weight, strengths.get(rival, 0))
    one_event = cache(lambda one, other: _can_be_one(one, other, profiles, clusters, rules))

    def alone(event: int, chosen: int, weight: int) -> bool:
        return all(
            rival == chosen or strength < weight or one_event(min(rival, chosen), max(rival, chosen))
            for rival, strength in by_event[event].items()
        )

    return [
        tie
        for tie in ties
        if alone(clusters.find(tie.one), clusters.find(tie.other), tie.weight)
        and alone(clusters.find(tie.other), clusters.find(tie.one), tie.weight)
    ]


def _can_be_one(
    one: int, other: int, profiles: Mapping[Member, Profile], clusters: Clusters, rules: Rules
) -> bool:
    """Tell whether no report of one event speaks against a report of the other."""
    return clusters.may_join(one, other) and not any(
        _speak_against(here, there, rules)
        for here in _distinct(clusters.members(one), profiles)
        for there in _distinct(clusters.members(other), profiles)
    )


def _distinct(members: Iterable[Member], profiles: Mapping[Member, Profile]) -> Iterable[Profile]:
    """Give each thing told once, so that much told events cost no more than others."""
    return {(profiles[member], profiles[member].statuses): profiles[member] for member in members}.values()


def articles_of(profiles: Mapping[Member, Profile], clusters: Clusters) -> dict[str, About]:
    """Give what each document is about, by hash."""
    found: dict[str, About] = {}
    for (sha, key), profile in profiles.items():
        known = found.setdefault(sha, About(None, frozenset()))
        index = clusters.index[sha, key]
        common = len(clusters.articles(index)) > 1
        found[sha] = About(
            _hull(known.time, profile.days),
            known.events | ({clusters.find(index)} if common else set()),
        )
    return found


def _hull(one: Stretch | None, other: Stretch | None) -> Stretch | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def on_one_matter(one: str, other: str, articles: Mapping[str, About], rules: Rules) -> bool:
    """Tell whether two documents tell of one event already, or are of about one time and name mostly the same."""
    here, there = articles[one], articles[other]
    if here.events & there.events:
        return True
    if not _of_one_week(one, other, articles, rules):
        return False
    names = rules.names.get(one, frozenset()), rules.names.get(other, frozenset())
    common = len(names[0] & names[1])
    return common >= _NAMES and common >= _THIRD * min(map(len, names))


def _of_one_week(one: str, other: str, articles: Mapping[str, About], rules: Rules) -> bool:
    times = rules.published.get(one, articles[one].time), rules.published.get(other, articles[other].time)
    return times[0] is not None and times[1] is not None and days_apart(times[0], times[1]) <= WEEK


def agreement(one: Profile, other: Profile, rules: Rules) -> tuple[int, Reason] | None:
    """Give how much two reports agree, and in what; None where something differs or it is not enough."""
    if _speak_against(one, other, rules):
        return None
    place = shared(one.places, other.places, rules)
    told = is_told(one) and is_told(other)
    actors = len(one.actors & other.actors)
    weight = (
        _SIGN * bool(place - rules.states)
        + (told and (_HALF if _days_differ(one, other) else _SIGN))
        + _SIGN * bool(one.ordinals & other.ordinals)
        + _SIGN * min(2, len(one.everyone & other.everyone))
        + (_SIGN if actors > 1 else _HALF * actors)
    )
    if weight < _ENOUGH:
        return None
    when = "articles on one matter, no other candidate"
    if told:
        when = f"{'dates 1 day apart' if _days_differ(one, other) else 'dates overlap'}; {when}"
    return weight, reason(one, other, place, when)


def _speak_against(one: Profile, other: Profile, rules: Rules) -> bool:
    """Tell whether kind, number, place, parties or days keep two reports apart."""
    return (
        not same_kind(one.type, other.type, rules.vocabulary)
        or bool(one.ordinals and other.ordinals and one.ordinals.isdisjoint(other.ordinals))
        or bool(one.places and other.places and not shared(one.places, other.places, rules))
        or _parties_differ(one, other)
        or (_days_differ(one, other) and not _is_the_next_day(one, other, rules))
        or _past_and_future(one, other)
        or _weekdays_differ(one, other)
        or _weekdays_differ(other, one)
    )


def _parties_differ(one: Profile, other: Profile) -> bool:
    """Tell whether both name parties and these are neither alike nor the ones among the others."""
    if one.parties and other.parties and one.parties.isdisjoint(other.parties | other.leaders):
        return True
    return any(
        here and there and len(here & there) < 2 and not (here <= there or there <= here)
        for here, there in ((one.actors, other.actors), (one.persons, other.persons))
    )


def _days_differ(one: Profile, other: Profile) -> bool:
    return one.span is not None and other.span is not None and days_apart(one.span, other.span) > 0


def _is_the_next_day(one: Profile, other: Profile, rules: Rules) -> bool:
    """Tell whether days differ by no more than a careless report: one, at one place, with one person or number."""
    if one.days is None or other.days is None or days_apart(one.days, other.days) > 1:
        return False
    again = bool(one.everyone & other.everyone) or bool(one.ordinals & other.ordinals)
    return again and bool(shared(one.places, other.places, rules) - rules.states)


def _past_and_future(one: Profile, other: Profile) -> bool:
    """Tell whether one has come about and the other is to come, and no dates say that they are the same."""
    if is_told(one) and is_told(other):
        return False
    return any(
        here and there and here <= _PAST and there.isdisjoint(_PAST)
        for here, there in ((one.statuses, other.statuses), (other.statuses, one.statuses))
    )


def _weekdays_differ(one: Profile, other: Profile) -> bool:
    """Tell whether a day told without a date is none of the dates that the other tells."""
    if not one.weekdays or other.days is None or one.days is not None:
        return False
    possible = {date.fromordinal(day).weekday() for day in range(other.days[0], other.days[1] + 1)}
    return not one.weekdays & possible
