"""What ``kg doctor`` looks at of the folders: the project with its graph, the cache of annotations, room on disk.

Nothing here is changed, and no text of an article is shown.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kg import files
from kg.commands.doctor_line import Line, fault, fault_of, note, ok
from kg.errors import KGError, StoreError
from kg.graph import generations
from kg.report import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.config import Settings
    from kg.project import Project

_MEBIBYTE, _GIBIBYTE = 1 << 20, 1 << 30
LEAST = 64 * _MEBIBYTE
"""Bytes: with less than this hardly anything can be written any more."""

_NAMED = 5
"""How many damaged files are named; of the others their number is told."""

_KB = ", kb "
"""What stands in a reader's name before the knowledge base, which a build may be given more of."""

_FOLDERS = ("", "readings", "cache", "store", "kb")


def folders(chosen: Settings) -> Iterator[Line]:
    """Look at the project folder and what is in it, then at the cache."""
    yield from _project(chosen)
    yield from _cache(chosen)


def _project(chosen: Settings) -> Iterator[Line]:
    from kg.project import FORMAT, Project  # noqa: PLC0415  (brings the engine)

    folder = chosen.store
    if not folder.exists():
        yield note("project", "none yet", where=folder, hint="Make one: kg build ARTICLES")
        yield _writable(_nearest(folder), "project folder")
        yield _room(_nearest(folder), 0)
        return
    try:
        project = Project.open(folder)
    except KGError as error:
        yield fault_of("project", error)
        return
    with project:
        told = f"format {FORMAT}, {plural(len(project), 'article')} read, {_size(folder)}"
        yield ok("project", told, where=folder)
        yield from _rights(folder)
        yield _lock(folder / "lock")
        yield from _readings(project)
        yield from _graph(project, chosen.model)
        yield _strays(folder)
        yield _decisions(project)
        yield from _own_tables(folder, chosen)
        yield _room(folder, _bytes(project.store_folder))


def _rights(folder: Path) -> Iterator[Line]:
    lines = [
        _writable(folder / name, name or "project folder") for name in _FOLDERS if (folder / name).is_dir()
    ]
    faults = [line for line in lines if line.state != "ok"]
    yield from faults or lines[:1]


def _writable(folder: Path, name: str) -> Line:
    where = os.access in os.supports_effective_ids
    if os.access(folder, os.R_OK | os.W_OK | os.X_OK, effective_ids=where):
        return ok("writable", f"{name}: yes", where=folder)
    hint = f"Make it yours: chown -R {_user()} {folder}; or choose another one: --store DIR"
    return fault("writable", f"{name}: you may not read or write it", where=folder, hint=hint)


def _user() -> str:
    return f"{os.geteuid()}:{os.getegid()}"


def _lock(path: Path) -> Line:
    """Tell whether somebody writes; to find out, the lock is shared for an instant, and no file is made."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:  # nothing was ever written, or it may not be: that is told elsewhere
        return ok("lock", "free")
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        hint = "Wait until it has ended; reading is possible meanwhile."
        return note("lock", f"{_holder(handle)} is writing to the project", where=path, hint=hint)
    finally:
        os.close(handle)
    return ok("lock", "free")


def _holder(handle: int) -> str:
    """Name the process that has the lock, where the system tells (Linux)."""
    inode = os.fstat(handle).st_ino
    with suppress(OSError):
        for line in Path("/proc/locks").read_text(encoding="ascii").splitlines():
            words = line.split()
            if words[1] == "FLOCK" and words[3] == "WRITE" and words[5].endswith(f":{inode}"):
                name = Path(f"/proc/{words[4]}/comm").read_text(encoding="utf-8", errors="replace")
                return f"process {words[4]} ({name.strip()})"
    return "another process"


def _readings(project: Project) -> Iterator[Line]:
    """Decode all that was read; what is damaged is told by its file, never by what it says."""
    count, broken = 0, []
    for path in sorted((project.folder / "readings").glob("*.json")):
        from kg.codec import loads  # noqa: PLC0415  (only where there is a reading)

        try:
            loads(path.read_bytes())
            count += 1
        except (KGError, OSError, UnicodeDecodeError, RecursionError):
            broken.append(path)
    hint = "Remove it, then build again with its article; all else stays as it is."
    for path in broken[:_NAMED]:
        yield fault("readings", "is damaged, or of another version", where=path, hint=hint)
    if len(broken) > _NAMED:
        more = f"{len(broken) - _NAMED:,} more are damaged"
        yield fault("readings", more, where=project.folder / "readings", hint=hint)
    if not broken:
        yield ok("readings", f"all {count:,} can be read")


def _graph(project: Project, model: str) -> Iterator[Line]:
    store, again = project.store_folder, "Run kg build ARTICLES: it makes the graph anew of what was read."
    try:
        name = generations.current(store)
        if name is None:
            yield note("graph", "none yet", where=store, hint=again)
            return
        if not project.is_whole():
            yield fault("graph", "is damaged", where=store / name, hint=again)
            return
        with project.store() as opened:
            kept = len(list(store.glob(f"{generations.PREFIX}*")))
            told = f"whole, {plural(len(opened), 'triple')}, {_size(store / name)}, {plural(kept, 'generation')} kept"
            yield ok("graph", told, where=store / name)
    except StoreError as error:
        yield fault_of("graph", error, hint=again)
        return
    yield _up_to_date(project, model)


def _up_to_date(project: Project, model: str) -> Line:
    """Tell whether the articles were read by the rules and the model that are installed now."""
    from kg import ledger, versions  # noqa: PLC0415  (as above)

    now = versions.reader(model=model).partition(_KB)[0]
    try:
        known = ledger.load(project).articles
    except StoreError:  # it is made of the readings where it is missing
        return note("rules", "not known: readings are damaged", hint="See to the readings first.")
    other = sum(entry.reader.partition(_KB)[0] != now for entry in known.values())
    if other:
        hint = "They stay as they are until you build with them again: kg build ARTICLES"
        return note(
            "rules", f"{plural(other, 'article')} read by other rules or another model than now", hint=hint
        )
    return ok("rules", "all was read by those that are installed, with the same model")


def _strays(folder: Path) -> Line:
    """Look for what processes left behind that are no longer alive; the next build takes it away."""
    places = (folder, folder / "readings", folder / "cache", folder / "store")
    found = [path for place in places for path in place.glob(f"{files.TEMPORARY}*") if _is_left(path)]
    if not found:
        return ok("temporary", "nothing was left behind")
    told = (
        f"{plural(len(found), 'file or folder', 'files or folders')} of a run that was ended, {_size(*found)}"
    )
    where = ", ".join(str(path) for path in found[:_NAMED])
    return note("temporary", told, where=where, hint="The next build takes them away.")


def _is_left(path: Path) -> bool:
    owner = path.name.removeprefix(files.TEMPORARY).partition("-")[0]
    return not (owner.isdecimal() and files.is_alive(int(owner)))


def _decisions(project: Project) -> Line:
    from kg.graph.decisions import list_decisions  # noqa: PLC0415  (as above)
    from kg.ingest import decision_text  # noqa: PLC0415  (as above)

    path = project.decisions
    try:
        found = list_decisions(decision_text(path.read_bytes(), project), where=str(path))
    except FileNotFoundError:
        return ok("decisions", "none")
    except OSError as error:
        return fault_of("decisions", files.store_error(error, path))
    except KGError as error:
        return fault_of("decisions", error, hint="Mend the file: docs/project-folder.md has its form.")
    return ok("decisions", plural(len(found), "decision"), where=path)


def _own_tables(folder: Path, chosen: Settings) -> Iterator[Line]:
    from kg.kb_user import own_tables  # noqa: PLC0415  (as above)
    from kg.pipeline import load_kb  # noqa: PLC0415  (as above)

    tables = own_tables(folder)
    if not tables:
        return
    try:
        load_kb(*chosen.kb, *tables)
    except KGError as error:
        yield fault_of("own names", error)
    else:
        yield ok("own names", plural(len(tables), "table"), where=folder / "kb")


def _cache(chosen: Settings) -> Iterator[Line]:
    from kg import parses  # noqa: PLC0415  (as above)

    kept = parses.named(chosen)
    if kept is None:
        yield note("cache", "off: every text is annotated anew", hint="The setting cache says so: kg config")
        return
    trouble = parses.trouble(kept.folder)
    if trouble is not None:
        hint = "Every text is annotated anew. Choose another folder: KG_CACHE=DIR"
        yield fault("cache", f"not used: {trouble}", where=kept.folder, hint=hint)
        return
    held = kept.contents()
    told = f"{held.count:,} annotated texts, {_told(held.size)} of at most {_told(kept.limit)}"
    yield ok("cache", told, where=kept.folder)
    yield _room(_nearest(kept.folder), 0, name="cache disk")


def _room(folder: Path, graph: int, *, name: str = "disk") -> Line:
    """Tell whether there is room for the graph once more: a new one is made beside the one in force."""
    free = shutil.disk_usage(folder).free
    return room(name, free, max(LEAST, 2 * graph), where=folder)


def room(name: str, free: int, wanted: int, *, where: Path) -> Line:
    """Judge so many bytes that are free by how many may be wanted."""
    told = f"{_told(free)} free"
    if free < LEAST:
        return fault(name, told, where=where, hint="Free some space: hardly anything can be written.")
    if free < wanted:
        return note(name, told, where=where, hint=f"The next graph may want {_told(wanted)}.")
    return ok(name, told, where=where)


def _nearest(folder: Path) -> Path:
    """Give the folder itself or the nearest above it that is there."""
    path = folder.absolute()
    return next((each for each in (path, *path.parents) if each.is_dir()), Path("/"))


def _size(*paths: Path) -> str:
    return _told(sum(map(_bytes, paths)))


def _told(size: int) -> str:
    return f"{size / _GIBIBYTE:,.1f} GiB" if size >= _GIBIBYTE else f"{size / _MEBIBYTE:,.1f} MiB"


def _bytes(path: Path) -> int:
    """Give the bytes of a file, or of all files below a folder; what goes away meanwhile counts nothing."""
    total = 0
    for each in (path, *path.rglob("*")) if path.is_dir() else (path,):
        with suppress(OSError):
            found = each.stat()
            total += 0 if each.is_dir() else found.st_size
    return total
