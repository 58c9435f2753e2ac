"""What every registered exporter owes: it writes, the same each time, whatever the order, and an empty graph too."""

import csv
import io
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import registry
from kg.graph.store import ontology_triples
from kg.vocab import Vocabulary

TESTS = Path(__file__).parents[1]
EXPORTERS = registry.names("exporter")


@pytest.fixture(scope="module")
def triples():
    good = ox.parse((TESTS / "ontology/fixtures/good.ttl").read_bytes(), ox.RdfFormat.TURTLE)
    hostile = ox.parse((TESTS / "graph/data/hostile.nt").read_bytes(), ox.RdfFormat.N_TRIPLES)
    return [*(quad.triple for quad in good), *(quad.triple for quad in hostile), *ontology_triples()]


def written(name, triples):
    out = io.BytesIO()
    registry.find("exporter", name)(triples, Vocabulary.load(), out)
    return out.getvalue()


def test_there_are_exporters():
    assert len(EXPORTERS) >= 9


@pytest.mark.parametrize("name", EXPORTERS)
def test_writes_utf8_that_ends_with_a_line_end(name, triples):
    text = written(name, triples).decode("utf-8")
    assert text.endswith("\n")
    assert len(text) > 100


@pytest.mark.parametrize("name", EXPORTERS)
def test_neither_order_nor_repetition_shows(name, triples):
    once = written(name, triples)
    assert written(name, triples[::-1]) == once
    assert written(name, [*triples, *triples]) == once


@pytest.mark.parametrize("name", EXPORTERS)
def test_takes_an_empty_graph(name):
    written(name, []).decode("utf-8")


@pytest.mark.parametrize("name", EXPORTERS)
def test_leaves_its_input_alone(name, triples):
    before = list(triples)
    written(name, triples)
    assert triples == before


def test_event_data_have_the_columns_that_were_promised(triples):
    """A contract with those who read the file by machine: neither names nor order change."""
    head, row, *more = csv.reader(io.StringIO(written("plover", triples).decode(), newline=""))
    assert head == [
        "article", "start", "end", "date", "source", "source_qid", "target", "target_qid", "event_type",
        "plover", "place", "modality", "negated", "speaker", "confidence", "sentence",
    ]  # fmt: skip
    assert row == [
        "https://w3id.org/diplomacy-kg/id/thing/document", "0", "10", "", "Northland", "", "", "", "Talks",
        "CONSULT", "", "actual", "false", "", "0.9", "Talks open",
    ]  # fmt: skip
    assert all(len(each) == len(head) for each in more)
