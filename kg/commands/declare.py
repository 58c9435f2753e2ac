"""How commands say what they take: ``Annotated[str, Argument(...)]``, ``Annotated[Path | None, Option("-o", ...)]``.

The words are those of typer, and ``kg.commands.tree`` hands them to it. They are kept here because importing typer
takes longer than answering a query: a line that is written plainly is read by ``kg.commands.plainly`` without it.
"""

from typing import Any


class Declared:
    """What a command takes under the name of its parameter."""

    def __init__(self, *spellings: str, **told: Any) -> None:
        """Keep the spellings (``-o``, ``--output``; an argument has none), and what typer is told besides."""
        self.spellings = spellings
        self.told = told


class Argument(Declared):
    """A value that is known by its place in the line."""


class Option(Declared):
    """A value, or a flag, that is known by its name."""
