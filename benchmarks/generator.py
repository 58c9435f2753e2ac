"""Readings with a known truth, made without any language model: for measuring what comes after reading.

The world goes on matter by matter. A matter is two or three states that talk, telephone, visit and attack for some
weeks; 24 articles tell of its 12 events, each of one to four of them, in varying detail: some leave out who led the
delegations, the place or the number of the round, give only the month, the state in place of the city, talks without
saying that they were indirect; some are wrong by a day, name another leader, or say that what was held was cancelled.
A new matter begins about every six hours, so that a corpus of ten times the size spans ten times the time.

All names come from the shipped knowledge base. The same seed gives the same readings, whatever the number asked for:
the first thousand of a million are the thousand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from random import Random
from typing import TYPE_CHECKING

from kg.kb import KnowledgeBase
from kg.model import (
    CANCELLED,
    HELD,
    PLANNED,
    Article,
    EventMention,
    Interval,
    Key,
    Link,
    Mention,
    Reading,
    Role,
    Span,
    Stance,
    Term,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.model import Entity

SEED = 1
ARTICLES, EVENTS = 24, 12
"""Of one matter."""
_BEGINNING = date(1990, 1, 1)
_MATTERS_A_DAY = 4
_KINDS = ("dip:Talks", "dip:IndirectTalks", "dip:Talks", "dip:Meeting", "dip:Call", "dip:Visit", "dip:Attack")
_WORDS = {
    "dip:Talks": "held talks",
    "dip:IndirectTalks": "held indirect talks",
    "dip:Meeting": "met",
    "dip:Call": "spoke by telephone",
}
_DEMANDS = ("withdraw its forces", "open the crossing", "release the prisoners", "come back to the table")
_FILLER = (
    "Observers in the region said that it was too early to tell what would come of it. "
    "Prices rose again in the capital, and the schools stayed closed for another week. "
)
_LENGTH = 1600
"""Characters of an article, the mean of the sample corpus."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What truly happened, once."""

    number: int
    kind: Term
    parties: tuple[Entity, ...]
    heads: tuple[Entity, ...]
    """Who speaks for each party."""
    place: Entity
    day: date
    round: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """One article as it was read, and which happening each of its events is."""

    reading: Reading
    truth: Mapping[str, int]
    """Local key -> number of the happening."""


@dataclass(frozen=True, slots=True)
class Names:
    """Who and what there is to write of."""

    states: tuple[Entity, ...]
    persons: Mapping[str, tuple[Entity, ...]]
    cities: Mapping[str, tuple[Entity, ...]]

    @classmethod
    def load(cls) -> Names:
        """Give the states of the knowledge base of which it knows two persons and a city."""
        persons: dict[str, list[Entity]] = {}
        cities: dict[str, list[Entity]] = {}
        kb = KnowledgeBase.load()
        for entity in kb:
            for kind, found in (("dip:Person", persons), ("dip:Place", cities)):
                if entity.type == kind and entity.within is not None:
                    found.setdefault(entity.within, []).append(entity)
        states = [one for one in kb if one.type == "dip:State" and len(persons.get(one.key, ())) > 1]
        return cls(
            tuple(one for one in states if one.key in cities),
            {key: tuple(found) for key, found in persons.items()},
            {key: tuple(found) for key, found in cities.items()},
        )


def generate(count: int, *, seed: int = SEED, start: int = 0) -> Iterator[Told]:
    """Give so many articles with their truth, one matter after the other, or those from a number on."""
    names = Names.load()
    for number in range(start, count):
        matter, turn = divmod(number, ARTICLES)
        if turn == 0 or number == start:
            happenings = _matter(matter, names, Random(f"{seed} {matter}"))
        yield _article(number, happenings, names, Random(f"{seed} {matter} {turn}"))


def _matter(matter: int, names: Names, chance: Random) -> tuple[Happening, ...]:
    parties = tuple(chance.sample(names.states, 3 if chance.random() < 0.2 else 2))
    heads = tuple(chance.choice(names.persons[one.key][:6]) for one in parties)
    host = chance.choice(names.states)
    day, rounds = _BEGINNING + timedelta(days=matter // _MATTERS_A_DAY), 0
    found = []
    for turn in range(EVENTS):
        kind = Term(chance.choice(_KINDS))
        rounds += kind in ("dip:Talks", "dip:IndirectTalks")
        two = kind in ("dip:Call", "dip:Visit", "dip:Attack")
        where = parties[1] if kind in ("dip:Visit", "dip:Attack") else host
        found.append(
            Happening(
                matter * EVENTS + turn,
                kind,
                parties[:2] if two else parties,
                heads[:2] if two else heads,
                chance.choice(names.cities[where.key][:3]),
                day,
                rounds if kind in ("dip:Talks", "dip:IndirectTalks") else None,
            )
        )
        day += timedelta(days=chance.randint(1, 9))
    return tuple(found)


@dataclass(slots=True)
class _Draft:
    """An article while it is being written."""

    chance: Random
    published: date
    names: Names
    text: str = ""
    entities: dict[str, Entity] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    mentions: list[EventMention] = field(default_factory=list)

    def say(self, *parts: str | Entity) -> Span:
        """Write a sentence, its names linked."""
        start = len(self.text)
        for part in parts:
            if isinstance(part, str):
                self.text += part
                continue
            self.entities.setdefault(part.key, part)
            here = Span(len(self.text), len(self.text) + len(part.label))
            self.text += part.label
            mention = Mention(here, part.label, part.type, Span(here.start // 6, here.start // 6 + 1))
            weighed = ((str(part.key), 0.9, "exact"),)
            self.links.append(Link(mention, part, 0.9, "exact", candidates=weighed))
        end = len(self.text)
        self.text += " "
        return Span(start, end)


def _article(number: int, happenings: tuple[Happening, ...], names: Names, chance: Random) -> Told:
    main = chance.randrange(EVENTS)
    told = [happenings[main], *chance.sample(happenings[:main], min(main, chance.randint(0, 3)))]
    draft = _Draft(chance, happenings[main].day + timedelta(days=chance.randint(0, 2)), names)
    truth = {}
    for one in told:
        mention = _visit_or_act(one, draft) if one.kind in _TWO else _meeting(one, draft)
        draft.mentions.append(mention)
        truth[str(mention.key)] = one.number
    if chance.random() < 0.4:
        draft.mentions.append(_demand(happenings[main], draft))
    while len(draft.text) < _LENGTH:
        draft.text += _FILLER
    text = f"{draft.text}\nWire report {number}."
    article = Article(
        f"wire-{number}",
        text,
        title=f"Report {number}",
        published=draft.published if chance.random() < 0.95 else None,
        publisher=chance.choice(("North Wire", "South Post", "Daily Letter")),
        sha256=sha256(text.encode()).hexdigest(),
    )
    entities = dict(draft.entities)
    for entity in draft.entities.values():
        for state in names.states if entity.within is not None else ():
            if state.key == entity.within:
                entities[state.key] = state
    chosen = tuple(entities[key] for key in sorted(entities))
    return Told(Reading(article, chosen, tuple(draft.links), tuple(draft.mentions), (), "generated 1"), truth)


_TWO = ("dip:Visit", "dip:Attack")


def _meeting(one: Happening, draft: _Draft) -> EventMention:
    chance = draft.chance
    kind = one.kind
    if kind == "dip:IndirectTalks" and chance.random() < 0.4:
        kind = Term("dip:Talks")
    where = _place(one, draft)
    when = _when(one.day, chance)
    ordinal = one.round if chance.random() < 0.5 else None
    who: list[str | Entity] = []
    for party in one.parties:
        who += [" and " if who else "", party]
    evidence = draft.say(
        *who, f" {_WORDS[kind]}", *((" in ", where) if where is not None else ()), _spoken(when), "."
    )
    roles = [Role(Term("dip:participatesIn"), str(party.key)) for party in one.parties]
    roles += [Role(Term("dip:location"), str(where.key))] if where is not None else []
    if chance.random() < 0.5 and kind != "dip:Call":
        roles += [_leader(party, head, draft) for party, head in zip(one.parties, one.heads, strict=True)]
    status = HELD if chance.random() < 0.8 else chance.choice((HELD, PLANNED, CANCELLED, None))
    key = f"{kind.partition(':')[2].lower()}@{evidence.start}"
    return EventMention(Key(key), kind, tuple(roles), evidence, when, status, ordinal=ordinal)


def _leader(party: Entity, head: Entity, draft: _Draft) -> Role:
    wrong = draft.chance.random() < 0.04
    person = draft.chance.choice(draft.names.persons[party.key]) if wrong else head
    evidence = draft.say("The delegation of ", party, " was led by ", person, ".")
    return Role(Term("dip:leads"), str(person.key), side=party.key, evidence=evidence)


def _visit_or_act(one: Happening, draft: _Draft) -> EventMention:
    where, when = _place(one, draft), _when(one.day, draft.chance)
    there = (" in ", where) if where is not None else ()
    roles = [Role(Term("dip:location"), str(where.key))] if where is not None else []
    if one.kind == "dip:Visit":
        evidence = draft.say(one.heads[0], " visited ", one.parties[1], *there, _spoken(when), ".")
        roles.append(Role(Term("dip:participatesIn"), str(one.heads[0].key)))
    else:
        evidence = draft.say(one.parties[0], " attacked ", one.parties[1], *there, _spoken(when), ".")
        roles.append(Role(Term("dip:performs"), str(one.parties[0].key)))
        denied = Stance(negated=draft.chance.random() < 0.1)
        roles.append(Role(Term("dip:directedAt"), str(one.parties[1].key), stance=denied))
    key = f"{one.kind.partition(':')[2].lower()}@{evidence.start}"
    return EventMention(Key(key), one.kind, tuple(roles), evidence, when, HELD)


def _demand(one: Happening, draft: _Draft) -> EventMention:
    what = draft.chance.choice(_DEMANDS)
    evidence = draft.say(one.parties[0], " demanded that ", one.parties[1], f" {what}.")
    roles = (
        Role(Term("dip:takes"), str(one.parties[0].key)),
        Role(Term("dip:addressedTo"), str(one.parties[1].key)),
        Role(Term("dip:content"), what),
    )
    return EventMention(Key(f"demand@{evidence.start}"), Term("dip:Demand"), roles, evidence)


def _place(one: Happening, draft: _Draft) -> Entity | None:
    """Give the city, sometimes only its state, often nothing."""
    told = draft.chance.random()
    if one.kind == "dip:Call" or told > 0.8:
        return None
    state = [state for state in draft.names.states if state.key == one.place.within]
    return state[0] if told < 0.1 and state else one.place


def _when(day: date, chance: Random) -> Interval | None:
    told = chance.random()
    if told > 0.94:
        return None
    if told > 0.84:
        first = day.replace(day=1)
        final = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return Interval(first, final, first.isoformat()[:7])
    wrong = day + timedelta(days=chance.choice((-1, 1))) if told < 0.04 else day
    return Interval(wrong, wrong, wrong.isoformat())


def _spoken(when: Interval | None) -> str:
    if when is None or when.earliest is None:
        return ""
    if when.earliest == when.latest:
        return f" on {when.earliest.day} {when.earliest:%B %Y}"
    return f" in {when.earliest:%B %Y}"
