"""What the tests of other people's tools share: how a tool is found, and how its answers are compared with ours."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph.query import bound_with, named_queries
from kg.graph.rows import Rows

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
READERS = ROOT / ".cache/readers"
N3 = ROOT / ".cache/n3"
COMUNICA = ROOT / ".cache/comunica"
JARS = Path("/usr/share/java")

XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = {f"{XSD}{name}" for name in ("integer", "nonNegativeInteger", "decimal", "double")}

BOUND = {
    "who-led-which-delegation": {"place": "Muscat"},
    "position-over-time": {"who": "Armenia"},
    "evidence-of-a-fact": {"subject": "Abbas Araghchi", "predicate": "dip:leads"},
    "chronology": {"since": "2022-01-01", "actor": "Iran"},
    "status-of-events": {"status": "held", "place": "Oman"},
}
"""Queries that are asked once more with values in them: what is sent then is plain SPARQL, too."""


def need(found: object, what: str, target: str = "interop") -> None:
    """Go on where a tool is there; in ``make interop`` its absence is a failure, elsewhere it is said."""
    if found:
        return
    if os.environ.get("INTEROP"):
        pytest.fail(f"{what} is missing: run make {target}")
    pytest.skip(f"{what} is not installed: make {target} does, and asks it")


def node(script: Path, *arguments: object, told: str = "") -> str:
    """Run a script in Node.js, which must end well; give what it prints."""
    need(shutil.which("node"), "Node.js")
    done = subprocess.run(
        ["node", str(script), *map(str, arguments)],
        input=told,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def recipe(page: str, needle: str) -> str:
    """Give the one Python block of a page of the documentation that has a word in it."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    (found,) = (block for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if needle in block)
    return found


def run(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Run a recipe in a folder with the files it speaks of; give its names."""
    monkeypatch.chdir(folder)
    names: dict[str, object] = {}
    exec(text, names)
    return names


def questions(asking) -> dict[str, str]:
    """Give each named query that is plain SPARQL 1.1, and some with values in them, by name."""
    found = {each.name: each.text for each in named_queries()}
    del found["export-rdf12"]  # TRIPLE() is of SPARQL 1.2; what it gives is tested by test_rdf12_readers.py
    for name, values in BOUND.items():
        found[f"{name}-bound"] = bound_with(asking, found[name], params=values)
    return found


def ours(store, text: str) -> Counter:
    """Give what the embedded store answers, in the form that answers are compared in."""
    answer = store.query(text)
    if isinstance(answer, Rows):
        return Counter(tuple(map(term, row)) for row in answer.rows)
    return _named(answer)


def theirs(folder: Path, query: str) -> Counter:
    """Read what another tool answered: SPARQL JSON, or N-Triples for a graph."""
    graph = folder / f"{query}.answer.nt"
    if graph.exists():
        return _named(quad.triple for quad in ox.parse(graph.read_bytes(), ox.RdfFormat.N_TRIPLES))
    answer = json.loads((folder / f"{query}.srj").read_text(encoding="utf-8"))
    document = {
        name: answer[name] for name in ("head", "results")
    }  # Comunica adds more, which Oxigraph refuses
    rows = ox.parse_query_results(json.dumps(document), format=ox.QueryResultsFormat.JSON)
    return Counter(tuple(map(term, row)) for row in rows)


def _named(triples) -> Counter:
    """Give a graph, its blank nodes under names that follow from the graph."""
    dataset = ox.Dataset(ox.Quad(*each) for each in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return Counter(tuple(map(term, quad.triple)) for quad in dataset)


def term(each: object) -> str:
    """Give the text of a term; a number as its value, a length of time in days: each engine writes them its own way."""
    if isinstance(each, ox.Literal):
        kind = each.datatype.value
        if kind in NUMBERS:
            return f"number {Decimal(each.value).normalize():f}"
        if kind in {f"{XSD}dayTimeDuration", f"{XSD}duration"}:
            return f"days {days(each.value)}"
    return "" if each is None else str(each)


def days(length: str) -> int:
    """Give the days of ``P7D``, ``-P1D``, ``PT48H`` or ``P0Y0M7DT0H0M0.000S``; anything finer fails."""
    sign = -1 if length.startswith("-") else 1
    date, _, time = length.removeprefix("-").removeprefix("P").partition("T")
    years, months, whole = (_part(date, unit) for unit in "YMD")
    hours, minutes, seconds = (_part(time, unit) for unit in "HMS")
    assert years == months == minutes == seconds == 0, length
    assert hours % 24 == 0, length
    return sign * int(whole + hours // 24)


def _part(text: str, unit: str) -> Decimal:
    number = ""
    for char in text:
        if char.isdigit() or char == ".":
            number += char
        elif char == unit:
            return Decimal(number)
        else:
            number = ""
    return Decimal(0)
