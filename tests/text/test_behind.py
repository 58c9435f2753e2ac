"""Talks behind which something was done were held, whatever is planned next."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import Article
from kg.pipeline import load_kb, read

HELD = (
    "Kenya and Somalia agreed on a truce after talks in Nairobi. Talks will resume in June.",
    "Chad and Libya signed it in Doha on Saturday after three months of talks led by Qatar. Direct talks are to start by 8 May.",
    "The deal came after weeks of negotiations between Israel and Hamas brokered by Egypt.",
    "After talks with Libya in Tunis, Chad withdrew its troops. The next talks are planned for May.",
    "Armenia and Azerbaijan exchanged prisoners following two rounds of talks between Armenia and Azerbaijan in Geneva.",
)
NOT_HELD = (
    "Chad would sign only after talks with Libya.",
    "Peru said it would reopen the border after talks with Chile.",
    "Chad withdrew its troops after the cancellation of talks with Libya.",
    "Chad did not sign after talks with Libya were postponed.",
    "The envoy will travel to Oslo after the talks with Chad.",
)


def statuses(text: str) -> set[str]:
    (found,) = read([Article("one", text, published=date(2024, 5, 14), sha256="")], kb=load_kb())
    return {m.status.removeprefix("dip:Status") for m in found.event_mentions if m.status is not None}


@pytest.mark.parametrize("text", HELD)
def test_they_were_held(text: str):
    assert "Held" in statuses(text)


@pytest.mark.parametrize("text", NOT_HELD)
def test_what_is_behind_a_plan_or_was_called_off_was_not(text: str):
    assert "Held" not in statuses(text)


def test_they_are_not_those_that_are_planned():
    (found,) = read([Article("one", HELD[1], published=date(2024, 5, 14), sha256="")], kb=load_kb())
    talks = {m.key: m.status for m in found.event_mentions if m.type == "dip:Talks"}
    assert sorted(map(str, talks.values())) == ["dip:StatusHeld", "dip:StatusPlanned"]
