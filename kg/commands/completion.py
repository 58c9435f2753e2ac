"""What the shell offers for what is being typed: names of queries and things, values of options.

A shell runs parts of what it is offered through its own evaluation, and names in a graph come from
articles: a name with anything but letters, digits, blanks and a few harmless signs is never offered.
"""

# ruff: noqa: PLC0415  (every command imports this; what it needs is imported when a shell asks)

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kg.addresses import is_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.config import Settings
    from kg.graph.store import EmbeddedStore

Offered = list[tuple[str, str]]
"""Values, each with what it is; bash shows the values alone."""

VARIABLE = "_KG_COMPLETE"
"""Set by the shell when it asks; typer answers."""

MOST = 1000
"""More names than these are not offered at all: a shell would take the start that some share for that of all."""

_HARMLESS = re.compile(r"\w[\w ./,-]*")


def words(*values: str) -> "Callable[[], list[str]]":
    """Offer these values."""

    def offer() -> list[str]:
        return list(values)

    return offer


def queries() -> Offered:
    """Offer the named queries with their questions."""
    from kg.graph.query import named_queries

    return [(each.name, each.question) for each in named_queries()]


def parameters(ctx: typer.Context) -> Offered:
    """Offer what the named query takes that was typed before."""
    from kg.errors import KGError
    from kg.graph.query import named_query

    try:
        found = named_query(ctx.params.get("asked") or "")
    except KGError:
        return []
    return [(f"{each.name}=", each.help) for each in found.params]


def exporters() -> list[str]:
    """Offer the formats of exports, those of other packages too."""
    from kg import registry

    return list(registry.names("exporter"))


def things(ctx: typer.Context, incomplete: str) -> Offered:
    """Offer the things of the graph that are called so, by name and by path; none of an endpoint.

    A name of several words is not offered to bash, which would take it apart.
    """
    bash = os.environ.get(VARIABLE, "").endswith("bash")
    found: Offered = []
    for label, path in _labelled(ctx, incomplete):
        if label.startswith(incomplete) and not (bash and " " in label):
            found.append((label, path))
        if path.startswith(incomplete):
            found.append((path, label))
    return found if len(found) <= MOST else []


def articles(ctx: typer.Context) -> list[str]:
    """Offer the ids of the articles of a project."""
    from kg import ledger
    from kg.errors import KGError
    from kg.project import Project

    try:
        with Project.open(_settings(ctx).store) as project:
            return [name for name in sorted(ledger.load(project).articles) if _HARMLESS.fullmatch(name)]
    except KGError:
        return []


def _labelled(ctx: typer.Context, incomplete: str) -> "Iterator[tuple[str, str]]":
    """Give label and path of the things that begin so, those that a shell may be shown."""
    from kg.errors import KGError
    from kg.project import Project

    if not _HARMLESS.fullmatch(incomplete or "x") or is_address(str(ctx.params.get("store") or "")):
        return
    try:
        chosen = _settings(ctx)
        with Project.open(chosen.store) as project, project.store() as store:
            yield from _found(store, incomplete, chosen.base)
    except KGError:  # no graph, or a broken one: there is nothing to offer
        return


def _settings(ctx: typer.Context) -> "Settings":
    from kg.config import load

    store = ctx.params.get("store")
    return load(explicit={"store": None if store is None else Path(store)})


_QUERY = """
SELECT DISTINCT ?x ?label {{ ?x rdfs:label ?label
  FILTER(STRSTARTS(STR(?x), "{base}"))
  FILTER(STRSTARTS(STR(?label), "{start}") || STRSTARTS(STR(?x), "{base}{start}")) }}
ORDER BY ?label ?x LIMIT {limit}"""


def _found(store: "EmbeddedStore", start: str, base: str) -> "Iterator[tuple[str, str]]":
    from kg.answers import rows

    for row in rows(store, _QUERY.format(base=base, start=start, limit=MOST + 1)):
        label, path = str(row["label"]), str(row["x"]).removeprefix(base)
        if _HARMLESS.fullmatch(label) and _HARMLESS.fullmatch(path):
            yield label, path
