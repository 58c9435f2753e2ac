"""The vocabulary says what the ontology says, and refuses what it does not know."""

import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.vocab import BASE, NS, Vocabulary, _load, data_folder


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary.load()


def test_expands_and_shrinks_every_term(vocabulary):
    terms = (*vocabulary.classes, *vocabulary.properties)
    assert len(vocabulary.classes) >= 44
    assert len(vocabulary.properties) >= 44
    for term in terms:
        assert vocabulary.expand(term) == NS + term.removeprefix("dip:")
        assert vocabulary.shrink(vocabulary.expand(term)) == term
    assert vocabulary.expand("rdf:type") == "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    assert vocabulary.shrink("https://example.org/x") == "https://example.org/x"


def test_every_term_has_a_label_and_a_definition(vocabulary):
    for term in (*vocabulary.classes, *vocabulary.properties):
        assert vocabulary.label(term)
        assert vocabulary.definition(term)


def test_superclasses_come_nearest_first(vocabulary):
    assert vocabulary.superclasses("dip:IndirectTalks") == ("dip:Talks", "dip:Meeting", "dip:Event")
    assert vocabulary.superclasses("dip:State") == ("dip:Polity", "dip:Actor", "dip:Place")
    assert vocabulary.superclasses("dip:Event") == ()
    assert "dip:State" in vocabulary.subclasses("dip:Actor")
    assert vocabulary.is_a("dip:Call", "dip:Event")
    assert vocabulary.is_a("dip:Call", "dip:Call")
    assert not vocabulary.is_a("dip:Event", "dip:Call")
    assert vocabulary.is_a("dip:brokers", "dip:involvedIn")


@pytest.mark.parametrize(
    ("prop", "subject"),
    [
        ("dip:hosts", True),
        ("dip:leads", True),
        ("dip:metWith", True),
        ("dip:location", False),
        ("dip:concerns", False),
    ],
)
def test_tells_on_which_side_the_filler_stands(vocabulary, prop, subject):
    assert vocabulary.filler_is_subject(prop) is subject


def test_tells_literals_from_things(vocabulary):
    assert vocabulary.is_literal("dip:edtf")
    assert not vocabulary.is_literal("dip:status")
    assert vocabulary.range("dip:votesFor") == "xsd:integer"


def test_ranks_statuses_and_nothing_else(vocabulary):
    statuses = vocabulary.individuals("dip:EventStatus")
    assert len(statuses) == 7
    assert max(statuses, key=vocabulary.rank) == "dip:StatusHeld"
    with pytest.raises(DataError, match="dip:Talks has no dip:rank"):
        vocabulary.rank("dip:Talks")


@pytest.mark.parametrize("method", ["expand", "superclasses", "label", "is_literal", "rank", "definition"])
def test_names_an_unknown_term(vocabulary, method):
    with pytest.raises(DataError, match="dip:Talkz") as caught:
        getattr(vocabulary, method)("dip:Talkz")
    assert "dip:Talks" in caught.value.hint


@pytest.mark.parametrize(
    ("term", "code"),
    [
        ("dip:Talks", "CONSULT"),
        ("dip:Call", "CONSULT"),  # "CONSULT/phone"
        ("dip:Agreement", "SUPPORT"),  # "SUPPORT (sign formal agreement)"
        ("dip:Ceasefire", "SUPPORT"),  # that of the agreement
        ("dip:Concession", "CONCEDE"),  # "CONCEDE", "RETREAT": the first in the alphabet
        ("dip:brokers", "CONSULT"),  # that of mediating
        ("dip:Vote", None),
        ("dip:Act", None),
        ("dip:hosts", None),
    ],
)
def test_gives_bare_plover_codes(vocabulary, term, code):
    assert vocabulary.plover(term) == code


def test_the_plover_codes_are_those_of_plover(vocabulary):
    """The list is that of the PLOVER reference; CRIME is the one we have no class for."""
    known = (
        "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT INVESTIGATE DEMAND DISAPPROVE REJECT THREATEN"
    )
    known += " PROTEST CRIME SANCTION MOBILIZE COERCE ASSAULT"
    codes = {vocabulary.plover(term) for term in (*vocabulary.classes, *vocabulary.properties)} - {None}
    assert codes == set(known.split()) - {"CRIME", "RETREAT"}


def test_is_read_once():
    _load.cache_clear()
    assert Vocabulary.load() is Vocabulary.load()
    assert (_load.cache_info().misses, _load.cache_info().hits) == (1, 1)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("dip:A a owl:Class .", "no rdfs:label"),
        ('dip:A a owl:Class ; rdfs:label "A" ; rdfs:subClassOf dip:B .', "dip:B, which is not declared"),
        ('dip:A a owl:Class ; rdfs:label "A" ; rdfs:subClassOf dip:A .', "lies below itself"),
        ('dip:A a owl:Class ; rdfs:label "A" ; dip:plover "some code" .', "no PLOVER code in 'some code'"),
        ("dip:A a owl:Class", "does not parse"),
    ],
)
def test_refuses_a_broken_ontology(tmp_path, body, fault):
    prefixes = (
        f"@prefix dip: <{NS}> . @prefix owl: <http://www.w3.org/2002/07/owl#> . "
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
    )
    path = tmp_path / "broken.ttl"
    path.write_text(f"{prefixes}\n{body}", encoding="utf-8")
    with pytest.raises(DataError, match=fault):
        Vocabulary.load(path)


def test_refuses_a_missing_file_and_a_missing_folder(tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        Vocabulary.load(tmp_path / "none.ttl")
    with pytest.raises(DataError, match="nothing"):
        data_folder("nothing")


def test_needs_neither_rdflib_nor_spacy():
    code = "import sys; from kg.vocab import Vocabulary; Vocabulary.load(); print({'rdflib', 'spacy'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    assert done.stdout.strip() == "set()"


def test_base_and_namespace_differ():
    assert BASE != NS
