"""The things that articles tell of (events, instruments, stances, teams), merged and named."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING

from kg.graph.dates import agreed, common, hull, precise
from kg.graph.identity import evidence_hash, kind, last, slug
from kg.graph.terms import around, asserted, delegation_key, is_global

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from kg.graph.claims import Fact, Source
    from kg.graph.profile import Member, Profile
    from kg.model import EventMention, Interval, Reason, Span, Term
    from kg.vocab import Vocabulary

# How many parties a path names before it only counts the rest.
_NAMED = 4
_CONTENT_WORDS = 6


@dataclass(frozen=True, slots=True)
class Thing:
    """Something told of by one or more articles, before it has a path."""

    members: tuple[Member, ...]
    type: Term
    hash: str
    """The lowest evidence hash of its reports."""
    labels: tuple[str, ...] = ()
    """The names that sources give it, most frequent first."""
    profile: Profile | None = None
    """What its reports say together, for events."""
    days: tuple[date | None, date | None] = (None, None)
    makers: tuple[str, ...] = ()
    """Who signs, adopts or takes it, or hosts, mediates, guarantees or observes it: paths."""
    content: str = ""
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """All readings at hand, by the hash of their text."""

    sources: Mapping[str, Source]
    facts: Mapping[str, tuple[Fact, ...]]
    actors: Mapping[str, tuple[str, ...]]
    """The persons, states and bodies that each names."""
    within: Mapping[str, str]
    """The place or state that a place lies in."""
    states: frozenset[str]
    vocabulary: Vocabulary

    def mentions(self, member: Member) -> list[EventMention]:
        """Give the mentions of one thing in one article."""
        sha, key = member
        return self.sources[sha].mentions.get(key, [])

    def spans(self, member: Member) -> list[Span]:
        """Give the passages that speak of one thing in one article."""
        return [mention.evidence for mention in self.mentions(member)]

    def type_of(self, member: Member) -> Term:
        """Give the class that the article uses."""
        return self.sources[member[0]].types[member[1]]


def event_thing(
    members: tuple[Member, ...],
    reasons: tuple[Reason, ...],
    profiles: Mapping[Member, Profile],
    about: Mapping[Member, list[Fact]],
    corpus: Corpus,
) -> Thing:
    """Put together what the reports of one event say."""
    profile = reduce(_together, (profiles[member] for member in members))
    finest = most_specific([corpus.type_of(member) for member in members], corpus.vocabulary)
    thing = _thing(members, about, corpus)
    return replace(thing, type=finest, profile=replace(profile, type=finest), reasons=reasons)


def made_thing(members: tuple[Member, ...], about: Mapping[Member, list[Fact]], corpus: Corpus) -> Thing:
    """Put together what the reports of one instrument or stance say."""
    return _thing(members, about, corpus)


def _thing(members: tuple[Member, ...], about: Mapping[Member, list[Fact]], corpus: Corpus) -> Thing:
    facts = [fact for member in members for fact in about.get(member, ())]
    return Thing(
        members=members,
        type=most_specific([corpus.type_of(member) for member in members], corpus.vocabulary),
        hash=min(evidence_hash(sha, span) for sha, key in members for span in corpus.spans((sha, key))),
        labels=_labels(members, corpus),
        days=_days(fact.interval for fact in facts if fact.interval is not None and asserted(fact.claim)),
        makers=tuple(sorted({fact.claim.subject for fact in facts if fact.claim.predicate in _MAKES})),
        content=_content(facts),
    )


_MAKES = frozenset(
    f"dip:{name}"
    for name in ("signs", "adopts", "takes", "hosts", "brokers", "mediates", "guarantees", "observes")
)


def most_specific(types: Iterable[Term], vocabulary: Vocabulary) -> Term:
    """Give the class that lies deepest; among equals the first by name."""
    return min(types, key=lambda term: (-len(vocabulary.superclasses(term)), term))


def _together(one: Profile, other: Profile) -> Profile:
    return replace(
        one,
        actors=one.actors | other.actors,
        persons=one.persons | other.persons,
        leaders=one.leaders | other.leaders,
        doers=one.doers | other.doers,
        places=one.places | other.places,
        subjects=one.subjects | other.subjects,
    )


def _labels(members: Sequence[Member], corpus: Corpus) -> tuple[str, ...]:
    return _ranked(mention for member in members for mention in corpus.mentions(member))


def _ranked(mentions: Iterable[EventMention]) -> tuple[str, ...]:
    told = [mention.label for mention in mentions]
    names = [" ".join(label.split()) for label in told if label is not None and label.strip()]
    return tuple(sorted(set(names), key=lambda name: (-names.count(name), -len(name), name)))


def _days(intervals: Iterable[Interval]) -> tuple[date | None, date | None]:
    """Give the days as precisely as undisputed."""
    narrow = precise(intervals)
    one = agreed(narrow)
    return (one.earliest, one.latest) if one is not None else hull(narrow)


def _content(facts: Sequence[Fact]) -> str:
    told = [fact.claim for fact in facts if fact.claim.predicate == "dip:content"]
    first = min(told, key=lambda claim: (claim.evidence[0][0], claim.id), default=None)
    return "" if first is None or isinstance(first.object, str) else first.object.text


def about_members(corpus: Corpus) -> dict[Member, list[Fact]]:
    """Index the facts by the local things they speak of."""
    about: dict[Member, list[Fact]] = {}
    for sha, facts in corpus.facts.items():
        for fact in facts:
            for key in {fact.claim.subject, fact.claim.object}:
                if isinstance(key, str) and key in corpus.sources[sha].types and not is_global(key):
                    about.setdefault((sha, key), []).append(fact)
    return about


def merge_instruments(
    members: Iterable[Member], about: Mapping[Member, list[Fact]], corpus: Corpus
) -> list[tuple[Member, ...]]:
    """Group instruments of one type and one numbered name, unless different bodies adopt them."""
    groups: dict[tuple[object, ...], list[Member]] = {}
    for member in sorted(members):
        name = numbered(corpus.type_of(member), corpus.mentions(member), corpus.vocabulary)
        groups.setdefault(name or member, []).append(member)
    return sorted(part for group in groups.values() for part in _by_body(group, about))


def numbered(term: Term, mentions: Iterable[EventMention], vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Give the class and the name of an instrument whose name has a number in it; None for all else."""
    labels = _ranked(mentions)
    if not labels or not re.search(r"\d", labels[0]):
        return None
    known = term in vocabulary and vocabulary.is_a(term, "dip:Instrument")
    return (term, labels[0].casefold()) if known else None


def _by_body(members: list[Member], about: Mapping[Member, list[Fact]]) -> list[tuple[Member, ...]]:
    """Keep texts of one number apart where different bodies are named for them."""
    bodies: dict[tuple[str, ...], list[Member]] = {}
    for member in members:
        told = {fact.claim.subject for fact in about.get(member, ()) if fact.claim.predicate == "dip:adopts"}
        bodies.setdefault(tuple(sorted(told)), []).append(member)
    if len([body for body in bodies if body]) <= 1:
        return [tuple(members)]
    return [part for body, group in bodies.items() for part in _each_or_all(group, together=bool(body))]


def _each_or_all(members: list[Member], *, together: bool) -> list[tuple[Member, ...]]:
    return [tuple(members)] if together else [(member,) for member in members]


def wanted_made(things: Sequence[Thing]) -> dict[tuple[Member, ...], tuple[str, str]]:
    """Name instruments and stances after their label, makers and content; with the hash to tell them apart by."""
    return {thing.members: (_made_path(thing), thing.hash) for thing in things}


def _made_path(thing: Thing) -> str:
    sort = kind(thing.type)
    if thing.labels:
        words = slug(thing.labels[0])
        return f"{sort}/{words.removeprefix(f'{sort}-') or words or sort}"
    words = " ".join(thing.content.split()[:_CONTENT_WORDS])
    parts = [*_some(thing.makers), slug(words), common(*thing.days) if not words else ""]
    return f"{sort}/{'-'.join(part for part in parts if part) or thing.hash[:8]}"


def wanted_events(things: Sequence[Thing], corpus: Corpus) -> dict[tuple[Member, ...], tuple[str, str]]:
    """Name events after kind, parties, place, and the date as far as it is undisputed; with the hash."""
    return {thing.members: (_event_path(thing, corpus), thing.hash) for thing in things}


def _event_path(thing: Thing, corpus: Corpus) -> str:
    profile = thing.profile
    parties = parties_of(profile) if profile is not None else ()
    subjects = sorted(profile.subjects) if profile is not None else []
    parts = [*_some(parties), *map(last, subjects), *_where_when(thing, corpus)]
    return f"{kind(thing.type)}/{'-'.join(parts) or thing.hash[:8]}"


def _where_when(thing: Thing, corpus: Corpus) -> list[str]:
    place = place_of(thing, corpus)
    return [part for part in ("" if place is None else last(place), common(*thing.days)) if part]


def parties_of(profile: Profile) -> tuple[str, ...]:
    """List whom an event is named after: actors before persons, persons before leaders."""
    return tuple(sorted(profile.doers | profile.actors or profile.persons or profile.leaders))


def place_of(thing: Thing, corpus: Corpus) -> str | None:
    """Give the widest place told below the state; None where none or several are told."""
    places = thing.profile.places if thing.profile is not None else frozenset()
    below = _widest(places - corpus.states, corpus.within)
    found = below if len(below) == 1 or not places & corpus.states else _widest(places, corpus.within)
    return found[0] if len(found) == 1 else None


def _widest(places: frozenset[str], within: Mapping[str, str]) -> list[str]:
    return sorted(place for place in places if not set(around(place, within)) & places)


def wanted_teams(
    teams: Mapping[tuple[str, str], Thing], corpus: Corpus
) -> dict[tuple[str, str], tuple[str, str]]:
    """Name the delegation of each side to each event, given by event path and side; with the hash of the event."""
    wanted = {}
    for (event, side), thing in teams.items():
        parts = _where_when(thing, corpus) or [last(event)]
        wanted[event, side] = ("delegation/" + "-".join([last(side), *parts]), thing.hash)
    return wanted


def _some(paths: Sequence[str]) -> list[str]:
    names = [last(path) for path in paths[:_NAMED]]
    return [*names, f"and-{len(paths) - _NAMED}-more"] if len(paths) > _NAMED else names


def team_members(corpus: Corpus) -> dict[Member, tuple[Member, str]]:
    """Map the local key of each delegation to its event and its side."""
    found: dict[Member, tuple[Member, str]] = {}
    for sha, facts in corpus.facts.items():
        for fact in facts:
            claim = fact.claim
            if claim.predicate == "dip:represents" and claim.subject.startswith("delegation:"):
                side = str(claim.object)
                event = claim.subject.removeprefix("delegation:").removesuffix(f":{side}")
                assert delegation_key(event, side) == claim.subject
                found[sha, claim.subject] = ((sha, event), side)
    return found
