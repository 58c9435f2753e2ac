"""The process in which queries run, looked at from inside: its answers, its requests, its end."""

import io
import os
import struct
import subprocess
import sys
import threading
import time
from types import SimpleNamespace

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.graph import asking, generations, query_worker
from kg.graph.rows import Rows
from kg.graph.store import EmbeddedStore

FACT = ox.Triple(ox.NamedNode("https://x.org/a"), ox.NamedNode("https://x.org/p"), ox.Literal("1"))


def request(text, media_type="", folder=""):
    parts = (os.fsencode(folder), media_type.encode(), text.encode())
    return b"".join(struct.pack(">Q", len(part)) + part for part in parts)


@pytest.mark.parametrize(
    ("text", "kind", "outcome"),
    [
        ("ASK { ?s ?p ?o }", b"B", True),
        ("ASK { ?s <https://x.org/q> ?o }", b"B", False),
        ("SELECT ?o { ?s ?p ?o }", b"R", Rows(("o",), ((ox.Literal("1"),),))),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", b"T", (FACT,)),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p 2 }", b"T", ()),
    ],
)
def test_each_kind_of_answer_arrives_as_it_was(text, kind, outcome):
    store = EmbeddedStore.of([FACT]).engine
    sent = query_worker.answer(store, text)
    assert sent[0] == kind
    assert asking._answer(*sent) == outcome


@pytest.mark.parametrize(
    ("text", "media_type", "data"),
    [
        ("ASK { ?s ?p ?o }", "text/csv", b"true"),
        ("ASK { ?s ?p ?o }", "application/sparql-results+json", b'{"head":{},"boolean":true}'),
        ("SELECT ?o { ?s ?p ?o }", "text/csv", b"o\r\n1\r\n"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle", b'<https://x.org/a> <https://x.org/p> "1" .\n'),
    ],
)
def test_an_answer_comes_in_the_format_asked_for(tmp_path, text, media_type, data):
    with EmbeddedStore(tmp_path / "s") as store:
        store.replace([FACT])
    with asking.QueryWorker(tmp_path / "s") as worker:
        assert worker.fetch(text, media_type, limit_seconds=60) == data


def test_an_answer_that_is_too_large_is_not_taken_in_and_the_next_one_is(tmp_path):
    with EmbeddedStore(tmp_path / "s") as store:
        store.replace([FACT])
    with asking.QueryWorker(tmp_path / "s", max_bytes=1_000_000) as worker:
        values = " ".join(f"({number})" for number in range(300))
        text = f"SELECT * {{ VALUES (?a) {{ {values} }} VALUES (?b) {{ {values} }} }}"
        with pytest.raises(QueryError, match="more than 1 MB"):
            worker.fetch(text, "application/sparql-results+json", limit_seconds=60)
        assert worker.fetch("ASK { ?s ?p ?o }", "text/csv", limit_seconds=60) == b"true"


def test_a_worker_is_renewed_when_a_build_has_ended(tmp_path):
    with EmbeddedStore(tmp_path / "s") as store:
        store.replace([FACT])
        with asking.QueryWorker(tmp_path / "s") as worker:
            before = worker._process.pid
            worker.renew()
            store.replace([])
            assert worker.ask("ASK { ?s ?p ?o }", limit_seconds=60) is True
            worker.renew()
            assert worker.ask("ASK { ?s ?p ?o }", limit_seconds=60) is False
            assert worker._process.pid == before  # another store in the same process


def test_a_query_that_takes_long_yields_to_others_and_its_process_is_exchanged(tmp_path):
    with EmbeddedStore(tmp_path / "s") as store:
        store.replace([FACT])
    values = " ".join(f"({number})" for number in range(1000))
    slow = f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'VALUES (?{name}) {{ {values} }}' for name in 'abcd')} }}"
    with asking.QueryWorker(tmp_path / "s", yields_after=0.1) as worker:
        first = worker._process.pid
        before = os.getpriority(os.PRIO_PROCESS, first)
        assert worker.ask("ASK {}", limit_seconds=60) is True

        def ask():
            with pytest.raises(QueryError):
                worker.ask(slow, limit_seconds=60)

        reader = threading.Thread(target=ask)
        reader.start()
        deadline = time.monotonic() + 50
        while (now := os.getpriority(os.PRIO_PROCESS, first)) == before and time.monotonic() < deadline:
            time.sleep(0.02)
        os.kill(first, 9)
        reader.join()
        worker.renew()
        assert now == 19
        assert os.getpriority(os.PRIO_PROCESS, worker._process.pid) == before
        assert worker.ask("ASK {}", limit_seconds=60) is True


def test_faults_are_told_apart():
    store = EmbeddedStore.of([FACT]).engine
    assert query_worker.answer(store, "SELECT")[0] == b"S"
    kind, why = query_worker.answer(store, "SELECT * { SERVICE <http://localhost:9/> { ?s ?p ?o } }")
    assert kind == b"E"
    assert why
    with pytest.raises(QueryError, match="cannot be evaluated: "):
        asking._answer(kind, why)


def test_a_request_that_is_cut_ends_the_stream():
    stream = io.BytesIO(request("ASK {}", "text/csv", "/a/\udcff") + request("ASK { \N{BIRD} }") + b"\0\0\0")
    assert list(query_worker.requests(stream)) == [
        ("/a/\udcff", "text/csv", "ASK {}"),
        ("", "", "ASK { \N{BIRD} }"),
    ]


def test_it_answers_until_nothing_more_is_asked(tmp_path, monkeypatch):
    with EmbeddedStore(tmp_path / "s") as store:
        store.replace([])
        before = str(generations.folder_in_force(tmp_path / "s"))
        store.replace([FACT])
        now = str(generations.folder_in_force(tmp_path / "s"))
    limits, out = [], io.BytesIO()
    monkeypatch.setattr(query_worker.resource, "setrlimit", lambda *limit: limits.append(limit))
    asked = [("ASK { ?s ?p ?o }", before), ("ASK { ?s ?p ?o }", now), ("ASK {", now)]
    stdin = io.BytesIO(b"".join(request(text, folder=folder) for text, folder in asked))
    monkeypatch.setattr(query_worker.sys, "stdin", SimpleNamespace(buffer=stdin))
    monkeypatch.setattr(query_worker.sys, "stdout", SimpleNamespace(buffer=out))
    query_worker.main(before, os.getppid())
    said = out.getvalue()
    assert said.startswith(b"B" + struct.pack(">Q", 5) + b"falseB" + struct.pack(">Q", 4) + b"trueS")
    assert limits == [(query_worker.resource.RLIMIT_DATA, (query_worker.MAX_MEMORY,) * 2)]


def test_it_ends_when_its_parent_is_gone(monkeypatch):
    parents, naps = [7, 7, 1], []

    class EndedError(Exception):
        pass

    def end(code):
        raise EndedError(code)

    monkeypatch.setattr(query_worker.os, "getppid", lambda: parents.pop(0))
    monkeypatch.setattr(query_worker.os, "_exit", end)
    monkeypatch.setattr(query_worker.time, "sleep", naps.append)
    with pytest.raises(EndedError, match="1"):
        query_worker.end_with_parent(7)
    assert len(naps) == 2


def test_it_ends_when_its_parent_was_gone_before_it_started(tmp_path):
    """A query that was sent already would run without anybody to stop it."""
    with EmbeddedStore(tmp_path / "s") as store:
        store.replace([FACT])
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    folder = str(generations.folder_in_force(tmp_path / "s"))
    command = [sys.executable, "-I", query_worker.__file__, folder, gone.stdout.decode().strip()]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    try:
        assert worker.wait(60) == 1
    finally:
        worker.kill()
        worker.stdin.close()


def test_it_ends_when_its_pipe_is_closed(tmp_path):
    with EmbeddedStore(tmp_path / "s") as store:
        store.replace([FACT])
    folder = str(generations.folder_in_force(tmp_path / "s"))
    command = [sys.executable, "-I", query_worker.__file__, folder, str(os.getpid())]
    done = subprocess.run(
        command,
        input=request("ASK { ?s ?p ?o }", folder=folder),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (0, b"B" + struct.pack(">Q", 4) + b"true"), done.stderr
