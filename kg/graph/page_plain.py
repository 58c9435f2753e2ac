"""Graphs that others made, or that are only facts: what the page needs that they do not say by themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.graph.page_triples import DIP, NAMES, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, TYPE, Triples
from kg.graph.store import ontology_triples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.graph.page_triples import Value

_NAMES = frozenset(
    {*NAMES, SKOS + "altLabel", SCHEMA + "sameAs", OWL + "sameAs", DIP + "earliest", DIP + "latest", TYPE}
)
_ASIDES = frozenset(
    {RDFS + "comment", RDFS + "seeAlso", SKOS + "definition", RDF + "first", RDF + "rest", PROV + "used"}
)
"""Like names and classes no facts about the world: how a thing is called, dated, sorted, or written down."""

_TERMS = (OWL, RDFS, RDF, "http://www.w3.org/ns/shacl#")
_RECORDS = frozenset(DIP + name for name in ("Claim", "Passage", "Document"))
_OURS = re.compile(r"/id/(?P<cls>[a-z]+)/(?P<slug>[^/]+)$")
_REIFIES = ox.NamedNode(RDF + "reifies")
_BLANK = "urn:kg:unnamed:"


def store_of(triples: Iterable[ox.Triple]) -> ox.Store:
    """Give triples as the page takes them: with the ontology, names for what has none, and classes that follow.

    What has no name is numbered in the order of the triples, so that the same file gives the same page.
    A claim that is told by a triple term (RDF 1.2) is told by subject, predicate and object as well.
    """
    store, names = ox.Store(), dict[str, ox.NamedNode]()
    store.extend(ox.Quad(*triple) for triple in ontology_triples() if _is_named(triple))
    for triple in triples:
        for subject, predicate, value in _spelled_out(triple):
            store.add(ox.Quad(_named(subject, names), predicate, _named(value, names)))
    store.extend(sorted(_labels(store), key=str))
    store.extend(sorted(_classes(store), key=str))
    return store


def _is_named(triple: ox.Triple) -> bool:
    return not any(isinstance(term, ox.BlankNode) for term in triple)


def _spelled_out(triple: ox.Triple) -> Iterator[tuple[Any, ox.NamedNode, Any]]:
    if triple.predicate == _REIFIES and isinstance(triple.object, ox.Triple):
        parts = zip(("subject", "predicate", "object"), triple.object, strict=True)
        yield from ((triple.subject, ox.NamedNode(RDF + name), part) for name, part in parts)
    elif not isinstance(triple.object, ox.Triple):
        yield triple.subject, triple.predicate, triple.object


def _named(term: Any, names: dict[str, ox.NamedNode]) -> Any:
    if isinstance(term, ox.BlankNode):
        return names.setdefault(term.value, ox.NamedNode(f"{_BLANK}{len(names) + 1}"))
    return term


def _labels(store: ox.Store) -> Iterator[ox.Quad]:
    """Yield names for what has none, where its IRI gives a better one than its end."""
    called = [ox.NamedNode(name) for name in NAMES]
    for thing in {term for quad in store for term in (quad.subject, quad.object)}:
        if not isinstance(thing, ox.NamedNode):
            continue
        told = _OURS.search(thing.value)
        name = told["slug"].replace("-", " ") if told is not None else ""
        if thing.value.startswith(_BLANK):
            name = f"unnamed {thing.value.removeprefix(_BLANK)}"
        if name and not any(any(store.quads_for_pattern(thing, each, None)) for each in called):
            yield ox.Quad(thing, called[0], ox.Literal(name))


def _classes(store: ox.Store) -> Iterator[ox.Quad]:
    """Yield classes of what is given none: as its IRI says, else as its properties do."""
    known = {quad.subject for quad in store.quads_for_pattern(None, ox.NamedNode(TYPE), None)}
    ours = {
        subject.value.removeprefix(DIP).lower(): subject
        for subject in known
        if isinstance(subject, ox.NamedNode) and subject.value.startswith(DIP)
    }
    ends = {
        (at, quad.subject): quad.object
        for at, name in enumerate(("domain", "range"))
        for quad in store.quads_for_pattern(None, ox.NamedNode(RDFS + name), None)
    }
    for quad in store:
        for at, thing in enumerate((quad.subject, quad.object)):
            if not isinstance(thing, ox.NamedNode) or thing in known or thing.value.startswith(DIP):
                continue
            told = _OURS.search(thing.value)
            cls = ours.get(told["cls"]) if told is not None else None
            found = cls or ends.get((at, quad.predicate))
            if isinstance(found, ox.NamedNode) and found.value.startswith(DIP):
                yield ox.Quad(thing, ox.NamedNode(TYPE), found)


def plain_facts(triples: Triples) -> Iterator[tuple[str, str, Value]]:
    """Yield all that a graph without claims says, but for names, classes and terms of vocabularies."""
    for subject, about in triples.by_subject.items():
        if _is_term(triples, subject) or _RECORDS & set(triples.iris(subject, TYPE)):
            continue
        for predicate in sorted(set(about) - _NAMES - _ASIDES):
            yield from ((subject, predicate, value) for value in about[predicate])


def _is_term(triples: Triples, iri: str) -> bool:
    return iri.startswith(DIP) or any(cls.startswith(_TERMS) for cls in triples.iris(iri, TYPE))
