"""Which claims cannot both hold."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

from kg.graph.dates import is_full_day, overlap
from kg.graph.terms import EDTF, LEADS, STATUS, asserted
from kg.model import ACTUAL, CANCELLED, EXPECTED, HELD, Interval, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kg.model import Claim
    from kg.vocab import Vocabulary

Pair = tuple[str, str]


def contradictions(
    claims: Iterable[Claim], intervals: Mapping[str, Interval], vocabulary: Vocabulary
) -> dict[str, tuple[str, ...]]:
    """Give, for each claim, the claims it contradicts, both ways.

    Args:
        claims: all claims, in merged names.
        intervals: the days that each ``dip:edtf`` claim stands for, by claim id.
        vocabulary: says which properties count something.
    """
    stated = [claim for claim in claims if claim.rule is None]
    found: dict[str, set[str]] = {}
    for one, other in (
        *_dates(stated, intervals),
        *_denials(stated),
        *_statuses(stated),
        *_counts(stated, vocabulary),
        *_leaders(stated),
    ):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {claim: tuple(sorted(others)) for claim, others in found.items()}


def _grouped(
    claims: Iterable[Claim], key: Callable[[Claim], tuple[object, ...]]
) -> dict[tuple[object, ...], list[Claim]]:
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        groups.setdefault(key(claim), []).append(claim)
    return groups


def _dates(claims: Sequence[Claim], intervals: Mapping[str, Interval]) -> Iterator[Pair]:
    """Two dates without a common day; and, as the shapes ask, any two different days."""
    dates = [claim for claim in claims if claim.predicate == EDTF]
    for group in _grouped(dates, lambda claim: (claim.subject,)).values():
        for one, other in _unlike(group):
            days = is_full_day(_text(one)) and is_full_day(_text(other))
            told = asserted(one) and asserted(other)
            if days or (told and not overlap(intervals[one.id], intervals[other.id])):
                yield one.id, other.id


def _text(claim: Claim) -> str:
    return claim.object.text if isinstance(claim.object, Literal) else claim.object


def _unlike(claims: Iterable[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the pairs of claims with different objects."""
    groups = _grouped(claims, lambda claim: (_text(claim),))
    for one, other in combinations(groups.values(), 2):
        yield from product(one, other)


def _denials(claims: Sequence[Claim]) -> Iterator[Pair]:
    """A triple and its denial.

    Where a sentence denies the event itself, its date is no date denied: it only tells which event.
    """
    told = [claim for claim in claims if claim.stance.modality in (ACTUAL, EXPECTED)]
    whole = {
        (_place(claim), thing)
        for claim in told
        if claim.stance.negated and claim.predicate != EDTF
        for thing in (claim.subject, claim.object)
    }
    firm = [claim for claim in told if claim.predicate != EDTF or (_place(claim), claim.subject) not in whole]
    denied = {_triple(claim) for claim in firm if claim.stance.negated}
    for group in _grouped((claim for claim in firm if _triple(claim) in denied), _triple).values():
        no = [claim.id for claim in group if claim.stance.negated]
        yes = [claim.id for claim in group if not claim.stance.negated]
        yield from product(yes, no)


def _place(claim: Claim) -> tuple[object, ...]:
    return claim.document, claim.evidence


def _triple(claim: Claim) -> tuple[object, ...]:
    return claim.subject, claim.predicate, claim.object


def _statuses(claims: Sequence[Claim]) -> Iterator[Pair]:
    """Held and cancelled, on one and the same day."""
    told = [
        claim
        for claim in claims
        if claim.predicate == STATUS and claim.as_of is not None and claim.object in (HELD, CANCELLED)
    ]
    for group in _grouped(told, lambda claim: (claim.subject, claim.as_of)).values():
        yield from ((one.id, other.id) for one, other in _unlike(group))


def _counts(claims: Sequence[Claim], vocabulary: Vocabulary) -> Iterator[Pair]:
    """Two numbers for one count."""
    counts = {prop for prop in vocabulary.properties if vocabulary.range(prop) == "xsd:integer"}
    told = [claim for claim in claims if claim.predicate in counts and asserted(claim)]
    for group in _grouped(told, lambda claim: (claim.subject, claim.predicate)).values():
        yield from ((one.id, other.id) for one, other in _unlike(group))


def _leaders(claims: Sequence[Claim]) -> Iterator[Pair]:
    """Two leaders of one delegation, unless some article names both."""
    told = [claim for claim in claims if claim.predicate == LEADS and asserted(claim)]
    for group in _grouped(told, lambda claim: (claim.object,)).values():
        persons = _grouped(group, lambda claim: (claim.subject,))
        for one, other in combinations(persons.values(), 2):
            if {claim.document for claim in one}.isdisjoint({claim.document for claim in other}):
                yield from ((first.id, second.id) for first, second in product(one, other))
