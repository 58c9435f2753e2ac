"""What many commands have in common: their options, the settings, and where the answer goes."""

# ruff: noqa: PLC0415  (options are typer's parameters; heavy things are imported late)

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from kg.config import Settings, load
from kg.errors import UsageError
from kg.report import is_terminal, tell, width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph.rows import Rows
    from kg.graph.store import EmbeddedStore

StoreOption = Annotated[
    Path | None,
    typer.Option("--store", metavar="DIR", help="The project folder. Default: kg-store.", show_default=False),
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="The file to write, whole or not at all; its ending tells the format. - is standard output.",
    ),
]
KbOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--kb", metavar="FILE", help="A table (TSV) of names of your own, over those known; may be repeated."
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME",
        help="The spaCy pipeline to read with. Default: en_core_web_sm.",
        show_default=False,
    ),
]

ROW_FORMATS = ("auto", "table", "csv", "tsv", "json", "xml", "md")
RowFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help=f"{' '.join(ROW_FORMATS[1:])}. Default: table on a terminal, csv in a pipe.",
    ),
]


def settings(**asked: object) -> Settings:
    """Give the settings: what was asked for, then KG_*, then kg.toml, then the defaults.

    None, and a list without anything in it, count as not asked for.
    """
    return load(explicit={name: None if value == [] else value for name, value in asked.items()})


@contextmanager
def open_store(store: Path | None) -> "Iterator[EmbeddedStore]":
    """Open the graph of the project folder for reading."""
    from kg.project import Project

    with Project.open(settings(store=store).store) as project, project.store() as opened:
        yield opened


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
