"""How things are said on a terminal: wrapped, marked, and safe; data is for standard output, the rest is not."""

from __future__ import annotations

import os
import re
import sys
import time
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, TextIO

from kg.escaping import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.errors import KGError
    from kg.text.notices import Notice

_WIDEST = 100

MOST_ALIKE = 20
"""Messages of one kind; a file of 20,000 broken lines has as many."""

_MOST_HINTS = 3
"""How often one hint is given for messages of one kind."""

_ENOUGH = 5
"""How many must be done before it is said how fast that goes: the first ones come when all has been loaded."""

_WORDS_ALIKE = 3
_NUMBER = re.compile(r"\d[\d,]*")
_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}
_DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"


def width() -> int:
    """Give the columns to write in: those of the terminal, within reason; 80 where there is none."""
    import shutil  # noqa: PLC0415  (only a terminal has columns, and what it brings unpacks archives)

    return max(40, min(shutil.get_terminal_size((80, 24)).columns, _WIDEST))


def is_terminal(stream: TextIO) -> bool:
    """Tell whether somebody looks at the stream."""
    return stream.isatty()


def paint(text: str, *how: str, stream: TextIO | None = None) -> str:
    """Mark a text for a terminal that wants it: not in a pipe, not under NO_COLOR, not on a dumb one."""
    out = sys.stdout if stream is None else stream
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not out.isatty()
    return text if plain else f"\x1b[{';'.join(_CODES[one] for one in how)}m{text}\x1b[0m"


def safe(text: str) -> str:
    """Make a text of an article safe for a terminal: one line, no control or direction characters."""
    spaced = " ".join(text.split())
    if spaced.isprintable():  # as nearly every text is, and then none of them is unsafe
        return spaced
    return "".join("\N{REPLACEMENT CHARACTER}" if _is_unsafe(char) else char for char in spaced)


def _is_unsafe(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs"} or char in _DIRECTIONS


def wrap(text: str, *, indent: str = "", first: str | None = None) -> str:
    """Break a text into lines, each after the indent."""
    start = indent if first is None else first
    if text and len(start) + len(text) <= width() and text == " ".join(text.split()):
        return start + text  # there is nothing to break, and textwrap takes its time to find that out
    import textwrap  # noqa: PLC0415  (most texts need no breaking)

    lines = textwrap.wrap(
        text,
        width(),
        initial_indent=start,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)


def beside(left: str, right: str, *, indent: str = "") -> str:
    """Put a remark at the right end of the line, or on the next where there is no room."""
    room = width() - len(indent) - len(left) - len(right)
    if not right:
        return wrap(left, indent=indent + "  ", first=indent)
    if room >= 2:
        return f"{indent}{left}{' ' * room}{paint(right, 'dim')}"
    return f"{wrap(left, indent=indent + '  ', first=indent)}\n{' ' * max(0, width() - len(right))}{paint(right, 'dim')}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Give a count with its noun: ``1 source``, ``2 sources``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(words: Iterable[str]) -> str:
    """Join words with commas, and ``and`` before the last."""
    found = list(words)
    return " and ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else "".join(found)


def say(text: str = "") -> None:
    """Write a line of data to standard output."""
    sys.stdout.write(f"{text}\n")


def tell(*lines: str) -> None:
    """Say something that is not data, a line each, on standard error."""
    for line in lines:
        sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def tell_error(error: KGError) -> None:
    """Say what is wrong, where, and what to do, a line each."""
    tell(*error_lines(error))


def tell_warning(notice: Notice) -> None:
    """Say what was off about an input that was read all the same, and what to do, a line each."""
    tell(*warning_lines(notice))


class Complaints:
    """Tells errors and warnings as they come; of one kind only the first, and how many more there are."""

    def __init__(self) -> None:
        """Count from nothing."""
        self._count: Counter[tuple[str, str]] = Counter()

    def error(self, error: KGError) -> None:
        """Say what is wrong."""
        self._tell(error.what, error_lines(error))

    def warning(self, notice: Notice) -> None:
        """Say what was off about an input."""
        self._tell(notice.what, warning_lines(notice))

    def _tell(self, what: str, lines: list[str]) -> None:
        head, *hints = lines
        words = _NUMBER.sub("…", what).split()[:_WORDS_ALIKE]
        kind = (head.partition(" ")[0], " ".join([*words, *hints]))
        self._count[kind] += 1
        if self._count[kind] > MOST_ALIKE:
            return
        tell(head, *(hints if self._count[kind] <= _MOST_HINTS else ()))

    def close(self) -> None:
        """Say how many more there are of each kind that was not told whole."""
        for (mark, kind), count in self._count.items():
            if count > MOST_ALIKE:
                told = _shown(kind).partition(" hint: ")[0]
                tell(f"{mark} and {count - MOST_ALIKE:,} more like it: {told} …")


def error_lines(error: KGError) -> list[str]:
    """Give an error as a line, and its hint as another."""
    place = "" if error.where is None else f"{escaped(error.where)}: "
    lines = [f"{paint('error:', 'red', stream=sys.stderr)} {place}{_shown(error.what)}"]
    return lines if error.hint is None else [*lines, *_hint_lines(error.hint)]


def warning_lines(notice: Notice) -> list[str]:
    """Give what was off about an input as a line, and its hint as another."""
    head = paint("warning:", "yellow", stream=sys.stderr)
    return [f"{head} {escaped(notice.source)}: {_shown(notice.what)}", *_hint_lines(notice.hint)]


def _hint_lines(hint: str) -> list[str]:
    head, *rest = hint.split("\n")
    return [f"hint: {_shown(head)}", *(f"  {_shown(line)}" for line in rest)]


def _shown(message: str) -> str:
    """Give a message as one line; what it quotes may hold anything."""
    return escaped(" ".join(message.split()))


class Progress:
    """One line on a terminal that says how far things are; nothing at all in a pipe."""

    def __init__(self, *, quiet: bool) -> None:
        """Count from nothing."""
        self.shown = not quiet and sys.stderr.isatty()
        self._count = 0
        self._began = 0.0
        self.total: int | None = None
        """How many there are, where that is known."""

    def __call__(self, name: str, passed: int = 0) -> None:
        """Count one more, and name it; so many others of the total need nothing done."""
        self._count += 1
        if not self.shown:
            return
        now = time.monotonic()
        self._began = self._began or now
        left = None if self.total is None else max(0, self.total - passed - self._count)
        self.note(f"reading {self._count:,}{pace(self._count - 1, now - self._began, left)}: {safe(name)}")

    def note(self, text: str) -> None:
        """Say what is going on."""
        if self.shown:
            sys.stderr.write(f"\r\x1b[2K{text[: width() - 1]}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self.shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()


def pace(count: int, seconds: float, left: int | None) -> str:
    """Say how fast so many were done in these seconds, and how long the rest will take; nothing while it is early."""
    if count < _ENOUGH or seconds <= 0:
        return ""
    rate = count / seconds
    speed = f"{rate:.1f} a second" if rate >= 1 else f"{rate * 60:.0f} a minute"
    return f" ({speed})" if left is None else f" ({speed}, {_span(left / rate)} left)"


def _span(seconds: float) -> str:
    for size, unit in ((3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{round(seconds / size)} {unit}"
    return f"{round(seconds)} s"
