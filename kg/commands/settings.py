"""``kg config``: the settings that hold here, and where each comes from."""

# ruff: noqa: A002, PLC0415  (options are typer's parameters; heavy things are imported late)

import os
from dataclasses import fields
from pathlib import Path

from kg.commands.options import RowFormat, row_layout, write_table
from kg.config import FILE, OFF, Settings, load
from kg.report import say


def config(format: RowFormat = None) -> None:
    """Show the settings, and where each comes from.

    A flag wins over a KG_* variable, that over kg.toml in this folder, that over the default.
    """
    now, file, plain = load(), load(environ={}), Settings()
    lines = [
        (field.name, _text(field.name, getattr(now, field.name)), _source(field.name, file, plain))
        for field in fields(Settings)
    ]
    layout = load(explicit={"format": format}).format
    if row_layout(layout, None) == "table":
        room = [max(len(line[at]) for line in lines) for at in (0, 1)]
        for name, value, source in lines:
            say(f"{name:<{room[0]}}  {value:<{room[1]}}  {source}")
        return
    import pyoxigraph as ox

    from kg.graph.rows import Rows

    cells = tuple(tuple(ox.Literal(cell) for cell in line) for line in lines)
    write_table(Rows(("setting", "value", "source"), cells), layout, None)


def _source(name: str, file: Settings, plain: Settings) -> str:
    if f"KG_{name.upper()}" in os.environ:
        return f"KG_{name.upper()}"
    return str(Path.cwd() / FILE) if getattr(file, name) != getattr(plain, name) else "default"


def _text(name: str, value: object) -> str:
    if value is None:
        return OFF if name == "cache" else ""
    return os.pathsep.join(map(str, value)) if isinstance(value, tuple) else str(value)
