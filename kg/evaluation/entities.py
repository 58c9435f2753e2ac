"""Which persons, states, bodies and places are read in facts at all, whatever the fact says of them.

Things are the names that stand in facts of an article, each once: who has a role, leads or belongs to a team
and whose team it is, takes a stance or does a deed, is addressed or the target, and where something is. Names
of events, texts, offices and stances do not count, nor do numbers. Names are compared as ``kg.facts`` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.evaluation.counts import Score
from kg.facts import Fact, same_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.facts import Stances

_NO_NAME = frozenset(("edtf", "status", "votesFor", "votesAgainst", "abstentions"))
_WITH_SIDE = frozenset(("leads", "memberOf"))


def names_in(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Give the names that stand in facts, each once, as facts without a property; sorted."""
    return tuple(sorted({name for fact in facts for name in _names(fact) if _is_name(name.name)}))


def entities(gold: Stances, read: Stances) -> Score:
    """Count the names in the facts of one article."""
    wanted, found = names_in(gold), names_in(read)
    return Score(
        gold=len(wanted),
        read=len(found),
        hits=sum(any(same_name(name, other) for other in found) for name in wanted),
        right=sum(any(same_name(other, name) for other in wanted) for name in found),
    )


def _names(fact: Fact) -> Iterator[Fact]:
    if fact.predicate not in _NO_NAME:
        yield Fact("", fact.name, person=fact.person)
    if fact.predicate in _WITH_SIDE:
        yield Fact("", fact.detail)


def _is_name(name: str) -> bool:
    """Tell a name from the local name of an event."""
    return bool(name) and "#" not in name and "@" not in name
