"""Whose team those are of who come with somebody: "the minister was accompanied by X", "she was joined by Y"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.owners import spoken_for
from kg.text.scene import is_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.lexicon import Frame
    from kg.model import Entity, Key
    from kg.text.party import Party
    from kg.text.scene import Scene
    from kg.text.workshop import Workshop


def sides_joined(shop: Workshop, frame: Frame, leaders: Sequence[Party], person: Party) -> dict[Key, Entity]:
    """Give the side of those whom a person accompanies; none where the person is of another side.

    Whoever is only joined ("was joined by") must have been told to be of a team: a president is joined by others
    at a desk, too. The president of a state who is not named ("the President of X") is told as X.
    """
    found = {}
    for leader in leaders:
        if frame.name == "joined":
            side = team_told(shop, leader.entity)
        elif is_kind(leader.entity, "person"):
            side = side_of_leader(shop, leader.entity)
        else:
            side = leader.entity if leader.via == "official" else None
        if side is not None and not _is_of_another(shop, person.entity, side):
            found[side.key] = side
    return found


def _is_of_another(shop: Workshop, person: Entity, side: Entity) -> bool:
    """As in "the minister was accompanied by the envoy of the United Nations": who is not of the minister's team."""
    own = shop.stands_for.get(person.key)
    return own is not None and own.known and side.key not in (own.key, own.within)


def team_told(shop: Workshop, member: Entity) -> Entity | None:
    """Give the side to whose delegation a person was said to belong, the last where there are several."""
    told = [
        seed.parties[role.side]
        for seed in shop.seeds
        for role in seed.roles
        if role.filler == member.key and role.side is not None and role.side in seed.parties
    ]
    return told[-1] if told else None


def side_of_leader(shop: Workshop, leader: Entity) -> Entity | None:
    """Give the side whose delegation a person was said to lead, else the one the person stands or is known for."""
    side = team_told(shop, leader) or shop.stands_for.get(leader.key)
    return side if side is not None else _side_of_office(shop.scene, leader)


def _side_of_office(scene: Scene, person: Entity) -> Entity | None:
    """Give the state of a minister whose title does not tell it: as it is known, or as the article's home tells."""
    held = [h for h in scene.holders if h.person.key == person.key]
    own = next((h for h in held if not scene.lexicon.words["home_offices"].isdisjoint(h.words.split())), None)
    if own is None or any(h.side is not None for h in held):
        return None
    return known_side(scene, person) if person.known else spoken_for(scene, own.at)


def known_side(scene: Scene, person: Entity) -> Entity | None:
    """Give the state or body whose office a known person has held; where somebody is from tells no side."""
    if not person.known or person.within is None or person.within not in scene.kb:
        return None
    held = any(tenure.of == person.within for tenure in scene.kb.offices_of(person.key))
    return scene.kb.entity(person.within) if held else None
