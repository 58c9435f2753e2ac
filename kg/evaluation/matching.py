"""Which event that was read is which event of gold, one to one within an article.

Two criteria:

- *strict*: the class is equal, or one class lies below the other; the EDTF dates are the same ones, the
  narrowest places are the same ones, and so are the participants (who takes part, also through a delegation;
  who does it and to whom). What gold leaves open must be left open.
- *lenient*: the classes belong to one family (the class right below ``dip:Event``: talks and calls are
  meetings, an attack and a sanction are acts), no date contradicts (where both tell dates, one of each shares a
  day), and at least one argument is shared: a party, a helper, a leader, a place or a number of votes.

Of the pairs that meet the lenient criterion the best are taken first: strict before others, then those that
agree in more (arguments with their roles, dates), then those in which this is the larger share, then in the
order of gold and of the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.evaluation.dates import contradict
from kg.evaluation.events import family, nested, shared_names
from kg.facts import same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.evaluation.events import EventTold
    from kg.facts import Fact
    from kg.vocab import Vocabulary


@dataclass(frozen=True, slots=True)
class Match:
    """An event of gold and the one that was read for it."""

    gold: EventTold
    read: EventTold
    strict: bool


def match(gold: Sequence[EventTold], read: Sequence[EventTold], vocabulary: Vocabulary) -> tuple[Match, ...]:
    """Give the best pairs of one article that meet the lenient criterion, in the order of gold."""
    return _best(gold, read, vocabulary, lambda one, other: is_lenient(one, other, vocabulary))


def near_misses(
    gold: Sequence[EventTold], read: Sequence[EventTold], matches: Iterable[Match], vocabulary: Vocabulary
) -> tuple[Match, ...]:
    """Give the best pairs among the other events that share an argument, and either the class or the days fit."""
    done = {(pair.gold.id, pair.read.id) for pair in matches}
    golds, reads = {one for one, _ in done}, {other for _, other in done}
    return _best(
        [event for event in gold if event.id not in golds],
        [event for event in read if event.id not in reads],
        vocabulary,
        lambda one, other: _is_near(one, other, vocabulary),
    )


def is_strict(gold: EventTold, read: EventTold, vocabulary: Vocabulary) -> bool:
    """Tell whether class, dates, places and participants are all the same."""
    return (
        nested(gold.type, read.type, vocabulary)
        and gold.dates == read.dates
        and _same_places(gold, read)
        and _same_names(gold.parties, read.parties)
    )


def is_lenient(gold: EventTold, read: EventTold, vocabulary: Vocabulary) -> bool:
    """Tell whether the classes are akin, no date contradicts and an argument is shared."""
    return (
        family(gold.type, vocabulary) == family(read.type, vocabulary)
        and not contradict(gold.dates, read.dates)
        and shared_names(gold.arguments, read.arguments) > 0
    )


def _is_near(gold: EventTold, read: EventTold, vocabulary: Vocabulary) -> bool:
    akin = family(gold.type, vocabulary) == family(read.type, vocabulary)
    apart = contradict(gold.dates, read.dates)
    return (akin or not apart) and shared_names(gold.arguments, read.arguments) > 0


def _same_places(gold: EventTold, read: EventTold) -> bool:
    here, there = (
        tuple(fact for fact in event.arguments if fact.predicate == "location" and fact.name in event.places)
        for event in (gold, read)
    )
    return _same_names(here, there)


def _same_names(one: Sequence[Fact], other: Sequence[Fact]) -> bool:
    return shared_names(one, other) == len(one) and shared_names(other, one) == len(other)


def _best(
    gold: Sequence[EventTold],
    read: Sequence[EventTold],
    vocabulary: Vocabulary,
    fits: Callable[[EventTold, EventTold], bool],
) -> tuple[Match, ...]:
    ranked = sorted(
        (_rank(one, other, vocabulary), first, second)
        for first, one in enumerate(gold)
        for second, other in enumerate(read)
        if fits(one, other)
    )
    taken: dict[int, Match] = {}
    used: set[int] = set()
    for (loose, _, _), first, second in ranked:
        if first not in taken and second not in used:
            used.add(second)
            taken[first] = Match(gold[first], read[second], not loose)
    return tuple(taken[first] for first in sorted(taken))


def _rank(gold: EventTold, read: EventTold, vocabulary: Vocabulary) -> tuple[bool, int, float]:
    """Give how far a pair stands back: lower is better."""
    roles = sum(any(same(fact, other) for other in read.arguments) for fact in gold.arguments)
    agreed = roles + len(gold.dates & read.dates) + nested(gold.type, read.type, vocabulary)
    told = [len(event.arguments) + len(event.dates) + 1 for event in (gold, read)]
    return not is_strict(gold, read, vocabulary), -agreed, -2 * agreed / sum(told)
