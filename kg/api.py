"""The Python API: build or open a graph, ask it, show it, write it.

>>> graph = kg.build(["articles/"])
>>> graph.query("who-led-which-delegation", place="Istanbul").to_pandas()
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, overload

from kg import config, ingest
from kg.byhand import ProjectGraph
from kg.graph.query import named_queries
from kg.graph.store import EmbeddedStore, ontology_triples
from kg.intake import Tally
from kg.listings import Questions
from kg.opened import Graph, Page
from kg.project import Project
from kg.results import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyoxigraph as ox

__all__ = ["Graph", "Page", "ProjectGraph", "Table", "build", "open_store", "quads", "queries"]


@overload
def build(
    sources: Sequence[str | Path] | str | Path,
    *,
    store: None = None,
    kb: Sequence[str | Path] = ...,
    model: str | None = ...,
) -> Graph: ...


@overload
def build(
    sources: Sequence[str | Path] | str | Path,
    *,
    store: str | Path,
    kb: Sequence[str | Path] = ...,
    model: str | None = ...,
) -> ProjectGraph: ...


def build(
    sources: Sequence[str | Path] | str | Path,
    *,
    store: str | Path | None = None,
    kb: Sequence[str | Path] = (),
    model: str | None = None,
) -> Graph:
    """Read articles into a graph.

    Args:
        sources: files, folders, patterns, addresses.
        store: the project folder to build into, which keeps what it has; None builds in memory.
        kb: tables of your own over the knowledge base.
        model: the spaCy pipeline, where not that of the settings.

    What cannot be read is in ``refused`` of the graph.

    Raises:
        InputError: nothing at all can be read.
    """
    given = {
        "model": model,
        "kb": tuple(map(str, kb)) or None,
        "store": None if store is None else str(store),
    }
    settings = config.load(explicit=given)
    chosen = [str(each) for each in ([sources] if isinstance(sources, str | Path) else sources)]
    if store is not None:
        with Project.open(settings.store, create=True) as project:
            tally = ingest.build(project, chosen, settings)
        _require_some(tally)
        return ProjectGraph(settings, refused=tally.refused, warned=tally.warned)
    tally = Tally()
    content = ingest.collect(chosen, tally, settings)
    _require_some(tally)
    return Graph(
        EmbeddedStore.of([*content.triples, *ontology_triples()]),
        settings,
        refused=tally.refused,
        warned=tally.warned,
    )


def open_store(store: str | Path | None = None) -> ProjectGraph:
    """Open the graph of a project folder, that of the settings where none is named.

    Raises:
        StoreError: there is none.
    """
    return ProjectGraph(config.load(explicit={"store": None if store is None else str(store)}))


def queries() -> Questions:
    """List the questions that come with the package, which ``Graph.query`` takes by their names."""
    return Questions(named_queries())


def quads(store: EmbeddedStore) -> ox.Store:
    """Give the engine's own store, as the page takes it."""
    return store.engine


def _require_some(tally: Tally) -> None:
    if tally.refused and not (tally.new or tally.replaced or tally.unchanged):
        raise tally.refused[0].error
