"""Queries: what is refused, what is killed, and that values are never text."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import DataError, InputError, QueryError, QueryTimeoutError, UnknownNameError, UsageError
from kg.graph import asking, guard, query
from kg.graph.binding import bind, params_of
from kg.graph.rows import Rows
from kg.graph.store import EmbeddedStore, ontology_triples

CHECKOUT = Path(__file__).parents[2]
GOOD = CHECKOUT / "tests/ontology/fixtures/good.ttl"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "s"
    triples = [quad.triple for quad in ox.parse(GOOD.read_bytes(), ox.RdfFormat.TURTLE)]
    with EmbeddedStore(path) as store:
        store.replace([*triples, *ontology_triples()])
    return path


REFUSED = [
    "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "ASK { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "ASK{SERVICE<http://127.0.0.1:9/>{?s ?p ?o}}",
    "ASK{SERVICESILENT<http://127.0.0.1:9/>{?s ?p ?o}}",
    "PREFIX ex: <http://127.0.0.1:9/> ASK{SERVICEex:s{?s ?p ?o}}",
    "PREFIX : <http://127.0.0.1:9/> ASK{service:s{?s ?p ?o}}",
    "ASK{?s ?p trueSERVICE<http://127.0.0.1:9/>{?s ?p ?o}}",
    "ASK{?s ?p 1e5SERVICE<http://127.0.0.1:9/>{?s ?p ?o}}",
    "ASK{?s ?p 1.SERVICE<http://127.0.0.1:9/>{?s ?p ?o}}",
    "ASK{?s ?p '''x''' .SERVICE<http://127.0.0.1:9/>{?s ?p ?o}}",
    "ASK { # a comment\n SERVICE <http://127.0.0.1:9/> {} }",
    "ASK { # a comment\r SERVICE <http://127.0.0.1:9/> {} }",
    "ASK { ?x <http://x/#> ?y . SERVICE <http://127.0.0.1:9/> {} }",
    r"ASK { \u0053ERVICE <http://127.0.0.1:9/> {} }",
    r"ASK { \U00000053ERVICE <http://127.0.0.1:9/> {} }",
    r'ASK { ?s ?p "\u0022 . SERVICE <http://127.0.0.1:9/> { ?s ?p \u0022" } }',
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM NAMED <http://127.0.0.1:9/> { ?s ?p ?o }",
    "ASKFROM<http://127.0.0.1:9/>{}",
    "LOAD <http://127.0.0.1:9/>",
    "INSERT DATA { <http://x/a> <http://x/b> 1 }",
    "PREFIX a: <http://x/> DELETE WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP DEFAULT",
    "COPY DEFAULT TO <http://x/>",
    "ASK " + "{" * 200 + "}" * 200,
    "ASK { FILTER(" + "(" * 200 + "1" + ")" * 200 + ") }",
    "ASK { FILTER(" + "!" * 5000 + "true) }",
    "ASK { FILTER(" + "||".join(["?x"] * 5000) + ") }",
    "ASK { ?s " + "^" * 5000 + "<http://x/p> ?o }",
    "ASK { } #" + "x" * 200_000,
]


def test_what_leaves_the_machine_or_changes_the_graph_is_refused(folder):
    refused = 0
    for text in REFUSED:
        with pytest.raises(QueryError):
            query.run(folder, text)
        with pytest.raises(QueryError):
            query.run(EmbeddedStore(), text)
        refused += 1
    assert refused == len(REFUSED) == 31


ACCEPTED = [
    "SELECT ?service { ?service ?from ?load }",
    "ASK { ?s ?p 'LOAD me FROM the SERVICE' }",
    'ASK { ?s ?p """it\'s "FROM" \\""" SERVICE""" }',
    "ASK { ?s <http://x/SERVICE> ?o } # SERVICE",
    "PREFIX ex: <http://x/> ASK { ex:SERVICE ex:from ex:load }",
    "ASK { ?s ?p 'x'@load }",
    "ASK { FILTER(1 < 2 && 3 > 2) }",
    "ASK " + "{" * 100 + "}" * 100,
    "ASK { ?s <http://x/p>/<http://x/q>*|^<http://x/r> ?o }",
]


def test_words_in_names_strings_and_comments_are_no_commands(folder):
    with asking.QueryWorker(folder) as worker:
        for text in ACCEPTED:
            guard.check(text)
            query.ask_with(worker, text, params={})
    assert len(ACCEPTED) == 9


def test_no_text_takes_long_to_look_at(folder):
    """Each of these took minutes to be cut into tokens, before the engine and its limit."""
    guard.check("ASK {" + "a." * 49_000 + "}")
    for text in ("ASK {" + "'\\" * 49_000 + "}", "ASK {" + '"\n' * 49_000 + "}"):
        with pytest.raises(QueryError, match="32 strings that do not end"):
            guard.check(text)
    guard.check("ASK { ?s ?p " + ", ".join(["'it' \"is\""[:4]] * 90) + " }")


def test_half_a_character_is_named(folder):
    with pytest.raises(QueryError, match="no text at character 15"):
        query.run(folder, "ASK { ?s ?p '\udc80\ud800' }".replace("'\udc80", "'x\udc80"))


def test_a_value_too_long_for_the_engines_reader_is_named(folder):
    text = f"SELECT (CONCAT({','.join(['?c'] * 400)}) AS ?n) {{ BIND('{'x' * 50_000}' AS ?c) }}"
    with pytest.raises(QueryError, match="too long to be read"):
        query.run(folder, text)


def test_the_three_kinds_of_answers(folder):
    for source in (folder, EmbeddedStore(folder, readonly=True)):
        rows = query.run(source, "SELECT ?s ?none { ?s a <https://w3id.org/diplomacy-kg/ns#Talks> }")
        assert isinstance(rows, Rows)
        assert rows.dicts() == [{"s": "https://w3id.org/diplomacy-kg/id/thing/round", "none": None}]
        assert query.run(source, "ASK { ?s ?p ?o }") is True
        assert query.run(source, "ASK { ?s ?s ?o }") is False
        made = query.run(source, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        assert len(made) == len(set(made)) == len(EmbeddedStore(folder, readonly=True))


def test_a_query_is_killed_at_its_limit_and_the_next_one_answered(folder):
    with asking.QueryWorker(folder) as worker:
        assert query.ask_with(worker, "ASK {}", params={}) is True
        for _ in range(2):
            start = time.monotonic()
            with pytest.raises(QueryTimeoutError, match=r"longer than 0\.3 s"):
                query.ask_with(worker, CROSS, params={}, limit_seconds=0.3)
            assert time.monotonic() - start < 10
            start = time.monotonic()
            assert query.ask_with(worker, "ASK {}", params={}) is True
            assert time.monotonic() - start < 10


def test_a_thread_is_left_at_its_limit():
    triples = ontology_triples()
    store = EmbeddedStore.of(triples[:60])
    with pytest.raises(QueryTimeoutError):
        query.run(
            store, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", limit_seconds=0.2
        )


def test_a_worker_that_crashes_is_reported(folder):
    """The engine overflows its stack on this; our own process must not."""
    deep = "ASK { " + "{} UNION " * 9000 + "{} }"
    with asking.QueryWorker(folder) as worker:
        with pytest.raises(QueryError, match="without an answer"):
            query.ask_with(worker, deep, params={})
        assert query.ask_with(worker, "ASK {}", params={}) is True


def test_a_query_that_does_not_parse_is_named(folder):
    for source in (folder, EmbeddedStore()):
        with pytest.raises(QueryError, match="does not parse"):
            query.run(source, "SELECT WHERE")


def test_ctrl_c_ends_a_query(folder):
    # A shell starts background jobs with interrupts ignored; and one that comes in the midst of an import
    # Python may swallow.
    code = (
        "import sys, os, signal, threading, kg.graph.rows; from pathlib import Path; from kg.graph import query\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()\n"
        f"try: query.run(Path(sys.argv[1]), {CROSS!r}, limit_seconds=60)\n"
        "except KeyboardInterrupt: print('interrupted')"
    )
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True, cwd=CHECKOUT
    )
    assert done.stdout == "interrupted\n"
    assert time.monotonic() - start < 20


def test_no_worker_outlives_a_killed_parent(folder):
    code = (
        "import sys, os, signal, threading; from pathlib import Path; from kg.graph import asking, query\n"
        "worker = asking.QueryWorker(Path(sys.argv[1])); print(worker._process.pid, flush=True)\n"
        "threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()\n"
        f"worker.ask({CROSS!r}, limit_seconds=60)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=False, cwd=CHECKOUT
    )
    assert done.returncode == -9
    end = time.monotonic() + 5
    while _alive(int(done.stdout)) and time.monotonic() < end:
        time.sleep(0.1)
    assert not _alive(int(done.stdout))


def _alive(process):
    """Tell whether a process runs; one that nobody has waited for yet does not."""
    try:
        os.kill(process, 0)
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_asking_imports_neither_spacy_nor_rdflib(folder):
    code = (
        "import sys; from pathlib import Path; from kg.graph import query\n"
        "early = {'pyoxigraph', 'rdflib', 'spacy'} & set(sys.modules)\n"
        "query.run(Path(sys.argv[1]), 'ASK {}')\n"
        "print(early, {'rdflib', 'spacy', 'IPython', 'pyshacl'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True, cwd=CHECKOUT
    )
    assert done.stdout == "set() set()\n"


# --- parameters ---

QUERY = """# Whose label is it?
# param: who (iri or name): the thing
# param: word (string), optional
# param: day (date), optional
# param: count (integer), optional
SELECT ?s ?label WHERE {
  # with who: VALUES ?s {}
  ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label .
  # with word: VALUES ?w {} FILTER(STR(?label) = ?w)
  # with day: BIND(1 AS ?one) VALUES ?d {}
  # with count: VALUES ?n {}
} ORDER BY ?s
"""


def test_a_value_selects(folder):
    for who in ("thing/north", "https://w3id.org/diplomacy-kg/id/thing/north", "northland", " NORTHLAND "):
        rows = query.run(folder, QUERY, params={"who": who})
        assert [row["label"] for row in rows.dicts()] == ["Northland"]
    rows = query.run(
        folder, QUERY, params={"who": "dip:Talks", "word": "Talks", "day": "2025-05-16", "count": "-7"}
    )
    assert [row["label"] for row in rows.dicts()] == ["Talks"]


def test_a_query_file_with_parameters_runs_as_it_is(folder):
    with EmbeddedStore(folder, readonly=True) as store:
        assert len(store.query(QUERY).rows) > 10


ATTACKS = [
    "x> } ; DROP ALL ; #",
    "http://x/> ?p ?o } UNION { ?s ?p ?o",
    "https://x/a> <https://x/b",
    'Northland" || true || "',
    'Northland")) } UNION { ?s ?p ?o } #',
    "Northland\\",
    'Northland\\") || (1=1',
    "Northland\n} UNION { ?s ?label ?o",
    r"Northland\u0022) || (1=1) || (\u0022",
    "?s",
    "_:b",
    "thing/north> ?p ?o } #",
    "dip:Talks } #",
    "Northland' OR '1'='1",
    "# with word: VALUES ?w {}",
    "VALUES ?s {}",
    "{}",
    "\\g<0>\\1",
    "Northland\x00",
    "\ud800",
]


def test_no_value_breaks_out_of_its_place(folder):
    """Each attack as an IRI or a name is refused by name, as a string it finds nothing."""
    with asking.QueryWorker(folder) as worker:
        for attack in ATTACKS:
            with pytest.raises(UsageError):
                query.ask_with(worker, QUERY, params={"who": attack})
            for name in ("day", "count"):
                with pytest.raises(UsageError, match="does not fit"):
                    query.ask_with(worker, QUERY, params={"who": "thing/north", name: attack})
            if attack != "\ud800":
                found = query.ask_with(worker, QUERY, params={"who": "thing/north", "word": attack})
                assert found.rows == ()
    assert len(ATTACKS) == 20


def test_a_bound_string_is_one_token():
    for attack in ATTACKS[:-1]:
        text = bind(QUERY, {"who": "thing/north", "word": attack}, names=lambda _: ())
        line = next(line for line in text.splitlines() if "VALUES ?w" in line)
        kinds = [kind for kind, _ in guard.tokens(line)]
        assert kinds.count("string") == 1
        assert len(kinds) == 14, line


def test_missing_unknown_and_misspelt_parameters_are_named(folder):
    with pytest.raises(UsageError, match="--param who") as caught:
        query.run(folder, QUERY)
    assert "the thing (iri or name)" in caught.value.hint
    with pytest.raises(UnknownNameError) as caught:
        query.run(folder, QUERY, params={"woh": "x"})
    assert caught.value.hint == "Did you mean 'who'?"
    with pytest.raises(UnknownNameError, match="no thing in the graph named 'Nortland'") as caught:
        query.run(folder, QUERY, params={"who": "Nortland"})
    assert caught.value.hint == "Did you mean 'Northland'?"
    with pytest.raises(DataError, match="no type 'number'"):
        params_of("# param: n (number)\nASK {}")
    with pytest.raises(DataError, match="does not parse"):
        params_of("# param: n\nASK {}")


# --- the queries that come with the package ---


def test_every_named_query_says_what_it_answers(folder):
    queries = query.named_queries()
    assert len(queries) == 34
    assert len({each.name for each in queries}) == 34
    for each in queries:
        assert each.question
        assert not each.name[0].isdigit()
        assert query.query_text(each.name) == each.text
        guard.check(each.text)


def test_every_named_query_runs_with_every_parameter(folder):
    values = {"iri or name": "Northland", "date": "2025-05-16"}
    special = {
        "status": "held",
        "place": "Southland",
        "issue": "the round",
        "predicate": "dip:participatesIn",
        "object": "the round",
    }
    ran = 0
    with asking.QueryWorker(folder) as worker:
        for each in query.named_queries():
            needed = {param.name: "Northland" for param in each.params if not param.optional}
            for given in [
                {},
                *(
                    {param.name: special.get(param.name, values[" or ".join(param.types)])}
                    for param in each.params
                ),
            ]:
                query.ask_with(worker, each.text, params=needed | given)
                ran += 1
    assert ran >= 34 + 27


def test_an_unknown_query_is_named_with_a_suggestion():
    with pytest.raises(UnknownNameError) as caught:
        query.query_text("who-led-wich-delegation")
    assert caught.value.hint == "Did you mean 'who-led-which-delegation'?"


def test_a_query_may_be_a_file(tmp_path):
    path = tmp_path / "mine.rq"
    path.write_text("ASK {}")
    assert query.query_text(str(path)) == "ASK {}"
    with pytest.raises(InputError, match="cannot be read"):
        query.query_text(str(tmp_path / "none.rq"))
    path.write_bytes(b"ASK {} # \xff")
    with pytest.raises(InputError, match="not UTF-8"):
        query.query_text(str(path))


def test_a_named_query_is_asked_in_this_process(folder):
    assert query.run_named(folder, "status-of-events", params={"status": "held"}).dicts() == [
        {"status": "held", "event": "the round", "from": None, "to": None}
    ]
    with pytest.raises(UnknownNameError):
        query.run_named(folder, "none")


PLACED = """
@prefix dip: <https://w3id.org/diplomacy-kg/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://x.org/> .
:talks a dip:Talks ; rdfs:label "talks in Doha" ; dip:status :held ; dip:location :doha . :held rdfs:label "held" .
:other a dip:Talks ; rdfs:label "talks in Oslo" ; dip:status :held ; dip:location :oslo . :oslo rdfs:label "Oslo" .
:doha rdfs:label "Doha" ; dip:locatedIn :qatar . :qatar rdfs:label "Qatar" .
"""


@pytest.mark.parametrize("place", ["Doha", "Qatar"])
def test_rounds_at_a_place_are_those_within_it_though_a_column_is_called_so(place):
    store = EmbeddedStore.of(quad.triple for quad in ox.parse(PLACED, ox.RdfFormat.TURTLE))
    text = query.named_query("chronology").text
    answer = query.run(store, text, params={"place": place})
    assert [(row["round"], row["place"]) for row in answer.dicts()] == [("talks in Doha", "Doha")]
    assert len(query.run(store, text).rows) == 2
