"""What the words around a team tell of whose it is, where its own phrase does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.parties import parties, sides
from kg.text.peoples import PEOPLE
from kg.text.scene import is_kind
from kg.text.seeds import MEETINGS
from kg.text.syntax import children, prepositional

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Entity, Key
    from kg.text.scene import Scene
    from kg.text.workshop import Workshop


_PHRASE = 30
"""Tokens from the teams of several sides to the participle that tells their leaders."""


def teams_apart(scene: Scene, token: Token) -> list[Token]:
    """As in "the delegations of A and of B, headed respectively by …": the teams, wherever the parser hangs it."""
    beside = children(token, "advmod")
    if token.tag_ != "VBN" or not any(word.lower_ == "respectively" for word in beside):
        return []
    for at in range(token.i - 1, max(token.sent.start, token.i - _PHRASE) - 1, -1):
        word = scene.doc[at]
        if word.tag_ == "NNS" and word.lemma_.lower() in scene.lexicon.words["delegations"]:
            return [word]
        if word.pos_ == "VERB":
            break
    return []


def people(scene: Scene, word: Token) -> dict[Key, Entity]:
    """As in "the Iranians, led by X": the state of a people, told with nothing said of which of it."""
    found = parties(scene, word, peoples=True) if word.tag_ in ("NNPS", "NNS", "NNP") else ()
    return {p.entity.key: p.entity for p in found if p.via == PEOPLE}


def people_at_table(shop: Workshop, word: Token) -> dict[Key, Entity]:
    """Give the state of a people whose sentence tells of a meeting: at home, who leads it leads no delegation."""
    sentence = word.sent
    meets = any(s.type in MEETINGS and sentence.start <= s.token < sentence.end for s in shop.seeds)
    return people(shop.scene, word) if meets else {}


def nearest_team(scene: Scene, word: Token) -> Token | None:
    """Give the noun of a team at or before a word of its sentence, if there is one."""
    for at in range(word.i, word.sent.start - 1, -1):
        if scene.doc[at].lemma_.lower() in scene.lexicon.words["delegations"]:
            return scene.doc[at]
    return None


def is_of_the_state(head: Token) -> bool:
    """Tell whether a team is told as the government's or the official one."""
    modifiers = children(head, "compound", "poss", "amod") + prepositional(head, "of")
    return any(word.lower_ in ("government", "official") for word in modifiers)


def beside_team(shop: Workshop, head: Token) -> bool:
    """As in "A headed the government's delegation. The rebels were led by B": at the talks, not in the field."""
    start = head.sent.start
    before = shop.scene.doc[start - 1].sent.start if start else start
    words = shop.scene.doc[before : head.sent.end]
    return any(word.lemma_.lower() in shop.scene.lexicon.words["delegations"] for word in words)


def only_state(shop: Workshop, head: Token) -> dict[Key, Entity]:
    """As in "the government delegation": of the one state in the talks spoken of before."""
    told = [seed for seed in shop.seeds if seed.token < head.i and seed.parties]
    states = {e.key: e for seed in told[-1:] for e in seed.parties.values() if is_kind(e, "state")}
    if states or told:
        return states if len(states) == 1 else {}
    ruled = shop.scene.ruled or shop.scene.cast.state
    return {ruled.key: ruled} if ruled is not None else {}


def speaks_back(head: Token) -> bool:
    """As in "a member of the team", "of it": the team that was told last."""
    bare = not any(c.dep_ in ("prep", "poss", "amod", "compound", "relcl", "acl") for c in head.children)
    return bare and (head.lower_ == "it" or any(c.lower_ == "the" for c in head.children))


def last_team(shop: Workshop, head: Token) -> dict[Key, Entity]:
    """Give the side whose team was spoken of last, in this sentence or the one before."""
    before = [at for at in shop.teams if at < head.i]
    start = head.sent.start
    for at in range(head.i - 1, shop.scene.doc[start - 1].sent.start - 1 if start else -1, -1):
        word = shop.scene.doc[at]
        if word.lemma_.lower() in shop.scene.lexicon.words["delegations"]:
            told = sides(shop.scene, word)
            if len(told) == 1:
                return {told[0].key: told[0]}
            break
    if not before or shop.scene.doc[max(before)].sent.end < head.sent.start - _NEAR:
        return {}
    side = shop.teams[max(before)]
    return {side.key: side}


_NEAR = 40
"""Tokens between a team and the sentence that speaks of it as "the team"."""


def is_pronoun_owned(head: Token) -> bool:
    """Tell whether a team is told as "its" or "his"."""
    return any(owner.lower_ in ("its", "their", "his", "her") for owner in children(head, "poss"))
