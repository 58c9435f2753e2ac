"""What one side lays to another's charge is told by who accuses, and done by who is accused."""

from __future__ import annotations

import pytest

from kg.model import ACTUAL, POSSIBLE, Article
from kg.pipeline import load_kb, read

DEED = ("dip:Attack", "dip:Aid", "dip:Talks")
CASES = (
    # text, whose deed, told by whom, as what
    ("Ethiopia was accused by Eritrea of attacking Chad.", "state/ethiopia", "state/eritrea", ACTUAL),
    ("India charged Pakistan with violating the ceasefire.", "state/pakistan", "state/india", ACTUAL),
    (
        "Azerbaijan condemned Armenia for shelling the village.",
        "state/armenia",
        "state/azerbaijan",
        ACTUAL,
    ),
    ("Israel is accused of bombing Damascus.", "state/israel", None, POSSIBLE),
    ("Rwanda blamed Sudan for attacking its soldiers.", "state/sudan", "state/rwanda", ACTUAL),
    ("Kenya denounced Uganda for arming the Taliban.", "state/uganda", "state/kenya", ACTUAL),
    # Who owns up to a deed tells of it himself.
    ("Boko Haram claimed twin attacks in Maiduguri.", "group/boko-haram", "group/boko-haram", ACTUAL),
    ("Hezbollah claimed responsibility for the raid.", "group/hezbollah", "group/hezbollah", ACTUAL),
    ("The blast was claimed by Al-Shabaab.", "group/al-shabaab", "group/al-shabaab", ACTUAL),
    ("The shelling by the M23 was condemned by Kenya.", "group/march-23-movement", "state/kenya", ACTUAL),
    # Thanks lay nothing to anybody's charge: the deed is told as a fact.
    ("The UN praised Kenya for hosting the talks.", "state/kenya", None, ACTUAL),
)


def _deeds(text):
    (reading,) = read([Article(id="one", text=text)], kb=load_kb())
    return [
        (role.filler, (role.stance or mention.stance).speaker, (role.stance or mention.stance).modality)
        for mention in reading.event_mentions
        if mention.type in DEED
        for role in mention.roles
        if role.predicate in ("dip:performs", "dip:hosts")
    ]


@pytest.mark.parametrize(("text", "doer", "speaker", "modality"), CASES, ids=[case[0] for case in CASES])
def test_who_is_blamed_did_it_and_who_blames_says_so(text, doer, speaker, modality):
    assert _deeds(text) == [(doer, speaker, modality)]


@pytest.mark.parametrize(
    "text",
    [
        "The RSF accused the army of shelling a market in Nyala, killing at least 20 people.",
        "Pakistan accused fighters of storming a barracks, killing five.",
        "Chad accused gunmen of burning a village, abducting ten people.",
    ],
)
def test_what_follows_an_accusation_is_no_deed_of_who_accuses(text):
    assert _deeds(text) == []
