"""Command lines that are written plainly, read by what the commands declare.

A line is plain where each option is written in full, with its value behind it, and all that is asked for are words,
paths and flags. Any other (``--help``, a wrong or missing word, a number, ``-ab`` for ``-a -b``) is left to typer,
which reads plain lines in the same way (tests/test_plainly.py) and has the words for what is wrong.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.commands.declare import Argument, Declared, Option

_SINGLE: Mapping[object, Callable[[str], object]] = {
    str: str,
    str | None: str,
    Path: Path,
    Path | None: Path,
}
_SEVERAL: Mapping[object, Callable[[str], object]] = {
    list[str]: str,
    list[str] | None: str,
    list[Path]: Path,
    list[Path] | None: Path,
}
_UNDERSTOOD = {"metavar", "help", "show_default", "min", "max", "autocompletion"}
"""What may be told of a parameter here; bounds are told of numbers, which are left to typer as they come."""

_Wanted = Mapping[str, tuple[Declared, object]]
"""The name of each parameter, what is declared of it, and its type."""


class _NotPlainError(Exception):
    """The line is for typer."""


def values_of(command: Callable[..., object], words: Sequence[str]) -> dict[str, object] | None:
    """Give the values that the words of a line have for the parameters of a command; None where it is not plain."""
    try:
        wanted = {name: _declared(kind) for name, kind in command.__annotations__.items() if name != "return"}
        loose, given = _sorted_out(wanted, words)
        found = {
            **_arguments(wanted, loose),
            **{name: _value(wanted[name][1], of) for name, of in given.items()},
        }
    except _NotPlainError:
        return None
    return found if _required(command) <= set(found) else None


def _declared(kind: Any) -> tuple[Declared, object]:
    (declared,) = getattr(kind, "__metadata__", (None,))
    if not isinstance(declared, Declared) or not set(declared.told) <= _UNDERSTOOD:
        raise _NotPlainError
    return declared, kind.__origin__


def _sorted_out(wanted: _Wanted, words: Sequence[str]) -> tuple[list[str], dict[str, list[str]]]:
    """Tell words that stand by themselves from those that options are given; a flag is given none."""
    names = {
        each: name for name, (how, _) in wanted.items() if isinstance(how, Option) for each in how.spellings
    }
    loose: list[str] = []
    given: dict[str, list[str]] = {}
    left = deque(words)
    while left:
        word = left.popleft()
        if not word.startswith("-") or word == "-":
            loose.append(word)
            continue
        spelling, sign, value = word.partition("=") if word.startswith("--") else (word, "", "")
        if spelling not in names:
            raise _NotPlainError
        taken = given.setdefault(names[spelling], [])
        if wanted[names[spelling]][1] is not bool:
            taken.append(value if sign else _next(left))
        elif sign:
            raise _NotPlainError
    return loose, given


def _next(left: deque[str]) -> str:
    if not left:
        raise _NotPlainError
    return left.popleft()


def _arguments(wanted: _Wanted, loose: Sequence[str]) -> dict[str, object]:
    """Give the words that stand by themselves to the arguments in their order."""
    names = [name for name, (how, _) in wanted.items() if isinstance(how, Argument)]
    if len(names) == 1 and wanted[names[0]][1] in _SEVERAL and loose:
        return {names[0]: _value(wanted[names[0]][1], loose)}
    if len(loose) > len(names):
        raise _NotPlainError
    return {name: _value(wanted[name][1], [word]) for name, word in zip(names, loose, strict=False)}


def _value(kind: object, words: Sequence[str]) -> object:
    """Give what was said of a parameter as its type; of one that takes a single word, the last counts."""
    if kind is bool:
        return True
    if kind in _SEVERAL:
        return [_SEVERAL[kind](word) for word in words]
    if kind not in _SINGLE:
        raise _NotPlainError
    return _SINGLE[kind](words[-1])


def _required(command: Any) -> set[str]:
    code = command.__code__
    names = code.co_varnames[: code.co_argcount]
    return set(names[: len(names) - len(command.__defaults__ or ())])
