"""What was off about something that was read all the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Warn = Callable[["Notice"], None]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know about an input that was read: where, what, and what can be done."""

    source: str
    what: str
    hint: str


def ignore(_: Notice) -> None:
    """Take a notice and do nothing about it."""


def once(warn: Warn) -> Warn:
    """Give one that passes the same words on only once: a thousand records are made by one program."""
    told: set[tuple[str, str]] = set()

    def tell(notice: Notice) -> None:
        key = (notice.what, notice.hint)
        if key not in told:
            told.add(key)
            warn(notice)

    return tell
