"""Dates as EDTF strings: the days they stand for, and how well they are read."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from kg.evaluation.counts import Score
from kg.facts import gold_facts, read_facts, read_told
from kg.model import Key
from kg.text.seeds import DEEDS, INSTRUMENTS, STANCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from kg.facts import Fact, Stances
    from kg.gold import GoldItem
    from kg.kb import KnowledgeBase
    from kg.model import Reading, Term

Days = tuple[date, date]
"""The first and the last day that a date leaves room for."""

_QUALIFIERS = "?~%"


def named_days(items: Sequence[GoldItem], readings: Iterable[Reading], *, kb: KnowledgeBase) -> Score:
    """Count the dates that name a day, in gold and in what was read."""
    total, bare = Score(), bare_deeds(items)
    for item, reading in zip(items, readings, strict=True):
        gold = {fact.name for fact in gold_facts(item, kb) if _is_day(fact)}
        kept = {m.when.edtf for m in reading.event_mentions if m.when is not None and m.type not in bare}
        found = {fact.name for fact in read_facts(reading) if _is_day(fact) and fact.name in kept | gold}
        total += Score(len(gold), len(found), len(gold & found), len(gold & found))
    return total


def bare_deeds(items: Iterable[GoldItem]) -> frozenset[Term]:
    """Give the classes of deeds where a gold file marks neither day nor place of any, else nothing.

    Such a file did not ask for them, so they are neither right nor wrong there.
    """
    for item in items:
        kinds = {str(fact["s"]): f"dip:{fact['o']}" for fact in item.facts if fact["p"] == "type"}
        if any(fact["p"] in _ANCHORS and kinds.get(str(fact["s"])) in DEEDS for fact in item.facts):
            return frozenset()
    return DEEDS


def asked_for(wanted: Stances, found: Stances, reading: Reading, bare: AbstractSet[Term]) -> Stances:
    """Give what was read without the days of stances and texts that gold lacks: those are marked for events only.

    Nor the days and places that only deeds of the ``bare`` classes have.
    """
    kinds = {mention.key: mention.type for mention in reading.event_mentions}
    without = {"edtf": STANCES | INSTRUMENTS | bare, "location": bare}
    kept = {
        told.fact
        for told in read_told(reading)
        if told.fact.predicate in without and kinds.get(Key(told.event)) not in without[told.fact.predicate]
    }
    return {
        fact: stances
        for fact, stances in found.items()
        if fact.predicate not in without or fact in kept or fact in wanted
    }


_ANCHORS = frozenset(("edtf", "location"))


def _is_day(fact: Fact) -> bool:
    return (
        fact.predicate == "edtf"
        and len(fact.name.rstrip(_QUALIFIERS)) == len("2025-05-16")
        and "/" not in fact.name
    )


def days(edtf: str) -> Days | None:
    """Give the days that an EDTF date or interval leaves room for; None where it is not understood.

    An open end is the end of the calendar; "about" and "perhaps" change nothing.
    """
    first, slash, final = edtf.partition("/")
    start, end = _ends(first), _ends(final if slash else first)
    if start is None or end is None:
        return None
    return (start[0], end[1]) if start[0] <= end[1] else None


def contradict(one: Iterable[str], other: Iterable[str]) -> bool:
    """Tell whether two events with these dates cannot be one: no date of one shares a day with the other's."""
    here, there = ([found for text in texts if (found := days(text)) is not None] for texts in (one, other))
    return bool(here and there) and not any(a[0] <= b[1] and b[0] <= a[1] for a in here for b in there)


def _ends(text: str) -> Days | None:
    """Give the first and last day of a year, a month or a day."""
    if text == "..":
        return date.min, date.max
    try:
        parts = [int(part) for part in text.rstrip(_QUALIFIERS).split("-")]
        year, *rest = parts[:3]
        first = date(year, *(*rest, 1, 1)[:2])
        month = parts[1] if len(parts) > 1 else 12
        day = parts[2] if len(parts) > 2 else monthrange(first.year, month)[1]
    except ValueError:
        return None
    return first, date(first.year, month, day)
