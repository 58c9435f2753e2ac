"""All figures of a gold file together, by the names that tables, formats and floors know them by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.evaluation.bcubed import Grouping, bcubed
from kg.evaluation.binding import bound
from kg.evaluation.confusions import Confusion, gathered, in_events, in_relations, in_speakers, in_stances
from kg.evaluation.counts import Score, Share
from kg.evaluation.dates import named_days
from kg.evaluation.entities import entities
from kg.evaluation.events import gold_events, read_events
from kg.evaluation.matching import match, near_misses
from kg.evaluation.merging import Merging, content_of, merging
from kg.evaluation.relations import STANCE, Scores, score
from kg.evaluation.speakers import Speakers, speakers
from kg.facts import ROLES, gold_facts, read_facts
from kg.vocab import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.evaluation.bcubed import Labels
    from kg.evaluation.confusions import Seen
    from kg.evaluation.matching import Match
    from kg.gold import GoldItem
    from kg.kb import KnowledgeBase
    from kg.model import Reading

Line = tuple[str, "Score | Grouping | Share | None"]
"""A name and its figure; None where gold has nothing to measure it by."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All that is measured of the readings of a gold file."""

    scores: Scores
    days: Score
    entities: Score
    events: Mapping[str, Score]
    """By criterion, ``strict`` and ``lenient``."""
    binding: Grouping
    merging: Merging | None
    """None where gold gives no event a global name."""
    speakers: Speakers
    confusions: tuple[Confusion, ...]

    @property
    def roles(self) -> Score:
        """Give the counts of the role facts together."""
        return sum((row for name, row in self.scores.by_predicate.items() if name in ROLES), Score())

    def lines(self) -> Iterator[Line]:
        """Yield every figure with its name, relations first."""
        yield from self.scores.by_predicate.items()
        yield "all", self.scores.total
        yield "roles", self.roles
        yield "days", self.days
        yield "dates", self.scores.by_predicate.get("edtf", Score())
        yield "entities", self.entities
        yield from ((f"events-{criterion}", row) for criterion, row in self.events.items())
        yield "binding", self.binding
        yield "merging", None if self.merging is None else self.merging.found
        yield "merging-all", None if self.merging is None else self.merging.everything
        yield "merging-pairs", None if self.merging is None else self.merging.pairs
        yield "credited", self.speakers.credited
        yield "speaker", self.speakers.share
        yield STANCE, self.scores.stance_share

    def named(self) -> dict[str, dict[str, float]]:
        """Give what was measured, for floors."""
        return {name: figure.measures() for name, figure in self.lines() if figure is not None}


@dataclass(frozen=True, slots=True)
class _Compared:
    """One article, compared."""

    matches: tuple[Match, ...]
    events: tuple[int, int]
    bound: tuple[Labels, ...]
    entities: Score
    speakers: Speakers
    seen: tuple[Seen, ...]


def measure(items: Sequence[GoldItem], readings: Sequence[Reading], *, kb: KnowledgeBase) -> Figures:
    """Give all figures of readings, in the order of the gold items."""
    vocabulary = Vocabulary.load()
    compared = [
        _compare(item, reading, kb, vocabulary) for item, reading in zip(items, readings, strict=True)
    ]
    return Figures(
        scores=score(items, readings, kb=kb),
        days=named_days(items, readings, kb=kb),
        entities=sum((one.entities for one in compared), Score()),
        events=_events(compared),
        binding=bcubed(_across(compared)),
        merging=_merging(items, readings, compared, kb, vocabulary),
        speakers=sum((one.speakers for one in compared), Speakers(Share(), Score())),
        confusions=gathered(
            (item.article.id, seen) for item, one in zip(items, compared, strict=True) for seen in one.seen
        ),
    )


def _compare(item: GoldItem, reading: Reading, kb: KnowledgeBase, vocabulary: Vocabulary) -> _Compared:
    gold, read = gold_events(item, kb, vocabulary), read_events(reading, kb, vocabulary)
    matches = match(gold, read, vocabulary)
    wanted, found = gold_facts(item, kb), read_facts(reading)
    credited = speakers(item, reading, kb)
    return _Compared(
        matches=matches,
        events=(len(gold), len(read)),
        bound=bound(gold, read, matches),
        entities=entities(wanted, found),
        speakers=credited,
        seen=(
            *in_events(matches, near_misses(gold, read, matches, vocabulary)),
            *in_stances(wanted, found),
            *in_relations(wanted, found),
            *in_speakers(credited.confusions),
        ),
    )


def _events(compared: Sequence[_Compared]) -> dict[str, Score]:
    """Count the events under either criterion; the pairs are those of the lenient one."""
    gold, read = (sum(one.events[side] for one in compared) for side in (0, 1))
    pairs = [pair for one in compared for pair in one.matches]
    strict, lenient = sum(pair.strict for pair in pairs), len(pairs)
    return {
        "strict": Score(gold, read, strict, strict),
        "lenient": Score(gold, read, lenient, lenient),
    }


def _across(compared: Sequence[_Compared]) -> list[Labels]:
    """Put the facts of all articles together; no article shares an event with another here."""
    return [
        (f"{index} {event}", f"{index} {read}")
        for index, one in enumerate(compared)
        for event, read in one.bound
    ]


def _merging(
    items: Sequence[GoldItem],
    readings: Sequence[Reading],
    compared: Sequence[_Compared],
    kb: KnowledgeBase,
    vocabulary: Vocabulary,
) -> Merging | None:
    if not any(item.events for item in items):
        return None
    content = content_of(readings, vocabulary=vocabulary, kb_version=kb.version)
    return merging(items, readings, [one.matches for one in compared], content)
