"""Exports of a graph with hostile names, titles and sentences: well-formed, and nothing breaks out of its place."""

from __future__ import annotations

import csv
import io
import random
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import hostile
import networkx as nx
import pyoxigraph as ox
import pytest
from readings import KB, Draft, entity

from kg import registry
from kg.graph.assemble import assemble
from kg.graph.page import render
from kg.graph.rows import Rows, write_rows, xml_text
from kg.graph.store import EmbeddedStore, ontology_triples
from kg.vocab import Vocabulary

GRAPHS = 40
GOOD = Path(__file__).parents[1] / "ontology/fixtures/good.ttl"
VOCABULARY = Vocabulary.load()
SENTENCE = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf"


def hostile_good(seed):
    """Give the good graph with a hostile text for each text, the same for the same."""
    chance, texts = random.Random(seed), {}
    triples = [quad.triple for quad in ox.parse(GOOD.read_bytes(), ox.RdfFormat.TURTLE)]
    return [
        ox.Triple(each.subject, each.predicate, _hostile(each.object, chance, texts)) for each in triples
    ], texts


def _hostile(term, chance, texts):
    plain = isinstance(term, ox.Literal) and not re.fullmatch(r"[0-9.a]*|false", term.value)
    if not plain:
        return term
    text = texts.setdefault(term.value, hostile.text(chance) + "x")
    return ox.Literal(text, language=term.language) if term.language else ox.Literal(text)


GRAPH_LIST = [hostile_good(seed) for seed in range(GRAPHS)]


def written(name, triples):
    out = io.BytesIO()
    registry.find("exporter", name)([*triples, *ontology_triples()], VOCABULARY, out)
    return out.getvalue().decode()


def test_graphml_is_xml_and_holds_the_names():
    for triples, texts in GRAPH_LIST:
        data = written("graphml", triples)
        ET.fromstring(data)
        labels = {data["label"] for _, data in nx.parse_graphml(data).nodes(data=True)}
        wanted = {_in_xml(texts[name]) for name in ("Northland", "Southland", "Middleton", "the round")}
        assert labels == wanted


def _in_xml(text):
    kept = "".join(char for char in text if char not in hostile.CONTROLS)
    assert ET.fromstring(f"<x>{xml_text(text)}</x>").text == kept
    return kept


@pytest.mark.parametrize(("name", "rows"), [("csv", 2), ("plover", 1)])
def test_csv_is_read_back_as_it_was(name, rows):
    """Strictly, with every kind of line end inside a cell; cells are never changed, formulas neither."""
    formulas = 0
    for triples, texts in GRAPH_LIST:
        found = list(csv.DictReader(io.StringIO(written(name, triples), newline=""), strict=True))
        assert len(found) == rows
        assert {row["sentence"] for row in found} == {texts["Talks open"]}
        assert texts["Northland"] in {row["subject" if name == "csv" else "source"] for row in found}
        formulas += texts["Talks open"][0] in "=+-@"
    assert formulas > 0


def test_rows_of_a_query_come_back_from_csv():
    for triples, texts in GRAPH_LIST:
        answer = EmbeddedStore.of(triples).query("SELECT DISTINCT ?o { ?s ?p ?o FILTER(isLiteral(?o)) }")
        assert isinstance(answer, Rows)
        out = io.BytesIO()
        write_rows(answer, "csv", out)
        found = [row[0] for row in csv.reader(io.StringIO(out.getvalue().decode(), newline=""), strict=True)][
            1:
        ]
        assert found == [row[0].value for row in answer.rows]
        assert set(texts.values()) <= set(found)


class _Tags(HTMLParser):
    """Counts the tags of a page, scripts read as a browser reads them."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, tuple(name for name, _ in attrs)))


def tags(page):
    parser = _Tags()
    parser.feed(page)
    parser.close()
    return parser.seen


def test_nothing_breaks_out_of_its_place_in_the_page():
    plain = render(EmbeddedStore.of([*_good(), *ontology_triples()]).engine, title="x")
    wanted = tags(plain)
    assert len(wanted) > 20
    for triples, texts in GRAPH_LIST[:12]:
        store = EmbeddedStore.of([*triples, *ontology_triples()])
        page = render(store.engine, title=texts["Talks open"])
        assert tags(page) == wanted
        page.encode()


def _good():
    return [quad.triple for quad in ox.parse(GOOD.read_bytes(), ox.RdfFormat.TURTLE)]


def test_a_tag_that_broke_out_would_be_seen():
    assert tags("<p>a<script>1</script>") != tags("<p>a&lt;script>1")


def test_every_name_that_is_made_is_an_iri():
    """Hostile ids, titles, labels and addresses of things: all names pass the gate, as four parsers read them."""
    minted = 0
    for seed in range(100):
        chance = random.Random(seed)
        known = [
            entity("state/north", hostile.text(chance) + "n"),
            entity(
                f"person/{seed}", hostile.text(chance) + "p", known=False, aliases=(hostile.text(chance),)
            ),
        ]
        draft = Draft(
            hostile.text(chance) + "\x00\ufffe", title=hostile.text(chance) + "\uffff\x00", entities=known
        )
        sentence = hostile.text(chance) + "\ufffe."
        roles = [("participatesIn", one.key) for one in known]
        draft.tell("talks@0", "Talks", sentence, roles, label=hostile.text(chance) or None, status="Held")
        found = assemble([draft.reading()], vocabulary=VOCABULARY, kb_version=KB)
        for triple in found.triples:
            for term in (triple.subject, triple.predicate, triple.object):
                if isinstance(term, ox.NamedNode):
                    assert ox.NamedNode(term.value) == term
                    minted += 1
                else:
                    assert not {"\x00", "\ufffe", "\uffff"} & set(term.value)
        quotes = {each.object.value for each in found.triples if each.predicate.value == SENTENCE}
        assert quotes == {sentence.replace("\ufffe", "\ufffd")}
    assert minted > 4_000
