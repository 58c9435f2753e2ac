"""A disk that is full at any write: a named error, nothing lost, and all is well when there is room again.

The disk is a small one in memory, which only the superuser can make; a ballast leaves each time a little
more room, so that the disk fills up at one write after another.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.torture.figures import Figure, counted
from benchmarks.torture.kills import killed
from benchmarks.torture.worker import Job, text_of
from kg.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE = 24 * 2**20
_FEW = {f"report-{number}": text_of(f"report-{number}", number) for number in range(6)}
_MORE = {f"report-{number}": text_of(f"report-{number}", number + 40) for number in range(3, 9)}


def full_disk(count: int, seed: int) -> list[Figure]:
    """Run each command on a disk with ever more room, ``count`` times in all."""
    del seed
    what = "disk full while building, deciding, writing: nameless, or something lost"
    try:
        with _small_disk() as disk, tempfile.TemporaryDirectory(prefix="kg-torture-") as beside:
            faults: list[str] = []
            ends: list[str] = []
            for name, steps in _shares(count).items():
                ends += [_at(disk, Path(beside) / "log", name, step / steps, faults) for step in range(steps)]
            return [Figure(what, len(ends), tuple(faults), counted(ends))]
    except (OSError, subprocess.CalledProcessError) as error:
        return [Figure(what, 0, left_out=f"no small disk can be made here ({type(error).__name__})")]


@contextmanager
def _small_disk() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kg-torture-") as scratch:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", scratch], check=True, capture_output=True
        )
        try:
            yield Path(scratch)
        finally:
            subprocess.run(["umount", "--lazy", scratch], check=True)


ROOM = {
    "build": 2_000_000,
    "reject": 2_000_000,
    "ttl": 200_000,
    "nt": 200_000,
    "html": 1_600_000,
    "csv": 200_000,
}
"""How much room each command needs at most, in bytes: from nothing to that in even steps."""


def _shares(count: int) -> dict[str, int]:
    return {name: max(3, count // len(ROOM)) for name in ROOM}


def _at(disk: Path, log: Path, name: str, share: float, faults: list[str]) -> str:
    """Run a command with a share of the room that it needs, and again with all of it."""
    for old in disk.iterdir():
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    store, out = disk / "kg-store", disk / f"out.{name}"
    killed(Job(str(store), str(log), dict(_FEW)), after=None)
    out.write_bytes(b"old")
    before = _texts(store)
    _fill(disk, int(ROOM[name] * share) // 4096 * 4096)
    code, lines = killed(_job(name, store, out, log), after=None)
    end = _end(code, lines)
    kept = _texts(store)
    if end not in {"done", "refused"}:
        faults.append(f"{name} with {share:.0%} of the room: {end}")
    if any(kept.get(key) not in {text, _MORE.get(key)} for key, text in before.items()):
        faults.append(f"{name} with {share:.0%} of the room: a reading is lost")
    if name not in {"build", "reject"} and end == "refused" and out.read_bytes() != b"old":
        faults.append(f"{name} with {share:.0%} of the room: the old file is gone")
    (disk / "ballast").unlink()
    code, lines = killed(_job(name, store, out, log), after=None)
    if _end(code, lines) != "done":
        faults.append(f"{name} after {share:.0%} of the room, with room again: {code} {lines}")
    return end


def _job(name: str, store: Path, out: Path, log: Path) -> Job:
    if name == "build":
        return Job(str(store), str(log), dict(_MORE))
    if name == "reject":
        return Job(str(store), str(log), arguments=("reject", _a_claim(store), "--store", str(store)))
    verb = {"html": ("graph",), "csv": ("query", "-q", "SELECT * { ?s ?p ?o }")}.get(name, ("export",))
    return Job(str(store), str(log), arguments=(*verb, "-o", str(out), "--store", str(store)))


def _a_claim(store: Path) -> str:
    """Give the id of the first claim, from the graph itself."""
    with Project.open(store) as project, project.store() as graph:
        found = sorted(
            one.subject.value for one in graph.triples() if "/claim/" in getattr(one.subject, "value", "")
        )
    return found[0].rpartition("/")[2] if found else "000000000000"


def _end(code: int | None, lines: list[str]) -> str:
    """Tell how a job ended: done, refused by a named error, or otherwise."""
    if code == 0 and ("code 0" in lines or "graph" in lines):
        return "done"
    if code == 0 and ("code 3" in lines or any(line.startswith("StoreError") for line in lines)):
        return "refused"
    return f"ended with {code}: {lines}"


def _texts(store: Path) -> dict[str, str]:
    with Project.open(store) as project:
        return {one.article.id: one.article.text for one in project.readings()}


def _fill(disk: Path, room: int) -> None:
    """Leave only so much room on the disk."""
    free = shutil.disk_usage(disk).free - room
    with (disk / "ballast").open("wb") as ballast:
        os.posix_fallocate(ballast.fileno(), 0, max(free, 1))
