"""Event nouns: which noun phrases speak of talks, a meeting, a call or a vote, and what they carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Term
from kg.text.another import another, number_of
from kg.text.eventtypes import INDIRECT, event_type, partitive
from kg.text.nounparties import prepositional_parties
from kg.text.parties import parties
from kg.text.party import Party
from kg.text.scene import DEMONYM, PLACE, STATES, is_kind
from kg.text.syntax import asks, children, prepositional
from kg.text.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Entity
    from kg.text.scene import Scene

_COUNTED = frozenset(
    ("round", "session", "meeting", "summit", "cycle", "phase", "stage", "conference", "edition")
)


@dataclass(frozen=True, slots=True)
class EventNoun:
    """A noun phrase that speaks of an event, with what the phrase itself says of it."""

    token: int
    others: tuple[int, ...]
    """Further nouns of the same phrase: the talks of "a round of talks"."""
    type: Term
    participants: tuple[Party, ...]
    places: tuple[Entity, ...]
    helpers: tuple[tuple[Term, Party], ...]
    """(dip:brokers, Norway) of "Norwegian-brokered talks"."""
    ordinal: int | None
    series: str | None
    """previous, next or None"""
    definite: bool
    apart: bool
    """Told as one beside others: "also held meetings with them", "a separate meeting"."""


_SURFACE = frozenset(("nsubj", "nsubjpass"))
"""What a number or "one" that stands for an event is: a subject."""


def event_nouns(scene: Scene) -> tuple[EventNoun, ...]:
    """Give every event noun of the document, in text order, partitives joined with their nouns."""
    out: list[EventNoun] = []
    taken: set[int] = set()
    kinds: dict[int, Term] = {}
    words, nouns = words_of(scene.doc), scene.lexicon.event_nouns
    for at, lemma in enumerate(words.lemma):
        if at in taken or (lemma not in nouns and words.dep[at] not in _SURFACE):
            continue
        token = scene.doc[at]
        if scene.link(token) is not None:
            continue
        kind = event_type(scene, token) or another(scene, token, kinds)
        if kind is None or asks(token):
            continue
        kinds[token.i] = kind
        others = tuple(partitive(scene, token))
        taken.update(word.i for word in others)
        out.append(_describe(scene, token, others, kind))
    return tuple(out)


def _describe(scene: Scene, token: Token, others: tuple[Token, ...], kind: Term) -> EventNoun:
    phrase = (token, *others)
    kinds = {event_type(scene, word) for word in others}
    if INDIRECT in kinds:
        kind = INDIRECT
    participants: dict[str, Party] = {}
    places: dict[str, Entity] = {}
    helpers: list[tuple[Term, Party]] = []
    for word in phrase:
        for party in (*prepositional_parties(scene, word), *_owners(scene, word)):
            participants.setdefault(party.entity.key, party)
        left_parties, left_places = _left(scene, word)
        participants.update({p.entity.key: p for p in left_parties if p.entity.key not in participants})
        places.update({place.key: place for place in left_places})
        helpers += _hyphenated(scene, word)
    helped = {party.entity.key for _, party in helpers}
    definite = any(c.dep_ == "poss" and c.ent_type_ == "DATE" for c in token.children) or any(
        c.lower_ in ("the", "these", "this", "those", "that") for w in phrase for c in w.children
    )
    return EventNoun(
        token=token.i,
        others=tuple(word.i for word in others),
        type=kind,
        participants=tuple(p for key, p in participants.items() if key not in helped),
        places=tuple(places.values()),
        helpers=tuple(helpers),
        ordinal=_ordinal(scene, phrase),
        series=_series(scene, phrase),
        definite=definite,
        apart=not definite and _is_apart(token),
    )


def _is_apart(noun: Token) -> bool:
    """As in "also held meetings with X" and "a separate meeting": not the one told of before."""
    if any(child.lower_ in _APART for child in children(noun, "amod")):
        return True
    held = noun.dep_ == "dobj" and noun.head.pos_ == "VERB"
    return held and any(child.lower_ in _BESIDES for child in children(noun.head, "advmod"))


_APART = frozenset(("separate",))
_BESIDES = frozenset(("also", "separately"))


def _owners(scene: Scene, noun: Token) -> Iterator[Party]:
    for owner in children(noun, "poss"):
        link = scene.link(owner)
        titled = link is None and owner.lemma_.lower() in scene.lexicon.words["titles"]
        if titled or (link is not None and link.entity is not None and link.entity.type != PLACE):
            yield from parties(scene, owner)


def _left(scene: Scene, noun: Token) -> tuple[list[Party], list[Entity]]:
    """Names before the noun: "Russia-Ukraine talks" are parties, "the Geneva talks" a place."""
    states: dict[str, Party] = {}
    places: list[Entity] = []
    for token in scene.doc[noun.left_edge.i : noun.i]:
        link = scene.link(token)
        if link is None or token.dep_ in ("poss", "pobj") or _beside_verb(scene, token):
            continue
        if _under_preposition(token, noun):
            continue
        entity = link.entity
        if link.place is not None and link.place.type not in STATES and link.mention.type != DEMONYM:
            places.append(link.place)
        elif is_kind(entity, "state", "group", "person"):
            assert entity is not None
            states[entity.key] = Party(entity, "name", token.i)
        elif is_kind(entity, "place"):
            assert entity is not None
            places.append(entity)
    # One name alone may be the subject matter ("the Iran talks") or the venue; two are the parties.
    alone = len(states) == 1 and not prepositional(noun, "with")
    return ([] if alone else list(states.values())), places


def _under_preposition(token: Token, noun: Token) -> bool:
    while token not in (token.head, noun):
        if token.dep_ in ("prep", "relcl", "acl", "poss"):
            return True
        token = token.head
    return False


def _beside_verb(scene: Scene, token: Token) -> bool:
    """As in "UN-brokered": the name belongs to the participle behind the hyphen."""
    after = token.i + 2
    return (
        after < len(scene.doc)
        and scene.doc[token.i + 1].text in ("-", "\u2013")
        and scene.doc[after].tag_ in ("VBN", "VBD", "JJ")
        and helper_role(scene, scene.doc[after].lower_) is not None
    )


def helper_role(scene: Scene, participle: str) -> Term | None:
    """Give the role that a participle in "UN-brokered talks" tells."""
    for kind, role in (("brokered", "dip:brokers"), ("mediated", "dip:mediates"), ("hosted", "dip:hosts")):
        if participle in scene.lexicon.kinds[kind]:
            return Term(role)
    return None


def _hyphenated(scene: Scene, noun: Token) -> Iterator[tuple[Term, Party]]:
    for token in scene.doc[noun.left_edge.i : noun.i]:
        link = scene.link(token)
        if link is None or not _beside_verb(scene, token):
            continue
        role = helper_role(scene, scene.doc[token.i + 2].lower_)
        if role is not None and link.entity is not None and is_kind(link.entity, "state", "group", "person"):
            yield role, Party(link.entity, "name", token.i)


def _ordinal(scene: Scene, phrase: tuple[Token, ...]) -> int | None:
    if event_type(scene, phrase[0]) is None:
        return number_of(scene, phrase[0])
    for word in phrase:
        if word.lemma_.lower() not in _COUNTED:
            continue
        for child in word.children:
            number = scene.lexicon.ordinals.get(child.lower_)
            if number is not None and child.dep_ in ("amod", "advmod", "nummod") and not _first_ever(word):
                return number
    return None


def _first_ever(word: Token) -> bool:
    """As in "the first talks in three years" counts nothing."""
    return any(
        c.lower_ in ("in", "since", "ever", "for")
        and c.i > word.i
        and c.dep_ == "prep"
        and c.lower_ != "for"
        and any(g.ent_type_ == "DATE" for g in c.subtree)
        for c in word.children
    )


def _looked_back_to(noun: Token) -> bool:
    """As in "since the breakdown of talks in 2022": earlier ones than those spoken of."""
    for i in range(noun.i - 1, max(noun.sent.start, noun.i - 7) - 1, -1):
        word = noun.doc[i]
        if word.lower_ == "since":
            return True
        if word.pos_ in ("VERB", "AUX") or word.is_punct:
            return False
    return False


def _series(scene: Scene, phrase: tuple[Token, ...]) -> str | None:
    words = {
        child.lower_ for word in phrase for child in word.children if child.dep_ in ("amod", "det", "advmod")
    }
    if words & scene.lexicon.kinds["previous"] or _looked_back_to(phrase[0]):
        return "previous"
    if (words | {phrase[0].lower_}) & scene.lexicon.kinds["next"]:
        return "next"
    return None
