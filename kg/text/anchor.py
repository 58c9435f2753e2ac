"""The day that an article is written from: that of its dateline, of its publication, or of its text."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from kg.text.dates import anchor_by_weekday, anchor_in_text, find_dates, resolve

if TYPE_CHECKING:
    from datetime import date

    from kg.text.dates import DateExpression
    from kg.text.scene import Scene

_BEFORE = re.compile(r"(?:^|\n)[^\S\n]*[A-Z\u00c0-\u00de][^\n.;:!?]{1,60}[,(][^\S\n]*\Z")
"""A town, perhaps with its state, at the head of a line."""
_AFTER = re.compile(r"\.?\)?,?[^\S\n]*(?:\([^)\n]{1,40}\))?[^\S\n]*(?:--|[-\u2010-\u2015])(?=\s)")
_DASH = re.compile(r"(?:--|[-\u2010-\u2015])\s")
_LATE = 3
"""How many days behind its dateline an article may appear."""
_HEAD, _AMONG_FIRST = 600, 3
"""How far into an article, in characters and in dates, its dateline stands."""
_BEHIND = 40
"""How many characters behind the dash of a dateline may tell how its day is to be read: none that we know of."""


def anchor_of(scene: Scene) -> date | None:
    """Give the day that "today" and "on Monday" are counted from; None where nothing tells.

    An article printed a day or two after it was sent speaks of the day of its dateline as "today".
    """
    published = scene.article.published
    if published is None:
        expressions = [expression for expression, _ in scene.dates]
        found = anchor_in_text(expressions)
        return found if found is not None else anchor_by_weekday(expressions)
    head = scene.article.text[:_HEAD]
    dashes = [dash.end() for dash in _DASH.finditer(head)]
    if not dashes:
        return published  # no dateline ends in this text
    head = head[: dashes[-1] + _BEHIND]
    for expression in find_dates(head)[:_AMONG_FIRST]:
        day = _datelined(head, expression, published)
        if day is not None:
            return day
    return published


def _datelined(text: str, expression: DateExpression, published: date) -> date | None:
    """Give the day of an expression if it stands in a dateline: "NAIROBI, June 14 (Agency) -"."""
    span, point = expression.span, expression.point
    if (
        expression.kind != "calendar"
        or point.day is None
        or point.month is None
        or expression.until is not None
    ):
        return None
    before = text[max(0, span.start - 70) : span.start]
    if _BEFORE.search(before) is None or _AFTER.match(text, span.end) is None:
        return None
    found = resolve(expression, anchor=published, tense="past")
    day = found.earliest if found is not None else None
    return day if day is not None and timedelta(0) <= published - day <= timedelta(_LATE) else None
