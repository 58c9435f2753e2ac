"""Hostile queries: each ends by its limit and a second, fetches nothing, reads no file; the next ASK is answered."""

from __future__ import annotations

import os
import random
import socket
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.torture import worker
from benchmarks.torture.figures import Figure, counted
from kg import ingest
from kg.errors import KGError, QueryError
from kg.graph import query
from kg.graph.asking import QueryWorker
from kg.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT_SECONDS = 1.0
GRACE = 1.0
"""Seconds beyond the limit, and for the next ASK; tests allow more, as their machine may be slow."""
SECRET = "canary-5f3c"
_ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o"


def queries(web: str, file: str) -> Iterator[tuple[str, str]]:
    """Give the queries with their kind; ``web`` and ``file`` are addresses that nobody may ask."""
    for kind, texts in {
        "elsewhere": _elsewhere(web, file),
        "hidden": _hidden(web),
        "changes": _changes(web, file),
        "deep": _deep(),
        "huge": _huge(),
        "endless": _endless(),
        "slow to look at": _slow_to_look_at(),
        "broken": _broken(),
    }.items():
        yield from ((kind, text) for text in texts)


def _elsewhere(web: str, file: str) -> Iterator[str]:
    for place in (web, file):
        yield f"SELECT * {{ SERVICE <{place}> {{ ?s ?p ?o }} }}"
        yield f"SELECT * {{ SERVICE SILENT <{place}> {{ ?s ?p ?o }} }}"
        yield f"SELECT * {{ BIND(<{place}> AS ?e) SERVICE ?e {{ ?s ?p ?o }} }}"
        yield f"SELECT * FROM <{place}> {{ ?s ?p ?o }}"
        yield f"SELECT * FROM NAMED <{place}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"
        yield f"ASK FROM <{place}> {{ ?s ?p ?o }}"
        yield f"CONSTRUCT {{ ?s ?p ?o }} FROM <{place}> WHERE {{ ?s ?p ?o }}"
        yield f"DESCRIBE <{place}> FROM <{place}>"
        yield f"SELECT * {{ GRAPH <{place}> {{ ?s ?p ?o }} }}"
        yield f"DESCRIBE <{place}>"
        yield f"SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <{place}> {{ ?a ?b ?c }} }} }}"
        yield f"SELECT (IRI('{place}') AS ?x) {{}}"


def _hidden(web: str) -> Iterator[str]:
    for word in (
        r"\u0053ERVICE",
        r"\U00000053ERVICE",
        r"S\u0045RVICE",
        "sErViCe",
        "SERVICE#\n",
        "SERVICE\u000b",
        "SERVICE\ufeff",
        "\u017fERVICE",
    ):
        yield f"SELECT * {{ {word} <{web}> {{ ?s ?p ?o }} }}"
    yield f"PREFIX x: <{web}> SELECT * {{ SERVICEx: {{ ?s ?p ?o }} }}"
    yield f"PREFIX x: <{web}> SELECT * {{ SERVICE x: {{ ?s ?p ?o }} }}"
    yield f"SELECT * {{ ?s ?p '#' . SERVICE <{web}> {{ ?a ?b ?c }} # ' }}\n}}"
    yield f'SELECT * {{ ?s ?p """ " # """ . SERVICE <{web}> {{ ?a ?b ?c }} }}'
    yield f"SELECT * {{ ?s ?p '\\\\' . SERVICE <{web}> {{ ?a ?b '' }} }}"
    yield f"SELECT * {{ ?s ?p <http://x#y> . SERVICE <{web}> {{ ?a ?b ?c }} }}"
    yield f"SELECT * {{ # \\u000A SERVICE <{web}> {{ ?a ?b ?c }} \n}}"
    yield f"SELECT * {{ ?s ?p '\\u0027 . SERVICE <{web}> {{ ?a ?b \\u0027' }} }}"
    yield f"BASE <{web}/> SELECT * {{ SERVICE <x> {{ ?s ?p ?o }} }}"
    yield f"SELECT * {{ {{ SELECT * {{ SERVICE <{web}> {{ ?s ?p ?o }} }} }} }}"


def _changes(web: str, file: str) -> Iterator[str]:
    yield from (f"LOAD <{place}>" for place in (web, file))
    yield f"LOAD SILENT <{file}> INTO GRAPH <http://x/g>"
    yield f"ASK {{}} ; LOAD <{file}>"
    yield "DROP ALL"
    yield "CLEAR DEFAULT"
    yield "DELETE WHERE { ?s ?p ?o }"
    yield "INSERT DATA { <http://x/a> <http://x/b> <http://x/c> }"
    yield "# ASK\nDELETE { ?s ?p ?o } WHERE { ?s ?p ?o }"
    yield "PREFIX a: <http://x/> DELETE { ?s ?p ?o } INSERT { a:b a:c a:d } WHERE { ?s ?p ?o }"
    yield "WITH <http://x/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }"
    yield r"\u0044ROP ALL"
    yield "ASK {} ; DROP ALL"


def _deep() -> Iterator[str]:
    for opening, closing in (("{", "}"), ("(", ")"), ("[ <http://x/p> ", " ]")):
        for depth in (127, 3000, 30_000):
            inside = opening * depth + closing * depth
            body = f"FILTER{inside}" if opening == "(" else inside if opening == "{" else f"?s ?p {inside}"
            yield f"ASK {{ {body} }}"
    yield f"ASK {{ FILTER({'!' * 50_000}true) }}"
    yield f"ASK {{ FILTER({'-' * 9000}1 = 1) }}"
    yield f"ASK {{ ?s {'^' * 400}<http://x/p> ?o }}"
    yield f"ASK {{ {'{} UNION ' * 9000} {{}} }}"
    yield f"ASK {{ {'OPTIONAL { ?s ?p ?o ' * 100} {'}' * 100} }}"
    yield f"ASK {{ {'FILTER EXISTS { ?s ?p ?o ' * 120} {'}' * 120} }}"


def _huge() -> Iterator[str]:
    yield "ASK { ?s ?p ?o } #" + "x" * 10_000_000
    yield "SELECT * { ?s ?p '" + "x" * 10_000_000 + "' }"
    yield "ASK { ?s ?p '" + "x" * 90_000 + "' }"
    yield f"ASK {{ BIND({'9' * 90_000} AS ?n) }}"
    yield 'SELECT ("1e99999999"^^<http://www.w3.org/2001/XMLSchema#decimal> + 1 AS ?n) {}'
    yield f"SELECT (CONCAT({','.join(['?c'] * 300)}) AS ?n) {{ BIND('{'x' * 50_000}' AS ?c) }}"
    yield "ASK { ?s <http://" + "x" * 90_000 + "> ?o }"
    yield "SELECT " + " ".join(f"?v{number}" for number in range(12_000)) + " {}"
    yield "ASK { VALUES ?x { " + "1 " * 45_000 + "} }"
    yield "SELECT * { " + "".join(f"BIND(1 AS ?v{number}) " for number in range(5000)) + "}"
    doubled = "".join(f"BIND(CONCAT(?v{n},?v{n}) AS ?v{n + 1}) " for n in range(40))
    yield f"SELECT ?v40 {{ BIND('xxxxxxxx' AS ?v0) {doubled} }}"


def _endless() -> Iterator[str]:
    yield f"SELECT * {{ {_ALL} }}"
    yield f"SELECT (COUNT(*) AS ?n) {{ {_ALL} }}"
    yield f"CONSTRUCT {{ ?a ?e ?i . ?d ?h ?c . ?g ?b ?f }} WHERE {{ {_ALL} }}"
    yield f"SELECT DISTINCT ?a ?o {{ {_ALL} }} ORDER BY ?c ?f"
    yield "DESCRIBE * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    yield f"ASK {{ {_ALL} FILTER(?a = ?c && ?a != ?a) }}"
    yield "SELECT * { ?a (<http://x/p>|!<http://x/p>)* ?b . ?c (!<http://x/q>)* ?d }"
    yield "SELECT (COUNT(*) AS ?n) { ?a (!<http://x/q>)+ ?b . ?c ((!<http://x/q>)+)+ ?d }"
    yield "SELECT * { ?a ((!<http://x/p>)*/^(!<http://x/p>)*)* ?b . ?b ((!<x:q>)*/^(!<x:q>)*)* ?c . ?c ?d ?e }"
    yield f"SELECT (GROUP_CONCAT(?c) AS ?n) {{ {_ALL} }}"
    yield f"SELECT * {{ {_ALL} FILTER(RAND() > 2) }}"
    yield "SELECT * { ?a ?b ?c . ?d ?e ?f . MINUS { ?g ?h ?i . ?j ?k ?l } . ?m ?n ?o . ?p ?q ?r }"
    yield f"SELECT * {{ OPTIONAL {{ {_ALL} }} FILTER(!BOUND(?a)) }}"
    yield "SELECT * { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(400)) + " }"
    for pattern in ("(a+)+$", "(a|aa)+$", "(.*a){25}", "((((a*)*)*)*)*b", "(x+x+)+y", "^(([a-z])+.)+[A-Z]$"):
        word = "a" * 5000
        yield f"SELECT * {{ ?s ?p ?o . ?x ?y ?z FILTER(REGEX('{word}!', '{pattern}')) }}"
    yield "SELECT * { ?s ?p ?o FILTER(REGEX('a', '" + "a?" * 20_000 + "')) }"
    yield "SELECT (REPLACE('aaaa', '(a)', '$1$1$1$1$1') AS ?x) {}"
    yield "SELECT * { ?s ?p ?o FILTER(REGEX('aaaa', '(((((a{1,99}){1,99}){1,99}){1,99}){1,99})')) }"


def _slow_to_look_at() -> Iterator[str]:
    yield "ASK {" + "a." * 49_000 + "}"
    yield "ASK {" + "'\\" * 49_000 + "}"
    yield "ASK {" + '"\n' * 49_000 + "}"
    yield "ASK {" + '"""a\\' * 19_000 + "}"
    yield "ASK {" + "<a " * 33_000 + "}"
    yield "ASK {" + "@a-" * 33_000 + "}"
    yield "ASK {" + "a:%" * 33_000 + "}"
    yield "ASK {" + "\\u0022" * 16_000 + "}"
    yield "ASK {" + "1." * 49_000 + "}"


def _broken() -> Iterator[str]:
    yield from (
        "",
        "\0",
        "\ud800",
        "SELECT",
        "{",
        "}" * 50_000,
        "ASK { ?s ?p 'open }",
        "\ufeffASK {}",
        "🕊" * 20_000,
    )


def hostile(count: int, seed: int) -> list[Figure]:
    """Ask ``count`` of the queries (all where it is 0) in turn of one worker that is kept, as a server would."""
    late: list[str] = []
    reached: list[str] = []
    unnamed: list[str] = []
    ends: list[str] = []
    with tempfile.TemporaryDirectory(prefix="kg-torture-") as scratch, listening() as (web, calls):
        canary = Path(scratch) / "canary.ttl"
        canary.write_text(f"<http://x/{SECRET}> <http://x/p> <http://x/o> .")
        os.utime(canary, (0, 1_000_000_000))
        store = _graph(Path(scratch))
        size = _size(store)
        with QueryWorker(store) as asking:
            asked = list(queries(web, canary.as_uri()))
            for kind, text in random.Random(seed).sample(asked, count) if count else asked:
                shown = f"{kind}: {text[:70]!r}"
                end, spent = _ask(asking, text, unnamed, shown)
                ends.append(end)
                if end == SECRET:
                    reached.append(shown)
                if spent > LIMIT_SECONDS + GRACE:
                    late.append(f"{shown} took {spent:.1f} s")
                end, spent = _ask(asking, "ASK {}", unnamed, f"ASK after {shown}", limit=30)
                if end != "answered" or spent > GRACE:
                    late.append(f"ASK after {shown}: {end} in {spent:.1f} s")
        reached += [f"the web was asked: {call}" for call in calls]
        if _was_read(canary):
            reached.append("the file was opened")
        if _size(store) != size:
            reached.append("the graph is another one")
    return [
        Figure("hostile queries: later than limit + 1 s, or the next ASK than 1 s", len(ends), tuple(late)),
        Figure("  web or file reached, graph changed", len(ends), tuple(reached)),
        Figure("  errors without a name", len(ends), tuple(unnamed), counted(ends)),
    ]


def _ask(
    asking: QueryWorker, text: str, unnamed: list[str], shown: str, *, limit: float = LIMIT_SECONDS
) -> tuple[str, float]:
    """Ask; give how it ended, and the seconds that took."""
    began = time.monotonic()
    try:
        answer = query.ask_with(asking, text, params={}, limit_seconds=limit)
    except QueryError as error:
        end = type(error).__name__
    except KGError as error:
        end = f"{type(error).__name__}"
        unnamed.append(f"{shown}: {error}")
    except Exception as error:  # noqa: BLE001  (any other error is the fault that is looked for)
        end = type(error).__name__
        unnamed.append(f"{shown}: {end}: {error}"[:200])
    else:
        end = SECRET if SECRET in str(answer)[:100_000] and "canary" not in text else "answered"
    return end, time.monotonic() - began


def _graph(scratch: Path) -> Path:
    """Build a small graph; give its store."""
    worker_read = ingest.read_all
    worker.use_cheap_readings()
    try:
        sources = []
        for number in range(20):
            path = scratch / f"report-{number}.txt"
            path.write_text(worker.text_of(path.stem, number))
            sources.append(str(path))
        with Project.open(scratch / "kg-store", create=True) as project:
            ingest.build(project, sources, worker.settings_for(scratch / "kg-store"))
            return project.store_folder
    finally:
        ingest.read_all = worker_read


def _size(store: Path) -> str:
    return str(query.run(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))


def _was_read(canary: Path) -> bool:
    """Tell whether somebody read a file whose time of access was set back, where the disk notes it."""
    return canary.stat().st_atime > 0


class listening:  # noqa: N801  (used as a function)
    """Give the address of a socket and a list of who called."""

    def __enter__(self) -> tuple[str, list[str]]:
        """Start to listen."""
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._calls: list[str] = []
        threading.Thread(target=self._accept, daemon=True).start()
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}", self._calls

    def _accept(self) -> None:
        while True:
            try:
                caller, address = self._socket.accept()
            except OSError:
                return
            self._calls.append(str(address))
            caller.close()

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self._socket.close()
