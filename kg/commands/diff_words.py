"""Differences in words, as the report and the table of ``kg diff`` both have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.answers import verb
from kg.vocab import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.graph.differences import Difference, Said
    from kg.graph.sides import Telling

_WAYS = ("Actual", "Expected", "Possible", "Conditional")
"""The modalities, the firmest first."""


def relation(predicate: str, modality: str = "Actual", *, negated: bool = False) -> str:
    """Word a property of the graph: ``leads``, ``is to lead``; one that is not known by its own name."""
    vocabulary = Vocabulary.load()
    term = vocabulary.shrink(predicate)
    if term not in vocabulary:
        return ("not " if negated else "") + term.rpartition(":")[2]
    return verb(term, modality, negated=negated)


def sentence(said: Said) -> str:
    """Give a fact as one sentence, in the firmest way in which it is told."""
    told = min(said.claims, key=_firmness, default=None)
    words = relation(said.triple[1]) if told is None else told_by(told)
    return f"{said.names[0]} {words} {said.names[1]}"


def told_by(claim: Telling) -> str:
    """Give the relation of a claim in words: ``is not to lead``."""
    return relation(claim.triple[1], claim.modality, negated=claim.negated)


def _firmness(claim: Telling) -> tuple[bool, int]:
    known = claim.modality in _WAYS
    return claim.negated, _WAYS.index(claim.modality) if known else len(_WAYS)


def evidence(each: Difference) -> tuple[tuple[str, Telling], ...]:
    """Give the claims of a difference, each with the side that it is from: ``A`` or ``B``."""
    return tuple(
        (side, claim)
        for side, said in (("A", each.before), ("B", each.after))
        if said is not None
        for claim in said.claims
    )


def telling(each: Difference) -> tuple[Telling, ...]:
    """Give the claims that make the difference: what only one graph has, else what both have."""
    old = () if each.before is None else each.before.claims
    new = () if each.after is None else each.after.claims
    known = {claim.id for claim in old}, {claim.id for claim in new}
    fresh: Sequence[Telling] = [claim for claim in new if claim.id not in known[0]]
    gone: Sequence[Telling] = [claim for claim in old if claim.id not in known[1]]
    return tuple(fresh or gone or new or old)
