"""What the shapes must accept and refuse: thirteen small graphs, with the ontology beside them."""

from __future__ import annotations

from functools import cache
from itertools import count
from pathlib import Path

import pytest
import rdflib
from pyshacl import validate

ONTOLOGY = Path(__file__).parents[2] / "ontology"
HASH = "a" * 64
WORLD = f"""
@prefix dip: <https://w3id.org/diplomacy-kg/ns#> .
@prefix x: <https://w3id.org/diplomacy-kg/id/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
x:d a dip:Document ; dct:title "t" ; dip:contentHash "{HASH}" .
x:p a dip:Passage ; nif:referenceContext x:d ; nif:anchorOf "a" ;
    nif:beginIndex "0"^^xsd:nonNegativeInteger ; nif:endIndex "1"^^xsd:nonNegativeInteger .
x:A a dip:State, dip:Actor, dip:Place ; rdfs:label "A"@en .
x:B a dip:State, dip:Actor, dip:Place ; rdfs:label "B"@en .
x:I a dip:Agreement, dip:Instrument ; rdfs:label "I"@en .
x:E a dip:Talks, dip:Meeting, dip:Event ; rdfs:label "E"@en .
"""
_NUMBERS = count(1)


def claim(subject, predicate, found, modality="Actual", *, negated="false"):
    return (
        f"x:c{next(_NUMBERS)} a dip:Claim ; rdf:subject {subject} ; rdf:predicate {predicate} ;"
        f" rdf:object {found} ; dip:modality dip:{modality} ; dip:negated {negated} ; dip:confidence 0.9 ;"
        " dip:evidence x:p ; dip:reportedIn x:d ; prov:wasGeneratedBy x:run .\n"
    )


def status(name):
    return claim("x:E", "dip:status", f"dip:Status{name}") + f"x:E dip:status dip:Status{name} .\n"


def part(modality="Actual"):
    return claim("x:A", "dip:participatesIn", "x:E", modality)


IN = "x:A dip:participatesIn x:E .\n"

ACCEPTED = {
    "cancelled plan, no participants in the view": part("Expected") + status("Cancelled"),
    "cancelled, told as a fact and kept out": part() + status("Cancelled"),
    "planned with expected participants": part("Expected") + status("Planned") + IN,
    "held, expected participant kept out": part("Expected") + status("Held"),
    "signed": claim("x:A", "dip:signs", "x:I") + "x:A dip:signs x:I .",
    "no status": claim("x:A", "dip:guarantees", "x:E") + "x:A dip:guarantees x:E .",
    "not a ceasefire": claim("x:I", "rdf:type", "dip:Ceasefire", negated="true")
    + claim("x:A", "dip:signs", "x:I")
    + "x:A dip:signs x:I .",
    "a request of nobody in particular": claim("x:S", "dip:addressedTo", "x:B")
    + 'x:S a dip:Demand, dip:Stance ; rdfs:label "ask"@en ; dip:addressedTo x:B .',
    "background from the knowledge base": 'x:P a dip:Place ; rdfs:label "P"@en ; dip:locatedIn x:A .',
    "two vote counts": claim("x:V", "dip:voteOn", "x:I")
    + claim("x:V", "dip:votesFor", "1")
    + claim("x:V", "dip:votesFor", "2")
    + 'x:V a dip:Vote, dip:Event ; rdfs:label "v"@en ; dip:voteOn x:I ; dip:votesFor 1, 2 .',
}
REFUSED = {
    "cancelled with participants in the view": part("Expected") + status("Cancelled") + IN,
    "held, only an expected participant in the view": part("Expected") + status("Held") + IN,
    "will sign, in the view": claim("x:A", "dip:signs", "x:I", "Expected") + "x:A dip:signs x:I .",
}


@cache
def parsed(name):
    return rdflib.Graph().parse(ONTOLOGY / name)


def conforms(body):
    data = rdflib.Graph().parse(data=WORLD + body, format="turtle")
    ok, _, report = validate(
        data, shacl_graph=parsed("shapes.ttl"), ont_graph=parsed("diplomacy.ttl"), advanced=True
    )
    return ok, report


def test_there_are_thirteen():
    assert (len(ACCEPTED), len(REFUSED)) == (10, 3)


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name):
    ok, report = conforms(ACCEPTED[name])
    assert ok, report


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    assert not conforms(REFUSED[name])[0]
