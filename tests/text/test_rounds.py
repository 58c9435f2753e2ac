"""Further rounds, stays, stages, calls and sittings: what of them is told, and what is not."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from kg.model import Article
from kg.pipeline import load_kb, read

DAY = date(2024, 5, 14)
TALKS = "Chad and Libya held talks in Tripoli on Monday. "

CASES: tuple[tuple[str, set[str], set[str]], ...] = (
    # Rounds and meetings of nobody named.
    ("The commission meets next in Tunis from June 10 to 12.", {"2024-06-10/2024-06-12", "@tunis", "planned"}, set()),
    ("The mechanism will meet again in Doha in November, according to the minutes.", {"2024-11", "@doha"}, set()),
    ("Negotiations will resume on Thursday, a spokesman said.", {"2024-05-16", "planned"}, set()),
    ("Experts of the two railways will meet in Tunis in mid-June.", {"2024-06", "@tunis"}, set()),
    ("A further round may take place in the second half of the year.", {"2024-07/2024-12", "proposed"}, set()),
    ("The sides last met in Niamey on 26 November.", {"2023-11-26", "@niamey"}, set()),
    ("A meeting of experts on fisheries, planned for Friday, has been called off.", {"cancelled"}, {"planned"}),
    ("Shoppers will meet in Tunis on Friday.", set(), {"@tunis"}),
    ("Mali led Niger 2-1 until the end of Wednesday's meeting in Sfax.", set(), {"@sfax"}),
    # Stages and stays.
    ("Foreign Minister Ana Lima visited Cairo on Monday and Amman on Tuesday.", {"@cairo", "@amman", "2024-05-14"}, set()),
    ("Envoy Ines Barrantes will travel to Ankara on 17 June and to Athens on 19 June.", {"2024-06-17", "2024-06-19", "@athens"}, set()),
    ("Foreign Minister Ana Lima was in Cairo last week.", {"@cairo", "2024-05-06/2024-05-12"}, set()),
    ("Foreign Minister Ana Lima was in power in Peru in May.", set(), {"@peru"}),
    ("President Ana Lima was in hospital in May.", set(), {"2024-05"}),
    ("Foreign Minister Ana Lima may travel to Iquique in August.", {"@iquique", "2024-08"}, set()),
    ("Ana Lima said she trusted in Iquique.", set(), {"@iquique"}),
    # Plans given up.
    ("President Gustavo Petro had been expected in Havana on Tuesday, but the trip was cancelled.", {"cancelled"}, {"planned"}),
    # Calls and sittings.
    ("Ana Lima and Vladimir Putin discussed the truce by telephone on Friday.", {"Call", "2024-05-10"}, set()),
    ("Ana Lima and Vladimir Putin discussed the truce on Friday.", set(), {"Call"}),
    # Votes.
    ("The Security Council is expected to vote on the mandate in November.", {"Vote", "2024-11", "planned"}, set()),
    ("The Council today extended the mandate. Adopting resolution 2285 by 10 votes to 2, it called for calm.", {"Vote", "2024-05-14"}, set()),
)  # fmt: skip


def told(text: str) -> set[str]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    (found,) = read([Article(id="one", text=text, published=DAY, sha256=digest)], kb=load_kb())
    facts = set()
    for mention in found.event_mentions:
        facts.add(mention.type.removeprefix("dip:"))
        facts |= {mention.when.edtf} if mention.when is not None else set()
        facts |= {mention.status.removeprefix("dip:Status").lower()} if mention.status is not None else set()
        facts |= {f"@{r.filler.rpartition('/')[2]}" for r in mention.roles if r.predicate == "dip:location"}
    return facts


@pytest.mark.parametrize(("text", "expected", "never"), CASES)
def test_what_goes_on_after_talks_is_told(text: str, expected: set[str], never: set[str]):
    found = told(TALKS + text)
    assert expected <= found
    assert not never & found


def test_talks_are_bounded_by_first_day_last_day_or_length():
    since = "Peru and Chile had been meeting in Lima since Wednesday. The talks ended on Friday."
    assert "2024-05-08/2024-05-10" in told(since)
    run = "The talks between Peru and Chile began on Monday and are due to run until 24 May."
    assert "2024-05-13/2024-05-24" in told(run)


def test_what_is_yet_to_be_done_by_nobody_named_is_not_the_talks():
    found = told(
        "Commanders of both armies are to meet within five days. Peru hosted the talks with Chile in Lima."
    )
    assert "@lima" in found
