"""When an article appeared: days written in data about it, or on a line of their own."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from kg.text.blocks import agency_of, dateline_of
from kg.text.normal import trace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = re.compile(
    r"(?<!\d)(?:(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)"
    r"|(?P<a>\d{1,2})(?P<t>[-/.])(?P<b>\d{1,2})(?P=t)(?P<y2>\d{4})(?!\d)"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?(?P<n3>{_NAME}),?[ -](?P<y3>\d{{4}})(?!\d)"
    rf"|(?P<n4>{_NAME})\s(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y4>\d{{4}})(?!\d))",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_CLOCK = r"(?:[T,|\s·-]*(?:at\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Za-z]{1,5}\)?|[+-]\d{2}:?\d{2})?)?"
_LABELLED = re.compile(
    r"(?:^\W*|\|\s*)(?P<label>(?:first |originally )?published|posted|created|issued|released|dated?"
    r"|(?:last )?(?:updated|modified))\b(?:\s+on)?\s*:?\s*" + _WEEKDAY,
    re.IGNORECASE,
)
_ALONE = re.compile(rf"\W*{_WEEKDAY}(?P<day>{_DAY.pattern}){_CLOCK}\W*", re.IGNORECASE)
_META_TAIL = re.compile(r"\s*(?:[T\s].{0,60})?")

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_TOP, _BOTTOM, _LONGEST = 12, 8, 160
"""Where datelines stand, in lines that are not blank; a longer line is prose."""


def parse_day(value: str) -> date | None:
    """Read a day given as data: ISO with or without time, or a written date; None if it is none."""
    found = re.compile(_WEEKDAY, re.IGNORECASE).match(value.strip())
    rest = value.strip()[found.end() if found else 0 :]
    day = _DAY.match(rest)
    return _day(day) if day is not None and _META_TAIL.fullmatch(rest, day.end()) else None


def why_no_day(value: str) -> str:
    """Say what is wrong with a date that ``parse_day`` reads no day of."""
    shown = repr(value.strip()[:40])
    if re.fullmatch(r"\d{4}(?:-\d{1,2})?|[a-z]+\.? \d{4}", value.strip(), re.IGNORECASE):
        return f"has a date without a day: {shown}"
    iso = re.match(r"\+?(\d{4,})-\d{1,2}-\d{1,2}", value.strip())
    found = _DAY.search(value)
    year = iso[1] if iso is not None else found and (found["y"] or found["y2"] or found["y3"] or found["y4"])
    if year and not _FIRST_YEAR <= int(year[:9]) <= _LAST_YEAR:
        return f"has a date in the year {year[:9]}, outside {_FIRST_YEAR} to {_LAST_YEAR}: {shown}"
    if found is None or _META_TAIL.fullmatch(value.strip(), found.end()) is None:
        return f"has a date that cannot be read: {shown}"
    two = found["y2"] is not None and int(found["a"]) <= 12 and int(found["b"]) <= 12
    return (
        f"has a date that can be read two ways: {shown}"
        if two
        else f"has a date that does not exist: {shown}"
    )


def published_in(text: str, start: int = 0) -> date | None:
    """Give the day that a dateline of ``text`` names; never one out of running prose.

    The day of publication goes before that of an update. "05-06-2025" may be May or June: None.
    """
    lines = _edge_lines(text, start)
    labelled = [pair for line in lines for pair in _labelled(line)]
    first = [day for label, day in labelled if "updated" not in label and "modified" not in label]
    found = first or [day for _, day in labelled] or _alone(lines[:_TOP])
    return found[0] if found else None


def agency_in(text: str, start: int = 0) -> str | None:
    """Give the agency named in the dateline of an early paragraph, if one is."""
    return next((agency for line in _edge_lines(text, start)[:_TOP] if (agency := agency_of(line))), None)


def is_dateline(line: str) -> bool:
    """Tell a line that only says when an article appeared."""
    return _ALONE.fullmatch(line) is not None or (len(line) <= _LONGEST and _LABELLED.match(line) is not None)


_VISIBLE = re.compile(r"\S")


def first_lines(text: str, start: int, count: int) -> Iterator[str]:
    """Give the first lines of ``text`` that are not blank, normalised."""
    at = start
    while count > 0 and (found := _VISIBLE.search(text, at)) is not None:
        at = max(
            at, text.rfind("\n", at, found.start()) + 1
        )  # past blank lines, of which there may be a million
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = trace(text, at, min(end, at + 2000)).text
        if line:
            yield line
            count -= 1
        at = end + 1


def _edge_lines(text: str, start: int) -> list[str]:
    """Give the first lines and, behind them, the last ones."""
    top = list(first_lines(text, start, _TOP))
    bottom = [
        normal
        for line in text[max(start, len(text) - 2000) :].split("\n")[1:]
        if (normal := trace(line).text)
    ]
    return top + [line for line in bottom[-_BOTTOM:] if line not in top]


def _labelled(line: str) -> Iterator[tuple[str, date]]:
    agency = dateline_of(line)
    if (
        agency is not None
        and (inside := _DAY.search(agency)) is not None
        and (day := _day(inside)) is not None
    ):
        yield "issued", day
    if len(line) > _LONGEST:
        return
    for label in _LABELLED.finditer(line):
        found = _DAY.match(line, label.end())
        day = None if found is None else _day(found)
        if day is not None:
            yield label["label"].casefold(), day


def _alone(lines: Sequence[str]) -> list[date]:
    found = (_ALONE.fullmatch(line) for line in lines)
    days = (_day(match) for match in found if match is not None)
    return [day for day in days if day is not None]


def _day(found: re.Match[str]) -> date | None:
    """Make a date of a match; None where day and month could be either, or it does not exist."""
    if found["y"] is not None:
        parts = (found["y"], found["m"], found["d"])
    elif found["y2"] is not None:
        first, second = int(found["a"]), int(found["b"])
        if first <= 12 and second <= 12 and first != second:
            return None
        parts = (found["y2"], *((found["a"], found["b"]) if second > 12 else (found["b"], found["a"])))
    else:
        which = "3" if found["y3"] is not None else "4"
        month = _MONTHS.index(found[f"n{which}"][:3].casefold()) + 1
        parts = (found[f"y{which}"], str(month), found[f"d{which}"])
    return _exists(*(int(part) for part in parts))


def _exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    except ValueError:
        return None
