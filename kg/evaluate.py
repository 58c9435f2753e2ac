"""How well articles are read, measured against facts marked by hand (``kg.gold``): the figures and their floors.

What each figure counts is told where it is computed, in ``kg.evaluation``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import DataError
from kg.evaluation.bcubed import Grouping
from kg.evaluation.counts import Score, Share
from kg.evaluation.figures import Figures, measure
from kg.evaluation.relations import Difference, Scores, score
from kg.evaluation.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping


__all__ = [
    "Difference",
    "Figures",
    "Grouping",
    "Score",
    "Scores",
    "Share",
    "below",
    "measure",
    "score",
    "table",
]


def below(figures: Scores | Figures, floors: Mapping[str, Mapping[str, float]]) -> tuple[str, ...]:
    """Give a sentence for each figure under its floor.

    ``floors`` maps a property, ``all`` or another figure to ``precision``, ``recall`` and ``f1``, and ``stance``
    and ``speaker`` to ``share``.

    Raises:
        DataError: a floor is set for something that is not measured.
    """
    named = figures.named()
    return tuple(
        f"{name} {measure}: {named[name][measure]:.3f} is below its floor {floor:.3f}"
        for name, row in sorted(floors.items())
        for measure, floor in sorted(row.items())
        if _figure(named, name, measure) < floor
    )


def _figure(named: Mapping[str, Mapping[str, float]], name: str, measure: str) -> float:
    try:
        return named[name][measure]
    except KeyError:
        raise DataError(
            f"a floor for {name!r} {measure!r}, which is not measured", hint=f"Measured: {sorted(named)}"
        ) from None
