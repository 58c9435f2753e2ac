"""Articles on one matter: there a little agreement makes reports one, and what speaks against it does not."""

from __future__ import annotations

from itertools import permutations

import pytest
from readings import KB, leads
from scenarios import ANI, ARMENIA, AZERBAIJAN, CAUCASUS, GENEVA, LEYLA, TBILISI, VAHAN, draft

from kg.graph.assemble import assemble
from kg.vocab import Vocabulary

NAMES = {ARMENIA: "Armenia", AZERBAIJAN: "Azerbaijan", ANI: "Ani Petrosyan", LEYLA: "Leyla Aliyeva"}
PERSONS = [("participatesIn", ANI), ("participatesIn", LEYLA)]
LED = [leads(ANI, ARMENIA)]


def article(name, day=12, names=NAMES):
    """An article of 12 February 2024 that names all of them, and tells nothing yet."""
    a = draft(name, 2024, 2, day)
    a.say(f"{name}: {', '.join(NAMES[key] for key in names)}.")
    for key in names:
        a.name(NAMES[key], key)
    return a


def tell(a, roles=(), *, kind="Talks", place=None, key="talks@0", **more):
    where = [("location", place)] if place else []
    a.tell(key, kind, f"Of {key} in {a.id}.", [*roles, *where], **more)
    return a


def report(name, roles=(), *, day=12, names=NAMES, **more):
    return tell(article(name, day, names), roles, **more)


def graph(*drafts):
    return assemble([one.reading() for one in drafts], vocabulary=Vocabulary.load(), kb_version=KB)


def groups(*drafts):
    return sorted((len(event.members) for event in graph(*drafts).events), reverse=True)


PLACE_AND_MONTH = {"place": TBILISI, "when": "2024-01"}
ONE = {
    "a place and a month": ({}, PLACE_AND_MONTH, PLACE_AND_MONTH),
    "a number and a month": ({}, {"ordinal": 4, "when": "2024-03-09"}, {"ordinal": 4, "when": "2024-03"}),
    "two persons": ({}, {"roles": PERSONS}, {"roles": PERSONS}),
    "one side with its leader, the same day": (
        {},
        {"roles": [*CAUCASUS, *LED], "place": TBILISI, "when": "2024-02-10"},
        {"roles": [CAUCASUS[0], *LED], "when": "2024-02-10"},
    ),
    "the next day, a leader in common": (
        {},
        {"roles": [*CAUCASUS, *LED], "place": TBILISI, "when": "2024-02-10"},
        {"roles": [*CAUCASUS, *LED, leads(VAHAN, ARMENIA)], "place": TBILISI, "when": "2024-02-11"},
    ),
    "a visit without a day": (
        {},
        {"roles": PERSONS[:1], "kind": "Visit", "place": TBILISI, "when": "2024-02-10"},
        {"roles": PERSONS[:1], "kind": "Visit", "place": TBILISI},
    ),
}
TWO = {
    "other names": ({"names": [ARMENIA, AZERBAIJAN]}, PLACE_AND_MONTH, PLACE_AND_MONTH),
    "a month later": ({"day": 25}, PLACE_AND_MONTH, PLACE_AND_MONTH),
    "only a month": ({}, {"when": "2024-01"}, {"when": "2024-01"}),
    "one state and a month": (
        {},
        {"roles": CAUCASUS, "when": "2024-01-10"},
        {"roles": CAUCASUS[:1], "when": "2024-01"},
    ),
    "other places": ({}, {"roles": PERSONS, "place": TBILISI}, {"roles": PERSONS, "place": GENEVA}),
    "other numbers": ({}, {"ordinal": 2, **PLACE_AND_MONTH}, {"ordinal": 3, **PLACE_AND_MONTH}),
    "other parties": (
        {},
        {"roles": CAUCASUS[:1], **PLACE_AND_MONTH},
        {"roles": CAUCASUS[1:], **PLACE_AND_MONTH},
    ),
    "one party of two": (
        {},
        {"roles": CAUCASUS, **PLACE_AND_MONTH},
        {"roles": [CAUCASUS[0], ("participatesIn", "state/georgia")], **PLACE_AND_MONTH},
    ),
    "other days": (
        {},
        {"roles": PERSONS, "place": TBILISI, "when": "2024-02-08"},
        {"roles": PERSONS, "place": TBILISI, "when": "2024-02-10"},
    ),
    "the next day, nobody in common but states": (
        {},
        {"roles": CAUCASUS, "place": TBILISI, "when": "2024-02-10"},
        {"roles": CAUCASUS, "place": TBILISI, "when": "2024-02-11"},
    ),
    "one is over, one is to come": (
        {},
        {"roles": PERSONS, "status": "Held"},
        {"roles": PERSONS, "status": "Proposed"},
    ),
    "another weekday": (
        {},
        {"roles": PERSONS, "place": TBILISI, "when": "2024-02-10"},
        {"roles": PERSONS, "place": TBILISI, "weekday": 0},
    ),
    "a call is no meeting": ({}, {"roles": PERSONS, "kind": "Call"}, {"roles": PERSONS, "kind": "Meeting"}),
}


@pytest.mark.parametrize("name", ONE)
def test_one_event(name):
    more, one, other = ONE[name]
    (event,) = graph(report("a", **one), report("b", **other, **more)).events
    assert len(event.members) == 2
    assert any("articles on one matter" in reason.why for reason in event.reasons)


@pytest.mark.parametrize("name", TWO)
def test_two_events(name):
    more, one, other = TWO[name]
    assert groups(report("a", **one), report("b", **other, **more)) == [1, 1]


def test_an_event_in_common_makes_articles_akin_whatever_they_name():
    day = {"roles": CAUCASUS, "place": TBILISI, "when": "2024-02-10"}
    first, second = report("a", **day), report("b", names=[], day=27, **day)
    for one in (first, second):
        tell(one, key="talks@9", **PLACE_AND_MONTH)
    assert groups(first, second) == [2, 2]


def test_a_report_with_two_candidates_stays_alone():
    both = report("a", **PLACE_AND_MONTH)
    tell(both, key="talks@9", **PLACE_AND_MONTH)
    assert groups(both, report("b", **PLACE_AND_MONTH)) == [1, 1, 1]


def test_the_candidate_that_agrees_in_more_is_taken():
    both = report("a", **PLACE_AND_MONTH)
    tell(both, [*CAUCASUS, *LED], key="talks@9", **PLACE_AND_MONTH)
    found = graph(both, report("b", [*CAUCASUS, *LED], **PLACE_AND_MONTH))
    (event,) = (event for event in found.events if len(event.members) > 1)
    assert {key for _, key in event.members} == {"talks@9", "talks@0"}


def test_a_report_that_names_nobody_does_not_make_two_events_one():
    told = [
        report("a", CAUCASUS[:1], **PLACE_AND_MONTH),
        report("b", CAUCASUS[1:], **PLACE_AND_MONTH),
        report("c", **PLACE_AND_MONTH),
    ]
    assert groups(*told) == [1, 1, 1]


def test_the_order_of_articles_does_not_matter():
    drafts = [report(name, PERSONS) for name in "abc"]
    tell(drafts[0], key="talks@9", **PLACE_AND_MONTH)
    tell(drafts[2], CAUCASUS, key="talks@9", **PLACE_AND_MONTH)
    assert groups(*drafts) == [3, 2]
    assert len({graph(*order).ntriples() for order in permutations(drafts)}) == 1
