"""Who a noun phrase speaks of: names, officials of a state, delegations, both sides, pronouns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.antecedents import antecedent
from kg.text.enumerations import members
from kg.text.examples import examples
from kg.text.houses import legislature
from kg.text.lemmas import noun_lemma
from kg.text.party import (
    Party,
    actor_of,
    by_office,
    by_offices,
    called,
    listed_persons,
    named_after_title,
    renamed,
    renamed_person,
    titled_before,
)
from kg.text.partynouns import (
    holder_behind,
    is_counterpart,
    listed_before,
    names_event,
    owners_of_experts,
    side_of,
)
from kg.text.peoples import PEOPLE, people
from kg.text.phrases import army_of, body_named_before, inside, is_reference, manner, referred, told_by_kind
from kg.text.pronouns import outside_quotations, owner_told, pronoun_side, sayer, side_of_holder
from kg.text.scene import DEMONYM, is_kind, names_person
from kg.text.syntax import children, prepositional, surface_subjects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Entity, Link
    from kg.text.scene import Scene

_PAIR = 2
_CONCERNED = frozenset(
    ("envoy", "representative", "coordinator", "mission", "rapporteur", "adviser", "advisor")
)
"""Titles whose "for" names what they deal with, not whom they serve."""
_OF = ("of", "from", "for", "representing")


def parties(
    scene: Scene,
    token: Token,
    *,
    context: tuple[Entity, ...] = (),
    voices: bool = False,
    peoples: bool = False,
) -> tuple[Party, ...]:
    """Give the actors that a noun phrase and what is conjoined to it stand for.

    ``context`` are the parties of the event that is being spoken of, for "both sides". With ``voices``,
    the state for which a spokesman speaks is given too, and the side that says "we" of itself; with
    ``peoples``, the state of "the Iranians", as one says of those who negotiate.
    """
    found: list[Party] = []
    for head in members(scene, antecedent(token)):
        told = _one(scene, head, context) or _speaking(scene, head) or examples(scene, head)
        for party in told:
            told_so = (voices or party.via not in VOICES) and (peoples or party.via != PEOPLE)
            if told_so and all(party.entity.key != other.entity.key for other in found):
                found.append(party)
    return tuple(found)


def _one(scene: Scene, head: Token, context: tuple[Entity, ...]) -> tuple[Party, ...]:
    link = scene.link(head)
    if link is not None:
        return _named(scene, head, link)
    if head.lemma_ == "number" and any(c.lower_ == "opposite" for c in head.children):
        person = named_after_title(scene, head)
        return (Party(person, "title", head.i),) if person is not None else ()
    if head.pos_ == "PRON" or head.lower_ in ("that", "those"):
        return _that_of(scene, head) or _pronoun(scene, head, context)
    if head.pos_ in ("NOUN", "PROPN", "ADJ", "NUM"):
        return _common(scene, head, context)
    return ()


def _speaking(scene: Scene, pronoun: Token) -> tuple[Party, ...]:
    """Give who says "I", or the one side for which somebody says "we": in a quotation, or a statement."""
    lower = pronoun.lower_
    speaker = _speaker(scene, pronoun) if lower in _SINGULAR | _PLURAL else None
    if speaker is None:
        return ()
    if lower in _SINGULAR:
        return (Party(speaker, "pronoun", pronoun.i),) if is_kind(speaker, "person") else ()
    side = speaking_side(scene, pronoun)
    return (Party(side, "speaker", pronoun.i),) if side is not None else ()


def speaking_side(scene: Scene, pronoun: Token) -> Entity | None:
    """Give the state or body that says "our" of its own, in a quotation or a statement."""
    speaker = _speaker(scene, pronoun)
    if speaker is None or is_kind(speaker, "state", "group"):
        return speaker
    return side_of_holder(scene, speaker)


def _speaker(scene: Scene, pronoun: Token) -> Entity | None:
    """Give the one speaker of the words that a token stands in."""
    said = scene.quotations.get(pronoun.i)
    if said is None:
        marked = any(word.is_quote for word in pronoun.sent)
        return None if marked else scene.issuer
    found = [p for subject in surface_subjects(said) for p in parties(scene, subject, voices=True)]
    if len(found) != 1 or found[0].token == pronoun.i or found[0].entity.key.startswith("agency/"):
        return None
    return found[0].entity


VOICES = frozenset(("voice", "speaker"))
"""Ways of naming in which an actor speaks or acts, but does not sit at a table."""
_SINGULAR = frozenset(("i", "me", "my"))
_PLURAL = frozenset(("we", "us", "our"))


def _that_of(scene: Scene, head: Token) -> tuple[Party, ...]:
    """As in "that of the rebels", "those of Chad": the team of a parallel clause."""
    if head.lower_ not in ("that", "those"):
        return ()
    found = [p for word in prepositional(head, "of") for p in parties(scene, word)]
    return tuple(Party(p.entity, "delegation", head.i) for p in found if is_kind(p.entity, "state", "group"))


def _named(scene: Scene, head: Token, link: Link) -> tuple[Party, ...]:
    if link.mention.type == DEMONYM:
        return people(head, link)
    titled = holder_behind(scene, head)
    if titled is not None:
        return (Party(titled, "title", head.i),)
    behind = scene.doc[head.i + 1] if head.i + 1 < len(scene.doc) else head
    if behind.tag_ == "POS" and head.dep_ != "poss":
        return ()  # "a deal with Morocco's": something of Morocco's, left out
    entity = actor_of(scene, link) if is_counterpart(head) else link.entity
    if entity is None or not is_kind(entity, "person", "state", "group") or names_event(scene, entity):
        return ()
    return (Party(entity, "name", head.i),)


def _common(scene: Scene, head: Token, context: tuple[Entity, ...]) -> tuple[Party, ...]:
    """The actors behind a common noun: a title, the name beside it, whose officials it speaks of."""
    named = _titled(scene, head) or called(scene, head) or _named_before(scene, head)
    if named:
        return named
    house = legislature(scene, head)
    if house is not None:
        return (Party(house, "group", head.i),)
    if is_reference(scene, head):
        return tuple(Party(entity, "context", head.i) for entity in referred(scene, head, context))
    via = manner(scene, head)
    if via is None:
        return told_by_kind(scene, head, context) or renamed_person(scene, head)
    found = sides(scene, head) or tuple(p.entity for p in told_by_kind(scene, head, context))
    if via == "officials" and head.tag_ in ("NN", "NNP"):
        # One nameless official takes part for the state, but does not speak or decide for it.
        via = "official"
    if via == "forces":
        armies = [(entity, army_of(scene, entity)) for entity in found]
        # An army that is told apart from its state acts for itself.
        return tuple(Party(army, via if army == state else "group", head.i) for state, army in armies)
    return tuple(Party(entity, via, head.i) for entity in found)


def _named_before(scene: Scene, head: Token) -> tuple[Party, ...]:
    """As in "the envoy", "the Council": whom or what the article named before by an office or in full."""
    person = by_office(scene, head)
    if person is not None:
        return (Party(person, "office", head.i),)
    owner = _whose_country(scene, head)
    if owner is not None:
        return (Party(owner, "government", head.i),)
    body = body_named_before(scene, head)
    return (Party(body, "group", head.i),) if body is not None else ()


def _whose_country(scene: Scene, head: Token) -> Entity | None:
    """As in "X of Y, whose country is hosting", "X said his country would": Y, or the state of X's title."""
    whose = [word for word in children(head, "poss") if word.lower_ in ("whose", "his", "her", "my")]
    if head.lemma_.lower() not in ("country", "government", "nation", "delegation") or not whose:
        return None
    clause = next((word for word in head.ancestors if word.dep_ == "relcl"), None)
    if whose[0].lower_ == "whose":
        owners = [party.entity for party in (parties(scene, clause.head) if clause is not None else ())]
    else:
        owner = _speaker(scene, whose[0]) if whose[0].lower_ == "my" else owner_told(scene, whose[0])
        owners = [owner] if owner is not None else []
    for entity in owners:
        side = entity if is_kind(entity, "state") else side_of_holder(scene, entity)
        if side is not None:
            return side
    return None


def _titled(scene: Scene, head: Token) -> tuple[Party, ...]:
    """As in "the president of Guyana, Irfaan Ali": the person; of several titles, all persons listed."""
    if noun_lemma(head) not in scene.lexicon.words["titles"]:
        return ()
    if head.tag_ in ("NNS", "NNPS"):
        told = tuple(listed_persons(scene, head))
        return told or tuple(Party(person, "title", head.i) for person in by_offices(scene, head))
    person = renamed(scene, head) or named_after_title(scene, head) or titled_before(scene, head)
    return (Party(person, "title", head.i),) if person is not None else ()


def sides(scene: Scene, head: Token) -> tuple[Entity, ...]:
    """Give whose delegation, government or officials a noun phrase speaks of.

    Adjective, possessive, compound, of- and from-phrase, alone or conjoined:
    "Russian and Ukrainian officials", "the delegation of Chad", "the Houthis' team".
    """
    named = [side_of(scene, link) for link in (*listed_before(scene, head), *inside(scene, head))]
    found = [actor for actor in named if is_kind(actor, "state", "group")]
    if not found:
        found = [*_sides_behind(scene, head)]
    if not found:
        found = list(_represented(scene, head))
    if not found:
        found = list(owners_of_experts(scene, head)) or list(pronoun_side(scene, head))
    return tuple({entity.key: entity for entity in found if entity is not None}.values())


def _sides_behind(scene: Scene, head: Token) -> list[Entity]:
    """Give the sides of an of-phrase; an army is a side where it faces another: "envoys of X's army and the Y"."""
    told = [
        party
        for word in _OF
        if word != "for" or head.lemma_.lower() not in _CONCERNED
        for pobj in prepositional(head, word)
        for party in parties(scene, pobj)
        if is_kind(party.entity, "state", "group")
    ]
    others = [party for party in told if party.via != "forces"]
    return [party.entity for party in (told if others else [])]


def _represented(scene: Scene, head: Token) -> Iterator[Entity]:
    for verb in children(head, "acl"):
        if verb.lemma_ == "represent":
            for word in children(verb, "dobj"):
                yield from (party.entity for party in parties(scene, word))


def _pronoun(scene: Scene, head: Token, context: tuple[Entity, ...]) -> tuple[Party, ...]:
    lower = head.lower_
    if lower in ("he", "she", "him", "her"):
        person = pronoun_person(scene, head)
        return (Party(person, "pronoun", head.i),) if person is not None else ()
    if lower in ("it", "they"):
        said_by = sayer(scene, head)
        if said_by is not None:
            return (Party(said_by, "pronoun", head.i),)
        if lower == "they":
            both = _both_sides(scene, head, context) or _pair(scene, head)
            return tuple(Party(entity, "pronoun", head.i) for entity in both)
        return ()
    if lower == "both":
        return tuple(Party(entity, "context", head.i) for entity in context)
    return ()


def _both_sides(scene: Scene, pronoun: Token, context: tuple[Entity, ...]) -> list[Entity]:
    """Give the parties where "they" goes back to a subject like "both sides" in the same sentence."""
    subjects = [t for t in scene.doc[pronoun.sent.start : pronoun.i] if t.dep_ in ("nsubj", "nsubjpass")]
    if not subjects or subjects[-1].pos_ == "PRON" or not is_reference(scene, subjects[-1]):
        return []
    return list(referred(scene, subjects[-1], context))


def _pair(scene: Scene, pronoun: Token) -> list[Entity]:
    """Give whom "they" stands for: the two or more persons, else states, who are the subject just before."""
    sentence = pronoun.sent
    spans = [(sentence.start, pronoun.i)]
    here = [t for t in scene.doc[sentence.start : pronoun.i] if t.dep_ in ("nsubj", "nsubjpass")]
    if sentence.start > 0 and all(t.pos_ == "PRON" for t in here):
        before = scene.doc[sentence.start - 1].sent
        spans.append((before.start, before.end))
    for start, end in spans:
        for kind in ("person", "state"):
            found = {entity.key: entity for entity in _subject_actors(scene, start, end, kind)}
            if found:
                return list(found.values()) if len(found) >= _PAIR else []
    return []


def pronoun_person(scene: Scene, pronoun: Token) -> Entity | None:
    """Give whom "he" or "she" stands for, or None.

    Measured rule: a subject person before it in the sentence, else the one person subject of the
    sentence before, else abstain; an unbounded window links to strangers.
    """
    sentence = pronoun.sent
    here = list(_subject_actors(scene, sentence.start, pronoun.i, "person"))
    if here:
        return here[-1] if len({p.key for p in here}) == 1 else None
    if sentence.start == 0 or any(names_person(scene, at) for at in range(sentence.start, pronoun.i)):
        return None
    before = outside_quotations(scene, sentence.start)
    there = list(_subject_actors(scene, before.start, before.end, "person")) if before is not None else []
    return there[-1] if len({p.key for p in there}) == 1 else None


def _subject_actors(scene: Scene, start: int, end: int, kind: str) -> Iterator[Entity]:
    for token in scene.doc[start:end]:
        agent = token.dep_ == "pobj" and token.head.dep_ == "agent"
        if agent or token.dep_ in ("nsubj", "nsubjpass"):
            for party in parties(scene, token) if token.pos_ != "PRON" else ():
                if is_kind(party.entity, kind):
                    yield party.entity
