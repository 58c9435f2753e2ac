"""The test cases of the W3C for the SPARQL 1.1 Protocol and Service Description, run against our endpoint.

They are in ``shared/w3c-sparql11`` beside the checkout. Where they are not, these tests say so: they are then not run,
and a copy of what they ask for is in ``test_protocol.py``.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import rdflib
from rdflib.collection import Collection
from sample_articles import ROOT
from served import serving

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")

ONE_GRAPH = "names graphs by URL; the endpoint has one graph and fetches none"
READ_ONLY = "changes the graph; the endpoint is only read"
NAMED = {
    "query_post_form",
    "query_get",
    "query_content_type_select",
    "query_content_type_ask",
    "query_content_type_describe",
    "query_content_type_construct",
}
"""Cases on other things that name a graph by the way, ``data0.rdf``, which the suite does not have: they pass without it."""

EXCEPTIONS = {
    **dict.fromkeys(sorted(NAMED), ONE_GRAPH),
    "query_dataset_default_graphs_get": ONE_GRAPH,
    "query_dataset_default_graphs_post": ONE_GRAPH,
    "query_dataset_named_graphs_get": ONE_GRAPH,
    "query_dataset_named_graphs_post": ONE_GRAPH,
    "query_dataset_full": ONE_GRAPH,
    "query_multiple_dataset": ONE_GRAPH,
    "update_dataset_default_graph": READ_ONLY,
    "update_dataset_default_graphs": READ_ONLY,
    "update_dataset_named_graphs": READ_ONLY,
    "update_dataset_full": READ_ONLY,
    "update_post_form": READ_ONLY,
    "update_post_direct": READ_ONLY,
    "update_base_uri": READ_ONLY,
}
"""The cases that do not apply; each must be refused as an error of the client, not answered wrongly."""

ROWS = {
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
}
KINDS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": ROWS,
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"},
}
DATASET = {"default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri"}


def folder() -> Path | None:
    """Where the cases are, None where they are not."""
    places = [ROOT.parent / "shared", Path(os.environ.get("KG_TEST_SHARED", ROOT.parent / "shared"))]
    return next((place / "w3c-sparql11" for place in places if (place / "w3c-sparql11").is_dir()), None)


def cases() -> dict[str, list]:
    """The cases by name: the requests of each, as nodes of the manifest."""
    if folder() is None:
        return {}
    found = {}
    for entry in Collection(MANIFEST, next(MANIFEST.objects(None, MF.entries))):
        action = MANIFEST.value(entry, MF.action)
        found[entry.fragment] = list(Collection(MANIFEST, MANIFEST.value(action, HT.requests)))
    return found


def manifest() -> rdflib.Graph:
    graph = rdflib.Graph(bind_namespaces="none")
    return graph if folder() is None else graph.parse(folder() / "protocol" / "manifest.ttl")


MANIFEST = manifest()
CASES = cases()


@pytest.fixture(scope="module")
def served(built):
    if folder() is None:
        pytest.skip("NOT RUN: the W3C cases are not at hand (shared/w3c-sparql11 beside the checkout)")
    with serving(built) as found:
        yield found


def made(served, request, *, keep_dataset=True):
    """Make a request as the manifest has it, at the path of our endpoint."""
    url = urlsplit(str(MANIFEST.value(request, HT.absolutePath)))
    assert url.path == "/sparql/"
    pairs = [
        pair
        for pair in parse_qsl(url.query, keep_blank_values=True)
        if keep_dataset or pair[0] not in DATASET
    ]
    headers = {}
    if (fields := MANIFEST.value(request, HT.headers)) is not None:
        for field in Collection(MANIFEST, fields):
            headers[str(MANIFEST.value(field, HT.fieldName))] = str(MANIFEST.value(field, HT.fieldValue))
    body = MANIFEST.value(request, HT.body)
    data = None
    if body is not None:
        data = str(MANIFEST.value(body, CNT.chars)).encode(str(MANIFEST.value(body, CNT.characterEncoding)))
    path = f"/sparql?{urlencode(pairs)}" if pairs else "/sparql"
    return served.ask(str(MANIFEST.value(request, HT.methodName)), path, data, headers)


def check(answer, request):
    """Hold an answer to what the manifest expects of it."""
    expected = MANIFEST.value(request, HT.resp)
    classes = {
        str(status).rpartition("StatusCode")[2][0] for status in MANIFEST.objects(expected, MF.expectedStatus)
    }
    assert classes, "the manifest expects no status"
    assert str(answer.status)[0] in classes, answer.body
    form = MANIFEST.value(expected, MF.expectedFormat)
    if form is not None:
        assert answer.kind in KINDS[str(form)]
    truth = MANIFEST.value(expected, MF.expectedBoolean)
    if truth is not None:
        assert answer.json()["boolean"] is truth.toPython()


def test_there_are_as_many_cases_as_the_w3c_wrote(served):
    assert len(CASES) == 34
    assert EXCEPTIONS.keys() < CASES.keys()
    assert len(CASES) - len(EXCEPTIONS) == 15
    assert sum(len(requests) for requests in CASES.values()) >= 34


@pytest.mark.parametrize("name", sorted(CASES.keys() - EXCEPTIONS.keys()))
def test_a_case_that_applies_passes(served, name):
    for request in CASES[name]:
        check(made(served, request), request)


@pytest.mark.parametrize("name", sorted(CASES.keys() & EXCEPTIONS.keys()))
def test_a_case_that_does_not_apply_is_refused_for_its_reason(served, name):
    answer = made(served, CASES[name][0])
    if EXCEPTIONS[name] is READ_ONLY:
        assert (answer.status, answer.json()["error"]) == (403, "QueryRefusedError")
        assert "updates are refused" in answer.json()["what"]
    elif name == "query_multiple_dataset":
        assert answer.status in {400, 403}, (
            "a graph named in the query is refused before those named beside it"
        )
    else:
        assert answer.status == 400
        assert "fetches no other" in answer.json()["what"]


@pytest.mark.parametrize("name", sorted(CASES.keys() & NAMED))
def test_a_case_that_names_a_graph_by_the_way_passes_without_it(served, name):
    for request in CASES[name]:
        check(made(served, request, keep_dataset=False), request)


def test_the_service_description_cases_pass(served):
    """returns-rdf, has-endpoint-triple, conforms-to-schema (domains and ranges of its vocabulary, by hand)."""
    graph = rdflib.Graph().parse(folder() / "service-description" / "manifest.ttl")
    names = {entry.fragment for entry in graph.subjects(rdflib.RDF.type, MF.ServiceDescriptionTest)}
    assert names == {"returns-rdf", "has-endpoint-triple", "conforms-to-schema"}
    answer = served.get("/sparql")
    assert answer.kind in KINDS["RDF"]
    found = rdflib.Graph(bind_namespaces="none").parse(data=answer.body, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    (service,) = found.subjects(rdflib.RDF.type, sd.Service)
    assert list(found.objects(service, sd.endpoint)) == [rdflib.URIRef(f"{served.url}/sparql")]
    (dataset,) = found.objects(service, sd.defaultDataset)
    assert (dataset, rdflib.RDF.type, sd.Dataset) in found
    (default,) = found.objects(dataset, sd.defaultGraph)
    assert (default, rdflib.RDF.type, sd.Graph) in found
    assert {type(value) for value in found.objects(service, sd.resultFormat)} == {rdflib.URIRef}
