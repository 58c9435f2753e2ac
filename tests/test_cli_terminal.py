"""What a person at a terminal sees of commands whose output the other tests read as data."""

from __future__ import annotations

import io
import shutil
import webbrowser

import pyoxigraph as ox
import pytest

from kg.commands import kb_own, page
from kg.errors import InputError
from kg.kb_import import Unused
from kg.rdffile import read_rdf, read_rdf_stream
from kg.report import Progress, pace


@pytest.fixture
def no_browser(monkeypatch):
    """Let no browser start; gives the addresses that were to be opened."""
    asked = []
    monkeypatch.setattr(webbrowser, "open", lambda url: asked.append(url) or False)
    return asked


# how far a build is


@pytest.mark.parametrize(
    ("count", "seconds", "left", "told"),
    [
        (4, 9.0, 10, ""),
        (5, 0.0, 10, ""),
        (10, 5.0, None, " (2.0 a second)"),
        (10, 5.0, 0, " (2.0 a second, 0 s left)"),
        (10, 5.0, 238, " (2.0 a second, 119 s left)"),
        (10, 5.0, 600, " (2.0 a second, 5 min left)"),
        (10, 5.0, 20_000, " (2.0 a second, 3 h left)"),
        (6, 60.0, 6, " (6 a minute, 60 s left)"),
    ],
)
def test_how_fast_it_goes_and_how_long_the_rest_takes(count, seconds, left, told):
    assert pace(count, seconds, left) == told


def test_progress_is_told_on_a_terminal_alone(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("kg.report.time.monotonic", iter(range(10, 100)).__next__)
    progress = Progress(quiet=False)
    progress.total = 20
    for number in range(7):
        progress(f"report-{number}", passed=3)
    assert capsys.readouterr().err.split("\x1b[2K")[1:] == [
        *(f"reading {number + 1}: report-{number}\r" for number in range(5)),
        "reading 6 (1.0 a second, 11 s left): report-5\r",
        "reading 7 (1.0 a second, 10 s left): report-6",
    ]
    for quiet, terminal in ((True, True), (False, False)):
        monkeypatch.setattr("sys.stderr.isatty", lambda terminal=terminal: terminal)
        silent = Progress(quiet=quiet)
        silent("report")
        silent.clear()
        assert capsys.readouterr().err == ""


def test_a_build_on_a_terminal_counts_its_files(kg, built, sample, monkeypatch):
    asked = []
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("kg.intake.count", lambda paths: asked.append(paths) or 1)
    ran = kg("build", sample[5], "--again", "--store", shutil.copytree(built, "copy"))
    assert asked == [[sample[5]]]
    assert "reading 1: 2025-05-12-muscat-fourth-round-brief" in ran.err


# explain


def test_explain_names_a_format_that_there_is_not(kg):
    ran = kg("explain", "Talks opened.", "--format", "xml")
    assert ran.code == 2
    assert "no format named 'xml'" in ran.err


def test_explain_gives_a_file_the_day_that_is_asked_for(kg, tmp_path):
    (tmp_path / "a.txt").write_text("Norway hosted talks between Sweden and Denmark in Oslo on Friday.")
    assert "2025-05-16" in kg("explain", "a.txt", "--date", "2025-05-18").out


def test_explain_says_that_nothing_is_told_and_nobody_named(kg):
    told = kg("explain", "It rained all night.").out
    assert told.splitlines()[-2:] == ["What is told", "  nothing"]
    assert "Names\n  none" in told


def test_explain_says_what_was_left_alone_and_what_is_denied(kg):
    told = kg("explain", "The Iranians met the cook in Rome.").out
    assert "Left alone" in told
    assert "“The Iranians met the cook in Rome.”" in told
    assert "denied" in kg("explain", "Norway did not host talks between Sweden and Denmark in Oslo.").out


def test_explain_takes_standard_input_for_a_path(kg, monkeypatch):
    given = b"Norway hosted talks between Sweden and Denmark in Oslo."
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
    assert "host" in kg("explain", "-").out


# names


def test_names_found_are_shown_with_key_kind_and_reason(kg):
    told = kg("kb", "search", "Oslo", "--format", "table").out
    assert "place/oslo · place, state/norway · Q585" in told
    assert (
        kg("kb", "search", "Xyzzyq", "--format", "table").err.strip().startswith("Nothing in the knowledge")
    )


def test_own_names_are_listed_as_a_table(kg, project):
    store = ("--store", project)
    assert kg("kb", "list", "--own", "--format", "table", *store).err == "There is none.\n"
    assert kg("kb", "add", "Valley Council", *store).code == 2
    assert kg("kb", "add", "Valley Council", "--type", "organization", "--alias", "VC", *store).code == 0
    told = kg("kb", "list", "--own", "--format", "table", *store).out
    assert told.splitlines()[0].startswith("Valley Council")
    assert told.splitlines()[1].strip() == "VC"


def test_what_is_left_out_of_a_table_is_counted_behind_some(capsys):
    kb_own._name_unused(tuple(Unused(f"line {number}", "x", "why", kept=False) for number in range(40)))
    assert capsys.readouterr().err.splitlines()[-1] == f"… and {40 - kb_own._SHOWN} more."


# settings


def test_settings_are_shown_in_columns(kg):
    lines = kg("config", "--format", "table").out.splitlines()
    assert [line.split()[0] for line in lines][:1] == ["store"]
    assert any(line.rstrip().endswith("KG_STORE") for line in lines)


# graph


def test_a_page_is_made_and_opened_or_its_address_told(kg, project, no_browser):
    ran = kg("graph", "--open", "--store", project)
    assert ran.code == 0, ran.err
    (address,) = no_browser
    assert address.startswith("file://")
    assert address.endswith("/graph.html")
    assert address in ran.err


def test_a_page_cannot_be_opened_from_standard_output_nor_shown_in_a_terminal(kg, monkeypatch):
    assert "cannot be opened" in kg("graph", "--open", "-o", "-").err
    monkeypatch.setattr(page, "to_terminal", lambda _: True)
    assert "a terminal cannot show" in kg("graph").err


def test_a_page_of_changes_compares_a_file_with_the_project(kg, tmp_path):
    assert kg("export", "-o", "before.ttl").code == 0
    ran = kg("graph", "--compare", "before.ttl", "-o", "changes.html")
    assert ran.code == 0, ran.err
    assert "what has changed since before.ttl" in (tmp_path / "changes.html").read_text()


# files of RDF


def test_a_file_of_rdf_that_cannot_be_read_is_named(tmp_path, monkeypatch):
    with pytest.raises(InputError, match="no such file"):
        list(read_rdf(tmp_path / "absent.ttl"))
    large = tmp_path / "large.ttl"
    large.write_text("<a:a> <a:b> <a:c> .")
    monkeypatch.setattr("kg.rdffile.MOST_BYTES", 5)
    with pytest.raises(InputError, match="larger than 5 bytes"):
        list(read_rdf(large))
    with pytest.raises(InputError, match="larger than 5 bytes"):
        list(read_rdf_stream(io.BytesIO(large.read_bytes()), "standard input"))


def test_a_file_of_rdf_without_permission_is_named(tmp_path, monkeypatch):
    file = tmp_path / "a.ttl"
    file.write_text("<a:a> <a:b> <a:c> .")
    assert list(read_rdf(file)) == [ox.Triple(*map(ox.NamedNode, ("a:a", "a:b", "a:c")))]

    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        list(read_rdf(file))


# Ctrl-C


def test_nothing_slow_is_loaded_before_ctrl_c_is_minded(fresh):
    ran = fresh(
        code="import sys\nbefore = set(sys.modules)\nimport kg.__main__\nprint(*sorted(set(sys.modules) - before))"
    )
    assert set(ran.out.split()) <= {"__future__", "kg", "kg.__main__"}


def test_ctrl_c_behind_the_work_takes_nothing_back(fresh):
    ran = fresh(
        code="import os, signal, sys\nimport kg.__main__ as it\nit.main = lambda: 0\ncode = it.command()\n"
        "os.kill(os.getpid(), signal.SIGINT)\nprint('done')\nsys.exit(code)"
    )
    assert (ran.code, ran.out, ran.err) == (0, "done\n", "")
