"""Exports: the whole graph as a file, in formats that are registered by name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg import files, registry
from kg.errors import UsageError
from kg.graph.facts import Facts
from kg.graph.reified import reified
from kg.graph.rows import csv_text
from kg.graph.serialize import write_triples
from kg.vocab import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyoxigraph as ox

SUFFIXES = {
    ".ttl": "turtle",
    ".nt": "nt",
    ".jsonld": "jsonld",
    ".json": "jsonld",
    ".rdf": "rdfxml",
    ".xml": "rdfxml",
    ".owl": "rdfxml",
    ".csv": "csv",
    ".graphml": "graphml",
}
"""The format that the name of a file asks for."""


def export(
    triples: Iterable[ox.Triple],
    path: Path | str | None,
    *,
    layout: str | None = None,
    vocabulary: Vocabulary | None = None,
) -> str:
    """Write the graph to a file, whole or not at all, or to standard output (``-``); give the format.

    Without ``layout`` the name of the file decides, and Turtle is written where it says nothing.

    Raises:
        UnknownNameError: there is no such format.
        UsageError: the name of the file asks for a format that does not exist.
        StoreError: the file cannot be written.
    """
    chosen = layout_of(path) if layout is None else layout
    exporter = registry.find("exporter", chosen)
    destination = None if path is None else Path(path)
    with files.target(destination) as out:
        exporter(list(triples), Vocabulary.load() if vocabulary is None else vocabulary, out)
    return chosen


def layout_of(path: Path | str | None) -> str:
    """Give the format that the name of a file asks for.

    Raises:
        UsageError: its suffix is not known.
    """
    if path is None or str(path) == "-":
        return "turtle"
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        hint = f"Give --format, or a name that ends in one of: {', '.join(SUFFIXES)}."
        raise UsageError("the name of the file does not tell the format", where=str(path), hint=hint)
    return SUFFIXES[suffix]


def turtle(triples: Sequence[ox.Triple], vocabulary: Vocabulary, out: BinaryIO) -> None:
    """Write Turtle with a prefix for each kind of thing."""
    write_triples(triples, "turtle", out, vocabulary=vocabulary)


def ntriples(triples: Sequence[ox.Triple], vocabulary: Vocabulary, out: BinaryIO) -> None:
    """Write sorted N-Triples."""
    write_triples(triples, "nt", out, vocabulary=vocabulary)


def jsonld(triples: Sequence[ox.Triple], vocabulary: Vocabulary, out: BinaryIO) -> None:
    """Write JSON-LD with its context in it."""
    write_triples(triples, "jsonld", out, vocabulary=vocabulary)


def rdfxml(triples: Sequence[ox.Triple], vocabulary: Vocabulary, out: BinaryIO) -> None:
    """Write RDF/XML; characters that XML cannot hold are left out."""
    write_triples(triples, "rdfxml", out, vocabulary=vocabulary)


def rdf12(triples: Sequence[ox.Triple], vocabulary: Vocabulary, out: BinaryIO) -> None:
    """Write the whole graph in Turtle 1.2, the claims as RDF 1.2 reifiers; rdflib 7 does not read it.

    Where the other formats say the subject, the property and the object of a claim, this one says
    ``rdf:reifies <<( subject property object )>>``; all else is the same.
    """
    write_triples(reified(triples), "turtle", out, vocabulary=vocabulary)


FACT_COLUMNS = (
    "subject",
    "predicate",
    "object",
    "modality",
    "negated",
    "speaker",
    "confidence",
    "basis",
    "status",
    "document",
    "date",
    "sentence",
    "begin",
    "end",
    "subject_iri",
    "predicate_iri",
    "object_iri",
    "claim_iri",
    "document_iri",
)


def facts_csv(triples: Sequence[ox.Triple], vocabulary: Vocabulary, out: BinaryIO) -> None:
    """Write one row for each claim, with labels, its stance, and the passage that says it."""
    facts = Facts.of(triples, vocabulary)
    rows = (facts.row(claim) for claim in facts.claims())
    out.write(csv_text([FACT_COLUMNS, *([row[column] for column in FACT_COLUMNS] for row in rows)]).encode())
