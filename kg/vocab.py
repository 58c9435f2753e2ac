"""The ontology as a ``Vocabulary``: which terms there are, and how they hang together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from kg.data import data_folder
from kg.errors import DataError
from kg.terms import BASE, NS, OWL, RDF, RDFS, SKOS, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pyoxigraph import Literal, NamedNode, Quad

__all__ = ["BASE", "NS", "OWL", "RDF", "RDFS", "SKOS", "Vocabulary", "data_folder"]

_KINDS = {
    f"{OWL}Class": "class",
    f"{OWL}ObjectProperty": "object property",
    f"{OWL}DatatypeProperty": "datatype property",
    f"{OWL}AnnotationProperty": "annotation property",
}

# Individuals of the ontology have a class of the ontology as their type, so the kind is not in _KINDS.
_INDIVIDUAL = "individual"
_PROPERTIES = ("object property", "datatype property")

# "CONSULT/phone", "SUPPORT (sign formal agreement)": the code comes first, a remark may follow.
_CODE = re.compile(r"[A-Z]+\b")


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the ontology says of one term."""

    kind: str
    label: str
    definition: str
    parents: tuple[Term, ...]
    domain: Term | None
    range: str | None
    rank: int | None
    types: tuple[Term, ...]
    plover: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of the ontology, read once from ``diplomacy.ttl``."""

    entries: Mapping[Term, _Entry]
    prefixes: dict[str, str]
    classes: tuple[Term, ...]
    properties: tuple[Term, ...]
    _above: dict[str, tuple[Term, ...]] = field(default_factory=dict, repr=False, compare=False)
    """The ancestors found so far: assembling asks for them a hundred times for each article."""

    @classmethod
    def load(cls, path: Path | None = None) -> Vocabulary:
        """Read the ontology; the same file is read once in a process.

        Raises:
            DataError: the file is missing, does not parse, or contradicts itself.
        """
        return _load(data_folder("ontology") / "diplomacy.ttl" if path is None else path)

    def expand(self, term: str) -> str:
        """Give the IRI of a CURIE; a term in our own namespace must be declared."""
        prefix, colon, local = term.partition(":")
        if not colon or prefix not in self.prefixes:
            raise self._unknown(term)
        if prefix == "dip":
            self._entry(term)
        return self.prefixes[prefix] + local

    def shrink(self, iri: str) -> Term:
        """Give the CURIE of an IRI, or the IRI itself where no prefix fits."""
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        for prefix, namespace in self.prefixes.items():
            if namespace == iri[:cut] and iri[cut:]:
                return Term(f"{prefix}:{iri[cut:]}")
        return Term(iri)

    def superclasses(self, term: str) -> tuple[Term, ...]:
        """List the ``dip:`` ancestors of a class or property, nearest first, without itself."""
        found = self._above.get(term)
        if found is None:
            found = self._above[term] = self._climb(term)
        return found

    def _climb(self, term: str) -> tuple[Term, ...]:
        seen: dict[Term, None] = {}
        wave = self._entry(term).parents
        while wave:
            new = [parent for parent in wave if parent not in seen]
            seen.update(dict.fromkeys(new))
            wave = tuple(above for parent in new for above in self.entries[parent].parents)
        return tuple(seen)

    def subclasses(self, term: str) -> tuple[Term, ...]:
        """List the ``dip:`` descendants of a class or property, sorted, without itself."""
        self._entry(term)
        return tuple(sorted(other for other in self.entries if term in self.superclasses(other)))

    def is_a(self, term: str, ancestor: str) -> bool:
        """Tell whether a class (or property) is the other or lies below it."""
        if ancestor not in self.entries:
            raise self._unknown(ancestor)
        return term == ancestor or ancestor in self.superclasses(term)

    def is_literal(self, prop: str) -> bool:
        """Tell whether the property takes a literal."""
        return self._entry(prop).kind == "datatype property"

    def filler_is_subject(self, prop: str) -> bool:
        """Tell whether an actor is the subject of the property (``dip:hosts``), not its object."""
        domain = self._entry(prop).domain
        return domain is not None and self.is_a(domain, "dip:Actor")

    def domain(self, prop: str) -> Term | None:
        """Give the class the property starts from, where there is exactly one."""
        return self._entry(prop).domain

    def range(self, prop: str) -> str | None:
        """Give the class or datatype the property leads to as a CURIE, where one is declared."""
        return self._entry(prop).range

    def label(self, term: str) -> str:
        """Give the English label."""
        return self._entry(term).label

    def definition(self, term: str) -> str:
        """Give the definition, or nothing where the ontology has none."""
        return self._entry(term).definition

    def rank(self, status: str) -> int:
        """Give the order in which an event status supersedes others: higher wins.

        Raises:
            DataError: the term is no status.
        """
        rank = self._entry(status).rank
        if rank is None:
            raise DataError(f"{status} has no dip:rank", hint="Only an event status has one.")
        return rank

    def plover(self, term: str) -> str | None:
        """Give the bare PLOVER code of a class or property, or None where the ontology has none.

        What has no code of its own has that of the nearest term above it. Of several codes of one
        term the first in the alphabet is given.
        """
        for step in (term, *self.superclasses(term)):
            codes = [found[0] for text in self._entry(step).plover if (found := _CODE.match(text))]
            if codes:
                return min(codes)
        return None

    def individuals(self, cls: str) -> tuple[Term, ...]:
        """List the individuals the ontology itself names of a class, sorted."""
        self._entry(cls)
        return tuple(sorted(term for term, entry in self.entries.items() if cls in entry.types))

    def __contains__(self, term: object) -> bool:
        """Tell whether the ontology declares the term."""
        return term in self.entries

    def _entry(self, term: str) -> _Entry:
        entry = self.entries.get(Term(term))
        if entry is None:
            raise self._unknown(term)
        return entry

    def _unknown(self, term: str) -> DataError:
        # Looked up late: difflib is only needed when something is wrong already.
        from difflib import get_close_matches  # noqa: PLC0415

        near = get_close_matches(term, list(self.entries), n=1)
        hint = f"Did you mean {near[0]!r}?" if near else "See ontology/diplomacy.ttl for the terms."
        return DataError(f"no term {term!r} in the ontology", hint=hint)


@cache
def _load(path: Path) -> Vocabulary:
    quads, prefixes = _parse(path)
    facts: dict[str, dict[str, list[NamedNode | Literal]]] = {}
    for subject, predicate, value in _plain(quads):
        facts.setdefault(subject, {}).setdefault(predicate, []).append(value)
    entries = {
        Term("dip:" + iri.removeprefix(NS)): _entry_of(about, prefixes)
        for iri, about in sorted(facts.items())
        if iri.startswith(NS)
    }
    vocabulary = Vocabulary(
        entries,
        prefixes,
        tuple(term for term, entry in entries.items() if entry.kind == "class"),
        tuple(term for term, entry in entries.items() if entry.kind in _PROPERTIES),
    )
    _check(vocabulary, path)
    return vocabulary


def _parse(path: Path) -> tuple[list[Quad], dict[str, str]]:
    """Read the file; pyoxigraph is imported here because ``kg --help`` needs none of it."""
    from pyoxigraph import RdfFormat, parse  # noqa: PLC0415

    try:
        parser = parse(path.read_bytes(), RdfFormat.TURTLE)
        quads = list(parser)
        prefixes = dict(sorted(parser.prefixes.items()))
    except OSError as error:
        raise DataError("the ontology cannot be read", where=str(path), hint=str(error)) from error
    except SyntaxError as error:
        raise DataError(f"the ontology does not parse: {error}", where=str(path)) from error
    if prefixes.get("dip") != NS:
        raise DataError(f"the prefix dip: must stand for {NS}", where=str(path))
    return quads, prefixes


def _plain(quads: Iterable[Quad]) -> Iterator[tuple[str, str, NamedNode | Literal]]:
    """Yield what is said with names and literals; blank nodes (lists, unions) say nothing here."""
    from pyoxigraph import Literal, NamedNode  # noqa: PLC0415

    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, (NamedNode, Literal)):
            yield quad.subject.value, quad.predicate.value, quad.object


def _entry_of(about: Mapping[str, list[NamedNode | Literal]], prefixes: Mapping[str, str]) -> _Entry:
    def values(iri: str) -> list[str]:
        return [value.value for value in about.get(iri, [])]

    def terms(*iris: str) -> tuple[Term, ...]:
        own = [value for iri in iris for value in values(iri) if value.startswith(NS)]
        return tuple(Term("dip:" + value.removeprefix(NS)) for value in own)

    types = values(f"{RDF}type")
    ranks = values(f"{NS}rank")
    ranges = values(f"{RDFS}range")
    return _Entry(
        kind=next((_KINDS[kind] for kind in types if kind in _KINDS), _INDIVIDUAL),
        label=next(iter(values(f"{RDFS}label")), ""),
        definition=next(iter(values(f"{SKOS}definition")), ""),
        parents=terms(f"{RDFS}subClassOf", f"{RDFS}subPropertyOf"),
        domain=next(iter(terms(f"{RDFS}domain")), None),
        range=_curie(ranges[0], prefixes) if ranges else None,
        rank=int(ranks[0]) if ranks else None,
        types=terms(f"{RDF}type"),
        plover=tuple(values(f"{NS}plover")),
    )


def _curie(iri: str, prefixes: Mapping[str, str]) -> str:
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _check(vocabulary: Vocabulary, path: Path) -> None:
    """Refuse an ontology in which a term has no label or hangs on one that is not declared."""
    for term, entry in vocabulary.entries.items():
        for code in entry.plover:
            if _CODE.match(code) is None:
                hint = 'Begin with the code in capitals: "CONSULT", "CONSULT/phone".'
                raise DataError(f"{term} has no PLOVER code in {code!r}", where=str(path), hint=hint)
        if not entry.label:
            raise DataError(f"{term} has no rdfs:label", where=str(path))
        for other in (*entry.parents, *entry.types, *([entry.domain] if entry.domain else [])):
            if other not in vocabulary.entries:
                raise DataError(f"{term} refers to {other}, which is not declared", where=str(path))
    for term in vocabulary.entries:
        if term in vocabulary.superclasses(term):
            raise DataError(f"{term} lies below itself", where=str(path))
