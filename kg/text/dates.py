"""The dates of a text: found by our own small grammar, placed on the calendar by anchor and tense.

>>> from datetime import date
>>> (expression,) = find_dates("The talks will resume on Thursday.")
>>> resolve(expression, anchor=date(2025, 7, 21), tense="future").edtf
'2025-07-24'
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, TypedDict, Unpack

from kg.model import Span
from kg.text.dateanchor import anchor_by_weekday, anchor_in_text, full_day
from kg.text.dategrammar import ANY, BEFORE_SEED, RULES, SEED, calendar_point, counted_point, day_point
from kg.text.dateparts import DateExpression, Point, Role, Tense
from kg.text.dateresolve import resolve
from kg.text.datewords import lex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.text.dategrammar import Rule
    from kg.text.datewords import Token

__all__ = [
    "DateExpression",
    "Point",
    "Tense",
    "anchor_by_weekday",
    "anchor_in_text",
    "find_dates",
    "full_day",
    "resolve",
]

_ROLES: dict[str, Role] = {
    "SINCE": "start",
    "FROM": "start",
    "STARTING": "start",
    "AFTER": "start",
    "BY": "end",
    "UNTIL": "end",
    "THROUGH": "end",
    "BEFORE": "end",
    "NO": "end",
}
_ABBREVIATED = {"SHORTMONTH", "SHORTDAY"}
_LOOK_BACK = 12
"""How many words before "in seven weeks" may hold the "first" or "longest" that makes it a length."""


def find_dates(text: str) -> tuple[DateExpression, ...]:
    """Give the expressions of time in a text, longest first, none overlapping, in order."""
    tokens, codes = lex(text)
    found: list[DateExpression] = []
    at = 0
    while (seed := SEED.search(codes, at)) is not None:
        match = ANY.search(codes, max(at, seed.start() - BEFORE_SEED))
        if match is None:
            break
        at = match.start() + 1
        for rule, longest in _readings(codes, match.start()):
            expressions = _expressions(text, tokens, rule, longest)
            # A day that cannot be, such as 30 February, is no date at all, and no month either.
            if expressions or rule.kind == "calendar":
                found += expressions
                at = longest.end()
                break
    return tuple(_in_month(text, pair) for pair in pairwise([None, *found]))


_PAUSE = re.compile(r"[.!?;]\s|\n")


def _in_month(text: str, pair: tuple[DateExpression | None, DateExpression | None]) -> DateExpression:
    """As in "at the April round, on the 20th": a bare day is of the month that the sentence has just named."""
    before, day = pair
    assert day is not None
    if before is None or day.kind != "monthday" or _PAUSE.search(text[before.span.end : day.span.start]):
        return day
    month = before.point
    if before.kind != "calendar" or month.month is None or month.day is not None or before.until is not None:
        return day
    point = replace(day.point, month=month.month, year=month.year)
    until = day.until and replace(day.until, month=month.month, year=month.year)
    whole = replace(day, kind="calendar", point=point, until=until, relative=month.year is None)
    return whole if _is_a_day(point) and (until is None or _is_a_day(until)) else day


def _readings(codes: str, at: int) -> Sequence[tuple[Rule, re.Match[str]]]:
    """Give the rules that match at a place, the longest match first."""
    matches = ((rule, rule.pattern.match(codes, at)) for rule in RULES)
    fitting = [(rule, match) for rule, match in matches if match is not None]
    return sorted(fitting, key=lambda reading: -reading[1].end())


def _expressions(text: str, tokens: list[Token], rule: Rule, match: re.Match[str]) -> list[DateExpression]:
    """Give what a match names: one expression, two of a loose pair, none where it makes no sense."""
    start, end = match.span("point")
    point, until = _point(rule, tokens[start:end]), None
    if "until" in match.re.groupindex:
        second = slice(*match.span("until"))
        point, until = _share(point, calendar_point(tokens[second]))
        if not (_makes_sense(rule, point) and _makes_sense(rule, until)):
            return []
        if not _is_spread(tokens[match.start()], tokens[end], point, until):
            return [
                _finish(text, tokens[start:end], rule, point),
                _finish(text, tokens[second], rule, until),
            ]
        end = second.stop
    elif rule.kind == "calendar":
        point, until = _unfold(point, tokens[start:end])
    if not _makes_sense(rule, point):
        return []
    begin, role = _lead(tokens, match, start, end)
    return [
        _finish(
            text,
            tokens[begin:end],
            rule,
            point,
            until=until,
            role="range" if until is not None else role,
            approximate=any(token.name == "AROUND" for token in tokens[match.start() : end]),
            exclusive=role in {"start", "end"} and tokens[begin].name in {"BEFORE", "AFTER"},
            duration=_is_length(rule, point, tokens, match.start()),
            side="past" if tokens[begin].name == "SINCE" else None,
        )
    ]


def _point(rule: Rule, tokens: list[Token]) -> Point:
    if rule.kind in {"offset", "window", "duration"}:
        return counted_point(tokens)
    return day_point(tokens) if rule.kind == "day" else calendar_point(tokens)


class _Context(TypedDict, total=False):
    """What the words around a date say of it."""

    until: Point | None
    role: Role
    approximate: bool
    exclusive: bool
    duration: bool
    side: Tense | None


def _finish(
    text: str, tokens: list[Token], rule: Rule, point: Point, **context: Unpack[_Context]
) -> DateExpression:
    """Give the expression that covers these tokens; a full stop belongs to an abbreviation alone."""
    last = len(tokens) - 1
    while tokens[last].name in {"STOP", "HYPHEN"} and tokens[last - 1].name not in _ABBREVIATED:
        last -= 1
    span = Span(tokens[0].start, tokens[last].end)
    is_weekday = rule.kind == "weekday" and context.get("until") is None
    return DateExpression(
        span=span,
        text=text[span.start : span.end],
        kind=rule.kind,
        point=point,
        relative=rule.kind != "duration" and (rule.kind != "calendar" or point.year is None),
        weekday=point.weekday if is_weekday else None,
        **context,
    )


def _lead(tokens: list[Token], match: re.Match[str], start: int, end: int) -> tuple[int, Role]:
    """Give the token that the span begins with, and the part that the preposition gives the date.

    "since Friday" is a start; "since Friday's meeting" is a meeting on Friday.
    """
    first = tokens[match.start()].name
    if "lead" not in match.re.groupindex or match["lead"] is None:
        return (match.start() if first == "AROUND" else start), "at"
    if match.re.groupindex.get("until") is not None and first in {"FROM", "BETWEEN"}:
        return match.start(), "range"
    if first == "FOR" and tokens[start].name != "YEAR":
        return match.start(), "at"
    possessive = end < len(tokens) and tokens[end].name == "POSSESSIVE"
    if first in _ROLES and not possessive:
        return match.start(), _ROLES[first]
    return match.end("lead"), "at"


def _is_length(rule: Rule, point: Point, tokens: list[Token], start: int) -> bool:
    """Whether this tells how long something lasted, or had not been: "the first in seven weeks"."""
    if rule.kind != "offset" or point.deixis != "in" or tokens[start].name != "IN":
        return rule.kind == "duration"
    for token in reversed(tokens[max(0, start - _LOOK_BACK) : start]):
        if token.name in {"STOP", "BREAK"}:
            return False
        if token.name in {"FIRST", "RECORD"}:
            return True
    return False


def _share(point: Point, until: Point) -> tuple[Point, Point]:
    """Let both ends of a range have the month and year that only one of them names."""
    month = point.month if point.month is not None else until.month
    point = replace(point, month=month)
    until = replace(until, month=until.month if until.month is not None else month)
    if point.year is None and until.year is not None and month is not None:
        turns = (month, point.day or 0) > (until.month or 0, until.day or point.day or 0)
        point = replace(point, year=until.year - turns)
    elif until.year is None and point.year is not None:
        until = replace(until, year=point.year)
    return point, until


def _is_spread(first: Token, separator: Token, point: Point, until: Point) -> bool:
    """Whether two dates are one stretch: "3 to 5 June", "March and April", not "3 and 17 June"."""
    if separator.name != "AND" or first.name == "BETWEEN":
        return True
    if point.month is None and point.year is None:
        return _are_neighbours(point, until)
    if point.month is None or until.month is None:
        return (until.year or 0) - (point.year or 0) == 1
    if point.day is not None and until.day is not None:
        return point.month == until.month and until.day - point.day == 1
    same_year = point.year == until.year
    return point.day is None and until.day is None and same_year and until.month - point.month == 1


def _are_neighbours(point: Point, until: Point) -> bool:
    """As in "Monday and Tuesday", "the 20th and 21st", "yesterday and today"."""
    if point.weekday is not None and until.weekday is not None:
        return (until.weekday - point.weekday) % 7 == 1
    for one, other in ((point.day, until.day), (point.count, until.count)):
        if one is not None and other is not None:
            return other - one == 1
    return False


def _unfold(point: Point, tokens: list[Token]) -> tuple[Point, Point | None]:
    """Give both ends of a range in one figure: "3-5" of June, "2014-2015"."""
    for token in tokens:
        if token.name == "YEARS" and isinstance(token.value, tuple):
            return Point(year=token.value[0]), Point(year=token.value[1])
        if token.name == "DAYS" and isinstance(token.value, tuple):
            return replace(point, day=token.value[0]), replace(point, day=token.value[1])
    return point, None


def _makes_sense(rule: Rule, point: Point) -> bool:
    """Whether such a date can be: no 31 June, no "last day" for yesterday."""
    if rule.kind == "period":
        if point.unit == "day":
            return point.deixis in {"next", "same", "following", "previous", "that"}
        return point.unit != "hour"
    if rule.kind == "weekday":
        return point.unit in {None, "week"} or (point.unit == "day" and point.count is not None)
    return point.day is None or point.month is None or _is_a_day(point)


def _is_a_day(point: Point) -> bool:
    """Tell whether there is such a day: no 31 June."""
    try:
        date(point.year if point.year is not None else 2000, point.month or 1, point.day or 1)
    except ValueError:
        return False
    return True
