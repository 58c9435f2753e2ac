"""Meetings held one by one are as many events, and none where all met together."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import Article
from kg.pipeline import load_kb, read

CASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Antony Blinken held separate meetings with Anthony Albanese and Fumio Kishida in Tokyo on Friday.",
     ("albanese+blinken", "blinken+kishida")),
    ("Macron met separately with the leaders of Armenia and Azerbaijan in Paris.", ("armenia+macron", "azerbaijan+macron")),
    ("Kenya's president had separate phone calls with the leaders of Rwanda and Burundi on Tuesday.",
     ("burundi+kenya", "kenya+rwanda")),
    ("Erdogan spoke by phone with Vladimir Putin and Volodymyr Zelenskyy separately on Monday.",
     ("erdogan+putin", "erdogan+zelenskyy")),
    ("The UN envoy held bilateral talks with the foreign ministers of Kenya and Uganda.",
     ("kenya+united-nations", "uganda+united-nations")),
    ("Narendra Modi held bilateral meetings with Emmanuel Macron, Olaf Scholz and Rishi Sunak.",
     ("macron+modi", "modi+scholz", "modi+sunak")),
    ("Rwanda and Burundi held separate meetings with the UN mediator on Monday.",
     ("burundi+united-nations", "rwanda+united-nations")),
    ("Emmanuel Macron will hold separate phone calls with Joe Biden and Xi Jinping next week.", ("biden+macron", "jinping+macron")),
    # All together, or only two of them.
    ("Macron met the leaders of Armenia and Azerbaijan in Paris.", ("armenia+azerbaijan+macron",)),
    ("Armenia and Azerbaijan held separate talks in Geneva on Monday.", ("armenia+azerbaijan",)),
    ("Chad and Libya held bilateral talks in Tripoli on Monday.", ("chad+libya",)),
    ("Chad, Libya and Niger held a separate meeting in Tripoli on Monday.", ("chad+libya+niger",)),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_who_met_whom(text: str, expected: tuple[str, ...]):
    (found,) = read([Article("one", text, published=date(2023, 6, 18), sha256="")], kb=load_kb())
    meetings: dict[str, set[str]] = {}
    for mention in found.event_mentions:
        for role in mention.roles:
            if role.predicate == "dip:participatesIn":
                name = role.filler.rpartition("/")[2]
                short = name if role.filler.startswith(("state/", "org/")) else name.rpartition("-")[2]
                meetings.setdefault(mention.key, set()).add(short)
    assert sorted("+".join(sorted(who)) for who in meetings.values()) == sorted(expected)
    days = {(m.when, m.status) for m in found.event_mentions if m.key in meetings}
    assert len(days) == 1  # what is said of all is said of each


def test_what_is_told_later_belongs_to_the_one_it_names():
    text = (
        "Antony Blinken held separate meetings with Anthony Albanese and Fumio Kishida on Friday. "
        "The meeting with Kishida took place in Tokyo."
    )
    (found,) = read([Article("one", text, published=date(2023, 6, 18), sha256="")], kb=load_kb())
    where = {m.key for m in found.event_mentions for r in m.roles if r.filler == "place/tokyo"}
    who = {r.filler for m in found.event_mentions if m.key in where for r in m.roles}
    assert "person/fumio-kishida" in who
    assert "person/anthony-albanese" not in who
