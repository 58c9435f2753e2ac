"""What many commands have in common: their options, the settings, and where the answer goes."""

# ruff: noqa: PLC0415  (options are typer's parameters; heavy things are imported late)

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

from kg.addresses import is_address
from kg.commands.completion import words
from kg.commands.declare import Option
from kg.config import Settings, load
from kg.errors import UsageError
from kg.report import is_terminal, tell, width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph.endpoint import EndpointStore
    from kg.graph.rows import Rows
    from kg.graph.store import EmbeddedStore
    from kg.sparql import Addresses, Connection

StoreOption = Annotated[
    Path | None,
    Option("--store", metavar="DIR", help="The project folder. Default: kg-store.", show_default=False),
]
SourceOption = Annotated[
    str | None,
    Option(
        "--store",
        metavar="DIR|URL",
        help="The project folder, or the address of a SPARQL endpoint. Default: kg-store.",
        show_default=False,
    ),
]
OutOption = Annotated[
    Path | None,
    Option(
        "-o",
        "--output",
        metavar="FILE",
        help="The file to write, whole or not at all; its ending tells the format. - is standard output.",
    ),
]
KbOption = Annotated[
    list[Path] | None,
    Option(
        "--kb", metavar="FILE", help="A table (TSV) of names of your own, over those known; may be repeated."
    ),
]
ModelOption = Annotated[
    str | None,
    Option(
        "--model",
        metavar="NAME",
        help="The spaCy pipeline to read with. Default: en_core_web_sm.",
        show_default=False,
    ),
]
CacheOption = Annotated[
    str | None,
    Option(
        "--cache",
        metavar="DIR|off",
        help="Where annotated texts are kept, for all projects. Default: your cache folder.",
        show_default=False,
    ),
]
WorkersOption = Annotated[
    int | None,
    Option(
        "--workers",
        metavar="N",
        min=1,
        help="Processes that read. Default: one for each processor, fewer where there is little to read.",
    ),
]
EngineOption = Annotated[
    str | None,
    Option(
        "--engine",
        metavar="ADDRESS",
        help="A Dask cluster that reads, by its scheduler: dask://HOST:PORT. Default: this machine.",
    ),
]

ROW_FORMATS = ("auto", "table", "csv", "tsv", "json", "xml", "md")
RowFormat = Annotated[
    str | None,
    Option(
        "--format",
        metavar="FORMAT",
        help=f"{' '.join(ROW_FORMATS[1:])}. Default: table on a terminal, csv in a pipe.",
        autocompletion=words(*ROW_FORMATS[1:]),
    ),
]


def settings(**asked: object) -> Settings:
    """Give the settings: what was asked for, then KG_*, then kg.toml, then the defaults.

    None, and a list without anything in it, count as not asked for.
    """
    return load(explicit={name: None if value == [] else value for name, value in asked.items()})


def folder_of(store: str | None) -> Path | None:
    """Give the project folder that was named; None where none was, or an endpoint."""
    return None if store is None or is_address(store) else Path(store)


@contextmanager
def open_store(store: str | None) -> "Iterator[EmbeddedStore | EndpointStore]":
    """Open the graph of the project folder, or of an endpoint, for asking."""
    if store is not None and is_address(store):
        yield endpoint(store)
        return
    from kg.project import Project

    with Project.open(settings(store=folder_of(store)).store) as project, project.store() as opened:
        yield opened


@contextmanager
def open_copy(store: str | None) -> "Iterator[EmbeddedStore]":
    """Open the graph of the project folder, or a copy of that of an endpoint, for reading all of it."""
    from kg.graph.store import EmbeddedStore

    with open_store(store) as opened:
        yield opened if isinstance(opened, EmbeddedStore) else opened.copy()


def endpoint(url: str) -> "EndpointStore":
    """Give the graph of an endpoint that the settings name."""
    from kg.graph.endpoint import EndpointStore
    from kg.sparql import Addresses

    chosen = settings()
    return EndpointStore(connect(Addresses(query=url), chosen), graph_of(chosen.graph))


def connect(addresses: "Addresses", chosen: Settings, *, deadline: float = 600.0) -> "Connection":
    """Open a connection with the credentials that are set; ``deadline`` (seconds) is for all of it."""
    from kg.credentials import login_for
    from kg.sparql import Connection

    login = login_for(addresses.given()[0], chosen.credentials, os.environ)
    return Connection(addresses, login=login, deadline=deadline)


def graph_of(name: str) -> str | None:
    """Give the IRI of a graph, None for the default graph."""
    return None if name == "default" else name


def write_table(answer: "Rows | bool", layout: str | None, output: Path | None) -> None:
    """Write rows in the format asked for: a table on a terminal, else CSV, unless the file name says more."""
    from kg import files
    from kg.graph.rows import LAYOUTS, write_rows
    from kg.vocab import Vocabulary

    chosen = row_layout(layout, output)
    if chosen not in LAYOUTS:
        hint = f"For rows choose one of: {', '.join(LAYOUTS)}."
        raise UsageError(f"rows cannot be written as {chosen!r}", hint=hint)
    on_screen = to_terminal(output)
    prefixes = Vocabulary.load().prefixes if chosen in {"table", "md"} else None
    with files.target(output) as out:
        note = write_rows(answer, chosen, out, width=width() if on_screen else None, prefixes=prefixes)
    if note is not None:
        tell(note)


def row_layout(layout: str | None, output: Path | None) -> str:
    """Choose the format of rows."""
    if layout not in {None, "auto"}:
        assert layout is not None
        return layout
    if output is not None and str(output) != "-":
        suffix = output.suffix.lower().removeprefix(".")
        return {"srx": "xml", "txt": "table"}.get(suffix, suffix) or "csv"
    return "table" if is_terminal(sys.stdout) else "csv"


def to_terminal(output: Path | None) -> bool:
    """Tell whether somebody looks at what is written."""
    return (output is None or str(output) == "-") and is_terminal(sys.stdout)


@contextmanager
def opened(output: Path | None) -> "Iterator[BinaryIO]":
    """Open where the answer goes."""
    from kg import files

    with files.target(output) as out:
        yield out
