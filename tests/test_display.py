"""What a notebook shows is HTML that no text of an article can break, and that everybody can read."""

import html.parser
import re

import pyoxigraph as ox
import pytest

import kg as package
from kg.config import Settings
from kg.display import SHOWN
from kg.errors import InputError
from kg.graph.store import EmbeddedStore, ontology_triples
from kg.opened import Graph
from kg.text.notices import Notice
from kg.text.read import Refusal

HOSTILE = '</td><script>alert(1)</script><img src=x onerror="a()">\u202eeslaf'
QUOTED = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')

# Two claims that contradict each other, of an article whose every text is hostile.
TURTLE = f"""
@prefix dip: <https://w3id.org/diplomacy-kg/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> . @prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/diplomacy-kg/id/> .
<person/a> a dip:Person ; rdfs:label "{QUOTED}" ; skos:altLabel "{QUOTED}2" ; dip:participatesIn <talks/t> .
<person/b> a dip:Person ; rdfs:label "B" ; dip:metWith <person/a> .
<doc/d#2> a dip:Passage ; nif:anchorOf "characters of the second" ; nif:beginIndex 10 ; nif:endIndex 19 ;
  nif:referenceContext <doc/d> .
<doc/d#3> a dip:Passage ; nif:anchorOf "third" ; nif:beginIndex 20 ; nif:endIndex 29 ; nif:referenceContext <doc/d> .
<talks/t> a dip:Talks , dip:Event ; rdfs:label "{QUOTED}t" ; dip:earliest "2025-05-10"^^xsd:date ;
  dip:status dip:StatusHeld .
<doc/d> a dip:Document ; dcterms:title "{QUOTED}" ; dcterms:publisher "{QUOTED}" ; schema:url <javascript:alert(1)> .
<doc/d#1> a dip:Passage ; nif:anchorOf "{QUOTED}" ; nif:beginIndex 0 ; nif:endIndex 9 ; nif:referenceContext <doc/d> .
<claim/aaaaaaaaaaaaaaaaaaaa> a dip:Claim ; rdf:subject <person/a> ; rdf:predicate dip:participatesIn ; rdf:object <talks/t> ;
  dip:modality dip:Actual ; dip:negated false ; dip:confidence 0.9 ; dip:evidence <doc/d#1> , <doc/d#2> , <doc/d#3> ; dip:reportedIn <doc/d> ;
  dip:attributedTo <person/a> ; dip:contradicts <claim/bbbbbbbbbbbbbbbbbbbb> .
<claim/bbbbbbbbbbbbbbbbbbbb> a dip:Claim ; rdf:subject <person/a> ; rdf:predicate dip:participatesIn ; rdf:object <talks/t> ;
  dip:modality dip:Expected ; dip:negated true ; dip:confidence 0.5 ; dip:evidence <doc/d#1> ; dip:reportedIn <doc/d> ;
  dip:contradicts <claim/aaaaaaaaaaaaaaaaaaaa> .
"""


@pytest.fixture(scope="module")
def graph(built):
    with package.open(built) as found:
        yield found


@pytest.fixture(scope="module")
def hostile():
    triples = [quad.triple for quad in ox.parse(TURTLE, ox.RdfFormat.TURTLE)]
    refused = [Refusal(HOSTILE, InputError(HOSTILE, where=HOSTILE, hint=HOSTILE))]
    warned = [Notice(HOSTILE, HOSTILE, HOSTILE)]
    store = EmbeddedStore.of([*triples, *ontology_triples()])
    with Graph(store, Settings(), refused=refused, warned=warned) as found:
        yield found


class Seen(html.parser.HTMLParser):
    """The elements of a piece of HTML with their attributes, and whether each is closed."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.words = [], [], ""
        self.feed(text)
        assert self.open == [], "something is not closed"

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in {"img", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def shown(graph):
    """Everything that a graph shows in a notebook but the page."""
    portrait = graph.entity("person/a")
    things = {
        "graph": graph,
        "table": graph.query("SELECT ?s ?l { ?s <http://www.w3.org/2004/02/skos/core#altLabel> ?l }"),
        "url": graph.query("SELECT ?u { ?d <http://schema.org/url> ?u }"),
        "claims": graph.claims(),
        "claim": graph.claims()[0],
        "conflicts": graph.conflicts(),
        "conflict": graph.conflicts()[0],
        "timeline": graph.timeline(),
        "portrait": portrait,
        "queries": package.queries(),
    }
    return {name: thing._repr_html_() for name, thing in things.items()}


def test_hostile_texts_stay_texts(hostile):
    pieces = shown(hostile)
    assert len(pieces) == 10
    for name, piece in pieces.items():
        seen = Seen(piece)
        assert not seen.all("script"), name
        assert not seen.all("img"), name
        assert "\u202e" not in piece, name
        assert not any(key.startswith("on") for _, attributes in seen.elements for key in attributes), name
        assert all(re.match("https?://", each["href"]) for each in seen.all("a")), name
    assert sum("<script>alert(1)</script>" in Seen(piece).words for piece in pieces.values()) == 8


def test_tables_can_be_read_by_all(hostile):
    tables = 0
    for piece in shown(hostile).values():
        seen = Seen(piece)
        tables += len(seen.all("table"))
        assert len(seen.all("caption")) == len(seen.all("table"))
        assert all(each.get("scope") in {"col", "row"} for each in seen.all("th"))
        assert "color:#" not in piece
        assert "background:#" not in piece
    assert tables >= 8


def test_a_claim_says_how_it_is_told_and_on_whose_word(hostile):
    actual, expected = hostile.claims()
    assert "told as fact" in actual._repr_html_()
    assert "denied, expected" in expected._repr_html_()
    assert "the article itself" in expected._repr_html_()
    assert "confidence of the reading 0.50" in expected._repr_html_()
    assert "undated" in expected._repr_html_()


def test_only_addresses_of_the_web_are_links(hostile):
    rows = (
        'VALUES ?x { <https://example.org/a> <javascript:alert(1)> "http://example.org/b" "data:text/html,x"'
    )
    seen = Seen(
        hostile.query(f"SELECT ?x {{ {rows} <https://w3id.org/diplomacy-kg/id/person/a> }} }}")._repr_html_()
    )
    assert [each["href"] for each in seen.all("a")] == ["https://example.org/a", "http://example.org/b"]
    assert all("noopener" in each["rel"] for each in seen.all("a"))
    assert "person/a" in seen.words
    assert "w3id.org" not in seen.words


def test_the_page_is_alone_in_its_frame(hostile):
    page = hostile.page(title=HOSTILE, height=300)
    [frame] = Seen(page._repr_html_()).all("iframe")
    assert frame["srcdoc"] == page.html
    assert frame["sandbox"] == "allow-scripts allow-downloads"
    assert "height:300px" in frame["style"]


def test_a_page_can_be_saved(hostile, tmp_path):
    page = hostile.page().save(tmp_path / "g.html")
    assert page.path == tmp_path / "g.html"
    assert page.path.read_text(encoding="utf-8") == page.html == hostile.show().html


def test_long_answers_are_cut_and_say_so(hostile):
    numbers = " ".join(map(str, range(SHOWN + 7)))
    table = hostile.query(f"SELECT ?n {{ VALUES ?n {{ {numbers} }} }}")
    seen = Seen(table._repr_html_())
    assert len(seen.all("tr")) == SHOWN + 1
    assert "7 more rows" in seen.words
    assert "57 rows" in seen.words
    assert seen.all("td")[0] == {"class": "kg-n"}


def test_a_portrait_shows_what_is_inferred_and_what_was_known(graph):
    portrait = graph.entity("Majid Takht-Ravanchi")
    assert "by rule: who leads" in portrait._repr_html_()
    assert "known beforehand" in graph.entity("Muscat")._repr_html_()
    assert "wikidata.org/entity/Q" in graph.entity("Iran")._repr_html_()


def test_further_sentences_stand_behind_a_button(hostile):
    portrait = hostile.entity("talks/t")
    piece = Seen(portrait._repr_html_())
    assert len(piece.all("details")) == len(piece.all("summary")) == 1
    assert "2 more sentences" in piece.words
    assert piece.words.count("characters of the second") == 1


def test_who_has_met_whom_is_inferred_and_quotes_nothing(hostile):
    rows = hostile.entity("person/b")
    assert [(fact.verb, fact.statements) for fact in rows.facts] == [("met with", ())]
    assert "inferred" in rows._repr_html_()


def test_a_fact_of_an_event_names_both_ends_of_what_is_told_of_a_delegation(graph):
    [event] = [each for each in graph.timeline() if "Muscat" in each.label]
    words = Seen(graph.entity(event.iri)._repr_html_()).words
    assert "Steve Witkoff → Delegation of United States" in words
    assert "… takes part in it" in words
