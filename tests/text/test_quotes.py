"""Who speaks: quotations over several sentences, statements without marks, speakers without a name."""

from __future__ import annotations

import hashlib

import pytest

from kg.model import Article
from kg.pipeline import load_kb, read


def credited(text: str, predicate: str) -> set[str | None]:
    """Give whom the facts of one kind are credited to, by label; None where it is the outlet's own word."""
    article = Article("quote", text, published=None, sha256=hashlib.sha256(text.encode()).hexdigest())
    (reading,) = read([article], kb=load_kb())
    labels = {str(entity.key): entity.label for entity in reading.entities}
    stances = [
        role.stance or mention.stance
        for mention in reading.event_mentions
        for role in mention.roles
        if role.predicate == predicate
    ]
    return {None if stance.speaker is None else labels[str(stance.speaker)] for stance in stances}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("\"We are ready,\" Chad's foreign minister, Abdou Keita, said. \"Niger attacked a convoy on Monday.\"", "Abdou Keita"),
        ("Abdou Keita, the Chadian envoy, was angry. \u201cNiger attacked a convoy. It must stop,\u201d he told reporters.", "Abdou Keita"),
        ('Defence Minister Ana Lima of Peru said: "Chile attacked a convoy on Monday. We shall not sleep."', "Ana Lima"),
        ("Defence Minister Ana Lima of Peru said:\n\nWe deplore what happened. Chile attacked a convoy on Monday.", "Ana Lima"),
        ("Defence Minister Ana Lima of Peru said:\n\nThis is a grave day.\n\nChile attacked a convoy on Monday.", "Ana Lima"),
        ("Defence Minister Ana Lima of Peru said:\n\nThis is a grave day.\n\nChile attacked a convoy. The envoy of Mali said nothing.", None),
        ("Defence Minister Ana Lima of Peru said:\n\n“This is a grave day.\n\n“Chile attacked a convoy on Monday.”", "Ana Lima"),
        ("Defence Minister Ana Lima of Peru said: “This is a grave day.”\n\nChile attacked a convoy on Monday.", None),
        ("Burundian troops, the M23 claimed, attacked a convoy on Monday.", "March 23 Movement"),
        ("Niger attacked a convoy on Monday, Chadian border guards told reporters.", "Chadian border guards (not named)"),
        ("A Kenyan official said that Sudan had attacked a convoy on Monday.", "Kenyan official (not named)"),
        ('Niger attacked a convoy on Monday. "It was hot," the envoy, Abdou Keita, said.', None),
    ],
)  # fmt: skip
def test_a_deed_is_credited_to_who_tells_it(text: str, speaker: str | None) -> None:
    assert credited(text, "dip:performs") == {speaker}


def test_a_speaker_without_a_name_is_of_one_article_alone() -> None:
    said = "A Kenyan official said that Sudan had attacked a convoy on {}."
    keys = set()
    for day in ("Monday", "Tuesday"):
        text = said.format(day)
        article = Article("a", text, published=None, sha256=hashlib.sha256(text.encode()).hexdigest())
        (reading,) = read([article], kb=load_kb())
        keys |= {e.key for e in reading.entities if e.key.startswith("person/unnamed-")}
    assert len(keys) == 2
