"""Who did what to whom, as one article tells of one thing: pairs of a source and a target."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.graph.profile import ACT, VISIT
from kg.graph.tellings import FIRMNESS, Telling, at_most, together
from kg.graph.terms import PARTICIPATES, STATUS
from kg.model import EXPECTED, ONGOING, POSSIBLE, PROPOSED, REFUSED, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kg.graph.tellings import Roles
    from kg.vocab import Vocabulary

PERFORMS = Term("dip:performs")
DIRECTED_AT = Term("dip:directedAt")
TAKES = Term("dip:takes")
ADDRESSED_TO = Term("dip:addressedTo")
SIGNS = Term("dip:signs")
HOSTS = Term("dip:hosts")
LOCATION = Term("dip:location")
COOPERATION = Term("dip:Cooperation")

NOBODY = ""
"""The target where none is told."""

_Two = tuple[Telling, "Telling | None"]
"""How the source is told, and the target, where there is one."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A source and a target, what passes between them, and how the article tells it."""

    source: str
    target: str
    """Empty where none is told."""
    code: str
    """The bare PLOVER code; empty where the ontology has none."""
    told: Telling
    scattered: bool
    """Whether source and target are told in different passages."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Who belongs to whom, and which state lies around a place."""

    of: Mapping[str, frozenset[str]]
    """Person -> the states and bodies whose office they hold or whose delegation they are in."""
    persons: frozenset[str]
    state: Callable[[str], str | None]
    """Place -> the state or other polity that it is or lies in."""

    def apart(self, one: str, other: str, among: Iterable[str]) -> bool:
        """Tell whether two actors can face one another in a room with the others.

        Nobody faces the state or body that he or she belongs to. Two of one side face one another
        only where all belong to it.
        """
        first, second = self._around(one), self._around(other)
        if one in second or other in first:
            return False
        shared = first & second
        return not shared or all(shared & self._around(each) for each in among)

    def unclear(self, one: str, other: str, among: Iterable[str]) -> bool:
        """Tell whether a person may be there for the other: of an unknown side, and not the only person."""
        if (one in self.persons) == (other in self.persons):
            return False
        person = one if one in self.persons else other
        return not self.of.get(person) and any(each != person and each in self.persons for each in among)

    def _around(self, actor: str) -> frozenset[str]:
        return self.of.get(actor, frozenset()) | {actor}


def pairs(kind: Term | None, roles: Roles, sides: Sides, vocabulary: Vocabulary) -> tuple[Pair, ...]:
    """Give the pairs that one article tells of one thing: each at most once said and once denied.

    Args:
        kind: the class of the thing.
        roles: what the article tells of it.
        sides: who belongs to whom.
        vocabulary: the ontology, with its PLOVER codes.
    """
    code = "" if kind is None else vocabulary.plover(kind) or ""
    told = _bounded(roles, vocabulary)

    def part(wanted: Term) -> list[Telling]:
        return [one for term, those in told.items() if vocabulary.is_a(term, wanted) for one in those]

    def kind_of(*classes: Term) -> bool:
        return kind is not None and any(vocabulary.is_a(kind, cls) for cls in classes)

    parties, hosts = part(PARTICIPATES), part(HOSTS)
    found = [
        *_pairs(code, _done(part(PERFORMS), part(DIRECTED_AT), sides, jointly=kind_of(COOPERATION))),
        *_pairs(code, _directed(part(TAKES), part(ADDRESSED_TO))),
        *_pairs(code, _mutual(part(SIGNS), sides)),
    ]
    if kind_of(VISIT):
        found += _pairs(code, _visit(parties, hosts or _states(part(LOCATION), sides), sides))
    elif code and not kind_of(ACT):
        found += _pairs(code, _met(parties, hosts, sides))
    for term, those in told.items():
        own = vocabulary.plover(term) if vocabulary.filler_is_subject(term) else None
        if own is not None:  # a part that is an act of its own, as mediating is
            found += _pairs(own, _between(those, parties, sides))
    return _each_once(found)


def _bounded(roles: Roles, vocabulary: Vocabulary) -> dict[Term, tuple[Telling, ...]]:
    """Take nothing for done in an event that the same article says has not begun."""
    told = {vocabulary.shrink(telling.who) for telling in roles.get(STATUS, ()) if not telling.negated}
    known = sorted(told.intersection(vocabulary.individuals("dip:EventStatus")))
    if not known or any(vocabulary.rank(status) >= vocabulary.rank(ONGOING) for status in known):
        return dict(roles)
    most = POSSIBLE if max(known, key=vocabulary.rank) in (PROPOSED, REFUSED) else EXPECTED
    return {term: tuple(at_most(telling, most) for telling in told) for term, told in roles.items()}


def _pairs(code: str, found: Iterable[_Two]) -> list[Pair]:
    return [
        Pair(one.who, NOBODY, code, one, scattered=False)
        if other is None
        else Pair(one.who, other.who, code, together(one, other), one.passage != other.passage)
        for one, other in found
    ]


def _directed(
    sources: Sequence[Telling],
    targets: Sequence[Telling],
    may: Callable[[Telling, Telling], bool] = lambda one, other: one.who != other.who,
) -> Iterator[_Two]:
    """Yield each source with each target that it may have, or alone.

    A source that is said to act stays alone also where all of its targets are denied.
    """
    for one in sources:
        matched = [other for other in targets if may(one, other)]
        yield from ((one, other) for other in matched)
        if not any(one.negated or not other.negated for other in matched):
            yield one, None


def _facing(everyone: Sequence[Telling], sides: Sides) -> Callable[[Telling, Telling], bool]:
    among = sorted({telling.who for telling in everyone})
    return lambda one, other: sides.apart(one.who, other.who, among)


def _mutual(parties: Sequence[Telling], sides: Sides) -> Iterator[_Two]:
    """Yield each party with each other one.

    Whose absence is told is no pair with those who were there without him or her, save with the one
    that was left alone. Two that are both denied are a pair where there is nobody else.
    """
    among = sorted({party.who for party in parties})
    present = {party.who for party in parties if not party.negated}

    def may(one: Telling, other: Telling) -> bool:
        both = {one.who, other.who}
        if (one.negated or other.negated) and not present <= both:
            return False
        return sides.apart(one.who, other.who, among) and not sides.unclear(one.who, other.who, among)

    return _directed(parties, parties, may)


def _done(
    doers: Sequence[Telling], targets: Sequence[Telling], sides: Sides, *, jointly: bool
) -> Iterator[_Two]:
    """Yield doers and targets; those who do together what takes two are each other's targets."""
    return _mutual(doers, sides) if jointly and not targets else _directed(doers, targets)


def _met(parties: Sequence[Telling], hosts: Sequence[Telling], sides: Sides) -> list[_Two]:
    """Give the parties of a meeting two by two; where there is only one side, the host is the other."""
    found = list(_mutual(parties, sides))
    if any(other is not None for _, other in found):
        return found
    may = _facing([*parties, *hosts], sides)
    back = [(one, other) for one, other in _directed(hosts, parties, may) if other is not None]
    return [*_directed(parties, hosts, may), *back]


def _between(thirds: Sequence[Telling], parties: Sequence[Telling], sides: Sides) -> Iterator[_Two]:
    """Yield third parties with each of those that take part, or with those that are denied if all are."""
    present = [party for party in parties if not party.negated]
    return _directed(thirds, present or parties, _facing([*thirds, *parties], sides))


def _visit(visitors: Sequence[Telling], visited: Sequence[Telling], sides: Sides) -> Iterator[_Two]:
    return _directed(visitors, visited, _facing([*visitors, *visited], sides))


def _states(places: Sequence[Telling], sides: Sides) -> list[Telling]:
    """Give the states that places lie in."""
    found = ((place, sides.state(place.who)) for place in places)
    return [replace(place, who=state) for place, state in found if state is not None]


def _each_once(found: Iterable[Pair]) -> tuple[Pair, ...]:
    """Keep the best telling of each pair, apart for what is denied; sorted."""
    best: dict[tuple[str, str, str, bool], Pair] = {}
    for pair in sorted(found, key=_goodness):
        best.setdefault((pair.source, pair.target, pair.code, pair.told.negated), pair)
    return tuple(best[key] for key in sorted(best))


def _goodness(pair: Pair) -> tuple[object, ...]:
    """Order tellings of a pair: the firmest, in the article's own voice, in one passage, the first."""
    told = pair.told
    return (
        FIRMNESS.index(told.modality),
        bool(told.speaker),
        pair.scattered,
        -told.confidence,
        told.passage,
        told.speaker,
        told.sentence,
    )
