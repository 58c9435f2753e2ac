"""What the endpoint says of itself: a SPARQL 1.1 Service Description."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.graph.serialize import write_triples
from kg.vocab import RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterator

SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)
_INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")


def described(endpoint: str, *, title: str, triples: int, layout: str) -> bytes:
    """Describe the service at an address in one of the formats of triples."""
    out = io.BytesIO()
    write_triples(_triples(endpoint, title, triples), layout, out)
    return out.getvalue()


def _triples(endpoint: str, title: str, triples: int) -> Iterator[ox.Triple]:
    service, dataset, graph = (ox.NamedNode(endpoint + part) for part in ("#service", "#dataset", "#graph"))
    yield _link(service, f"{RDF}type", f"{SD}Service")
    yield _link(service, f"{SD}endpoint", endpoint)
    yield _link(service, f"{SD}supportedLanguage", f"{SD}SPARQL11Query")
    for name in _RESULTS:
        yield _link(service, f"{SD}resultFormat", _FORMATS + name)
    yield _link(service, f"{SD}defaultDataset", dataset.value)
    yield _link(dataset, f"{RDF}type", f"{SD}Dataset")
    yield _link(dataset, f"{SD}defaultGraph", graph.value)
    yield _link(graph, f"{RDF}type", f"{SD}Graph")
    yield ox.Triple(graph, ox.NamedNode(f"{RDFS}label"), ox.Literal(title))
    yield ox.Triple(graph, ox.NamedNode(f"{_VOID}triples"), ox.Literal(str(triples), datatype=_INTEGER))


def _link(subject: ox.NamedNode, predicate: str, value: str) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), ox.NamedNode(value))
