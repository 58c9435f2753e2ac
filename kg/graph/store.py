"""Where the graph is kept: a store on disk that readers never see half written.

Every change makes a new generation of the store, a copy by hard links or a fresh one, and then puts
it in force in one step; ``generations`` has the layout of the folder.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Protocol, Self, cast

import pyoxigraph as ox

from kg import files
from kg.errors import QueryError, StoreError
from kg.graph import generations
from kg.graph.feed import Feed, changed, digest, name_of
from kg.graph.rows import Answer, Rows
from kg.vocab import data_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path
    from typing import IO


class Store(Protocol):
    """What every store owes; see ``tests/contracts``."""

    def query(self, text: str) -> Answer:
        """Answer a SPARQL query: rows, a truth value, or triples."""

    def update(self, text: str) -> None:
        """Run a SPARQL update, all of it or nothing."""

    def load(self, triples: Iterable[ox.Triple]) -> None:
        """Add triples, all of them or none."""

    def snapshot(self, folder: Path) -> None:
        """Copy the store as it is now into a new folder."""

    def close(self) -> None:
        """Let go of files and locks."""


class EmbeddedStore:
    """An Oxigraph store in memory or in a folder of its own."""

    def __init__(self, folder: Path | None = None, *, readonly: bool = False) -> None:
        """Open the store folder, or start an empty store in memory where none is given.

        Raises:
            StoreError: the folder is not a store of ours, or of another version.
            LockedError: another process is writing to it, and ``readonly`` is not set.
        """
        self._folder = folder
        self._readonly = readonly
        self._lock: int | None = None
        self.generation: str | None = None
        """The name of what a reader has opened; None in memory, and where there is nothing yet."""
        if folder is not None:
            generations.check_folder(folder, create=not readonly)
            if not readonly:
                self._lock = files.lock(folder / generations.LOCK)
        # A reader keeps what it opens now. A writer may be about to put all anew, whatever is there.
        self._opened = self._open() if folder is None or readonly else None

    @classmethod
    def of(cls, triples: Iterable[ox.Triple]) -> Self:
        """Make a store in memory from triples."""
        store = cls()
        store.load(triples)
        return store

    @property
    def engine(self) -> ox.Store:
        """The engine's own store as it is now, for what reads triples by the thousand; not to be written to."""
        return self._store

    @property
    def _store(self) -> ox.Store:
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    def query(self, text: str) -> Answer:
        """Answer a query in this process. It cannot be interrupted: for what others write, see ``query.run``.

        Raises:
            QueryError: it does not parse or cannot be evaluated.
        """
        try:
            return answer_of(self._store.query(text))
        except SyntaxError as error:
            raise QueryError(f"the query does not parse: {error}") from error
        except (ValueError, RuntimeError, OSError) as error:
            raise QueryError(f"the query cannot be evaluated: {error}") from error

    def update(self, text: str) -> None:
        """Run an update, all of it or nothing.

        Raises:
            QueryError: it does not parse.
            StoreError: the store is read-only, or the disk refuses.
        """
        try:
            self._change(lambda store: store.update(text))
        except SyntaxError as error:
            raise QueryError(f"the update does not parse: {error}") from error

    def load(self, triples: Iterable[ox.Triple]) -> None:
        """Add triples, all of them or none."""
        self._change(lambda store: store.extend(ox.Quad(*triple) for triple in triples))

    def replace(self, triples: Iterable[ox.Triple]) -> bool:
        """Put these triples in the place of all there are; tell whether anything changed."""
        chosen = list(triples)
        total = digest(chosen)
        if self._folder is not None and generations.current(self._folder) == _named(total):
            return False
        return self._change(
            lambda store: store.bulk_extend(ox.Quad(*triple) for triple in chosen), total=lambda: total
        )

    def refill(self, lines: Iterable[str], further: Sequence[ox.Triple] = ()) -> bool:
        """Put triples in the place of all there are, without holding them in memory; tell whether anything changed.

        Args:
            lines: triples without blank nodes as lines of N-Triples, each once, without their final dots.
            further: triples of any kind that go with them.
        """
        feed = Feed(lines, map(str, further))

        def work(store: ox.Store) -> None:
            # Lenient: every name was checked when it was made.
            store.bulk_load(cast("IO[bytes]", feed), ox.RdfFormat.N_TRIPLES, lenient=True)
            store.bulk_extend(ox.Quad(*triple) for triple in further)

        return self._change(work, total=lambda: feed.total)

    def amend(self, removed: AbstractSet[str], added: AbstractSet[str]) -> bool:
        """Take lines out of the graph and put others in, all of it or nothing; tell whether anything changed.

        Raises:
            StoreError: a line to be removed is not there, one to be added is, or the sum of the graph is not known.
        """
        before = None if self._folder is None else generations.total(self._folder)
        if before is None or not self._fits(removed, added):
            hint = "Build again: the graph is then made anew."
            raise StoreError("the change does not fit the graph", where=str(self._folder), hint=hint)
        if not removed and not added:
            return False

        def work(store: ox.Store) -> None:
            for quad in _quads(removed):
                store.remove(quad)
            store.extend(_quads(added))

        after = changed(before, removed, added)
        return self._change(work, total=lambda: after, fresh=False)

    def _fits(self, removed: Iterable[str], added: Iterable[str]) -> bool:
        store = self._store
        return all(quad in store for quad in _quads(removed)) and not any(
            quad in store for quad in _quads(added)
        )

    def triples(self) -> Iterator[ox.Triple]:
        """Yield every triple, in no particular order."""
        return (quad.triple for quad in self._store.quads_for_pattern(None, None, None, ox.DefaultGraph()))

    def snapshot(self, folder: Path) -> None:
        """Copy the store as it is now into a new store folder."""
        if folder.exists():
            raise StoreError("the folder for the copy exists already", where=str(folder))
        with EmbeddedStore(folder) as copy:
            copy.replace(self.triples())

    def close(self) -> None:
        """Let go of files and locks; the store cannot be used afterwards."""
        # Oxigraph closes its files when the last reference goes.
        self._opened = ox.Store()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Self:
        """Use the store in a ``with`` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it at the end of the block."""
        self.close()

    def __len__(self) -> int:
        """Count the triples."""
        return len(self._store)

    def _open(self) -> ox.Store:
        if self._folder is None:
            return ox.Store()
        failure: OSError | RuntimeError | None = None
        # A generation can be swept between reading its name and opening it; then there is a newer one.
        for _ in range(3):
            generation = generations.current(self._folder)
            if generation is None:
                return ox.Store()
            try:
                found = ox.Store.read_only(str(self._folder / generation))
            except (OSError, RuntimeError) as error:
                failure = error
            else:
                self.generation = generation
                return found
        hint = "Remove that folder and build again: the store is made anew from the readings."
        raise StoreError(f"the store is damaged: {failure}", where=str(self._folder), hint=hint) from failure

    def _change(
        self, work: Callable[[ox.Store], None], *, total: Callable[[], int] | None = None, fresh: bool = True
    ) -> bool:
        """Do the work on the store in memory, or on a new generation that is then put in force.

        ``total`` gives the sum of the outcome, once there is one; where it is not known, or ``fresh`` is not set,
        the work starts from what is there. False where the outcome is in force already.
        """
        if self._readonly:
            raise StoreError("the store was opened for reading only", where=str(self._folder))
        anew = fresh and total is not None
        if self._folder is None:
            store = ox.Store() if anew else self._store
            work(store)
            self._opened = store
            return True
        try:
            return self._next_generation(self._folder, work, total, anew=anew)
        except OSError as error:
            raise files.store_error(error, self._folder) from error

    def _next_generation(
        self, folder: Path, work: Callable[[ox.Store], None], total: Callable[[], int] | None, *, anew: bool
    ) -> bool:
        generations.sweep(folder)
        working = folder / f"{files.TEMPORARY}{os.getpid()}"
        try:
            if not anew and generations.current(folder) is not None:
                self._store.backup(str(working))
            store = ox.Store(str(working))
            work(store)
            store.flush()
            del store  # closes its files, so that the folder can be moved
            found = None if total is None else total()
            name = os.urandom(10).hex() if found is None else name_of(found)
            if generations.current(folder) == generations.PREFIX + name:
                return False
            generations.put_in_force(folder, working, name, found)
        finally:
            shutil.rmtree(working, ignore_errors=True)
        self._opened = None
        generations.sweep(folder)
        return True


def _named(total: int) -> str:
    return generations.PREFIX + name_of(total)


def _quads(lines: Iterable[str]) -> Iterable[ox.Quad]:
    """Give lines without their final dots as what a store holds."""
    text = "".join(f"{line} .\n" for line in lines)
    # Lenient: every name was checked when it was made.
    return ox.parse(text, ox.RdfFormat.N_TRIPLES, lenient=True)


def answer_of(result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Answer:
    """Take the whole result of a query out of the engine."""
    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    if isinstance(result, ox.QueryTriples):
        return tuple(result)
    return Rows(tuple(variable.value for variable in result.variables), tuple(tuple(row) for row in result))


def ontology_triples(*names: str) -> tuple[ox.Triple, ...]:
    """Read the ontology that is part of every graph, its blank nodes under names that do not change."""
    quads = ox.Dataset()
    for name in names or ("diplomacy.ttl",):
        for quad in ox.parse((data_folder("ontology") / name).read_bytes(), ox.RdfFormat.TURTLE):
            quads.add(quad)
    quads.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(sorted((quad.triple for quad in quads), key=str))
