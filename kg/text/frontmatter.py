"""Front matter: the lines between two ``---`` at the head of a text that tell about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

KEYS = ("title", "date", "publisher", "url", "id", "language")
_FENCE = re.compile("\ufeff*---[ \t]*")  # of two marks at the head of a file, decoding takes one
_END = re.compile(r"(?:---|\.\.\.)[ \t]*")  # in YAML three dots end a document, too
_LINE = re.compile(r"(?P<line>[^\r\n]*)(?:\r\n|\r|\n|\Z)")
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w -]*?)[ \t]*:(?:[ \t]+(?P<value>.*?))?[ \t]*")
_QUOTED = re.compile(r"\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>(?:[^']|'')*)'")
_ESCAPE = re.compile(r"\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|(?P<sign>.))")
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "e": "\x1b"}
_HINT = "Write one `key: value` a line between two lines of three dashes; keys: " + ", ".join(KEYS) + "."


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields, the line each stands in, and where the body begins (0 without front matter)."""

    fields: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    end: int = 0


def split_front_matter(text: str) -> FrontMatter:
    """Give the front matter of ``text`` as far as it is well formed; never fails."""
    try:
        return read_front_matter(text, where="")
    except InputError:
        return FrontMatter()


def read_front_matter(text: str, *, where: str) -> FrontMatter:
    """Read the front matter strictly; raises InputError naming the line."""
    lines = _lines(text)
    if not _opens(text):
        return FrontMatter()
    next(lines)
    return _collect(lines, where)


def _opens(text: str) -> bool:
    """Tell a fence with a pair or a fence behind it: ``---`` alone is also a rule across the page."""
    numbered = list(zip(range(2), (line for _, line, _ in _lines(text)), strict=False))
    if not numbered or _FENCE.fullmatch(numbered[0][1]) is None:
        return False
    return len(numbered) == 2 and numbered[1][1].strip() != ""


def _lines(text: str) -> Iterator[tuple[int, str, int]]:
    """Give number, text and end of each line."""
    at, number = 0, 1
    while at < len(text):
        found = _LINE.match(text, at)
        assert found is not None
        yield number, found["line"], found.end()
        at, number = found.end(), number + 1


def _collect(lines: Iterable[tuple[int, str, int]], where: str) -> FrontMatter:
    fields: dict[str, str] = {}
    places: dict[str, int] = {}
    for number, line, end in lines:
        if _END.fullmatch(line):
            return FrontMatter(fields, places, end)
        if line.strip() == "" or line.lstrip().startswith("#"):
            continue
        key, value = _pair(line, f"{where}:{number}")
        if key in fields:
            raise InputError(f"front matter has {key!r} twice", where=f"{where}:{number}", hint=_HINT)
        fields[key], places[key] = value, number
    raise InputError("front matter is not closed", where=f"{where}:1", hint=_HINT)


def _pair(line: str, where: str) -> tuple[str, str]:
    found = _PAIR.fullmatch(line)
    if found is None or line[0].isspace():
        raise InputError(
            f"front matter has a line that is no `key: value`: {line[:60]!r}", where=where, hint=_HINT
        )
    key, value = found["key"].casefold(), found["value"] or ""
    return key, _scalar(value, where) if key in KEYS else value


def _scalar(value: str, where: str) -> str:
    """Give the value without its quotes."""
    if value[:1] not in ("'", '"'):
        return value
    found = _QUOTED.fullmatch(value)
    if found is None:
        raise InputError("front matter has a value with an open quote", where=where, hint=_HINT)
    if found["single"] is not None:
        return found["single"].replace("''", "'")
    return _ESCAPE.sub(_meant, found["double"])


def _meant(escape: re.Match[str]) -> str:
    """Give the character that an escape of YAML stands for; one that no text can hold is lost."""
    number = escape["x"] or escape["u"]
    sign = chr(int(number, 16)) if number else _SIGNS.get(escape["sign"], escape["sign"])
    return "\ufffd" if sign == "\0" or "\ud800" <= sign <= "\udfff" else sign
