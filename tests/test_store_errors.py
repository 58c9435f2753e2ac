"""Whatever is wrong with the project folder or what is set: one named error, its exit code, nothing harmed."""

import json
import os
import subprocess
import sys

import pytest
from sample_articles import ARTICLES, ROOT

from kg import files

WITHOUT_PRIVILEGES = (
    "import ctypes, os, sys\n"
    "for privilege in (1, 2):  # those of the superuser to read and write everywhere\n"
    "    ctypes.CDLL(None).prctl(24, privilege, 0, 0, 0)\n"
    "os.execv(sys.executable, [sys.executable, '-m', 'kg', *sys.argv[1:]])"
)


def contents(folder):
    return {
        path: path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def broken(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def first_reading(project):
    return min((project / "readings").glob("*.json"))


def generation(project):
    return project / "store" / json.loads((project / "store" / "current").read_bytes())["generation"]


FAULTS = {
    "newer folder": (lambda p: broken(p / "project.json", b'{"format": 99}'), "stats", 3, "has format 99"),
    "older folder": (lambda p: broken(p / "project.json", b'{"format": 0}'), "build", 3, "has format 0"),
    "torn marker": (lambda p: broken(p / "project.json", b"{"), "export", 3, "project folder cannot be read"),
    "newer store": (lambda p: broken(p / "store/current", b'{"format": 99}'), "query", 3, "has format 99"),
    "torn store": (lambda p: broken(generation(p) / "CURRENT", b"nonsense"), "stats", 3, "store is damaged"),
    "torn reading": (lambda p: broken(first_reading(p), b'{"version": 1'), "build", 3, "readings/"),
    "reading of no reading": (lambda p: broken(first_reading(p), b"[]"), "build", 3, "this is no reading"),
    "decisions not TOML": (lambda p: broken(p / "decisions.toml", b"[[reject"), "build", 3, "decisions.toml"),
    "decisions not UTF-8": (
        lambda p: broken(p / "decisions.toml", b"\xff"),
        "build",
        3,
        "not UTF-8 at byte 0",
    ),
    "unknown setting": (
        lambda p: broken(p.parent / "kg.toml", b"stroe = 'x'"),
        "build",
        2,
        "no setting named",
    ),
    "settings not TOML": (lambda p: broken(p.parent / "kg.toml", b"store ="), "stats", 2, "cannot be read"),
    "settings not UTF-8": (lambda p: broken(p.parent / "kg.toml", b"\xff"), "stats", 2, "cannot be read"),
}

COMMANDS = {
    "stats": ("stats",),
    "export": ("export", "--format", "nt"),
    "query": ("query", "-q", "ASK {}"),
    "build": ("build", ARTICLES / "2015-07-15-vienna-nuclear-accord.md", "--quiet"),
}


@pytest.mark.parametrize(("fault", "command", "code", "what"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_and_harms_nothing(kg, project, fault, command, code, what):
    fault(project)
    if command == "build" and "reading" in what:
        (project / "cache" / "ledger.json").unlink()  # so that the readings are looked at, not the articles
    before = contents(project)
    ran = kg(*COMMANDS[command], "--store", project)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith("error: ")
    assert what in ran.err
    assert ran.err.count("error:") == 1
    assert "unexpected" not in ran.err
    assert contents(project) == before


def test_a_foreign_folder_is_left_alone(kg, tmp_path):
    broken(tmp_path / "mine" / "thesis.docx", b"mine")
    ran = kg(*COMMANDS["build"], "--store", tmp_path / "mine")
    assert ran.code == 3
    assert "other things than a project" in ran.err
    assert contents(tmp_path / "mine") == {tmp_path / "mine" / "thesis.docx": b"mine"}


def test_a_missing_model_is_named(kg, project):
    before = contents(project / "readings")
    ran = kg(*COMMANDS["build"], "--store", project, "--model", "en_no_such_model")
    assert ran.code == 2
    assert "no spaCy pipeline named 'en_no_such_model'" in ran.err
    assert "hint: Run: pip install" in ran.err
    assert contents(project / "readings") == before


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"key\tlabel\nstate/x"])
def test_a_broken_table_is_named(kg, project, tmp_path, data):
    broken(tmp_path / "own.tsv", data)
    before = contents(project / "readings")
    ran = kg(*COMMANDS["build"], "--store", project, "--kb", tmp_path / "own.tsv")
    assert ran.code == 3
    assert ran.err.startswith("error: ")
    assert "own.tsv" in ran.err
    assert contents(project / "readings") == before


@pytest.mark.parametrize("command", [("remove", "2025-05-12-muscat-fourth-round"), COMMANDS["build"]])
def test_a_lock_of_another_process_is_named(fresh, project, command):
    before = contents(project)
    handle = files.lock(project / "lock")
    try:
        ran = fresh(*command, "--store", project)
    finally:
        os.close(handle)
    assert ran.code == 3
    assert "another process is writing" in ran.err
    assert contents(project) == before


@pytest.mark.parametrize(
    "command", [("remove", "2025-05-12-muscat-fourth-round"), ("export", "-o", "kg-store/graph.nt")]
)
def test_a_folder_that_is_read_only_is_named(project, command):
    """Also for the superuser, whose privilege to write everywhere is given up first."""
    folders = [path for path in (project, *project.rglob("*")) if path.is_dir()]
    before = contents(project)
    (project / "lock").unlink(missing_ok=True)
    for folder in folders:
        folder.chmod(0o555)
    try:
        done = subprocess.run(
            [sys.executable, "-c", WITHOUT_PRIVILEGES, *command, "--store", str(project)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            cwd=project.parent, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert done.returncode == 3, done.stderr
    assert "permission denied" in done.stderr
    assert contents(project) == before


@pytest.mark.parametrize("command", [("export", "-o", "graph.nt"), ("graph", "-o", "graph.nt")])
def test_a_file_that_may_not_grow_leaves_the_old_one(project, command):
    (project.parent / "graph.nt").write_text("old")
    code = (
        "import resource, sys; from kg.__main__ import main\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command, "--store", str(project)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=project.parent, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert "larger than may be written" in done.stderr
    assert (project.parent / "graph.nt").read_text() == "old"
    assert not list(project.parent.glob(".kg-tmp-*"))


def test_a_folder_that_may_not_be_read_is_named_and_the_rest_is_looked_at(tmp_path):
    given = tmp_path / "in"
    broken(
        given / "a.txt", b"Norway hosted talks between Sweden and Denmark in Oslo on Friday, officials said."
    )
    broken(given / "locked" / "b.txt", b"not to be seen")
    (given / "locked").chmod(0)
    try:
        done = subprocess.run(
            [sys.executable, "-c", WITHOUT_PRIVILEGES, "build", "in", "--dry-run", "--store", "s"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
    finally:
        (given / "locked").chmod(0o755)
    assert done.returncode == 3, done.stderr
    assert "error: in/locked: cannot be read: permission denied" in done.stderr
    assert "1 would be read, 1 refused" in done.stderr
