"""Event data for political scientists: who did what to whom, one row for each article that tells it."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from kg.graph.facts import Facts
from kg.graph.pairs import LOCATION, Pair, Sides, pairs
from kg.graph.tellings import Telling, read, weakness
from kg.graph.terms import EDTF, LEADS, LOCATED_IN, MEMBER_OF, OFFICE_OF, REPRESENTS
from kg.graph.things import most_specific
from kg.model import Term
from kg.vocab import NS, RDF, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import pyoxigraph as ox

    from kg.graph.tellings import Roles

PLOVER_COLUMNS = (
    "article",
    "start",
    "end",
    "date",
    "source",
    "source_qid",
    "target",
    "target_qid",
    "event_type",
    "plover",
    "place",
    "modality",
    "negated",
    "speaker",
    "confidence",
    "sentence",
)
"""A contract: neither the names nor their order change."""

_QID = re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q[1-9][0-9]*)")
_SAME_AS = ("http://schema.org/sameAs", "https://schema.org/sameAs")
_HOLDS_OFFICE = Term("dip:holdsOffice")
_PERSON = Term("dip:Person")
_POLITY = Term("dip:Polity")

_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Mention:
    """One thing as one article tells it."""

    document: str
    thing: str
    kind: Term | None
    """Its most specific class."""
    roles: Roles


def plover_csv(triples: Sequence[ox.Triple], vocabulary: Vocabulary, out: BinaryIO) -> None:
    """Write one row for each pair of source and target that an article tells of, as RFC 4180 has it (UTF-8, CRLF).

    - Rows come from claims with evidence. What two articles tell of one event gives two rows; what
      one article tells twice gives one, in its firmest words; what it also denies gives one more.
    - Who performs an act, takes a stance or mediates is the source; whom it is directed at, whom it
      addresses, or who takes part is the target. Participants of a meeting and signatories of an
      instrument are both, for each other. The source of a visit is the visitor, its target the host,
      else the state of the place. A source without a counterpart has an empty target.
    - A delegation is the side it represents. Nobody is paired with the state or body he or she
      belongs to.
    - ``plover`` is the code of the most specific class in the ontology (``dip:plover``), the nearest
      above it, the first in the alphabet. What brings people together without a code (votes,
      processes) has no rows, save those of mediators.
    - The stance is the weaker of the two claims', and so is the passage; the confidence is the lower.
      What the article says is only proposed, planned, put off or called off is not told as actual.
    - Date and place are those that the article tells, else those of the view.
    """
    facts = Facts.of(triples, vocabulary)
    found = read(facts, vocabulary)
    sides = Sides(_belongings(found, facts), facts.all_of(_iri(_PERSON)), lambda place: _state(place, facts))
    mentions = (
        _Mention(document, thing, _kind(thing, facts, vocabulary), roles)
        for (document, thing), roles in found.items()
    )
    rows: set[tuple[str, ...]] = {
        _row(mention, pair, facts, vocabulary)
        for mention in mentions
        for pair in pairs(mention.kind, mention.roles, sides, vocabulary)
    }
    ordered: list[tuple[str, ...]] = sorted(rows, key=_order)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(PLOVER_COLUMNS)
    writer.writerows(ordered)
    out.write(text.getvalue().encode())


def _row(mention: _Mention, pair: Pair, facts: Facts, vocabulary: Vocabulary) -> tuple[str, ...]:
    told = pair.told
    cells = {
        "article": mention.document,
        "start": str(told.start),
        "end": str(told.end),
        "date": _date(mention, told, facts),
        "source": facts.label(pair.source),
        "source_qid": _qid(pair.source, facts),
        "target": facts.label(pair.target) if pair.target else "",
        "target_qid": _qid(pair.target, facts),
        "event_type": "" if mention.kind is None else mention.kind.removeprefix("dip:"),
        "plover": pair.code,
        "place": _place(mention, told, facts),
        "modality": vocabulary.label(told.modality),
        "negated": str(told.negated).lower(),
        "speaker": facts.label(told.speaker) if told.speaker else "",
        "confidence": f"{told.confidence:f}",
        "sentence": told.sentence,
    }
    return tuple(cells[column] for column in PLOVER_COLUMNS)


def _order(row: tuple[str, ...]) -> tuple[str, int, int, tuple[str, ...]]:
    """Sort by article, then as the text goes."""
    return row[0], int(row[1]), int(row[2]), row


def _kind(thing: str, facts: Facts, vocabulary: Vocabulary) -> Term | None:
    """Give the most specific class of a thing."""
    types = {vocabulary.shrink(iri) for iri in facts.values(thing, f"{RDF}type")}
    known = types.intersection(vocabulary.classes)
    return most_specific(known, vocabulary) if known else None


def _qid(iri: str, facts: Facts) -> str:
    """Give the Wikidata id that a thing is said to be the same as."""
    found = (_QID.fullmatch(same) for prop in _SAME_AS for same in facts.values(iri, prop))
    return min((match[1] for match in found if match is not None), default="")


def _date(mention: _Mention, told: Telling, facts: Facts) -> str:
    """Give the date in EDTF as the article has it, a full day before a vaguer one; else that of the view."""
    dates = _usable(mention.roles.get(EDTF, ()), told)
    best = min(dates, key=_nearest(told, lambda date: len(date.who) != len("2025-05-16")), default=None)
    return facts.value(mention.thing, f"{NS}edtf") if best is None else best.who


def _place(mention: _Mention, told: Telling, facts: Facts) -> str:
    """Give the label of the place as the article has it, the city before the state; else that of the view."""
    named = _usable(mention.roles.get(LOCATION, ()), told)
    inner = _innermost([place.who for place in named], facts)
    best = min(
        (place for place in named if place.who in inner), key=_nearest(told, lambda _: False), default=None
    )
    if best is not None:
        return facts.label(best.who)
    known = _innermost(facts.values(mention.thing, f"{NS}location"), facts)
    return min((facts.label(place) for place in known), default="")


def _usable(tellings: Iterable[Telling], told: Telling) -> list[Telling]:
    """Leave out what is denied, unless the row is a denial and there is no more than that."""
    stated = [telling for telling in tellings if not telling.negated]
    return stated or [telling for telling in tellings if told.negated]


def _nearest(told: Telling, vague: Callable[[Telling], bool]) -> Callable[[Telling], _Key]:
    """Order what is told of a thing for a row: told in its passage, exact, firm, early in the text."""
    return lambda one: (one.passage != told.passage, vague(one), weakness(one), one.passage, one.who)


def _innermost(places: Sequence[str], facts: Facts) -> set[str]:
    """Leave out the places that others of them lie in."""
    outer = {around for place in places for around in _around(place, facts) if around != place}
    return {place for place in places if place not in outer} or set(places)


def _around(place: str, facts: Facts) -> Iterator[str]:
    """Yield a place and those it lies in, nearest first."""
    wave, seen = [place], {place}
    while wave:
        yield from wave
        wave = sorted({outer for inner in wave for outer in facts.values(inner, _iri(LOCATED_IN))} - seen)
        seen.update(wave)


def _state(place: str, facts: Facts) -> str | None:
    """Give the nearest state or other polity that a place is or lies in."""
    return next(
        (each for each in _around(place, facts) if _iri(_POLITY) in facts.values(each, f"{RDF}type")), None
    )


def _belongings(found: Mapping[tuple[str, str], Roles], facts: Facts) -> dict[str, frozenset[str]]:
    """Give the states and bodies that persons hold an office of, or are in a delegation of, in any article."""
    of: dict[str, set[str]] = {}
    for (_, thing), roles in found.items():
        for term, ways in ((_HOLDS_OFFICE, OFFICE_OF), (LEADS, REPRESENTS), (MEMBER_OF, REPRESENTS)):
            owners = {*facts.values(thing, _iri(ways)), *(side.who for side in roles.get(ways, ()))}
            for telling in roles.get(term, ()):
                if not telling.negated:
                    of.setdefault(telling.who, set()).update(owners)
    return {person: frozenset(owners) for person, owners in of.items()}


def _iri(term: Term) -> str:
    return f"{NS}{term.removeprefix('dip:')}"
