"""What an expression of time is read against, and which of several days it means."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from kg.model import Interval
    from kg.text.dateparts import Tense
    from kg.text.days import Days


class Setting(NamedTuple):
    """What an expression is read against."""

    anchor: date | None
    tense: Tense | None
    reference: Interval | None
    near: Interval | None


def choose(candidates: list[Days], anchor: date, tense: Tense | None, *, grace: int) -> Days | None:
    """Give the candidate nearest to the anchor among those on the side of the tense."""
    fitting = candidates
    if tense == "past":
        limit = anchor + timedelta(days=grace)
        fitting = [stretch for stretch in candidates if stretch[0] <= limit]
    elif tense == "future":
        fitting = [stretch for stretch in candidates if stretch[1] >= anchor]
    return min(fitting or candidates, key=lambda stretch: _distance(stretch, anchor), default=None)


def _distance(stretch: Days, anchor: date) -> int:
    return max((stretch[0] - anchor).days, (anchor - stretch[1]).days, 0)
