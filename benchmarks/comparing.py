"""How long a comparison of two large graphs takes, as a ratio to parsing them, measured in one run.

Usage: python benchmarks/comparing.py [--copies N] [--rounds N]

The graphs are the sample corpus and the same without every tenth article, each N times over under
other names: some 20,000 claims. Measured is the CPU time of ``kg diff`` but starting up: reading both,
comparing, wording the report. The reference is what bare pyoxigraph takes to parse both files. The
goal is 6 or less for files (N-Triples), 7 for project folders, whose terms are looked up on disk.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

import kg
from kg.commands.diff_report import report
from kg.comparing import read_side
from kg.graph.diff import compare
from kg.graph.store import EmbeddedStore
from kg.vocab import BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CORPUS = Path(__file__).parents[1] / "seeds" / "articles"
FILES_GOAL, FOLDERS_GOAL = 6.0, 7.0
_NAME = re.compile(rf"<{re.escape(BASE)}[a-z-]+/")
_OWN = re.compile(r'(?<=contentHash> ")|(?<=identifier> ")')
"""Where the hash or the id of an article begins: what tells articles apart."""


def copies(lines: list[str], count: int) -> Iterator[str]:
    """Yield a graph many times over, in other names each time, as N-Triples."""
    common = [line for line in lines if BASE not in line]
    yield from common
    for number in range(count):
        for line in lines:
            if BASE in line:
                yield _OWN.sub(f"{number}-", _NAME.sub(rf"\g<0>{number}-", line))


def make(folder: Path, name: str, sources: list[Path], count: int) -> tuple[Path, Path]:
    """Write a large graph as a file and as a store; give both."""
    file, store = folder / f"{name}.nt", folder / name
    with kg.build(sources, store=folder / f"{name}-kg") as graph:
        graph.export(file)
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("".join(f"{line}\n" for line in copies(lines, count)), encoding="utf-8")
    with EmbeddedStore(store) as large:
        large.replace(quad.triple for quad in ox.parse(path=file))
    return file, store


def words(one: Path, other: Path) -> list[str]:
    """Compare two graphs, and give the report."""
    return list(report(compare(read_side(one), read_side(other)), ("A", "B"), colours=False))


def parse(*paths: Path) -> int:
    """Parse files, and count their triples."""
    return sum(1 for path in paths for _ in ox.parse(path=path))


def best(work: Callable[[], object], rounds: int) -> float:
    """Give the CPU seconds of some work, the best of several rounds."""
    found = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return min(found)


def main() -> None:
    """Measure, and print figures with their goals."""
    parser = argparse.ArgumentParser(description="Speed of a comparison, as a ratio.")
    parser.add_argument("--copies", type=int, default=25, help="how many times over the corpus is taken")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured; the best counts")
    told = parser.parse_args()
    articles = sorted(CORPUS.glob("*.md"))
    fewer = [path for number, path in enumerate(articles) if number % 10]
    with tempfile.TemporaryDirectory() as scratch:
        made = [make(Path(scratch), *each, told.copies) for each in (("one", articles), ("other", fewer))]
        (one, one_store), (other, other_store) = made
        claims = [len(read_side(path).claims) for path in (one, other)]
        reference = best(lambda: parse(one, other), told.rounds)
        files = best(lambda: words(one, other), told.rounds)
        folders = best(lambda: words(one_store, other_store), told.rounds)
    print(
        f"two graphs of {claims[0]:,} and {claims[1]:,} claims; parsing both files: {reference:.2f} s of CPU time"
    )
    for name, seconds, goal in (("files", files, FILES_GOAL), ("folders", folders, FOLDERS_GOAL)):
        ratio = seconds / reference
        print(f"kg diff of two {name}: {seconds:.2f} s, {ratio:.1f} times that  (goal: {goal:.0f} at most)")


if __name__ == "__main__":
    main()
