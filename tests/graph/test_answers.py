"""An answer finds the format that fits, and a format that does not fit is named."""

import contextlib
import io
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import UnknownNameError, UsageError
from kg.graph.answers import LAYOUTS, layout_for, write_answer
from kg.graph.rows import Rows

NORTH = ox.NamedNode("https://w3id.org/diplomacy-kg/id/state/north")
ROWS = Rows(("who", "what"), ((NORTH, ox.NamedNode("https://w3id.org/diplomacy-kg/ns#Talks")),))
TRIPLES = (ox.Triple(NORTH, ox.NamedNode("https://w3id.org/diplomacy-kg/ns#hosts"), NORTH),)


@pytest.mark.parametrize(
    ("answer", "path", "terminal", "layout"),
    [
        (ROWS, None, True, "table"),
        (ROWS, None, False, "csv"),
        (True, None, False, "csv"),
        (TRIPLES, None, True, "turtle"),
        (ROWS, "a.CSV", False, "csv"),
        (ROWS, "a.md", False, "md"),
        (TRIPLES, "a.json", False, "jsonld"),
        (TRIPLES, "a.nt", False, "nt"),
    ],
)
def test_auto_follows_the_answer_and_the_place(answer, path, terminal, layout):
    assert layout_for(answer, "auto", path=None if path is None else Path(path), terminal=terminal) == layout


def test_every_format_fits_rows_or_triples():
    fits = 0
    for layout in LAYOUTS[1:]:
        for answer in (ROWS, TRIPLES):
            with contextlib.suppress(UsageError):
                fits += layout_for(answer, layout) == layout
    assert fits == len(LAYOUTS) - 1 == 10
    with pytest.raises(UsageError, match="rows cannot be written as turtle") as caught:
        layout_for(ROWS, "turtle")
    assert "csv" in caught.value.hint


def test_a_name_that_tells_nothing_is_named(tmp_path):
    with pytest.raises(UsageError, match="does not tell a format for rows"):
        write_answer(ROWS, tmp_path / "a.ttl")
    with pytest.raises(UnknownNameError):
        write_answer(ROWS, None, layout="excel")
    assert list(tmp_path.iterdir()) == []


def test_a_table_is_shortened_to_the_terminal_and_nowhere_else(monkeypatch, tmp_path):
    class Terminal(io.TextIOWrapper):
        def isatty(self):
            return True

    out = Terminal(io.BytesIO())
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setenv("COLUMNS", "16")
    note = write_answer(ROWS, None)
    assert "2 cells are shortened" in note or "1 cells are shortened" in note
    out.seek(0)
    assert "…" in out.read()
    assert write_answer(ROWS, tmp_path / "a.txt") is None
    assert (tmp_path / "a.txt").read_text().splitlines()[2] == "state/north  dip:Talks"
    write_answer(TRIPLES, tmp_path / "a.ttl")
    assert "state:north dip:hosts state:north ." in (tmp_path / "a.ttl").read_text()
