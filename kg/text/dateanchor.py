"""The day that a text itself tells of, where nobody tells when it was published."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.text.dateparts import DateExpression, Point


def anchor_in_text(expressions: Sequence[DateExpression]) -> date | None:
    """Give the first day of the text that comes with its weekday, month and year.

    Such a day ("Wednesday, July 23, 2025") can anchor the bare weekdays near it where the day of
    publication is unknown. A day without its year anchors nothing: the year is not guessed.
    """
    return next(_full_days(expressions), None)


def anchor_by_weekday(expressions: Sequence[DateExpression]) -> date | None:
    """Give the first weekday, day and month whose year another full date of the text settles.

    "Wednesday, July 23" beside "June 2, 2025" is of 2025: of that year and the two next to it only
    one has the day on a Wednesday. None where no year or more than one would do.
    """
    years = {year for day in _full_days(expressions, bare=True) for year in _around(day.year)}
    for expression in expressions:
        point = expression.point
        if point.weekday is None or point.month is None or point.day is None or point.year is not None:
            continue
        found = [day for year in sorted(years) if (day := _on_weekday(point, year)) is not None]
        if len(found) == 1:
            return found[0]
    return None


def _around(year: int) -> range:
    return range(year - 1, year + 2)


def _on_weekday(point: Point, year: int) -> date | None:
    """Give the day in a year if it falls on its weekday there."""
    try:
        day = date(year, point.month or 0, point.day or 0)
    except ValueError:
        return None
    return day if day.weekday() == point.weekday else None


def _full_days(expressions: Sequence[DateExpression], *, bare: bool = False) -> Iterator[date]:
    """Give the days with month and year; without their weekday too where ``bare``."""
    for expression in expressions:
        day = full_day(expression)
        if day is not None and (expression.point.weekday is not None or bare):
            yield day


def full_day(expression: DateExpression) -> date | None:
    """Give the day that an expression names with month and year, if it names one alone."""
    point = expression.point
    if expression.until is not None or point.year is None or point.month is None or point.day is None:
        return None
    return date(point.year, point.month, point.day)
