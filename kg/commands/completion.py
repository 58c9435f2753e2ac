"""What the shell offers for what is being typed: names of queries and things, values of options.

A shell runs parts of what it is offered through its own evaluation, and names in a graph come from
articles: a name with anything but letters, digits, blanks and a few harmless signs is never offered.
"""

# ruff: noqa: PLC0415  (every command imports this; what it needs is imported when a shell asks)

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.addresses import is_address
from kg.errors import KGError

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


def answer(command: Any) -> int:
    """Answer a shell that asks what may be typed; 1 where what was typed before is wrong: nothing is offered."""
    before = os.environ.get("COLUMNS")
    # Typer breaks long remarks at that width, and a shell takes lines for values.
    os.environ["COLUMNS"] = "10000"
    try:
        command.main(args=[], prog_name="kg")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except KGError:
        pass
    finally:
        os.environ.pop("COLUMNS")
        if before is not None:
            os.environ["COLUMNS"] = before
    return 1


def words(*values: str) -> "Callable[[], list[str]]":
    """Offer these values."""

    def offer() -> list[str]:
        return list(values)

    return offer


def queries() -> Offered:
    """Offer the named queries with their questions."""
    from kg.graph.query import named_queries

    return [(each.name, each.question) for each in named_queries()]


def parameters() -> Offered:
    """Offer what the named query takes that was typed before."""
    from kg.graph.query import named_queries

    typed = _typed()
    return [
        (f"{param.name}=", param.help)
        for each in named_queries()
        if each.name in typed
        for param in each.params
    ]


def exporters() -> list[str]:
    """Offer the formats of exports, those of other packages too."""
    from kg import registry

    return list(registry.names("exporter"))


def things(incomplete: str) -> Offered:
    """Offer the things of the graph that are called so, by name and by path; none of an endpoint.

    A name of several words is not offered to bash, which would take it apart.
    """
    bash = os.environ.get(VARIABLE, "").endswith("bash")
    found: Offered = []
    for label, path in _labelled(incomplete):
        if label.startswith(incomplete) and not (bash and " " in label):
            found.append((label, path))
        if path.startswith(incomplete):
            found.append((path, label))
    return found if len(found) <= MOST else []


def articles() -> list[str]:
    """Offer the ids of the articles of a project."""
    from kg import ledger
    from kg.project import Project

    try:
        with Project.open(_settings().store) as project:
            return [name for name in sorted(ledger.load(project).articles) if _HARMLESS.fullmatch(name)]
    except KGError:
        return []


def _labelled(incomplete: str) -> "Iterator[tuple[str, str]]":
    """Give label and path of the things that begin so, those that a shell may be shown."""
    from kg.project import Project

    if not _HARMLESS.fullmatch(incomplete or "x") or is_address(_store() or ""):
        return
    try:
        chosen = _settings()
        with Project.open(chosen.store) as project, project.store() as store:
            yield from _found(store, incomplete, chosen.base)
    except KGError:  # no graph, or a broken one: there is nothing to offer
        return


def _settings() -> "Settings":
    from kg.config import load

    store = _store()
    return load(explicit={"store": None if store is None else Path(store)})


def _store() -> str | None:
    typed = _typed()
    return typed[typed.index("--store") + 1] if "--store" in typed[:-1] else None


def _typed() -> list[str]:
    """Give the words typed so far: typer has none of them where the last is an option that wants a value."""
    return (os.environ.get("_TYPER_COMPLETE_ARGS") or os.environ.get("COMP_WORDS", "")).split()


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
