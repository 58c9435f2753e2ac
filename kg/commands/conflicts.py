"""``kg conflicts``: what cannot both be true, side by side."""

# ruff: noqa: A002, PLC0415  (options are typer's parameters; heavy things are imported late)

from typing import TYPE_CHECKING

from kg.commands.options import (
    OutOption,
    RowFormat,
    SourceOption,
    open_store,
    row_layout,
    settings,
    write_table,
)
from kg.report import paint, plural, safe, say, tell, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.answers import Conflict, Statement
    from kg.graph.rows import Rows

_COLUMNS = ("says", "by", "document", "date", "quote", "claim")


def conflicts(store: SourceOption = None, format: RowFormat = None, output: OutOption = None) -> None:
    """List what cannot both be true, and who says which.

    Sources that disagree are never repaired: both claims stay in the graph, marked.
    """
    from kg import answers

    with open_store(store) as opened:
        found = answers.conflicts(opened)
    asked = settings(format=format).format
    if row_layout(asked, output) == "table":
        _print(found)
    else:
        write_table(_rows(found), asked, output)


def _print(found: "Sequence[Conflict]") -> None:
    for number, pair in enumerate(found, 1):
        about = pair.one.subject_label
        say(paint(wrap(safe(about), first=f"{number}. ", indent="   "), "bold"))
        for each in (pair.one, pair.other):
            say("\n".join(_side(each, about)))
        say()
    tell(f"{plural(len(found), 'contradiction')}." if found else "No contradictions.")


def _side(each: "Statement", about: str) -> "Iterator[str]":
    what = f"{each.verb} {each.object_label}"
    if each.subject_label != about:
        what = f"{each.subject_label} {what}"
    yield wrap(f"{safe(what)} — {_by(each)}", first="   • ", indent="     ")
    for passage in each.passages[:1]:
        yield wrap(f"“{safe(passage.quote)}”", first="     ", indent="      ")
        yield paint(wrap(_source(each), indent="       "), "dim")


def _by(each: "Statement") -> str:
    return f"according to {safe(each.speaker)}" if each.speaker is not None else "in the article's own voice"


def _source(each: "Statement") -> str:
    passage = each.passages[0]
    parts = (safe(passage.title), safe(passage.publisher or ""), passage.published or "undated")
    return ", ".join(part for part in parts if part)


def _rows(found: "Sequence[Conflict]") -> "Rows":
    import pyoxigraph as ox

    from kg.graph.rows import Rows

    names = ("about", *(f"{column}{side}" for side in ("1", "2") for column in _COLUMNS))
    rows = []
    for pair in found:
        cells = [pair.one.subject_label, *_cells(pair.one), *_cells(pair.other)]
        rows.append(tuple(None if cell is None else ox.Literal(cell) for cell in cells))
    return Rows(names, tuple(rows))


def _cells(each: "Statement") -> "list[str | None]":
    passage = each.passages[0] if each.passages else None
    source = (None, None, None) if passage is None else (passage.title, passage.published, passage.quote)
    return [str(each), each.speaker, *source, each.id]
