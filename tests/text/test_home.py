"""Whose news an article is: the dateline of a capital, unless the text is more about another state."""

from __future__ import annotations

import pytest

from kg.model import Article
from kg.pipeline import load_kb, read


def offices(text: str) -> set[str]:
    (reading,) = read([Article("home", text, published=None, sha256="")], kb=load_kb())
    return {
        m.label or "" for m in reading.event_mentions for r in m.roles if r.predicate == "dip:holdsOffice"
    }


def test_an_office_without_a_state_is_of_the_state_of_the_dateline() -> None:
    text = (
        "LIMA, May 14 - Peru will host the talks, Foreign Minister Ana Quispe said on Monday. Peru is ready."
    )
    assert offices(text) == {"Foreign Minister of Peru"}


@pytest.mark.parametrize(
    "text",
    [
        "GENEVA, May 14 - Chad and Niger held talks. Chad was pleased, Foreign Minister Ana Quispe said.",
        "LIMA, May 14 - Chad and Chad's army held out. Chad fights on, Foreign Minister Ana Quispe said. Peru watches.",
        "CARACAS, May 14 - Chad and rebels met in the Venezuelan capital, hosted by Venezuela, Foreign Minister Ana Quispe said.",
        "Syria and Iraq are at war. Syria must talk to Iraq. Syria knows that. Foreign Secretary Ana Quispe was firm. Syria burns.",
    ],
)
def test_the_host_or_the_subject_of_the_news_is_not_its_home(text: str) -> None:
    assert not {
        office
        for office in offices(text)
        if "Switzerland" in office or "Syria" in office or "Venezuela" in office
    }
    assert "Foreign Minister of Peru" not in offices(text)
