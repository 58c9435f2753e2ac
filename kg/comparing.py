"""What can be compared: project folders, store folders, files; and a project before and since a day."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.contents import triples_of
from kg.errors import InputError, StoreError
from kg.graph.sides import Side, side_of, side_of_store
from kg.graph.store import EmbeddedStore, ontology_triples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    import pyoxigraph as ox

    from kg.config import Settings
    from kg.model import Article
    from kg.project import Project

_MARKERS = "project.json", "current"
_ENDINGS = "turtle, nt, jsonld or rdfxml"


@dataclass(frozen=True, slots=True)
class Since:
    """A project without the articles of a day and later, and with them."""

    before: Side
    after: Side
    recent: int
    """How many articles were published on that day or later."""
    undated: int
    """How many articles have no day; they count as published before."""


def read_side(path: Path) -> Side:
    """Give a graph to compare: of a project folder, of a store folder, or of a file that ``kg export`` wrote.

    Raises:
        StoreError: the folder is none of ours, or holds no graph.
        InputError: the file cannot be read, or holds no graph of ours.
    """
    if path.is_dir():
        return _of_folder(path)
    if not path.exists():
        hint = "Give a project folder, or a file that kg export wrote."
        raise InputError("no such file or folder", where=str(path), hint=hint)
    from kg.rdffile import read_rdf  # noqa: PLC0415  (a folder needs none of it)

    found = side_of(read_rdf(path))
    _check(found, path)
    return found


def read_graph(path: Path) -> list[ox.Triple]:
    """Give all triples of what ``read_side`` reads; raises the same."""
    if not path.is_dir():
        read_side(path)
        from kg.rdffile import read_rdf  # noqa: PLC0415  (a folder needs none of it)

        return list(read_rdf(path))
    with _opened(path) as store:
        return list(triples_of(store))


def _of_folder(path: Path) -> Side:
    with _opened(path) as store:
        return side_of_store(store)


@contextmanager
def _opened(path: Path) -> Iterator[EmbeddedStore]:
    from kg.project import Project  # noqa: PLC0415  (a file needs none of it)

    if not any((path / name).is_file() for name in _MARKERS):
        hint = "Give a project folder (kg build … --store DIR), or a file that kg export wrote."
        raise StoreError("there is no project and no graph in the folder", where=str(path), hint=hint)
    if (path / _MARKERS[0]).is_file():
        with Project.open(path) as project, project.store() as store:
            yield store
        return
    with EmbeddedStore(path, readonly=True) as store:
        yield store


def _check(found: Side, path: Path) -> None:
    """Refuse a file of which nothing can be compared; without this, all would seem to be lost."""
    hint = f"Compare project folders, or files that kg export wrote as {_ENDINGS}."
    if not found.ours:
        raise InputError("holds no graph of kg", where=str(path), hint=hint)
    broken = next((claim for claim in found.claims if not all(claim.triple)), None)
    if broken is not None:
        raise InputError(f"does not say what claim {broken.id} claims", where=str(path), hint=hint)


def since(project: Project, day: date, settings: Settings) -> Since:
    """Give the graph of what was published before a day, and that of all there is, from what was read.

    Undated articles are in both.
    """
    days = [reading.article.published for reading in project.readings()]
    before, after = graphs_since(project, day, settings)
    return Since(
        side_of(before),
        side_of(after),
        sum(each is not None and each >= day for each in days),
        days.count(None),
    )


def graphs_since(project: Project, day: date, settings: Settings) -> tuple[list[ox.Triple], list[ox.Triple]]:
    """Give the triples of what was published before a day, and of all there is; undated articles are in both."""
    from kg import ingest  # noqa: PLC0415  (two graphs on disk need none of it)

    def triples(wanted: Callable[[Article], bool]) -> list[ox.Triple]:
        found = ingest.content_of(project, settings, wanted=wanted)
        return [*found.triples, *ontology_triples()]

    earlier = triples(lambda article: article.published is None or article.published < day)
    return earlier, triples(lambda _: True)
