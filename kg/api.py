"""The Python API: build or open a graph, ask it, show it, write it.

>>> graph = kg.build(["articles/"])
>>> graph.query("who-led-which-delegation", place="Istanbul").to_dicts()
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, overload

from kg import answers, config, ingest
from kg.contents import triples_of
from kg.graph import query as queries
from kg.graph.rows import Rows, plain
from kg.graph.store import EmbeddedStore, ontology_triples
from kg.intake import Tally
from kg.naming import resolve
from kg.portrait import portray
from kg.project import Project
from kg.statistics import statistics

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox
    import rdflib

    from kg.answers import Conflict, Statement
    from kg.config import Settings
    from kg.portrait import Portrait
    from kg.text.notices import Notice
    from kg.text.read import Refusal

_SHOWN = 50


class Table(Sequence[dict[str, "str | None"]]):
    """The answer of a SELECT: a sequence of dictionaries, which a data frame takes as it is."""

    def __init__(self, rows: Rows) -> None:
        """Take the rows as the engine gave them; ``rows`` keeps their terms."""
        self.rows = rows

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.rows.variables

    def to_dicts(self) -> list[dict[str, str | None]]:
        """Give each row as a dictionary of plain strings."""
        return self.rows.dicts()

    @overload
    def __getitem__(self, at: int) -> dict[str, str | None]: ...

    @overload
    def __getitem__(self, at: slice) -> list[dict[str, str | None]]: ...

    def __getitem__(self, at: int | slice) -> dict[str, str | None] | list[dict[str, str | None]]:
        """Give a row, or several."""
        return self.to_dicts()[at]

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.rows.rows)

    def __repr__(self) -> str:
        """Give the table as text."""
        from kg.graph.rows import table  # noqa: PLC0415

        return table(self.rows, width=100)[0].rstrip("\n")

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(f"<tr>{_cells(row)}</tr>" for row in self.rows.rows[:_SHOWN])
        more = f"<p>{len(self) - _SHOWN} more rows</p>" if len(self) > _SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _cells(row: Iterable[Any]) -> str:
    return "".join(f"<td>{escape(plain(term) or '')}</td>" for term in row)


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """The interactive page of a graph: HTML that shows itself in a notebook."""

    html: str
    summary: str
    path: Path | None = None

    def __repr__(self) -> str:
        """Give the summary, and where the page was written."""
        return self.summary if self.path is None else f"{self.summary} ({self.path})"

    def _repr_html_(self) -> str:
        # The summary stands for the page where a notebook is not trusted and leaves the frame empty.
        frame = (
            f'<iframe sandbox="allow-scripts allow-downloads" srcdoc="{escape(self.html, quote=True)}" '
            'title="graph" style="width:100%;height:640px;border:1px solid #ccc"></iframe>'
        )
        return f"<p>{escape(self.summary)}</p>{frame}"


class Graph:
    """A graph that can be asked, shown and written; close it, or use it in a ``with`` block."""

    def __init__(
        self,
        store: EmbeddedStore,
        settings: Settings,
        *,
        refused: Sequence[Refusal] = (),
        warned: Sequence[Notice] = (),
    ) -> None:
        """Take an open store; ``kg.build`` and ``kg.open`` make graphs."""
        self.store = store
        self.refused = tuple(refused)
        """What was given to read and could not be, with the reason."""
        self.warned = tuple(warned)
        """What was off about what was read all the same."""
        self._settings = settings

    def query(self, asked: str, **params: str) -> Table | bool | tuple[ox.Triple, ...]:
        """Answer a named query, a query file, or SPARQL; a SELECT gives a table.

        Raises:
            UnknownNameError: there is no such query or parameter.
            QueryError: the query does not parse, or took longer than the limit of the settings.
        """
        text = asked if "{" in asked else queries.query_text(asked)
        answer = queries.run(
            self.store,
            text,
            params={name: str(value) for name, value in params.items()},
            base=self._settings.base,
            limit_seconds=self._settings.limit_seconds,
        )
        return Table(answer) if isinstance(answer, Rows) else answer

    def claims(self) -> tuple[Statement, ...]:
        """Give every claim with its passages."""
        return answers.statements(self.store)

    def conflicts(self) -> tuple[Conflict, ...]:
        """Give every pair of claims that contradict each other."""
        return answers.conflicts(self.store)

    def entity(self, name: str) -> Portrait:
        """Give all that is said of the person, state, event … of that name, path or Wikidata id.

        Raises:
            UnknownNameError: nothing is called so.
            UsageError: several things are.
        """
        return portray(self.store, resolve(self.store, name, base=self._settings.base))

    def stats(self) -> dict[str, int]:
        """Count articles, entities, events, claims, conflicts, triples."""
        return statistics(self.store).totals()

    def triples(self) -> Iterator[ox.Triple]:
        """Yield every triple, the ontology included."""
        return triples_of(self.store)

    def to_turtle(self) -> str:
        """Give the graph as Turtle; equal graphs give equal text."""
        from kg.graph.serialize import write_triples  # noqa: PLC0415

        out = io.BytesIO()
        write_triples(self.triples(), "turtle", out)
        return out.getvalue().decode()

    def to_rdflib(self) -> rdflib.Graph:
        """Give the graph to rdflib."""
        import rdflib  # noqa: PLC0415  (takes long, and only this needs it)

        from kg.graph.serialize import write_triples  # noqa: PLC0415

        out = io.BytesIO()
        write_triples(self.triples(), "nt", out)
        return rdflib.Graph(bind_namespaces="none").parse(data=out.getvalue(), format="nt")

    def export(self, path: Path | str, *, format: str | None = None) -> str:  # noqa: A002  (as the option)
        """Write the graph to a file, whole or not at all; give the format, which the name decides."""
        from kg.graph.export import export  # noqa: PLC0415

        return export(self.triples(), path, layout=format)

    def show(self, path: Path | str | None = None, *, title: str = "Knowledge graph") -> Page:
        """Make the interactive page, write it where a path is given, and give it for a notebook to show."""
        from kg import files  # noqa: PLC0415
        from kg.graph.page import render  # noqa: PLC0415  (brings pyvis)

        html = render(quads(self.store), title=title)
        if path is not None:
            files.write(Path(path), html.encode())
        return Page(html, self.summary(), None if path is None else Path(path))

    def summary(self) -> str:
        """Give one line on what is in the graph."""
        count = self.stats()
        said = ", ".join(
            f"{count[name]:,} {name}" for name in ("articles", "entities", "events", "claims", "conflicts")
        )
        return said + (f"; {len(self.refused)} refused" if self.refused else "")

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def __enter__(self) -> Self:
        """Use the graph in a ``with`` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it at the end of the block."""
        self.close()

    def __len__(self) -> int:
        """Count the triples."""
        return len(self.store)

    def __repr__(self) -> str:
        """Give the summary."""
        return f"<Graph: {self.summary()}>"

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.summary())}</p>"


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
            return Graph(project.store(), settings, refused=tally.refused, warned=tally.warned)
    tally = Tally()
    content = ingest.collect(chosen, tally, settings)
    _require_some(tally)
    return Graph(
        EmbeddedStore.of([*content.triples, *ontology_triples()]),
        settings,
        refused=tally.refused,
        warned=tally.warned,
    )


def open_store(store: str | Path | None = None) -> Graph:
    """Open the graph of a project folder, that of the settings where none is named.

    Raises:
        StoreError: there is none.
    """
    settings = config.load(explicit={"store": None if store is None else str(store)})
    with Project.open(settings.store) as project:
        return Graph(project.store(), settings)


def quads(store: EmbeddedStore) -> ox.Store:
    """Give the engine's own store, as the page takes it."""
    return store.engine


def _require_some(tally: Tally) -> None:
    if tally.refused and not (tally.new or tally.replaced or tally.unchanged):
        raise tally.refused[0].error
