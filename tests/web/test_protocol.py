"""The endpoint: what it answers, in which formats, what it refuses, and how a slow query ends."""

import contextlib
import csv
import http.client
import io
import os
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
import rdflib
from served import JSON_ROWS, serving

from kg.graph.guard import MAX_LENGTH
from kg.project import Project
from kg.web import pool
from kg.web.accept import ROWS, TRIPLES, best

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
HOSTILE = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


@pytest.fixture(scope="module")
def served(built):
    with serving(built) as found:
        yield found


@pytest.fixture(scope="module")
def count(built):
    with Project.open(built) as project, project.store() as store:
        return len(store)


def test_a_query_is_answered_by_each_way_of_asking(served, count):
    ways = [
        served.query(COUNT),
        served.ask("POST", "/sparql", urlencode({"query": COUNT}).encode(), FORM),
        served.ask("POST", "/sparql", COUNT.encode(), DIRECT),
        served.ask(
            "POST", "/sparql", COUNT.encode(), {"Content-Type": "Application/SPARQL-Query; charset=UTF-8"}
        ),
    ]
    assert [way.status for way in ways] == [200] * 4
    assert {way.json()["results"]["bindings"][0]["n"]["value"] for way in ways} == {str(count)}


@pytest.mark.parametrize("form", ROWS)
def test_rows_come_in_each_format(served, form):
    text = "SELECT ?l { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l } ORDER BY ?l LIMIT 7"
    answer = served.query(text, accept=form.media_type)
    assert (answer.status, answer.kind) == (200, form.media_type)
    if form.name == "csv":
        rows = list(csv.reader(io.StringIO(answer.body.decode())))[1:]
    else:
        rows = list(
            ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.from_media_type(form.media_type))
        )
    assert len(rows) == 7
    assert all(row[0] for row in rows)
    assert served.get(f"/sparql?{urlencode({'query': text, 'format': form.name})}").body == answer.body


@pytest.mark.parametrize("form", TRIPLES)
@pytest.mark.parametrize(
    "text", ["CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 40", "DESCRIBE ?s { ?s a ?c } LIMIT 1"]
)
def test_triples_come_in_each_format_that_another_parser_reads(served, form, text):
    answer = served.query(text, accept=form.media_type)
    assert (answer.status, answer.kind) == (200, form.media_type)
    graph = parsed(answer)
    assert len(graph) == 40 if text.startswith("CONSTRUCT") else len(graph) > 0


@pytest.mark.parametrize("form", ROWS)
def test_a_truth_value_comes_in_each_format(served, form):
    answer = served.query("ASK { ?s ?p ?o }", accept=form.media_type)
    assert answer.kind == form.media_type
    assert b"true" in answer.body


@pytest.mark.parametrize(
    ("accept", "offered", "name"),
    [
        ("", ROWS, "json"),
        ("*/*", TRIPLES, "turtle"),
        ("text/csv;q=0.5, application/sparql-results+xml", ROWS, "xml"),
        ("text/csv;q=0.5, */*;q=0.4", ROWS, "csv"),
        ("text/*", ROWS, "xml"),
        ("text/*;q=0.3, text/xml;q=0, application/*;q=0, text/tab-separated-values;q=0.4", ROWS, "tsv"),
        ("application/json", ROWS, "json"),
        ("application/json", TRIPLES, "jsonld"),
        ("image/png", ROWS, None),
        ("*/*;q=0", ROWS, None),
        ("text/csv;q=much", ROWS, None),
        ("TEXT/CSV", ROWS, "csv"),
        (",;,=;q", ROWS, None),
    ],
)
def test_the_format_that_is_liked_best_is_chosen(accept, offered, name):
    found = best(accept, offered)
    assert (found.name if found is not None else None) == name


def test_a_format_that_there_is_not_is_refused_by_name(served):
    answer = served.query(COUNT, accept="image/png")
    assert answer.status == 406
    assert "text/csv" in answer.json()["what"]
    assert served.get(f"/sparql?{urlencode({'query': COUNT, 'format': 'turtle'})}").status == 406


def test_relative_iris_are_those_of_the_graph(served):
    answer = served.query("CONSTRUCT { <a> <b> <c> } WHERE {}", accept="application/n-triples")
    assert answer.body.startswith(b"<https://w3id.org/diplomacy-kg/id/a> ")


def test_answers_say_what_they_depend_on(served):
    assert served.query(COUNT).headers["vary"] == "accept"


@pytest.mark.parametrize(
    "text",
    [
        "DROP ALL",
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "PREFIX x: <a:> DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/x>",
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    ],
)
def test_what_would_write_or_fetch_is_refused_with_a_reason(served, text):
    for answer in (served.query(text), served.ask("POST", "/sparql", text.encode(), DIRECT)):
        assert (answer.status, answer.json()["error"]) == (403, "QueryRefusedError")
        assert answer.json()["what"]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"DROP ALL", {"Content-Type": "application/sparql-update"}),
        (b"update=DROP%20ALL", FORM),
        (b"query=ASK%7B%7D&update=DROP%20ALL", FORM),
    ],
)
def test_updates_are_refused_and_change_nothing(served, count, body, headers):
    answer = served.ask("POST", "/sparql", body, headers)
    assert (answer.status, answer.json()["error"]) == (403, "QueryRefusedError")
    assert served.query(COUNT).json()["results"]["bindings"][0]["n"]["value"] == str(count)


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("GET", "/sparql?query=ASK%7B", None, {}, 400),
        ("GET", "/sparql?query=", None, {}, 400),
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, {}, 400),
        ("GET", "/sparql?query=%FF%FE", None, {}, 400),
        ("GET", "/sparql?" + "a=b&" * 60, None, {}, 400),
        ("POST", "/sparql", b"", FORM, 400),
        ("POST", "/sparql", b"", DIRECT, 400),
        ("POST", "/sparql", b"\xff\xfe", DIRECT, 400),
        ("POST", "/sparql", "query=é".encode(), FORM, 400),
        ("POST", "/sparql", b"ASK {}", {}, 415),
        ("POST", "/sparql", b"ASK {}", {"Content-Type": "text/plain"}, 415),
        ("POST", "/sparql", b"ASK {}", {"Content-Type": "application/sparql-query; charset=UTF-16"}, 415),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=http%3A%2F%2Fx.org%2F", None, {}, 400),
        ("GET", "/sparql?query=ASK%7B%7D&named-graph-uri=file%3A%2F%2F%2Fetc%2Fpasswd", None, {}, 400),
    ],
)  # fmt: skip
def test_what_is_not_as_the_protocol_has_it_is_refused(served, method, path, body, headers, status):
    answer = served.ask(method, path, body, headers)
    assert answer.status == status
    assert answer.json()["what"]


def test_the_one_graph_there_is_may_be_named(served):
    name = urlencode(
        {"query": "ASK { ?s ?p ?o }", "default-graph-uri": "https://w3id.org/diplomacy-kg/graph"}
    )
    assert served.get(f"/sparql?{name}", accept=JSON_ROWS).json()["boolean"] is True


@pytest.mark.parametrize(
    "text",
    [
        "ASK { " + "{" * 5000 + "}" * 5000 + " }",
        "SELECT " + "(" * 5000,
        "ASK {} #" + "x" * MAX_LENGTH,
        "ASK { FILTER(" + "!" * 2000 + "true) }",
        "ASK { ?s ?p " + "\"'" * 2000,
    ],
)
def test_queries_that_overflow_an_engine_are_refused_at_the_door(served, text):
    answer = served.ask("POST", "/sparql", text.encode(), DIRECT)
    assert (answer.status, answer.json()["error"]) == (400, "QueryError")


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml", "*/*"]
)
def test_without_a_query_the_service_describes_itself(served, count, accept):
    answer = served.get("/sparql", accept=accept)
    assert answer.status == 200
    graph = parsed(answer)
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert len(graph) > 10
    assert graph.value(predicate=sd.endpoint, object=rdflib.URIRef(f"{served.url}/sparql")) is not None
    assert (None, sd.supportedLanguage, sd.SPARQL11Query) in graph
    assert (None, None, rdflib.Literal(count)) in graph
    assert not list(graph.triples((None, sd.supportedLanguage, sd.SPARQL11Update)))


def test_a_person_who_comes_by_is_shown_to_the_editor(served):
    people = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    plain = served.get("/sparql", accept=people)
    asked = served.get("/sparql?query=ASK%20%7B%7D", accept=people)
    assert (plain.status, plain.headers["location"]) == (303, "/sparql-editor")
    assert (asked.status, asked.headers["location"]) == (303, "/sparql-editor#query=ASK%20%7B%7D")
    assert served.get("/sparql?query=ASK%20%7B%7D&format=csv", accept=people).kind == "text/csv"


def test_health_says_what_is_served(served, count):
    state = served.get("/health").json()
    assert (state["status"], state["triples"], state["query_processes"]) == ("ok", count, pool.SIZE)
    assert state["graph"].startswith("generation-")


def test_a_query_over_its_limit_is_a_named_error_and_leaves_nothing_running(built):
    others = children()
    with serving(built, limit_seconds=1) as served:
        before = children() - others
        answer = served.query(HOSTILE)
        assert (answer.status, answer.json()["error"]) == (503, "QueryTimeoutError")
        assert "longer than 1 s" in answer.json()["what"]
        assert served.query("ASK {}").json()["boolean"] is True
        assert len(before) == pool.SIZE
        assert len(before & children()) == pool.SIZE - 1, (
            "the process that ran it is gone, the others are as they were"
        )


def test_slow_queries_do_not_keep_quick_ones_waiting(built):
    """Three of four processes are taken for as long as the quick ones are asked; all are the same afterwards."""
    others = children()
    with serving(built, limit_seconds=600) as served:
        before = children() - others
        slow = [asking(served, HOSTILE) for _ in range(pool.SIZE - 1)]
        time.sleep(0.5)
        assert [served.query("ASK {}").status for _ in range(20)] == [200] * 20
        assert before <= children(), "a slow query was ended, so nothing is shown"
        for caller in slow:
            caller.close()


def test_when_all_processes_are_taken_the_wait_ends_too(built):
    with serving(built, limit_seconds=1) as served, ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(served.query, [HOSTILE] * 12))
        assert {each.status for each in answers} == {503}
        assert {each.json()["error"] for each in answers} == {"QueryTimeoutError"}
        assert served.query("ASK {}").status == 200


def test_a_query_whose_asker_has_gone_is_stopped(built):
    others = children()
    with serving(built, limit_seconds=60) as served:
        before = children() - others
        caller = asking(served, HOSTILE)
        time.sleep(1)
        caller.close()
        deadline = time.monotonic() + 40
        while len(before & children()) == pool.SIZE and time.monotonic() < deadline:
            time.sleep(0.1)
        assert len(before & children()) == pool.SIZE - 1
        assert served.query("ASK {}").status == 200


def test_a_build_that_has_ended_is_seen_by_the_next_query(project):
    with serving(project) as served:
        before = served.get("/health").json()
        with Project.open(project) as opened:
            opened.rebuild([ox.Triple(ox.NamedNode("a:a"), ox.NamedNode("a:b"), ox.Literal("new"))])
        after = served.get("/health").json()
        assert after["graph"] != before["graph"]
        assert [served.query('ASK { ?s ?p "new" }').json()["boolean"] for _ in range(2 * pool.SIZE)] == [
            True
        ] * 8


def test_an_answer_that_is_too_large_is_refused_whole(built, monkeypatch):
    monkeypatch.setattr(pool, "MAX_BYTES", 1_000_000)
    with serving(built) as served:
        values = " ".join(f"({number})" for number in range(300))
        answer = served.query(f"SELECT * {{ VALUES (?a) {{ {values} }} VALUES (?b) {{ {values} }} }}")
        assert (answer.status, answer.json()["error"]) == (400, "QueryError")
        assert "more than 1 MB" in answer.json()["what"]


def asking(served, text):
    """Ask and do not wait for the answer."""
    caller = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    caller.request("GET", f"/sparql?{urlencode({'query': text})}")
    return caller


def parsed(answer):
    """What rdflib makes of triples; JSON-LD is read with an older class of its own, which it warns of."""
    syntax = {"text/turtle": "turtle", "application/n-triples": "nt", "application/rdf+xml": "xml"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        graph = rdflib.Graph(bind_namespaces="none")
        return graph.parse(data=answer.body, format=syntax.get(answer.kind, "json-ld"))


def children():
    """The processes that this one has started and that answer queries."""
    return {pid for pid in processes_of(os.getpid()) if b"query_worker" in command_of(pid)}


def processes_of(parent):
    found = set()
    for thread in Path(f"/proc/{parent}/task").iterdir():
        with contextlib.suppress(FileNotFoundError):  # a thread may end while they are counted
            found.update(int(pid) for pid in (thread / "children").read_text().split())
    return found


def command_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it has ended
        return b""
