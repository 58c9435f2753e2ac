"""What tells one event from another: parties, leaders, place, days, number in a series."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.graph.dates import bounds, precise
from kg.graph.terms import EDTF, FOLLOWS, LEADS, PARTICIPATES, REPRESENTS, STATUS, asserted, is_global
from kg.model import Interval, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.graph.claims import Fact, Source
    from kg.vocab import Vocabulary

Member = tuple[str, str]
"""(sha256 of the document, local key) of an event in one article."""

MEETING = Term("dip:Meeting")
INDIRECT = Term("dip:IndirectTalks")
CALL = Term("dip:Call")
ACT = Term("dip:Act")
VISIT = Term("dip:Visit")
VOTE = Term("dip:Vote")

# More than this, and a date leaves room for several rounds. From the rule in meaning.md that
# reports of one round may differ by three days.
SHORT = 3


@dataclass(frozen=True, slots=True)
class Profile:
    """An event as one article (or a merged group) tells it; hashable, so equal ones collapse."""

    type: Term
    actors: frozenset[str]
    """States, organizations, blocs that take part, on their own or through a delegation."""
    persons: frozenset[str]
    """Persons who take part in their own name."""
    leaders: frozenset[str]
    doers: frozenset[str]
    """Who performs an act; the target is in ``actors``."""
    places: frozenset[str]
    days: tuple[int, int] | None
    """First and last day as ordinals, where the dates told leave at most a few days."""
    span: tuple[int, int] | None
    """First and last day as ordinals, however vague; None where no date is told."""
    ordinals: frozenset[int]
    weekdays: frozenset[int]
    subjects: frozenset[str]
    """The instrument that is voted on."""
    statuses: frozenset[str] = field(default=frozenset(), compare=False)
    """How far it has come; does not tell one event from another, so it does not count when equal ones collapse."""

    @property
    def everyone(self) -> frozenset[str]:
        """All persons: those who take part and those who lead."""
        return self.persons | self.leaders

    @property
    def parties(self) -> frozenset[str]:
        """All who take part, of any kind."""
        return self.actors | self.persons


def tell(source: Source, facts: Iterable[Fact]) -> dict[str, Profile]:
    """Gather what one article tells of each of its events, by local key."""
    about = _grouped(facts)
    return {
        key: _profile(key, source, about)
        for key in sorted(source.mentions)
        if not is_global(key) and _is_event(source.types[key], source.vocabulary)
    }


def follows_of(facts: Iterable[Fact]) -> set[tuple[str, str]]:
    """Give which event of an article follows which, as local keys."""
    return {
        (fact.claim.subject, str(fact.claim.object))
        for fact in facts
        if fact.claim.predicate == FOLLOWS and asserted(fact.claim)
    }


def _is_event(term: Term, vocabulary: Vocabulary) -> bool:
    return term in vocabulary and vocabulary.is_a(term, "dip:Event")


def _grouped(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    about: dict[str, list[Fact]] = {}
    for fact in facts:
        about.setdefault(fact.claim.predicate, []).append(fact)
    return about


def _profile(key: str, source: Source, about: Mapping[str, list[Fact]]) -> Profile:
    teams = set(_subjects(key, about.get(PARTICIPATES, ()))) & _teams(about)
    sides = {str(fact.claim.object) for fact in about.get(REPRESENTS, ()) if fact.claim.subject in teams}
    parties = set(_subjects(key, about.get(PARTICIPATES, ()))) - teams
    parties |= set(_objects(key, about.get("dip:directedAt", ())))
    persons = {party for party in parties if source.types.get(party) == "dip:Person"}
    leads = [fact.claim for fact in about.get(LEADS, ()) if fact.claim.object in teams]
    dates = _dates(key, about)
    mentions = source.mentions[key]
    return Profile(
        type=source.types[key],
        actors=frozenset(parties - persons) | sides,
        persons=frozenset(persons),
        leaders=frozenset(claim.subject for claim in leads if not claim.stance.negated),
        doers=frozenset(_subjects(key, about.get("dip:performs", ()))),
        places=frozenset(_objects(key, _held(about.get("dip:location", ())))),
        days=_days(dates),
        span=_span(dates),
        ordinals=frozenset(mention.ordinal for mention in mentions if mention.ordinal is not None),
        weekdays=frozenset(mention.weekday for mention in mentions if mention.weekday is not None),
        subjects=frozenset(_objects(key, about.get("dip:voteOn", ()))),
        statuses=frozenset(_objects(key, about.get(STATUS, ()))),
    )


def _dates(key: str, about: Mapping[str, list[Fact]]) -> tuple[Interval, ...]:
    """Give the dates told; those of what was denied tell it from others where there are no more."""
    told = [fact for fact in about.get(EDTF, ()) if fact.claim.subject == key]
    chosen = _held(told) or told
    return precise(fact.interval for fact in chosen if fact.interval is not None)


def _teams(about: Mapping[str, list[Fact]]) -> set[str]:
    return {fact.claim.subject for fact in about.get(REPRESENTS, ())}


def _held(facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if asserted(fact.claim)]


def _subjects(key: str, facts: Iterable[Fact]) -> Iterator[str]:
    return (fact.claim.subject for fact in facts if fact.claim.object == key)


def _objects(key: str, facts: Iterable[Fact]) -> Iterator[str]:
    return (str(fact.claim.object) for fact in facts if fact.claim.subject == key)


def _span(dates: tuple[Interval, ...]) -> tuple[int, int] | None:
    if not dates:
        return None
    ends = [bounds(when) for when in dates]
    return min(start for start, _ in ends), max(end for _, end in ends)


def _days(dates: tuple[Interval, ...]) -> tuple[int, int] | None:
    span = _span(dates)
    return span if span is not None and span[1] - span[0] <= SHORT else None


def same_kind(one: Term, other: Term, vocabulary: Vocabulary) -> bool:
    """Tell whether two classes can name one event: talks are a meeting, a call is no visit.

    "Talks" leaves open whether the parties sat together, so indirect talks of the same parties, day
    and place are the same event, told more precisely. A telephone is told on purpose: a call never
    matches what does without it.
    """
    if one == other:
        return True
    if any(vocabulary.is_a(term, special) for term in (one, other) for special in (CALL,)):
        return False
    return (
        vocabulary.is_a(one, MEETING) and vocabulary.is_a(other, MEETING) and _nested(one, other, vocabulary)
    )


def _nested(one: Term, other: Term, vocabulary: Vocabulary) -> bool:
    return vocabulary.is_a(one, other) or vocabulary.is_a(other, one)


def same_parties(one: Profile, other: Profile) -> bool:
    """Tell whether two reports name the same parties; a person and his state are not the same."""
    if one.persons and other.persons and one.persons.isdisjoint(other.persons):
        return False
    if _agree(one.parties, other.parties) or _agree(one.actors, other.actors):
        return True
    return not (one.actors and other.actors) and _agree(one.everyone, other.everyone)


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = one & other
    return len(shared) >= 2 and shared in (one, other)


def same_leaders(one: Profile, other: Profile) -> bool:
    """Tell whether two reports name the same leaders, at least two of them."""
    return _agree(one.leaders, other.leaders)


def days_apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Give the days between two stretches; 0 where they overlap."""
    return max(0, one[0] - other[1], other[0] - one[1])
