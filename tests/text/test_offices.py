"""Offices beside names: who holds which post for whom, read by the real line from text to reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.model import Article
from kg.pipeline import load_kb, read

if TYPE_CHECKING:
    from kg.kb import KnowledgeBase


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return load_kb()


def offices(text: str, kb: KnowledgeBase) -> set[tuple[str, str]]:
    """Give (holder, office) pairs as the reading names them."""
    (reading,) = read([Article("offices", text, published=None, sha256="")], kb=kb)
    labels = {entity.key: entity.label for entity in reading.entities}
    return {
        (labels[role.filler], mention.label or "")
        for mention in reading.event_mentions
        for role in mention.roles
        if role.predicate == "dip:holdsOffice"
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The mosque was built under King Mohammed VI.", {("Mohammed VI", "King of Morocco")}),
        (
            "Under Secretary of State Wendy Sherman of the United States flew to Doha.",
            {("Wendy Sherman", "Under Secretary of State of United States")},
        ),
        (
            "The foreign ministers of Chad and Niger, Amina Okoye and Bakary Yaou, met in Lomé.",
            {
                ("Amina Okoye", "Foreign Minister of Chad"),
                ("Bakary Yaou", "Foreign Minister of Niger"),
            },
        ),
        (
            (
                "The prime ministers of Italy and Spain, Maria Gonzalez and Robert Brown, and the Peruvian "
                "foreign minister, Rosa Quispe, attended the conference in Geneva."
            ),
            {
                ("Maria Gonzalez", "Prime Minister of Italy"),
                ("Robert Brown", "Prime Minister of Spain"),
                ("Rosa Quispe", "Foreign Minister of Peru"),
            },
        ),
        (
            "Samuel Okello, the Ugandan president's national security adviser, flew to Juba on Monday.",
            {("Samuel Okello", "National Security Adviser to President of Uganda")},
        ),
    ],
)
def test_offices_are_read_with_their_holders(
    text: str, wanted: set[tuple[str, str]], kb: KnowledgeBase
) -> None:
    assert offices(text, kb) == wanted


def test_a_title_without_a_name_gives_nobody_an_office(kb: KnowledgeBase) -> None:
    assert offices("The foreign ministers of Chad and Niger met in Lomé on Monday.", kb) == set()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The Polisario Front stayed away. The Front's representative, Omar Mansour, was in Geneva.",
            {("Omar Mansour", "Representative of Polisario Front")},
        ),
        (
            "MANILA - The Shore Front's chairman, Rico Santos, spoke in Davao.",
            {("Rico Santos", "Chairman of Shore Front")},
        ),
        ("Qatar would act as mediator, Nasser Haddad told Jordanian television.", set()),
    ],
)
def test_an_office_is_not_of_the_state_that_is_at_hand(
    text: str, wanted: set[tuple[str, str]], kb: KnowledgeBase
) -> None:
    assert offices(text, kb) == wanted
