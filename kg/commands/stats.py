"""``kg stats``: what is in the graph, counted."""

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
from kg.report import paint, say

if TYPE_CHECKING:
    from kg.graph.rows import Rows
    from kg.statistics import Statistics


def stats(store: SourceOption = None, format: RowFormat = None, output: OutOption = None) -> None:
    """Count what is in the graph."""
    from kg.statistics import statistics

    with open_store(store) as opened:
        found = statistics(opened)
    asked = settings(format=format).format
    if row_layout(asked, output) == "table":
        _print(found)
    else:
        write_table(_rows(found), asked, output)


def _print(found: "Statistics") -> None:
    room = max(len(name) for _, counts in found.groups for name, _ in counts)
    digits = max(len(f"{count:,}") for _, counts in found.groups for _, count in counts)
    for at, (title, counts) in enumerate(found.groups):
        if not counts:
            continue
        say(f"{'' if at == 0 else chr(10)}{paint(title, 'bold')}")
        for name, count in counts:
            say(f"  {name:<{room}}  {count:>{digits},}")


def _rows(found: "Statistics") -> "Rows":
    import pyoxigraph as ox

    from kg.graph.rows import Rows

    lines = ((title, name, count) for title, counts in found.groups for name, count in counts)
    cells = ((ox.Literal(title), ox.Literal(name), ox.Literal(count)) for title, name, count in lines)
    return Rows(("group", "name", "count"), tuple(cells))
