"""Which event of one graph is which of another, by the claims that both have.

The name of an event has its parties, its place and its day in it, so it changes when an article adds to
them or when two reports turn out to be about one event. What stays is the claims: the same words of the
same article tell of the same event, whatever it is called.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from kg.graph.sides import Side, Telling, Triple

    Mark = Callable[[Telling, Side], Hashable]


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one graph that are, together, those of the other; one of both sides may be empty."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def kept(self) -> bool:
        """Whether one thing here is one thing there."""
        return len(self.before) == len(self.after) == 1


@dataclass(frozen=True, slots=True)
class Alignment:
    """The groups, and one name for each in the place of the many."""

    groups: tuple[Group, ...]
    before: Mapping[str, str] = field(default_factory=dict)
    """The name of the group that each thing of the first graph is in."""
    after: Mapping[str, str] = field(default_factory=dict)

    def group(self, name: str) -> Group | None:
        """Give the group of that name; None for what is called the same in every graph."""
        return self.groups[int(name[1:])] if name.startswith("#") else None


def align(before: Side, after: Side) -> Alignment:
    """Put together the events, stances, texts and delegations of two graphs that are the same.

    Each goes with the one that it shares most claims with; what shares none with any goes with its
    namesake, if that shares none either.
    """
    weights = _weights(before, after)
    links = {*_best(weights), *((one, two) for two, one in _best(_turned(weights)))}
    linked = {one for one, _ in links}, {two for _, two in links}
    for iri in sorted(before.moving.keys() & after.moving.keys()):
        if iri not in linked[0] and iri not in linked[1]:
            links.add((iri, iri))
    groups = tuple(sorted(_groups(before.moving, after.moving, links), key=lambda g: (g.before, g.after)))
    names = [(f"#{at}", group) for at, group in enumerate(groups)]
    return Alignment(
        groups,
        {iri: name for name, group in names for iri in group.before},
        {iri: name for name, group in names for iri in group.after},
    )


def named(triple: Triple, names: Mapping[str, str]) -> Triple:
    """Give a triple in the names of the groups."""
    subject, predicate, value = triple
    return names.get(subject, subject), predicate, names.get(value, value)


def _weights(before: Side, after: Side) -> dict[tuple[str, str], int]:
    """Count the claims that two things share, in the same place of the triple."""
    found: Counter[tuple[str, str]] = Counter()
    for one, two in _paired(before, after):
        for at in (0, 2):
            left, right = one.triple[at], two.triple[at]
            kind = before.moving.get(left)
            if kind is not None and kind == after.moving.get(right):
                found[left, right] += 1
    return found


def _paired(before: Side, after: Side) -> Iterator[tuple[Telling, Telling]]:
    """Yield the claims that are one: the same id, else the same place and property, else the same words."""
    left, right = list(before.claims), list(after.claims)
    for mark in _MARKS:
        ours, theirs = _marked(left, before, mark), _marked(right, after, mark)
        taken: tuple[set[str], set[str]] = set(), set()
        for key in ours.keys() & theirs.keys():
            for one, two in zip(ours[key], theirs[key], strict=False):
                taken[0].add(one.id)
                taken[1].add(two.id)
                yield one, two
        left = [claim for claim in left if claim.id not in taken[0]]
        right = [claim for claim in right if claim.id not in taken[1]]


def _marked(claims: Iterable[Telling], side: Side, mark: Mark) -> dict[Hashable, list[Telling]]:
    """Give the claims by a mark, those with the same mark in an order that both graphs have."""
    found: dict[Hashable, list[Telling]] = {}
    for claim in claims:
        key = mark(claim, side)
        if key is not None:
            found.setdefault(key, []).append(claim)
    for alike in found.values():
        if len(alike) > 1:
            alike.sort(key=lambda claim: (claim.begin, claim.end, _ends(claim, side), claim.id))
    return found


def _ends(claim: Telling, side: Side) -> tuple[str, str]:
    """Give subject and object, only as what they are where their name may change."""
    subject, _, value = claim.triple
    return side.moving.get(subject, subject), side.moving.get(value, value)


def _id(claim: Telling, _: Side) -> Hashable:
    return claim.id


def _place(claim: Telling, _: Side) -> Hashable:
    return (claim.text, claim.begin, claim.end, claim.triple[1]) if claim.text else None


def _words(claim: Telling, _: Side) -> Hashable:
    return (claim.article, claim.quote, claim.triple[1]) if claim.article and claim.quote else None


def _with_ends(mark: Mark) -> Mark:
    def both(claim: Telling, side: Side) -> Hashable:
        key = mark(claim, side)
        return None if key is None else (key, _ends(claim, side))

    return both


_MARKS: Sequence[Mark] = (_id, _with_ends(_place), _place, _with_ends(_words), _words)
"""What tells that two claims are one, the surest first; the words serve where an article has changed."""


def _turned(weights: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    return {(two, one): count for (one, two), count in weights.items()}


def _best(weights: Mapping[tuple[str, str], int]) -> Iterator[tuple[str, str]]:
    """Yield each thing with the one that it shares most with; of equals with its namesake."""
    found: dict[str, tuple[int, bool, str]] = {}
    for (one, two), count in weights.items():
        rank = -count, one != two, two
        found[one] = min(rank, found.get(one, rank))
    yield from ((one, two) for one, (_, _, two) in found.items())


def _groups(before: Iterable[str], after: Iterable[str], links: Iterable[tuple[str, str]]) -> Iterator[Group]:
    """Yield what hangs together."""
    around: dict[tuple[int, str], set[tuple[int, str]]] = {
        **{(0, iri): set() for iri in before},
        **{(1, iri): set() for iri in after},
    }
    for one, two in links:
        around[0, one].add((1, two))
        around[1, two].add((0, one))
    seen: set[tuple[int, str]] = set()
    for start in around:
        if start in seen:
            continue
        reached, todo = {start}, [start]
        while todo:
            near = around[todo.pop()] - reached
            reached |= near
            todo += near
        seen |= reached
        yield Group(*(tuple(sorted(iri for side, iri in reached if side == at)) for at in (0, 1)))
