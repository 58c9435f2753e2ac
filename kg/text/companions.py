"""Who else belongs to a team: "with him were A and B", "a delegation of six, among them A; B; and C"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Role
from kg.text.delegations import MEMBER
from kg.text.parties import pronoun_person, sides
from kg.text.retinues import side_of_leader
from kg.text.roles import LEADS
from kg.text.rosters import roster
from kg.text.seeds import MEETINGS
from kg.text.stance import commitment
from kg.text.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Entity
    from kg.text.seeds import Seed
    from kg.text.workshop import Workshop

_HIM = frozenset(("him", "her"))
_NAMES = frozenset(("include", "comprise"))
_CUES = frozenset(("with", "accompanying", "alongside", "among"))
_FAR = 25
"""Tokens between a team and the word that begins its list of members."""
_PLACE = 5
"""Tokens of "in Oslo" between "with him" and "were"."""
_SCORE = 0.8


def add_companions(shop: Workshop) -> None:
    """Add the members of teams whom no frame has found, from the row of words."""
    words = words_of(shop.scene.doc)
    for at, lemma in enumerate(words.lemma):
        if lemma not in _NAMES and words.lower[at] not in _CUES:
            continue
        token = shop.scene.doc[at]
        for start, side in (*_with_leader(shop, token), *_of_team(shop, token)):
            _join(shop, token, start, side)


def _join(shop: Workshop, cue: Token, start: int, side: Entity) -> None:
    seed = _event(shop, cue)
    if seed is None:
        return
    told = {role.filler for s in shop.seeds for role in s.roles if role.predicate in (MEMBER, LEADS)}
    said = commitment(shop.scene, cue)
    for party in roster(shop.scene, start):
        if party.entity.key not in told:
            seed.add(
                Role(
                    predicate=MEMBER,
                    filler=party.entity.key,
                    side=side.key,
                    stance=said.stance(),
                    evidence=shop.scene.evidence(cue),
                    score=_SCORE,
                )
            )
            seed.parties.setdefault(side.key, side)


def _event(shop: Workshop, cue: Token) -> Seed | None:
    """Give the event of the team that was told last: the one that has its leader, else the last meeting."""
    led = [s for s in shop.seeds if s.token < cue.sent.end and any(r.predicate == LEADS for r in s.roles)]
    met = [s for s in shop.seeds if s.token < cue.sent.end and s.type in MEETINGS]
    found = led or met
    return max(found, key=lambda seed: seed.token) if found else None


def _with_leader(shop: Workshop, token: Token) -> Iterator[tuple[int, Entity]]:
    """As in "With him in Oslo were A and B", "Accompanying her was A": the side of him or her."""
    doc = shop.scene.doc
    if token.lower_ not in ("with", "accompanying", "alongside") or token.i + 2 >= len(doc):
        return
    pronoun = doc[token.i + 1]
    if pronoun.lower_ not in _HIM:
        return
    for word in doc[token.i + 2 : min(token.sent.end, token.i + 2 + _PLACE)]:
        if word.lemma_ == "be" and word.tag_ in ("VBD", "VBZ", "VBP"):
            leader = pronoun_person(shop.scene, pronoun)
            side = side_of_leader(shop, leader) if leader is not None else None
            if side is not None:
                yield word.i + 1, side
            return
        if word.pos_ in ("VERB", "PRON") or word.is_punct:
            return


def _of_team(shop: Workshop, token: Token) -> Iterator[tuple[int, Entity]]:
    """As in "a team of five, among them A", "the X delegation, which included the envoy, A, and B"."""
    start = _list_behind(token)
    team = _team_before(shop, token) if start else None
    if team is None:
        return
    told = sides(shop.scene, team)
    side = told[0] if len(told) == 1 else shop.teams.get(team.i) or _led_here(shop, team)
    if side is not None and len(told) <= 1:
        yield start, side


def _list_behind(token: Token) -> int:
    """Give the token where the members begin behind a word that announces them; 0 where it does not."""
    if token.lower_ == "among" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ in ("them", "whom"):
        return token.i + 2
    return token.i + 1 if token.lemma_ in _NAMES and token.pos_ in ("VERB", "ADP") else 0


def _team_before(shop: Workshop, token: Token) -> Token | None:
    """Give the team right before a list of members, no verb between but that of a clause on the team."""
    teams = shop.scene.lexicon.words["delegations"]
    for at in range(token.i - 1, max(token.sent.start, token.i - _FAR) - 1, -1):
        word = shop.scene.doc[at]
        if word.pos_ == "NOUN" and word.lemma_.lower() in teams:
            return word
        if word.pos_ == "VERB":
            return None
    return None


def _led_here(shop: Workshop, team: Token) -> Entity | None:
    """Give the side whose leader the sentence of a team names: "headed his country's team, which included"."""
    found = {}
    for seed in shop.seeds:
        for role in seed.roles:
            if (
                role.predicate == LEADS
                and role.evidence == shop.scene.evidence(team)
                and role.side is not None
            ):
                found[role.side] = seed.parties.get(role.side)
    return next(iter(found.values())) if len(found) == 1 else None
