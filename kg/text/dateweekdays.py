"""Weekdays and bare days of a month on the calendar, alone or from one to another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.text import days
from kg.text.datesetting import Setting, choose

if TYPE_CHECKING:
    from kg.model import Interval
    from kg.text.dateparts import DateExpression, Point, Tense
    from kg.text.days import Days


def monthday(expression: DateExpression, setting: Setting) -> Days | None:
    """Give "the 16th", or "the 20th to the 22nd": of this month or one beside it; None without an anchor."""
    if setting.anchor is None:
        return None
    found = _one_monthday(expression.point, setting.anchor, setting.tense)
    return found if found is None or expression.until is None else _up_to(found, expression.until)


def _one_monthday(point: Point, anchor: date, tense: Tense | None) -> Days | None:
    months = (days.month(anchor.year, anchor.month + step) for step in range(-2, 3))
    number = point.day if point.day is not None else 1
    found = [first.replace(day=number) for first, last in months if number <= last.day]
    return choose([(one, one) for one in found], anchor, tense, grace=0)


def _up_to(found: Days, until: Point) -> Days:
    """Give the days up to the next one of that number."""
    number = until.day if until.day is not None else 1
    months = (days.month(found[0].year, found[0].month + step) for step in range(3))
    ends = [first.replace(day=number) for first, last in months if number <= last.day]
    return found[0], next((end for end in ends if end > found[0]), found[1])


def weekday(expression: DateExpression, setting: Setting) -> Days | None:
    """Give a weekday, or the days between two; None where that cannot be told."""
    point, until, anchor = expression.point, expression.until, setting.anchor
    if point.deixis in {"following", "previous"}:
        return _weekday_by_reference(point.weekday, point.deixis, setting.reference)
    if anchor is None:
        beside = setting.near.earliest if setting.near is not None else None
        return _weekdays_near(point, until, beside)
    if until is not None:
        return _weekdays(point, until, anchor, setting.tense)
    if point.weekday is None:
        return None
    ahead = expression.role == "end" and not expression.exclusive and setting.tense is None
    one = _one_weekday(point, anchor, "future" if ahead else setting.tense)
    return one, one


def _weekdays(point: Point, until: Point, anchor: date, tense: Tense | None) -> Days | None:
    """Give the days from one weekday to another, each perhaps told from today."""
    if "day" in (point.unit, until.unit):
        return _from_today(point, until, anchor)
    if point.weekday is None or until.weekday is None:
        return None
    if point.deixis is None:
        return _weekday_range(point.weekday, until.weekday, anchor, tense)
    start = _one_weekday(point, anchor, tense)
    return start, days.weekday_after(start, until.weekday)


def _from_today(point: Point, until: Point, anchor: date) -> Days | None:
    """Give "from today to Sunday", "Thursday and today", "yesterday and today"."""
    first = anchor + timedelta(days=point.count) if point.count is not None else None
    last = anchor + timedelta(days=until.count) if until.count is not None else None
    if first is not None and until.weekday is not None:
        last = days.weekday_after(first, until.weekday)
    if last is not None and point.weekday is not None:
        first = days.weekday_before(last, point.weekday)
    return (first, last) if first is not None and last is not None and first <= last else None


def _one_weekday(point: Point, anchor: date, tense: Tense | None) -> date:
    """Give the weekday that the word before it and the tense point to."""
    weekday = point.weekday if point.weekday is not None else 0
    if point.unit == "week":
        shift = {"last": -7, "next": 7}.get(point.deixis or "", 0)
        return days.weekday_of_week(anchor + timedelta(days=shift), weekday)
    if point.deixis in {"last", "past"}:
        return days.weekday_before(anchor - timedelta(days=1), weekday)
    if point.deixis in {"next", "coming"}:
        return days.weekday_after(anchor + timedelta(days=1), weekday)
    if tense == "future":
        return days.weekday_after(anchor, weekday)
    if point.deixis == "this" and tense != "past":
        return days.weekday_of_week(anchor, weekday)
    before = days.weekday_before(anchor, weekday)
    # Seven days apart, so one of the two is at most three days away.
    is_ahead = tense == "present" and (anchor - before).days > 3
    return days.weekday_after(anchor, weekday) if is_ahead else before


def _weekday_range(first: int, last: int, anchor: date, tense: Tense | None) -> Days:
    if tense == "future":
        start = days.weekday_after(anchor, first)
        return start, days.weekday_after(start, last)
    end = days.weekday_before(anchor, last)
    return days.weekday_before(end, first), end


def _weekdays_near(point: Point, until: Point | None, beside: date | None) -> Days | None:
    """Give a weekday, or a range of them, in the week of a day named beside it."""
    if beside is None or point.weekday is None or point.deixis not in {None, "this"}:
        return None
    first = days.weekday_of_week(beside, point.weekday)
    if until is None or until.weekday is None:
        return first, first
    return first, days.weekday_after(first, until.weekday)


def _weekday_by_reference(weekday: int | None, deixis: str, reference: Interval | None) -> Days | None:
    if weekday is None or reference is None or reference.earliest is None or reference.latest is None:
        return None
    day = timedelta(days=1)
    if deixis == "following":
        one = days.weekday_after(reference.latest + day, weekday)
    else:
        one = days.weekday_before(reference.earliest - day, weekday)
    return one, one
