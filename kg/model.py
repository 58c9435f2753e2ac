"""The shared words: what the rooms of the house hand to one another.

Plain frozen data; no spaCy type, no RDF type. Terms of the ontology are CURIEs (``dip:Talks``,
``rdf:type``); things are named by a path relative to the instance base (``person/jan-egeland``).
All character offsets are Unicode code points into the text as the user gave it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date  # noqa: TC003  (dataclasses are read at run time by kg.codec)
from typing import NewType

from kg.terms import Term as Term  # noqa: PLC0414  (one of the shared words, which all take from here)

Key = NewType("Key", str)
"""A thing inside one reading: an entity's path, or a local key such as ``talks@120``."""

ACTUAL = Term("dip:Actual")
EXPECTED = Term("dip:Expected")
POSSIBLE = Term("dip:Possible")
CONDITIONAL = Term("dip:Conditional")

PROPOSED = Term("dip:StatusProposed")
PLANNED = Term("dip:StatusPlanned")
POSTPONED = Term("dip:StatusPostponed")
REFUSED = Term("dip:StatusRefused")
CANCELLED = Term("dip:StatusCancelled")
ONGOING = Term("dip:StatusOngoing")
HELD = Term("dip:StatusHeld")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text from ``start`` up to, not including, ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One source text as the user gave it, with what is known about it."""

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str = "en"
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or a naming phrase in the text.

    ``type`` is a class of the ontology (``dip:Person``), or ``kg:Demonym`` for an adjective or
    noun of nationality. ``tokens`` counts tokens of the annotated document.
    """

    span: Span
    text: str
    type: Term
    tokens: Span


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing of the world: from the knowledge base, or first met in an article."""

    key: Key
    type: Term
    label: str
    aliases: tuple[str, ...] = ()
    qid: str | None = None
    within: Key | None = None
    """The state a place lies in; the state or body an office, a person or a group belongs to."""
    known: bool = False
    """Whether the knowledge base has it."""
    confirmed: bool = False
    """Whether two sources, or the user, give the Wikidata id."""


PART_OF_NAME = "part of its name"
"""Why a candidate was weighed that is called by one word of its name, as in ``the Front``."""


@dataclass(frozen=True, slots=True)
class Link:
    """The decision on a mention: which entity it means, or None where it abstains.

    ``place`` is what the mention means where a place is asked for (``Ankara`` the city), when that
    differs from ``entity``, what it means as an actor (``Ankara`` the government).
    """

    mention: Mention
    entity: Entity | None
    score: float
    why: str
    place: Entity | None = None
    candidates: tuple[tuple[str, float, str], ...] = ()
    """Every candidate that was weighed: key, score, reason."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of days, both ends included; None is open. ``edtf`` is as precise as the text."""

    earliest: date | None
    latest: date | None
    edtf: str


@dataclass(frozen=True, slots=True)
class Stance:
    """How the source commits itself: modality, polarity, and whom it credits."""

    modality: Term = ACTUAL
    negated: bool = False
    speaker: Key | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """One argument of an event mention.

    ``predicate`` is a property of the ontology; whether the filler is its subject or its object
    follows from the property's domain. ``filler`` is the key of an entity or of another event
    mention, or the words themselves where the property takes a literal. ``side`` is the actor
    whose delegation a person leads or belongs to. ``stance``, ``evidence`` and ``score`` are
    given where they differ from those of the mention.
    """

    predicate: Term
    filler: str
    side: Key | None = None
    stance: Stance | None = None
    evidence: Span | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class EventMention:
    """A sentence that speaks of an event, an instrument, a stance or an office.

    Mentions of one article that share a ``key`` speak of one thing. ``label`` gives its name in
    the words of the source where it has one (``Resolution 2774``). ``ordinal`` is the number of a
    round within its series. ``weekday`` (Monday is 0) is kept where the day could not be resolved.
    """

    key: Key
    type: Term
    roles: tuple[Role, ...]
    evidence: Span
    when: Interval | None = None
    status: Term | None = None
    stance: Stance = field(default_factory=Stance)
    label: str | None = None
    ordinal: int | None = None
    weekday: int | None = None
    trigger: Span | None = None
    extractor: str = "frames"
    score: float = 0.9


@dataclass(frozen=True, slots=True)
class Abstention:
    """Something that looked like a fact and was not taken, with the reason."""

    span: Span
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one article: the unit that is cached, shipped and replaced."""

    article: Article
    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    event_mentions: tuple[EventMention, ...]
    abstentions: tuple[Abstention, ...] = ()
    pipeline: str = ""
    """Name and version of what read it: ``kg 0.1.0, en_core_web_sm 3.8.0, kb 2026-11-21``."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal object of a claim: its text and its datatype as a CURIE, or a language."""

    text: str
    datatype: Term | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One document reports one triple; or a rule infers one from other claims.

    ``subject`` and ``object`` are paths relative to the instance base after merging, ``predicate``
    is a CURIE; an object may also be a CURIE of the ontology (a class or a status).
    """

    id: str
    subject: str
    predicate: Term
    object: str | Literal
    stance: Stance
    confidence: float
    document: str | None = None
    evidence: tuple[tuple[Span, str], ...] = ()
    as_of: date | None = None
    derived_from: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    rule: str | None = None
    """The name of the rule of an inferred claim."""


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """Why two reports are taken as one event."""

    shared: tuple[tuple[str, tuple[str, ...]], ...]
    """In what they agree: ``parties``, ``place`` … with the paths of the things."""
    why: str
    """What else speaks for it, in words: how their days fit, that nothing else fits, what a user says."""

    def __str__(self) -> str:
        """Give it on one line, the things by their paths."""
        return "; ".join([*(f"same {name} {', '.join(paths)}" for name, paths in self.shared), self.why])


@dataclass(frozen=True, slots=True)
class Event:
    """Mentions of one or more articles merged into one event, with the visible reason."""

    path: str
    type: Term
    label: str
    members: tuple[tuple[str, Key], ...]
    """(document sha256, local key) of each."""
    reasons: tuple[Reason, ...]
