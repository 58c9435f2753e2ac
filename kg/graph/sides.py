"""A graph as one side of a comparison: what it tells, claim by claim, and what it holds to be so."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import chain
from math import isfinite
from typing import TYPE_CHECKING

from kg.graph.facts import Facts
from kg.graph.scan import said
from kg.vocab import NS, RDF, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import pyoxigraph as ox

    from kg.graph.store import EmbeddedStore

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
_TRIPLE = tuple(f"{RDF}{name}" for name in ("subject", "predicate", "object"))
_MODALITY, _NEGATED, _CONFIDENCE = (f"{NS}{name}" for name in ("modality", "negated", "confidence"))
_SPEAKER, _ARTICLE, _EVIDENCE = (f"{NS}{name}" for name in ("attributedTo", "reportedIn", "evidence"))
_CONTRADICTS = f"{NS}contradicts"


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
    ours: bool = True
    """Whether anything is said in the words of the ontology."""

    def label(self, iri: str) -> str:
        """Give the name of a thing, or the text itself."""
        return self.labels.get(iri) or iri


def side_of(triples: Iterable[ox.Triple]) -> Side:
    """Take from the triples of a graph what a comparison looks at."""
    return _side(Facts.of(triples, Vocabulary.load()))


def side_of_store(store: EmbeddedStore) -> Side:
    """Take from a store what a comparison looks at, and no more than that."""
    vocabulary = Vocabulary.load()
    return _side(Facts(said(store, _classes(vocabulary)), vocabulary))


def _side(facts: Facts) -> Side:
    kinds = _kinds(facts)
    records = frozenset().union(*(kinds[name] for name in _RECORDS))
    label = cache(facts.label)
    claims = tuple(_tellings(sorted(kinds["Claim"]), facts, label))
    told = {claim.triple for claim in claims}
    view = frozenset(_view(facts, records, told))
    moving = {iri: word for name, word in _MOVING.items() for iri in kinds[name] if not iri.startswith(NS)}
    named = {part for triple in chain(told, view) for part in triple}.union(moving)
    return Side(
        claims,
        view,
        {iri: label(iri) for iri in named},
        moving,
        {_identifier(facts, iri): facts.value(iri, f"{NS}contentHash") for iri in sorted(kinds["Document"])},
        ours=any(predicate.startswith(NS) for predicate in facts.properties()),
    )


def view_only(side: Side) -> Side:
    """Give a side without its claims, for a comparison with a graph that has none."""
    return replace(side, claims=())


def _classes(vocabulary: Vocabulary) -> dict[str, str]:
    """Give the classes that are asked for; one below them counts even if a file does not say both."""
    return {
        vocabulary.expand(term): name
        for name in (*_RECORDS, *_MOVING)
        for term in (f"dip:{name}", *vocabulary.subclasses(f"dip:{name}"))
    }


def _kinds(facts: Facts) -> dict[str, frozenset[str]]:
    """Give the things of each class."""
    of = _classes(Vocabulary.load())
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


def _tellings(claims: Iterable[str], facts: Facts, label: Callable[[str], str]) -> Iterator[Telling]:
    """Yield the claims; what many of them share, an article, a passage, a name, is looked up once."""
    source, place = cache(partial(_source, facts)), cache(partial(_place, facts))
    for iri in claims:
        about = facts.about(iri)
        subject, predicate, value = (_first(about, name) for name in _TRIPLE)
        speaker = _first(about, _SPEAKER)
        article, text, title, published = source(_first(about, _ARTICLE))
        begin, end, quote = place(tuple(about.get(_EVIDENCE, ())))
        yield Telling(
            _last(iri),
            (subject, predicate, value),
            _first(about, _MODALITY).removeprefix(NS),
            _first(about, _NEGATED) in {"true", "1"},
            label(speaker) if speaker else "",
            _number(_first(about, _CONFIDENCE)),
            article,
            text,
            title,
            published,
            begin,
            end,
            quote,
            tuple(sorted(map(_last, about.get(_CONTRADICTS, ())))),
            (label(subject), label(value)),
        )


def _first(about: Mapping[str, Sequence[str]], predicate: str) -> str:
    """Give the first of what a property says, nothing of none."""
    found = about.get(predicate)
    return min(found) if found else ""


def _source(facts: Facts, document: str) -> tuple[str, str, str, str]:
    """Give id, hash of the text, title and day of an article."""
    names = f"{NS}contentHash", f"{_DCTERMS}title", f"{_DCTERMS}issued"
    text, title, issued = (facts.value(document, name) for name in names)
    return _identifier(facts, document) if document else "", text, title, issued


def _place(facts: Facts, passages: tuple[str, ...]) -> tuple[int, int, str]:
    """Give where the first of some passages begins and ends, and its words."""
    found = facts.first_passage(passages)
    return int(_number(found["begin"])), int(_number(found["end"])), found["sentence"]


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
