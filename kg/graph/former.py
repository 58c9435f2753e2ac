"""The lines that a family has in the graph, as the store holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.vocab import NS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_REPORTED_IN = ox.NamedNode(f"{NS}reportedIn")
_DERIVED_FROM = ox.NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")
_NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
_CONTEXT = ox.NamedNode(f"{_NIF}referenceContext")
_OFFSETS = ox.NamedNode(f"{_NIF}beginIndex"), ox.NamedNode(f"{_NIF}endIndex")
_COUNT = ox.NamedNode("http://www.w3.org/2001/XMLSchema#nonNegativeInteger")


def former_lines(store: ox.Store, documents: Iterable[str], own: Iterable[str]) -> set[str]:
    """Give all lines on documents, on their passages and claims, on what follows from these, and on own things.

    Args:
        store: the graph.
        documents: names of documents, as N-Triples has them.
        own: names of things that nothing else speaks of.
    """
    found: set[str] = set()
    for document in map(_node, documents):
        found |= set(_about(store, document))
        for passage in _subjects(store, _CONTEXT, document):
            found |= set(_about(store, passage))
        for claim in _subjects(store, _REPORTED_IN, document):
            found |= set(_about(store, claim))
            for inferred in _subjects(store, _DERIVED_FROM, claim):
                found |= set(_about(store, inferred))
    for thing in map(_node, own):
        found |= set(_about(store, thing))
        found |= set(map(_line, store.quads_for_pattern(None, None, thing)))
    return found


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(name[1:-1])


def _about(store: ox.Store, subject: ox.NamedNode) -> Iterator[str]:
    return map(_line, store.quads_for_pattern(subject, None, None))


def _line(quad: ox.Quad) -> str:
    """Give a line as it was written; of kinds of whole numbers the store remembers only that they are such."""
    if quad.predicate in _OFFSETS and isinstance(quad.object, ox.Literal):
        return f"{quad.subject} {quad.predicate} {ox.Literal(quad.object.value, datatype=_COUNT)}"
    return str(quad.triple)


def _subjects(store: ox.Store, predicate: ox.NamedNode, value: ox.NamedNode) -> Iterator[ox.NamedNode]:
    for quad in store.quads_for_pattern(None, predicate, value):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject
