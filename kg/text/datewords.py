"""Cut plain English text into words and numbers and say which of them can be part of a date.

Every token becomes one character of a code string, so that the grammar of dates is a set of short
regular expressions over that string, and matches are counted in tokens.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_SHORT_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep sept", "oct", "nov", "dec"), 1
    )
    for name in names.split()
}
_SHORT_WEEKDAYS = {
    name: number
    for number, names in enumerate(("mon", "tue tues", "wed", "thu thur thurs", "fri", "sat", "sun"))
    for name in names.split()
}
_NUMBER_WORDS = """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty
"""
_COUNTS = {name: number for number, name in enumerate(_NUMBER_WORDS.split(), 1)} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
}
_MONTHS_ALSO_WORDS = {"march", "april", "may", "june", "august"}
"""Months that are also verbs, adjectives or given names: alone they need a word that licenses them."""

Value = int | str | date | tuple[int, int] | None


class Token(NamedTuple):
    """A word, number or mark with its class, its place in the text and what it stands for."""

    name: str
    start: int
    end: int
    value: Value


_LOWER_WORDS: dict[str, str] = {
    "AND": "and or",
    "TO": "to",
    "OF": "of",
    "THE": "the",
    "A": "a an",
    "OWNER": "its their his her our my whose",
    "IN": "in during",
    "ON": "on at",
    "OVER": "over",
    "SINCE": "since",
    "FROM": "from",
    "STARTING": "starting",
    "BY": "by",
    "UNTIL": "until till",
    "THROUGH": "through",
    "BEFORE": "before",
    "AFTER": "after",
    "BETWEEN": "between",
    "FOR": "for",
    "WITHIN": "within",
    "AROUND": "around about approximately roughly circa nearly almost",
    "AGO": "ago",
    "NOW": "now",
    "NO": "no",
    "THAN": "than",
    "EDGE": "beginning start middle end",
    "PORTION": "early mid late",
    "FIRST": "first",
    "SECOND": "second",
    "NTH": "third fourth final",
    "HALF": "half",
    "SIDE": "earlier later",
    "THIS": "this",
    "THAT": "that",
    "SAME": "same",
    "LAST": "last",
    "NEXT": "next",
    "COMING": "coming upcoming",
    "PAST": "past recent",
    "FOLLOWING": "following",
    "PREVIOUS": "previous preceding",
    "FEW": "few several couple",
    "UNIT": "day week month year hour",
    "UNITS": "days weeks months years hours",
    "WEEKEND": "weekend",
    "SEASON": "spring summer autumn fall winter",
    "DAYPART": "morning afternoon evening night",
    "TODAY": "today tonight yesterday tomorrow",
    "OVERNIGHT": "overnight",
    "PLURAL": "people men women children million billion km percent per",
    "RECORD": "longest worst largest biggest deadliest highest lowest heaviest only time",
}
_CAPITAL_WORDS: dict[str, str] = {
    # Weekdays that belong to a feast, a massacre or a newspaper are names, not days.
    "HOLIDAY": "good bloody black palm ash easter maundy holy shrove super cyber",
    "PAPER": "times telegraph mirror mail post express herald independent agreement accord accords",
}
_OFFICE = ["government", "administration", "cabinet", "ministry", "premiership"]

_CLASSES: dict[str, tuple[str, Value]] = {
    word: (name, word) for name, words in _LOWER_WORDS.items() for word in words.split()
}
_CLASSES |= {name: ("COUNT", number) for name, number in _COUNTS.items()}
_CLASSES |= {name: ("OFFICE", name) for name in _OFFICE}
_CAPITALS: dict[str, tuple[str, Value]] = {
    word: (name, word) for name, words in _CAPITAL_WORDS.items() for word in words.split()
}
_CAPITALS |= {
    name: ("MAYBE" if name in _MONTHS_ALSO_WORDS else "MONTH", number)
    for number, name in enumerate(_MONTHS, 1)
}
_CAPITALS |= {name: ("SHORTMONTH", number) for name, number in _SHORT_MONTHS.items()}
_CAPITALS |= {name: ("WEEKDAY", number) for number, name in enumerate(_WEEKDAYS)}
_CAPITALS |= {name: ("SHORTDAY", number) for name, number in _SHORT_WEEKDAYS.items()}

_MARKS = {
    ",": "COMMA",
    ".": "STOP",
    "!": "STOP",
    "?": "STOP",
    ";": "STOP",
    "(": "OPEN",
    ")": "CLOSE",
    "-": "HYPHEN",
    "\u2010": "HYPHEN",
    "\u2011": "HYPHEN",
    "\u2013": "HYPHEN",
}

_NUMBERS = ["DAY", "NUMBER", "YEAR", "ORDINAL", "DAYS", "YEARS", "DECADE", "NUMERIC"]
_CALENDAR = ["COUNT", "OFFICE", "MAYBE", "MONTH", "SHORTMONTH", "WEEKDAY", "SHORTDAY"]
_OTHERS = ["WORD", "NAME", "OTHER", "POSSESSIVE", "BREAK"]
CODES = {
    name: chr(0xE000 + index)
    for index, name in enumerate(
        dict.fromkeys([*_LOWER_WORDS, *_CAPITAL_WORDS, *_CALENDAR, *_MARKS.values(), *_NUMBERS, *_OTHERS])
    )
}
"""The character of each class; private use, so that none means anything to a regular expression."""

_TOKEN = re.compile(
    r"[^\W\d_]+"
    r"|[$€£¥+#]?\d+(?:[-\u2010\u2011\u2013./,:]\d+)*\w*(?:\s?%)?"
    r"|['\u2019]s\b"
    r"|\t|\n[^\S\n]*\n"
    r"|[^\w\s]|_"
)
_LONGEST = 24
"""No word or number of a date is longer, so longer ones need no look (or place in the cache)."""
_SPLIT = re.compile(r"[-\u2010\u2011\u2013./]")
_PLAIN = re.compile(r"[0-9]{1,4}")
_ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)")
_DECADE = re.compile(r"((?:19|20)[0-9]0)s")
_RANGE = re.compile(r"([0-9]{1,4})[-\u2010\u2011\u2013]([0-9]{1,4})")
_DATE = re.compile(r"[0-9]{1,4}([-\u2010\u2011\u2013./])[0-9]{1,2}\1[0-9]{1,4}")


def lex(text: str) -> tuple[list[Token], str]:
    """Give the tokens of a text and their code string, one character a token."""
    tokens: list[Token] = []
    before = ""
    for match in _TOKEN.finditer(text):
        name, value = _classify(match[0])
        if before == "YEAR" and _counts(name, tokens[-1].value):
            tokens[-1] = tokens[-1]._replace(name="NUMBER")
        tokens.append(Token(name, *match.span(), value))
        before = name
    return tokens, "".join([CODES[token.name] for token in tokens])


@lru_cache(maxsize=1 << 14)
def _classify(token: str) -> tuple[str, Value]:
    """Give the class of a token and what it stands for."""
    if len(token) > _LONGEST:
        return "OTHER", None
    if token[0].isalpha():
        return _word(token)
    if token in {"'s", "\u2019s"}:
        return "POSSESSIVE", None
    if token[0].isspace():
        return "BREAK", None
    return _number(token) if len(token) > 1 or token.isdigit() else (_MARKS.get(token, "OTHER"), None)


def _counts(following: str, number: Value) -> bool:
    """Whether a number that looks like a year counts what follows it: "2000 people"."""
    is_round = isinstance(number, int) and number % 100 == 0
    return following == "UNITS" or (following == "PLURAL" and is_round)


def _word(word: str) -> tuple[str, Value]:
    key = word.lower()
    capital = word[0].isupper()
    if capital and key in _CAPITALS:
        return _CAPITALS[key]
    if key in _CLASSES:
        return _CLASSES[key]
    if capital:
        return "NAME", word
    return ("PLURAL" if len(key) > 3 and key.endswith("s") and key[-2] not in "su" else "WORD"), word


def _number(text: str) -> tuple[str, Value]:
    if _PLAIN.fullmatch(text) is not None:
        return _plain_number(int(text))
    if (match := _ORDINAL.fullmatch(text)) is not None and 1 <= int(match[1]) <= 31:
        return "ORDINAL", int(match[1])
    if (match := _DECADE.fullmatch(text)) is not None:
        return "DECADE", int(match[1])
    if (match := _RANGE.fullmatch(text)) is not None:
        return _number_range(match[1], match[2])
    if _DATE.fullmatch(text) is not None:
        return _numeric_date(text)
    return "OTHER", None


def _plain_number(number: int) -> tuple[str, Value]:
    if 1 <= number <= 31:
        return "DAY", number
    return ("YEAR" if 1900 <= number <= 2099 else "NUMBER"), number


def _number_range(first: str, second: str) -> tuple[str, Value]:
    """Read "3-5" as days, "2014-2015" and "2014-15" as years, "2025-05" as a month."""
    start, end = int(first), int(second)
    if len(first) <= 2 and 1 <= start < end <= 31:
        return "DAYS", (start, end)
    if len(first) != 4 or not 1900 <= start <= 2099:
        return "OTHER", None
    if len(second) == 4:
        return ("YEARS", (start, end)) if start < end <= 2099 else ("OTHER", None)
    if len(second) == 2 and end > 12 and end > start % 100:
        return "YEARS", (start, start - start % 100 + end)
    is_month = len(second) == 2 and 1 <= end <= 12 and end <= start % 100
    return ("NUMERIC", (start, end)) if is_month else ("OTHER", None)


def _numeric_date(text: str) -> tuple[str, Value]:
    """Read a date in figures; with slashes only where its order is beyond doubt."""
    first, second, third = (int(part) for part in _SPLIT.split(text))
    if first > 999:
        order = (first, second, third)
    elif second > 12 or (second == first and "/" in text):
        order = (third, first, second)
    elif "/" in text and first <= 12:
        return "OTHER", None
    else:
        order = (third, second, first)
    try:
        return ("NUMERIC", date(*order)) if 1900 <= order[0] <= 2099 else ("OTHER", None)
    except ValueError:
        return "OTHER", None
