"""Figures and confusions as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.evaluation.counts import Share
from kg.report import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.evaluation.bcubed import Grouping
    from kg.evaluation.confusions import Confusion
    from kg.evaluation.counts import Score
    from kg.evaluation.figures import Figures
    from kg.evaluation.relations import Scores

_SHARES = {"stance": "modality and polarity", "speaker": "speaker"}
_UNNAMED = "not measured: no event of gold has a name across articles"
_TEXTS = 5
"""How many texts a confusion names."""


def table(figures: Scores | Figures) -> str:
    """Give the figures as lines of text, one a figure: counted ones first, then shares."""
    head = f"{'':20} {'gold':>6} {'read':>6}  {'P':>5} {'R':>5} {'F1':>5}"
    return "\n".join([head, *(_line(name, figure) for name, figure in figures.lines())])


def _line(name: str, figure: Score | Grouping | Share | None) -> str:
    if figure is None:
        return f"{name:20} {_UNNAMED}"
    if isinstance(figure, Share):
        count = f"{figure.compared:,} {'fact' if figure.compared == 1 else 'facts'}"
        return f"{_SHARES[name]} right: {figure.share:.2f} of {count}"
    return (
        f"{name:20} {figure.gold:6} {figure.read:6}  "
        f"{figure.precision:5.2f} {figure.recall:5.2f} {figure.f1:5.2f}"
    )


def confusion_lines(confusions: Sequence[Confusion]) -> Iterator[str]:
    """Yield what was read for what, and modality as a matrix: a row for gold, a column for what was read."""
    for one in confusions:
        if one.kind != "modality":
            more = ", …" if len(one.ids) > _TEXTS else ""
            where = ", ".join(one.ids[:_TEXTS]) + more
            yield safe(f"{one.kind}: {one.gold} read as {one.read}, {one.count} ({where})")
    yield from _matrix(
        {(safe(one.gold), safe(one.read)): one.count for one in confusions if one.kind == "modality"}
    )


def _matrix(counts: Mapping[tuple[str, str], int]) -> Iterator[str]:
    names = sorted({name for cell in counts for name in cell})
    if not names:
        return
    yield f"{'modality':20} {' '.join(f'{name:>{_width(name)}}' for name in names)}"
    for gold in names:
        row = (f"{counts.get((gold, read), 0):>{_width(read)}}" for read in names)
        yield f"{gold:20} {' '.join(row)}"


def _width(name: str) -> int:
    return max(len(name), 6)
