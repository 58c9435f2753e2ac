"""What a comparison of two graphs gives: the differences, each with the claims it rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph.sides import Telling, Triple

GAINED, LOST, CHANGED, DISPUTED, SETTLED = "gained", "lost", "changed", "disputed", "settled"
MERGED, SPLIT, REGROUPED, RENAMED, NEW, GONE = "merged", "split", "regrouped", "renamed", "new", "gone"

_TURNED = {GAINED: LOST, DISPUTED: SETTLED, MERGED: SPLIT, NEW: GONE}
_TURNED |= {new: old for old, new in _TURNED.items()}
_ORDER = (CHANGED, DISPUTED, SETTLED, GAINED, LOST)


@dataclass(frozen=True, slots=True)
class Said:
    """A fact as one graph has it."""

    triple: Triple
    names: tuple[str, str]
    """How subject and object are called."""
    value: str
    """What is to be compared: how it is told, the status, the day, the place."""
    about: tuple[str, str]
    """IRI and name of the event, or of whatever else the fact is about."""
    claims: tuple[Telling, ...]
    """What it rests on; nothing where it follows from other facts."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that the graphs do not have alike."""

    kind: str
    """``gained``, ``lost``, ``changed``, ``disputed`` (only now) or ``settled`` (no longer disputed)."""
    facet: str
    """What of it has changed: ``modality``, ``negation``, ``status``, ``date``, ``place``, ``sources`` …"""
    before: Said | None
    after: Said | None

    @property
    def said(self) -> Said:
        """The fact as the later graph has it, or as the earlier one had it."""
        found = self.before if self.after is None else self.after
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Regrouping:
    """An event that is new or gone, called otherwise, merged or split; a stance or an agreement likewise."""

    kind: str
    what: str
    """``event``, ``stance`` or ``text``."""
    before: tuple[tuple[str, str], ...]
    """IRI and name of each."""
    after: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that two graphs say differently."""

    things: tuple[Regrouping, ...]
    facts: tuple[Difference, ...]
    added: tuple[str, ...] = ()
    """The articles that only the later graph has; that they are there is no difference by itself."""
    removed: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()

    @property
    def equal(self) -> bool:
        """Whether both say the same."""
        return not self.things and not self.facts


def mirrored(found: Comparison) -> Comparison:
    """Give the comparison of the same two graphs the other way round."""
    facts = (
        replace(each, kind=_TURNED.get(each.kind, each.kind), before=each.after, after=each.before)
        for each in found.facts
    )
    things = (
        replace(each, kind=_TURNED.get(each.kind, each.kind), before=each.after, after=each.before)
        for each in found.things
    )
    return Comparison(
        tuple(sorted(things, key=lambda one: (one.kind, one.before, one.after))),
        tuple(sorted(facts, key=place)),
        found.removed,
        found.added,
        found.edited,
    )


def place(each: Difference) -> tuple[object, ...]:
    """Give the place of a difference among others; equal ones alone have the same."""
    said = each.said
    return (
        _ORDER.index(each.kind),
        said.about[1],
        said.about[0],
        said.triple[1],
        said.names,
        said.triple,
        each.facet,
        said.value,
        tuple(claim.id for claim in said.claims),
    )
