"""Which mentions of one article are one event, read by the real line from text to reading."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.model import Article
from kg.pipeline import load_kb, read

if TYPE_CHECKING:
    from kg.kb import KnowledgeBase


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return load_kb()


def events(text: str, kb: KnowledgeBase) -> dict[str, set[str]]:
    """Give whom each event names, by the key of the event."""
    return events_of_day(text, kb, None)


def events_of_day(text: str, kb: KnowledgeBase, day: date | None) -> dict[str, set[str]]:
    """Give the same for an article of a day."""
    (reading,) = read([Article("identity", text, published=day, sha256="")], kb=kb)
    found: dict[str, set[str]] = {}
    for mention in reading.event_mentions:
        found.setdefault(mention.key, set()).update(role.filler for role in mention.roles)
    return found


@pytest.mark.parametrize(
    "plan",
    [
        "The African Union said that it would host a summit in Djibouti on 9 December.",
        "The African Union will host a meeting in Djibouti on 9 December.",
    ],
)
def test_a_new_plan_elsewhere_is_not_what_was_broken_off(plan: str, kb: KnowledgeBase) -> None:
    broken = "Talks between Sudan and Chad, mediated by Kenya, were suspended indefinitely on Sunday. "
    (host,) = (key for key, fillers in events(broken + plan, kb).items() if "org/african-union" in fillers)
    (talks,) = (key for key, fillers in events(broken + plan, kb).items() if "state/sudan" in fillers)
    assert host != talks


def test_the_same_parties_keep_the_talks_that_were_put_off(kb: KnowledgeBase) -> None:
    text = (
        "Talks between Sudan and Chad were postponed on Sunday. "
        "The talks will be held in Nairobi on 9 December, Kenya said."
    )
    (key,) = (key for key, fillers in events(text, kb).items() if "state/sudan" in fillers)
    assert "place/nairobi" in events(text, kb)[key]


@pytest.mark.parametrize(
    "another",
    [
        "He also held meetings with business people and students.",
        "Mr Ruto also had talks with shipping firms.",
        "Ruto held a separate meeting with local elders.",
    ],
)
def test_what_is_told_beside_a_meeting_is_another_one(another: str, kb: KnowledgeBase) -> None:
    met = "Kenya's President William Ruto met Ugandan leader Yoweri Museveni in Kampala on 3 May. "
    told = events(met + another, kb)
    (key,) = (k for k, who in told.items() if "person/yoweri-museveni" in who and k.startswith("meeting"))
    (reading,) = read([Article("identity", met + another, published=None, sha256="")], kb=kb)
    later = [m.key for m in reading.event_mentions if m.evidence.start >= len(met) and m.type != "dip:Office"]
    assert key not in later


def test_the_same_company_told_beside_is_the_same_meeting(kb: KnowledgeBase) -> None:
    text = (
        "Kenya and Uganda held talks in Kampala on 3 May. "
        "Kenya and Uganda also held talks on fishing, officials said."
    )
    keys = {key for key, fillers in events(text, kb).items() if "state/uganda" in fillers}
    assert len(keys) == 1


def test_talks_behind_another_truce_are_not_those_at_hand(kb: KnowledgeBase) -> None:
    text = (
        "Chad and Sudan opened a second round of talks in Kampala on Tuesday, hosted by Uganda and mediated by Kenya. "
        "A truce brokered by Angola collapsed in April. A third round is planned for June in Lusaka."
    )
    told = events(text, kb)
    (talks,) = (key for key, who in told.items() if "state/sudan" in who)
    (truce,) = (key for key, who in told.items() if "state/angola" in who)
    (third,) = (key for key, who in told.items() if "place/lusaka" in who)
    assert len({talks, truce, third}) == 3
    assert {"state/uganda", "state/kenya", "place/kampala"} <= told[talks]


HISTORY = (
    "The leaders of Chad and Sudan met in Geneva on Tuesday. "
    "Talks between the two sides collapsed in Lausanne in July 2017. "
)
AWAY = "There was a lot of rain in the town that night, and people on both banks of the river stayed at home for once and listened to the radio, which played old songs until the morning came and the streets dried. "


def test_a_role_without_its_event_is_not_told_of_what_an_article_only_looks_back_to(
    kb: KnowledgeBase,
) -> None:
    sent = "The European Union sent Johannes Hahn as an observer."
    far, near = (events_of_day(HISTORY + between + sent, kb, date(2025, 3, 19)) for between in (AWAY, ""))
    (key,) = (key for key, fillers in far.items() if "org/european-union" in fillers)
    assert "state/chad" in far[key]
    assert not any("org/european-union" in fillers for fillers in near.values())


def test_who_was_sent_was_not_sent_to_what_is_still_to_come(kb: KnowledgeBase) -> None:
    text = (
        "Chad and Sudan held talks in Geneva on Tuesday. A second round will be held in Cairo in July. "
        "The European Union sent an observer."
    )
    found = events_of_day(text, kb, date(2025, 3, 19))
    (key,) = (key for key, fillers in found.items() if "org/european-union" in fillers)
    assert "place/geneva" in found[key]


def test_who_also_attended_the_gathering_was_at_the_one_just_told(kb: KnowledgeBase) -> None:
    text = (
        "The presidents of Chad and Sudan met in Geneva on Tuesday under the auspices of the United Nations. "
        "Foreign Minister Hakan Fidan and Foreign Minister Wang Yi also attended the informal gathering."
    )
    (key,) = (
        key
        for key, fillers in events(text, kb).items()
        if "person/hakan-fidan" in fillers and "meeting" in key
    )
    assert "place/geneva" in events(text, kb)[key]


def test_what_is_done_at_a_meeting_is_done_when_and_where_it_is(kb: KnowledgeBase) -> None:
    text = (
        "Thailand and Cambodia held talks in Kuala Lumpur on Thursday. The two had agreed to a ceasefire on July 28 "
        "in Putrajaya at talks hosted by Malaysian Prime Minister Anwar Ibrahim."
    )
    found = events_of_day(text, kb, date(2025, 8, 7))
    (key,) = (key for key, fillers in found.items() if "person/anwar-ibrahim" in fillers and "talks" in key)
    assert "place/kuala-lumpur" not in found[key]


def test_a_text_with_a_name_is_not_the_one_told_before(kb: KnowledgeBase) -> None:
    text = (
        "Kosovo and Serbia signed a document in Brussels on Tuesday. "
        "Albin Kurti refused to sign the Ohrid Agreement in March."
    )
    signed = [fillers for key, fillers in events(text, kb).items() if "person/albin-kurti" in fillers]
    assert all("state/serbia" not in fillers for fillers in signed)
