"""Nouns that stand for a party through the words around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lemmas import noun_lemma
from kg.text.party import actor_of
from kg.text.phrases import inside
from kg.text.scene import DEMONYM, PLACE, is_kind
from kg.text.syntax import first_conjunct, prepositional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Entity, Link
    from kg.text.scene import Scene

_PAIR = 2
_BODIES_TOO = frozenset(("table", "dialogue", "process", "track"))
"""Nouns of events by which bodies call themselves."""


def names_event(scene: Scene, entity: Entity) -> bool:
    """Tell whether what was met as a body is an event by its name: ``Conference on Cyprus``."""
    if entity.known or not is_kind(entity, "group"):
        return False
    before, on, _ = entity.label.lower().partition(" on ")
    nouns = {noun for row in scene.lexicon.events for noun in row["nouns"]} - _BODIES_TOO
    return bool(on) and before.split()[-1:] != [] and before.split()[-1] in nouns


def holder_behind(scene: Scene, head: Token) -> Entity | None:
    """As in "Smith and Chad Prime Minister Lee": the state is part of Lee's title, so it is Lee."""
    words = scene.lexicon.words
    titled = False
    for at in range(head.i + 1, min(head.sent.end, head.i + 7)):
        token = scene.doc[at]
        link = scene.link(token)
        if link is not None:
            return link.entity if titled and is_kind(link.entity, "person") else None
        if token.lower_ not in words["titles"] and token.lower_ not in words["title_parts"]:
            return None
        titled |= token.lower_ in words["titles"]
    return None


def is_counterpart(head: Token) -> bool:
    """Behind between, with, from and the like a capital is its government."""
    top = first_conjunct(head)
    return top.dep_ != "pobj" or top.head.lower_ in ("between", "with", "from", "by", "of", "among", "for")


def listed_before(scene: Scene, head: Token) -> list[Link]:
    """As in "Armenian, Azerbaijani ministers": the first demonym, which a headline cuts off by a comma."""
    at = head.left_edge.i
    if at - _PAIR < head.sent.start or head.doc[at - 1].text != ",":
        return []
    link = scene.link(head.doc[at - _PAIR])
    first = scene.link(head.doc[at])
    both = link is not None and first is not None and link.mention.type == first.mention.type == DEMONYM
    return [link] if both and link is not None else []


def side_of(scene: Scene, link: Link) -> Entity | None:
    """Give whom a modifier of a team names; a region stands for the one group that bears its name."""
    if link.entity is not None and link.entity.type == PLACE:
        bearers = {
            other.entity.key: other.entity
            for other in scene.links
            if is_kind(other.entity, "group")
            and other.entity is not None
            and link.entity.label in other.entity.label
        }
        if len(bearers) == 1:
            return next(iter(bearers.values()))
    return link.entity if link.mention.type == DEMONYM else actor_of(scene, link)


def owners_of_experts(scene: Scene, team: Token) -> Iterator[Entity]:
    """As in "a team of EU monitors": whose they are; "a team of Kenyan mediators" may be anybody's."""
    for people in prepositional(team, "of"):
        if noun_lemma(people) in _EXPERTS and people.tag_ == "NNS":
            owners = [side_of(scene, link) for link in inside(scene, people)]
            yield from (owner for owner in owners if owner is not None and is_kind(owner, "state", "group"))


_EXPERTS = frozenset(("monitor", "observer", "inspector", "expert", "engineer", "surveyor", "investigator"))
