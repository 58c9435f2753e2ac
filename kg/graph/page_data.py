"""What the graph page knows: things, facts with their claims, documents, and who has a part in what.

A fact is one triple that claims make, asserted or denied; the two are never mixed. All numbers that
stand for things, facts and documents are positions in the lists of the result.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.graph.page_facts import (
    confidence,
    firmest,
    is_thing,
    kind_of,
    marks_of,
    read_facts,
    symmetric,
    things_of,
)
from kg.graph.page_style import Relation, Style, first, phrase
from kg.graph.page_triples import DCTERMS, DIP, NIF, PROV, SCHEMA, TYPE, Triples, Value
from kg.graph.page_turtle import OF_CLAIMS, OF_THINGS, PREFIXES, about, turtle
from kg.graph.page_views import WHOLE, hubs_of, legend, marked, start

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.graph.page_changes import Changes
    from kg.graph.page_facts import FactKey, Facts, Said
    from kg.graph.page_views import Json

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def page_data(triples: Triples, style: Style, changes: Changes | None = None) -> Json:
    """Collect everything the page shows, as plain data ready for JSON; the same input gives the same."""
    facts = read_facts(triples, style)
    things = things_of(triples, facts, style)
    number = {iri: i for i, iri in enumerate(things)}
    documents = sorted(triples.instances(DIP + "Document"))
    document = {iri: i for i, iri in enumerate(documents)}
    keys = facts.keys()
    position = {said.iri: i for i, key in enumerate(keys) for said in facts.claims.get(key, ())}
    base = _base(things)
    nodes = [_node(triples, iri, style, base) for iri in things]
    rows = [_fact(triples, facts, key, style, number) for key in keys]
    for row, key in zip(rows, keys, strict=True):
        row["claims"] = [
            _claim(triples, said, base, number, document, position) for said in facts.claims.get(key, ())
        ]
        row["sources"] = len({claim["doc"] for claim in row["claims"] if claim["doc"] is not None})
        row["when"] = _fact_when(row, nodes)
    _fold_dates(nodes, rows, style)
    data = {
        "base": base,
        "prefixes": PREFIXES,
        "nodes": nodes,
        "facts": rows,
        "docs": [_document(triples, iri, base) for iri in documents],
        "hubs": hubs_of(nodes, rows, style),
        **legend(triples, style, nodes, rows),
    }
    if changes is not None:
        values = [facts.objects[key].value for key in keys]
        data.update(marked(data, values, changes, style))
    return {**data, "start": start(data)}


def _base(things: Iterable[str]) -> str:
    """Give what all IRIs begin with, up to a slash, so that links stay short."""
    names = sorted(things)
    if len(names) < 2:
        return names[0].rsplit("/", 2)[0] + "/" if names else ""
    same = next((i for i, (a, b) in enumerate(zip(names[0], names[-1], strict=False)) if a != b), 0)
    shared = names[0][:same].rsplit("/", 1)[0] + "/"
    return shared if shared.count("/") > 3 else ""


def _short(iri: str, base: str) -> str:
    """Give the part of an IRI after the base, where that cannot be taken for a whole one."""
    rest = iri.removeprefix(base)
    return iri if WHOLE.match(rest) else rest


def _node(triples: Triples, iri: str, style: Style, base: str) -> Json:
    cls = triples.type(iri)
    kind = kind_of(triples, iri, style)
    status = triples.iris(iri, DIP + "status")
    begin, end = triples.text(iri, DIP + "earliest"), triples.text(iri, DIP + "latest")
    return {
        "id": _short(iri, base),
        "iri": iri,
        "label": triples.label(iri),
        "kind": kind or "",
        "role": style.kinds[kind].role if kind is not None else "",
        "type": triples.label(cls) if cls is not None else _foreign_class(triples, iri),
        "aliases": triples.aliases(iri),
        "qid": triples.qid(iri),
        "status": triples.label(status[0]) if status else None,
        "edtf": triples.text(iri, DIP + "edtf"),
        "ttl": about(triples, iri, OF_THINGS),
        "when": _span(begin, end),
    }


def _foreign_class(triples: Triples, iri: str) -> str:
    found = triples.iris(iri, TYPE)
    return triples.label(found[0]) if found else "Thing"


def _span(begin: str | None, end: str | None) -> list[str] | None:
    """Give first and last day, each filling in for the other; None for undated."""
    days = [day[:10] for day in (begin, end) if day is not None and _DAY.match(day)]
    return [days[0], days[-1]] if days else None


def _fact(triples: Triples, facts: Facts, key: FactKey, style: Style, number: dict[str, int]) -> Json:
    subject, predicate, _, negated = key
    claims = facts.claims.get(key, [])
    value = facts.objects[key]
    modality = firmest(claims)
    relation = style.relations.get(predicate) or _unstyled(triples, predicate)
    unclaimed = "plain" if facts.plain else relation.unclaimed
    marks = marks_of(triples, claims, modality, negated=negated) if claims else [unclaimed]
    thing = is_thing(value, predicate)
    return {
        "s": number[subject],
        "p": predicate,
        "o": number[value.value] if thing else None,
        "v": None if thing else _words(triples, value),
        "ttl": None if thing else turtle(value),
        "holds": _holds(triples, key[:2], value),
        "phrase": phrase(relation, modality, negated=negated),
        "negated": negated,
        "symmetric": symmetric(triples, predicate),
        "marks": marks,
        "status": first(marks, style),
        "confidence": max((confidence(triples, said.iri) for said in claims), default=None),
    }


def _holds(triples: Triples, start: tuple[str, str], value: Value) -> list[bool]:
    """Tell whether the plain triple stands in the graph, and whether it does the other way round."""
    subject, predicate = start
    back = isinstance(value, NamedNode) and subject in triples.iris(value.value, predicate)
    return [value in triples.values(subject, predicate), back and symmetric(triples, predicate)]


def _unstyled(triples: Triples, predicate: str) -> Relation:
    """Word a relation that the view file does not know by its label alone."""
    label = triples.label(predicate)
    return Relation(predicate, label, label, tie=False, fold=False, unclaimed="background")


def _words(triples: Triples, value: Value) -> str:
    return triples.label(value.value) if value.value in triples.by_subject else value.value


def _claim(
    triples: Triples,
    said: Said,
    base: str,
    number: dict[str, int],
    document: dict[str, int],
    position: dict[str, int],
) -> Json:
    """Give one claim with its quotes; ``derived`` and ``against`` are numbers of facts."""
    of = {name: triples.iris(said.iri, DIP + name) for name in ("reportedIn", "evidence", "attributedTo")}
    derived = triples.iris(said.iri, PROV + "wasDerivedFrom")
    against = triples.iris(said.iri, DIP + "contradicts")
    quotes = {passage: triples.text(passage, NIF + "anchorOf") for passage in of["evidence"]}
    return {
        "id": _short(said.iri, base),
        "modality": said.modality,
        "negated": said.negated,
        "confidence": confidence(triples, said.iri),
        "by": [number[iri] for iri in of["attributedTo"] if iri in number],
        "doc": next((document[iri] for iri in of["reportedIn"] if iri in document), None),
        "quotes": [quote for quote in quotes.values() if quote is not None],
        "passages": [
            _passage(triples, passage, base) for passage, quote in quotes.items() if quote is not None
        ],
        "ttl": about(triples, said.iri, OF_CLAIMS),
        "asOf": triples.text(said.iri, DIP + "asOf"),
        "derived": sorted({position[iri] for iri in derived if iri in position}),
        "against": sorted({position[iri] for iri in against if iri in position}),
    }


def _passage(triples: Triples, iri: str, base: str) -> list[str | bool | None]:
    """Give where a quote stands: its IRI, its first letter, the one behind its last, and if it names the text."""
    begin, end = (triples.text(iri, NIF + name) for name in ("beginIndex", "endIndex"))
    return [_short(iri, base), begin, end, bool(triples.iris(iri, NIF + "referenceContext"))]


def _document(triples: Triples, iri: str, base: str) -> Json:
    publisher = triples.values(iri, DCTERMS + "publisher")
    return {
        "id": _short(iri, base),
        "title": triples.text(iri, DCTERMS + "title", SCHEMA + "headline") or triples.label(iri),
        "publisher": _words(triples, publisher[0]) if publisher else None,
        "date": triples.text(iri, DCTERMS + "issued", SCHEMA + "datePublished", DCTERMS + "date"),
        "url": triples.link(iri),
        "ttl": about(triples, iri),
    }


def _fact_when(row: Json, nodes: list[Json]) -> list[str] | None:
    """Date a fact by the event in it, else by the day its sources speak for."""
    ends = [nodes[end]["when"] for end in (row["s"], row["o"]) if end is not None]
    dated = [when for when in ends if when is not None]
    if dated:
        return [min(when[0] for when in dated), max(when[1] for when in dated)]
    days = sorted(claim["asOf"][:10] for claim in row["claims"] if _DAY.match(claim["asOf"] or ""))
    return [days[0], days[-1]] if days else None


def _fold_dates(nodes: list[Json], rows: list[Json], style: Style) -> None:
    """Date a delegation, and the facts about it, by the event it is sent to."""
    for row in rows:
        relation = style.relations.get(row["p"])
        if relation is not None and relation.tie and row["o"] is not None:
            sent, event = nodes[row["s"]], nodes[row["o"]]
            if sent["role"] == "fold" and sent["when"] is None:
                sent["when"] = event["when"]
    for row in rows:
        row["when"] = _fact_when(row, nodes)
