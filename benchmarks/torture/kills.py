"""Kill -9 at any moment: what was acknowledged is there, the store is whole, a file is the old or the new one."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.torture import worker
from benchmarks.torture.figures import Figure
from benchmarks.torture.worker import Job, exported, text_of
from kg import ingest
from kg.errors import KGError
from kg.graph import generations
from kg.graph.feed import digest, name_of
from kg.graph.store import EmbeddedStore, ontology_triples
from kg.project import Project

ROOT = Path(__file__).parents[2]
LIFE = 25
"""Points of killing in one project folder, before it is compared with a fresh one."""

_KEYS = tuple(f"report-{number}" for number in range(9))
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["benchmarks.torture.worker"])
State = dict[str, str | None]


def killed(job: Job, *, after: float | None) -> tuple[int | None, list[str]]:
    """Run a job and kill it after some seconds, unless it ends or kills itself first; give what it said."""
    log = Path(job.acknowledged)
    log.unlink(missing_ok=True)
    process = _CONTEXT.Process(target=worker.run, args=(job,))
    process.start()
    process.join(after)
    process.kill()
    process.join()
    code = process.exitcode
    process.close()
    return code, log.read_text().splitlines() if log.exists() else []


def kill_builds(count: int, seed: int) -> list[Figure]:
    """Kill builds and removals ``count`` times."""
    random_ = random.Random(seed)
    lost: list[str] = []
    corrupt: list[str] = []
    different: list[str] = []
    done = acknowledged = 0
    with tempfile.TemporaryDirectory(prefix="kg-torture-") as scratch:
        while done < count:
            life = Path(scratch) / f"life-{done}"
            life.mkdir()
            points = min(LIFE, count - done)
            state, said = _live(life, points, random_, lost, corrupt)
            acknowledged += said
            done += points
            different += _compare(life, state)
            shutil.rmtree(life)
    return [
        Figure(
            "kill -9 of builds and removals: acknowledged articles lost",
            done,
            tuple(lost),
            f"{acknowledged:,} acknowledged",
        ),
        Figure("  stores that cannot be read, or are not what their name says", done, tuple(corrupt)),
        Figure(
            "  graphs other than a fresh build's, afterwards",
            max(1, (done - 1) // LIFE + 1),
            tuple(different),
        ),
    ]


def _live(
    life: Path, points: int, random_: random.Random, lost: list[str], corrupt: list[str]
) -> tuple[State, int]:
    """Kill jobs in one project folder one after another; give what is in it, and how much was acknowledged."""
    state: State = dict.fromkeys(_KEYS)
    folder, version, said, longest, most = life / "kg-store", 0, 0, 0.5, 40
    graphs: dict[str, str] = {}
    while points > 0:
        version += 1
        wanted = _wanted(state, version, random_)
        by_count = random_.random() < 0.6
        job = Job(str(folder), str(life / "log"), wanted, kill_at=random_.randint(1, most) if by_count else 0)
        began = time.monotonic()
        code, lines = killed(job, after=None if by_count else random_.uniform(0, longest))
        if code == 0:  # it was through before the blow: the next ones come sooner
            longest, most = max(0.05, time.monotonic() - began), int(lines[-1].split()[1])
        elif code == -signal.SIGKILL:
            points -= 1
        else:
            corrupt.append(f"a job ended by itself with {code} after {lines}")
        acknowledged = {key for key in lines if key in wanted}
        said += len(acknowledged)
        found = _found(folder, graphs, corrupt)
        if lines[-1:] and "Error" in lines[-1]:
            corrupt.append(f"a job was refused: {lines}")
        for key in _KEYS:
            allowed = {wanted[key]} if key in acknowledged else {state[key], wanted.get(key, state[key])}
            if found[key] not in allowed:
                lost.append(
                    f"{key} version {version}, {job.kill_at=} {code=} after {lines}: {found[key]!r}, not one of {allowed!r}"
                )
        if "graph" in lines and found and generations.current(folder / "store") is None:
            corrupt.append("an acknowledged graph is not there")
        state = found
    return state, said


def _wanted(state: State, version: int, random_: random.Random) -> State:
    """Choose what a job shall change: articles anew, and some that are there removed."""
    chosen = random_.sample(_KEYS, random_.randint(1, 4))
    there = [key for key in chosen if state[key] is not None]
    if there and random_.random() < 0.3:
        return dict.fromkeys(there)
    return {key: text_of(key, version) for key in chosen}


def _found(folder: Path, graphs: dict[str, str], corrupt: list[str]) -> State:
    """Give what is in a project folder after a blow, and check the graph in force.

    It must be one that the readings gave, now or after an earlier blow; ``graphs`` remembers them.
    """
    found: State = dict.fromkeys(_KEYS)
    if not (folder / "project.json").exists():
        return found
    try:
        with Project.open(folder) as project:
            readings = list(project.readings())
            found.update({one.article.id: one.article.text for one in readings})
            content = ingest.content(readings, worker.settings_for(folder))
            triples = [*content.triples, *ontology_triples()]
            graphs[generations.PREFIX + name_of(digest(triples))] = digest(
                EmbeddedStore.of(triples).triples()
            )
            name = generations.current(project.store_folder)
            if name is not None:
                with project.store() as store:
                    if graphs.get(name) != digest(store.triples()):
                        corrupt.append(f"{name} is the graph of no state, or holds other triples")
    except (KGError, OSError) as error:
        corrupt.append(str(error))
    return found


def _compare(life: Path, state: State) -> list[str]:
    """End the job in peace, and compare with a fresh build of the same articles."""
    log = str(life / "log")
    present = {key: text for key, text in state.items() if text is not None} or {"report-0": text_of("x", 1)}
    for name in ("kg-store", "fresh"):
        code, lines = killed(Job(str(life / name), log, present), after=None)
        if code != 0:
            return [f"the build afterwards ended with {code} after {lines}"]
    strays = [path.name for path in life.rglob(".kg-tmp-*")]
    same = exported(life / "kg-store") == exported(life / "fresh")
    return ([] if same else ["the graphs differ"]) + [f"left behind: {stray}" for stray in strays]


def kill_outputs(count: int, seed: int) -> list[Figure]:
    """Kill commands that write a file ``count`` times; it holds the old or the new content each time."""
    random_ = random.Random(seed)
    torn: list[str] = []
    done = replaced = 0
    with tempfile.TemporaryDirectory(prefix="kg-torture-") as scratch:
        out, log = Path(scratch) / "out", str(Path(scratch) / "log")
        stores = [_small(Path(scratch) / name, number) for number, name in enumerate(("a", "b"))]
        for name, arguments in OUTPUTS.items():
            target = out / name
            out.mkdir(exist_ok=True)
            jobs = [
                Job(str(out), log, arguments=(*arguments, "-o", str(target), "--store", str(store)))
                for store in stores
            ]
            allowed, most, longest = {b""}, 1, 0.0
            for job in jobs:
                began = time.monotonic()
                code, lines = killed(job, after=None)
                assert code == 0, lines
                assert lines[0] == "code 0", lines
                most, longest = int(lines[-1].split()[1]), time.monotonic() - began
                allowed.add(target.read_bytes())
            if len(allowed) != 3:
                torn.append(f"{name}: the two graphs give equal files, nothing is tested")
            for number in range(-(-count // len(OUTPUTS))):
                job = jobs[number % 2]
                before = target.read_bytes()
                at = random_.randint(1, most) if number % 3 == 0 else 0
                exact = Job(job.folder, log, arguments=job.arguments, kill_at=at)
                killed(exact, after=None if at else random_.uniform(0.3, 1.1) * longest)
                done += 1
                after = target.read_bytes()
                replaced += after != before
                if after not in allowed:
                    torn.append(f"{name}: {len(after):,} bytes that are neither the old nor the new file")
    return [Figure("kill -9 while a file is written: torn files", done, tuple(torn), f"{replaced:,} new")]


OUTPUTS = {
    "graph.ttl": ("export",),
    "graph.nt": ("export",),
    "graph.jsonld": ("export",),
    "graph.rdf": ("export",),
    "plover.csv": ("export", "--format", "plover"),
    "graph.html": ("graph",),
    "rows.csv": ("query", "-q", "SELECT ?s ?p ?o { ?s ?p ?o }"),
    "triples.ttl": ("query", "-q", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"),
}


def _small(folder: Path, number: int) -> Path:
    """Build a small project in this process's children."""
    folder.mkdir()
    articles: State = {key: text_of(key, number * 40 + at) for at, key in enumerate(_KEYS)}
    code, lines = killed(Job(str(folder / "kg-store"), str(folder / "log"), articles), after=None)
    assert code == 0, lines
    return folder / "kg-store"


def kill_commands(count: int, seed: int) -> list[Figure]:
    """Kill whole ``kg build`` commands with the language model ``count`` times, the graph being compared at the end."""
    random_ = random.Random(seed)
    articles = sorted((ROOT / "seeds" / "articles").glob("2025-05-12-muscat*.md"))
    faults: list[str] = []
    done = 0
    with tempfile.TemporaryDirectory(prefix="kg-torture-") as scratch:
        reference, folder = Path(scratch) / "reference", Path(scratch) / "killed"
        longest = _command(articles, reference, None)
        wanted = exported(reference)
        while done < count:
            seen: set[str] = set()
            for _ in range(5):
                _command(articles, folder, random_.uniform(0.3, 1.0) * longest)
                done += 1
                if (folder / "project.json").exists():
                    with Project.open(folder) as project:
                        now = {one.article.id for one in project.readings()}
                    faults += [f"{key} was there and is gone" for key in seen - now]
                    seen |= now
            _command(articles, folder, None)
            if exported(folder) != wanted:
                faults.append("the graph differs from that of a build in peace")
            shutil.rmtree(folder)
    return [Figure("kill -9 of whole kg build commands: lost or different", done, tuple(faults))]


def _command(articles: list[Path], folder: Path, after: float | None) -> float:
    environ = {key: value for key, value in os.environ.items() if not key.startswith("KG_")}
    command = [sys.executable, "-m", "kg", "build", *map(str, articles), "--store", str(folder), "--quiet"]
    began = time.monotonic()
    process = subprocess.Popen(
        command,
        env={**environ, "PYTHONPATH": str(ROOT), "KG_CACHE": "off"},
        cwd=folder.parent,
        start_new_session=True,
    )
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return time.monotonic() - began


assert ingest.read_all is not worker.read_all, "the campaign itself reads as everybody does"
