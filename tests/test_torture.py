"""A slice of the campaign of ``make torture``, and proof that it sees the faults it looks for."""

from __future__ import annotations

import os
import socket

import pytest

from benchmarks.torture import full_disk, fuzz, hostile, interrupts, kills, mutants, sockets, worker
from benchmarks.torture.__main__ import PARTS, main
from benchmarks.torture.figures import Figure, table, told
from kg import files
from kg.errors import InputError
from kg.project import Project
from kg.text.read import SUFFIXES


def faultless(figures, *tried):
    """Tell what went wrong, in words, and that as much was tried as was meant to be."""
    assert [figure.tried for figure in figures] == list(tried)
    assert told(figures) == ""


def test_killed_builds_lose_nothing():
    faultless(kills.kill_builds(20, 3), 20, 20, 1)


def test_killed_commands_tear_no_file():
    faultless(kills.kill_outputs(16, 3), 16)


def test_broken_inputs_end_by_name():
    (figure,) = mutants.mutants(150, 3)
    faultless([figure], 150)
    assert "accepted" in figure.note
    assert "refused" in figure.note


def test_hostile_queries_end_and_reach_nothing(monkeypatch):
    monkeypatch.setattr(hostile, "GRACE", 30)
    faultless(hostile.hostile(20, 3), 20, 20, 20)


def test_there_are_enough_hostile_queries():
    asked = list(hostile.queries("http://127.0.0.1:9", "file:///canary"))
    assert len(set(asked)) == len(asked) >= 100


# A fetch that is given up at its deadline, or in a refused redirect, leaves its socket to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_servers_that_lie_end_by_name(monkeypatch):
    monkeypatch.setattr(sockets, "GRACE", 30)
    faultless(sockets.sockets(0, 0), len(sockets.GOOD) + len(sockets.BAD))


def test_a_full_disk_is_named_or_the_campaign_says_why_it_is_left_out():
    (figure,) = full_disk.full_disk(6, 3)
    assert figure.faults == ()
    assert figure.tried == 18 if not figure.left_out else "small disk" in figure.left_out


def test_what_the_fuzzer_would_try_is_read_or_refused():
    fuzz.target(b"")
    for number, (suffix, data) in enumerate(mutants.seeds()):
        fuzz.target(bytes([SUFFIXES.index(suffix)]) + data)
        if number < 5:
            fuzz.target(bytes([number]) + data[:100])


def test_a_missing_fuzzer_is_told(monkeypatch):
    monkeypatch.setattr(fuzz, "find_spec", lambda _: None)
    assert "diplomacy-kg[torture]" in fuzz.fuzz(1, 1)[0].left_out


def test_a_traceback_and_a_hang_are_seen(monkeypatch):
    def crash(_):
        raise KeyError("x")

    monkeypatch.setattr(mutants, "read_articles", crash)
    assert len(mutants.mutants(3, 1)[0].faults) == 3
    monkeypatch.setattr(mutants, "LIMIT_SECONDS", 1)
    monkeypatch.setattr(mutants, "read_articles", lambda _: (hostile.time.sleep(0.01) for _ in iter(int, 1)))
    assert "TimeoutError" in mutants.mutants(1, 1)[0].faults[0]


def test_an_error_without_a_hint_is_seen(monkeypatch):
    monkeypatch.setattr(mutants, "read_articles", lambda _: [mutants.Refusal("x", InputError("is bad"))])
    assert "no hint" in mutants.mutants(1, 1)[0].faults[0]


def test_a_server_that_is_believed_is_seen(monkeypatch):
    good, bad = sockets.GOOD["right length"], sockets.BAD["says it is an image"]
    monkeypatch.setattr(sockets, "DEADLINE", 30)
    monkeypatch.setattr(sockets, "GOOD", {"image": bad})
    monkeypatch.setattr(sockets, "BAD", {"right length": good})
    assert len(sockets.sockets(0, 0)[0].faults) == 2


def test_a_call_and_a_look_at_the_file_are_seen(tmp_path):
    with hostile.listening() as (web, calls):
        socket.create_connection(("127.0.0.1", int(web.rpartition(":")[2]))).close()
        for _ in range(200):
            if calls:
                break
            hostile.time.sleep(0.01)
        assert len(calls) == 1
    canary = tmp_path / "canary"
    canary.write_text("x")
    os.utime(canary, (0, 1_000_000_000))
    assert not hostile._was_read(canary)
    os.utime(canary, (1_000_000_001, 1_000_000_000))
    assert hostile._was_read(canary)


def test_a_graph_that_no_state_gives_is_seen(tmp_path):
    folder = tmp_path / "kg-store"
    code, said = kills.killed(
        worker.Job(str(folder), str(tmp_path / "log"), {"report-1": worker.text_of("report-1", 1)}),
        after=None,
    )
    assert (code, said[:2]) == (0, ["report-1", "graph"])
    found, corrupt = kills._found(folder, {}, faults := []), faults
    assert found["report-1"] == worker.text_of("report-1", 1)
    assert corrupt == []
    with Project.open(folder) as project:
        project.rebuild([])
    kills._found(folder, {}, corrupt)
    assert "graph of no state" in corrupt[0]


@pytest.mark.parametrize(
    ("code", "said", "end"),
    [
        (130, "interrupted\n", "interrupted"),
        (-2, "What was read is kept.\ninterrupted\n", "interrupted"),
        (0, "", "done"),
        (1, "Traceback\nFile runpy\nKeyboardInterrupt\n", "before kg began"),
        (1, f"Traceback\nFile {kills.ROOT}/kg/cli.py\nKeyboardInterrupt\n", ""),
        (70, "error: unexpected\n", ""),
    ],
)
def test_an_unclean_end_is_seen(code, said, end):
    assert interrupts.ending(code, said) == end


def test_the_table_shows_faults_and_what_is_left_out():
    figures = [Figure("a", 3, ("x",), "note"), Figure("b", 0, left_out="no disk")]
    assert table(figures, {"a": 2.0}).splitlines()[1:3] == [
        "a      3         1  note",
        "b      0  left out  no disk",
    ]
    assert told(figures) == "a: x"


def test_the_campaign_ends_with_one_where_there_are_faults(monkeypatch, capsys):
    monkeypatch.setitem(PARTS, "kills", (lambda count, seed: [Figure("kills", count, ("lost",) * seed)], 7))
    assert main(["--only", "kills", "--seed", "0"]) == 0
    assert main(["--only", "kills", "--count", "5", "--seed", "2"]) == 1
    assert "kills: lost" in capsys.readouterr().out


def test_of_a_lock_that_a_killed_process_held_nothing_stays(tmp_path):
    folder = tmp_path / "kg-store"
    job = worker.Job(
        str(folder), str(tmp_path / "log"), {"report-1": worker.text_of("report-1", 1)}, kill_at=12
    )
    assert kills.killed(job, after=None)[0] == -9
    os.close(files.lock(folder / "lock"))
