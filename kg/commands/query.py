"""``kg query``: a named query, a query file, or SPARQL from the command line."""

# ruff: noqa: A002, FBT002, PLC0415  (options are typer's parameters; heavy things are imported late)

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from kg.addresses import is_address
from kg.commands.completion import parameters, queries, words
from kg.commands.declare import Argument, Option
from kg.commands.options import (
    ROW_FORMATS,
    OutOption,
    SourceOption,
    endpoint,
    folder_of,
    opened,
    settings,
    to_terminal,
    write_table,
)
from kg.errors import UsageError
from kg.report import paint, say, tell, wrap

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.config import Settings
    from kg.graph.query import NamedQuery
    from kg.graph.rows import Answer

_TRIPLES = {
    ".ttl": "turtle",
    ".nt": "nt",
    ".jsonld": "jsonld",
    ".json": "jsonld",
    ".rdf": "rdfxml",
    ".xml": "rdfxml",
}


def query(
    asked: Annotated[
        str | None,
        Argument(
            metavar="NAME|FILE.rq",
            help="A named query, a file, or - for standard input.",
            autocompletion=queries,
        ),
    ] = None,
    sparql: Annotated[
        str | None, Option("-q", "--sparql", metavar="SPARQL", help="The query itself.")
    ] = None,
    param: Annotated[
        list[str] | None,
        Option(
            "--param",
            "-p",
            metavar="NAME=VALUE",
            help="A value that the query takes; may be repeated.",
            autocompletion=parameters,
        ),
    ] = None,
    store: SourceOption = None,
    format: Annotated[
        str | None,
        Option(
            "--format",
            metavar="FORMAT",
            help="Rows: table csv tsv json xml md (default: table on a terminal, csv in a pipe). Triples: turtle nt jsonld rdfxml (default: turtle).",
            autocompletion=words(*ROW_FORMATS[1:], "turtle", "nt", "jsonld", "rdfxml"),
        ),
    ] = None,
    output: OutOption = None,
    limit_seconds: Annotated[
        float | None,
        Option("--limit-seconds", metavar="SECONDS", help="How long it may take. Default: 30."),
    ] = None,
    list_queries: Annotated[
        bool, Option("--list", help="List the named queries with their questions.")
    ] = False,
) -> None:
    """Ask by a named query, a file, or SPARQL.

    kg query --list lists the named queries and the values that each takes.
    For example: kg query who-led-which-delegation -p place=CITY

    A query of your own may only read; it is ended at the limit.
    """
    from kg.graph.query import named_queries

    if list_queries:
        _list(named_queries())
        return
    chosen = settings(store=folder_of(store), format=format, limit_seconds=limit_seconds)
    given = _params(param or [])
    if store is not None and is_address(store):
        answer = _ask_endpoint(store, asked, sparql, given, chosen)
    else:
        answer = _ask(asked, sparql, given, chosen)
    if isinstance(answer, tuple):
        _write_triples(answer, chosen.format, output)
    else:
        write_table(answer, chosen.format, output)
        if to_terminal(output) and not isinstance(answer, bool) and not answer.rows:
            tell("no rows")


def _ask(asked: str | None, sparql: str | None, params: dict[str, str], chosen: "Settings") -> "Answer":
    """Answer a query of our own in this process, which is quicker; any other in one that can be killed."""
    from kg.graph import query as asking

    folder, limit = _folder(chosen.store), chosen.limit_seconds
    if sparql is None and asked is not None and _is_named(asked):
        return asking.run_named(folder, asked, params=params, base=chosen.base, limit_seconds=limit)
    text = _text(asked, sparql)
    return asking.run(folder, text, params=params, base=chosen.base, limit_seconds=limit)


def _ask_endpoint(
    url: str, asked: str | None, sparql: str | None, params: dict[str, str], chosen: "Settings"
) -> "Answer":
    """Answer a query by an endpoint, within the same limit and under the same rules."""
    from kg.graph import query as asking

    text, limit = _text(asked, sparql), chosen.limit_seconds
    return asking.run(endpoint(url), text, params=params, base=chosen.base, limit_seconds=limit)


def _is_named(asked: str) -> bool:
    """Tell whether this is the name of a query, not a file and not ``-``."""
    return (
        asked != "-"
        and "/" not in asked
        and not asked.endswith((".rq", ".sparql"))
        and not Path(asked).is_file()
    )


def _folder(store: Path) -> Path:
    """Give the folder of the graph, without opening it: the worker does that."""
    from kg.project import Project

    with Project.open(store) as project:
        return project.store_folder


def _text(asked: str | None, sparql: str | None) -> str:
    from kg.graph.query import query_text

    if (asked is None) == (sparql is None):
        what = (
            "name a query, or give one with -q"
            if asked is None
            else "name a query or give one with -q, not both"
        )
        raise UsageError(what, hint="kg query --list lists the named queries.")
    if sparql is not None:
        return sparql
    assert asked is not None
    return _piped() if asked == "-" else query_text(asked)


def _piped() -> str:
    from kg.text.encoding import decode
    from kg.text.sources import limited_input, standard_input

    return decode(limited_input(standard_input()), where="-")


def _params(pairs: list[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name:
            raise UsageError(f"{pair!r} is no parameter", hint="Write it as --param name=value.")
        found[name] = value
    return found


def _write_triples(answer: "tuple[ox.Triple, ...]", layout: str, output: Path | None) -> None:
    from kg.contents import mended
    from kg.graph.serialize import LAYOUTS, write_triples

    chosen = layout
    if layout == "auto":
        suffix = "" if output is None else output.suffix.lower()
        chosen = _TRIPLES.get(suffix, "turtle")
    if chosen not in LAYOUTS:
        raise UsageError(
            f"triples cannot be written as {chosen!r}", hint=f"Choose one of: {', '.join(LAYOUTS)}."
        )
    with opened(output) as out:
        write_triples(mended(answer), chosen, out)


def _list(queries: "tuple[NamedQuery, ...]") -> None:
    """List the queries: what each answers, and what it takes."""
    if not sys.stdout.isatty():
        for each in queries:
            say(f"{each.name}\t{each.question}\t{' '.join(param.name for param in each.params)}")
        return
    for each in queries:
        say(paint(each.name, "bold"))
        say(wrap(each.question, indent="    "))
        for param in each.params:
            note = f"--param {param.name}=…  {param.help}{'' if param.optional else ' (needed)'}"
            say(paint(wrap(note, indent="        ", first="      "), "dim"))
