"""The counts that every figure comes from: precision, recall, F1, and shares."""

from __future__ import annotations

from dataclasses import dataclass


def harmonic(precision: float, recall: float) -> float:
    """Give the harmonic mean of precision and recall; 0 where both are 0."""
    both = precision + recall
    return 2 * precision * recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of what is compared: in gold and read, of gold what was read, of what was read what is right."""

    gold: int = 0
    read: int = 0
    hits: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Give the share of what was read that gold has; 1 where nothing was read."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """Give the share of gold that was read; 1 where gold has nothing."""
        return self.hits / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Give the harmonic mean of precision and recall."""
        return harmonic(self.precision, self.recall)

    def measures(self) -> dict[str, float]:
        """Give precision, recall and F1 by name."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1}

    def __add__(self, other: Score) -> Score:
        """Give the counts of both together."""
        return Score(
            self.gold + other.gold, self.read + other.read, self.hits + other.hits, self.right + other.right
        )


@dataclass(frozen=True, slots=True)
class Share:
    """How many were compared, and how many of these are right."""

    compared: int = 0
    right: int = 0

    @property
    def share(self) -> float:
        """Give the share that is right; 1 where none was compared."""
        return self.right / self.compared if self.compared else 1.0

    def measures(self) -> dict[str, float]:
        """Give the share by name."""
        return {"share": self.share}

    def __add__(self, other: Share) -> Share:
        """Give the counts of both together."""
        return Share(self.compared + other.compared, self.right + other.right)
