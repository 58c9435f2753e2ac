"""What a part of the campaign found: how much was tried, and every fault in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; ``left_out`` says why nothing was tried."""

    what: str
    tried: int
    faults: tuple[str, ...] = ()
    note: str = ""
    left_out: str = ""


def counted(words: Iterable[str]) -> str:
    """Give how often each word came, the most frequent first."""
    return ", ".join(f"{count:,} {word}" for word, count in Counter(words).most_common())


def table(figures: Iterable[Figure], seconds: Mapping[str, float]) -> str:
    """Lay the figures out, with what each part took."""
    rows = [("", "tried", "faults", "")]
    for figure in figures:
        faults = "left out" if figure.left_out else f"{len(figure.faults):,}"
        rows.append((figure.what, f"{figure.tried:,}", faults, figure.left_out or figure.note))
    wide = [max(len(row[at]) for row in rows) for at in range(3)]
    lines = [
        f"{row[0]:<{wide[0]}}  {row[1]:>{wide[1]}}  {row[2]:>{wide[2]}}  {row[3]}".rstrip() for row in rows
    ]
    took = ", ".join(f"{part} {spent:,.0f} s" for part, spent in seconds.items())
    return "\n".join([*lines, "", f"took: {took}"])


def told(figures: Iterable[Figure]) -> str:
    """Give the first faults of each line in words."""
    lines = []
    for figure in figures:
        lines += [f"{figure.what}: {fault}" for fault in figure.faults[:_SHOWN]]
        if len(figure.faults) > _SHOWN:
            lines.append(f"{figure.what}: … and {len(figure.faults) - _SHOWN:,} more")
    return "\n".join(lines)
