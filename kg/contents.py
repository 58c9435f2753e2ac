"""The triples of a store as they were put in.

Oxigraph keeps every kind of integer as ``xsd:integer``; offsets are of a narrower kind, which the
shapes ask for, so it is given back to them here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.graph.store import EmbeddedStore

_NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
_OFFSETS = frozenset({f"{_NIF}beginIndex", f"{_NIF}endIndex"})
_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
_OFFSET = ox.NamedNode("http://www.w3.org/2001/XMLSchema#nonNegativeInteger")


def triples_of(store: EmbeddedStore) -> Iterator[ox.Triple]:
    """Yield every triple of a store, in no particular order."""
    return mended(store.triples())


def mended(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield the triples with the datatype of offsets restored."""
    for triple in triples:
        value = triple.object
        if (
            triple.predicate.value in _OFFSETS
            and isinstance(value, ox.Literal)
            and value.datatype.value == _INTEGER
            and not value.value.startswith("-")
        ):
            yield ox.Triple(triple.subject, triple.predicate, ox.Literal(value.value, datatype=_OFFSET))
        else:
            yield triple
