"""Two graphs on one page: what is marked, what is put back, and that it agrees with ``kg diff``."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest
from test_page import SAMPLE

from kg.graph.diff import compare
from kg.graph.page_changes import changes_between
from kg.graph.page_data import page_data
from kg.graph.page_style import load_style
from kg.graph.page_triples import read_triples
from kg.graph.sides import side_of
from kg.graph.store import ontology_triples

TRIPLES = [
    *ontology_triples(),
    *(quad.triple for quad in ox.parse(SAMPLE.read_bytes(), ox.RdfFormat.TURTLE)),
]
CLAIM = "https://example.org/id/claim/"
CONTRADICTS = "https://w3id.org/diplomacy-kg/ns#contradicts"


def without(*claims: str) -> list[ox.Triple]:
    """Give the sample without some claims."""
    gone = {CLAIM + name for name in claims}
    left = [
        triple
        for triple in TRIPLES
        if getattr(triple.subject, "value", "") not in gone
        and getattr(triple.object, "value", "") not in gone
    ]
    assert len(left) < len(TRIPLES)
    return left


def page_of(before: list[ox.Triple], after: list[ox.Triple]) -> dict:
    changes = changes_between(before, after, compared="test")
    return page_data(read_triples(changes.store), load_style(), changes)


def kinds(data: dict) -> Counter[str]:
    return Counter(row["change"] for row in data["facts"])


def claims(data: dict, kind: str) -> set[str]:
    return {claim["id"] for row in data["facts"] if row["change"] == kind for claim in row["claims"]}


def test_a_graph_and_itself_are_all_the_same() -> None:
    assert kinds(page_of(TRIPLES, TRIPLES)) == {"same": 17}


def test_what_is_lost_is_put_back_with_its_quotes_and_marked() -> None:
    fewer = without("planned", "possible")
    lost, gained = page_of(TRIPLES, fewer), page_of(fewer, TRIPLES)
    assert claims(lost, "lost") == claims(gained, "gained") == {"claim/planned", "claim/possible"}
    assert kinds(lost) == {"same": 15, "lost": 2}
    assert kinds(gained) == {"same": 15, "gained": 2}
    for row in lost["facts"]:
        if row["change"] == "lost":
            claim = row["claims"][0]
            assert claim["quotes"]
            assert lost["docs"][claim["doc"]]["title"]


def test_a_new_quarrel_is_marked_on_both_of_its_sides() -> None:
    calm = [triple for triple in TRIPLES if triple.predicate.value != CONTRADICTS]
    data = page_of(calm, TRIPLES)
    assert claims(data, "disputed") == {"claim/brokered", "claim/notbrokered"}
    assert claims(page_of(TRIPLES, calm), "settled") == {"claim/brokered", "claim/notbrokered"}


@pytest.mark.parametrize(
    "gone", [("part1",), ("leads", "sent"), ("brokered",), ("takes", "asked", "content")]
)
def test_every_difference_is_told_somewhere_on_the_page(gone: tuple[str, ...]) -> None:
    for before, after in ((TRIPLES, without(*gone)), (without(*gone), TRIPLES)):
        found = compare(side_of(before), side_of(after))
        assert not found.equal
        data = page_of(before, after)
        told = Counter(kind for row in data["facts"] for kind, _ in row["changes"])
        told.update(words.split()[0] for node in data["nodes"] for words in node["changes"])
        for kind, count in Counter(each.kind for each in found.facts).items():
            assert told[kind] >= count, kind


def test_the_same_graphs_give_the_same_page_in_any_order_of_triples() -> None:
    fewer = without("planned", "part1")
    assert page_of(TRIPLES, fewer) == page_of(TRIPLES[::-1], fewer[::-1])
