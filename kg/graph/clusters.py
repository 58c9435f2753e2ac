"""Groups of reports that grow together, as long as nothing in them speaks against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.graph.profile import Member, Profile
    from kg.model import Reason

Places = frozenset[str]


@dataclass(slots=True)
class _Cluster:
    """What a group has come to; changed only by ``Clusters``."""

    members: set[Member]
    articles: set[str]
    ordinals: frozenset[int]
    places: list[Places]
    days: list[tuple[int, int]]
    reasons: set[Reason] = field(default_factory=set)


class Clusters:
    """A union-find over reports that refuses unions which contradict themselves."""

    def __init__(
        self,
        profiles: Mapping[Member, Profile],
        follows: Iterable[tuple[Member, Member]],
        different: Iterable[tuple[Member, Member]],
    ) -> None:
        """Start with every report on its own."""
        members = sorted(profiles)
        self.index = {member: index for index, member in enumerate(members)}
        self.refused: list[tuple[Member, Member]] = []
        """Unions the user asked for that would make an event follow itself."""
        self._parent = list(range(len(members)))
        self._clusters = {self.index[member]: _start(profiles[member], member) for member in members}
        self._after = _links(follows, self.index)
        self._apart = _both_ways(different)

    def find(self, index: int) -> int:
        """Give the report that stands for the cluster."""
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def is_dated(self, index: int) -> bool:
        """Tell whether some report of the cluster names a day."""
        return bool(self._clusters[self.find(index)].days)

    def articles(self, index: int) -> frozenset[str]:
        """Give the documents that tell of the event."""
        return frozenset(self._clusters[self.find(index)].articles)

    def members(self, index: int) -> frozenset[Member]:
        """Give the reports of the event."""
        return frozenset(self._clusters[self.find(index)].members)

    def join_members(self, one: Member, other: Member, why: Reason) -> None:
        """Join two reports whatever else speaks against it; unknown reports are passed over."""
        if one not in self.index or other not in self.index:
            return
        first, second = self.find(self.index[one]), self.find(self.index[other])
        if self._leads_to(first, second) or self._leads_to(second, first):
            self.refused.append((one, other))
        else:
            self._unite(first, second, why)

    def join(
        self,
        one: int,
        other: int,
        why: Reason,
        *,
        spread: int | None,
        places_meet: Callable[[Places, Places], bool] | None = None,
    ) -> bool:
        """Join two reports unless an article, an ordinal, a place or the days forbid it.

        Args:
            one: a report.
            other: another report.
            why: the reason that is kept.
            spread: by how many days the cluster may be longer than its longest report.
            places_meet: whether two sets of places can be one venue; all can where it is not given.
        """
        first, second = self.find(one), self.find(other)
        if first == second:
            self._clusters[first].reasons.add(why)
            return True
        if not self.may_join(first, second):
            return False
        if places_meet is not None and not self._venues_meet(first, second, places_meet):
            return False
        if spread is not None and self._stretch(first, second) > spread:
            return False
        self._unite(first, second, why)
        return True

    def may_join(self, one: int, other: int) -> bool:
        """Tell whether no article tells of both, no numbers differ and none follows the other."""
        first, second = self.find(one), self.find(other)
        mine, theirs = self._clusters[first], self._clusters[second]
        if mine.articles & theirs.articles:
            return False
        if mine.ordinals and theirs.ordinals and mine.ordinals.isdisjoint(theirs.ordinals):
            return False
        small, large = sorted((mine.members, theirs.members), key=len)
        if any(self._apart.get(member, set()) & large for member in small):
            return False
        return not self._leads_to(first, second) and not self._leads_to(second, first)

    def result(self) -> list[tuple[tuple[Member, ...], tuple[Reason, ...]]]:
        """Give the clusters, sorted."""
        roots = {self.find(index) for index in range(len(self._parent))}
        found = [self._clusters[root] for root in roots]
        return sorted((tuple(sorted(one.members)), tuple(sorted(one.reasons))) for one in found)

    def _venues_meet(self, first: int, second: int, meet: Callable[[Places, Places], bool]) -> bool:
        return all(
            meet(here, there)
            for here in set(self._clusters[first].places)
            for there in set(self._clusters[second].places)
        )

    def _stretch(self, first: int, second: int) -> int:
        days = self._clusters[first].days + self._clusters[second].days
        if not days:
            return 0
        longest = max(end - start for start, end in days)
        return max(end for _, end in days) - min(start for start, _ in days) - longest

    def _leads_to(self, start: int, goal: int) -> bool:
        """Tell whether one event follows the other, directly or through others."""
        seen, wave = {start}, [start]
        while wave:
            for member in self._clusters[wave.pop()].members:
                for other in self._after.get(member, ()):
                    root = self.find(other)
                    if root == goal:
                        return True
                    if root not in seen:
                        seen.add(root)
                        wave.append(root)
        return False

    def _unite(self, first: int, second: int, why: Reason) -> None:
        if first == second:
            self._clusters[first].reasons.add(why)
            return
        root, other = min(first, second), max(first, second)
        mine, theirs = self._clusters[root], self._clusters.pop(other)
        self._parent[other] = root
        mine.members |= theirs.members
        mine.articles |= theirs.articles
        mine.ordinals |= theirs.ordinals
        mine.places = sorted({*mine.places, *theirs.places}, key=sorted)
        mine.days = sorted({*mine.days, *theirs.days})
        mine.reasons |= theirs.reasons | {why}


def _start(profile: Profile, member: Member) -> _Cluster:
    return _Cluster(
        members={member},
        articles={member[0]},
        ordinals=profile.ordinals,
        places=[profile.places] if profile.places else [],
        days=[profile.days] if profile.days is not None else [],
    )


def _links(follows: Iterable[tuple[Member, Member]], of: Mapping[Member, int]) -> dict[Member, list[int]]:
    after: dict[Member, list[int]] = {}
    for later, earlier in sorted(set(follows)):
        if later in of and earlier in of:
            after.setdefault(later, []).append(of[earlier])
    return after


def _both_ways(pairs: Iterable[tuple[Member, Member]]) -> dict[Member, set[Member]]:
    apart: dict[Member, set[Member]] = {}
    for one, other in pairs:
        apart.setdefault(one, set()).add(other)
        apart.setdefault(other, set()).add(one)
    return apart
