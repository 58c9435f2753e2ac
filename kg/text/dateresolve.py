"""Place an expression of time on the calendar, by the day of publication and the tense of the verb.

Rules, the same for every text:
- A bare weekday is the most recent one, today included; after a verb of the future the next one,
  today included; after a present tense the nearer of the two. "By" and "until" look ahead unless
  the verb is in the past. "Last Friday" is strictly before today, "next Friday" strictly after.
- A day, month or season without its year lies in the year that puts it nearest to the anchor: for
  the past not after it, for the future not before it, with one day's grace.
- A week runs from Monday to Sunday. "Early", "mid" and "late" are thirds of a year and approximate; of a
  month they say no more than the month.
- "A week ago" and "two days ago" are that day; "two weeks ago" about that day, "two months ago" about the
  month, "two years ago" about the year.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.text import dateperiods, days
from kg.text.datesetting import Setting, choose
from kg.text.dateweekdays import monthday, weekday

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model import Interval
    from kg.text.dateparts import DateExpression, Kind, Point, Tense
    from kg.text.days import Days


def resolve(
    expression: DateExpression,
    *,
    anchor: date | None,
    tense: Tense | None,
    reference: Interval | None = None,
    near: Interval | None = None,
) -> Interval | None:
    """Give the days that an expression means, or None where that cannot be told.

    ``anchor`` is the day of publication, ``tense`` that of the governing verb, ``reference`` the
    days of the event that "two days later" or "the next day" counts from. Without an anchor a bare
    weekday is that of the week of ``near``, a day named beside it.
    """
    if expression.duration:
        return None
    expression = _by_the_month(expression)
    try:
        side = expression.side if expression.side is not None else tense
        found = _days(expression, Setting(anchor, side, reference, near))
    except (OverflowError, ValueError):
        # A day beyond the calendar ("9000 years ago") or one that does not exist.
        return None
    if found is None:
        return None
    first, last = _bounded(found, expression)
    approximate = expression.approximate or _is_approximate(expression)
    is_open = first is None or last is None
    by_day = expression.point.day is not None or (is_open and expression.point.month is not None)
    return days.interval(first, last, approximate=approximate, by_day=by_day)


def _by_the_month(expression: DateExpression) -> DateExpression:
    """Give "late April" and "later this month" as the month.

    What lies somewhere in late April does not last from the 21st to the 30th, as an interval would say (ten of
    ten in the development articles are marked so). Halves and bounds stay as they are.
    """
    point = expression.point
    of_month = (point.month is not None and point.day is None) or point.unit == "month"
    part = point.portion is not None and not point.portion.endswith(("half", *days.COUNTED))
    if expression.role != "at" or expression.kind not in ("calendar", "period") or not (of_month and part):
        return expression
    return replace(expression, point=replace(point, portion=None))


def _days(expression: DateExpression, setting: Setting) -> Days | None:
    """Give the first and last day of what is named, before its preposition moves them."""
    if expression.kind == "calendar":
        return _calendar(expression, setting)
    if expression.kind in {"weekday", "monthday"}:
        return weekday(expression, setting) if expression.kind == "weekday" else monthday(expression, setting)
    if expression.kind == "period" and dateperiods.needs_reference(expression.point):
        return dateperiods.period_of_reference(expression.point, setting.reference)
    if expression.kind == "offset" and expression.point.deixis in {"before", "after"}:
        return dateperiods.offset_of_reference(expression.point, setting.reference)
    if setting.anchor is None:
        return None
    return _FROM_ANCHOR[expression.kind](expression.point, setting.anchor, setting.tense)


def _bounded(found: Days, expression: DateExpression) -> tuple[date | None, date | None]:
    """Open the end that a preposition leaves open: "since", "until", "before", "after"."""
    first, last = found
    over = (
        expression.role == "end" and expression.point.portion == "end"
    )  # "before the end of the year" is in it
    step = timedelta(days=1 if expression.exclusive and not over else 0)
    if expression.role == "start":
        return (last + step if expression.exclusive else first), None
    if expression.role == "end":
        return None, (first - step if step else last)
    return first, last


def _is_approximate(expression: DateExpression) -> bool:
    """Whether the words leave some play."""
    point = expression.point
    exact_edge = {"start": ("beginning", "start"), "end": ("end",)}.get(expression.role, ())
    if point.portion is not None and point.portion in exact_edge:
        return False
    if expression.kind == "offset":
        return point.count is None or (point.unit != "day" and (point.unit, point.count) != ("week", 1))
    exact = {"earlier", "later", "first half", "second half"}
    counted = point.portion is not None and point.portion.endswith(days.COUNTED)
    is_third = point.portion is not None and point.portion not in exact and not counted
    return (
        point.season is not None
        or expression.kind == "window"
        or (is_third and expression.kind in {"calendar", "period"})
    )


def _calendar(expression: DateExpression, setting: Setting) -> Days | None:
    point, until = expression.point, expression.until
    if point.year is not None:
        return _stretch(point, until, point.year)
    if setting.anchor is None:
        return None
    # The end of a truce lies ahead of the verb that tells of it, so a bound ignores its tense.
    is_bound = expression.role in {"start", "end"}
    tense = expression.side if is_bound else setting.tense
    candidates = _in_years(point, until, setting.anchor.year, 1)
    if not candidates:
        candidates = _in_years(point, until, setting.anchor.year, 4)
    return choose(_deictic(candidates, point.deixis, setting.anchor), setting.anchor, tense, grace=1)


def _stretch(point: Point, until: Point | None, year: int) -> Days:
    """Give the days of a date or a range whose start lies in a year."""
    first, last = _named(point, year)
    if until is None:
        return first, last
    end_year = until.year if until.year is not None else year
    end = _named(until, end_year)[1]
    return first, end if end >= first else _named(until, end_year + 1)[1]


def _named(point: Point, year: int) -> Days:
    """Give the days of a date in a given year."""
    if point.decade:
        found = days.years(year, year + 9)
    elif point.season is not None:
        found = days.season(year, point.season)
    elif point.month is None:
        found = days.years(year, year)
    elif point.day is None:
        found = days.month(year, point.month)
    else:
        return days.day(year, point.month, point.day)
    return found if point.portion is None else days.third(found, point.portion)


def _in_years(point: Point, until: Point | None, year: int, reach: int) -> list[Days]:
    """Give the date in each year around one, those on the right weekday where there are any."""
    found = []
    for one in range(year - reach, year + reach + 1):
        try:
            found.append(_stretch(point, until, one))
        except ValueError:
            continue  # 29 February in a common year
    fitting = [stretch for stretch in found if stretch[0].weekday() == point.weekday]
    return fitting or found


def _deictic(candidates: list[Days], deixis: str | None, anchor: date) -> list[Days]:
    """Keep what "last May" or "next spring" allows."""
    if deixis in {"last", "past"}:
        return [stretch for stretch in candidates if stretch[1] < anchor]
    if deixis in {"next", "coming"}:
        return [stretch for stretch in candidates if stretch[0] > anchor]
    return candidates


def _day(point: Point, anchor: date, tense: Tense | None) -> Days:
    """Give a day counted from today; a night that is over began yesterday."""
    one = anchor + timedelta(days=point.count if point.count is not None else 0)
    if point.deixis != "overnight":
        return one, one
    return (one, one + timedelta(days=1)) if tense == "future" else (one - timedelta(days=1), one)


_FROM_ANCHOR: dict[Kind, Callable[[Point, date, Tense | None], Days | None]] = {
    "day": _day,
    "period": dateperiods.period,
    "offset": dateperiods.offset,
    "window": dateperiods.window,
}
