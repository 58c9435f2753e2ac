"""B-cubed: how well things are grouped, seen from each thing in turn, and averaged.

The precision of a thing is the share of its group that belongs with it, its recall the share of what
belongs with it that is in its group; both count the thing itself. The figures are means over all things.
After A. Bagga and B. Baldwin, "Entity-based cross-document coreferencing using the vector space model",
COLING-ACL 1998; E. Amigó et al., "A comparison of extrinsic clustering evaluation metrics based on formal
constraints", Information Retrieval 12 (2009), show that of the usual measures it alone punishes both what is
wrongly put together and what is wrongly kept apart in a way that fits four plain demands.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from math import fsum
from typing import TYPE_CHECKING

from kg.evaluation.counts import Score, harmonic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Labels = tuple[str, str]
"""The group of a thing in gold, and the group it was read into."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """The B-cubed figures of a grouping of ``gold`` things, of which ``read`` were found at all."""

    gold: int
    read: int
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Give the harmonic mean of precision and recall."""
        return harmonic(self.precision, self.recall)

    def measures(self) -> dict[str, float]:
        """Give precision, recall and F1 by name."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1}


def bcubed(labels: Sequence[Labels], *, gold: int | None = None, read: int | None = None) -> Grouping:
    """Give the B-cubed figures of things, each with its group in gold and as read.

    ``gold`` and ``read`` are what the figures are printed beside: how many things there are in gold and how
    many were found; each is the number of things where it is not given. Without things all is right.
    """
    count = len(labels)
    told = (count if gold is None else gold, count if read is None else read)
    if not count:
        return Grouping(*told, 1.0, 1.0)
    both, wanted, found = Counter(labels), Counter(a for a, _ in labels), Counter(b for _, b in labels)
    precision = fsum(together * together / found[label] for (_, label), together in both.items())
    recall = fsum(together * together / wanted[label] for (label, _), together in both.items())
    return Grouping(*told, precision / count, recall / count)


def pairs(labels: Iterable[Labels]) -> Score:
    """Count the pairs of things that belong together, that were read together, and that were both."""
    counted = [(one[0] == other[0], one[1] == other[1]) for one, other in combinations(list(labels), 2)]
    both = sum(wanted and found for wanted, found in counted)
    return Score(sum(wanted for wanted, _ in counted), sum(found for _, found in counted), both, both)
