"""How soon each command answers, as ratios to Python importing pyoxigraph alone, measured in one run.

Usage: python -m benchmarks.startup [--rounds N]

Each command is run as a process of its own on a stored graph of the sample corpus, once in every round, in turn with the
bare ``python -c "import pyoxigraph"``; what is counted is CPU time, that of the processes it starts included. Given is
the median of the rounds' ratios. ``kg query NAME`` has a goal: 3 times at most. What is imported is compiled beforehand, as
``pip install`` does it, into a folder of this run.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import kg
from kg import config

CORPUS = Path(__file__).parents[1] / "seeds" / "articles"
HEADLINE = "who-led-which-delegation"
GOAL = 3.0
ASKED = f"query {HEADLINE}"
LINES = (
    ASKED,
    f"query {HEADLINE} -p place=Ethiopia",
    "query -q SELECT(COUNT(*)AS?n){?s?p?o}",
    "query --list",
    "show Ethiopia",
    "timeline",
    "conflicts",
    "stats",
    "export -o OUT.ttl",
    "graph -o OUT.html",
    "build CORPUS",
    "--version",
    "query --help",
    "--help",
)
"""Of ``build``, what it takes where nothing has changed."""


def cpu_of(command: list[str], folder: Path) -> float:
    """Give the CPU seconds of a command and of all processes that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command], check=True, cwd=folder, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def words(line: str, folder: Path) -> list[str]:
    """Give the words of a line, its places filled in."""
    filled = {"CORPUS": str(CORPUS), "OUT.ttl": str(folder / "out.ttl"), "OUT.html": str(folder / "out.html")}
    return ["-m", "kg", *(filled.get(word, word) for word in line.split(" "))]


def main() -> None:
    """Measure, and print figures."""
    parser = argparse.ArgumentParser(description="Start-up of every command, as ratios.")
    parser.add_argument("--rounds", type=int, default=7, help="how often each is run; the median counts")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        os.environ |= {"KG_STORE": str(folder / "kg-store"), "KG_CACHE": config.OFF}
        os.environ |= {"PYTHONPATH": str(CORPUS.parents[1]), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        with kg.build([CORPUS], store=folder / "kg-store"):
            pass
        measured: dict[str, list[tuple[float, float]]] = {line: [] for line in LINES}
        for number in range(1 + rounds):
            for line, found in measured.items():
                pair = cpu_of(["-c", "import pyoxigraph"], folder), cpu_of(words(line, folder), folder)
                if number:  # the first one fills the caches of the system
                    found.append(pair)
    bare = median(each for pairs in measured.values() for each, _ in pairs)
    print(f"Python with pyoxigraph: {bare * 1000:.0f} ms of CPU time")
    for line, pairs in measured.items():
        ratio = median(mine / reference for reference, mine in pairs)
        goal = f"  (goal: {GOAL:.0f} at most)" if line == ASKED else ""
        print(f"kg {line}: {median(mine for _, mine in pairs) * 1000:.0f} ms, {ratio:.1f} times that{goal}")


if __name__ == "__main__":
    main()
