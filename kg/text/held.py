"""Offices that persons are told to hold: of which state or body, and as what mention."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import (
    Entity,
    EventMention,
    Key,
    Role,
    Term,
)
from kg.text.offices import OFFICE
from kg.text.owners import spoken_for
from kg.text.posts import office_key, office_label
from kg.text.scene import is_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Span
    from kg.text.paired import Title
    from kg.text.scene import Scene
    from kg.text.workshop import Workshop


def held_office(title: Title, where: Span) -> EventMention:
    """Give the mention that a person holds an office, with the sentence that says so."""
    office = office_of(title)
    person = title.person.entity
    assert person is not None
    return EventMention(
        key=office.key,
        type=OFFICE,
        roles=(Role(Term("dip:holdsOffice"), person.key),),
        evidence=where,
        label=office.label,
        extractor="titles",
        score=0.9,
    )


_BARE = frozenset(
    ("minister", "secretary", "chief", "director", "representative", "adviser", "advisor", "special adviser", "special advisor")
)  # fmt: skip
"""Titles that say too little to be an office where the text does not tell whose."""


def with_side(title: Title, shop: Workshop) -> Title:
    """An office told without its state is of the state whose side the person is on, or is known to be."""
    person = title.person.entity
    if title.side is not None or person is None:
        return title
    if title.elsewhere:
        return _of_known(shop.scene, title)
    side = shop.stands_for.get(person.key)
    led = [r.side for s in shop.seeds for r in s.roles if r.side is not None and r.filler == person.key]
    if side is None and led:
        side = next((e for s in shop.seeds for e in s.parties.values() if e.key == led[0]), None)
    if (
        side is None
        and title.words not in _BARE
        and person.known
        and person.within is not None
        and person.within in shop.scene.kb
    ):
        side = shop.scene.kb.entity(person.within)
    if side is None and title.words not in _BARE and _is_of_a_state(shop.scene, title):
        side = spoken_for(shop.scene, title.start)
    role = next((word for word in title.words.split() if word in _body_offices(shop.scene)), None)
    if side is None and role is not None:
        side = _body_spoken_of(shop.scene, role)
    return replace(title, side=side)


def _of_known(scene: Scene, title: Title) -> Title:
    """As in "X, its president": of the state that X is known to serve, where only states have such an office."""
    person = title.person.entity
    if person is None or not person.known or person.within is None or not _is_of_a_state(scene, title):
        return title
    return replace(title, side=scene.kb.entity(person.within)) if person.within in scene.kb else title


def is_told(scene: Scene, title: Title) -> bool:
    """Tell whether a title is an office to report: its owner is known, or it is a post of public life by itself."""
    if title.side is not None:
        return True
    before = scene.link(scene.doc[title.start - 1]) if title.start else None
    if title.words in _BARE - {"minister"} or (title.words in _BARE and before is not None):
        return False  # "In X Minister Y met": whose minister is not said
    posts = scene.lexicon.words["home_offices"] | scene.lexicon.words["public_posts"]
    return not posts.isdisjoint(title.words.split())


def _body_offices(scene: Scene) -> frozenset[str]:
    return scene.lexicon.words["body_offices"]


def _body_spoken_of(scene: Scene, role: str) -> Entity | None:
    """As in "the Secretary-General, X": of the one body that has such an office, named in the article or served by X."""
    with_office = scene.kb.bodies_with(role)
    named = {
        link.entity.key for link in scene.links if link.entity is not None and link.entity.key in with_office
    }
    served = {
        tenure.of
        for link in scene.links
        if link.entity is not None and link.entity.known and is_kind(link.entity, "person")
        for tenure in scene.kb.offices_of(link.entity.key)
        if tenure.role == role and tenure.of in with_office
    }
    found = served or named
    return scene.kb.entity(str(next(iter(found)))) if len(found) == 1 else None


def office_holders(scene: Scene, found: Sequence[Title]) -> frozenset[Key]:
    """Give who bears an office of states, whichever the state."""
    return frozenset(
        title.person.entity.key
        for title in found
        if title.person.entity is not None and _is_of_a_state(scene, title)
    )


def _is_of_a_state(scene: Scene, title: Title) -> bool:
    """Tell whether only states have such an office: "deputy foreign minister"."""
    return not scene.lexicon.words["home_offices"].isdisjoint(title.words.split())


def office_of(title: Title) -> Entity:
    """Give the office that a title names, as an entity of its own."""
    side, person = title.side, title.person.entity
    holder = person if side is None else None
    return Entity(
        key=office_key(title.words, side, holder),
        type=OFFICE,
        label=office_label(title.words, side),
        within=side.key if side is not None else None,
    )
