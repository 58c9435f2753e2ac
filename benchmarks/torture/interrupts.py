"""Ctrl-C at any moment: one clean line, exit code 130, nothing torn."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.torture.figures import Figure, counted
from benchmarks.torture.kills import ROOT, _small
from kg.errors import KGError
from kg.project import Project

if TYPE_CHECKING:
    from collections.abc import Sequence

ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o FILTER(RAND() > 2) }"
_BEFORE = "before kg began"
"""Python itself was starting, in which Ctrl-C is its own affair."""


def interrupts(count: int, seed: int) -> list[Figure]:
    """Interrupt commands ``count`` times."""
    random_ = random.Random(seed)
    faults: list[str] = []
    ends: list[str] = []
    article = str(ROOT / "seeds" / "articles" / "2025-05-12-muscat-fourth-round.md")
    with tempfile.TemporaryDirectory(prefix="kg-torture-") as scratch:
        store = _small(Path(scratch) / "small", 1)
        out = Path(scratch) / "graph.html"
        commands = [
            (("build", article, "--store", str(Path(scratch) / "kg-store"), "--again"), 6.0),
            (("query", "-q", ENDLESS, "--store", str(store)), 2.0),
            (("export", "-o", str(out), "--format", "nt", "--store", str(store)), 1.5),
            (("graph", "-o", str(out), "--store", str(store)), 1.5),
        ]
        for number in range(count):
            arguments, longest = commands[number % len(commands)]
            out.write_bytes(b"old")
            code, told = interrupted(arguments, random_.random() * longest)
            end = ending(code, told)
            ends.append(end or "unclean")
            if not end:
                faults.append(f"{arguments[0]}: {code} {told[-300:]}")
            if end == "interrupted" and arguments[0] != "build" and not _whole(out):
                faults.append(f"{arguments[0]}: the file is torn")
            faults += _damage(Path(scratch))
    return [
        Figure(
            "Ctrl-C while building, asking, writing: not clean, or torn", count, tuple(faults), counted(ends)
        )
    ]


def ending(code: int, told: str) -> str:
    """Tell how a command ended, with nothing where that was not clean.

    Ctrl-C is 130, or the signal itself, which a shell shows as 130: Python remembers one that came while
    a data class was being made, and ends with the signal after all.
    """
    lines = told.splitlines()
    if "Traceback" in told and f"{ROOT}" not in told:
        return _BEFORE
    if code in {130, -signal.SIGINT} and lines[-1:] == ["interrupted"] and len(lines) <= 2:
        return "interrupted"
    return "done" if code == 0 and "Traceback" not in told else ""


def _whole(out: Path) -> bool:
    """Tell whether a file is as it was, or a whole page or graph."""
    data = out.read_bytes()
    return data == b"old" or data.rstrip().endswith((b"</html>", b" ."))


def interrupted(arguments: Sequence[str], after: float) -> tuple[int, str]:
    """Run a command and press Ctrl-C after some seconds; give its exit code and what it said."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith("KG_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", *arguments],
        env={**environ, "PYTHONPATH": str(ROOT), "KG_CACHE": "off"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        # A shell starts what runs behind it with Ctrl-C ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    return process.returncode, told


def _damage(scratch: Path) -> list[str]:
    """Read the project that is interrupted; give what is wrong with it."""
    if not (scratch / "kg-store" / "project.json").exists():
        return []
    try:
        with Project.open(scratch / "kg-store") as project:
            list(project.readings())
    except KGError as error:
        return [str(error)]
    return []
