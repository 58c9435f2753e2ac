"""The page of the Python API, from ``kg.__all__`` and what it leads to."""

from __future__ import annotations

import inspect
import re
import textwrap
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import kg
from docs.docstrings import inline, notes_of, words
from kg import answers, api, errors, naming, portrait
from kg.text.notices import Notice
from kg.text.read import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MODULES = (api, answers, portrait, naming)
_HELD = (Notice, Refusal)
"""What ``warned`` and ``refused`` of a graph hold."""
_LONG = 88
"""Columns from which a signature is written with a line for each parameter."""


def python(by: str) -> Iterator[str]:
    """Give the page of the Python API."""
    yield f"# Python\n{by}"
    yield (
        "`import kg` costs nothing; what is used is imported when it is used. Everything not on this page may change without notice.\n"
    )
    yield f"```python\n{_example()}\n```\n"
    for name in kg.__all__:
        if not name.startswith("_"):
            yield from _described(f"kg.{name}", getattr(kg, name))
    yield "## What they give\n"
    for thing in given():
        yield from _described(thing.__name__, thing, level=3)
    yield "## Errors\n"
    yield "Every error that a user can do something about is a `kg.KGError`:\n"
    yield f"```text\n{_tree()}\n```\n"


def _example() -> str:
    return textwrap.dedent(
        """
        import kg

        with kg.build(["articles/"]) as graph:  # in memory; kg.open("kg-store") opens a project folder
            table = graph.query("who-led-which-delegation", place="Muscat")
            for row in table:
                print(row["leader"], row["side"])
            print(graph.entity("Steve Witkoff").facts[0].statements[0].passages[0].quote)
            graph.export("graph.ttl")
        """
    ).strip()


def _tree() -> str:
    lines = inspect.cleandoc(errors.__doc__ or "").splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("    KGError"))
    tree = lines[first:]
    return textwrap.dedent("\n".join(tree[: tree.index("")]))


def given() -> tuple[type, ...]:
    """Give the classes that the public functions give back, and those that these hold, in the order of their names."""
    known = {name: each for module in _MODULES for name, each in vars(module).items() if _is_ours(each)}
    public = {each for name in kg.__all__ if inspect.isclass(each := getattr(kg, name))}
    found: set[type] = {*_HELD}
    wave = [api.Graph, *(each for name in kg.__all__ if inspect.isfunction(each := getattr(kg, name)))]
    while wave:
        names = set(re.findall(r"\w+", " ".join(_annotations(wave.pop()))))
        new = {known[name] for name in names & known.keys()} - found - public
        found |= new
        wave += new
    return tuple(sorted(found, key=lambda each: each.__name__))


def _is_ours(each: Any) -> bool:
    return inspect.isclass(each) and each.__module__.startswith("kg.") and not issubclass(each, Exception)


def _annotations(thing: Any) -> Iterator[str]:
    yield from map(str, getattr(thing, "__annotations__", {}).values())
    for name, each in vars(thing).items() if inspect.isclass(thing) else ():
        if inspect.isfunction(each) and not name.startswith("_"):
            yield from map(str, each.__annotations__.values())


def _described(name: str, thing: Any, *, level: int = 2) -> Iterator[str]:
    """Give the heading, signature, words, and public parts of a class or function."""
    yield f"{'#' * level} `{name}`\n"
    if not inspect.isclass(thing):
        yield from _function(name, thing)
        return
    yield from words(inspect.getdoc(thing) or "")
    if issubclass(thing, Exception):
        yield "It has `what`, `where` (a path, an id, a position; or none) and `hint`, and `exit_code`, that of the command line.\n"
        return
    yield from _attributes(thing)
    for method, each in _methods(thing).items():
        if not method.startswith("_") and inspect.isfunction(each):
            yield f"{'#' * (level + 1)} `{name.rpartition('.')[2]}.{method}`\n"
            yield from _function(method, each)


def _methods(thing: type) -> dict[str, Any]:
    """Give what a class has of its own, and of ours that it completes."""
    bases = [base for base in thing.__bases__ if inspect.isabstract(base) and _is_ours(base)]
    return {name: each for one in (thing, *bases) for name, each in vars(one).items()}


def _attributes(thing: type) -> Iterator[str]:
    notes = notes_of(thing)
    types = {**thing.__init__.__annotations__, **getattr(thing, "__annotations__", {})}
    names = [field.name for field in fields(thing)] if is_dataclass(thing) else list(notes)
    rows = [(name, types.get(name, ""), notes.get(name, "")) for name in names if not name.startswith("_")]
    rows += [
        (name, each.fget.__annotations__.get("return", ""), inspect.getdoc(each) or "")
        for name, each in vars(thing).items()
        if isinstance(each, property) and not name.startswith("_")
    ]
    if rows:
        yield "| attribute | type | what it is |\n|---|---|---|"
        yield from (f"| `{name}` | {_type(kind)} | {inline(note)} |" for name, kind, note in rows)
        yield ""


def _type(kind: Any) -> str:
    return f"`{kind}`".replace("|", "\\|") if kind else ""


def _function(name: str, each: Callable[..., Any]) -> Iterator[str]:
    signature = inspect.signature(each)
    parts = list(_parameters(signature))
    back = signature.return_annotation
    end = f" -> {back}" if back is not inspect.Signature.empty else ""
    line = f"{name}({', '.join(parts)}){end}"
    if len(line) > _LONG:
        line = f"{name}(\n" + "".join(f"    {part},\n" for part in parts) + f"){end}"
    yield f"```python\n{line}\n```\n"
    yield from words(inspect.getdoc(each) or "")


def _parameters(signature: inspect.Signature) -> Iterator[str]:
    given = [each for each in signature.parameters.values() if each.name != "self"]
    marked = any(each.kind is each.VAR_POSITIONAL for each in given)
    for each in given:
        if each.kind is each.KEYWORD_ONLY and not marked:
            marked = True
            yield "*"
        stars = {each.VAR_POSITIONAL: "*", each.VAR_KEYWORD: "**"}.get(each.kind, "")
        default = "" if each.default is each.empty else f" = {each.default!r}"
        yield f"{stars}{each.name}: {each.annotation}{default}"
