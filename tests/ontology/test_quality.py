"""The ontology keeps its own rules, each rule bites on its fixture, and foreign terms are what their vocabularies say."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import namespace

from kg.graph import check
from kg.graph.quality import FILES, check_ontology, uses
from kg.graph.store import ontology_triples
from kg.vocab import Vocabulary, data_folder

FIXTURES = Path(__file__).parent / "quality"
RULES = check.rules("quality")

KNOWN = {
    "http://purl.org/dc/terms/": namespace.DCTERMS,
    "http://xmlns.com/foaf/0.1/": namespace.FOAF,
    "http://www.w3.org/ns/org#": namespace.ORG,
    "http://www.w3.org/ns/prov#": namespace.PROV,
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": namespace.RDF,
    "http://schema.org/": namespace.SDO,
    "http://www.w3.org/2004/02/skos/core#": namespace.SKOS,
}
"""The vocabularies whose terms rdflib lists; a term that is not in the list is an error."""


def load(path):
    return [quad.triple for quad in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE)]


def test_the_ontology_keeps_its_rules():
    report = check_ontology()
    assert report.results == (), str(report)


def test_every_rule_has_a_fixture_and_every_fixture_a_rule():
    assert {rule.name for rule in RULES} == {path.stem for path in FIXTURES.glob("*.ttl")}
    assert len(RULES) == 26


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_bites_on_its_fixture_and_no_other_does(rule):
    found = check_ontology(load(FIXTURES / f"{rule.name}.ttl")).results
    assert {finding.rule for finding in found} == {rule.name}
    assert all("{?" not in finding.message for finding in found)


def test_the_examples_keep_the_rules_and_shapes_of_any_graph():
    report = check.validate([*ontology_triples("examples.ttl"), *ontology_triples()])
    assert report.results == (), str(report)


def test_the_examples_quote_what_the_documents_say():
    """The passages of a document, put together again, are the text whose hash it carries."""
    nif = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
    graph = rdflib.Graph().parse(data_folder("ontology") / "examples.ttl")
    texts: dict[object, dict[int, str]] = {}
    for passage, document in graph.subject_objects(rdflib.URIRef(f"{nif}referenceContext")):
        begin = int(graph.value(passage, rdflib.URIRef(f"{nif}beginIndex")))
        texts.setdefault(document, {})[begin] = str(graph.value(passage, rdflib.URIRef(f"{nif}anchorOf")))
    assert len(texts) == 2
    for document, found in texts.items():
        text = " ".join(found[begin] for begin in sorted(found))
        said = graph.value(document, rdflib.URIRef("https://w3id.org/diplomacy-kg/ns#contentHash"))
        assert sha256(text.encode()).hexdigest() == str(said)
        assert all(text[begin : begin + len(words)] == words for begin, words in found.items())


def test_what_is_a_kind_of_something_else_is_so_in_every_graph():
    graph = rdflib.Graph().parse(data_folder("ontology") / "diplomacy.ttl")
    aligned = rdflib.Graph().parse(data_folder("ontology") / "alignments.ttl")
    for predicate in (namespace.RDFS.subClassOf, namespace.RDFS.subPropertyOf):
        kinds = set(aligned.subject_objects(predicate))
        assert kinds
        assert kinds <= set(graph.subject_objects(predicate))


def test_foreign_terms_are_terms_of_their_vocabularies():
    """What rdflib knows closed vocabularies of is compared with them; the rest is listed with its source."""
    graph = rdflib.Graph().parse(data_folder("ontology") / "vocabularies.ttl")
    compared = 0
    for term, home in graph.subject_objects(namespace.RDFS.isDefinedBy):
        assert str(term).startswith(str(home))
        assert graph.value(home, namespace.DCTERMS.description), home
        if str(home) in KNOWN:
            assert str(term).removeprefix(str(home)) in _names(KNOWN[str(home)]), term
            compared += 1
    assert compared >= 35


def _names(vocabulary):
    return set(vocabulary.__annotations__) | set(getattr(vocabulary, "_extras", []))


def test_uses_name_their_users():
    found = uses()
    assert {use.kind for use in found} == {"query", "rule", "shape", "frame", "example"}
    assert any(
        (use.term, use.kind, use.user) == ("dip:leads", "query", "who-led-which-delegation") for use in found
    )
    assert {use.term for use in found} <= set(Vocabulary.load().entries)


def test_both_parsers_read_every_file_alike():
    for name in (*FILES, "shapes.ttl", "view.ttl"):
        path = data_folder("ontology") / name
        assert len(rdflib.Graph().parse(path)) == len(set(load(path)))
