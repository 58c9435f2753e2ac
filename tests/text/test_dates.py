"""What the grammar of dates finds in plain news English, and where it places it on the calendar."""

from __future__ import annotations

import re
import time
from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Interval, Span
from kg.text.dates import DateExpression, Tense, find_dates, resolve

WEDNESDAY = date(2025, 5, 21)
"""The day of publication of every case below: Monday is the 19th, Friday the 16th and the 23rd."""

TENSES: dict[str, Tense | None] = {"-": None, "past": "past", "now": "present", "will": "future"}

# The shape s:Event of the ontology allows just this.
EDTF = re.compile(
    r"(\.\.|[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?[?~%]?)(/(\.\.|[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?[?~%]?))?"
)


def lines(name: str) -> list[str]:
    """Give the lines of a file of cases that lies beside this one."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def rows() -> list[tuple[str, Tense | None, list[str]]]:
    """Give text with brackets, tense, and the EDTF of each bracket."""
    cells = [line.split(" | ") for line in lines("dates_found.txt")]
    return [(text, TENSES[tense], edtf.split()) for text, tense, edtf in cells]


def unbracketed(text: str) -> tuple[str, list[str]]:
    return re.sub(r"[][]", "", text), re.findall(r"\[(.*?)\]", text)


def first_day(edtf: str) -> date | None:
    """Read the start of one side of an EDTF string; written for the tests alone."""
    if edtf == "..":
        return None
    year, month, day = (*map(int, edtf.rstrip("~").split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(edtf: str) -> date | None:
    if edtf == "..":
        return None
    parts = [int(part) for part in edtf.rstrip("~").split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])


def bounds(edtf: str) -> tuple[date | None, date | None]:
    left, _, right = edtf.partition("/")
    return first_day(left), last_day(right or left)


def one(text: str) -> DateExpression:
    (expression,) = find_dates(text)
    return expression


def test_there_are_as_many_cases_as_promised():
    assert len(rows()) >= 230


@pytest.mark.parametrize(("marked", "tense", "expected"), rows())
def test_expression_is_found_and_placed(marked: str, tense: Tense | None, expected: list[str]):
    text, quoted = unbracketed(marked)
    found = find_dates(text)
    assert [expression.text for expression in found] == quoted
    placed = [resolve(expression, anchor=WEDNESDAY, tense=tense) for expression in found]
    assert [interval.edtf if interval is not None else "none" for interval in placed] == expected
    for interval in placed:
        if interval is not None:
            assert EDTF.fullmatch(interval.edtf)
            assert (interval.earliest, interval.latest) == bounds(interval.edtf)


@pytest.mark.parametrize("text", lines("dates_none.txt"))
def test_what_only_looks_like_a_date_is_left_alone(text: str):
    assert find_dates(text) == ()


def test_there_are_as_many_refusals_as_promised():
    assert len(lines("dates_none.txt")) >= 50


ROLES = (
    ("since 2014", "start"),
    ("from 1 June", "start"),
    ("until 30 June", "end"),
    ("by Friday", "end"),
    ("through May 31", "end"),
    ("before Monday", "end"),
    ("on Friday", "at"),
    ("in 2014", "at"),
    ("after Friday's vote", "at"),
    ("from 3 to 5 June", "range"),
    ("March and April of 2022", "range"),
)


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_preposition_gives_the_role(text: str, role: str):
    assert one(f"They fought {text}.").role == role


def test_talks_on_a_day_in_may_twenty_people_is_the_month():
    assert one("In May 20 people died.").text == "May"


def test_without_an_anchor_what_is_relative_stays_open():
    tried = 0
    for text, tense, _ in rows():
        for expression in find_dates(unbracketed(text)[0]):
            tried += 1
            placed = resolve(expression, anchor=None, tense=tense)
            assert (placed is None) == (expression.relative or expression.duration)
    assert tried >= 230


def test_bare_weekday_keeps_its_number():
    found = {text: one(text).weekday for text in ("Friday", "next Monday", "Friday, May 16", "today")}
    assert found == {"Friday": 4, "next Monday": 0, "Friday, May 16": None, "today": None}


def test_paragraphs_do_not_share_a_date():
    assert [expression.text for expression in find_dates("It was Friday\n\nMay 16, 2025")] == [
        "Friday",
        "May 16, 2025",
    ]


def test_cells_of_a_table_do_not_share_a_date():
    assert [expression.text for expression in find_dates("287\tHours earlier, he left.")] == ["Hours earlier"]


def test_date_over_a_line_end_is_one():
    assert one("They met on 16\nMay 2025.").text == "16\nMay 2025"


ONE_DAY = Interval(date(2025, 3, 10), date(2025, 3, 10), "2025-03-10")
WORDS = [
    "May",
    "March",
    "Friday",
    "Sat",
    ".",
    ",",
    "-",
    "–",
    "/",
    "(",
    ")",
    "'s",
    "the",
    "of",
    "on",
    "in",
    "since",
    "until",
    "by",
    "from",
    "to",
    "and",
    "between",
    "16",
    "3rd",
    "2025",
    "2022",
    "2000",
    "1990s",
    "June",
    "Jan",
    "two",
    "a",
    "few",
    "days",
    "week",
    "weeks",
    "months",
    "year",
    "ago",
    "later",
    "earlier",
    "next",
    "last",
    "this",
    "that",
    "early",
    "mid-",
    "late",
    "end",
    "spring",
    "weekend",
    "today",
    "overnight",
    "around",
    "for",
    "within",
    "before",
    "after",
    "12-05-2025",
    "3-5",
    "people",
    "talks",
    "Putin",
    "first",
    "no",
    "than",
    "now",
    "tomorrow",
    "\n\n",
]
ANY_TEXT = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))


@settings(max_examples=400, deadline=None)
@given(
    text=ANY_TEXT,
    anchor=st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2090, 1, 1))),
    tense=st.sampled_from((None, *get_args(Tense))),
)
def test_any_text_gives_sound_expressions(text: str, anchor: date | None, tense: Tense | None):
    end = 0
    for expression in find_dates(text):
        span = expression.span
        assert end <= span.start < span.end
        assert text[span.start : span.end] == expression.text
        end = span.end
        placed = resolve(expression, anchor=anchor, tense=tense, reference=ONE_DAY, near=ONE_DAY)
        if placed is None:
            continue
        assert EDTF.fullmatch(placed.edtf)
        assert (placed.earliest, placed.latest) == bounds(placed.edtf)
        assert placed.earliest is None or placed.latest is None or placed.earliest <= placed.latest
        # Readers take any single date of ten characters for one full day.
        assert len(placed.edtf) != 10 or re.fullmatch(r"\d{4}-\d{2}-\d{2}", placed.edtf)


def test_text_without_marks_of_time_changes_nothing_around_it():
    before = find_dates("They met on 16 May 2025.")
    after = find_dates("The envoys spoke. They met on 16 May 2025.")
    assert [expression.span for expression in after] == [
        Span(expression.span.start + 18, expression.span.end + 18) for expression in before
    ]


RUNS = ("1,", "1 ", "May ", "12-", "the ", "two ", "and ", "\n", "(", "-", "Friday and ", "in May 16, ")


@pytest.mark.parametrize("unit", RUNS)
def test_long_runs_take_time_in_proportion(unit: str):
    text = unit * (100_000 // len(unit))
    start = time.process_time()
    find_dates(text)
    assert time.process_time() - start < 20  # 0.4 s at most where it was measured


ARTICLES = Path(__file__).parents[2] / "../shared/articles"
REAL = {
    "001": {"early 2026", "February 2021", "2025", "a few days ago", "after 1945"},
    "002": {"Three-Year", "2022", "Friday", "Thursday", "2014"},
    "003": {"2025-05-16", "16-05-2025", "in three years", "Friday"},
    "004": {
        "Thursday",
        "Wednesday",
        "this week",
        "this Wednesday, July 23",
        "in seven weeks",
        "June 2, 2025",
        "in 50 days",
        "2022",
        "earlier this year",
        "March and April of 2022",
        "later that year",
    },
}


@pytest.mark.parametrize("number", sorted(REAL))
def test_real_article_gives_its_dates_and_no_others(number: str):
    if not ARTICLES.is_dir():
        pytest.skip("the shared folder with the real articles is not beside this checkout")
    (path,) = ARTICLES.glob(f"{number}_*.txt")
    text = path.read_text(encoding="utf-8")
    assert {expression.text for expression in find_dates(text)} == REAL[number]
