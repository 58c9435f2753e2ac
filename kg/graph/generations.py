"""The folder of a store: generations of the graph, and which one is in force.

A folder holds generations, each an Oxigraph database, and a file ``current`` that names the one in
force. A change makes a new generation and then swaps ``current`` in one step, so a reader beside a
writer keeps what it opened, and a writer that is killed leaves the old one in force. The generation
before is kept until the next change, for readers that are still in it.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from kg import files
from kg.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 1
"""The version of the layout of a store folder."""

LOCK = "lock"
PREFIX = "generation-"
_CURRENT = "current"
_OURS = {_CURRENT, LOCK}
_BUILD_FIRST = "Build one first: kg build PATH… --store DIR"


def check_folder(folder: Path, *, create: bool) -> None:
    """Accept a store folder of ours, or an empty one that is then made ready.

    Raises:
        StoreError: it holds something else, or nothing where something is to be read.
    """
    if folder.exists() and not folder.is_dir():
        raise StoreError("not a folder", where=str(folder), hint="Choose another place for the store.")
    if not (folder / _CURRENT).exists():
        if _foreign(folder):
            hint = "Choose an empty folder: files that are not ours are never touched."
            raise StoreError("the folder holds other things than a store", where=str(folder), hint=hint)
        if not create:
            raise StoreError("there is no graph yet", where=str(folder), hint=_BUILD_FIRST)
    try:
        if create:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise files.store_error(error, folder) from error
    current(folder)


def _foreign(folder: Path) -> bool:
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    return any(name not in _OURS and not name.startswith((files.TEMPORARY, PREFIX)) for name in names)


def current(folder: Path) -> str | None:
    """Give the name of the generation in force, None where there is none yet."""
    try:
        state = json.loads((folder / _CURRENT).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise StoreError(f"the store cannot be read: {error}", where=str(folder)) from error
    files.check_format(state, FORMAT, folder)
    return None if state.get("generation") is None else str(state["generation"])


def total(folder: Path) -> int | None:
    """Give the sum of the lines of the generation in force (``feed``), None where it is not known."""
    try:
        return int(json.loads((folder / _CURRENT).read_bytes())["sum"], 16)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def put_in_force(folder: Path, working: Path, name: str, total: int | None = None) -> None:
    """Give the finished generation its name, then name it in ``current``; the second step decides."""
    generation = PREFIX + name
    before = current(folder)
    if not (folder / generation).exists():
        working.rename(folder / generation)
    sizes = _sizes(folder / generation)
    state: dict[str, object] = {
        "format": FORMAT,
        "generation": generation,
        "previous": before,
        "sizes": sizes,
    }
    if total is not None:
        state["sum"] = f"{total:x}"
    files.write(folder / _CURRENT, json.dumps(state, sort_keys=True).encode() + b"\n")


def is_whole(folder: Path) -> bool:
    """Tell whether the generation in force has all of its files, each as long as it was written; none is whole.

    Raises:
        StoreError: the folder is of another version.
    """
    try:
        state = json.loads((folder / _CURRENT).read_bytes())
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False
    files.check_format(state, FORMAT, folder)
    generation, sizes = state.get("generation"), state.get("sizes")
    return generation is None or (
        (folder / generation).is_dir() and sizes in (None, _sizes(folder / generation))
    )


def _sizes(generation: Path) -> dict[str, int]:
    """Give the length of each file of a database but those in which it only notes what it does."""
    return {
        path.name: path.stat().st_size for path in generation.iterdir() if not path.name.startswith("LOG")
    }


def discard(folder: Path) -> None:
    """Take what is in force out of force, and away: it is damaged."""
    try:
        (folder / _CURRENT).unlink(missing_ok=True)
        for path in folder.glob(f"{PREFIX}*"):
            shutil.rmtree(path)
    except OSError as error:
        raise files.store_error(error, folder) from error


def sweep(folder: Path) -> None:
    """Remove what no reader needs: half-made generations and all but the last two."""
    try:
        state = json.loads((folder / _CURRENT).read_bytes())
    except (OSError, ValueError):
        state = {}
    keep = {state.get("generation"), state.get("previous")}
    for path in folder.iterdir():
        stray = path.name.startswith((PREFIX, files.TEMPORARY))
        if stray and path.name not in keep and path.is_dir():
            shutil.rmtree(path, ignore_errors=True)


def folder_in_force(folder: Path) -> Path:
    """Give the database that readers should open.

    Raises:
        StoreError: the folder is not a store, or nothing was built into it yet.
    """
    check_folder(folder, create=False)
    name = current(folder)
    if name is None:
        raise StoreError("there is no graph yet", where=str(folder), hint=_BUILD_FIRST)
    return folder / name
