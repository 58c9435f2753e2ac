"""Whom a sentence credits: the subject of a verb of saying, a closing attribution, a bloc of media."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.folding import fold
from kg.model import Entity, Key, Term
from kg.text.parties import parties
from kg.text.scene import is_kind
from kg.text.syntax import children, is_passive, surface_subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.text.asides import Aside
    from kg.text.party import Party
    from kg.text.scene import Scene


def speaker_of(scene: Scene, verb: Token) -> Entity | None:
    """Whoever the reporting verb's subject is, a nameless official too; None where it is nobody."""
    for subject in [] if is_passive(verb) else surface_subjects(verb):
        found = credited(scene, subject)
        if found is not None:
            return found
    return None


def credited(scene: Scene, noun: Token) -> Entity | None:
    """Give whom a noun phrase credits: somebody named, a bloc of media, or a person without a name."""
    found = parties(scene, noun)
    outlet = next((p.entity for p in found if p.entity.key.startswith("agency/")), None)
    if outlet is not None:
        return outlet  # "according to the agency X, A and B signed": the parser runs on into the list
    official = found and found[0].via in ("official", "officials") and not is_delegate(noun)
    if found and not (official or _is_soldier(scene, noun, found[0])):
        return found[0].entity
    bloc = media_bloc(scene, noun) or _agency_behind(scene, noun)
    if bloc is not None:
        return bloc
    place = scene.link(noun)
    if place is not None and is_kind(place.entity, "state", "group", "person"):
        return place.entity
    return nameless(scene, noun)


def is_delegate(noun: Token) -> bool:
    """As in "China's delegate", "the representative of Chad": who speaks in a council speaks for the state."""
    one = any(child.dep_ == "poss" or child.lower_ == "the" for child in noun.children)
    return one and noun.lemma_.lower() in _DELEGATES


_DELEGATES = frozenset(("delegate", "representative"))


def _is_soldier(scene: Scene, noun: Token, party: Party) -> bool:
    """As in "Chadian border guards said": armed men act for their state, and speak for themselves."""
    return party.via == "forces" and noun.lemma_.lower() in scene.lexicon.words["nameless"]


def _agency_behind(scene: Scene, noun: Token) -> Entity | None:
    """As in "according to the news agency X, A and B …": X, which the parser takes for one of the list."""
    if noun.lemma_.lower() not in scene.lexicon.words["named_kinds"] or noun.i + 1 >= len(scene.doc):
        return None
    behind = scene.link(noun.nbor(1))
    return behind.entity if behind is not None and is_kind(behind.entity, "group") else None


_SAYS_WHICH = frozenset(("amod", "compound", "nmod", "nummod"))
_LABEL = 6
"""Words that the name of a nameless speaker may have."""
_DIGEST = 6


def nameless(scene: Scene, noun: Token) -> Entity | None:
    """Give a speaker without a name, "a Chinese official", "two diplomats": of this article alone.

    One is a person; several are a bloc, which is what the ontology calls actors named together.
    """
    words = scene.lexicon.words
    lemma = noun.lemma_.lower()
    human = lemma in words["nameless"] | words["representatives"] | words["titles"]
    if not human or noun.pos_ not in ("NOUN", "PROPN") or scene.link(noun) is not None:
        return None
    behind = noun.nbor(1) if noun.i + 1 < len(scene.doc) else noun
    if behind.pos_ == "PROPN" and behind.i < noun.sent.end and behind != noun:
        return None  # "the adviser Ana Lima", whose name is not known for one
    start = noun.i
    while start > max(noun.sent.start, noun.i - _LABEL) and scene.doc[start - 1].dep_ in _SAYS_WHICH:
        start -= 1
    label = scene.doc[start : noun.i + 1].text
    several = noun.tag_ in ("NNS", "NNPS")
    slug = re.sub(r"[^a-z0-9]+", "-", fold(label)).strip("-") or lemma
    kind = "bloc" if several else "person"
    owner = next((party.entity for party in parties(scene, noun)), None)
    return Entity(
        Key(f"{kind}/unnamed-{slug}-{scene.article.sha256[:_DIGEST]}"),
        Term("dip:Bloc" if several else "dip:Person"),
        f"{label} (not named)",
        within=owner.key if is_kind(owner, "state") and owner is not None else None,
    )


def aside_speaker(scene: Scene, aside: Aside) -> Entity | None:
    """The person or body that an attribution names, or somebody without a name; None where it is nobody."""
    links = {
        id(link): link for i in range(aside.start, aside.verb) if (link := scene.link_at.get(i)) is not None
    }
    persons = [link.entity for link in links.values() if is_kind(link.entity, "person")]
    if persons:
        return persons[-1]
    subject = scene.doc[aside.verb - 1]
    bloc = media_bloc(scene, subject)
    named = scene.link(subject)
    if bloc is None and (named is None or scene.doc[named.mention.tokens.start - 1].dep_ == "prep"):
        armed = [p.entity for p in parties(scene, subject) if p.via in ("forces", "government", "context")]
        return armed[0] if armed else _somebody(scene, aside)
    if bloc is not None or named is None:
        return bloc
    if scene.doc[named.mention.tokens.start - 1].text in (",", "the") or len(links) == 1:
        return named.entity if is_kind(named.entity, "state", "group") else None
    return None


def _somebody(scene: Scene, aside: Aside) -> Entity | None:
    """The nameless official at the head of an attribution: "…, a diplomat in Oslo said"."""
    said = scene.doc[aside.verb]
    for token in (*children(said, "nsubj"), *scene.doc[aside.start : aside.verb]):
        found = nameless(scene, token) if token.dep_ not in ("compound", "amod", "nmod") else None
        if found is not None:
            return found
    return None


def media_bloc(scene: Scene, noun: Token) -> Entity | None:
    """As in "Russian media": many outlets named as one speaker, not the state."""
    if not {noun.lemma_.lower(), noun.lower_} & scene.lexicon.words["media"]:
        return None
    for child in noun.children:
        link = scene.link(child)
        if (
            child.dep_ in ("amod", "compound", "poss", "nmod")
            and link is not None
            and link.entity is not None
        ):
            name = f"{link.mention.text} {noun.text}"
            return Entity(
                Key("bloc/" + "-".join(name.lower().split())), Term("dip:Bloc"), name, within=link.entity.key
            )
    return None
