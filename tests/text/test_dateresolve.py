"""How expressions of time are placed that count from another event or from a day beside them."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import Interval
from kg.text.dates import DateExpression, anchor_by_weekday, anchor_in_text, find_dates, resolve

WEDNESDAY = date(2025, 5, 21)


def one(text: str) -> DateExpression:
    (expression,) = find_dates(text)
    return expression


def edtf_of(interval: Interval | None) -> str | None:
    return None if interval is None else interval.edtf


# The other event | text | EDTF, counted from that event.
TALKS = Interval(date(2025, 3, 10), date(2025, 3, 11), "2025-03-10/2025-03-11")
LONG = Interval(date(2022, 3, 1), date(2022, 4, 30), "2022-03/2022-04")
ONE_DAY = Interval(date(2025, 3, 10), date(2025, 3, 10), "2025-03-10")
REFERENCES = (
    (ONE_DAY, "two days after the talks", "2025-03-12"),
    (ONE_DAY, "a day earlier", "2025-03-09"),
    (ONE_DAY, "two days later", "2025-03-12"),
    (ONE_DAY, "the day before", "2025-03-09"),
    (ONE_DAY, "the day after the talks", "2025-03-11"),
    (ONE_DAY, "the next day", "2025-03-11"),
    (ONE_DAY, "the following day", "2025-03-11"),
    (ONE_DAY, "the previous day", "2025-03-09"),
    (ONE_DAY, "the same day", "2025-03-10"),
    (ONE_DAY, "that day", "2025-03-10"),
    (ONE_DAY, "the following week", "2025-03-17/2025-03-23"),
    (ONE_DAY, "the same week", "2025-03-10/2025-03-16"),
    (ONE_DAY, "the following month", "2025-04"),
    (ONE_DAY, "the following Friday", "2025-03-14"),
    (ONE_DAY, "the previous Friday", "2025-03-07"),
    (ONE_DAY, "three weeks earlier", "2025-02-17~"),
    (ONE_DAY, "a month later", "2025-04~"),
    (ONE_DAY, "a year earlier", "2024~"),
    (TALKS, "two days later", "2025-03-12/2025-03-13"),
    (TALKS, "that month", "2025-03"),
    (TALKS, "earlier that year", "2025-01-01/2025-03-10"),
    (LONG, "later that year", "2022-03/2022-12"),
    (LONG, "the following year", "2023"),
    (LONG, "that day", None),
)


@pytest.mark.parametrize(("reference", "text", "expected"), REFERENCES)
def test_some_dates_count_from_another_event(reference: Interval, text: str, expected: str | None):
    expression = one(text)
    assert expression.relative
    assert edtf_of(resolve(expression, anchor=None, tense="past", reference=reference)) == expected
    assert resolve(expression, anchor=WEDNESDAY, tense="past") is None
    open_end = Interval(None, date(2025, 3, 1), "../2025-03-01")
    assert resolve(expression, anchor=WEDNESDAY, tense="past", reference=open_end) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Thursday", "2025-07-24"),
        ("on Monday", "2025-07-21"),
        ("on Wednesday", "2025-07-23"),
        ("on Thursday and Friday", "2025-07-24/2025-07-25"),
        ("last Thursday", None),
        ("yesterday", None),
    ],
)
def test_day_named_beside_a_weekday_places_it_in_its_week(text: str, expected: str | None):
    near = Interval(date(2025, 7, 23), date(2025, 7, 23), "2025-07-23")
    assert edtf_of(resolve(one(text), anchor=None, tense="future", near=near)) == expected


def test_full_day_with_weekday_and_year_anchors_the_text():
    text = "They met on 2 June 2025. On Wednesday, July 23, 2025, they met again."
    assert anchor_in_text(find_dates(text)) == date(2025, 7, 23)


@pytest.mark.parametrize("text", ["on Wednesday, July 23", "on 23 July 2025", "in July 2025", "nothing"])
def test_nothing_less_anchors_the_text(text: str):
    assert anchor_in_text(find_dates(text)) is None


def test_weekday_and_year_that_disagree_keep_the_date_as_written():
    expression = one("on Monday, May 16, 2025")
    assert edtf_of(resolve(expression, anchor=WEDNESDAY, tense="past")) == "2025-05-16"


def test_weekday_tells_the_year_where_the_text_does_not():
    # 16 May was a Friday in 2025 and a Saturday in 2026.
    assert edtf_of(resolve(one("Friday, May 16"), anchor=WEDNESDAY, tense="future")) == "2025-05-16"
    assert edtf_of(resolve(one("Saturday, May 16"), anchor=WEDNESDAY, tense=None)) == "2026-05-16"


@pytest.mark.parametrize("text", ["in 9000 years", "9000 years ago", "within 9999 months", "9999 days ago"])
def test_distance_beyond_the_calendar_gives_no_error(text: str):
    expression = one(text)
    placed = resolve(expression, anchor=WEDNESDAY, tense="future")
    assert placed is None or placed.earliest is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on 2 June 2025 and will meet on Wednesday, July 23.", date(2025, 7, 23)),
        ("They met on 20 December 2024 and will meet on Thursday, 9 January.", date(2025, 1, 9)),
        # 23 July was no Sunday in 2024, 2025 or 2026: nothing is settled.
        ("They met on 2 June 2025 and will meet on Sunday, July 23.", None),
        ("They will meet on Wednesday, July 23.", None),
        ("They met in June 2025 and will meet on Wednesday, July 23.", None),
        ("They met on 2 June 2025 and 2 June 2014, and will meet on Wednesday, July 23.", None),
    ],
)
def test_another_full_date_can_settle_the_year_of_a_weekday(text: str, expected: date | None):
    assert anchor_by_weekday(find_dates(text)) == expected
