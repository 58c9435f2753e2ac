"""A store's triples by subject, with the few look-ups that the graph page needs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import Literal, NamedNode, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Paced: TypeAlias = Callable[[Iterable[Any]], Iterable[Any]]
    """Gives what it is given, and may take its time over it."""

Value: TypeAlias = NamedNode | Literal

DIP = "https://w3id.org/diplomacy-kg/ns#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "http://schema.org/"
PROV = "http://www.w3.org/ns/prov#"
FOAF = "http://xmlns.com/foaf/0.1/"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
TYPE = RDF + "type"

NAMES = (RDFS + "label", SCHEMA + "name", DCTERMS + "title", SKOS + "prefLabel", FOAF + "name")
"""Properties that say what a thing is called, the best first."""

_WIKIDATA = re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q[1-9][0-9]*)")
_LINK = re.compile(r"https?://[^\s\"'<>`\\]+")


@dataclass(frozen=True, slots=True)
class Triples:
    """All triples of a store between named things, by subject and predicate, sorted."""

    by_subject: Mapping[str, Mapping[str, tuple[Value, ...]]]
    _above: dict[str, frozenset[str]] = field(default_factory=dict)

    def values(self, subject: str, predicate: str) -> tuple[Value, ...]:
        """Give every object, in a fixed order."""
        return self.by_subject.get(subject, {}).get(predicate, ())

    def iris(self, subject: str, predicate: str) -> list[str]:
        """Give the objects that are things."""
        return [value.value for value in self.values(subject, predicate) if isinstance(value, NamedNode)]

    def text(self, subject: str, *predicates: str) -> str | None:
        """Give the first value that any of the predicates has; English before others."""
        for predicate in predicates:
            found = self.values(subject, predicate)
            if found:
                return min(found, key=_english_first).value
        return None

    def label(self, iri: str) -> str:
        """Give the name of a thing; the end of its IRI where it has none."""
        name = self.text(iri, *NAMES)
        return name if name is not None and name.strip() else re.split(r"[/#]", iri.rstrip("/#"))[-1]

    def aliases(self, iri: str) -> list[str]:
        """Give the other names of a thing."""
        names = {value.value for name in ("altLabel", "prefLabel") for value in self.values(iri, SKOS + name)}
        names |= {value.value for value in self.values(iri, RDFS + "label")}
        return sorted(names - {self.label(iri)})

    def qid(self, iri: str) -> str | None:
        """Give the Wikidata id that the thing is said to be the same as."""
        matches = (_WIKIDATA.fullmatch(same) for same in self.iris(iri, SCHEMA + "sameAs"))
        return next((match[1] for match in matches if match is not None), None)

    def link(self, iri: str) -> str | None:
        """Give the web address of a document, if it is one that a reader can follow."""
        names = (SCHEMA + "url", DCTERMS + "source", SCHEMA + "mainEntityOfPage", DCTERMS + "identifier")
        found = (value.value for name in names for value in self.values(iri, name))
        return next((address for address in found if _LINK.fullmatch(address)), None)

    def superclasses(self, iri: str) -> frozenset[str]:
        """Give all classes above one, itself included."""
        if iri not in self._above:
            seen, todo = {iri}, [iri]
            while todo:
                more = set(self.iris(todo.pop(), RDFS + "subClassOf")) - seen
                seen |= more
                todo.extend(more)
            self._above[iri] = frozenset(seen)
        return self._above[iri]

    def type(self, iri: str) -> str | None:
        """Give the most specific class of the ontology that a thing has."""
        found = [name for name in self.iris(iri, TYPE) if name.startswith(DIP)]
        return min(found, key=lambda name: (-len(self.superclasses(name)), name), default=None)

    def instances(self, cls: str) -> Iterator[str]:
        """Give all things of a class or of one below it."""
        for subject in self.by_subject:
            if any(cls in self.superclasses(name) for name in self.iris(subject, TYPE)):
                yield subject


def _english_first(value: Value) -> tuple[bool, bool, str]:
    language = value.language if isinstance(value, Literal) else None
    return (language != "en", language is not None, value.value)


def read_triples(store: Store, pace: Paced = iter) -> Triples:
    """Read a store, whatever graph a triple stands in; what has no name is left out."""
    found: dict[str, dict[str, set[Value]]] = {}
    for quad in pace(store):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            found.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, set()).add(quad.object)
    return Triples(
        {
            subject: {predicate: tuple(sorted(values, key=str)) for predicate, values in rows.items()}
            for subject, rows in pace(sorted(found.items()))
        }
    )
