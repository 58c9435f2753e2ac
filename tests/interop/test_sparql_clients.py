"""Other people's clients read our answers: SPARQLWrapper and rdflib from ``kg serve``, pandas from files of ``kg query``."""

from __future__ import annotations

import io
import json
from collections import Counter

import pandas as pd
import pyoxigraph as ox
import pytest
import rdflib
from other_tools import ROOT, recipe, run, term
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result
from served import serving
from SPARQLWrapper import CSV, GET, JSON, POST, TSV, TURTLE, XML, SPARQLWrapper

from kg.cli import main
from kg.graph.query import named_query
from kg.project import Project

QUERIES = ("who-led-which-delegation", "vote-counts", "evidence-of-a-fact", "interval-between-rounds")


@pytest.fixture(scope="module")
def site(built):
    with serving(built) as served:
        yield f"{served.url}/sparql"


@pytest.fixture(scope="module")
def answers(built):
    """Our own rows, of the store."""
    with Project.open(built) as project, project.store() as store:
        return {name: store.query(named_query(name).text) for name in QUERIES}


def asked(site, text, layout, method=GET):
    wrapper = SPARQLWrapper(site)
    wrapper.setQuery(text)
    wrapper.setReturnFormat(layout)
    wrapper.setMethod(method)
    return wrapper.query()


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("name", QUERIES)
def test_sparqlwrapper_reads_rows(site, answers, name, method):
    result = asked(site, named_query(name).text, JSON, method).convert()
    assert tuple(result["head"]["vars"]) == answers[name].variables
    found = [{name: cell["value"] for name, cell in row.items()} for row in result["results"]["bindings"]]
    wanted = [
        {name: value for name, value in row.items() if value is not None} for row in answers[name].dicts()
    ]
    assert found == wanted
    assert len(found) > 0 or name == "interval-between-rounds"


@pytest.mark.parametrize(("layout", "reader"), [(JSON, "json"), (XML, "xml"), (CSV, "csv"), (TSV, "tsv")])
@pytest.mark.parametrize("name", QUERIES)
def test_rdflib_reads_every_format_of_rows(site, answers, name, layout, reader):
    data = asked(site, named_query(name).text, layout).response.read()
    read = Result.parse(io.BytesIO(data), format=reader)
    assert tuple(map(str, read.vars)) == answers[name].variables
    terms = reader in {"json", "xml", "tsv"}
    found = [tuple(_text(cell, terms=terms) for cell in row) for row in read]
    wanted = [tuple(_text(cell, terms=terms) for cell in row) for row in answers[name].rows]
    assert found == wanted


def _text(cell, *, terms):
    """Give a term in one spelling; CSV has only the text of it."""
    if isinstance(cell, rdflib.term.Node):
        (quad,) = ox.parse(f"<a:a> <a:a> {cell.n3()} .", ox.RdfFormat.TURTLE)
        cell = quad.object
    if cell is None:
        return ""
    return term(cell) if terms else cell.value


def test_a_graph_comes_back_as_a_graph(site, built):
    text = named_query("export-webannotation").text
    graph = rdflib.Graph().parse(data=asked(site, text, TURTLE).response.read(), format="turtle")
    with Project.open(built) as project, project.store() as store:
        assert len(graph) == len(set(store.query(text))) > 100


def test_rdflib_asks_the_site_as_a_store(site, answers):
    graph = rdflib.Graph(SPARQLStore(site))
    for name in QUERIES:
        found = Counter(
            tuple("" if cell is None else str(cell) for cell in row)
            for row in graph.query(named_query(name).text)
        )
        wanted = Counter(
            tuple("" if cell is None else cell.value for cell in row) for row in answers[name].rows
        )
        assert found == wanted, name


def written(built, path, name):
    """Ask a query with the command, into a file; as a query of the user's own, for ours may need values."""
    lines = named_query(name).text.splitlines(keepends=True)
    text = "".join(line for line in lines if not line.strip().startswith("#"))
    command = ["query", "-q", text, "--store", str(built), "-o", str(path)]
    assert main([*command, "--format", path.suffix[1:]]) == 0
    return path


@pytest.mark.parametrize("name", QUERIES)
def test_pandas_reads_rows_from_files(built, answers, tmp_path, name):
    wanted = [{key: value or "" for key, value in row.items()} for row in answers[name].dicts()]
    options = {"dtype": str, "keep_default_na": False}
    comma = pd.read_csv(written(built, tmp_path / "rows.csv", name), **options)
    assert comma.to_dict("records") == wanted
    rows = json.loads(written(built, tmp_path / "rows.json", name).read_text("utf-8"))
    frame = pd.json_normalize(rows["results"]["bindings"]).reindex(
        columns=[f"{key}.value" for key in rows["head"]["vars"]]
    )
    frame.columns = rows["head"]["vars"]
    assert frame.fillna("").to_dict("records") == wanted


@pytest.mark.parametrize("name", QUERIES)
def test_oxigraph_reads_terms_from_files(built, answers, tmp_path, name):
    """The TSV, JSON and XML of a file hold the terms, kinds and languages and all."""
    kinds = {
        "tsv": ox.QueryResultsFormat.TSV,
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
    }
    for suffix, kind in kinds.items():
        path = written(built, tmp_path / f"rows.{suffix}", name)
        read = ox.parse_query_results(path.read_bytes(), format=kind)
        assert [tuple(row) for row in read] == list(answers[name].rows)


def test_the_recipe_of_the_documentation_runs(site, answers, monkeypatch):
    text = recipe("interoperability.md", "SPARQLWrapper")
    assert "http://127.0.0.1:8000/sparql" in text
    rows = run(text.replace("http://127.0.0.1:8000/sparql", site), ROOT, monkeypatch)["rows"]
    assert len(rows) == len(answers["vote-counts"].rows) > 0
