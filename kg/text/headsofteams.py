"""The heads of the teams at talks, where no name tells them: "received the heads of both delegations"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import POSSIBLE, Key, Term
from kg.text.lemmas import noun_lemma
from kg.text.party import Party
from kg.text.syntax import children, prepositional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Entity, Role
    from kg.text.scene import Scene
    from kg.text.workshop import Workshop

_LEADS = Term("dip:leads")
_HEADS = frozenset(("head", "leader", "chief", "chairman", "chair"))
_NEGOTIATE = frozenset(("negotiator", "delegate"))
_TEAMS = frozenset(("delegation", "team", "panel", "side"))
_ALL = frozenset(("both", "two", "the", "respective", "three"))


def heads_of_teams(shop: Workshop, word: Token) -> Iterator[Party]:
    """Give who was told to lead the teams at the talks, for "the heads of both delegations" and the like."""
    if not _speaks_of_heads(word):
        return
    leaders: dict[Key, Key] = {}
    for seed in shop.seeds:
        for role in seed.roles if seed.token < word.i else ():
            if role.predicate == _LEADS and role.side is not None and _is_told(role):
                leaders[role.side] = Key(role.filler)
    for key in leaders.values():
        entity = _entity(shop.scene, key)
        if entity is not None:
            yield Party(entity, "context", word.i)


def _speaks_of_heads(word: Token) -> bool:
    """Tell whether a plural noun means the heads of the teams, and of no team that is told."""
    if word.tag_ not in ("NNS", "NNPS") or noun_lemma(word) not in _HEADS | _NEGOTIATE:
        return False
    around = {c.lower_ for c in word.children}
    if noun_lemma(word) in _NEGOTIATE:
        return "chief" in around and bool(around & {"both", "two"}) and not prepositional(word, "of")
    teams = [team for team in prepositional(word, "of") if noun_lemma(team) in _TEAMS]
    if teams:
        return any(_is_of_all(team) for team in teams)
    return any(noun_lemma(c) in _TEAMS for c in children(word, "compound")) and bool(around & _ALL)


def _is_of_all(team: Token) -> bool:
    told = {c.lower_ for c in team.children if c.dep_ != "prep"}
    return team.tag_ == "NNS" and bool(told) and told <= _ALL


def _is_told(role: Role) -> bool:
    return role.stance is None or not (role.stance.negated or role.stance.modality == POSSIBLE)


def _entity(scene: Scene, key: Key) -> Entity | None:
    return next(
        (link.entity for link in scene.links if link.entity is not None and link.entity.key == key), None
    )
