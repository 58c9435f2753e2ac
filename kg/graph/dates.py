"""Days as the graph holds them: intervals compared, joined and written."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kg.model import Interval

_DAY = r"\d{4}(-\d{2}(-\d{2})?)?[?~%]?"
_EDTF = re.compile(rf"(\.\.|{_DAY})(/(\.\.|{_DAY}))?")
_FULL_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def edtf(when: Interval) -> str | None:
    """Write an interval as EDTF, or None where it is not one that the shapes accept.

    An open interval bounded by a month is written with its day, because the shapes take any date
    of ten characters for a full day.
    """
    if when.earliest is not None and when.latest is not None and when.earliest > when.latest:
        return None
    if not _EDTF.fullmatch(when.edtf):
        return None
    if len(when.edtf) != 10 or is_full_day(when.edtf):
        return when.edtf
    start = when.earliest.isoformat() if when.earliest is not None else ".."
    end = when.latest.isoformat() if when.latest is not None else ".."
    return f"{start}/{end}"


def is_full_day(text: str) -> bool:
    """Tell whether a date names one day."""
    return _FULL_DAY.fullmatch(text) is not None


def bounds(when: Interval) -> tuple[int, int]:
    """Give an interval as day numbers, open ends as the ends of the calendar."""
    earliest = date.min if when.earliest is None else when.earliest
    latest = date.max if when.latest is None else when.latest
    return earliest.toordinal(), latest.toordinal()


def overlap(one: Interval, other: Interval) -> bool:
    """Tell whether two intervals share a day."""
    (start, end), (from_, until) = bounds(one), bounds(other)
    return start <= until and from_ <= end


def contains(outer: Interval, inner: Interval) -> bool:
    """Tell whether every day of the inner interval lies in the outer one."""
    (start, end), (from_, until) = bounds(outer), bounds(inner)
    return start <= from_ and until <= end


def hull(intervals: Collection[Interval]) -> tuple[date | None, date | None]:
    """Give the first and the last day over all intervals; None where one of them is open."""
    starts = [when.earliest for when in intervals if when.earliest is not None]
    ends = [when.latest for when in intervals if when.latest is not None]
    first = min(starts) if starts and len(starts) == len(intervals) else None
    final = max(ends) if ends and len(ends) == len(intervals) else None
    return first, final


def precise(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Leave out the intervals that another one makes more precise ("July" beside "23 July")."""
    distinct = sorted(set(intervals), key=lambda when: (bounds(when), len(when.edtf), when.edtf))
    return tuple(
        when
        for index, when in enumerate(distinct)
        if not any(
            contains(when, other) and (not contains(other, when) or before < index)
            for before, other in enumerate(distinct)
            if other is not when
        )
    )


def agreed(intervals: Iterable[Interval]) -> Interval | None:
    """Give the most precise interval where it lies in all others, else None."""
    narrow = precise(intervals)
    return narrow[0] if len(narrow) == 1 else None


def common(first: date | None, final: date | None) -> str:
    """Write two days only as precisely as they agree: a day, a month, a year, or nothing."""
    if first is None or final is None:
        return ""
    if first == final:
        return first.isoformat()
    if first.year != final.year:
        return ""
    return first.isoformat()[: 7 if first.month == final.month else 4]


def spoken(first: date | None, final: date | None) -> str:
    """Write two days for people: ``16 May 2025``, ``July 2025``, ``March-April 2022``, ``2025``."""
    if first is None or final is None:
        return ""
    if first == final:
        return f"{first.day} {_MONTHS[first.month - 1]} {first.year}"
    if first.year != final.year:
        return f"{first.year}–{final.year}"  # noqa: RUF001 (a range takes an en dash)
    if first.month == final.month:
        return f"{_MONTHS[first.month - 1]} {first.year}"
    if (first.month, final.month) == (1, 12):
        return str(first.year)
    return f"{_MONTHS[first.month - 1]}–{_MONTHS[final.month - 1]} {first.year}"  # noqa: RUF001
