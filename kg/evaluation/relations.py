"""How well facts are read, relation by relation, against facts marked by hand (``kg.gold``).

The comparison is blind to events; ``kg.facts`` tells what is compared and when two facts are the same.
Precision counts read facts that gold has, recall gold facts that were read.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.evaluation.counts import Score, Share
from kg.evaluation.dates import asked_for, bare_deeds
from kg.facts import WITH_STANCE, Fact, Stances, gold_facts, read_facts, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.gold import GoldItem
    from kg.kb import KnowledgeBase
    from kg.model import Reading


STANCE = "stance"
"""The name of the share of right modality and polarity."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What one text was read wrong in."""

    id: str
    missing: tuple[Fact, ...]
    extra: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of a whole gold file."""

    by_predicate: Mapping[str, Score]
    stances: int
    """Facts found with the very same names, of those that have a modality."""
    stances_right: int
    """Of these, how many have the right modality and polarity."""
    differences: tuple[Difference, ...]

    @property
    def total(self) -> Score:
        """Give the counts of all properties together."""
        return sum(self.by_predicate.values(), Score())

    @property
    def stance(self) -> float:
        """Give the share of right modality and polarity; 1 where none was compared."""
        return self.stance_share.share

    @property
    def stance_share(self) -> Share:
        """Give how many modalities and polarities were compared, and how many are right."""
        return Share(self.stances, self.stances_right)

    def lines(self) -> Iterator[tuple[str, Score | Share]]:
        """Yield every figure with its name, relations first."""
        yield from self.by_predicate.items()
        yield "all", self.total
        yield STANCE, self.stance_share

    def named(self) -> dict[str, dict[str, float]]:
        """Give what was measured, for floors."""
        return {name: figure.measures() for name, figure in self.lines()}


def score(gold: Sequence[GoldItem], readings: Iterable[Reading], *, kb: KnowledgeBase) -> Scores:
    """Give the figures of readings, in the order of the gold items."""
    counts: dict[str, Score] = {}
    stances: Counter[bool] = Counter()
    differences = []
    bare = bare_deeds(gold)
    for item, reading in zip(gold, readings, strict=True):
        wanted, found = gold_facts(item, kb), read_facts(reading)
        found = asked_for(wanted, found, reading, bare)
        for predicate, counted in _count(wanted, found).items():
            counts[predicate] = counts.get(predicate, Score()) + counted
        stances.update(_stances_agree(wanted, found))
        differences.append(_difference(item.article.id, wanted, found))
    return Scores(
        by_predicate={name: counts[name] for name in sorted(counts)},
        stances=stances.total(),
        stances_right=stances[True],
        differences=tuple(d for d in differences if d.missing or d.extra),
    )


def _count(wanted: Stances, found: Stances) -> dict[str, Score]:
    counts: dict[str, Score] = {}
    for fact in wanted:
        one = Score(gold=1, hits=int(any(same(fact, other) for other in found)))
        counts[fact.predicate] = counts.get(fact.predicate, Score()) + one
    for fact in found:
        one = Score(read=1, right=int(any(same(other, fact) for other in wanted)))
        counts[fact.predicate] = counts.get(fact.predicate, Score()) + one
    return counts


def _stances_agree(wanted: Stances, found: Stances) -> Iterator[bool]:
    """Say, for each fact of gold that was read, whether one of its stances was read with it."""
    for fact, stances in wanted.items():
        if fact.predicate in WITH_STANCE:
            told = [read for other, read in found.items() if same(fact, other)]
            if told:
                yield any(stances & read for read in told)


def _difference(name: str, wanted: Stances, found: Stances) -> Difference:
    missing = sorted(fact for fact in wanted if not any(same(fact, other) for other in found))
    extra = sorted(fact for fact in found if not any(same(other, fact) for other in wanted))
    return Difference(name, tuple(missing), tuple(extra))
