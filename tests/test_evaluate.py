"""The measure itself: what counts as read, what as right, and the floors of the reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import DataError, InputError
from kg.evaluate import Score, Scores, below, measure, score, table
from kg.facts import Fact, gold_facts, read_facts, same
from kg.gold import GoldItem, corpus_hash, load_gold
from kg.model import (
    EXPECTED,
    HELD,
    Article,
    Entity,
    EventMention,
    Interval,
    Key,
    Reading,
    Role,
    Span,
    Stance,
    Term,
)
from kg.pipeline import load_kb, read

if TYPE_CHECKING:
    from kg.kb import KnowledgeBase

GOLD = Path(__file__).parent / "gold"
FLOORS = json.loads((GOLD / "floors.json").read_text(encoding="utf-8"))
SIZES = {"dev.jsonl": 320, "articles-blind.jsonl": 30, "articles-later.jsonl": 48, "articles-fresh.jsonl": 16}
TEXT = "Ana Lima led the Brazilian team at talks with Peru in Quito."


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return load_kb()


def entity(key: str, kind: str, label: str, *, known: bool = True) -> Entity:
    return Entity(Key(key), Term(kind), label, known=known)


def item(*facts: dict[str, object]) -> GoldItem:
    return GoldItem(Article(id="a", text=TEXT), facts)


def fact(p: str, s: object, o: object, **more: object) -> dict[str, object]:
    return {"p": p, "s": s, "o": o, **more}


def reading(*roles: Role, **more: object) -> Reading:
    entities = (
        entity("state/brazil", "dip:State", "Brazil"),
        entity("state/peru", "dip:State", "Peru"),
        entity("person/ana-lima", "dip:Person", "Ana Lima", known=False),
    )
    mention = EventMention(Key("talks@1"), Term("dip:Talks"), roles, Span(0, len(TEXT)), **more)  # type: ignore[arg-type]
    return Reading(Article(id="a", text=TEXT), entities, (), (mention,))


def takes_part(who: str, **more: object) -> Role:
    return Role(Term("dip:participatesIn"), who, **more)  # type: ignore[arg-type]


TALKS = (fact("type", "talks#1", "Talks"), fact("status", "talks#1", "held"))
PARTIES = (fact("participatesIn", "Brazil", "talks#1"), fact("participatesIn", "the Peru", "talks#1"))


def test_a_perfect_reading_scores_one(kb: KnowledgeBase) -> None:
    perfect = reading(takes_part("state/brazil"), takes_part("state/peru"), status=HELD)
    scores = score([item(*TALKS, *PARTIES)], [perfect], kb=kb)
    assert scores.total == Score(gold=3, read=3, hits=3, right=3)
    assert (scores.total.f1, scores.stance, scores.differences) == (1.0, 1.0, ())


def test_what_is_missed_costs_recall_and_what_is_invented_costs_precision(kb: KnowledgeBase) -> None:
    wrong = reading(takes_part("state/brazil"), Role(Term("dip:hosts"), "state/peru"))
    scores = score([item(*PARTIES)], [wrong], kb=kb)
    assert scores.total.recall == 0.5
    assert scores.total.precision == 0.5
    (difference,) = scores.differences
    assert [f.name for f in difference.missing] == ["state/peru"]
    assert [f.predicate for f in difference.extra] == ["hosts"]


def test_modality_and_polarity_are_scored_apart_from_the_facts(kb: KnowledgeBase) -> None:
    planned = reading(takes_part("state/brazil"), takes_part("state/peru", stance=Stance(modality=EXPECTED)))
    scores = score([item(*PARTIES)], [planned], kb=kb)
    assert scores.total.f1 == 1.0
    assert (scores.stances, scores.stances_right, scores.stance) == (2, 1, 0.5)


def test_a_denied_fact_read_as_true_is_the_wrong_polarity(kb: KnowledgeBase) -> None:
    denied = item(fact("participatesIn", "Peru", "talks#1", neg=True))
    assert score([denied], [reading(takes_part("state/peru"))], kb=kb).stance == 0.0


def test_a_side_whose_delegation_is_led_takes_part(kb: KnowledgeBase) -> None:
    led = reading(Role(Term("dip:leads"), "person/ana-lima", side=Key("state/brazil")))
    assert Fact("participatesIn", "state/brazil") in read_facts(led)
    gold = gold_facts(item(fact("leads", "Ana Lima", "Brazil")), kb)
    assert set(gold) == {Fact("leads", "ana lima", "state/brazil"), Fact("participatesIn", "state/brazil")}


def test_days_and_status_are_compared_as_they_stand(kb: KnowledgeBase) -> None:
    day = Interval(None, None, "2024-03-04")
    found = read_facts(reading(when=day, status=HELD))
    assert set(found) == {Fact("edtf", "2024-03-04"), Fact("status", "held", "Talks")}
    assert not same(Fact("edtf", "2024-03-05"), Fact("edtf", "2024-03-04"))


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (Fact("leads", "ana lima", "state/brazil"), Fact("leads", "lima", "state/brazil", person=True), True),
        (
            Fact("leads", "ana lima", "state/brazil"),
            Fact("leads", "ana lima", "state/peru", person=True),
            False,
        ),
        (
            Fact("leads", "ana lima", "state/brazil"),
            Fact("leads", "ana souza", "state/brazil", person=True),
            False,
        ),
        (Fact("hosts", "azawad rebel alliance"), Fact("hosts", "azawad alliance"), True),
        (Fact("hosts", "azawad alliance"), Fact("hosts", "rebel alliance"), False),
        (Fact("hosts", "azawad alliance"), Fact("brokers", "azawad alliance"), False),
        (Fact("hosts", "peru"), Fact("hosts", "state/peru"), False),
        (Fact("takes", "state/peru", "Demand"), Fact("takes", "state/peru", "Offer"), False),
        (Fact("hosts", ""), Fact("hosts", "peru"), False),
    ],
)
def test_when_two_facts_are_the_same(*, one: Fact, other: Fact, agree: bool) -> None:
    assert same(one, other) is agree


@pytest.mark.parametrize(
    "line", ["no json", "[]", '{"id": "x"}', '{"id": "x", "text": "t", "facts": [{"p": "leads"}]}']
)
def test_a_broken_gold_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a", "text": "t", "date": null, "facts": []}\n' + line, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_gold(path)
    assert caught.value.where == f"{path}:2"


def test_gold_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.jsonl"):
        load_gold(tmp_path / "none.jsonl")


def test_readings_and_gold_must_be_as_many(kb: KnowledgeBase) -> None:
    with pytest.raises(ValueError, match="shorter"):
        score([item(), item()], [reading()], kb=kb)


def test_a_figure_under_its_floor_is_told() -> None:
    scores = Scores({"leads": Score(gold=4, read=2, hits=1, right=1)}, 2, 1, ())
    assert below(scores, {"leads": {"recall": 0.25, "precision": 0.5}, "stance": {"share": 0.5}}) == ()
    assert below(scores, {"leads": {"recall": 0.3}}) == ("leads recall: 0.250 is below its floor 0.300",)
    with pytest.raises(DataError, match="joins"):
        below(scores, {"joins": {"recall": 0.1}})


def test_the_table_has_a_line_for_each_property_and_the_total() -> None:
    text = table(Scores({"leads": Score(4, 2, 1, 1)}, 2, 1, ()))
    assert [line.split()[0] for line in text.splitlines()[1:3]] == ["leads", "all"]
    assert "0.50" in text


def test_the_floors_belong_to_these_very_texts() -> None:
    assert {name: corpus_hash(GOLD / name) for name in SIZES} == {
        n: f["corpus_sha256"] for n, f in FLOORS.items()
    }


@pytest.mark.parametrize("name", SIZES)
def test_the_reader_keeps_its_floors(kb: KnowledgeBase, name: str) -> None:
    gold = load_gold(GOLD / name)
    assert len(gold) == SIZES[name]
    figures = measure(gold, list(read((one.article for one in gold), kb=kb)), kb=kb)
    broken = below(figures, FLOORS[name]["floors"])
    if broken:
        pytest.fail("\n".join([*broken, table(figures)]), pytrace=False)
