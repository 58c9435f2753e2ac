"""A graph as one side of a comparison: what it tells, claim by claim, and what it holds to be so."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain
from math import isfinite
from typing import TYPE_CHECKING

from kg.graph.facts import Facts
from kg.vocab import NS, RDF, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyoxigraph as ox

Triple = tuple[str, str, str]
"""Subject, property and object: IRIs, or the text of a literal object."""

EVENT, STANCE, TEXT, TEAM = "event", "stance", "text", "delegation"
_MOVING = {"Event": EVENT, "Stance": STANCE, "Instrument": TEXT, "Delegation": TEAM}
"""The classes whose things are named by what articles tell of them, so that the names may change."""

EDTF, STATUS, EARLIEST, LATEST = (f"{NS}{name}" for name in ("edtf", "status", "earliest", "latest"))
MET = f"{NS}metWith"
_BACKGROUND = frozenset({f"{NS}locatedIn", f"{NS}officeOf"})
_RECORDS = ("Claim", "Passage", "Document")
_DCTERMS = "http://purl.org/dc/terms/"


@dataclass(frozen=True, slots=True)
class Telling:
    """A claim: one article tells one triple, in which words, on whose word, and how surely it was read."""

    id: str
    triple: Triple
    modality: str = "Actual"
    """``Actual``, ``Expected``, ``Possible`` or ``Conditional``."""
    negated: bool = False
    speaker: str = ""
    """The name of the one it is credited to; empty in the article's own voice."""
    confidence: float = 1.0
    article: str = ""
    """The id of the article; empty where a rule infers the claim."""
    text: str = ""
    """The hash of the text, which another version of the article does not share."""
    title: str = ""
    published: str = ""
    begin: int = 0
    end: int = 0
    quote: str = ""
    contradicts: tuple[str, ...] = ()
    names: tuple[str, str] = ("", "")
    """How subject and object are called."""

    @property
    def asserted(self) -> bool:
        """Whether it says that its triple holds or will hold."""
        return not self.negated and self.modality in {"Actual", "Expected"}


@dataclass(frozen=True, slots=True)
class Side:
    """All of a graph that a comparison looks at."""

    claims: tuple[Telling, ...]
    view: frozenset[Triple]
    labels: Mapping[str, str] = field(default_factory=dict)
    moving: Mapping[str, str] = field(default_factory=dict)
    """What is named by what is told of it: the IRI, and whether it is an event, a stance, a text, a team."""
    articles: Mapping[str, str] = field(default_factory=dict)
    """The hash of the text of each article, by id."""

    def label(self, iri: str) -> str:
        """Give the name of a thing, or the text itself."""
        return self.labels.get(iri) or iri


def side_of(triples: Iterable[ox.Triple]) -> Side:
    """Take from the triples of a graph what a comparison looks at."""
    vocabulary = Vocabulary.load()
    facts = Facts(triples, vocabulary)
    kinds = _kinds(facts, vocabulary)
    records = frozenset().union(*(kinds[name] for name in _RECORDS))
    claims = tuple(_telling(iri, facts) for iri in sorted(kinds["Claim"]))
    told = {claim.triple for claim in claims}
    view = frozenset(_view(facts, records, told))
    moving = {iri: word for name, word in _MOVING.items() for iri in kinds[name] if not iri.startswith(NS)}
    named = {part for triple in (*told, *view) for part in triple} | set(moving)
    return Side(
        claims,
        view,
        {iri: facts.label(iri) for iri in sorted(named)},
        moving,
        {_identifier(facts, iri): facts.value(iri, f"{NS}contentHash") for iri in sorted(kinds["Document"])},
    )


def view_only(side: Side) -> Side:
    """Give a side without its claims, for a comparison with a graph that has none."""
    return replace(side, claims=())


def _kinds(facts: Facts, vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """Give the things of each class; one of a class below it counts even if the file does not say both."""
    of = {
        vocabulary.expand(term): name
        for name in (*_RECORDS, *_MOVING)
        for term in (f"dip:{name}", *vocabulary.subclasses(f"dip:{name}"))
    }
    found: dict[str, set[str]] = {name: set() for name in (*_RECORDS, *_MOVING)}
    for iri in facts.things():
        for value in facts.values(iri, f"{RDF}type"):
            if value in of:
                found[of[value]].add(iri)
    return {name: frozenset(things) for name, things in found.items()}


def _view(facts: Facts, records: frozenset[str], told: set[Triple]) -> Iterator[Triple]:
    """Yield the plain facts: not what is known beforehand, unless an article tells it; of a meeting one half."""
    plain = (iri for iri in facts.things() if iri not in records and not iri.startswith(NS))
    for subject, predicate, value in chain.from_iterable(map(facts.said, plain)):
        if predicate == MET:
            yield min(subject, value), predicate, max(subject, value)
        elif predicate.startswith(NS) and (
            predicate not in _BACKGROUND or (subject, predicate, value) in told
        ):
            yield subject, predicate, value


def _telling(iri: str, facts: Facts) -> Telling:
    subject, predicate, value = (
        facts.value(iri, f"{RDF}{part}") for part in ("subject", "predicate", "object")
    )
    document = facts.value(iri, f"{NS}reportedIn")
    speaker = facts.value(iri, f"{NS}attributedTo")
    passage = facts.passage(iri)
    return Telling(
        id=_last(iri),
        triple=(subject, predicate, value),
        modality=facts.value(iri, f"{NS}modality").removeprefix(NS),
        negated=facts.value(iri, f"{NS}negated") in {"true", "1"},
        speaker=facts.label(speaker) if speaker else "",
        confidence=_number(facts.value(iri, f"{NS}confidence")),
        article=_identifier(facts, document) if document else "",
        text=facts.value(document, f"{NS}contentHash"),
        title=facts.value(document, f"{_DCTERMS}title"),
        published=facts.value(document, f"{_DCTERMS}issued"),
        begin=int(_number(passage["begin"])),
        end=int(_number(passage["end"])),
        quote=passage["sentence"],
        contradicts=tuple(sorted(map(_last, facts.values(iri, f"{NS}contradicts")))),
        names=(facts.label(subject), facts.label(value)),
    )


def _identifier(facts: Facts, document: str) -> str:
    return facts.value(document, f"{_DCTERMS}identifier") or document


def _last(iri: str) -> str:
    return iri.rpartition("/")[2]


def _number(text: str) -> float:
    """Give a number; whatever else a file has in its place counts as nothing."""
    try:
        found = float(text)
    except ValueError:
        return 0.0
    return found if isfinite(found) else 0.0
