"""What a store says of things, as far as a comparison looks at it, as plain strings.

A term of a store on disk is a look-up each time it is given out, and a claim has a dozen triples. So
the claims come as rows, each of which names its claim once, and nothing comes that nobody asks for: a
third of the look-ups of all triples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.vocab import NS, RDF, RDFS, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.graph.store import EmbeddedStore

Plain = tuple[str, str, str]
"""Subject, property and object as plain strings."""

_DCTERMS = "http://purl.org/dc/terms/"
_NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
TYPE = f"{RDF}type"
_ASKED = frozenset(
    {f"{RDFS}label"}
    | {f"{_NIF}{name}" for name in ("beginIndex", "endIndex", "anchorOf")}
    | {f"{_DCTERMS}{name}" for name in ("identifier", "title", "issued")}
)
"""What is asked for besides our own properties."""

OF_CLAIMS = (
    *(f"{RDF}{name}" for name in ("subject", "predicate", "object")),
    *(f"{NS}{name}" for name in ("modality", "negated", "confidence", "reportedIn", "evidence")),
)
"""What nearly every claim has; the rest of what is asked of claims comes like that of any other thing."""

_UNASKED = f"{NS}asOf"
"""What nearly every claim has and nobody asks a claim for."""

_SINGLE = "SELECT (COUNT(*) AS ?all) (COUNT(DISTINCT ?c) AS ?things) {{ ?c <{}> ?o }}"

_TERMS = (ox.NamedNode, ox.Literal)


def plain(triples: Iterable[ox.Triple]) -> Iterator[Plain]:
    """Give triples as plain strings, those with blank nodes left out."""
    for triple in triples:
        subject, value = triple.subject, triple.object
        if isinstance(subject, ox.NamedNode) and isinstance(value, _TERMS):
            yield subject.value, triple.predicate.value, value.value


def said(store: EmbeddedStore, classes: Iterable[str]) -> Iterator[Plain]:
    """Yield what a comparison looks at, in no particular order; of types only the given classes.

    Args:
        store: the graph.
        classes: the IRIs of the classes that are asked for.
    """
    engine, claims = store.engine, _claim()
    joined = [predicate for predicate in OF_CLAIMS if _is_single(engine, predicate)]
    yield from _joined(engine, claims, joined)
    for iri in classes:
        yield from ((each, TYPE, iri) for each in _column(engine, f"SELECT ?s {{ ?s a <{iri}> }}"))
    for predicate in sorted(_column(engine, "SELECT DISTINCT ?p { ?s ?p ?o }")):
        if predicate in _ASKED or predicate.startswith(NS) or predicate in OF_CLAIMS:
            but = f" MINUS {{ {claims} }}" if predicate in {*joined, _UNASKED} else ""
            yield from _pairs(engine, predicate, f"SELECT ?c ?o {{ ?c <{predicate}> ?o{but} }}")


def _claim() -> str:
    """Give the pattern of a claim."""
    vocabulary = Vocabulary.load()
    terms = ("dip:Claim", *vocabulary.subclasses("dip:Claim"))
    return " UNION ".join(f"{{ ?c a <{vocabulary.expand(term)}> }}" for term in terms)


def _is_single(engine: ox.Store, predicate: str) -> bool:
    """Tell whether nothing has two values by a property: two times two would be four rows."""
    ((everything, things),) = _rows(engine, _SINGLE.format(predicate))
    return bool(everything == things)


def _joined(engine: ox.Store, claims: str, predicates: list[str]) -> Iterator[Plain]:
    """Yield these properties of the claims, joined as whole columns: cheaper than claim by claim."""
    columns = [f"?v{at}" for at in range(len(predicates))]
    parts = (
        f"OPTIONAL {{ SELECT ?c {column} {{ ?c <{predicate}> {column} }} }}"
        for column, predicate in zip(columns, predicates, strict=True)
    )
    wanted = f"{{ SELECT DISTINCT ?c {{ {claims} }} }}"
    for claim, *values in _rows(engine, f"SELECT ?c {' '.join(columns)} {{ {wanted} {' '.join(parts)} }}"):
        if isinstance(claim, ox.NamedNode):
            iri = claim.value
            for predicate, value in zip(predicates, values, strict=True):
                if isinstance(value, _TERMS):
                    yield iri, predicate, value.value


def _pairs(engine: ox.Store, predicate: str, query: str) -> Iterator[Plain]:
    for subject, value in _rows(engine, query):
        if isinstance(subject, ox.NamedNode) and isinstance(value, _TERMS):
            yield subject.value, predicate, value.value


def _column(engine: ox.Store, query: str) -> Iterator[str]:
    return (term.value for (term,) in _rows(engine, query) if isinstance(term, ox.NamedNode))


def _rows(engine: ox.Store, query: str) -> Iterator[ox.QuerySolution]:
    found = engine.query(query)
    assert isinstance(found, ox.QuerySolutions)
    return iter(found)
