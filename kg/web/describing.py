"""What is known of one thing, as triples that can be read on their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.contents import mended
from kg.graph.page_triples import DIP, PROV, RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.web.catalogue import Catalogue, Thing

_ALONGSIDE = tuple(
    [DIP + name for name in ("evidence", "reportedIn", "attributedTo")] + [PROV + "wasGeneratedBy"]
)


def describe(book: Catalogue, thing: Thing) -> Iterator[ox.Triple]:
    """Give the triples of a thing, those that lead to it, its claims with their evidence, and the names of all these."""
    claims = [thing.iri] if thing.page == "claim" else list(book.claims.get(thing.iri, ()))
    claims += book.within.get(thing.iri, ())
    whole = dict.fromkeys([thing.iri, *claims])
    for claim in claims:
        whole.update((other, None) for name in _ALONGSIDE[:2] for other in book.triples.iris(claim, name))
        whole.update((other, None) for other in book.triples.iris(claim, _ALONGSIDE[3]))
    incoming = book.inverse.get(thing.iri, ())
    found = [*_of(book, whole), *(_triple(s, p, ox.NamedNode(thing.iri)) for p, s in incoming)]
    yield from mended(dict.fromkeys([*found, *_names(book, found, whole)]))


def _of(book: Catalogue, subjects: dict[str, None]) -> Iterator[ox.Triple]:
    for subject in subjects:
        for predicate, values in book.triples.by_subject.get(subject, {}).items():
            yield from (_triple(subject, predicate, value) for value in values)


def _names(book: Catalogue, found: list[ox.Triple], whole: dict[str, None]) -> Iterator[ox.Triple]:
    """Name what is only referred to."""
    for triple in found:
        for end in (triple.subject, triple.object):
            if isinstance(end, ox.NamedNode) and end.value in book.things and end.value not in whole:
                for name in book.triples.values(end.value, RDFS + "label"):
                    yield _triple(end.value, RDFS + "label", name)
                for kind in book.triples.values(end.value, RDF + "type"):
                    yield _triple(end.value, RDF + "type", kind)


def _triple(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)
