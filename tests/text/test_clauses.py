"""Clauses beside one another: a semicolon parts them, "until" of what is put off is no time of it."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import Article
from kg.pipeline import load_kb, read

DAY = date(2024, 11, 21)


def _mentions(text):
    (reading,) = read([Article(id="one", text=text, published=DAY)], kb=load_kb())
    return reading.event_mentions


def _who(text, predicate):
    return {
        role.filler for mention in _mentions(text) for role in mention.roles if role.predicate == predicate
    }


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            (
                "The ICC issued a warrant for the arrest of General Min Aung Hlaing; Myanmar's military, which seized "
                "power in 2021, does not recognise the court."
            ),
            {"state/myanmar"},
        ),
        ("Kenya backed the plan for a truce; it does not recognise the court.", {"state/kenya"}),
    ],
)
def test_what_stands_behind_a_semicolon_has_a_subject_of_its_own(text, who):
    assert "org/international-criminal-court" not in _who(text, "dip:takes")
    assert _who(text, "dip:takes") == who


@pytest.mark.parametrize(
    "text",
    [
        "Kenya suspended talks with Chad until 2028.",
        "Kenya and Chad adjourned their talks in Doha until 3 March.",
        "Talks between Kenya and Chad were postponed till March.",
    ],
)
def test_what_is_put_off_until_a_day_does_not_last_until_it(text):
    assert [m.when.edtf for m in _mentions(text) if m.when is not None and "../" in m.when.edtf] == []


def test_what_nobody_would_say_is_said_by_nobody():
    text = (
        "Saudi Arabia would not say whether the Omani delegation that flew to Sanaa on Saturday had a draft."
    )
    assert [m.stance.speaker for m in _mentions(text) if m.type == "dip:Visit"] == [None]


def test_who_speaks_of_an_attack_in_the_first_person_is_not_its_doer():
    text = "Foreign Secretary Ana Lima said:\n\nI struck Sudan hard on the dam and bombed Chad with letters."
    assert not {key for key in _who(text, "dip:performs") if key.startswith("person/")}
