"""Claims as flat rows, for spreadsheets and data frames."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Self

from kg.graph.scan import plain
from kg.vocab import NS, RDF, RDFS, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pyoxigraph as ox

    from kg.graph.scan import Plain

_NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
_DCTERMS = "http://purl.org/dc/terms/"
_LONGEST = 20
"""Digits that no offset has: Python refuses to read thousands of them."""


class Facts:
    """The claims of a graph, looked up by what is said of each node."""

    def __init__(self, said: Iterable[Plain], vocabulary: Vocabulary) -> None:
        """Index triples once."""
        self._vocabulary = vocabulary
        self._about: dict[str, dict[str, list[str]]] = {}
        for subject, predicate, value in said:
            about = self._about.get(subject)
            if about is None:
                self._about[subject] = {predicate: [value]}
            elif predicate in about:
                about[predicate].append(value)
            else:
                about[predicate] = [value]

    @classmethod
    def of(cls, triples: Iterable[ox.Triple], vocabulary: Vocabulary) -> Self:
        """Index the triples of a graph."""
        return cls(plain(triples), vocabulary)

    def claims(self) -> Iterator[str]:
        """Yield the IRIs of the claims, sorted."""
        return iter(sorted(self.all_of(f"{NS}Claim")))

    def all_of(self, kind: str) -> frozenset[str]:
        """Give the IRIs of all things of a class."""
        return frozenset(iri for iri, about in self._about.items() if kind in about.get(f"{RDF}type", ()))

    def row(self, claim: str) -> dict[str, str]:
        """Give all that a claim says as plain strings."""
        subject, predicate, value = (
            self.value(claim, f"{RDF}{part}") for part in ("subject", "predicate", "object")
        )
        document = self.value(claim, f"{NS}reportedIn")
        speaker = self.value(claim, f"{NS}attributedTo")
        return {
            "subject": self.label(subject),
            "predicate": self.label(predicate),
            "object": self.label(value),
            "modality": self.label(self.value(claim, f"{NS}modality")),
            "negated": self.value(claim, f"{NS}negated"),
            "speaker": self.label(speaker),
            "confidence": self.value(claim, f"{NS}confidence"),
            "basis": "stated" if self.values(claim, f"{NS}evidence") else "inferred",
            "status": self._status(subject, value),
            "document": self.value(document, f"{_DCTERMS}title"),
            "date": self.value(claim, f"{NS}asOf") or self.value(document, f"{_DCTERMS}issued"),
            **self.passage(claim),
            "subject_iri": subject,
            "predicate_iri": predicate,
            "object_iri": value if value in self._about or value.startswith(NS) else "",
            "claim_iri": claim,
            "document_iri": document,
        }

    def label(self, iri: str) -> str:
        """Give the label of a thing, or the text itself where it has none."""
        return self.value(iri, f"{RDFS}label") or str(self._vocabulary.shrink(iri))

    def _status(self, subject: str, value: str) -> str:
        """Give the status of the event that the claim is about."""
        status = self.value(value, f"{NS}status") or self.value(subject, f"{NS}status")
        return self.label(status) if status else ""

    def passage(self, claim: str) -> dict[str, str]:
        """Give the first passage of a claim; offsets count characters of the text as given."""
        return self.first_passage(self.values(claim, f"{NS}evidence"))

    def first_passage(self, passages: Iterable[str]) -> dict[str, str]:
        """Give the first of some passages."""
        found = sorted((_offset(self.value(iri, f"{_NIF}beginIndex")), iri) for iri in passages)
        if not found:
            return {"sentence": "", "begin": "", "end": ""}
        passage = found[0][1]
        parts = {"sentence": "anchorOf", "begin": "beginIndex", "end": "endIndex"}
        return {column: self.value(passage, f"{_NIF}{part}") for column, part in parts.items()}

    def properties(self) -> Iterator[str]:
        """Yield the property of everything that is said, most of them many times."""
        return chain.from_iterable(self._about.values())

    def things(self) -> Iterator[str]:
        """Yield the IRI of everything that something is said of."""
        return iter(self._about)

    def about(self, iri: str) -> Mapping[str, Sequence[str]]:
        """Give all that is said of a thing, by property."""
        return self._about.get(iri, {})

    def said(self, iri: str) -> Iterator[tuple[str, str, str]]:
        """Yield every triple about a thing as plain strings."""
        for predicate, values in self._about.get(iri, {}).items():
            yield from ((iri, predicate, value) for value in values)

    def values(self, iri: str, predicate: str) -> list[str]:
        """Give all that is said of a thing by a property, as plain strings."""
        return self._about.get(iri, {}).get(predicate, [])

    def value(self, iri: str, predicate: str) -> str:
        """Give the one thing that is said by a property, the first of several, nothing of none."""
        return min(self.values(iri, predicate), default="")


def _offset(text: str) -> int:
    """Give a number of characters; whatever else a file has in its place counts as none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _LONGEST else 0
