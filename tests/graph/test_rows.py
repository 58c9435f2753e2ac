"""Rows in every format: nothing is lost where machines read, nothing harmful where people do."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql.results.jsonresults import JSONResult

from kg.errors import UnknownNameError
from kg.graph.rows import LAYOUTS, Rows, columns_of, table, write_rows
from kg.graph.store import EmbeddedStore

HOSTILE = Path(__file__).parent / "data/hostile.nt"


@pytest.fixture(scope="module")
def rows():
    store = EmbeddedStore.of(quad.triple for quad in ox.parse(HOSTILE.read_bytes(), ox.RdfFormat.N_TRIPLES))
    return store.query("SELECT ?s ?o ?unbound { ?s ?p ?o } ORDER BY ?s ?p ?o")


def written(answer, layout, **options):
    out = io.BytesIO()
    write_rows(answer, layout, out, **options)
    return out.getvalue().decode()


def test_csv_gives_every_value_back(rows):
    assert len(rows.rows) > 50
    found = list(csv.reader(io.StringIO(written(rows, "csv"), newline="")))
    assert found[0] == ["s", "o", "unbound"]
    wanted = [[row["s"], row["o"], ""] for row in rows.dicts()]
    assert found[1:] == wanted


@pytest.mark.parametrize(
    ("layout", "format_"), [("json", ox.QueryResultsFormat.JSON), ("tsv", ox.QueryResultsFormat.TSV)]
)
def test_another_reader_gives_every_term_back(rows, layout, format_):
    again = ox.parse_query_results(written(rows, layout).encode(), format=format_)
    assert [tuple(row) for row in again] == list(rows.rows)


def test_xml_gives_back_all_that_xml_can_hold(rows):
    text = written(rows, "xml")
    assert len(list(ox.parse_query_results(text.encode(), format=ox.QueryResultsFormat.XML))) == len(
        rows.rows
    )
    # ElementTree, because the engine's own reader trims the spaces around a literal.
    results = ET.fromstring(text)[1]
    values = [result[1][0].text or "" for result in results]
    wanted = [row["o"] for row in rows.dicts()]
    # One English and one plain text hold control characters, which XML has no way to write.
    assert sum(mine != theirs for mine, theirs in zip(wanted, values, strict=True)) == 2


def test_rdflib_reads_the_json(rows):
    read = JSONResult(json.loads(written(rows, "json")))
    assert len(read.bindings) == len(rows.rows)
    assert {str(row[rdflib.Variable("s")]) for row in read.bindings} == {row["s"] for row in rows.dicts()}


def test_truth_values_in_every_format():
    for layout in LAYOUTS:
        assert "true" in written(True, layout)  # noqa: FBT003  (an answer)
    assert len(LAYOUTS) == 6
    no = written(False, "xml")  # noqa: FBT003  (an answer)
    assert not ox.parse_query_results(no.encode(), format=ox.QueryResultsFormat.XML)


def test_a_table_for_the_terminal_holds_no_control_characters(rows):
    text = written(rows, "table")
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text
    assert len(text.splitlines()) == len(rows.rows) + 2
    assert len(written(rows, "md").splitlines()) == len(rows.rows) + 2


def test_a_table_is_shortened_only_to_fit_and_says_so(rows):
    wide, none = table(rows)
    assert none is None
    assert "…" not in wide
    narrow, note = table(rows, width=60)
    assert max(map(columns_of, narrow.splitlines())) <= 60
    assert "--format csv" in note
    assert narrow.count("…") == int(note.split()[0])


def test_wide_letters_and_marks_are_counted():
    assert columns_of("中文") == 4
    assert columns_of("u\u0308") == 1
    assert columns_of("a\u200bb") == 2
    rows = Rows(
        ("a", "b"), tuple((ox.Literal(text), ox.Literal("|")) for text in ("中文字", "abc", "u\u0308"))
    )
    lines = table(rows)[0].splitlines()[2:]
    assert len({columns_of(line) for line in lines}) == 1


def test_prefixes_shorten_iris_in_tables_only():
    rows = Rows(("x",), ((ox.NamedNode("https://example.org/a"),),))
    prefixes = {"ex": "https://example.org/"}
    assert "ex:a" in written(rows, "table", prefixes=prefixes)
    assert "https://example.org/a" in written(rows, "csv", prefixes=prefixes)


def test_markdown_makes_no_html_and_no_links():
    rows = Rows(("x",), ((ox.Literal("<b>[a](http://x) | c"),),))
    assert written(rows, "md").splitlines()[2] == "| \\<b\\>\\[a\\](http://x) \\| c |"


def test_an_unknown_format_is_named(rows):
    with pytest.raises(UnknownNameError, match="no format of rows named 'cvs'") as caught:
        written(rows, "cvs")
    assert caught.value.hint == "Did you mean 'csv'?"


def test_no_rows_is_still_a_table():
    assert written(Rows(("a", "b"), ()), "table").splitlines() == ["a  b", "-  -"]
    assert written(Rows((), ()), "csv") == "\n"


def test_triple_terms_are_written_in_json_and_xml():
    part = ox.NamedNode("https://x.org/a")
    told = ox.Triple(part, part, ox.Literal("<&>", language="en"))
    answer = Rows(("t",), ((ox.Triple(part, part, told),),))
    cell = json.loads(_written_as(answer, "json"))["results"]["bindings"][0]["t"]
    assert cell["type"] == "triple"
    assert cell["value"]["object"]["value"]["object"] == {"type": "literal", "value": "<&>", "xml:lang": "en"}
    literals = list(
        ET.fromstring(_written_as(answer, "xml")).iter("{http://www.w3.org/2005/sparql-results#}literal")
    )
    assert [each.text for each in literals] == ["<&>"]


def _written_as(answer, layout):
    out = io.BytesIO()
    write_rows(answer, layout, out)
    return out.getvalue().decode()


def test_blank_nodes_keep_their_names():
    answer = Rows(("x",), ((ox.BlankNode("b7"),),))
    assert json.loads(written(answer, "json"))["results"]["bindings"] == [
        {"x": {"type": "bnode", "value": "b7"}}
    ]
    assert '<binding name="x"><bnode>b7</bnode></binding>' in written(answer, "xml")
