"""What the rules need to know about the things that claims speak of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.graph.terms import STATUS, asserted
from kg.model import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kg.model import Claim, Entity
    from kg.vocab import Vocabulary


@dataclass(frozen=True, slots=True)
class World:
    """The merged things by path, and the knowledge base around them."""

    types: Mapping[str, Term]
    """The class of every path."""
    teams: Mapping[str, tuple[str, str]]
    """Delegation path -> (event path, side)."""
    entities: Mapping[str, Entity]
    within: Mapping[str, str]
    """The place or state that a place lies in."""
    owners: Mapping[str, str]
    """The state or body that an office, a person or a group belongs to."""
    offices: Mapping[str, str]
    """Person -> the state or body whose office sources say that he or she holds, wherever they say it."""
    states: frozenset[str]
    vocabulary: Vocabulary

    def is_a(self, path: str, cls: str) -> bool:
        """Tell whether a thing is of a class."""
        found = self.types.get(path)
        return found is not None and found in self.vocabulary and self.vocabulary.is_a(found, cls)


def statuses(claims: Iterable[Claim], vocabulary: Vocabulary) -> dict[str, Term]:
    """Choose the one status of each event: the latest source's, else the higher rank.

    Sources of unknown day cannot be ordered, so their highest status stands against that of the
    latest day, and the higher rank wins.
    """
    told: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.predicate == STATUS and asserted(claim):
            told.setdefault(claim.subject, []).append(claim)
    return {event: _latest(found, vocabulary) for event, found in told.items()}


def _latest(claims: list[Claim], vocabulary: Vocabulary) -> Term:
    days: list[date] = [claim.as_of for claim in claims if claim.as_of is not None]
    last = max(days, default=None)
    open_ = {str(claim.object) for claim in claims if claim.as_of is None or claim.as_of == last}
    return Term(max(open_, key=lambda status: (vocabulary.rank(status), status)))
