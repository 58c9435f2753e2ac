"""Several processes read what one reads, byte for byte, whatever becomes of them."""

import os
import signal
import subprocess
import sys
import threading
import time
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import SimpleQueue

import pytest
from faults import ALWAYS, GOOD, ONCE, RAISES, children, customized, environ, is_there, kept, written
from sample_articles import ROOT

from kg.config import Settings
from kg.engines import choice, local, plan, worker
from kg.engines.choice import choose, cores
from kg.engines.work import here, portable
from kg.errors import DataError, KGError, UsageError
from kg.model import Article


@pytest.fixture
def small_pieces(monkeypatch):
    """Let each article, or two, be a piece of its own."""
    monkeypatch.setattr(plan, "CHUNK", 300)


PLAIN = Settings()


def fail(article, error):
    raise error


def test_two_processes_keep_what_one_keeps(kg, built, sample, tmp_path, monkeypatch):
    monkeypatch.setattr(plan, "CHUNK", 3_000)
    ran = kg("build", *sample, "--store", tmp_path / "store", "--workers", 2)
    assert (ran.code, "6 read" in ran.err) == (0, True)
    assert kept(tmp_path / "store") == kept(built)
    assert "6 unchanged" in kg("build", *sample, "--store", tmp_path / "store", "--workers", 3).err


@pytest.mark.usefixtures("small_pieces")
def test_a_process_that_is_killed_is_replaced_and_nothing_is_lost(kg, tmp_path, monkeypatch):
    folder = written(tmp_path / "in", bad="c")
    assert kg("build", folder, "--store", tmp_path / "one", "--workers", 1).code == 0
    marker = tmp_path / "killed"
    monkeypatch.syspath_prepend(str(customized(tmp_path / "fault", ONCE.format(marker=str(marker)))))
    ran = kg("build", folder, "--store", tmp_path / "two", "--workers", 2)
    assert marker.exists()
    assert (ran.code, "6 read" in ran.err) == (0, True), ran.err
    assert kept(tmp_path / "two") == kept(tmp_path / "one")


def test_an_article_that_kills_each_process_is_refused_alone(kg, tmp_path, monkeypatch):
    folder = written(tmp_path / "in", bad="c")
    monkeypatch.syspath_prepend(str(customized(tmp_path / "fault", ALWAYS)))
    ran = kg("build", folder, "--store", tmp_path / "store", "--workers", 2)
    assert ran.code == 3
    head, hint, *_ = ran.err.splitlines()
    assert head.endswith("c.txt: could not be read: each process that read it came to its end (SIGKILL)"), (
        ran.err
    )
    assert hint.startswith("hint: Is there enough memory?")
    assert "5 read, 1 refused" in ran.err
    assert kg("remove", "--list", "--store", tmp_path / "store").out.split() == list("abdef")


@pytest.mark.usefixtures("small_pieces")
def test_an_article_at_which_the_program_fails_is_refused_as_in_one_process(kg, tmp_path, monkeypatch):
    folder = written(tmp_path / "in", names="abc", bad="b")
    monkeypatch.syspath_prepend(str(customized(tmp_path / "fault", RAISES)))
    ran = kg("build", folder, "--store", tmp_path / "store", "--workers", 2)
    assert ran.code == 3
    assert "b.txt: could not be read: an error in the program (LookupError xyzzy is" in ran.err
    assert "2 read, 1 refused" in ran.err


def test_a_debugger_gets_the_error_with_where_it_comes_from(kg, tmp_path, monkeypatch):
    folder = written(tmp_path / "in", names="ab", bad="b")
    monkeypatch.syspath_prepend(str(customized(tmp_path / "fault", RAISES)))
    monkeypatch.setenv("KG_DEBUG", "1")
    ran = kg("build", folder, "--store", tmp_path / "store", "--workers", 2)
    assert ran.code == 70
    assert "LookupError: xyzzy is not to be read" in ran.err
    assert "sitecustomize.py" in ran.err


def test_what_is_wrong_for_all_is_said_once(kg, tmp_path):
    folder = written(tmp_path / "in", names="ab")
    given = ("build", folder, "--store", tmp_path / "store", "--workers", 2)
    ran = kg(*given, "--model", "en_core_web_xx")
    assert (ran.code, ran.err.count("no spaCy pipeline named")) == (2, 1)
    (tmp_path / "mine.tsv").write_text("label\ttype\nAda Example\twizard\n")
    ran = kg(*given, "--kb", tmp_path / "mine.tsv")
    assert ran.code == 3
    assert "mine.tsv:2" in ran.err


def test_processes_that_cannot_begin_end_the_build(kg, tmp_path, monkeypatch):
    folder = written(tmp_path / "in", names="ab")
    (tmp_path / "fault").mkdir()
    (tmp_path / "fault" / "sitecustomize.py").write_text("import os\nos._exit(9)\n")
    monkeypatch.syspath_prepend(str(tmp_path / "fault"))
    ran = kg("build", folder, "--store", tmp_path / "store", "--workers", 2)
    assert ran.code == 4
    assert "the processes that read end before they can begin (exit code 9)" in ran.err
    assert "--workers 1" in ran.err


def test_a_source_that_fails_ends_the_processes(tmp_path):
    def broken():
        yield Article("a", GOOD)
        raise LookupError("not an article's")

    others = set(children(os.getpid()))
    with pytest.raises(LookupError, match="not an article's"):
        list(local.read(broken(), settings=Settings(), refuse=fail, workers=1))
    assert set(children(os.getpid())) <= others


def started(folder, store):
    command = [sys.executable, "-m", "kg", "build", str(folder), "--store", str(store), "--workers", "2"]
    process = subprocess.Popen(
        command, env=environ(PYTHONPATH=str(ROOT)), cwd=folder.parent, stderr=subprocess.PIPE, text=True
    )
    while process.poll() is None and not list(store.glob("readings/*.json")):
        time.sleep(0.02)
    return process, children(process.pid)


@pytest.fixture
def long_build(tmp_path):
    """Start a build that takes a while, wait until it has read something; gives it and its workers."""
    folder = written(tmp_path / "in", names="".join(map(chr, range(0x4E00, 0x4E00 + 600))))
    ours = signal.signal(signal.SIGINT, signal.default_int_handler)
    process, workers = started(folder, tmp_path / "store")
    yield process, workers
    process.kill()
    process.communicate()
    signal.signal(signal.SIGINT, ours)


def test_ctrl_c_ends_all_processes_and_keeps_what_was_read(long_build, tmp_path):
    process, workers = long_build
    assert len(workers) == 2
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert said.splitlines() == [
        "What was read is kept; the same command goes on from there.",
        "interrupted",
    ]
    assert [pid for pid in workers if is_there(pid)] == []
    kept_ = len(list((tmp_path / "store" / "readings").glob("*.json")))
    assert 0 < kept_ < 600


def test_a_build_that_is_killed_leaves_no_process(long_build):
    process, workers = long_build
    assert len(workers) == 2
    process.kill()
    process.wait()
    deadline = time.monotonic() + 60
    while any(map(is_there, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in workers if is_there(pid)] == []


# The process itself, as a thread of this one


def served(*pieces, settings=PLAIN):
    """Give what a worker answers to pieces."""
    ours, its = Pipe()
    with ours, its:
        thread = threading.Thread(target=worker.serve, args=(its,))
        thread.start()
        for piece in (settings, *pieces, None):
            ours.send(piece)
        thread.join()
        found = []
        while ours.poll():
            found.append(ours.recv())
        return found


def test_a_worker_says_when_it_begins_and_answers_in_order():
    ready, first, second = served((Article("a", GOOD), Article("b", GOOD)), (Article("c", GOOD),))
    assert ready is None
    assert [reading.article.id for reading in (*first, *second)] == ["a", "b", "c"]
    alone = here([Article("a", GOOD)], settings=Settings(), refuse=fail)
    assert next(alone) == first[0]


def test_a_worker_hands_over_what_is_wrong(tmp_path):
    (error,) = served(settings=Settings(kb=(tmp_path / "none.tsv",)))
    assert isinstance(error, DataError)
    assert (error.what, error.where) == ("no such table", str(tmp_path / "none.tsv"))


def test_a_worker_ends_with_its_parent(monkeypatch):
    ended = []
    monkeypatch.setattr(worker.os, "_exit", ended.append)
    ours, its = Pipe()
    ours.close()
    with its:
        worker._receive(its, SimpleQueue())
        worker.serve(its)
    assert ended == [1]


def test_the_worker_is_told_its_connection_on_its_command_line(monkeypatch):
    given = []
    monkeypatch.setattr(worker, "serve", given.append)
    ours, its = Pipe()
    with ours, its:
        worker.main([str(os.dup(its.fileno()))])
    (connection,) = given
    assert isinstance(connection, Connection)
    connection.close()


class OddError(Exception):
    def __init__(self, one, two):
        super().__init__(f"{one} and {two}")


def test_errors_travel_whatever_they_are():
    known = portable(UsageError("is wrong", where="here", hint="Do that."))
    assert isinstance(known, KGError)
    assert known.hint == "Do that."
    with pytest.raises(OddError) as caught:
        raise OddError(1, 2)
    found = portable(caught.value)
    assert isinstance(found, RuntimeError)
    assert str(found) == "OddError: 1 and 2"
    assert "raise OddError(1, 2)" in found.__notes__[0]


# Which engine


@pytest.mark.parametrize(
    "address", ["", "dask://", "dask://host", "dask://:8786", "ray://host:1", "host:8786"]
)
def test_an_address_that_is_none_is_named(address):
    with pytest.raises(UsageError, match="no engine is named") as caught:
        choose(address, None)
    assert "dask://HOST:PORT" in caught.value.hint


def test_a_cluster_needs_its_extra(kg, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    ran = kg("build", tmp_path, "--store", tmp_path / "store", "--engine", "dask://127.0.0.1:8786")
    assert (ran.code, "pip install 'diplomacy-kg[dask]'" in ran.err) == (2, True)


def test_workers_and_cluster_are_not_both_asked_for(kg, tmp_path):
    ran = kg("build", tmp_path, "--engine", "dask://127.0.0.1:8786", "--workers", 2)
    assert (ran.code, "not both" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "here"), (1, "here"), (9, "here"), (10, 2), (40, 4), (400, 4)]
)
def test_there_are_as_many_processes_as_there_is_work_for(monkeypatch, count, expected):
    asked, seen = [], []

    def engine(name):
        def read(articles, *, workers=None, **_):
            asked.append(name if workers is None else workers)
            seen.extend(articles)
            yield from ()

        return read

    monkeypatch.setattr(choice, "here", engine("here"))
    monkeypatch.setattr(local, "read", engine("local"))
    monkeypatch.setattr(choice, "cores", lambda: 4)
    text = "x" * (choice.WORTH // 5)
    articles = [Article(f"a{number}", text) for number in range(count)]
    assert list(choose(None, None)(iter(articles), settings=Settings(), refuse=fail)) == []
    assert (asked, seen) == ([expected], articles)


@pytest.mark.parametrize(
    ("quota", "expected"), [("max 100000", 8), ("200000 100000", 2), ("50000 100000", 1), (None, 8)]
)
def test_the_limit_of_a_container_counts(monkeypatch, tmp_path, quota, expected):
    monkeypatch.setattr(choice.os, "sched_getaffinity", lambda _: set(range(8)))
    file = tmp_path / "cpu.max"
    if quota is not None:
        file.write_text(f"{quota}\n")
    monkeypatch.setattr(choice, "_QUOTA", file)
    assert cores() == expected


def test_where_the_system_does_not_say_all_processors_count(monkeypatch, tmp_path):
    monkeypatch.delattr(choice.os, "sched_getaffinity")
    monkeypatch.setattr(choice, "_QUOTA", tmp_path / "none")
    monkeypatch.setattr(choice.os, "cpu_count", lambda: None)
    assert cores() == 1
