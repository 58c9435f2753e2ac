"""The project folder: all that a user has, in one place.

``readings/`` holds one file for each article read (with its text: these stay here and are never
exported), ``decisions.toml`` what the user decided, ``cache/`` what can be computed again, and
``store/`` the graph, which can always be rebuilt from the rest.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Self

from kg import files
from kg.errors import DataError, QueryError, StoreError
from kg.graph import generations
from kg.graph.store import EmbeddedStore, ontology_triples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pyoxigraph as ox

    from kg.graph.statements import Statements
    from kg.model import Reading

FORMAT = 1
"""The version of the layout of a project folder."""

_MARKER = "project.json"
_Mark = tuple[int, int, int]
_AT_HAND = 256
"""How many of the readings just added stay in memory, at about 60 KB each."""
_SUFFIX = ".json"


class Project:
    """A project folder; the first change takes the writers' lock, which is held until ``close``."""

    def __init__(self, folder: Path) -> None:
        """Take a folder that ``open`` has checked."""
        self.folder = folder
        self._lock: int | None = None
        self._added: dict[Path, tuple[_Mark, Reading]] = {}
        """The first readings that were added: the graph that is made next need not decode them."""
        self._kept: dict[str, list[Path]] | None = None
        """The files of the readings by article, as far as they were looked for to be replaced."""

    @classmethod
    def open(cls, folder: Path, *, create: bool = False) -> Self:
        """Open a project folder, or make a new one where there is none.

        Raises:
            StoreError: there is none, or the folder holds other things, or is of another version.
        """
        if not (folder / _MARKER).exists():
            _check_free(folder)
            if not create:
                hint = "Build one first: kg build PATH… --store DIR"
                raise StoreError("there is no project folder", where=str(folder), hint=hint)
            _start(folder)
        files.check_format(_state(folder), FORMAT, folder)
        return cls(folder)

    @property
    def decisions(self) -> Path:
        """The file with the user's decisions, which need not exist."""
        return self.folder / "decisions.toml"

    @property
    def cache(self) -> Path:
        """The folder for what can be computed again."""
        return self.folder / "cache"

    @property
    def store_folder(self) -> Path:
        """The folder of the graph, as ``query.run`` takes it."""
        return self.folder / "store"

    def readings(self) -> Iterator[Reading]:
        """Yield what was read, one at a time, in the order of the hashes of the texts."""
        return (self._decode(path) for path in self._files())

    def texts(self) -> dict[str, list[Path]]:
        """Give the files of what was read, by the hash of the text; of two articles with one text there are two."""
        found: dict[str, list[Path]] = {}
        for path in self._files():
            found.setdefault(parts_of(path)[0], []).append(path)
        return found

    def read(self, paths: Iterable[Path]) -> Iterator[Reading]:
        """Yield what was read, from its files."""
        return map(self._decode, paths)

    def find(self, sha256: str) -> Reading | None:
        """Give the reading of the text with that hash, None where it was not read."""
        paths = [path for path in self._files() if path.name.startswith(f"{sha256}-")]
        return self._decode(paths[0]) if paths else None

    def add(self, reading: Reading) -> None:
        """Keep a reading; it takes the place of one with the same article id. On disk when this returns."""
        from kg.codec import dumps  # noqa: PLC0415  (to ask a graph needs no readings)

        self._write_lock()
        sha256 = reading.article.sha256 or hashlib.sha256(reading.article.text.encode()).hexdigest()
        path = self._readings / f"{sha256}-{tag_of(reading.article.id)}{_SUFFIX}"
        files.write(path, dumps(reading))
        if len(self._added) < _AT_HAND:
            self._added[path] = _mark(path), reading
        else:
            self._added.pop(path, None)
        self._drop(reading.article.id, but=path)

    def remove(self, article_id: str) -> bool:
        """Forget the reading of an article; tell whether there was one."""
        self._write_lock()
        self._kept = None
        return self._drop(article_id, but=None) > 0

    def store(self, *, readonly: bool = True) -> EmbeddedStore:
        """Open the graph."""
        return EmbeddedStore(self.store_folder, readonly=readonly)

    def is_whole(self) -> bool:
        """Tell whether the graph can be opened and has all of its files; none at all is whole.

        Its bytes are not looked at: that takes as long as making it anew.
        """
        if not generations.is_whole(self.store_folder):
            return False
        if generations.current(self.store_folder) is None:
            return True
        try:
            with self.store() as store:
                store.query("ASK { ?s ?p ?o }")
        except (StoreError, QueryError):
            return False
        return True

    def discard_graph(self) -> None:
        """Remove a graph that is damaged, so that it can be made anew."""
        self._write_lock()
        generations.discard(self.store_folder)

    def rebuild(self, triples: Iterable[ox.Triple] | Statements) -> bool:
        """Put these triples and the ontology in the place of the graph; tell whether it changed.

        Readers see the old graph until the new one is complete. Statements are never held in memory.
        """
        from kg.graph.statements import Statements  # noqa: PLC0415  (as above)

        self._write_lock()
        with self.store(readonly=False) as store:
            if isinstance(triples, Statements):
                return store.refill(triples, ontology_triples())
            return store.replace([*triples, *ontology_triples()])

    def refill(self, lines: Iterable[str]) -> bool:
        """Put lines, in any order and each once, and the ontology in the place of the graph; tell whether it changed."""
        self._write_lock()
        with self.store(readonly=False) as store:
            return store.refill(lines, ontology_triples())

    def begin_writing(self) -> None:
        """Take the writers' lock before anything is changed, where the first change is not a reading or the graph.

        Raises:
            LockedError: another process writes to the project.
        """
        self._write_lock()

    def close(self) -> None:
        """Let go of the lock."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = self._kept = None

    def __enter__(self) -> Self:
        """Use the project in a ``with`` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it at the end of the block."""
        self.close()

    def __len__(self) -> int:
        """Count the readings."""
        return len(self._files())

    @property
    def _readings(self) -> Path:
        return self.folder / "readings"

    def _files(self) -> list[Path]:
        """List the files of the readings; of two with one article id (a killed run) the newer counts."""
        newest: dict[str, Path] = {}
        for path in sorted(self._readings.glob(f"*{_SUFFIX}")):
            tag = parts_of(path)[1]
            other = newest.get(tag)
            if other is None or _age(path) > _age(other):
                newest[tag] = path
        return sorted(newest.values())

    def _decode(self, path: Path) -> Reading:
        from kg.codec import loads  # noqa: PLC0415  (as above)

        try:
            mark, reading = self._added.get(path, (None, None))
            if reading is not None and mark == _mark(path):
                return reading
            data = path.read_bytes()
        except OSError as error:
            raise files.store_error(error, path) from error
        try:
            return loads(data)
        except DataError as error:
            raise StoreError(error.what, where=str(path), hint=error.hint) from error

    def _drop(self, article_id: str, *, but: Path | None) -> int:
        kept = self._listed()
        tag = tag_of(article_id)
        found = [path for path in kept.pop(tag, ()) if path != but and path.exists()]
        if but is not None:
            kept[tag] = [but]
        try:
            # The oldest first: what a killed run leaves must not be the text before the last.
            for path in sorted(found, key=_age):
                path.unlink()
        except OSError as error:
            raise files.store_error(error, self.folder) from error
        files.sync_folder(self._readings)
        return len(found)

    def _listed(self) -> dict[str, list[Path]]:
        """Give the files of the readings by article, listed once: while the lock is held nobody else adds any."""
        if self._kept is None:
            self._kept = {}
            for path in self._readings.glob(f"*{_SUFFIX}"):
                self._kept.setdefault(parts_of(path)[1], []).append(path)
        return self._kept

    def _write_lock(self) -> None:
        if self._lock is not None:
            return
        self._lock = files.lock(self.folder / "lock")
        try:
            for folder in (self._readings, self.cache):
                folder.mkdir(exist_ok=True)
        except OSError as error:
            raise files.store_error(error, self.folder) from error
        files.sweep(self._readings)


def parts_of(path: Path) -> tuple[str, str]:
    """Give what the name of a reading's file is made of: the hash of the text, and ``tag_of`` its article."""
    sha256, _, tag = path.stem.rpartition("-")
    return sha256, tag


def tag_of(article_id: str) -> str:
    """Give a short hash of an article id, which may hold anything, for the name of a file."""
    return hashlib.sha256(article_id.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _mark(path: Path) -> _Mark:
    """Tell a file from any other that takes its place."""
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _age(path: Path) -> int:
    return path.stat().st_mtime_ns


def _start(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise files.store_error(error, folder) from error
    state = {"format": FORMAT, "program": "diplomacy-kg"}
    files.write(folder / _MARKER, json.dumps(state, sort_keys=True).encode() + b"\n")


def _state(folder: Path) -> object:
    try:
        return json.loads((folder / _MARKER).read_bytes())
    except (OSError, ValueError) as error:
        raise StoreError(f"the project folder cannot be read: {error}", where=str(folder)) from error


def _check_free(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise StoreError("not a folder", where=str(folder), hint="Choose another place for the project.")
    if folder.is_dir() and any(not path.name.startswith(files.TEMPORARY) for path in folder.iterdir()):
        hint = "Choose an empty or new folder: files that are not ours are never touched."
        raise StoreError("the folder holds other things than a project", where=str(folder), hint=hint)
