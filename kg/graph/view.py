"""The plain triples that the claims support: the table and the rules of what enters the view."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from kg.graph.dates import agreed, hull, precise
from kg.graph.infer import OFF, ON
from kg.graph.profile import INDIRECT, MEETING
from kg.graph.terms import EDTF, LEADS, MEMBER_OF, PARTICIPATES, REPRESENTS, STATUS, TYPE, asserted
from kg.model import ACTUAL, Claim, Interval, Literal, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.graph.world import World

Triple = tuple[str, Term, "str | Literal"]
"""Subject path, property, and object: a path, a term of the ontology or a literal."""

ROLE = "dip:involvedIn"
MET = Term("dip:metWith")
EARLIEST = Term("dip:earliest")
LATEST = Term("dip:latest")

# A promise to sign is no signature: these enter the view only when told as done.
_ONLY_ACTUAL = frozenset({"dip:signs", "dip:adopts", "dip:holdsOffice", "dip:performs"})
_DATE = Term("xsd:date")


def view(
    claims: Sequence[Claim],
    status: Mapping[str, Term],
    intervals: Mapping[str, Interval],
    world: World,
) -> tuple[Triple, ...]:
    """Give the plain triples, sorted: what enters by the table, the dates, the status, who met whom."""
    held = [claim for claim in claims if asserted(claim)]
    plain = set(_plain(held, status, world))
    plain |= {(event, STATUS, chosen) for event, chosen in status.items()}
    plain |= set(_dates(held, intervals))
    plain |= set(_met(plain, status, world))
    return tuple(sorted(plain, key=lambda triple: (triple[0], triple[1], str(triple[2]))))


def _plain(held: Iterable[Claim], status: Mapping[str, Term], world: World) -> Iterator[Triple]:
    for claim in held:
        if claim.predicate not in (STATUS, EDTF, TYPE) and _enters(claim, status, world):
            yield claim.subject, claim.predicate, claim.object


def _enters(claim: Claim, status: Mapping[str, Term], world: World) -> bool:
    """Tell whether a claim that is asserted enters the view, by the table in meaning.md."""
    actual = claim.stance.modality == ACTUAL
    if claim.predicate in _ONLY_ACTUAL and not actual:
        return False
    if claim.predicate in (LEADS, MEMBER_OF):
        event = world.teams[str(claim.object)][0]
        return actual or (status.get(event) not in OFF and status.get(event) not in ON)
    if world.vocabulary.is_a(claim.predicate, ROLE):
        now = status.get(str(claim.object))
        return now not in OFF and (actual or now not in ON)
    return True


def _dates(held: Iterable[Claim], intervals: Mapping[str, Interval]) -> Iterator[Triple]:
    """Yield the hull of all dates, and the one date where all claims agree on it."""
    told: dict[str, dict[Interval, Claim]] = {}
    for claim in sorted(held, key=lambda claim: claim.id):
        if claim.predicate == EDTF:
            told.setdefault(claim.subject, {}).setdefault(intervals[claim.id], claim)
    for subject, claims in told.items():
        # "This week" beside "23 July" widens nothing: it is the same date, told less precisely.
        first, final = hull(precise(claims))
        if first is not None:
            yield subject, EARLIEST, Literal(first.isoformat(), _DATE)
        if final is not None:
            yield subject, LATEST, Literal(final.isoformat(), _DATE)
        one = agreed(claims)
        if one is not None:
            yield subject, EDTF, claims[one].object


def _met(plain: Iterable[Triple], status: Mapping[str, Term], world: World) -> Iterator[Triple]:
    """Yield who met whom: parties of one kind and of different sides, in one room."""
    parties: dict[str, set[str]] = {}
    sides: dict[tuple[str, str], str] = {}
    offices: dict[str, str] = dict(world.offices)
    for subject, predicate, value in plain:
        if predicate == PARTICIPATES and subject not in world.teams:
            parties.setdefault(str(value), set()).add(subject)
        elif predicate in (LEADS, MEMBER_OF):
            event, side = world.teams[str(value)]
            sides[subject, event] = side
        elif predicate == "dip:holdsOffice" and str(value) in world.owners:
            owner = world.owners[str(value)]
            offices[subject] = min(owner, offices.get(subject, owner))  # of two offices the same, always
    for event, present in sorted(parties.items()):
        if status.get(event) in ON and world.is_a(event, MEETING) and not world.is_a(event, INDIRECT):
            yield from _in_room(event, present, sides, {**offices, **world.owners}, world)


def _in_room(
    event: str,
    present: set[str],
    sides: Mapping[tuple[str, str], str],
    owners: Mapping[str, str],
    world: World,
) -> Iterator[Triple]:
    kinds: dict[Term | None, list[str]] = {}
    for party in sorted(present):
        kinds.setdefault(world.types.get(party), []).append(party)
    for kind, alike in kinds.items():
        of = {party: sides.get((party, event), owners.get(party)) for party in alike}
        if kind != "dip:Person":
            of = {party: party for party in alike}
        for one, other in permutations(alike, 2):
            # Two persons of unknown sides met if they were the only two.
            unknown = of[one] is None or of[other] is None
            if (len(alike) == 2) if unknown else of[one] != of[other]:
                yield one, MET, other


def supported_teams(claims: Iterable[Claim]) -> frozenset[str]:
    """Give the delegations of which some claim says whose they are."""
    return frozenset(claim.subject for claim in claims if claim.predicate == REPRESENTS and asserted(claim))
