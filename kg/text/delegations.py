"""Who leads or belongs to whose delegation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Role, Term
from kg.text.owners import pointed_at
from kg.text.parties import parties, pronoun_person, sides, speaking_side
from kg.text.retinues import known_side, side_of_leader, sides_joined
from kg.text.rosters import roster
from kg.text.scene import PERSON, is_kind
from kg.text.slots import fill
from kg.text.syntax import children, conjuncts, prepositional, subjects
from kg.text.teams import (
    beside_team,
    is_of_the_state,
    is_pronoun_owned,
    last_team,
    nearest_team,
    only_state,
    people,
    people_at_table,
    speaks_back,
    teams_apart,
)
from kg.text.workshop import score_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.lexicon import Frame
    from kg.model import Entity, Key
    from kg.text.commitment import Commitment
    from kg.text.party import Party
    from kg.text.scene import Scene
    from kg.text.seeds import Seed
    from kg.text.workshop import Workshop


MEMBER = Term("dip:memberOf")
_COMMA = 2
"""Tokens from a participle back over the comma to the noun before it."""


def led(
    shop: Workshop,
    frame: Frame,
    token: Token,
    seed: Seed,
    said: Commitment,
    *,
    predicate: Term,
    slots: tuple[str, ...],
) -> bool:
    """Add who leads or belongs to a delegation, side by side; tell whether anybody does."""
    scene = shop.scene
    persons = [
        party
        for slot in slots
        for word in fill(scene, token, slot)
        for party in parties(scene, word)
        if party.entity.type == PERSON and not (token.dep_ == "relcl" and word.i < token.i < party.token)
    ]
    if "and" in slots and token.tag_ in ("NN", "NNP"):
        persons = persons[:1]  # "the head of A's delegation, X, and the head of B's, Y": X is A's alone
    if not persons:
        return False
    if predicate == MEMBER and token.pos_ == "VERB":
        persons += _further(scene, persons)
    done = False
    for number, person in enumerate(persons):
        found = led_sides(shop, frame, token, person, alone=len(persons) == 1 or predicate == MEMBER)
        if len(found) > 1:
            # Several sides: told one by one in the same order, or not at all.
            found = found[number : number + 1] if len(found) == len(persons) else ()
        for side in found:
            seed.add(
                Role(
                    predicate=predicate,
                    filler=person.entity.key,
                    side=side.key,
                    stance=said.stance(),
                    evidence=scene.evidence(token),
                    score=score_of(frame, person, said),
                )
            )
            seed.parties.setdefault(side.key, side)
            done = True
    return done


def _further(scene: Scene, persons: list[Party]) -> list[Party]:
    """Give the rest of a list of members, of which the parser has only found some."""
    known = {party.entity.key for party in persons}
    first = min(party.token for party in persons)
    return [party for party in roster(scene, first) if party.entity.key not in known]


def led_sides(
    shop: Workshop, frame: Frame, token: Token, person: Party, *, alone: bool = True
) -> tuple[Entity, ...]:
    """Whose delegation it is; where the talks themselves are led, the side the person stands for.

    ``alone`` tells that the teams are not led by several persons, each the one of another side.
    """
    scene, out = shop.scene, {}
    for slot in frame.side:
        for told in teams_apart(scene, token) or _team_before(scene, token) or fill(scene, token, slot):
            word = _team_above(scene, token, told)
            for head in conjuncts(word):
                led = shop.seed_at(head)
                if led is not None:
                    side = shop.stands_for.get(person.entity.key)
                    known = {*led.parties, *(entity.key for entity in shop.context(head.i))}
                    if side is not None and side.key in known:
                        out[side.key] = side
                    continue
                sides = _delegation_sides(shop, frame, head, person)
                if len(sides) == 1 and alone:
                    shop.teams[head.i] = next(iter(sides.values()))
                out.update(sides)
    if not out:
        out.update(_told_beside(shop, frame, token))
    return tuple(out.values())


def _team_before(scene: Scene, token: Token) -> list[Token]:
    """As in "rejected by the X side, led by Y": the team right before the comma, whatever the clause hangs on."""
    if token.tag_ != "VBN" or token.i < _COMMA or token.nbor(-1).text != ",":
        return []
    if token.dep_ not in ("acl", "advcl", "conj", "relcl") or children(token, "auxpass", "nsubjpass", "aux"):
        return []
    team = token.nbor(-_COMMA)
    return [team] if team.lemma_.lower() in scene.lexicon.words["delegations"] or people(scene, team) else []


def _team_above(scene: Scene, token: Token, word: Token) -> Token:
    """As in "the delegation at the talks with A, which included B": the delegation, not A."""
    if token.dep_ == "attr" and token.head.dep_ == "relcl" and word.i < token.head.left_edge.i:
        return nearest_team(scene, word) or word  # "the delegation to the talks, of which B was a member"
    if token.dep_ != "relcl" or token.lemma_ not in _HAS:
        return word
    above = word
    while above.dep_ in ("pobj", "prep", "conj", "appos") and above.head != above:
        above = above.head
        if above.lemma_.lower() in scene.lexicon.words["delegations"]:
            return above
    return word


_HAS = frozenset(("include", "comprise", "consist", "number"))


def _told_beside(shop: Workshop, frame: Frame, token: Token) -> dict[Key, Entity]:
    """As in "for Chad the delegation was led by X", "led on the Chadian side by X"."""
    led = [head for word in fill(shop.scene, token, "object") for head in conjuncts(word)]
    teams = shop.scene.lexicon.words["delegations"]
    if frame.name != "lead" or (
        led and not any(head.lemma_.lower() in teams for head in led) and not _on_a_side(shop, token)
    ):
        return {}  # "chaired the talks for the union": no side of theirs
    words = [
        *prepositional(token, "for"),
        *(w for w in prepositional(token, "on") if w.lemma_ in shop.scene.lexicon.words["delegations"]),
    ]
    found = [p.entity for word in words for p in parties(shop.scene, word)]
    return {entity.key: entity for entity in found if is_kind(entity, "state", "group")}


def _on_a_side(shop: Workshop, token: Token) -> bool:
    return any(w.lemma_ in shop.scene.lexicon.words["delegations"] for w in prepositional(token, "on"))


def _delegation_sides(shop: Workshop, frame: Frame, head: Token, person: Party) -> dict[Key, Entity]:
    scene = shop.scene
    named = parties(scene, head, context=shop.context(head.i))
    if frame.name == "represent":
        return {
            p.entity.key: p.entity
            for p in named
            if is_kind(p.entity, "state", "group") and not _only_helps(shop, head, p.entity)
        }
    if frame.name in _JOINS and named and (frame.name == "joined" or not _is_team(shop, head)):
        return sides_joined(shop, frame, named, person)
    if not _is_team(shop, head):
        return people_at_table(shop, head) if frame.name == "lead" else {}
    found = {
        p.entity.key: p.entity
        for p in named
        if p.via in ("delegation", "officials", "government", "group", "context")
    }
    return found or _told_otherwise(shop, head, person)


_JOINS = frozenset(("accompany", "joined"))


def _is_team(shop: Workshop, head: Token) -> bool:
    """Tell whether a noun or pronoun may stand for the team of one side."""
    words, lemma = shop.scene.lexicon.words, head.lemma_.lower()
    if lemma in words["rebels"]:
        return beside_team(shop, head)
    return lemma in words["delegations"] or lemma in _TEAM or head.lower_ == "it"


_TEAM = frozenset(
    (
        "that",
        "those",
        "one",
        "negotiator",
        "envoy",
        "official",
        "representative",
        "officer",
        "delegate",
        "expert",
        "panel",
    )
)


def _told_otherwise(shop: Workshop, head: Token, person: Party) -> dict[Key, Entity]:
    """Whose team it is where its own phrase does not say: told before, by a pronoun, or with the person."""
    found: dict[Key, Entity] = {}
    if head.lemma_.lower() == "officer":
        found = {entity.key: entity for entity in sides(shop.scene, head)}
    found = found or _pointed_back(shop, head, person) or _senders(shop, head)
    if not found and is_of_the_state(head):
        found = only_state(shop, head)
    if not found and speaks_back(head):
        found = last_team(shop, head)
    return found or _of_the_person(shop, head, person)


def _of_the_person(shop: Workshop, head: Token, person: Party) -> dict[Key, Entity]:
    """As in "X of Chad led the delegation": Chad's; a government's only if the person is of a state."""
    side = shop.stands_for.get(person.entity.key)
    if side is None and head.pos_ == "NOUN" and not children(head, "amod", "compound"):
        # "the regional delegation" may be anybody's, and "it is led by X" may be said of a committee.
        side = known_side(shop.scene, person.entity)
    if side is None or is_pronoun_owned(head) or not _names_nobody(shop, head):
        return {}
    return {side.key: side} if is_kind(side, "state") or not is_of_the_state(head) else {}


def _only_helps(shop: Workshop, head: Token, side: Entity) -> bool:
    """As in "Norway, the mediator, was represented by X": no side, so that nobody is of its team."""
    sentence = head.sent
    return any(
        side.key in seed.helpers and side.key not in seed.parties
        for seed in shop.seeds
        if any(role.evidence is None or role.filler == side.key for role in seed.roles)
        and sentence.start <= seed.token < sentence.end
    )


def _pointed_back(shop: Workshop, head: Token, person: Party) -> dict[Key, Entity]:
    """As in "its delegation", "his team included X", "the team, which included X": the side told before."""
    owners = children(head, "poss")
    own = {w.lower_ for owner in owners for w in (owner, *owner.children)} & {"its", "their", "his", "her"}
    side = shop.stands_for.get(person.entity.key)
    sender = next((link.entity for w in owners if (link := shop.scene.link(w)) is not None), None)
    if sender is not None and is_kind(sender, "person"):
        side = side_of_leader(shop, sender)  # "President X's delegation"
        return {side.key: side} if side is not None else {}
    whose = next((w for w in owners if w.lower_ in ("his", "her")), None)
    if whose is not None:  # not "his country's delegation", which is that of the person's own state
        leader = pronoun_person(shop.scene, whose)
        side = side_of_leader(shop, leader) if leader is not None else None
    elif any(w.lower_ == "our" for w in owners):
        side = speaking_side(shop.scene, head)
    elif not own:
        side = shop.teams.get(head.i)
    elif side is None and owners:
        side = pointed_at(shop.scene, owners[0])  # "Its delegation was headed by X"
    return {side.key: side} if side is not None else {}


def _names_nobody(shop: Workshop, head: Token) -> bool:
    """Tell whether a team is told without a name of its side: "the delegation", "the group's team"."""
    linked = any(shop.scene.link(word) is not None for word in head.subtree if word.i < head.i)
    told = [word for of in ("of", "from") for word in prepositional(head, of)]
    return not linked and all(word.pos_ == "NUM" for word in told)  # "a delegation of twelve"


def _senders(shop: Workshop, head: Token) -> dict[Key, Entity]:
    """As in "Chad sent a delegation led by …": the subject's."""
    verb = head.head
    if (
        head.dep_ != "dobj"
        or verb.pos_ != "VERB"
        or verb.lemma_ in ("meet", "receive", "host", "welcome", "see", "lead", "head")
    ):
        return {}
    found = [p.entity for word in subjects(verb) for p in parties(shop.scene, word)]
    return {entity.key: entity for entity in found if is_kind(entity, "state", "group")}
