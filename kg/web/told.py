"""A claim as a page shows it: what it says in words, how it is told, on which sentences of which article it rests.

``kg.answers.Statement`` is the same for one question to a store, which may be far away; this reads the
catalogue, which holds the whole graph for many pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.answers import relations
from kg.graph.page_style import phrase
from kg.graph.page_triples import DIP, NIF, PROV, RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.graph.page_triples import Triples
    from kg.web.catalogue import Catalogue, Thing

_RULE = "rule: "


@dataclass(frozen=True, slots=True)
class Quote:
    """The words that a claim rests on; offsets count characters of the text as given."""

    text: str
    begin: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Source:
    """An article, as the graph describes it."""

    thing: Thing
    title: str
    publisher: str | None
    date: str | None
    url: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A claim, with everything that a reader wants to know about it."""

    thing: Thing
    id: str
    subject: str
    predicate: str
    object: str
    verb: str
    subject_label: str
    object_label: str
    modality: str
    negated: bool
    confidence: float
    as_of: str | None
    speaker: str | None
    rule: str | None
    source: Source | None
    quotes: tuple[Quote, ...]
    against: tuple[str, ...]
    derived: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What it says, in one line."""
        return f"{self.subject_label} {self.verb} {self.object_label}"

    @property
    def marks(self) -> tuple[str, ...]:
        """How it is told, the weightiest first: names of the statuses of the view file."""
        firm = {"Actual": "", "Expected": "planned"}.get(self.modality, "possible")
        found = (
            "contested" if self.against else "",
            "denied" if self.negated else "",
            "inferred" if self.rule is not None else "",
            firm,
            "attributed" if self.speaker is not None else "",
        )
        return tuple(name for name in found if name) or ("stated",)


def told(book: Catalogue, iri: str) -> Told:
    """Give a claim by its IRI."""
    triples = book.triples
    subject, predicate, value = (
        next(iter(triples.values(iri, RDF + name)), NamedNode(iri))
        for name in ("subject", "predicate", "object")
    )
    modality = next(iter(triples.iris(iri, DIP + "modality")), DIP + "Actual").removeprefix(DIP)
    negated = triples.text(iri, DIP + "negated") in {"true", "1"}
    rules = (triples.text(run, RDFS + "label") for run in triples.iris(iri, PROV + "wasGeneratedBy"))
    rule = next((name.removeprefix(_RULE) for name in rules if name and name.startswith(_RULE)), None)
    return Told(
        thing=book.things[iri],
        id=book.things[iri].path.removeprefix("claim/"),
        subject=subject.value,
        predicate=predicate.value,
        object=value.value,
        verb=verb(triples, predicate.value, modality, negated=negated),
        subject_label=book.words(subject),
        object_label=book.words(value),
        modality=modality,
        negated=negated,
        confidence=_number(triples.text(iri, DIP + "confidence")),
        as_of=triples.text(iri, DIP + "asOf"),
        speaker=next(iter(triples.iris(iri, DIP + "attributedTo")), None),
        rule=rule,
        source=next(filter(None, map(book.source, triples.iris(iri, DIP + "reportedIn"))), None),
        quotes=tuple(sorted(_quotes(triples, iri), key=lambda one: (one.begin or 0, one.end or 0, one.text))),
        against=tuple(c for c in triples.iris(iri, DIP + "contradicts") if c in book.things),
        derived=tuple(c for c in triples.iris(iri, PROV + "wasDerivedFrom") if c in book.things),
    )


def verb(triples: Triples, predicate: str, modality: str = "Actual", *, negated: bool = False) -> str:
    """Word a relation as the graph page does; one that the view file does not know by its label."""
    relation = relations().get(predicate)
    if relation is None:
        return ("not " if negated else "") + triples.label(predicate)
    return phrase(relation, modality, negated=negated)


def _quotes(triples: Triples, iri: str) -> Iterable[Quote]:
    for passage in triples.iris(iri, DIP + "evidence"):
        text = triples.text(passage, NIF + "anchorOf")
        if text is not None:
            begin, end = (_offset(triples.text(passage, NIF + name)) for name in ("beginIndex", "endIndex"))
            yield Quote(text, begin, end)


def _offset(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() else None


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
