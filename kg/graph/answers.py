"""Answers on their way out: the format that fits, to the terminal, a pipe or a file."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg import files
from kg.errors import UnknownNameError, UsageError
from kg.graph import rows, serialize
from kg.vocab import BASE, Vocabulary

if TYPE_CHECKING:
    from kg.graph.rows import Answer

ROW_SUFFIXES = {
    ".txt": "table",
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".srj": "json",
    ".xml": "xml",
    ".srx": "xml",
    ".md": "md",
}
TRIPLE_SUFFIXES = {
    ".ttl": "turtle",
    ".nt": "nt",
    ".jsonld": "jsonld",
    ".json": "jsonld",
    ".rdf": "rdfxml",
    ".xml": "rdfxml",
}
LAYOUTS = ("auto", *rows.LAYOUTS, *serialize.LAYOUTS)
"""Every format that an answer can be asked for in."""


def write_answer(
    answer: Answer, path: Path | str | None, *, layout: str = "auto", base: str = BASE
) -> str | None:
    """Write an answer to a file, whole or not at all, or to standard output; give a note for the user.

    ``auto`` follows the name of the file; on a terminal it is a table or Turtle, in a pipe CSV or
    Turtle. The note, if there is one, says that a table was shortened to fit the terminal.

    Raises:
        UsageError: the format does not fit the kind of answer, or the name of the file tells none.
        StoreError: the file cannot be written.
    """
    destination = None if path is None or str(path) == "-" else Path(path)
    terminal = destination is None and sys.stdout.isatty()
    chosen = layout_for(answer, layout, path=destination, terminal=terminal)
    vocabulary = Vocabulary.load()
    with files.target(destination) as out:
        if isinstance(answer, tuple):
            serialize.write_triples(answer, chosen, out, vocabulary=vocabulary)
            return None
        width = shutil.get_terminal_size().columns if terminal else None
        return rows.write_rows(answer, chosen, out, width=width, prefixes=vocabulary.prefixes | {"": base})


def layout_for(answer: Answer, asked: str, *, path: Path | None = None, terminal: bool = False) -> str:
    """Give the format that an answer is written in.

    Raises:
        UnknownNameError: there is no format of that name.
        UsageError: it does not fit the kind of answer, or the name of the file tells none.
    """
    triples = isinstance(answer, tuple)
    fitting, suffixes = (serialize.LAYOUTS, TRIPLE_SUFFIXES) if triples else (rows.LAYOUTS, ROW_SUFFIXES)
    kind = "triples" if triples else "rows"
    if asked not in LAYOUTS:
        raise UnknownNameError("format", asked, LAYOUTS)
    if asked != "auto":
        if asked not in fitting:
            raise UsageError(
                f"{kind} cannot be written as {asked}", hint=f"Choose one of: {', '.join(fitting)}."
            )
        return asked
    if path is None:
        return "turtle" if triples else "table" if terminal else "csv"
    found = suffixes.get(path.suffix.lower())
    if found is None:
        hint = f"Give --format, or a name that ends in one of: {', '.join(suffixes)}."
        raise UsageError(
            f"the name of the file does not tell a format for {kind}", where=str(path), hint=hint
        )
    return found
