"""What ``kg doctor`` says of one thing: that it is well, that something is worth knowing, or that something is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.errors import KGError

OK, NOTE, FAULT = "ok", "note", "fault"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at: how it is, what was found, where, and what to do."""

    name: str
    state: str
    """``ok``, ``note`` (nothing is broken, but it may surprise) or ``fault``."""
    what: str
    where: str | None = None
    hint: str | None = None


def ok(name: str, what: str, *, where: Path | str | None = None) -> Line:
    """Say that something is well."""
    return Line(name, OK, what, _place(where))


def note(name: str, what: str, *, where: Path | str | None = None, hint: str | None = None) -> Line:
    """Say what is worth knowing, though nothing is broken."""
    return Line(name, NOTE, what, _place(where), hint)


def fault(name: str, what: str, *, where: Path | str | None = None, hint: str | None = None) -> Line:
    """Say what is wrong."""
    return Line(name, FAULT, what, _place(where), hint)


def fault_of(name: str, error: KGError, *, hint: str = "Install diplomacy-kg again.") -> Line:
    """Say what is wrong as the error has it; the hint is for errors without one."""
    return Line(name, FAULT, error.what, error.where, error.hint or hint)


def _place(where: Path | str | None) -> str | None:
    return None if where is None else str(where)
