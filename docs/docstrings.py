"""What docstrings say, as Markdown: those of functions and classes, and the strings behind attributes."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECTION = re.compile(r"^(Args|Raises):$")
_ITEM = re.compile(r"^ {4}(\w+): (.*)$")


def words(text: str) -> Iterator[str]:
    """Give a docstring as Markdown: its lists of arguments and errors as lists."""
    listed = False
    for line in text.splitlines():
        section, item = _SECTION.match(line), _ITEM.match(line)
        if section is not None:
            yield {"Args": "Arguments:\n", "Raises": "Raises:\n"}[section[1]]
            listed = True
        elif listed and item is not None:
            yield f"- `{item[1]}`: {inline(item[2])}"
        else:
            yield inline(line.strip())
    yield ""


def notes_of(thing: type) -> dict[str, str]:
    """Give what is said of each attribute: the string behind it in the source."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(thing)))
    notes: dict[str, str] = {}
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for before, after in pairwise(body) if isinstance(body, list) else ():
            name = _assigned(before)
            if name is not None and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                notes[name] = inspect.cleandoc(str(after.value.value))
    return notes


def _assigned(node: ast.AST) -> str | None:
    target = node.target if isinstance(node, ast.AnnAssign) else None
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
    if isinstance(target, ast.Name):
        return target.id
    return target.attr if isinstance(target, ast.Attribute) else None


def inline(text: str) -> str:
    """Give a docstring's words as Markdown on one line."""
    return " ".join(text.split()).replace("``", "`").replace("|", "\\|").replace("<", "&lt;")
