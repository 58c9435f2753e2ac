"""How much faster two processes read than one, two workers of a cluster than one process, and what starting costs.

Usage: python benchmarks/workers.py [--rounds N] [--articles N] [--dask] [--break-even]

The sample corpus in variations (other days, another headline, no two alike) is built into fresh project folders,
each time by a command of its own, start-up included:

- *processes*: wall time of ``--workers 1``, divided by that of ``--workers 2``. The goal is 1.5.
- *cluster* (``--dask``): the same against a Dask scheduler with two workers of one thread, which have been started
  before and have read once.
- *break-even* (``--break-even``): the same for fewer and fewer articles.
- *memory*: the most that the building process itself holds, for a quarter of the articles and for all.

All are measured in turn within a round; the median of the rounds' ratios is given. The graphs must be equal.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from kg.model import Article
from kg.text.frontmatter import split_front_matter
from kg.text.read import read_articles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "seeds" / "articles"
GOAL = 1.5
_DAY = re.compile(r"\b([1-9]|[12]\d)(?= (?:January|March|May|July|August|October|December)\b)")


class Run(NamedTuple):
    """What a build took: seconds by the clock and of all its processes, and the most memory of one, in MB."""

    wall: float
    cpu: float
    memory: float


def variations(folder: Path, count: int) -> int:
    """Write so many articles, no two alike; give their words."""
    originals = [item for item in read_articles([str(CORPUS)]) if isinstance(item, Article)]
    folder.mkdir()
    words = 0
    for number in range(count):
        article, turn = originals[number % len(originals)], number // len(originals)
        body = article.text[split_front_matter(article.text).end :]
        told = _DAY.sub(lambda found, turn=turn: str((int(found[0]) + turn - 1) % 30 + 1), body)
        day = (article.published or date(2025, 1, 1)) + timedelta(days=turn)
        title = f"{article.title or article.id} ({number})"
        text = f"---\nid: report-{number}\ntitle: {json.dumps(title)}\ndate: {day}\n---\n{told.rstrip()}\n\nThis is report {number} of many.\n"
        (folder / f"report-{number}.md").write_text(text, encoding="utf-8")
        words += len(told.split())
    return words


def built(articles: Sequence[Path], store: Path, *options: str) -> Run:
    """Build in a process of its own, from its start to its end."""
    command = [sys.executable, "-m", "kg", "build", *map(str, articles), "--store", str(store), "--quiet"]
    began = time.perf_counter()
    process = subprocess.Popen([*command, *options], env={**os.environ, "PYTHONPATH": str(ROOT)})
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, process.returncode
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def digest(store: Path) -> str:
    """Give a digest of all readings that are kept."""
    whole = hashlib.sha256()
    for path in sorted((store / "readings").iterdir()):
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()


@contextmanager
def cluster(scratch: Path) -> Iterator[str]:
    """Start a scheduler and two workers of one thread each on this machine; gives the address."""
    note = scratch / "scheduler.json"
    here = ("--host", "127.0.0.1", "--no-dashboard")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *arguments]
        return subprocess.Popen(command, env=env, cwd=scratch, stderr=subprocess.DEVNULL)

    processes = [start("scheduler", *here, "--port", "0", "--scheduler-file", str(note))]
    try:
        while not note.exists() or not note.read_text():
            time.sleep(0.1)
        address = json.loads(note.read_text())["address"]
        processes += [start("worker", address, *here, "--nthreads", "1", "--no-nanny") for _ in range(2)]
        yield address.replace("tcp://", "dask://")
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


def compare(scratch: Path, articles: Sequence[Path], rounds: int, ways: dict[str, tuple[str, ...]]) -> None:
    """Build in each way in turn, ``rounds`` times, and print how they compare with the first."""
    runs: dict[str, list[Run]] = {name: [] for name in ways}
    digests = set()
    for number in range(rounds):
        for name, options in ways.items():
            store = scratch / f"{name}-{number}-{len(articles)}"
            runs[name].append(built(articles, store, *options))
            digests.add(digest(store))
    assert len(digests) == 1, "the readings differ"
    first = next(iter(runs.values()))
    for name, found in runs.items():
        faster = median(one.wall / each.wall for one, each in zip(first, found, strict=True))
        wall, cpu, memory = (median(each[at] for each in found) for at in range(3))
        print(
            f"{len(articles):5} articles, {name:12} {wall:7.1f} s, CPU {cpu:7.1f} s, "
            f"{memory:4.0f} MB in the largest process: {faster:.2f} times as fast as {next(iter(runs))}"
        )


def main() -> None:
    """Measure, and print figures with their goal."""
    parser = argparse.ArgumentParser(description="Reading in several processes, against one.")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured; the median counts")
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--dask", action="store_true", help="measure a cluster of two workers, too")
    parser.add_argument("--break-even", action="store_true", help="measure fewer and fewer articles, too")
    asked = parser.parse_args()
    ways = {"1 process": ("--workers", "1"), "2 processes": ("--workers", "2")}
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        words = variations(scratch / "in", asked.articles)
        files = sorted((scratch / "in").iterdir())
        print(f"{len(files)} articles, {words:,} words; the goal is {GOAL} times")
        compare(scratch, files[: len(files) // 4], asked.rounds, ways)
        compare(scratch, files, asked.rounds, ways)
        for count in (80, 40, 20, 10) if asked.break_even else ():
            compare(scratch, files[:count], asked.rounds, ways)
        if asked.dask:
            with cluster(scratch) as address:
                there = {"2 workers": ("--engine", address)}
                compare(scratch, files[:20], 1, there)  # loads the language model there
                compare(scratch, files, asked.rounds, {"1 process": ways["1 process"], **there})


if __name__ == "__main__":
    main()
