"""An event as one article builds it up, mention by mention."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Entity, Key, Term
    from kg.text.seeds import Seed


@dataclass(slots=True)
class Happening:
    """An event as the article builds it up. Local to one reading."""

    key: Key
    sort: str
    parties: dict[Key, Entity] = field(default_factory=dict)
    places: dict[Key, Entity] = field(default_factory=dict)
    seeds: list[Seed] = field(default_factory=list)
    ordinal: int | None = None
    statuses: set[Term] = field(default_factory=set)
    series: str | None = None
    first: int = sys.maxsize
    """The token of its first mention."""

    def take(self, seed: Seed) -> None:
        """Add a mention."""
        seed.key = self.key
        self.seeds.append(seed)
        self.first = min(self.first, seed.token)
        self.parties.update(seed.parties)
        self.places.update(seed.places)
        self.ordinal = seed.ordinal if self.ordinal is None else self.ordinal
        if seed.status is not None:
            self.statuses.add(seed.status)
