"""Claims that follow from other claims; each names its rule and its premises, none has evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph.identity import inferred_id
from kg.graph.profile import CALL, MEETING
from kg.graph.terms import LEADS, PARTICIPATES, REPRESENTS, around, asserted
from kg.model import (
    ACTUAL,
    CANCELLED,
    EXPECTED,
    HELD,
    ONGOING,
    PLANNED,
    POSTPONED,
    PROPOSED,
    REFUSED,
    Claim,
    Stance,
    Term,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.graph.world import World
    from kg.model import Key, Literal

HOSTS = Term("dip:hosts")
LOCATION = Term("dip:location")
OFF = (PROPOSED, REFUSED, CANCELLED)
ON = (ONGOING, HELD)

RULES = {
    "venue-state": "the state of the venue hosts, where no host is named",
    "delegation-represents": "whom a delegation represents takes part where it does",
    "leader-takes-part": "who leads a delegation takes part where it does",
}

# An inferred claim is a little less sure than the weakest of its premises.
_WEAKER = 0.9

_Stated = set[tuple[str, "str | Literal", Term]]
Source = tuple[str | None, "Key | None"]
"""A document and whom it credits: premises are never mixed across these."""


def infer(claims: Iterable[Claim], status: Mapping[str, Term], world: World) -> tuple[Claim, ...]:
    """Give the claims that the three rules add, in order of id."""
    held = [claim for claim in claims if asserted(claim)]
    found = {
        claim.id: claim for claim in (*_venue_state(held, status, world), *_takes_part(held, status, world))
    }
    return tuple(found[key] for key in sorted(found))


def _venue_state(held: Sequence[Claim], status: Mapping[str, Term], world: World) -> Iterator[Claim]:
    hosted = {claim.object for claim in held if claim.predicate == HOSTS}
    for event, claims in _by_subject(held, LOCATION).items():
        state = _state_of(claims, world)
        if state is None or event in hosted or not _gathers(event, world) or status.get(event) in OFF:
            continue
        planned = status.get(event) in (PLANNED, POSTPONED)
        for premises in _by_source(claims).values():
            actual = [claim for claim in premises if claim.stance.modality == ACTUAL]
            yield _inferred(
                "venue-state",
                (state, HOSTS, event),
                actual or premises,
                EXPECTED if planned or not actual else ACTUAL,
            )


def _gathers(event: str, world: World) -> bool:
    """Tell whether an event brings people to a place."""
    return world.is_a(event, MEETING) and not world.is_a(event, CALL)


def _state_of(claims: Sequence[Claim], world: World) -> str | None:
    """Give the one state that all places told lie in."""
    found = set()
    for claim in claims:
        place = str(claim.object)
        states = [step for step in (place, *around(place, world.within)) if step in world.states]
        found.add(states[0] if states else None)
    return found.pop() if len(found) == 1 else None


def _takes_part(held: Sequence[Claim], status: Mapping[str, Term], world: World) -> Iterator[Claim]:
    stated = {
        (claim.subject, claim.object, claim.stance.modality)
        for claim in held
        if claim.predicate == PARTICIPATES
    }
    represents = _by_subject(held, REPRESENTS)
    leads = _by_object(held, LEADS)
    for team, presence in _by_subject(held, PARTICIPATES).items():
        if team not in world.teams:
            continue
        event, side = world.teams[team]
        yield from _side(side, event, represents.get(team, []), presence, stated)
        if status.get(event) in ON:
            yield from _leaders(event, leads.get(team, []), presence, stated)


def _side(
    side: str,
    event: str,
    represents: Sequence[Claim],
    presence: Sequence[Claim],
    stated: _Stated,
) -> Iterator[Claim]:
    for premises, modality in _joint(represents, presence):
        known = {(side, event, ACTUAL), (side, event, modality)}
        if not known & stated:
            yield _inferred("delegation-represents", (side, PARTICIPATES, event), premises, modality)


def _leaders(
    event: str,
    leads: Sequence[Claim],
    presence: Sequence[Claim],
    stated: _Stated,
) -> Iterator[Claim]:
    for person in sorted({claim.subject for claim in leads}):
        own = [claim for claim in leads if claim.subject == person]
        for premises, modality in _joint(own, presence):
            if modality == ACTUAL and (person, event, ACTUAL) not in stated:
                yield _inferred("leader-takes-part", (person, PARTICIPATES, event), premises, modality)


def _joint(some: Sequence[Claim], others: Sequence[Claim]) -> Iterator[tuple[list[Claim], Term]]:
    """Yield, for each source of both, the premises of the strongest modality they share."""
    first, second = _by_source(some), _by_source(others)
    for source in sorted(first.keys() & second.keys(), key=str):
        both = [*first[source], *second[source]]
        actual = [claim for claim in both if claim.stance.modality == ACTUAL]
        sure = all(any(claim.stance.modality == ACTUAL for claim in part[source]) for part in (first, second))
        yield (actual, ACTUAL) if sure else (both, EXPECTED)


def _inferred(rule: str, triple: tuple[str, Term, str], premises: Sequence[Claim], modality: Term) -> Claim:
    subject, predicate, value = triple
    ids = tuple(sorted(claim.id for claim in premises))
    return Claim(
        id=inferred_id(rule, ids),
        subject=subject,
        predicate=predicate,
        object=value,
        stance=Stance(modality=modality, speaker=premises[0].stance.speaker),
        confidence=round(_WEAKER * min(claim.confidence for claim in premises), 2),
        as_of=premises[0].as_of,
        derived_from=ids,
        rule=rule,
    )


def _by_subject(claims: Iterable[Claim], predicate: Term) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.predicate == predicate:
            found.setdefault(claim.subject, []).append(claim)
    return found


def _by_object(claims: Iterable[Claim], predicate: Term) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.predicate == predicate:
            found.setdefault(str(claim.object), []).append(claim)
    return found


def _by_source(claims: Iterable[Claim]) -> dict[Source, list[Claim]]:
    found: dict[Source, list[Claim]] = {}
    for claim in claims:
        found.setdefault((claim.document, claim.stance.speaker), []).append(claim)
    return found
