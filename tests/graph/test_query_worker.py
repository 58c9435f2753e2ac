"""The process in which queries run, looked at from inside: its answers, its requests, its end."""

import io
import os
import struct
import subprocess
import sys
from types import SimpleNamespace

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.graph import asking, generations, query_worker
from kg.graph.rows import Rows
from kg.graph.store import EmbeddedStore

FACT = ox.Triple(ox.NamedNode("https://x.org/a"), ox.NamedNode("https://x.org/p"), ox.Literal("1"))


def request(text):
    data = text.encode()
    return struct.pack(">Q", len(data)) + data


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


def test_faults_are_told_apart():
    store = EmbeddedStore.of([FACT]).engine
    assert query_worker.answer(store, "SELECT")[0] == b"S"
    kind, why = query_worker.answer(store, "SELECT * { SERVICE <http://localhost:9/> { ?s ?p ?o } }")
    assert kind == b"E"
    assert why
    with pytest.raises(QueryError, match="cannot be evaluated: "):
        asking._answer(kind, why)


def test_a_request_that_is_cut_ends_the_stream():
    stream = io.BytesIO(request("ASK {}") + request("ASK { \N{BIRD} }") + b"\0\0\0")
    assert list(query_worker.requests(stream)) == ["ASK {}", "ASK { \N{BIRD} }"]


def test_it_answers_until_nothing_more_is_asked(tmp_path, monkeypatch):
    with EmbeddedStore(tmp_path / "s") as store:
        store.replace([FACT])
    limits, out = [], io.BytesIO()
    monkeypatch.setattr(query_worker.resource, "setrlimit", lambda *limit: limits.append(limit))
    stdin = io.BytesIO(request("ASK { ?s ?p ?o }") + request("ASK {"))
    monkeypatch.setattr(query_worker.sys, "stdin", SimpleNamespace(buffer=stdin))
    monkeypatch.setattr(query_worker.sys, "stdout", SimpleNamespace(buffer=out))
    query_worker.main(str(generations.folder_in_force(tmp_path / "s")), os.getppid())
    said = out.getvalue()
    assert said.startswith(b"B" + struct.pack(">Q", 4) + b"trueS")
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
        command, input=request("ASK { ?s ?p ?o }"), capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, b"B" + struct.pack(">Q", 4) + b"true"), done.stderr
