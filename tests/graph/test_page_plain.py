"""Graphs that others made: plain facts, foreign words, nodes without a name, claims as triple terms."""

from __future__ import annotations

import pyoxigraph as ox

from kg.graph.page_data import page_data
from kg.graph.page_plain import store_of
from kg.graph.page_style import load_style
from kg.graph.page_triples import read_triples

FOREIGN = """
    @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix ex: <https://example.org/> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    ex:ada a foaf:Person ; foaf:name "Ada" ; foaf:knows ex:bob , [ foaf:knows ex:bob ] ; foaf:age 36 .
    foaf:knows a owl:ObjectProperty .
"""
UNTYPED = """
    @prefix dip: <https://w3id.org/diplomacy-kg/ns#> . @prefix id: <https://w3id.org/diplomacy-kg/id/> .
    <https://w3id.org/diplomacy-kg/id/state/north-land> dip:participatesIn <https://w3id.org/diplomacy-kg/id/talks/t> .
    <https://example.org/x> dip:leads <https://example.org/y> .
    <https://example.org/y> dip:participatesIn <https://w3id.org/diplomacy-kg/id/talks/t> .
    <https://example.org/one> dip:metWith <https://example.org/other> .
"""
TERMS = """
    @prefix dip: <https://w3id.org/diplomacy-kg/ns#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    <https://e.org/id/claim/x> a dip:Claim ; rdf:reifies <<( <https://e.org/a> dip:leads <https://e.org/b> )>> .
"""


def page_of(text: str) -> dict:
    triples = [quad.triple for quad in ox.parse(text.encode(), ox.RdfFormat.TURTLE)]
    return page_data(read_triples(store_of(triples)), load_style())


def said(data: dict) -> set[tuple[str, str, str]]:
    names = [node["label"] for node in data["nodes"]]
    return {
        (names[row["s"]], row["phrase"], row["v"] if row["o"] is None else names[row["o"]])
        for row in data["facts"]
    }


def test_facts_in_foreign_words_are_shown_and_terms_are_not() -> None:
    data = page_of(FOREIGN)
    assert said(data) == {
        ("Ada", "knows", "bob"),
        ("Ada", "knows", "unnamed 1"),
        ("unnamed 1", "knows", "bob"),
        ("Ada", "age", "36"),
    }
    assert {node["type"] for node in data["nodes"] if node["label"] == "Ada"} == {"Person"}
    assert {row["status"] for row in data["facts"]} == {"plain"}
    assert data["start"] == "full"


def test_what_has_no_class_gets_that_of_its_iri_or_of_its_properties() -> None:
    data = page_of(UNTYPED)
    kinds = {node["label"]: (node["type"], node["role"]) for node in data["nodes"]}
    assert kinds == {
        "north land": ("State", "actor"),
        "t": ("Talks", "hub"),
        "x": ("Person", "actor"),
        "y": ("Delegation", "fold"),
        "one": ("Actor", "actor"),
        "other": ("Actor", "actor"),
    }
    assert len(data["facts"]) == 4
    assert data["start"] == "actors"


def test_a_claim_told_by_a_triple_term_is_a_claim() -> None:
    data = page_of(TERMS)
    assert said(data) == {("a", "leads", "b")}
    assert len(data["facts"][0]["claims"]) == 1
    assert data["facts"][0]["status"] == "stated"


def test_the_ontology_alone_is_an_empty_page() -> None:
    data = page_of("")
    assert (data["nodes"], data["facts"]) == ([], [])
