"""What the site serves: one project folder, its graph opened once for all who read at the same time."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.config import Settings
from kg.graph import generations
from kg.graph.query import LIMIT_SECONDS
from kg.graph.store import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class _Opened:
    """One generation of the graph, and how many read in it."""

    def __init__(self, name: str, store: EmbeddedStore) -> None:
        self.name = name
        self.store = store
        self.readers = 0


class _Shelf:
    """The generations that are open: the one in force, and older ones that somebody still reads in."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.newest: _Opened | None = None

    def take(self, folder: Path) -> _Opened:
        """Give the generation in force, opened if it is new, with one reader more."""
        with self.lock:
            if self.newest is None or generations.current(folder) != self.newest.name:
                before, self.newest = self.newest, _open(folder)
                if before is not None and not before.readers:
                    before.store.close()
            self.newest.readers += 1
            return self.newest

    def give_back(self, opened: _Opened) -> None:
        """Count one reader less; the last one out of an old generation closes it."""
        with self.lock:
            opened.readers -= 1
            if not opened.readers and opened is not self.newest:
                opened.store.close()

    def close(self) -> None:
        """Close what nobody reads in; who still reads closes it at the end."""
        with self.lock:
            opened, self.newest = self.newest, None
            if opened is not None and not opened.readers:
                opened.store.close()


@dataclass(frozen=True, slots=True)
class Site:
    """A project folder as it is served.

    ``limit_seconds`` is for one query, ``graph`` the name of the one graph, ``base`` what the IRIs of its things begin with.
    """

    folder: Path
    title: str = "Knowledge graph"
    limit_seconds: float = LIMIT_SECONDS
    graph: str = Settings().graph
    base: str = Settings().base
    _shelf: _Shelf = field(default_factory=_Shelf, repr=False, compare=False)

    @property
    def store_folder(self) -> Path:
        """The folder of the graph."""
        return self.folder / "store"

    @contextmanager
    def reading(self) -> Iterator[EmbeddedStore]:
        """Give the graph in force; it stays open, and as it is, to the end of the block.

        Safe from many threads. A build that ends meanwhile is seen by the next block.

        Raises:
            StoreError: there is no graph, or it cannot be opened.
        """
        opened = self._shelf.take(self.store_folder)
        try:
            yield opened.store
        finally:
            self._shelf.give_back(opened)

    def version(self) -> str:
        """Give the name of the graph in force: equal graphs have equal names, so it can tell what may be kept.

        Raises:
            StoreError: there is no graph.
        """
        return generations.folder_in_force(self.store_folder).name

    def close(self) -> None:
        """Let go of the graph."""
        self._shelf.close()


def _open(folder: Path) -> _Opened:
    """Open the generation in force under the name that it had when it was opened: a build may end meanwhile."""
    generations.folder_in_force(folder)  # raises where there is none
    store = EmbeddedStore(folder, readonly=True)
    return _Opened(store.generation or "", store)
