"""Whole weeks, weekends, months and years on the calendar, and distances counted in them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.text import days

if TYPE_CHECKING:
    from kg.model import Interval
    from kg.text.dateparts import Point, Tense
    from kg.text.days import Days

_FEW = (2, 6)
"""What "a few" and plain "days" or "weeks" stand for, at least and at most."""
_REACH = {"hour": 1, "day": 7, "week": 35, "month": 183, "year": 1826}
"""How many days "the coming days" (weeks, months, years) and "recent days" reach."""
_BY_REFERENCE = frozenset({"that", "same", "following", "previous"})
_SATURDAY = 5


def needs_reference(point: Point) -> bool:
    """Whether a period counts from another event ("the next day", "later that year")."""
    return point.deixis in _BY_REFERENCE or point.unit == "day"


def period(point: Point, anchor: date, tense: Tense | None) -> Days | None:
    """Give "last week", "next month", "this weekend", "earlier this year"."""
    if point.unit == "weekend":
        return _weekend(point.deixis, anchor, tense)
    shift = {"last": -1, "next": 1}.get(point.deixis or "", 0)
    return _portion(point, _whole(point.unit, anchor, shift), anchor)


def period_of_reference(point: Point, reference: Interval | None) -> Days | None:
    """Give "the next day", "the same week", "later that year"; None where the event is longer."""
    if reference is None or reference.earliest is None or reference.latest is None:
        return None
    first, last = reference.earliest, reference.latest
    if point.unit == "weekend":
        saturday = days.weekday_after(days.week(first)[0], _SATURDAY)
        return saturday, saturday + timedelta(days=1)
    if last > _whole(point.unit, first, 0)[1]:
        return None
    shift = {"next": 1, "following": 1, "previous": -1}.get(point.deixis or "", 0)
    return _portion(point, _whole(point.unit, first, shift), first)


def _whole(unit: str | None, of: date, shift: int) -> Days:
    """Give the day, week, month or year so many after the one that a day lies in."""
    if unit == "year":
        return days.years(of.year + shift, of.year + shift)
    if unit == "month":
        return days.month(of.year, of.month + shift)
    if unit == "week":
        return days.week(of + timedelta(days=7 * shift))
    one = of + timedelta(days=shift)
    return one, one


def _portion(point: Point, whole: Days, now: date) -> Days:
    """Give the part of a period that "early" or "later" leaves of it."""
    if point.portion is None:
        return whole
    if point.portion == "earlier":
        return whole[0], max(whole[0], min(whole[1], now))
    if point.portion == "later":
        return min(whole[1], max(whole[0], now)), whole[1]
    return days.third(whole, point.portion)


def _weekend(deixis: str | None, anchor: date, tense: Tense | None) -> Days:
    """Give the weekend meant: the one that has begun last, unless the words look ahead."""
    saturday = days.weekday_before(anchor, _SATURDAY)
    if deixis == "next":
        saturday = days.weekday_of_week(anchor + timedelta(days=7), _SATURDAY)
    elif deixis in {"last", "past"}:
        if (anchor - saturday).days <= 1:
            saturday -= timedelta(days=7)
    elif deixis == "coming" or tense == "future" or (deixis == "this" and tense != "past"):
        saturday = days.weekday_of_week(anchor, _SATURDAY)
    return saturday, saturday + timedelta(days=1)


def offset(point: Point, anchor: date, tense: Tense | None) -> Days | None:
    """Give "two days ago", "in two weeks", "within a month", counted from the anchor."""
    if point.deixis == "ago":
        return _away(point, (anchor, anchor), -1)
    if tense == "past":
        return None  # "met twice in two weeks" is a length
    if point.deixis == "within":
        return anchor, _away(point, (anchor, anchor), 1)[1]
    return _away(point, (anchor, anchor), 1)


def offset_of_reference(point: Point, reference: Interval | None) -> Days | None:
    """Give "two days later", "a week before", counted from another event."""
    if reference is None or reference.earliest is None or reference.latest is None:
        return None
    sign = -1 if point.deixis == "before" else 1
    return _away(point, (reference.earliest, reference.latest), sign)


def _away(point: Point, base: Days, sign: int) -> Days:
    """Give the days so many units from a stretch; a month's and a year's distance is that month or year."""
    few = _FEW if sign > 0 else _FEW[::-1]
    near, far = (point.count, point.count) if point.count is not None else few
    first, last = base
    if point.unit == "year":
        return days.years(first.year + sign * near, last.year + sign * far)
    if point.unit == "month":
        return (
            days.month(first.year, first.month + sign * near)[0],
            days.month(last.year, last.month + sign * far)[1],
        )
    if point.unit == "hour":
        return _hours_away(near, far, base, sign)
    length = 7 if point.unit == "week" else 1
    return first + timedelta(days=sign * length * near), last + timedelta(days=sign * length * far)


def _hours_away(near: int, far: int, base: Days, sign: int) -> Days:
    """Give the day or two that so many hours reach; the hour of the anchor is not known."""
    least, most = min(near, far) // 24, -(-max(near, far) // 24)
    if sign > 0:
        return base[0] + timedelta(days=least), base[1] + timedelta(days=most)
    return base[0] - timedelta(days=most), base[1] - timedelta(days=least)


def window(point: Point, anchor: date, tense: Tense | None) -> Days | None:
    """Give "the past three weeks": from or up to the anchor, whatever the tense; None for "the coming days"."""
    del tense
    if point.count is None and point.unit in {"day", "week"}:
        return None
    sign = 1 if point.deixis in {"coming", "next"} else -1
    other = _reach(point, anchor, sign)
    return (anchor, other) if sign > 0 else (other, anchor)


def _reach(point: Point, anchor: date, sign: int) -> date:
    if point.count is None:
        return anchor + timedelta(days=sign * _REACH[point.unit or "day"])
    if point.unit in {"month", "year"}:
        return days.shift_months(anchor, sign * point.count * (12 if point.unit == "year" else 1))
    if point.unit == "hour":
        return anchor + timedelta(days=sign * -(-point.count // 24))
    return anchor + timedelta(days=sign * point.count * (7 if point.unit == "week" else 1))
