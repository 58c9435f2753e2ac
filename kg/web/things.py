"""The pages of single things: what each template is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from kg.web.articles import blocks, with_trigger
from kg.web.events import accounts, beside, events_of, happening, only_there, places, sides
from kg.web.facts import groups
from kg.web.neighbours import draw

if TYPE_CHECKING:
    from kg.web.catalogue import Catalogue, Thing
    from kg.web.library import Edition, Library
    from kg.web.told import Source, Told

Values = dict[str, Any]


def entity(_: Library, edition: Edition, thing: Thing) -> Values:
    """Give all that is said of a person, a state, a body, a place, an office, a stance or a text."""
    book = edition.book
    found = groups(book, thing)
    return {
        "thing": thing,
        "aliases": book.triples.aliases(thing.iri),
        "qid": book.triples.qid(thing.iri),
        "groups": found,
        "events": events_of(book, thing),
        "drawing": draw(thing, found),
        "sources": sources(book.about(thing.iri)),
        "focus": focus(thing),
    }


def sources(told: list[Told]) -> list[tuple[Source, int]]:
    """Give the articles that these claims are from, the newest first, with the number of claims."""
    found: dict[str, tuple[Source, int]] = {}
    for each in told:
        if each.source is not None:
            iri = each.source.thing.iri
            found[iri] = each.source, found.get(iri, (each.source, 0))[1] + 1
    return sorted(found.values(), key=lambda each: (each[0].date or "", each[0].thing.iri), reverse=True)


def focus(thing: Thing) -> str:
    """Give the address of the graph page with this thing in the middle."""
    shown = {"node": thing.path, "focus": thing.path}
    # Only the full view has places, offices and texts as nodes of their own.
    view = {} if thing.shade in {"Person", "Polity", "Organization", "Bloc"} else {"view": "full"}
    return "/graph#" + urlencode({**view, **shown})


def event(_: Library, edition: Edition, thing: Thing) -> Values:
    """Give an event: its days and place, who was there on which side, and what each article says of it."""
    book = edition.book
    told_by = accounts(book, thing)
    parties, alone = sides(book, thing)
    return {
        "thing": thing,
        "line": happening(book, thing),
        "places": places(book, thing),
        "parties": parties,
        "alone": alone,
        "beside": beside(book, thing),
        "groups": groups(book, thing),
        "accounts": told_by,
        "single": only_there(told_by),
        "contested": [each for each in book.about(thing.iri) if each.against],
        "told": book.told,
        "focus": focus(thing),
    }


def claim(library: Library, edition: Edition, thing: Thing) -> Values:
    """Give a claim with its words, and what it contradicts or rests on."""
    book = edition.book
    told = book.told(thing.iri)
    reading = library.reading(told.source) if told.quotes else None
    return {
        "thing": thing,
        "told": told,
        "subject": book.thing(told.subject),
        "object": book.thing(told.object),
        "speaker": None if told.speaker is None else book.triples.label(told.speaker),
        "speaker_thing": book.thing(told.speaker),
        "quotes": [(quote, with_trigger(quote, told, reading)) for quote in told.quotes],
        "against": [book.told(other) for other in told.against],
        "derived": [book.told(other) for other in told.derived],
        "citation": citation(told),
    }


def citation(told: Told) -> str:
    """Give a claim as text to copy: the sentence, its source and day, and the id of the claim."""
    words = [f"“{quote.text}”" for quote in told.quotes[:1]] or [told.sentence + "."]
    source = told.source
    if source is not None:
        named = [source.title, source.publisher, source.date or "undated", source.url]
        words.append(", ".join(part for part in named if part) + ".")
    elif told.rule is not None:
        words.append(f"Inferred: {told.rule}.")
    return " ".join([*words, f"Claim {told.id}."])


def article(library: Library, edition: Edition, thing: Thing) -> Values:
    """Give an article: its text with what it names, and beside it what was read in it."""
    book = edition.book
    source = book.source(thing.iri)
    told = [book.told(claim) for claim in book.within.get(thing.iri, ())]
    reading = library.reading(source)
    return {
        "thing": thing,
        "source": source,
        "blocks": None if reading is None else blocks(book, reading, told),
        "told": sorted(told, key=_begin),
        "named": _named(book, told),
    }


def _begin(told: Told) -> tuple[int, str]:
    begin = told.quotes[0].begin if told.quotes else None
    return (0 if begin is None else begin, told.id)


def _named(book: Catalogue, told: list[Told]) -> list[Thing]:
    """Give what the claims of an article are about, once each, by name."""
    ends = {end for each in told for end in (each.subject, each.object, each.speaker or "")}
    return sorted(
        (book.things[end] for end in ends if end in book.things), key=lambda one: (one.label, one.iri)
    )
