"""How the site holds up when many read at the same time, as ratios to one reader alone, measured in one run.

Usage: python benchmarks/site_load.py [--readers N] [--requests N] [--pause SECONDS] [--rounds N]

The sample corpus is built and served in a process of its own. ``N`` readers, each with a connection of its own, ask for
pages of entities and for named queries, with a pause of up to twice ``SECONDS`` before each request, as readers make:
without anything beside them, beside a process that puts one graph after another in force, and beside a query that never
ends. A pause of 0 shows what happens when all ask without a breath; its ratios are no goals.

- *idle*: the median of one reader alone, for each kind of request.
- *load*, *beside a build*: the 99th percentile of all readers over that median. Goal: 5 at most, and no error.
- *beside a hostile query*: the 99th percentile over that without it. Goal: 2 at most, and no error.

The pauses follow from a seed. On a machine that does other work at the same time the ratios say more of that work: how
late a sleeping reader wakes is given beside them. Other work can only add, so every round is run ``--rounds`` times in
turn, all are printed, and the goals are held against the fastest.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

import kg
from kg.contents import triples_of
from kg.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CORPUS = Path(__file__).parents[1] / "seeds" / "articles"
HOSTILE = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
QUERIES = ("who-met-whom", "chronology", "who-led-which-delegation", "status-of-events", "offices")
LOAD_GOAL, HOSTILE_GOAL = 5.0, 2.0
_LONGEST = 120.0


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of requests gave: seconds of each, what was no answer, and how late the readers woke, in seconds."""

    seconds: tuple[float, ...]
    errors: tuple[str, ...]
    late: float = 0.0

    def at(self, share: float) -> float:
        """Give the time within which a share of the requests was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many readers there are, how much each asks for, and how long it pauses on the average, in seconds."""

    readers: int
    requests: int
    pause: float


@contextmanager
def server(store: Path) -> Iterator[int]:
    """Serve a project folder in a process of its own; gives the port."""
    command = [
        sys.executable,
        "-m",
        "kg",
        "serve",
        "--store",
        str(store),
        "--port",
        "0",
        "--limit-seconds",
        "60",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            found = re.search(r":(\d+)/", process.stderr.readline())
            assert found is not None, "the server did not start"
            yield int(found[1])
        finally:
            process.terminate()


async def ask(port: int, paths: Sequence[str], pauses: Iterable[float] = repeat(0.0)) -> Round:
    """Ask for each path in turn on one connection, after a pause each."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    seconds, errors = [], []
    try:
        for path, pause in zip(paths, pauses, strict=False):
            await asyncio.sleep(pause)
            started = time.perf_counter()
            writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n".encode())
            status = await asyncio.wait_for(_answer(reader), _LONGEST)
            seconds.append(time.perf_counter() - started)
            if status != 200:
                errors.append(f"{status} {path}")
    finally:
        writer.close()
    return Round(tuple(seconds), tuple(errors))


async def _answer(reader: asyncio.StreamReader) -> int:
    """Read an answer to its end, and give its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = re.search(r"content-length: (\d+)", head)
    assert length is not None, head
    await reader.readexactly(int(length[1]))
    return int(head.split()[1])


async def crowd(port: int, paths: Sequence[str], size: Crowd) -> Round:
    """Let many readers ask at the same time, each beginning at another path."""
    chance = random.Random(1)
    readers, requests = size.readers, size.requests
    asked = [[paths[(number + step) % len(paths)] for step in range(requests)] for number in range(readers)]
    pauses = [[chance.uniform(0, 2 * size.pause) for _ in range(requests)] for _ in range(readers)]
    clock = asyncio.create_task(lateness())
    rounds = await asyncio.gather(*map(ask, [port] * readers, asked, pauses))
    clock.cancel()
    return Round(
        tuple(second for each in rounds for second in each.seconds),
        tuple(error for each in rounds for error in each.errors),
        await clock,
    )


async def lateness() -> float:
    """Give the 99th percentile of how late a short sleep ends, until cancelled: what the machine adds to any figure."""
    late = [0.0]
    with contextlib.suppress(asyncio.CancelledError):
        while True:
            started = time.perf_counter()
            await asyncio.sleep(0.01)
            late.append(time.perf_counter() - started - 0.01)
    return sorted(late)[int(len(late) * 0.99)]


@contextmanager
def building(store: Path) -> Iterator[list[int]]:
    """Put one graph after another in force, in a process of its own, until the block ends."""
    code = "import sys; from benchmarks.site_load import build_on; build_on(sys.argv[1])"
    command = [sys.executable, "-c", code, str(store)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[1]) as process:
        made: list[int] = []
        try:
            yield made
        finally:
            process.terminate()
            made.append(process.wait())


def build_on(store: str) -> None:
    """Build without end: every other graph has one fact more."""
    with kg.open(store) as graph:
        triples = list(triples_of(graph.store))
    more = ox.Triple(ox.NamedNode("https://x.org/a"), ox.NamedNode("https://x.org/p"), ox.Literal("more"))
    with Project.open(Path(store)) as project:
        while True:
            for content in ([*triples, more], triples):
                project.rebuild(content)
                time.sleep(5)


@contextmanager
def hostile(port: int) -> Iterator[None]:
    """Keep a query running that never ends."""
    code = (
        "import sys, urllib.request\n"
        "while True:\n"
        "    try: urllib.request.urlopen(sys.argv[1], timeout=600).read()\n"
        "    except OSError: pass\n"
    )
    url = f"http://127.0.0.1:{port}/sparql?query={quote(HOSTILE)}"
    with subprocess.Popen([sys.executable, "-c", code, url]) as process:
        time.sleep(1)
        try:
            yield
        finally:
            process.terminate()


def measure(kind: str, port: int, store: Path, paths: Sequence[str], size: Crowd, times: int) -> list[str]:
    """Run the rounds for one kind of request, print them, and give the goals that were missed."""
    asyncio.run(ask(port, paths))  # warms up
    idle = min(statistics.median(asyncio.run(ask(port, list(paths) * 4)).seconds) for _ in range(times))
    print(f"{kind}: idle median {idle * 1000:.1f} ms; {size}")
    beside = {
        "load": contextlib.nullcontext,
        "beside a build": partial(building, store),
        "beside a hostile query": partial(hostile, port),
    }
    found: dict[str, list[Round]] = {name: [] for name in beside}
    for _ in range(times):
        for name, work in beside.items():
            with work():
                found[name].append(asyncio.run(crowd(port, paths, size)))
            print(f"  {name:23} {line(found[name][-1], idle)}", flush=True)
    rounds = {name: min(each, key=lambda one: one.at(0.99)) for name, each in found.items()}
    slowed = rounds["beside a hostile query"].at(0.99) / rounds["load"].at(0.99)
    fastest = ", ".join(f"{name} {each.at(0.99) / idle:.1f} x" for name, each in rounds.items())
    print(f"  the fastest, p99 to idle: {fastest} (goal: {LOAD_GOAL} at most)")
    print(f"  a hostile query slows the others {slowed:.2f} x (goal: {HOSTILE_GOAL} at most)", flush=True)
    missed = [
        f"{kind}, {name}: {bad}" for name, all_ in found.items() for each in all_ for bad in each.errors[:3]
    ]
    if size.pause:
        over = {name: rounds[name].at(0.99) / idle for name in ("load", "beside a build")}
        missed += [f"{kind}, {name}: {x:.1f} x idle" for name, x in over.items() if x > LOAD_GOAL]
        missed += [f"{kind}: slowed {slowed:.2f} x"] if slowed > HOSTILE_GOAL else []
    return missed


def line(found: Round, idle: float) -> str:
    """Give the figures of a round."""
    median, last = found.at(0.5), found.at(0.99)
    return (
        f"median {median * 1000:7.1f} ms, p99 {last * 1000:7.1f} ms = {last / idle:5.1f} x idle; "
        f"{len(found.seconds)} requests, {len(found.errors)} errors; "
        f"the readers themselves woke {found.late * 1000:.1f} ms late (p99)"
    )


def entity_pages(store: Path) -> list[str]:
    """List the pages of things that the graph has, forty of them."""
    with kg.open(store) as graph:
        rows = graph.query("SELECT DISTINCT ?x { ?x a/<http://www.w3.org/2000/01/rdf-schema#subClassOf>* "
                           "<https://w3id.org/diplomacy-kg/ns#Actor> } ORDER BY ?x")  # fmt: skip
        base = "https://w3id.org/diplomacy-kg/id/"
        found = [str(row["x"]).removeprefix(base) for row in rows if str(row["x"]).startswith(base)]
    return [f"/entity/{quote(path)}.html" for path in found[:40]]


def main() -> None:
    """Measure, and end with 1 where a goal was missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--pause", type=float, default=2.0)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    size = Crowd(given.readers, given.requests, given.pause)
    missed: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "kg-store"
        with kg.build([CORPUS], store=store):
            pass
        with server(store) as port:
            kinds = {
                "entity pages": entity_pages(store),
                "named queries": [f"/queries/{name}" for name in QUERIES],
            }
            for kind, paths in kinds.items():
                missed += measure(kind, port, store, paths, size, given.rounds)
    for each in missed:
        print(f"missed: {each}", file=sys.stderr)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
