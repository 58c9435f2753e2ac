"""What is worked out once for each version of the graph and kept as long as it is in force."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.cycles import no_search_for_cycles
from kg.errors import KGError
from kg.graph.page import render
from kg.project import Project
from kg.report import tell_error
from kg.statistics import statistics
from kg.web.catalogue import catalogue
from kg.web.events import happenings
from kg.web.merged import merged
from kg.web.pace import Pace
from kg.web.suggest import NameIndex
from kg.web.unknown import knowledge_state, unknown_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model import Reading
    from kg.review import Unknown
    from kg.statistics import Statistics
    from kg.web.catalogue import Catalogue
    from kg.web.events import Happening
    from kg.web.merged import Merged
    from kg.web.site import Site
    from kg.web.told import Source


@dataclass(frozen=True)
class Edition:
    """One version of the graph with what the pages need of it."""

    version: str
    book: Catalogue
    counted: Statistics
    names: NameIndex
    happenings: tuple[Happening, ...]


@dataclass
class Library:
    """The edition in force of a site; safe from many threads. ``settled`` is called when one has been made."""

    site: Site
    pace: Pace = field(default_factory=Pace)
    settled: Callable[[], object] = lambda: None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _drawing: threading.Lock = field(default_factory=threading.Lock)
    _edition: Edition | None = None
    _trouble: str = ""
    _graph: tuple[str, bytes] = ("", b"")
    _merged: tuple[str, tuple[Merged, ...]] = ("", ())
    _unknown: tuple[str, tuple[Unknown, ...]] = ("", ())

    def edition(self) -> Edition:
        """Give the edition in force.

        The first one is waited for. When a build has put another graph in force, its edition is made beside
        the readers, who are given the one before until then: it takes a moment, which many would wait for.

        Raises:
            StoreError: there is no graph.
        """
        found = self._edition
        version = self.site.version()
        if found is not None:
            if found.version != version and self._lock.acquire(blocking=False):
                threading.Thread(target=self._renew, daemon=True).start()
            return found
        with self._lock:
            if self._edition is None:
                self._edition = self._made(version)
            return self._edition

    def _renew(self) -> None:
        """Make the edition in force; the lock is held by whoever had this begun."""
        try:
            self._edition = self._made(self.site.version())
        except KGError as error:  # it is tried again and again: the same trouble is told once
            if self._trouble != (told := str(error)):
                tell_error(error)
            self._trouble = told
        finally:
            self._lock.release()

    def _made(self, version: str) -> Edition:
        with no_search_for_cycles():
            with self.site.reading() as store:
                book = catalogue(store.engine, self.pace)
                counted = statistics(store)
            names = NameIndex(book, self.pace)
            made = Edition(version, book, counted, names, tuple(happenings(book, self.pace)))
        self.settled()
        return made

    def graph(self) -> tuple[str, bytes]:
        """Give the interactive page and the version that it shows."""
        with self._drawing:
            version = self.site.version()
            if self._graph[0] != version:
                with self.site.reading() as store:
                    pages = catalogue(store.engine).href
                    self._graph = version, render(store.engine, title=self.site.title, pages=pages).encode()
            return self._graph

    def unknown(self) -> tuple[Unknown, ...]:
        """Give the names that the knowledge base does not have; read anew when graph or decisions have changed."""
        with self._drawing:
            state = f"{self.site.version()} {knowledge_state(self.site.folder)}"
            if self._unknown[0] != state:
                self._unknown = state, unknown_of(self.site.folder)
            return self._unknown[1]

    def merged(self) -> tuple[Merged, ...]:
        """Give why reports were joined to events; worked out when it is first asked for."""
        edition = self.edition()
        with self._drawing:
            if self._merged[0] != edition.version:
                self._merged = edition.version, merged(self.site.folder, edition.book)
            return self._merged[1]

    def reading(self, source: Source | None) -> Reading | None:
        """Give the text and what was read in it, where the project folder has it."""
        if source is None or source.sha256 is None or not source.sha256.isalnum():
            return None
        try:
            return Project.open(self.site.folder).find(source.sha256)
        except KGError:
            # A reading that is gone or damaged must not take the page with it: the graph has the quotes.
            return None
