"""All figures together: merging across articles, speakers, confusions, and their names."""

import pytest
from gold_and_read import entity, fact, item, mention, reading, told

from kg.evaluate import below, measure, table
from kg.evaluation.confusions import in_relations
from kg.evaluation.counts import Score, Share
from kg.evaluation.speakers import is_credited
from kg.evaluation.tables import confusion_lines
from kg.facts import gold_facts, read_facts
from kg.model import EXPECTED, Key, Stance
from kg.pipeline import load_kb

PERU, CHAD, MALI = "state/peru", "state/chad", "state/mali"
PAIR = ("Peru", "Chad")


@pytest.fixture(scope="module")
def kb():
    return load_kb()


def tale(name, day="2024-03-05", *, read_day=None, event="oslo-round", parties=(PERU, CHAD)):
    """An article on one round of talks, and what was read of it."""
    gold = item(name, *told("talks#1", "Talks", PAIR, place="Oslo"), events={"talks#1": event})
    found = mention("talks@1", "Talks", parties, day=read_day or day, place="place/oslo")
    return gold, reading(gold, found)


def figures(*tales, kb):
    return measure([gold for gold, _ in tales], [read for _, read in tales], kb=kb)


def test_merged_as_gold_has_it_scores_one(kb):
    found = figures(tale("a"), tale("b"), tale("c", "2024-06-01", event="other-round"), kb=kb)
    assert found.merging.found.f1 == found.merging.everything.f1 == 1.0
    assert found.merging.pairs == Score(1, 1, 1, 1)
    assert found.merging.faults == ()


def test_what_is_split_wrongly_costs_recall(kb):
    found = figures(tale("a"), tale("b", read_day="2024-06-01"), kb=kb).merging
    assert (found.found.precision, found.found.recall) == (1.0, 0.5)
    assert found.pairs == Score(1, 0, 0, 0)
    assert [(fault.merged, fault.one.article, fault.other.article) for fault in found.faults] == [
        (False, "a", "b")
    ]


def test_what_is_merged_wrongly_costs_precision(kb):
    found = figures(tale("a"), tale("b", event="other-round"), kb=kb).merging
    assert (found.found.precision, found.found.recall) == (0.5, 1.0)
    assert [fault.merged for fault in found.faults] == [True]


def test_an_event_that_was_not_read_is_on_its_own(kb):
    gold, _ = tale("b")
    found = figures(tale("a"), (gold, reading(gold)), kb=kb).merging
    assert (found.found.gold, found.found.read, found.found.recall) == (2, 1, 1.0)
    assert (found.everything.precision, found.everything.recall) == (1.0, 0.5)
    assert found.pairs == Score(1, 0, 0, 0)


def test_without_names_across_articles_merging_is_not_measured(kb):
    gold = item("a", *told("talks#1", "Talks", PAIR))
    found = measure([gold], [reading(gold, mention("talks@1", "Talks", [PERU]))], kb=kb)
    assert found.merging is None
    assert dict(found.lines())["merging"] is None
    assert "merging" not in found.named()
    assert "not measured" in table(found)


def test_every_figure_can_have_a_floor(kb):
    found = figures(tale("a"), tale("b", read_day="2024-06-01"), kb=kb)
    assert below(found, {"merging": {"precision": 1.0}, "events-lenient": {"f1": 1.0}}) == ()
    assert below(found, {"merging": {"recall": 0.9}}) == ("merging recall: 0.500 is below its floor 0.900",)
    assert {"roles", "days", "dates", "entities", "binding", "speaker", "stance"} <= set(found.named())


def test_role_facts_are_counted_together(kb):
    gold = item("a", *told("talks#1", "Talks", PAIR, place="Oslo"), fact("hosts", "Mali", "talks#1"))
    found = measure([gold], [reading(gold, mention("talks@1", "Talks", [PERU]))], kb=kb)
    assert found.roles == Score(gold=3, read=1, hits=1, right=1)


@pytest.mark.parametrize(
    ("by", "speaker", "right"),
    [
        (None, None, True),
        (None, entity(PERU), False),
        ("Peru", None, False),
        ("Peru", entity(PERU), True),
        ("Peru", entity(CHAD), False),
        ("Kremlin", entity("state/russia"), True),
        ("Egyptian foreign ministry", entity("state/egypt"), True),
        ("Egyptian foreign ministry", entity("state/chad"), False),
        ("an Israeli official", entity("state/israel"), True),
        ("Ana Lima", entity("person/ana-lima", "Ana Lima", known=False), True),
        ("Ana Lima", entity("person/rui-costa", "Rui Costa", known=False), False),
        ("two diplomats", entity(PERU), True),
        ("two diplomats", entity("agency/reuters"), False),
        ("two diplomats", None, False),
    ],
)
def test_who_is_credited(kb, by, speaker, right):
    assert is_credited(by, speaker, kb) is right


def test_only_facts_found_and_marked_count_for_speakers(kb):
    gold = item(
        "a",
        *told("talks#1", "Talks", ["Peru"], by="Chad"),
        fact("participatesIn", "Chad", "talks#1", by=None),
        fact("participatesIn", "Mali", "talks#1", by="Peru"),
        fact("participatesIn", "Togo", "talks#1"),
    )
    said = mention("talks@1", "Talks", [PERU], stance=Stance(speaker=Key(CHAD)))
    found = measure([gold], [reading(gold, said, mention("talks@1", "Talks", [CHAD, "state/togo"]))], kb=kb)
    assert found.speakers.share == Share(2, 2)
    assert found.speakers.credited == Score(1, 1, 1, 1)
    wrong = reading(gold, mention("talks@1", "Talks", [PERU, CHAD]))
    found = measure([gold], [wrong], kb=kb)
    assert found.speakers.share == Share(2, 1)
    assert found.speakers.credited == Score(1, 0, 0, 0)
    assert found.speakers.confusions == (("Chad", ""),)


def test_what_was_read_for_what(kb):
    gold = item(
        "a",
        *told("talks#1", "Talks", PAIR, day="2024-03-05", m="Expected"),
        fact("status", "talks#1", "planned"),
        fact("brokers", "Mali", "talks#1"),
    )
    read = reading(gold, mention("talks@1", "Call", [PERU, CHAD], day="2024-03"))
    found = measure([gold], [read], kb=kb).confusions
    assert [(one.kind, one.gold, one.read, one.count, one.ids) for one in found] == [
        ("type", "Talks", "Call", 1, ("a",)),
        ("date", "2024-03-05", "2024-03", 1, ("a",)),
        ("modality", "Expected", "Actual", 2, ("a",)),
    ]
    lines = list(confusion_lines(found))
    assert lines[0] == "type: Talks read as Call, 1 (a)"
    assert [line.split() for line in lines[2:]] == [
        ["modality", "Actual", "Expected"],
        ["Actual", "0", "0"],
        ["Expected", "2", "0"],
    ]


def test_the_matrix_also_holds_what_is_right(kb):
    gold = item("a", *told("talks#1", "Talks", PAIR, m="Expected"))
    read = reading(gold, mention("talks@1", "Talks", [PERU, CHAD], stance=Stance(modality=EXPECTED)))
    (only,) = measure([gold], [read], kb=kb).confusions
    assert (only.gold, only.read, only.count) == ("Expected", "Expected", 2)


def test_the_right_name_in_another_role(kb):
    gold = item("a", fact("brokers", "Mali", "talks#1"), fact("hosts", "Chad", "talks#1"))
    read = reading(gold, mention("talks@1", "Talks", [MALI]))
    assert list(in_relations(gold_facts(gold, kb), read_facts(read))) == [
        ("relation", "brokers", "participatesIn")
    ]
