"""Stretches of days, and how EDTF writes them.

One rule holds throughout: the first and last day of an interval are just those its EDTF string
says when its marks of doubt are left out, so that either can be computed from the other.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from kg.model import Interval

Days = tuple[date, date]
"""A first and a last day, both included."""

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The first month of each season of three: those of the northern half of the world, as
meteorologists count them. A winter bears the year of its December."""

_THIRDS = {"early": 0, "mid": 1, "middle": 1, "late": 2, "beginning": 0, "start": 0, "end": 2}


def day(year: int, month: int, number: int) -> Days:
    """Give one day; raises ValueError for one that does not exist."""
    one = date(year, month, number)
    return one, one


def month(year: int, number: int) -> Days:
    """Give a month; ``number`` may run over into the years before or after."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def years(first: int, last: int) -> Days:
    """Give the days from the start of one year to the end of another."""
    return date(first, 1, 1), date(last, 12, 31)


def season(year: int, name: str) -> Days:
    """Give the three months of a season."""
    first = SEASONS[name]
    return month(year, first)[0], month(year, first + 2)[1]


def week(of: date) -> Days:
    """Give the Monday and the Sunday of the week that a day lies in."""
    monday = of - timedelta(days=of.weekday())
    return monday, monday + timedelta(days=6)


def weekday_of_week(of: date, weekday: int) -> date:
    """Give a weekday of the week, Monday to Sunday, that a day lies in."""
    return week(of)[0] + timedelta(days=weekday)


def weekday_before(day: date, weekday: int) -> date:
    """Give the last such weekday up to a day, itself included."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def weekday_after(day: date, weekday: int) -> date:
    """Give the first such weekday from a day on, itself included."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def shift_months(day: date, months: int) -> date:
    """Give the day so many months later, or the last of that month where there is no such day."""
    first, last = month(day.year, day.month + months)
    return first.replace(day=min(day.day, last.day))


def third(days: Days, portion: str) -> Days:
    """Give the early, middle or late third of a month, a season, a year or a longer stretch, or a half of it.

    A stretch of up to six weeks is cut by days (a month at a bound: 1-10, 11-20, 21-end), one of up to two
    years by months, a longer one by years. A season is cut by months, too.
    """
    first, last = days
    if portion.endswith("half"):
        return _half(days, second=portion.startswith("second"))
    if portion.endswith(COUNTED):
        return _nth(days, *portion.split())
    part = _THIRDS[portion]
    length = (last - first).days + 1
    if length <= 45:
        step = length // 3
        start = first + timedelta(days=part * step)
        return start, last if part == 2 else start + timedelta(days=step - 1)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = months // 3 if months <= 24 else (months // 36) * 12
    start = shift_months(first, part * step)
    return start, last if part == 2 else shift_months(first, (part + 1) * step) - timedelta(days=1)


COUNTED = (" week", " day")
"""How portions end that are one of the weeks or days of a month."""
_NTH = {"first": 0, "second": 1, "third": 2, "fourth": 3}


def _nth(days: Days, order: str, unit: str) -> Days:
    """Give a week or day of a stretch: the first week is its first seven days, the last one its last seven."""
    first, last = days
    length = 7 if unit == "week" else 1
    start = (
        first + timedelta(days=_NTH[order] * length) if order in _NTH else last - timedelta(days=length - 1)
    )
    return start, start + timedelta(days=length - 1)


def _half(days: Days, *, second: bool) -> Days:
    """Give a half of a stretch: of a year by months, of a shorter one by days."""
    first, last = days
    length = (last - first).days + 1
    middle = shift_months(first, 6) if length > 300 else first + timedelta(days=length // 2)
    return (middle, last) if second else (first, middle - timedelta(days=1))


def interval(
    first: date | None, last: date | None, *, approximate: bool = False, by_day: bool = False
) -> Interval | None:
    """Give the interval with its shortest EDTF; None where both ends are open or out of order.

    Whole months and years are written as such (the first to the last of May 2025 is ``2025-05``),
    unless the text named days.
    """
    if (first is None and last is None) or (first is not None and last is not None and first > last):
        return None
    length = 10 if by_day else _length(first, last)
    left, right = _written(first, length), _written(last, length)
    mark = "~" if approximate else ""
    if left == right:
        return Interval(first, last, left + mark)
    return Interval(first, last, f"{left + mark if left else '..'}/{right + mark if right else '..'}")


def _written(day: date | None, length: int) -> str:
    return day.isoformat()[:length] if day is not None else ""


def _length(first: date | None, last: date | None) -> int:
    """Say how much of a day has to be written: its year, its month too, or all of it."""
    if first is not None and first.day != 1:
        return 10
    if last is not None and last.day != monthrange(last.year, last.month)[1]:
        return 10
    opens_year = first is None or first.month == 1
    closes_year = last is None or last.month == 12
    if opens_year and closes_year:
        return 4
    # "2025-03/.." would have the ten characters that readers take for a full day.
    return 10 if first is None or last is None else 7
