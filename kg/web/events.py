"""Events for people: their days in words, the list of them, and who was on which side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.graph.page_triples import DIP
from kg.portrait import days_in_words

if TYPE_CHECKING:
    from kg.graph.page_triples import Paced
    from kg.web.catalogue import Catalogue, Thing
    from kg.web.told import Source, Told

_ROLES = (
    "participatesIn",
    "performs",
    "hosts",
    "mediates",
    "brokers",
    "observes",
    "guarantees",
    "signs",
    "adopts",
)
_BESIDE = (
    "mediates",
    "brokers",
    "hosts",
    "observes",
    "guarantees",
    "performs",
    "signs",
    "adopts",
    "involvedIn",
)
_UNDATED = "9999"


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as a line of a timeline."""

    thing: Thing
    when: str
    first: str
    """The first day, for sorting; ``9999`` where none is known."""
    year: str
    status: str
    place: str
    who: tuple[Thing, ...]
    contested: bool


@dataclass(frozen=True, slots=True)
class Side:
    """A party to an event, with whom it sent."""

    party: Thing | None
    team: Thing | None
    leaders: tuple[Thing, ...]
    members: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What one article says of an event."""

    source: Source
    told: tuple[Told, ...]


def happening(book: Catalogue, thing: Thing) -> Happening:
    """Give the line of an event."""
    text = book.triples.text
    edtf, *days = (text(thing.iri, DIP + name) for name in ("edtf", "earliest", "latest"))
    first = next((day for day in days if day is not None), _UNDATED)
    return Happening(
        thing=thing,
        when=days_in_words(edtf, days[0], days[1]) or "undated",
        first=first,
        year=first[:4] if first[:4].isdecimal() and first != _UNDATED else "",
        status=next(iter(book.labels(thing.iri, "status")), ""),
        place=", ".join(place.label for place in places(book, thing)),
        who=tuple(_who(book, thing)),
        contested=any(told.against for told in book.about(thing.iri)),
    )


def happenings(book: Catalogue, pace: Paced = iter) -> list[Happening]:
    """Give all events by day, the undated last; looked through at the pace that is given."""
    found = (happening(book, thing) for thing in pace(book.of("event")))
    return sorted(found, key=lambda each: (each.first, each.thing.label, each.thing.iri))


def events_of(book: Catalogue, thing: Thing) -> list[Happening]:
    """Give the events in which a thing has a part, itself or by a delegation, or which took place there."""
    near = {thing.iri}
    for name in ("leads", "memberOf"):
        near.update(book.triples.iris(thing.iri, DIP + name))
    near.update(book.subjects(thing.iri, "represents"))
    found: dict[str, None] = {}
    for iri in near:
        found.update((event, None) for role in _ROLES for event in book.triples.iris(iri, DIP + role))
    found.update((event, None) for event in book.subjects(thing.iri, "location"))
    events = (book.thing(iri) for iri in found)
    lines = [happening(book, event) for event in events if event is not None and event.page == "event"]
    return sorted(lines, key=lambda each: (each.first, each.thing.label, each.thing.iri))


def places(book: Catalogue, thing: Thing) -> list[Thing]:
    """Give where an event took place, the finest place only."""
    all_of = book.triples.iris(thing.iri, DIP + "location")
    around = {other for place in all_of for other in book.triples.iris(place, DIP + "locatedIn")}
    return [found for iri in all_of if iri not in around and (found := book.thing(iri)) is not None]


def sides(book: Catalogue, thing: Thing) -> tuple[list[Side], list[Thing]]:
    """Give the parties of an event with their delegations, and the persons who are of none of them."""
    taking_part = [
        book.things[iri] for iri in book.subjects(thing.iri, "participatesIn") if iri in book.things
    ]
    teams = [each for each in taking_part if each.shade == "Delegation"]
    found: dict[str, Side] = {}
    placed: set[str] = set()
    for team in teams:
        side = _side(book, team)
        placed |= {person.iri for person in (*side.leaders, *side.members)}
        found[side.party.iri if side.party is not None else team.iri] = side
    for each in taking_part:
        if each.shade not in {"Delegation", "Person"} and each.iri not in found:
            found[each.iri] = Side(each, None, (), ())
    alone = [each for each in taking_part if each.shade == "Person" and each.iri not in placed]
    ordered = sorted(found.values(), key=_name)
    return ordered, alone


def beside(book: Catalogue, thing: Thing) -> list[tuple[str, list[Thing]]]:
    """Give who else has a part in an event, role by role: mediators, hosts, observers."""
    found = []
    for name in _BESIDE:
        who = [book.things[iri] for iri in book.subjects(thing.iri, name) if iri in book.things]
        if who:
            found.append((name, who))
    return found


def accounts(book: Catalogue, thing: Thing) -> list[Account]:
    """Give what each article says of an event and of the delegations to it, by the day of the article."""
    about = {told.thing.iri: told for told in book.about(thing.iri)}
    for team in book.subjects(thing.iri, "participatesIn"):
        if team in book.things and book.things[team].shade == "Delegation":
            about |= {told.thing.iri: told for told in book.about(team)}
    found: dict[str, list[Told]] = {}
    for told in about.values():
        if told.source is not None:
            found.setdefault(told.source.thing.iri, []).append(told)
    ordered = [Account(_source(group), tuple(sorted(group, key=_place_in_text))) for group in found.values()]
    return sorted(ordered, key=lambda each: (each.source.date or _UNDATED, each.source.title))


def only_there(all_of: list[Account]) -> frozenset[str]:
    """Give the claims whose fact a single article tells, where several articles tell of the event."""
    if len(all_of) < 2:
        return frozenset()
    by_fact: dict[tuple[str, str, str, bool], dict[str, list[str]]] = {}
    for account in all_of:
        for told in account.told:
            key = (told.subject, told.predicate, told.object, told.negated)
            by_fact.setdefault(key, {}).setdefault(account.source.thing.iri, []).append(told.thing.iri)
    return frozenset(
        claim
        for where in by_fact.values()
        if len(where) == 1
        for claims in where.values()
        for claim in claims
    )


def _source(told: list[Told]) -> Source:
    source = told[0].source
    assert source is not None
    return source


def _place_in_text(told: Told) -> tuple[int, str, str]:
    begin = told.quotes[0].begin if told.quotes else None
    return (begin if begin is not None else -1, told.verb, told.id)


def _side(book: Catalogue, team: Thing) -> Side:
    party = next((book.thing(iri) for iri in book.triples.iris(team.iri, DIP + "represents")), None)
    leaders = [book.things[iri] for iri in book.subjects(team.iri, "leads") if iri in book.things]
    members = [book.things[iri] for iri in book.subjects(team.iri, "memberOf") if iri in book.things]
    return Side(party, team, tuple(leaders), tuple(each for each in members if each not in leaders))


def _name(side: Side) -> tuple[str, str]:
    shown = side.party or side.team
    return (shown.label, shown.iri) if shown is not None else ("", "")


def _who(book: Catalogue, thing: Thing) -> list[Thing]:
    found: dict[str, Thing] = {}
    for name in ("participatesIn", "performs", "hosts", "mediates", "brokers"):
        for iri in book.subjects(thing.iri, name):
            each = book.thing(iri)
            if each is not None and each.shade not in {"Delegation", "Person"}:
                found[iri] = each
    return sorted(found.values(), key=lambda each: (each.label, each.iri))
