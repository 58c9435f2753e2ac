"""Reading on a real Dask cluster: a scheduler and workers as processes of this machine, reachable from it alone."""

import json
import logging
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from faults import ALWAYS, GOOD, ONCE, customized, environ, kept, written
from sample_articles import ROOT

from kg import versions
from kg.config import Settings
from kg.engines import plan, remote
from kg.errors import EngineError
from kg.model import Article

cluster = pytest.importorskip("kg.engines.cluster", reason="the extra dask is not installed")

LOOPBACK = ("--host", "127.0.0.1", "--no-dashboard")


class Cluster:
    """A scheduler and its workers."""

    def __init__(self, folder, path=(), **settings):
        self.env = environ(PYTHONPATH=os.pathsep.join([*map(str, path), str(ROOT)]), **settings)
        self.folder, self.processes = folder, []
        note = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", *LOOPBACK, "--port", "0", "--scheduler-file", note)
        until(lambda: note.exists() and note.read_text())
        self.address = json.loads(note.read_text())["address"].replace("tcp://", "dask://")
        self.tcp = self.address.replace("dask://", "tcp://")

    def workers(self, count, *, nanny=False):
        how = "--nanny" if nanny else "--no-nanny"
        more = ("--local-directory", self.folder, "--nthreads", "1", how)
        return [self._start("worker", self.tcp, *LOOPBACK, *more) for _ in range(count)]

    def _start(self, *arguments):
        command = [sys.executable, "-m", "dask", *map(str, arguments)]
        log = (self.folder / f"log-{len(self.processes)}").open("w")
        with log:
            process = subprocess.Popen(command, env=self.env, cwd=self.folder, stderr=log, stdout=log)
        self.processes.append(process)
        return process

    def close(self):
        for process in reversed(self.processes):
            process.kill()  # the worker of a nanny ends with it
            process.wait()


def until(true):
    deadline = time.monotonic() + 120
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@contextmanager
def running(folder, count, *, nanny=False, path=(), **settings):
    folder.mkdir()
    found = Cluster(folder, path, **settings)
    try:
        found.workers(count, nanny=nanny)
        yield found
    finally:
        found.close()


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """A cluster of two workers, for all tests that do it no harm."""
    with running(tmp_path_factory.mktemp("two") / "cluster", 2) as found:
        yield found


@pytest.fixture
def small_pieces(monkeypatch):
    """Let each article, or two, be a piece of its own."""
    monkeypatch.setattr(plan, "CHUNK", 300)


def fail(article, error):
    raise error


def readings(tcp, articles):
    return cluster.read(articles, settings=Settings(), refuse=fail, scheduler=tcp)


def some(count):
    return [Article(f"a{number}", GOOD + f"This is told by {number}.") for number in range(count)]


def test_a_cluster_keeps_what_one_process_keeps(kg, built, two, sample, tmp_path, monkeypatch):
    monkeypatch.setattr(plan, "CHUNK", 3_000)
    ran = kg("build", *sample, "--store", tmp_path / "store", "--engine", two.address)
    assert (ran.code, "6 read" in ran.err) == (0, True), ran.err
    assert kept(tmp_path / "store") == kept(built)


def test_tables_go_along(kg, two, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "The Valley Council of Elders and Norway opened talks in Oslo on Monday.\n" + GOOD
    )
    (tmp_path / "mine.tsv").write_text("label\ttype\nValley Council of Elders\torganization\n")
    given = ("build", folder, "--kb", tmp_path / "mine.tsv", "--store")
    assert kg(*given, tmp_path / "one", "--workers", 1).code == 0
    assert kg(*given, tmp_path / "two", "--engine", two.address).code == 0
    assert kept(tmp_path / "two") == kept(tmp_path / "one")
    assert b"org/valley-council-of-elders" in b"".join(kept(tmp_path / "one").values())


def test_a_broken_table_is_named_as_its_user_knows_it(kg, two, tmp_path):
    folder = written(tmp_path / "in", names="a")
    (tmp_path / "mine.tsv").write_text("label\ttype\nAda Example\twizard\n")
    ran = kg(
        "build", folder, "--kb", tmp_path / "mine.tsv", "--engine", two.address, "--store", tmp_path / "s"
    )
    assert (ran.code, f"{tmp_path / 'mine.tsv'}:2" in ran.err) == (3, True)


@pytest.mark.usefixtures("small_pieces")
def test_a_worker_that_is_killed_loses_nothing(kg, tmp_path):
    folder = written(tmp_path / "in", bad="c")
    assert kg("build", folder, "--store", tmp_path / "one", "--workers", 1).code == 0
    marker = tmp_path / "killed"
    fault = customized(tmp_path / "fault", ONCE.format(marker=str(marker)))
    with running(tmp_path / "cluster", 2, path=[fault]) as found:
        ran = kg("build", folder, "--store", tmp_path / "two", "--engine", found.address)
        assert marker.exists()
        assert sorted(process.poll() or 0 for process in found.processes) == [-9, 0, 0]
    assert (ran.code, "6 read" in ran.err) == (0, True), ran.err
    assert kept(tmp_path / "two") == kept(tmp_path / "one")


@pytest.mark.usefixtures("small_pieces")
def test_an_article_that_kills_each_worker_is_refused(kg, tmp_path):
    folder = written(tmp_path / "in", names="abc", bad="b")
    fault = customized(tmp_path / "fault", ALWAYS)
    failures = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    with running(tmp_path / "cluster", 1, nanny=True, path=[fault], **failures) as found:
        ran = kg("build", folder, "--store", tmp_path / "two", "--engine", found.address)
    assert ran.code == 3
    assert "b.txt: could not be read: each process that read it came to its end" in ran.err, ran.err
    assert "2 read, 1 refused" in ran.err


def test_other_rules_on_the_workers_are_named(two, monkeypatch):
    monkeypatch.setattr(versions, "reader", lambda **_: "diplomacy-kg 9.9")
    with pytest.raises(
        EngineError, match=r"a worker reads with diplomacy-kg .*, this machine with diplomacy-kg 9\.9"
    ) as caught:
        list(readings(two.tcp, some(1)))
    assert caught.value.where.startswith("tcp://127.0.0.1:")
    assert "same diplomacy-kg" in caught.value.hint


def test_a_worker_without_a_kg_that_fits_is_named(tmp_path):
    old = tmp_path / "old" / "kg"
    old.mkdir(parents=True)
    (old / "__init__.py").touch()
    with running(tmp_path / "cluster", 1, path=[old.parent]) as found, pytest.raises(EngineError) as caught:
        list(readings(found.tcp, some(1)))
    assert "no kg that fits" in caught.value.what


def test_a_worker_that_comes_later_looks_by_itself():
    job = remote.Job("en_core_web_sm", (), (), "diplomacy-kg 9.9")
    with pytest.raises(EngineError, match=r"this machine with diplomacy-kg 9\.9"):
        remote.read_piece(tuple(some(1)), job)


def test_what_reads_is_named_by_what_is_in_the_tables_not_by_where_they_are(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "mine.tsv").write_text(f"label\ttype\nAda {folder}\tperson\n")
    job = remote.packed(kb=[tmp_path / "a" / "mine.tsv", tmp_path / "b" / "mine.tsv"], model="en_core_web_sm")
    for folder in ("a", "b"):
        (tmp_path / folder / "mine.tsv").unlink()
    assert remote.reader_of(job) == job.reader
    assert [reading.article.id for reading in remote.read_piece(tuple(some(2)), job)] == ["a0", "a1"]


def test_where_no_scheduler_is_that_is_said(kg, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "_CONNECT", 0.5)
    folder = written(tmp_path / "in", names="a")
    ran = kg("build", folder, "--store", tmp_path / "store", "--engine", "dask://127.0.0.1:9")
    assert ran.code == 4
    head, hint = ran.err.splitlines()
    assert head == "error: dask://127.0.0.1:9: no Dask scheduler answers"
    assert "dask scheduler" in hint


def test_a_cluster_without_workers_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with (
        running(tmp_path / "cluster", 0) as found,
        pytest.raises(EngineError, match="has no worker") as caught,
    ):
        list(readings(found.tcp, some(1)))
    assert caught.value.where == found.address


@pytest.mark.usefixtures("small_pieces")
def test_workers_and_scheduler_that_go_in_the_middle_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "_LOOK", 0.2)
    with running(tmp_path / "cluster", 1) as found:
        stream = readings(found.tcp, some(200))
        next(stream)
        monkeypatch.setattr(cluster, "PATIENCE", 1.0)
        found.processes[1].kill()
        with pytest.raises(EngineError, match="the cluster has no worker"):
            list(stream)
        monkeypatch.setattr(cluster, "PATIENCE", 60.0)
        found.workers(1)
        stream = readings(found.tcp, some(200))
        next(stream)
        found.scheduler.kill()
        with pytest.raises(EngineError, match="the scheduler has gone") as caught:
            list(stream)
    assert "What was read is kept" in caught.value.hint


def test_dask_writes_no_log_meanwhile_and_may_again_afterwards(two):
    logger, told = logging.getLogger("distributed"), []
    handler = logging.StreamHandler()
    handler.emit = told.append
    logger.addHandler(handler)
    try:
        stream = readings(two.tcp, some(1))
        next(stream)
        logger.error("meanwhile")
        stream.close()
        assert told == []
        logger.error("afterwards")
        assert [record.msg for record in told] == ["afterwards"]
    finally:
        logger.removeHandler(handler)


def test_it_is_on_this_machine_alone(two):
    listening = [line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    port = f"{int(two.address.rpartition(':')[2]):04X}"
    assert {where for where in listening if where.endswith(f":{port}")} == {f"0100007F:{port}"}
