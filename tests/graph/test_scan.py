"""What is taken from a store for a comparison: the same as from all of its triples, and never rows by the power."""

import random

import pyoxigraph as ox
import pytest
import scenarios

from kg.graph import scan
from kg.graph.assemble import assemble
from kg.graph.sides import side_of, side_of_store
from kg.graph.store import EmbeddedStore, ontology_triples
from kg.vocab import NS, RDFS, Vocabulary

ODD = 25
ELSE = ox.NamedNode("http://example.org/else")


@pytest.fixture(scope="module")
def whole():
    """Give the triples of all the small stories, with the ontology."""
    readings = [reading for story in scenarios.STORIES for reading in story()]
    found = assemble(readings, vocabulary=Vocabulary.load(), kb_version="test")
    return (*found.triples, *ontology_triples())


def odd(triples, chance):
    """Give a graph in which things are missing, are said twice and otherwise, or have no name."""
    of_property = {}
    for triple in triples:
        of_property.setdefault(triple.predicate, []).append(triple.object)
    for triple in triples:
        subject, predicate, value = triple
        if chance.random() > 0.1:
            yield triple
        if chance.random() < 0.1:
            yield ox.Triple(subject, predicate, chance.choice(of_property[predicate]))
        if chance.random() < 0.02:
            yield ox.Triple(ox.BlankNode("one"), predicate, value)
            yield ox.Triple(subject, predicate, ox.BlankNode("other"))
        if chance.random() < 0.02:
            yield ox.Triple(ELSE, predicate, value)


def test_a_store_gives_the_side_that_all_its_triples_give(whole):
    with EmbeddedStore.of(whole) as store:
        found = side_of_store(store)
        assert found == side_of(store.triples())
    assert found == side_of(whole)
    assert len(found.claims) > 50
    assert len(found.articles) > 10


def test_so_does_a_store_in_which_nothing_is_as_it_should_be(whole):
    sides = []
    for seed in range(ODD):
        with EmbeddedStore.of(odd(whole, random.Random(seed))) as store:
            sides.append(side_of_store(store))
            assert sides[-1] == side_of(store.triples())
    assert len({side.claims for side in sides}) == ODD
    assert any(not all(claim.triple) for claim in sides[0].claims)


def test_a_type_that_is_not_asked_for_and_what_nobody_looks_at_does_not_come(whole):
    with EmbeddedStore.of(whole) as store:
        found = list(scan.said(store, [f"{NS}Claim"]))
        count = len(store)
    assert {value for _, predicate, value in found if predicate == scan.TYPE} == {f"{NS}Claim"}
    assert f"{RDFS}subClassOf" not in {predicate for _, predicate, _ in found}
    assert len(found) == len(set(found)) < count


def test_a_claim_with_many_values_is_no_flood_of_rows():
    """Joined, twelve values of each of eight properties would be 12**8 rows."""
    claim = ox.NamedNode("http://example.org/claim/1")
    triples = [ox.Triple(claim, ox.NamedNode(scan.TYPE), ox.NamedNode(f"{NS}Claim"))]
    triples += [
        ox.Triple(claim, ox.NamedNode(predicate), ox.Literal(f"value {number}"))
        for predicate in scan.OF_CLAIMS
        for number in range(12)
    ]
    with EmbeddedStore.of(triples) as store:
        assert sorted(scan.said(store, [f"{NS}Claim"])) == sorted(scan.plain(triples))
