"""How much faster two processes read than one, two workers of a cluster than one process, and what starting costs.

Usage: python benchmarks/workers.py [--rounds N] [--articles N] [--dask] [--break-even]

The sample corpus in variations (other days, another headline, no two alike) is built into fresh project folders,
each time by a process of its own, start-up included, with one process, with two, and (``--dask``) by a cluster of two
workers of one thread, started before, which have read once. Given are:

- the wall time, and by what it is shorter than that of one process. It says something on a machine that is free.
- the CPU time of the building process and of all that read for it; from these, what the wall time would be if every
  process had a processor to itself: that of the building process, which does not read, and half of the others'. It is
  the longest it can be, since the two work at the same time. The goal for two processes is 1.5 times.
- the most memory of the building process, for a quarter of the articles and for all.

``--break-even``: the same for fewer and fewer articles. All ways are measured in turn within a round, and the medians
of the rounds are given. What is kept must be equal, byte for byte.
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
_BUILD = """
import json, resource, sys
from kg.cli import main
assert main(sys.argv[1:]) == 0
own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps([own.ru_utime + own.ru_stime, others.ru_utime + others.ru_stime, own.ru_maxrss / 1024]))
"""
_DAY = re.compile(r"\b([1-9]|[12]\d)(?= (?:January|March|May|July|August|October|December)\b)")


class Run(NamedTuple):
    """What a build took, in seconds by the clock and of processors, and the most memory of its process, in MB."""

    wall: float
    own: float
    others: float
    memory: float

    @property
    def ideal(self) -> float:
        """The wall time with a processor for each of the two that read."""
        return self.own + self.others / 2


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


def built(articles: Sequence[Path], store: Path, *options: str, readers: Sequence[int] = ()) -> Run:
    """Build in a process of its own, from its start to its end; ``readers`` are processes that read for it."""
    arguments = ["build", *map(str, articles), "--store", str(store), "--quiet", *options]
    before, began = sum(map(cpu, readers)), time.perf_counter()
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, *arguments], env=env, check=True, stdout=subprocess.PIPE
    )
    wall = time.perf_counter() - began
    own, others, memory = json.loads(done.stdout)
    return Run(wall, own, others + sum(map(cpu, readers)) - before, memory)


def cpu(pid: int) -> float:
    """Give the CPU seconds of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def digest(store: Path) -> str:
    """Give a digest of all readings that are kept."""
    whole = hashlib.sha256()
    for path in sorted((store / "readings").iterdir()):
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()


@contextmanager
def cluster(scratch: Path) -> Iterator[tuple[str, list[int]]]:
    """Start a scheduler and two workers of one thread each on this machine; gives the address, and the workers."""
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
        yield address.replace("tcp://", "dask://"), [each.pid for each in processes[1:]]
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


def compare(
    scratch: Path,
    articles: Sequence[Path],
    rounds: int,
    ways: dict[str, tuple[str, ...]],
    readers: Sequence[int] = (),
) -> None:
    """Build in each way in turn, ``rounds`` times, and print how they compare with the first."""
    runs: dict[str, list[Run]] = {name: [] for name in ways}
    digests = set()
    for number in range(rounds):
        for name, options in ways.items():
            store = scratch / f"{name}-{number}-{len(articles)}"
            there = readers if "--engine" in options else ()  # idle, they cost something all the same
            runs[name].append(built(articles, store, *options, readers=there))
            digests.add(digest(store))
    assert len(digests) == 1, "what is kept differs"
    (_, first), *_ = runs.items()
    for name, found in runs.items():
        pairs = list(zip(first, found, strict=True))
        faster = median(one.wall / each.wall for one, each in pairs)
        ideal = median(one.ideal / each.ideal for one, each in pairs)
        wall, own, others, memory = (median(each[at] for each in found) for at in range(4))
        print(
            f"{len(articles):5} articles, {name:12} wall {wall:6.1f} s ({faster:.2f} times), "
            f"CPU {own:6.1f} + {others:6.1f} s (ideal: {ideal:.2f} times), {memory:4.0f} MB",
            flush=True,
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
        print(f"{len(files)} articles, {words:,} words; the goal is {GOAL} times", flush=True)
        for count in (10, 20, 40, 80) if asked.break_even else ():
            compare(scratch, files[:count], asked.rounds, ways)
        compare(scratch, files[: len(files) // 4], asked.rounds, ways)
        compare(scratch, files, asked.rounds, ways)
        if not asked.dask:
            return
        with cluster(scratch) as (address, workers):
            there = {"2 workers": ("--engine", address)}
            compare(scratch, files[:40], 1, there, workers)  # loads the language model there
            compare(scratch, files, asked.rounds, {"1 process": ways["1 process"], **there}, workers)


if __name__ == "__main__":
    main()
