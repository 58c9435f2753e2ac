"""What a date in a sentence is made of, before it is placed on the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kg.model import Span

Kind = Literal["calendar", "weekday", "monthday", "day", "period", "offset", "window", "duration"]
"""How an expression is placed on the calendar.

calendar  a year, month, day, season or decade by name: "16 May", "in 2014", "the spring of 2023"
weekday   a bare weekday: "Friday", "next Friday", "Friday of last week"
monthday  a bare day of a month: "on the 16th"
day       counted from today: "yesterday", "overnight", "this morning"
period    a whole week, weekend, month or year: "last week", "later that year", "the next day"
offset    a number of units away: "two days ago", "three weeks earlier", "in two weeks"
window    the units before or after today: "in the coming days", "the past three weeks"
duration  a length and no date: "for three days", "the first time in seven weeks"
"""

Role = Literal["at", "start", "end", "range"]
Tense = Literal["past", "present", "future"]


@dataclass(frozen=True, slots=True)
class Point:
    """The parts of one date that the text names; None is what it leaves out."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """Monday is 0."""
    season: str | None = None
    decade: bool = False
    """Whether ``year`` is the first year of a decade that is meant as a whole."""
    portion: str | None = None
    """early, mid, late: a third of the period; earlier, later: the side of today."""
    deixis: str | None = None
    """this, last, next, coming, past, that, same, following, previous, and for an offset ago, in,
    within, after, before."""
    unit: str | None = None
    count: int | None = None
    """How many units; None for "a few days" and plain "days"."""


@dataclass(frozen=True, slots=True)
class DateExpression:
    """One expression of time in a text.

    ``span`` leaves out a plain "on", "in" or "at" before the date and takes in words that move its
    ends ("since", "by", "between"). ``until`` is the other end of a range. ``relative`` says that
    an anchor is needed, ``weekday`` is given for a bare weekday, ``exclusive`` for "before" and
    "after", where the named days do not count.
    """

    span: Span
    text: str
    kind: Kind
    point: Point
    until: Point | None = None
    role: Role = "at"
    relative: bool = False
    duration: bool = False
    weekday: int | None = None
    approximate: bool = False
    exclusive: bool = False
    side: Tense | None = None
    """The side of today that the words imply whatever the verb: "since June" is a June gone by."""
