"""The pages that list things: what each template is given."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.folding import fold
from kg.web.answering import with_query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from kg.web.catalogue import Catalogue, Thing
    from kg.web.events import Happening
    from kg.web.library import Edition, Library
    from kg.web.told import Quote, Told

PER_PAGE = 50
_LATEST = 8
_ON_HOME = 3
_TOLD = frozenset({"Delegation", "Instrument", "Stance"})
"""Classes, as the legend has them, of what has no name of its own, or is named by what is said in it."""

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a long list, with what to say about the rest."""

    rows: Sequence[Any]
    total: int
    number: int
    pages: int
    previous: str | None
    next: str | None

    @property
    def first(self) -> int:
        """The number of the first row shown, counted from 1."""
        return (self.number - 1) * PER_PAGE + 1

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return self.first + len(self.rows) - 1


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims that cannot both hold."""

    one: Told
    other: Told


def paged(rows: Sequence[Any], request: Request) -> Page:
    """Give the page that the query of the address asks for, the nearest there is."""
    asked = request.query_params.get("page", "1")
    pages = max(1, -(-len(rows) // PER_PAGE))
    number = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 10 else 1
    query = {key: value for key, value in request.query_params.items() if key != "page"}

    def link(to: int) -> str | None:
        return with_query(request.url.path, query, page=to) if 1 <= to <= pages else None

    start = (number - 1) * PER_PAGE
    return Page(rows[start : start + PER_PAGE], len(rows), number, pages, link(number - 1), link(number + 1))


def home(_: Library, edition: Edition, __: Request) -> Values:
    """Give what the graph holds, what happened last, and what is contested."""
    dated = [each for each in edition.happenings if each.year]
    held = all_conflicts(edition.book)
    return {
        "counted": edition.counted,
        "totals": edition.counted.totals(),
        "latest": dated[: -_LATEST - 1 : -1],
        "contested": held[:_ON_HOME],
        "contested_total": len(held),
        "most_told": _most_told(edition.book),
    }


def _most_told(book: Catalogue) -> list[tuple[Thing, int]]:
    """Give the people, states and bodies of which most is said."""
    counts = ((thing, len(book.claims.get(thing.iri, ()))) for thing in book.of("entity"))
    actors = [each for each in counts if each[0].shade in {"Person", "Polity", "Organization"} and each[1]]
    return sorted(actors, key=lambda each: (-each[1], each[0].label, each[0].iri))[:12]


def search(_: Library, edition: Edition, request: Request) -> Values:
    """Give the things whose names fit, and the sentences that hold all the words."""
    asked = request.query_params.get("q", "").strip()[:200]
    hits = edition.names.find(asked)
    sentences = _sentences(edition.book, asked)
    return {
        "asked": asked,
        "hits": paged(hits, request),
        "sentences": sentences[:PER_PAGE],
        "sentences_total": len(sentences),
    }


def _sentences(book: Catalogue, asked: str) -> list[tuple[Quote, Told]]:
    """Give each quoted sentence that holds all words of the question, once, with a claim that rests on it."""
    words = fold(asked).split()
    if not words or max(map(len, words)) < 3:
        return []
    found: dict[tuple[str, int | None], tuple[Quote, Told]] = {}
    for thing in book.of("claim"):
        told = book.told(thing.iri)
        for quote in told.quotes if told.source is not None else ():
            key = (told.source.thing.iri if told.source is not None else "", quote.begin)
            if key not in found and set(words) <= set(fold(quote.text).split()):
                found[key] = quote, told
    return [found[key] for key in sorted(found, key=lambda each: (each[0], each[1] or 0))]


def events(_: Library, edition: Edition, request: Request) -> Values:
    """Give the timeline, narrowed by year, class and status."""
    chosen = {name: request.query_params.get(name, "") for name in ("year", "kind", "status", "order")}
    kept = [each for each in edition.happenings if _fits(each, chosen)]
    if chosen["order"] == "latest":
        dated = [each for each in kept if each.year]
        kept = dated[::-1] + [each for each in kept if not each.year]
    count: dict[str, Counter[str]] = {name: Counter() for name in ("year", "kind", "status")}
    for each in edition.happenings:
        for name, value in _values(each).items():
            count[name][value] += 1
    return {
        "page": paged(kept, request),
        "chosen": chosen,
        "all": len(edition.happenings),
        "choices": {name: sorted(values.items()) for name, values in count.items()},
    }


def _values(each: Happening) -> dict[str, str]:
    return {"year": each.year or "undated", "kind": each.thing.kind, "status": each.status or "unknown"}


def _fits(each: Happening, chosen: dict[str, str]) -> bool:
    values = _values(each)
    return all(not chosen[name] or chosen[name] == values[name] for name in values)


def conflicts(_: Library, edition: Edition, request: Request) -> Values:
    """Give every pair of claims that contradict each other."""
    return {"page": paged(all_conflicts(edition.book), request)}


def all_conflicts(book: Catalogue) -> list[Conflict]:
    """Give each pair once, by what it is about."""
    found = [
        Conflict(told, book.told(other))
        for thing in book.of("claim")
        for told in [book.told(thing.iri)]
        for other in told.against
        if thing.iri < other or thing.iri not in book.told(other).against
    ]
    return sorted(found, key=lambda each: (each.one.subject_label, each.one.verb, each.one.id, each.other.id))


def entities(_: Library, edition: Edition, request: Request) -> Values:
    """Give the things that are no event, by class and name; what is only told of them comes last."""
    chosen = request.query_params.get("kind", "")
    all_of = edition.book.of("entity")
    count = Counter(thing.kind for thing in all_of)
    kept = [thing for thing in all_of if not chosen or thing.kind == chosen]
    kept.sort(key=lambda thing: (thing.shade in _TOLD, fold(thing.label), thing.label, thing.iri))
    rows = [(thing, len(edition.book.claims.get(thing.iri, ()))) for thing in kept]
    return {
        "page": paged(rows, request),
        "chosen": chosen,
        "choices": sorted(count.items()),
        "all": len(all_of),
    }


def articles(_: Library, edition: Edition, request: Request) -> Values:
    """Give the articles, the newest first."""
    book = edition.book
    found = [
        (source, len(book.within.get(thing.iri, ())))
        for thing in book.of("article")
        if (source := book.source(thing.iri))
    ]
    found.sort(key=lambda each: (each[0].title, each[0].thing.iri))
    found.sort(key=lambda each: each[0].date or "", reverse=True)
    return {"page": paged(found, request)}


def about(library: Library, edition: Edition, _: Request) -> Values:
    """Give what the site is, and how to cite it."""
    return {"totals": edition.counted.totals(), "base": edition.book.base, "folder": library.site.folder.name}


def merges(library: Library, _: Edition, request: Request) -> Values:
    """Give the events that several reports make, with the reasons."""
    chosen = request.query_params.get("event", "")
    kept = [each for each in library.merged() if chosen in {"", each.path}]
    return {"page": paged(kept, request), "chosen": chosen}
