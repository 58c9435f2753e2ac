"""The grammar of dates: rules over the classes of words, and what each match names.

A rule is a regular expression whose letters are the names of word classes: ``MONTH DAY`` is a month
and a number. ``{NAME}`` stands for a named part below. The group ``lead`` is the preposition before
the date, ``point`` the date, ``until`` the other end of a range.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.text.dateparts import Kind, Point
from kg.text.datewords import CODES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.text.datewords import Token

_PARTS = {
    "MON": "(?:MONTH|MAYBE|SHORTMONTH STOP?)",
    "NUM": "(?:DAY|ORDINAL)",
    "YR": "(?:COMMA? YEAR|OF YEAR)",
    # "in May 20 people" is no 20th of May: after "in" a day needs its year.
    "MD": "(?:(?<!IN){MON}{NUM}|{MON}{NUM}(?={YR})|(?:THE? {NUM} OF?|DAY HYPHEN){MON} HYPHEN?)",
    "WD": "(?<!HOLIDAY)(?:WEEKDAY(?!PAPER)|SHORTDAY STOP?)",
    "BAREDAY": "(?<!HOLIDAY)(?:WEEKDAY(?!PAPER)|(?<![THE NAME])SHORTDAY STOP)",
    "DATED": "(?:{WD} DAYPART? (?:COMMA THE?|ON|THE|OPEN)? {MD}{YR}? CLOSE?)",
    "DATE": "(?:{MD}{YR}?|NUMERIC|{MON}{YR})",
    "BOUND": "(?:SINCE|FROM|STARTING ON?|BY|UNTIL|THROUGH|BEFORE|AFTER|NO SIDE THAN)",
    "LEAD": "(?P<lead>ON|IN|OVER|{BOUND})? AROUND?",
    "SPREAD": "(?P<lead>FROM|BETWEEN|ON|IN|OVER)?",
    "SEP": "(?:AND|TO|HYPHEN|UNTIL|THROUGH)",
    "HALVES": "(?:THE (?:FIRST|SECOND) HALF OF)",
    "THIRD": "(?:{HALVES}|THE? EDGE OF|THE? PORTION HYPHEN? IN?)",
    "CNT": "(?:COUNT|DAY|NUMBER|A? FEW OF?)",
    "U": "(?:UNIT|UNITS)",
    "WHICH": "(?:THIS|LAST|NEXT|THE NEXT|THE? SAME|THE? FOLLOWING|THE? PREVIOUS|THAT SAME?)",
    "WHICHDAY": "(?:THIS COMING?|THIS PAST|LAST|NEXT|COMING|PAST|THE? FOLLOWING|THE? PREVIOUS)",
    "HOUR": "(?:(?:PORTION|SIDE|OVERNIGHT) ON?)",
    "ITSWEEK": "(?:OF? (?:THIS|LAST|NEXT) UNIT)",
    "PIECE": "(?:(?:PORTION|SIDE) (?:IN|ON)?|THE? EDGE OF|{HALVES})",
    "NTHUNIT": "(?:THE (?:FIRST|SECOND|NTH|LAST) UNIT OF)",
    "DEICTIC": "(?:TODAY DAYPART?)",
    "TILL": "(?:TO|HYPHEN|UNTIL|THROUGH)",
    "NOTHING": "(?![WORD PLURAL NAME UNIT UNITS OF HYPHEN SAME])",
    "OWNED": "(?<=[THE A OWNER POSSESSIVE])",
}

_RULES: tuple[tuple[Kind, str], ...] = (
    # Full dates, months, years.
    ("calendar", "{LEAD} (?P<point>(?:THIS|NEXT|LAST)? {DATED}|{DATE})"),
    ("calendar", "(?P<lead>ON)? (?P<point>(?:LAST|NEXT) {MON}{NUM})(?![PLURAL UNIT UNITS])"),
    (
        "calendar",
        "{LEAD} (?P<point>{THIRD} (?:{MON}{YR}?|YEAR|THE? DECADE|THE? SEASON(?:OF? YEAR)?))",
    ),
    ("calendar", "{LEAD} (?P<point>{NTHUNIT} {MON}{YR}?)"),
    ("calendar", "(?P<lead>IN|OF|{BOUND}) AROUND? (?P<point>(?:MONTH|MAYBE){YR}?)(?!OFFICE)"),
    ("calendar", "(?P<point>MONTH)"),
    ("calendar", "{OWNED} (?P<point>MAYBE)(?=[WORD PLURAL])"),
    ("calendar", "{LEAD} (?P<point>(?:THIS|LAST|NEXT|COMING|PAST)(?:MONTH|MAYBE))"),
    ("calendar", "(?P<lead>IN|SINCE|UNTIL) AROUND? (?P<point>YEAR)"),
    ("calendar", "(?P<lead>OF|FOR|{BOUND}) AROUND? (?P<point>YEAR)(?!PLURAL)"),
    ("calendar", "{OWNED} (?P<point>YEAR)(?=[WORD PLURAL NAME COUNT OFFICE])"),
    ("calendar", "(?<=OPEN)(?P<point>YEAR)(?=CLOSE)"),
    ("calendar", "(?P<point>YEAR)(?=POSSESSIVE)"),
    # Seasons and decades. A season after a name is a movement or a title: "Prague Spring".
    ("calendar", "{LEAD} (?P<point>THE? (?<!NAME)SEASON OF? YEAR)"),
    ("calendar", "{LEAD} (?P<point>(?:THIS|LAST|NEXT|THE? COMING|THE? PAST) SEASON)(?!OF)"),
    ("calendar", "(?P<lead>IN|OVER) (?P<point>THE SEASON)(?![OF WORD PLURAL])"),
    ("calendar", "(?P<lead>{BOUND}) (?P<point>THE? SEASON)(?![OF WORD PLURAL])"),
    ("calendar", "{LEAD} (?P<point>THE? (?:PORTION HYPHEN?)? DECADE)"),
    # Ranges.
    ("calendar", "{SPREAD} (?P<point>THE? {NUM}){SEP}(?P<until>THE? {NUM} OF? {MON}{YR}?)"),
    ("calendar", "{SPREAD} (?P<point>DAYS OF? {MON}{YR}?|{MON} DAYS{YR}?)"),
    ("calendar", "{SPREAD} (?P<point>{MON}{NUM}){SEP}(?P<until>{NUM}{YR}?)(?![PLURAL UNIT UNITS])"),
    (
        "calendar",
        "{SPREAD} (?P<point>(?:{WD} COMMA?)? {MD}{YR}?){SEP}(?P<until>(?:{WD} COMMA?)? {MD}{YR}?)",
    ),
    ("calendar", "{SPREAD} (?P<point>NUMERIC){SEP}(?P<until>NUMERIC)"),
    (
        "calendar",
        "(?P<lead>IN|FROM|BETWEEN|OVER) (?P<point>{MON}{YR}?){SEP}(?P<until>{MON}{YR}?)(?!{NUM})",
    ),
    ("calendar", "(?P<point>{MON}{YR}?){SEP}(?P<until>{MON}{YR})"),
    ("calendar", "(?P<lead>FROM|BETWEEN|IN) (?P<point>YEAR){SEP}(?P<until>YEAR)(?!PLURAL)"),
    ("calendar", "{SPREAD} (?P<point>YEAR) HYPHEN (?P<until>YEAR)"),
    ("calendar", "{SPREAD} (?P<point>YEARS)"),
    (
        "weekday",
        "{SPREAD} (?P<point>{WHICHDAY}? {BAREDAY} DAYPART?){SEP}(?P<until>{BAREDAY} DAYPART?)(?!POSSESSIVE)",
    ),
    ("weekday", "{SPREAD} (?P<point>{DEICTIC}){SEP}(?P<until>{DEICTIC})(?!POSSESSIVE)"),
    ("weekday", "{SPREAD} (?P<point>{DEICTIC}){TILL}(?P<until>{BAREDAY} DAYPART?)(?!POSSESSIVE)"),
    ("weekday", "{SPREAD} (?P<point>{BAREDAY} DAYPART?){TILL}(?P<until>{DEICTIC})(?!POSSESSIVE)"),
    (
        "monthday",
        "(?P<lead>ON|FROM|BETWEEN) (?P<point>THE ORDINAL){SEP}(?P<until>THE? ORDINAL){NOTHING}",
    ),
    # Weekdays and days counted from today.
    ("weekday", "{LEAD} (?P<point>{HOUR}? {WHICHDAY}? {BAREDAY} DAYPART? {ITSWEEK}?)"),
    ("monthday", "(?P<lead>ON) (?P<point>THE ORDINAL){NOTHING}"),
    ("day", "{LEAD} (?P<point>(?:(?:SIDE|PORTION) ON?)? TODAY DAYPART?)"),
    ("day", "{LEAD} (?P<point>THE UNIT (?:BEFORE|AFTER) TODAY)"),
    ("day", "{LEAD} (?P<point>(?:SIDE|PORTION)? (?:THIS|LAST) DAYPART)"),
    ("day", "(?P<point>OVERNIGHT)(?!ON|WEEKDAY|HYPHEN)"),
    # Distances, windows, lengths; before the periods, which they beat where both fit.
    ("offset", "AROUND? (?P<point>(?:A|{CNT}) {U} (?:AGO|SIDE|BEFORE|AFTER))"),
    ("offset", "AROUND? (?P<point>(?:A|{CNT}) {U} FROM NOW)"),
    ("offset", "(?P<point>UNITS (?:AGO|SIDE|BEFORE|AFTER))"),
    ("offset", "(?P<point>THE UNIT (?:BEFORE|AFTER))"),
    ("offset", "(?P<point>(?:IN|WITHIN) AROUND? (?:A|{CNT}) {U})(?!OF)"),
    (
        "window",
        "(?:IN|OVER|FOR|WITHIN|SINCE)? (?P<point>THE? (?:COMING|NEXT|LAST|PAST) {CNT}? UNITS)(?!OF)",
    ),
    ("window", "(?:IN|OVER|FOR|WITHIN) (?P<point>THE (?:COMING|NEXT|LAST|PAST) UNIT)(?!OF)"),
    ("window", "(?P<point>THE COMING UNIT)(?!OF)"),
    ("duration", "(?P<lead>FOR)? AROUND? (?P<point>{CNT} HYPHEN? {U})"),
    ("duration", "(?P<lead>FOR) AROUND? (?P<point>A UNIT|UNITS)"),
    # Weeks, weekends, months, years.
    ("period", "{LEAD} (?P<point>{PIECE}? {WHICH} (?:UNIT|WEEKEND))(?!OF|COUNT)"),
    ("period", "{LEAD} (?P<point>(?:THE? EDGE OF|{HALVES}) THE UNIT)(?!OF)"),
    ("period", "{LEAD} (?P<point>(?:THE|THIS COMING|THIS PAST|THE? PAST|THE? COMING) WEEKEND)"),
)


class Rule(NamedTuple):
    """One rule: how its matches are placed on the calendar, and its compiled pattern."""

    kind: Kind
    pattern: re.Pattern[str]


def _translate(source: str) -> str:
    """Spell a rule over codes: parts put in, class names replaced, blanks dropped."""
    while (part := re.search(r"\{([A-Z]+)\}", source)) is not None:
        source = source.replace(part.group(), _PARTS[part[1]])
    return re.sub(r"[A-Z]+(?![a-z<=])", lambda name: CODES[name.group()], source).replace(" ", "")


RULES = tuple(Rule(kind, re.compile(_translate(source))) for kind, source in _RULES)
_NEVER_FIRST = """
    WORD NAME PLURAL OTHER COMMA STOP OPEN CLOSE HYPHEN POSSESSIVE BREAK AND TO OWNER NOW AGO THAN
    HOLIDAY PAPER OFFICE RECORD FIRST NTH
"""
_UNNAMED = re.compile(r"\?P<\w+>")
ANY = re.compile(
    f"(?![{''.join(CODES[name] for name in _NEVER_FIRST.split())}])(?:"
    + "|".join(_UNNAMED.sub("?:", rule.pattern.pattern) for rule in RULES)
    + ")"
)
"""Finds where the next expression begins; the rules then say which is the longest from there."""
_SEEDS = """
    MONTH MAYBE SHORTMONTH WEEKDAY SHORTDAY YEAR YEARS DECADE DAYS NUMERIC ORDINAL SEASON UNIT UNITS
    WEEKEND TODAY DAYPART OVERNIGHT
"""
SEED = re.compile(f"[{''.join(CODES[name] for name in _SEEDS.split())}]")
"""Finds the words one of which every expression has: most sentences have none."""
BEFORE_SEED = 10
"""How many words of an expression may come before its seed: "no later than around the end of the"."""

_DEIXIS = {"THIS", "LAST", "NEXT", "COMING", "PAST", "THAT", "SAME", "FOLLOWING", "PREVIOUS"}
_FIELDS = {
    "MONTH": "month",
    "MAYBE": "month",
    "SHORTMONTH": "month",
    "DAY": "day",
    "ORDINAL": "day",
    "WEEKDAY": "weekday",
    "SHORTDAY": "weekday",
    "YEAR": "year",
    "SEASON": "season",
    "EDGE": "portion",
    "PORTION": "portion",
    "SIDE": "portion",
    "FIRST": "portion",
    "SECOND": "portion",
    "NTH": "portion",
}
_STEPS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}


def calendar_point(tokens: Iterable[Token]) -> Point:
    """Give what the words of a calendar date, a weekday or a period name."""
    parts: dict[str, object] = {}
    for token in tokens:
        parts.update(_named(token))
    if parts.pop("half", False):
        parts["portion"] = f"{parts['portion']} half"
    elif "unit" in parts and "month" in parts:  # "the first week of May", "the last day of June"
        parts.pop("deixis", None)
        parts["portion"] = f"{parts.get('portion', 'last')} {parts.pop('unit')}"
    return Point(**parts)  # type: ignore[arg-type]  # the classifier gives each its type


def _named(token: Token) -> dict[str, object]:
    """Give the parts of a date that one word names."""
    if token.name in _FIELDS:
        return {_FIELDS[token.name]: token.value}
    if token.name in _DEIXIS:
        return {"deixis": token.name.lower()}
    return _BY_CLASS[token.name](token) if token.name in _BY_CLASS else {}


def _unit(token: Token) -> dict[str, object]:
    return {"unit": str(token.value).rstrip("s")}


def _figures(token: Token) -> dict[str, object]:
    """Give the parts of a date in figures: a day, or a year and a month."""
    if isinstance(token.value, tuple):
        return {"year": token.value[0], "month": token.value[1]}
    year, month, day = str(token.value).split("-")
    return {"year": int(year), "month": int(month), "day": int(day)}


_BY_CLASS: Mapping[str, Callable[[Token], dict[str, object]]] = {
    "DECADE": lambda token: {"year": token.value, "decade": True},
    "NUMERIC": _figures,
    "TODAY": lambda token: {"unit": "day", "count": _STEPS[str(token.value)]},
    "HALF": lambda _: {"half": True},
    "UNIT": _unit,
    "UNITS": _unit,
    "WEEKEND": _unit,
}


def counted_point(tokens: list[Token]) -> Point:
    """Give what the words of a distance, a window or a length name."""
    names = {token.name: token.value for token in tokens}
    unit = str(names.get("UNITS") or names.get("UNIT")).rstrip("s")
    number = next((names[name] for name in ("COUNT", "DAY", "NUMBER") if name in names), None)
    if number is None and "FEW" not in names and ("A" in names or "UNIT" in names):
        number = 1
    return Point(unit=unit, count=number if isinstance(number, int) else None, deixis=_direction(names))


def _direction(names: Mapping[str, object]) -> str | None:
    """Say which way a distance or a window runs, and from where."""
    if "SIDE" in names:
        return "before" if names["SIDE"] == "earlier" else "after"
    for name in ("AGO", "WITHIN", "BEFORE", "AFTER", "COMING", "NEXT", "LAST", "PAST"):
        if name in names:
            return name.lower()
    return "in" if "IN" in names or "NOW" in names else None


def day_point(tokens: list[Token]) -> Point:
    """Give the days from today: "the day before yesterday" is -2."""
    names = {token.name: token.value for token in tokens}
    if "OVERNIGHT" in names:
        return Point(unit="day", count=0, deixis="overnight")
    if "TODAY" not in names:
        return Point(unit="day", count=-1 if "LAST" in names else 0)
    step = _STEPS[str(names["TODAY"])]
    return Point(unit="day", count=step + ("AFTER" in names) - ("BEFORE" in names))
