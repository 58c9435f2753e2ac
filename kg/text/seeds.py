"""Event mentions while they are being put together, one sentence's worth each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.lexicon import load_lexicon
from kg.model import Role, Span, Term
from kg.text.lengths import days_of
from kg.text.nominals import EventNoun, event_nouns
from kg.text.parties import parties
from kg.text.scene import is_kind
from kg.text.stance import commitment
from kg.text.syntax import children, is_passive, prepositional, subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Entity, Interval, Key
    from kg.text.commitment import Commitment
    from kg.text.party import Party
    from kg.text.scene import Scene

DEEDS = load_lexicon().deeds
"""What frames tell of as done: a class that a frame gives to somebody who performs it is one without more ado."""

ARMED = frozenset(Term(t) for t in ("dip:Coercion", "dip:Attack", "dip:Mobilization"))
"""Deeds of force, which are told by nouns as often as by verbs."""
EVENTS = DEEDS | frozenset(
    Term(t)
    for t in (
        "dip:Talks",
        "dip:IndirectTalks",
        "dip:Meeting",
        "dip:Call",
        "dip:Visit",
        "dip:Process",
        "dip:Vote",
        "dip:Event",
    )
)
MEETINGS = frozenset(
    Term(t) for t in ("dip:Talks", "dip:IndirectTalks", "dip:Meeting", "dip:Call", "dip:Process")
)
INSTRUMENTS = frozenset(
    Term(t) for t in ("dip:Agreement", "dip:Ceasefire", "dip:Resolution", "dip:Instrument")
)
STANCES = frozenset(
    Term(t)
    for t in (
        "dip:Demand",
        "dip:Offer",
        "dip:Refusal",
        "dip:Support",
        "dip:Opposition",
        "dip:Threat",
        "dip:Stance",
    )
)
PARTICIPATES = Term("dip:participatesIn")
_ADDRESSES = frozenset(("tell", "urge", "assure", "inform", "thank", "warn", "congratulate", "brief"))
_AROUND = frozenset(("after", "following", "during", "at", "in"))
"""What joins a clause to the talks around which it happened: "after talks with A, B said"."""


@dataclass(slots=True)
class Seed:
    """What one sentence says of one event, instrument or stance. Local to one reading; built up."""

    token: int
    type: Term
    commitment: Commitment
    tokens: set[int] = field(default_factory=set)
    """Triggers and nouns by which dates and places reach it."""
    announced: set[int] = field(default_factory=set)
    """Verbs whose own date is that of the announcement: "cancelled on Thursday", "postponed to June"."""
    roles: list[Role] = field(default_factory=list)
    parties: dict[Key, Entity] = field(default_factory=dict)
    own: frozenset[Key] = frozenset()
    """The parties that its noun phrase itself tells: "the meeting of A with B", not "C attended the meeting"."""
    places: dict[Key, Entity] = field(default_factory=dict)
    named_after: frozenset[Key] = frozenset()
    """Places that only stand before its noun: "the Balkans summit"."""
    status: Term | None = None
    status_said: bool = False
    """The status comes from a word of its own ("postponed"), not from the tense."""
    when: Interval | None = None
    starts: Interval | None = None
    stops: Interval | None = None
    """When it is told to have begun, or to have ended, where a verb tells just that."""
    days: int | None = None
    """How many days it lasts: "three days of talks"."""
    weekday: int | None = None
    ordinal: int | None = None
    series: str | None = None
    definite: bool = False
    apart: bool = False
    """Told as one beside others: "also held meetings with them", "a separate meeting"."""
    part: int = 0
    """Which of several events that one phrase tells: "separate meetings with A and B" are two."""
    label: str | None = None
    score: float = 0.9
    key: Key | None = None
    bare: bool = False
    """Told even where only its place is: "an airstrike near X"."""
    context: bool = False
    """Belongs to whatever event is being spoken of."""
    frames: list[str] = field(default_factory=list)
    helpers: dict[Key, Entity] = field(default_factory=dict)
    instrument: Seed | None = None
    """The text that a vote is on."""
    verbal: bool = False
    """The trigger is a verb that is itself the event: "met", "negotiated"."""
    referred: bool = False
    """Another seed points to it, so it must be told even where nothing else is said of it."""
    produces: Seed | None = None
    """The text that the talks brought about."""

    def add(self, role: Role) -> None:
        """Add a role once."""
        if role not in self.roles:
            self.roles.append(role)


def noun_seeds(scene: Scene) -> list[Seed]:
    """Give a seed for every event noun, with what its phrase says."""
    return [_from_noun(scene, noun) for noun in event_nouns(scene)]


def _from_noun(scene: Scene, noun: EventNoun) -> Seed:
    token = scene.doc[noun.token]
    seed = Seed(
        token=noun.token,
        type=noun.type,
        commitment=commitment(scene, token),
        tokens={noun.token, *noun.others},
        ordinal=noun.ordinal,
        series=noun.series,
        definite=noun.definite,
        apart=noun.apart,
        status=adjective_status(scene, token),
        days=days_of(scene, (noun.token, *noun.others)),
    )
    seed.status_said = seed.status is not None
    for party in noun.participants:
        add_party(seed, party, PARTICIPATES, scene)
    seed.own = frozenset(seed.parties)
    for place in noun.places:
        seed.places[place.key] = place
    seed.named_after = frozenset(seed.places)
    for role, party in noun.helpers:
        # "rejected the US-led talks": they are led by the US whoever rejects them.
        add_party(seed, party, role, scene, said=replace(seed.commitment, negated=False, refused=False))
    if not seed.parties:
        for party in _of_clause(scene, noun):
            add_party(seed, party, PARTICIPATES, scene)
    elif len(seed.parties) == 1:
        for party in _partner(scene, noun):
            add_party(seed, party, PARTICIPATES, scene)
    return seed


def _clause_verb(scene: Scene, noun: EventNoun) -> Token | None:
    """Give the verb on which the phrase with the event noun hangs as in "after talks with A, B said"."""
    word = scene.doc[noun.token]
    while (
        word.dep_ in ("pobj", "prep", "pcomp") and word.head != word and word.head.pos_ not in ("VERB", "AUX")
    ):
        word = word.head
    hangs = word.dep_ == "prep" and word.lower_ in _AROUND and word.head.pos_ == "VERB"
    return word.head if hangs else None


def _partner(scene: Scene, noun: EventNoun) -> tuple[Party, ...]:
    """As in "After talks with A, B said": B talked with A, unless they are somebody's talks."""
    token = scene.doc[noun.token]
    if children(token, "poss") or not prepositional(token, "with"):
        return ()
    verb = _clause_verb(scene, noun)
    if verb is None or is_passive(verb):
        return ()
    found = [p for subject in subjects(verb) for p in parties(scene, subject) if p.via in ("name", "title")]
    return tuple(p for p in found if not p.entity.key.startswith("agency/"))[:1] if len(found) == 1 else ()


def _of_clause(scene: Scene, noun: EventNoun) -> tuple[Party, ...]:
    """As in "A and B ended their dispute after talks in Oslo": whose talks they were.

    Two or more actors as the subject of what followed the talks; one alone could have talked to
    anybody.
    """
    verb = _clause_verb(scene, noun)
    signed = verb is not None and verb.lemma_ in ("sign", "initial")
    if verb is None or (is_passive(verb) and not signed):
        return ()  # but "was signed by A and B after talks in Oslo"
    found = tuple(p for subject in subjects(verb) for p in parties(scene, subject) if p.via != "context")
    if verb.lemma_ in _ADDRESSES:
        # "At the meeting A told B": both were there, where both are persons.
        told = [p for word in children(verb, "dobj", "dative") for p in parties(scene, word)]
        both = (*found, *told)
        return both if told and all(is_kind(p.entity, "person") for p in both) else ()
    agreed = any(word.lemma_.lower() in scene.lexicon.instruments for word in children(verb, "dobj"))
    if verb.lemma_ in scene.lexicon.modality["report"] and not agreed:
        return ()  # unless they announce what they have agreed
    return found if len(found) >= 2 else ()


def adjective_status(scene: Scene, token: Token) -> Term | None:
    """As in "the postponed summit", "the ongoing talks"."""
    kinds = scene.lexicon.kinds
    words = {child.lower_ for child in token.children if child.dep_ in ("amod", "compound")}
    for kind, status in (
        ("cancelled", "dip:StatusCancelled"),
        ("postponed", "dip:StatusPostponed"),
        ("ongoing", "dip:StatusOngoing"),
        ("planned", "dip:StatusPlanned"),
        ("proposed", "dip:StatusProposed"),
    ):
        if words & kinds[kind]:
            return Term(status)
    return None


def add_party(
    seed: Seed,
    party: Party,
    predicate: Term,
    scene: Scene,
    *,
    said: Commitment | None = None,
    score: float | None = None,
) -> None:
    """Give an actor a role in the seed's event, with the stance of the words that say so."""
    now = seed.commitment if said is None else said
    seed.add(
        Role(
            predicate=predicate,
            filler=party.entity.key,
            stance=now.stance(),
            evidence=scene.evidence(scene.doc[party.token]) if said is None else None,
            score=score,
        )
    )
    if predicate == PARTICIPATES:
        seed.parties[party.entity.key] = party.entity
    else:
        seed.helpers[party.entity.key] = party.entity


def contains(span: Span, position: int) -> bool:
    """Tell whether a position lies in a span."""
    return span.start <= position < span.end
