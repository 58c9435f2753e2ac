"""A graph that can be asked, shown and written."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kg import answers, display
from kg.chronicle import happenings
from kg.contents import triples_of
from kg.errors import UsageError
from kg.graph import query as queries
from kg.graph.rows import Rows
from kg.listings import Claims, Conflicts, Timeline
from kg.naming import resolve
from kg.portrait import portray
from kg.results import Table
from kg.statistics import statistics

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyoxigraph as ox
    import rdflib

    from kg.config import Settings
    from kg.graph.store import EmbeddedStore
    from kg.portrait import Portrait
    from kg.text.notices import Notice
    from kg.text.read import Refusal

_COUNTED = ("articles", "entities", "events", "claims", "conflicts")
_HEIGHT = 640


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """The interactive page of a graph: HTML that needs no network and shows itself in a notebook."""

    html: str
    summary: str
    path: Path | None = None
    height: int = _HEIGHT
    """Of the frame in a notebook, in pixels."""

    def save(self, path: Path | str) -> Page:
        """Write the page to a file, whole or not at all, for any browser to open."""
        from kg import files  # noqa: PLC0415

        files.write(Path(path), self.html.encode())
        return Page(self.html, self.summary, Path(path), self.height)

    def __repr__(self) -> str:
        """Give the summary, and where the page was written."""
        return self.summary if self.path is None else f"{self.summary} ({self.path})"

    def _repr_html_(self) -> str:
        return display.frame(self.html, self.summary, height=self.height)


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

    def claims(self, about: str | None = None) -> Claims:
        """Give the claims with their sentences: all of them, or those with one thing at either end.

        Args:
            about: a person, state, event … by name, path or Wikidata id.

        Raises:
            UnknownNameError: nothing is called so.
            UsageError: several things are.
        """
        if about is None:
            return Claims(answers.statements(self.store))
        iri = resolve(self.store, about, base=self._settings.base).iri
        return Claims(
            answers.statements(self.store, f"{{ ?c rdf:subject <{iri}> }} UNION {{ ?c rdf:object <{iri}> }}")
        )

    def conflicts(self) -> Conflicts:
        """Give every pair of claims that contradict each other."""
        return Conflicts(answers.conflicts(self.store))

    def timeline(
        self, actor: str | None = None, *, since: date | str | None = None, until: date | str | None = None
    ) -> Timeline:
        """Give the events by day, the undated last; with a bound, only those that may lie within it.

        Args:
            actor: only events in which this one has a part, by name, path or Wikidata id.
            since: the first day, as 2025-05-16.
            until: the last day.

        Raises:
            UnknownNameError: nothing is called so.
            UsageError: several things are, or a bound is no day.
        """
        who = None if actor is None else resolve(self.store, actor, base=self._settings.base)
        return Timeline(happenings(self.store, actor=who, since=_day(since), until=_day(until)))

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

    def page(self, *, title: str = "Knowledge graph", height: int = _HEIGHT) -> Page:
        """Make the interactive page, for a notebook to show in a frame of so many pixels, or to be saved."""
        from kg.graph.page import render  # noqa: PLC0415  (brings pyvis)

        return Page(render(self.store.engine, title=title), self.summary(), height=height)

    def show(self, path: Path | str | None = None, *, title: str = "Knowledge graph") -> Page:
        """Make the interactive page, write it where a path is given, and give it for a notebook to show."""
        page = self.page(title=title)
        return page if path is None else page.save(path)

    def summary(self) -> str:
        """Give one line on what is in the graph."""
        count = self.stats()
        said = ", ".join(f"{count[name]:,} {name}" for name in _COUNTED)
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
        parts = [f"<p>{display.text(self.summary())}</p>"]
        for title, found in (
            (
                "could not be read",
                [(each.error.where or "", each.error.what, each.error.hint) for each in self.refused],
            ),
            ("read, with a remark", [(each.source, each.what, each.hint) for each in self.warned]),
        ):
            if found:
                rows = [[display.text(cell or "") for cell in row] for row in found[: display.SHOWN]]
                columns = ("where", "what", "what to do")
                parts.append(display.table(columns, rows, caption=f"{len(found):,} {title}"))
        return display.block(*parts)


def _day(told: date | str | None) -> str | None:
    if told is None or isinstance(told, date):
        return None if told is None else told.isoformat()
    try:
        return date.fromisoformat(told).isoformat()
    except ValueError:
        raise UsageError(f"{told!r} is no day", hint="Write it as 2025-05-16.") from None
