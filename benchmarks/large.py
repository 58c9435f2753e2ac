"""Ten thousand articles end to end, and one more: is the memory flat, and what does the one cost?

Usage: python benchmarks/large.py [--articles N] [--workers N] [--small N]

The sample corpus in variations (``benchmarks/workers.py``) is built into a fresh project folder by ``kg build``, with the
cache of the language model off. Given are, for each tenth of the articles, how fast they were read and how much memory
the building process and those that read had; then the time and the most memory of making the graph, and the sizes on disk.
Then one article is added: to those ``N``, and to ``--small`` of them. The goal: both cost the same, within a factor of two.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import workers
from benchmarks.workers import ROOT, cpu, variations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_EVERY = 1.0
GOAL = 2.0


class Look(NamedTuple):
    """One look at a build: when, in seconds, how many readings are kept, and the memory of its processes, in MB."""

    at: float
    kept: int
    building: float
    reading: float


def command(folder: Path, store: Path, readers: int) -> list[str]:
    """Give the command that builds."""
    options = ("--store", str(store), "--workers", str(readers), "--cache", "off", "--quiet")
    return [sys.executable, "-m", "kg", "build", str(folder), *options]


def watched(process: subprocess.Popen[bytes], store: Path) -> Iterator[Look]:
    """Look at a build once a second until it ends."""
    began = time.monotonic()
    while process.poll() is None:
        readings = store / "readings"
        kept = sum(1 for _ in os.scandir(readings)) if readings.exists() else 0
        memory = {pid: megabytes(pid) for pid in (process.pid, *children(process.pid))}
        own = memory.pop(process.pid)
        yield Look(time.monotonic() - began, kept, own, sum(memory.values()))
        time.sleep(_EVERY)


def children(pid: int) -> list[int]:
    """List the processes that a process has started."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(each) for each in task.read_text(encoding="utf-8").split()]
    return found


def megabytes(pid: int) -> float:
    """Give the memory that a process has now; none if it has gone."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1])
    except OSError:
        return 0.0
    return pages * resource.getpagesize() / 1e6


def tell(looks: Sequence[Look], count: int, began: Sequence[Look]) -> None:
    """Print how the build went, by tenths."""
    before = began[0] if began else looks[0]
    for tenth in range(1, 11):
        reached = next((look for look in looks if look.kept >= count * tenth // 10), looks[-1])
        speed = (reached.kept - before.kept) / max(reached.at - before.at, _EVERY)
        print(
            f"{reached.kept:6,} articles after {reached.at:6.0f} s, {speed:5.1f} a second; "
            f"building {reached.building:5.0f} MB, reading {reached.reading:5.0f} MB",
            flush=True,
        )
        before = reached


def size(folder: Path) -> float:
    """Give the bytes of a folder, in MB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def built(folder: Path, store: Path, readers: int, count: int) -> None:
    """Build a folder of articles, and print how it went."""
    with subprocess.Popen(command(folder, store, readers), cwd=ROOT) as process:
        looks = []
        for look in watched(process, store):
            looks.append(look)
            spent = cpu(process.pid) if process.poll() is None else 0.0
    if process.returncode:
        sys.exit(process.returncode)
    done = next((look for look in looks if look.kept >= count), looks[-1])
    tell(looks, count, [look for look in looks if look.kept])
    most = max(look.building for look in looks if look.at >= done.at)
    print(
        f"the graph: {looks[-1].at - done.at:.0f} s, at most {most:.0f} MB; building process {spent:.0f} s of CPU; "
        f"readings {size(store / 'readings'):.0f} MB, graph {size(store / 'store'):.0f} MB",
        flush=True,
    )


def main() -> None:
    """Build, add, and print what it took."""
    parser = argparse.ArgumentParser(description="Ten thousand articles end to end, and one more.")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--small", type=int, default=100)
    asked = parser.parse_args()
    found = {}
    with tempfile.TemporaryDirectory() as scratch:
        for count in (asked.small, asked.articles):
            folder, store = Path(scratch, f"in-{count}"), Path(scratch, f"kg-{count}")
            words = variations(folder, count + 1)
            last = folder / f"report-{count}.md"
            one = Path(shutil.move(last, Path(scratch, f"one-{count}.md")))
            print(f"{count:,} articles, {words:,} words", flush=True)
            built(folder, store, asked.workers, count)
            more = workers.built([one], store, "--workers", "1", "--cache", "off")
            found[count] = more.own + more.others
            print(
                f"one more: {more.wall:.1f} s, {found[count]:.1f} s of CPU, at most {more.memory:.0f} MB",
                flush=True,
            )
    ratio = found[asked.articles] / found[asked.small]
    print(
        f"one more among {asked.articles:,} costs {ratio:.1f} times what it does among {asked.small:,} (goal: {GOAL})"
    )


if __name__ == "__main__":
    main()
