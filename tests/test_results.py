"""What the Python API answers, in a notebook and in a data frame."""

import html.parser
import re
import sys
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import polars as pl
import pyoxigraph as ox
import pytest

import kg as package
from kg.config import Settings
from kg.display import SHOWN
from kg.errors import InputError, UsageError
from kg.graph.store import EmbeddedStore, ontology_triples
from kg.listings import day
from kg.opened import Graph
from kg.text.notices import Notice
from kg.text.read import Refusal

XSD = "http://www.w3.org/2001/XMLSchema#"
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


TYPED = f"""SELECT * {{ VALUES (?day ?count ?share ?yes ?at ?gap ?name ?iri ?mixed ?wrong ?huge ?none) {{
  ("2025-05-10"^^<{XSD}date> 3 0.5 true "2025-05-10T10:00:00+02:00"^^<{XSD}dateTime> "-P1DT2H"^^<{XSD}dayTimeDuration>
   "a"@en <urn:a> 1 "2025-13-40"^^<{XSD}date> {10**30} UNDEF)
  (UNDEF UNDEF 2 UNDEF UNDEF UNDEF UNDEF UNDEF "one" "2025-05-10"^^<{XSD}date> 1 UNDEF) }} }}"""

KINDS = {
    "day": ("datetime64[s]", pl.Date, date(2025, 5, 10)),
    "count": ("Int64", pl.Int64, 3),
    "share": ("float64", pl.Float64, 0.5),
    "yes": ("boolean", pl.Boolean, True),
    "at": ("datetime64[us, UTC]", pl.Datetime("us", "UTC"), datetime(2025, 5, 10, 8, tzinfo=UTC)),
    "gap": ("timedelta64[us]", pl.Duration("us"), -timedelta(days=1, hours=2)),
    "name": ("string", pl.String, "a"),
    "iri": ("string", pl.String, "urn:a"),
    "mixed": ("string", pl.String, "1"),
    "wrong": ("string", pl.String, "2025-13-40"),
    "huge": ("string", pl.String, str(10**30)),
    "none": ("string", pl.String, None),
}


def test_a_table_gives_columns_in_the_type_of_what_they_hold(hostile):
    table = hostile.query(TYPED)
    frame, polar = table.to_pandas(), table.to_polars()
    assert set(frame.columns) == set(polar.columns) == set(KINDS)
    for name, (in_pandas, in_polars, first) in KINDS.items():
        assert str(frame[name].dtype) == in_pandas, name
        assert polar.schema[name] == in_polars, name
        assert polar[name][0] == first, name
        told = frame[name].iloc[0]
        assert pd.isna(told) if first is None else told == (pd.Timestamp(first) if name == "day" else first)
    assert frame["count"].isna().tolist() == [False, True]
    assert polar["share"].to_list() == [0.5, 2.0]


@pytest.mark.parametrize(
    ("literal", "dtype"),
    [
        (f'"2025-05-10T10:00:00"^^<{XSD}dateTime>', "datetime64[us, UTC]"),
        (f'"yes"^^<{XSD}boolean>', "string"),
        (f'"3 days"^^<{XSD}dayTimeDuration>', "string"),
        (f'"9999999999999D"^^<{XSD}gYear>', "string"),
        (f'"P99999999999999D"^^<{XSD}dayTimeDuration>', "string"),
    ],
)
def test_what_is_no_value_of_its_type_stays_text(hostile, literal, dtype):
    table = hostile.query(f"SELECT ?x {{ VALUES ?x {{ {literal} }} }}")
    assert str(table.to_pandas()["x"].dtype) == dtype


def test_an_answer_without_rows_has_its_columns(hostile):
    table = hostile.query("SELECT ?a ?b { ?a <urn:none> ?b }")
    assert list(table.to_pandas().columns) == table.to_polars().columns == ["a", "b"]
    assert "0 rows" in table._repr_html_()


def test_listings_are_typed_frames_too(graph):
    for listing in (
        graph.claims(),
        graph.conflicts(),
        graph.timeline(),
        package.queries(),
        graph.entity("TPLF"),
    ):
        frame, polar = listing.to_pandas(), listing.to_polars()
        assert list(frame.columns) == polar.columns
        assert len(frame) == len(polar) > 0
    claims = graph.claims().to_pandas()
    assert claims["negated"].sum() == len(graph.claims().where(lambda each: each.negated)) > 0
    assert claims["confidence"].between(0, 1).all()
    assert str(claims["as_of"].dtype) == "datetime64[s]"
    assert graph.timeline().to_polars().schema["earliest"] == pl.Date


def test_a_day_that_is_none_is_no_day():
    assert day("2025-05-16") == date(2025, 5, 16)
    assert day("2025-05") is None
    assert day(None) is None


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_without_the_library_it_says_what_to_do(graph, monkeypatch, name):
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageError, match=f"{name} is not installed") as caught:
        getattr(graph.query("chronology"), f"to_{name}")()
    assert caught.value.hint.startswith(f"Install it: pip install {name}.")
    assert caught.value.__notes__ == [f"hint: {caught.value.hint}"]


def test_a_traceback_shows_what_to_do(graph):
    with pytest.raises(UsageError) as caught:
        graph.entity("Arachi")
    assert caught.value.__notes__ == [f"hint: {caught.value.hint}"]
    caught.value.hint = None
    assert caught.value.__notes__ == []


def test_a_library_that_is_broken_says_so_itself(graph, monkeypatch, tmp_path):
    (tmp_path / "pandas.py").write_text("import no_such_part")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "pandas")
    with pytest.raises(ModuleNotFoundError, match="no_such_part"):
        graph.query("chronology").to_pandas()


def test_a_slice_of_a_listing_is_a_listing(graph):
    claims = graph.claims()
    assert type(claims[:2]) is type(claims)
    assert claims[:2].items == (claims[0], claims[1])
    assert repr(claims[:2]) == f"2 claims\n  {claims[0]}\n  {claims[1]}"
    assert repr(claims).endswith(f"and {len(claims) - SHOWN:,} more")
    assert repr(graph.timeline()[:1]).startswith("1 event\n  ")
    assert claims == graph.claims()
    assert claims[0].id == claims.to_dicts()[0]["claim"]


def test_claims_about_a_thing_have_it_at_one_end(graph):
    claims = graph.claims(about="TPLF")
    iri = graph.entity("TPLF").thing.iri
    assert 0 < len(claims) < len(graph.claims())
    assert all(iri in {each.subject, each.object} for each in claims)


def test_the_timeline_can_be_narrowed(graph):
    whole = graph.timeline()
    part = graph.timeline("TPLF", since=date(2022, 10, 1), until="2022-12-31")
    assert 0 < len(part) < len(whole)
    assert all(each.earliest is None or each.earliest <= "2022-12-31" for each in part)
    assert any(each.earliest is None for each in whole)
    assert "undated" in whole._repr_html_()
    with pytest.raises(UsageError, match="is no day"):
        graph.timeline(since="May")


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


def test_a_contradiction_is_about_what_both_speak_of(graph):
    about = {pair.about for pair in graph.conflicts()}
    assert any(each.startswith("Delegation of Iran") for each in about)
    assert repr(graph.conflicts()).startswith(f"{len(graph.conflicts())} contradictions\n  ")
    assert str(graph.conflicts()[0]).startswith(graph.conflicts()[0].about)
