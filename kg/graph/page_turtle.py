"""What the page keeps of the graph word for word, so that it can write Turtle that says the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.graph.page_triples import DCTERMS, DIP, NAMES, NIF, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.graph.page_triples import Triples, Value

PREFIXES = {
    "dcterms": DCTERMS,
    "dip": DIP,
    "nif": NIF,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
OF_THINGS = (
    *(TYPE, *NAMES, SKOS + "altLabel", SCHEMA + "sameAs", OWL + "sameAs"),
    *(DIP + name for name in ("earliest", "latest")),
)
OF_CLAIMS = (DIP + "asOf", DIP + "confidence", DIP + "contradicts", PROV + "wasDerivedFrom")

_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def turtle(term: Value) -> str:
    """Write a term as Turtle, with one of our prefixes where that is shorter."""
    if isinstance(term, NamedNode):
        return _iri(term.value)
    if term.language is not None or term.datatype.value == PREFIXES["xsd"] + "string":
        return str(term)
    return f"{Literal(term.value)}^^{_iri(term.datatype.value)}"


def _iri(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri.removeprefix(namespace)):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return str(NamedNode(iri))


def about(triples: Triples, iri: str, predicates: Iterable[str] | None = None) -> str:
    """Write what a thing is said to be as Turtle without the subject: all, or by some predicates alone."""
    said = triples.by_subject.get(iri, {})
    chosen = sorted(said) if predicates is None else [name for name in sorted(predicates) if name in said]
    return " ; ".join(f"{_iri(name)} {', '.join(map(turtle, said[name]))}" for name in chosen)
