"""Events of gold and events that were read: which is which, and how facts are bound to them."""

import pytest
from gold_and_read import fact, item, mention, reading, told

from kg.evaluation.bcubed import bcubed
from kg.evaluation.binding import bound
from kg.evaluation.dates import contradict, days
from kg.evaluation.entities import entities
from kg.evaluation.events import EventTold, family, gold_events, read_events
from kg.evaluation.matching import is_lenient, is_strict, match, near_misses
from kg.facts import Fact, gold_facts, read_facts
from kg.model import Key, Role, Stance, Term
from kg.pipeline import load_kb
from kg.vocab import Vocabulary

PERU, CHAD, MALI = "state/peru", "state/chad", "state/mali"


@pytest.fixture(scope="module")
def kb():
    return load_kb()


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary.load()


def event(name, cls="Talks", parties=(PERU, CHAD), *, day=None, place=None):
    arguments = [Fact("participatesIn", who) for who in parties]
    arguments += [Fact("location", place)] if place else []
    return EventTold(
        name,
        cls,
        tuple(sorted(arguments)),
        frozenset([place] if place else []),
        frozenset([day] if day else []),
    )


GOLD = event("g", day="2024-03-05", place="place/oslo")


@pytest.mark.parametrize(
    ("read", "strict", "lenient"),
    [
        (event("r", day="2024-03-05", place="place/oslo"), True, True),
        (event("r", "Meeting", day="2024-03-05", place="place/oslo"), True, True),
        (event("r", "Call", day="2024-03-05", place="place/oslo"), False, True),
        (event("r", "Visit", day="2024-03-05", place="place/oslo"), False, False),
        (event("r", day="2024-03-06", place="place/oslo"), False, False),
        (event("r", day="2024-03", place="place/oslo"), False, True),
        (event("r", place="place/oslo"), False, True),
        (event("r", day="2024-03-05", place="place/quito"), False, True),
        (event("r", parties=(PERU,), day="2024-03-05", place="place/oslo"), False, True),
        (event("r", parties=(PERU, CHAD, MALI), day="2024-03-05", place="place/oslo"), False, True),
        (event("r", parties=(MALI,), day="2024-03-05"), False, False),
        (event("r", parties=(), day="2024-03-05"), False, False),
    ],
)
def test_the_two_criteria(vocabulary, read, strict, lenient):
    assert is_strict(GOLD, read, vocabulary) is strict
    assert is_lenient(GOLD, read, vocabulary) is lenient
    assert len(match([GOLD], [read], vocabulary)) == lenient


def test_the_best_pairs_come_first_and_nothing_is_used_twice(vocabulary):
    round_one, round_two = event("g1", day="2024-03-05", place="place/oslo"), event("g2")
    full, bare, late = event("r1", day="2024-03-05"), event("r2"), event("r3")
    found = match([round_one, round_two], [bare, full, late], vocabulary)
    assert [(one.gold.id, one.read.id, one.strict) for one in found] == [
        ("g1", "r1", False),
        ("g2", "r2", True),
    ]


def test_what_only_class_or_days_keep_apart_is_a_near_miss(vocabulary):
    visit, other_day = event("r1", "Visit"), event("r2", day="2024-03-09")
    first, second = event("g1"), event("g2", day="2024-03-01")
    assert match([second], [other_day], vocabulary) == ()
    found = near_misses([first, second], [visit, other_day], match([], [], vocabulary), vocabulary)
    assert {(one.gold.id, one.read.id) for one in found} == {("g1", "r2"), ("g2", "r1")}


def test_a_family_is_the_class_below_event(vocabulary):
    assert [
        family(name, vocabulary) for name in ("IndirectTalks", "Call", "Sanction", "Visit", "Nonsense")
    ] == [
        "Meeting",
        "Meeting",
        "Act",
        "Visit",
        "Nonsense",
    ]


def test_an_event_is_told_by_all_its_mentions_and_all_its_facts(kb, vocabulary):
    gold = item(
        "a",
        *told("talks#1", "Talks", ["Peru", "Chad"], day="2024-03-05", place="Oslo"),
        fact("participatesIn", "Mali", "talks#1", neg=True),
        fact("leads", "Ana Lima", "Brazil", ev="talks#1"),
        fact("type", "Demand#1", "Demand"),
    )
    (one,) = gold_events(gold, kb, vocabulary)
    assert {fact.name for fact in one.parties} == {PERU, CHAD, "state/brazil"}
    led = Role(Term("dip:leads"), "person/ana-lima", side=Key("state/brazil"))
    away = Role(Term("dip:participatesIn"), MALI, stance=Stance(negated=True))
    read = reading(
        gold,
        mention("talks@1", "Meeting", [PERU], day="2024-03-05"),
        mention("talks@1", "Talks", [CHAD], place="place/oslo", roles=(led, away), start=9),
        mention("demand@2", "Demand"),
        unknown=("person/ana-lima",),
    )
    (other,) = read_events(read, kb, vocabulary)
    assert other.type == "Talks"
    assert is_strict(one, other, vocabulary)


def test_the_state_around_a_place_is_no_other_place(kb, vocabulary):
    gold = item("a", *told("talks#1", "Talks", ["Peru"], place="Oslo"))
    wide = Role(Term("dip:location"), "state/norway")
    read = reading(gold, mention("talks@1", "Talks", [PERU], place="place/oslo", roles=(wide,)))
    assert is_strict(gold_events(gold, kb, vocabulary)[0], read_events(read, kb, vocabulary)[0], vocabulary)


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02-05~/2024-03", "2024-02-05", "2024-03-31"),
        ("2022/..", "2022-01-01", "9999-12-31"),
        ("../2022-05-01?", "0001-01-01", "2022-05-01"),
    ],
)
def test_the_days_of_a_date(edtf, first, last):
    assert tuple(day.isoformat() for day in days(edtf)) == (first, last)


def test_only_dates_without_a_common_day_contradict():
    assert contradict({"2024-02"}, {"2024-03-01"})
    assert not contradict({"2024-02", "2024-03"}, {"2024-03-01"})
    assert not contradict({"2024-02"}, set())
    assert not contradict({"2024-02"}, {"soon"})
    assert [days(text) for text in ("soon", "2024-13", "2024-03/2024-02", "")] == [None] * 4


def test_binding_tells_facts_of_one_event_from_those_of_another():
    gold = [event("g1", day="2024-03-05"), event("g2", parties=(MALI,), day="2024-04-01")]
    both = [event("r", parties=(PERU, CHAD, MALI), day="2024-03-05")]
    kept = [event("r1", day="2024-03-05"), event("r2", parties=(MALI,))]
    vocabulary = Vocabulary.load()
    mixed = bcubed(bound(gold, both, match(gold, both, vocabulary)))
    assert (mixed.gold, mixed.precision, mixed.recall) == (4, (3 * 3 / 4 + 1 / 4) / 4, 1.0)
    apart = bcubed(bound(gold, kept, match(gold, kept, vocabulary)))
    assert (apart.gold, apart.f1) == (4, 1.0)


def test_facts_that_stand_in_two_events_go_with_the_matched_one():
    gold = [event("g1", day="2024-03-05"), event("g2", day="2024-04-01")]
    read = [event("r2", day="2024-04-01"), event("r1", day="2024-03-05")]
    labels = bound(gold, read, match(gold, read, Vocabulary.load()))
    assert set(labels) == {("g1", "r1"), ("g2", "r2")}


def test_names_count_once_whatever_is_said_of_them(kb):
    gold = item(
        "a", *told("talks#1", "Talks", ["Peru", "Chad"], place="Oslo"), fact("hosts", "Peru", "talks#1")
    )
    read = reading(gold, mention("talks@1", "Talks", [PERU, MALI], day="2024-03-05"))
    found = entities(gold_facts(gold, kb), read_facts(read))
    assert (found.gold, found.read, found.hits, found.right) == (3, 2, 1, 1)
