"""Whom a sentence credits: the subject of a verb of saying, a closing attribution, a bloc of media."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Entity, Key, Term
from kg.text.parties import parties
from kg.text.scene import is_kind
from kg.text.syntax import is_passive, surface_subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.text.asides import Aside
    from kg.text.scene import Scene


def speaker_of(scene: Scene, verb: Token) -> Entity | None:
    """Whoever the reporting verb's subject is; None for a nameless official."""
    subjects = [] if is_passive(verb) else surface_subjects(verb)
    for subject in subjects:
        for party in parties(scene, subject):
            return party.entity if party.via not in ("official", "officials") else None
        bloc = media_bloc(scene, subject)
        if bloc is not None:
            return bloc
        place = scene.link(subject)
        if place is not None and is_kind(place.entity, "state", "group", "person"):
            return place.entity
    return None


def aside_speaker(scene: Scene, aside: Aside) -> Entity | None:
    """The person or body that an attribution names; None for a nameless official."""
    links = {
        id(link): link for i in range(aside.start, aside.verb) if (link := scene.link_at.get(i)) is not None
    }
    persons = [link.entity for link in links.values() if is_kind(link.entity, "person")]
    if persons:
        return persons[-1]
    subject = scene.doc[aside.verb - 1]
    bloc = media_bloc(scene, subject)
    named = scene.link(subject)
    if bloc is not None or named is None or scene.doc[named.mention.tokens.start - 1].dep_ == "prep":
        return bloc
    if scene.doc[named.mention.tokens.start - 1].text in (",", "the") or len(links) == 1:
        return named.entity if is_kind(named.entity, "state", "group") else None
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
