"""How events are merged across articles, against the global names that gold gives them.

All readings are assembled together, as ``kg build`` does it, without a store. Things are the events of gold
that have a global name and were read (``kg.evaluation.matching``, lenient); they are grouped in gold by global
name and as read by the merged event that their mentions went into. Figures: B-cubed over what was read; the
same over all events of gold with a global name, each that was not read being on its own; and pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.evaluation.bcubed import Grouping, bcubed, pairs
from kg.evaluation.counts import Score
from kg.graph.assemble import assemble
from kg.graph.identity import content_hash
from kg.model import Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.evaluation.bcubed import Labels
    from kg.evaluation.matching import Match
    from kg.gold import GoldItem
    from kg.graph.assemble import GraphContent
    from kg.model import Reading
    from kg.vocab import Vocabulary


@dataclass(frozen=True, slots=True)
class Element:
    """An event of gold that was read: where it stands, and the groups it belongs to."""

    article: str
    event: str
    """Its local name in gold."""
    wanted: str
    """Its global name in gold."""
    read: str
    """The path of the merged event."""

    @property
    def labels(self) -> Labels:
        """Give the group in gold and the group as read."""
        return self.wanted, self.read


@dataclass(frozen=True, slots=True)
class Fault:
    """Two events that were merged and are not one, or are one and were not merged."""

    merged: bool
    one: Element
    other: Element


@dataclass(frozen=True, slots=True)
class Merging:
    """The figures, and what went wrong."""

    found: Grouping
    """Over the events of gold that were read."""
    everything: Grouping
    """Over all events of gold; one that was not read is on its own."""
    pairs: Score
    elements: tuple[Element, ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """List what was merged wrongly and what was kept apart wrongly, each pair once."""
        return tuple(
            Fault(one.read == other.read, one, other)
            for first, one in enumerate(self.elements)
            for other in self.elements[first + 1 :]
            if (one.read == other.read) != (one.wanted == other.wanted)
        )


def content_of(readings: Iterable[Reading], *, vocabulary: Vocabulary, kb_version: str) -> GraphContent:
    """Assemble readings as the graph would have them."""
    return assemble(readings, vocabulary=vocabulary, kb_version=kb_version)


def merging(
    items: Sequence[GoldItem],
    readings: Sequence[Reading],
    matches: Sequence[Sequence[Match]],
    content: GraphContent,
) -> Merging | None:
    """Give how well events are merged; None where gold names no event globally."""
    named = [(item.article.id, event, wanted) for item in items for event, wanted in item.events.items()]
    if not named:
        return None
    elements = tuple(_elements(items, readings, matches, content))
    read = {(element.article, element.event) for element in elements}
    unread = [
        (wanted, f"unread {article} {event}")
        for article, event, wanted in named
        if (article, event) not in read
    ]
    labels = [element.labels for element in elements]
    counts = len(named), len(elements)
    return Merging(
        found=bcubed(labels, gold=counts[0], read=counts[1]),
        everything=bcubed([*labels, *unread], gold=counts[0], read=counts[1]),
        pairs=_pairs(labels, [wanted for _, _, wanted in named]),
        elements=elements,
    )


def _pairs(labels: Sequence[Labels], named: Sequence[str]) -> Score:
    """Count pairs: of gold all that belong together, read or not."""
    counted = pairs(labels)
    wanted = pairs([(name, name) for name in named]).gold
    return Score(wanted, counted.read, counted.hits, counted.right)


def _elements(
    items: Sequence[GoldItem],
    readings: Sequence[Reading],
    matches: Sequence[Sequence[Match]],
    content: GraphContent,
) -> Iterator[Element]:
    paths = {member: event.path for event in content.events for member in event.members}
    for item, reading, found in zip(items, readings, matches, strict=True):
        for pair in found:
            path = paths.get((content_hash(reading.article), Key(pair.read.id)))
            wanted = item.events.get(pair.gold.id)
            if path is not None and wanted is not None:
                yield Element(item.article.id, pair.gold.id, wanted, path)
