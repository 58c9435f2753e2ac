"""``kg config``: the settings that hold here, and where each comes from."""

import os
from dataclasses import fields
from pathlib import Path

from kg.commands.options import RowFormat, row_layout, write_table
from kg.config import FILE, Settings, load


def config(format: RowFormat = None) -> None:  # noqa: A002
    """Show each setting, its value, and who says so: the default, kg.toml or a KG_* variable."""
    now, file, plain = load(), load(environ={}), Settings()
    lines = [
        (field.name, _text(getattr(now, field.name)), _source(field.name, file, plain))
        for field in fields(Settings)
    ]
    layout = load(explicit={"format": format}).format
    if row_layout(layout, None) == "table":
        room = [max(len(line[at]) for line in lines) for at in (0, 1)]
        for name, value, source in lines:
            print(f"{name:<{room[0]}}  {value:<{room[1]}}  {source}")
        return
    import pyoxigraph as ox  # noqa: PLC0415

    from kg.graph.rows import Rows  # noqa: PLC0415

    cells = tuple(tuple(ox.Literal(cell) for cell in line) for line in lines)
    write_table(Rows(("setting", "value", "source"), cells), layout, None)


def _source(name: str, file: Settings, plain: Settings) -> str:
    if f"KG_{name.upper()}" in os.environ:
        return f"KG_{name.upper()}"
    return str(Path.cwd() / FILE) if getattr(file, name) != getattr(plain, name) else "default"


def _text(value: object) -> str:
    return os.pathsep.join(map(str, value)) if isinstance(value, tuple) else str(value)
