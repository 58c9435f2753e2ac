"""How well articles are read, measured against facts marked by hand (``kg.gold``).

The comparison is blind to events; ``kg.facts`` tells what is compared and when two facts are the same.
Precision counts read facts that gold has, recall gold facts that were read.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import DataError
from kg.facts import WITH_STANCE, Fact, Stances, gold_facts, read_facts, same
from kg.text.seeds import INSTRUMENTS, STANCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.gold import GoldItem
    from kg.kb import KnowledgeBase
    from kg.model import Reading


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one property: facts in gold and read, gold facts read, read facts that are right."""

    gold: int = 0
    read: int = 0
    hits: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Give the share of the read facts that gold has; 1 where nothing was read."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """Give the share of the gold facts that were read; 1 where gold has none."""
        return self.hits / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Give the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        """Give the counts of both together."""
        return Score(
            self.gold + other.gold, self.read + other.read, self.hits + other.hits, self.right + other.right
        )


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
        return self.stances_right / self.stances if self.stances else 1.0


def score(gold: Sequence[GoldItem], readings: Iterable[Reading], *, kb: KnowledgeBase) -> Scores:
    """Give the figures of readings, in the order of the gold items."""
    counts: dict[str, Score] = {}
    stances: Counter[bool] = Counter()
    differences = []
    for item, reading in zip(gold, readings, strict=True):
        wanted, found = gold_facts(item, kb), read_facts(reading)
        found = _without_unasked(wanted, found, reading)
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


def _without_unasked(wanted: Stances, found: Stances, reading: Reading) -> Stances:
    """Leave out the days of stances and texts where gold has none: those are marked for events only."""
    events = {
        mention.when.edtf
        for mention in reading.event_mentions
        if mention.when is not None and mention.type not in STANCES | INSTRUMENTS
    }
    return {
        fact: stances
        for fact, stances in found.items()
        if fact.predicate != "edtf" or fact.name in events or fact in wanted
    }


def table(scores: Scores) -> str:
    """Give the figures as lines of text, one a property, the total last."""
    lines = [f"{'':16} {'gold':>5} {'read':>5}  {'P':>5} {'R':>5} {'F1':>5}"]
    for name, row in [*scores.by_predicate.items(), ("all", scores.total)]:
        lines.append(
            f"{name:16} {row.gold:5} {row.read:5}  {row.precision:5.2f} {row.recall:5.2f} {row.f1:5.2f}"
        )
    lines.append(f"modality and polarity right: {scores.stance:.2f} of {scores.stances}")
    return "\n".join(lines)


def below(scores: Scores, floors: Mapping[str, Mapping[str, float]]) -> tuple[str, ...]:
    """Give a sentence for each figure under its floor.

    ``floors`` maps a property, or ``all``, to ``precision`` and ``recall``, and ``stance`` to ``share``.

    Raises:
        DataError: a floor is set for something that is not measured.
    """
    figures = {
        name: {"precision": row.precision, "recall": row.recall, "f1": row.f1}
        for name, row in [*scores.by_predicate.items(), ("all", scores.total)]
    }
    figures["stance"] = {"share": scores.stance}
    return tuple(
        f"{name} {measure}: {figures[name][measure]:.3f} is below its floor {floor:.3f}"
        for name, row in sorted(floors.items())
        for measure, floor in sorted(row.items())
        if _figure(figures, name, measure) < floor
    )


def _figure(figures: Mapping[str, Mapping[str, float]], name: str, measure: str) -> float:
    try:
        return figures[name][measure]
    except KeyError:
        raise DataError(
            f"a floor for {name!r} {measure!r}, which is not measured", hint=f"Measured: {sorted(figures)}"
        ) from None


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
