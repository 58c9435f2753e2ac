"""Which events of different articles are one, and why: blocks, then rules, then user decisions.

Nothing here depends on the order of the articles: equal reports collapse first, candidates are
weighed strongest first, ties fall by content.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from kg.graph.clusters import Clusters
from kg.graph.kindred import join_kindred
from kg.graph.loose import single, vague
from kg.graph.profile import ACT, MEETING, SHORT, VISIT, VOTE
from kg.graph.sameness import Rules, months, pairs, same_dated, shared
from kg.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.graph.profile import Member, Profile

_ALIKE = Reason((), "told in the same way")


def merge(
    profiles: Mapping[Member, Profile], follows: Iterable[tuple[Member, Member]], rules: Rules
) -> Clusters:
    """Group the reports that speak of one event, each with the reasons."""
    clusters = Clusters(profiles, follows, rules.different)
    for pair in sorted(rules.same):
        clusters.join_members(*pair, Reason((), "the user says so"))
    groups: list[tuple[Profile, int]] = []
    for profile, members in _collapse(profiles):
        first = clusters.index[members[0]]
        groups.append((profile, first))
        for member in members[1:]:
            clusters.join(first, clusters.index[member], _ALIKE, spread=None)
    meet = _Meet(rules)
    for _, one, other, why in sorted(_certain(groups, rules)):
        clusters.join(one, other, why, spread=SHORT, places_meet=meet)
    for one, other, why in single(groups, clusters, rules):
        clusters.join(one, other, why, spread=None, places_meet=meet)
    for one, other, why in vague(groups, clusters, rules):
        clusters.join(one, other, why, spread=None, places_meet=meet)
    join_kindred(profiles, groups, clusters, rules)
    return clusters


@dataclass(frozen=True, slots=True)
class _Meet:
    """Asks whether two sets of places can be one venue."""

    rules: Rules

    def __call__(self, one: frozenset[str], other: frozenset[str]) -> bool:
        return not one or not other or bool(shared(one, other, self.rules))


def _collapse(profiles: Mapping[Member, Profile]) -> list[tuple[Profile, list[Member]]]:
    """Group equal reports; the second one of the same article starts a group of its own."""
    groups: dict[tuple[Profile, int, Member | None], list[Member]] = {}
    turns: dict[tuple[Profile, str], int] = {}
    for member in sorted(profiles):
        profile = profiles[member]
        turn = turns.get((profile, member[0]), 0)
        turns[profile, member[0]] = turn + 1
        # Without two parties and a day, looking alike is no sign of being the same.
        alone = None if says_enough(profile) else member
        groups.setdefault((profile, turn, alone), []).append(member)
    ordered = sorted(groups.items(), key=lambda item: item[1])
    return [(profile, members) for (profile, _, _), members in ordered]


def says_enough(profile: Profile) -> bool:
    """Tell whether a report says enough of itself to be recognised when told again."""
    return profile.days is not None and (len(profile.parties) >= 2 or len(profile.everyone) >= 2)


def _certain(groups: list[tuple[Profile, int]], rules: Rules) -> Iterator[tuple[int, int, int, Reason]]:
    """Yield dated reports of one event: how weak, which two, why."""
    blocks: dict[tuple[object, ...], list[int]] = {}
    told = {index: profile for profile, index in groups}
    for profile, index in groups:
        for block in dated_blocks(profile, rules):
            blocks.setdefault(block, []).append(index)
    candidates = {pair for indexes in blocks.values() for pair in combinations(sorted(set(indexes)), 2)}
    for one, other in sorted(candidates):
        found = same_dated(told[one], told[other], rules)
        if found is not None:
            yield found[0], one, other, found[1]


def dated_blocks(profile: Profile, rules: Rules) -> Iterator[tuple[object, ...]]:
    """Yield what dated reports of one event have in common at least one of."""
    if profile.days is None:
        return
    if rules.vocabulary.is_a(profile.type, MEETING):
        for pair in pairs(profile):
            for month in months(profile.days):
                yield (*pair, month)
    elif rules.vocabulary.is_a(profile.type, ACT):
        yield profile.type, profile.doers, profile.actors, profile.days
    elif rules.vocabulary.is_a(profile.type, VISIT):
        yield from (("visit", party, month) for party in profile.parties for month in months(profile.days))
    elif rules.vocabulary.is_a(profile.type, VOTE):
        yield from (("vote", subject) for subject in profile.subjects)
