"""The roles of a frame, filled: who takes part, hosts, mediates, signs, where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import CONDITIONAL, EXPECTED, POSSIBLE, Term
from kg.text.assemblies import meets_unnamed
from kg.text.delegations import led
from kg.text.parties import VOICES
from kg.text.party import Party, place_of
from kg.text.peoples import PEOPLE
from kg.text.scene import PERSON, is_kind
from kg.text.seeds import ARMED, DEEDS, MEETINGS, PARTICIPATES, Seed, add_party
from kg.text.slots import fill
from kg.text.speakers import is_delegate
from kg.text.syntax import children, prepositional
from kg.text.workshop import ACTOR, actors, score_of

LEADS, MEMBER, LOCATION, HOSTS, MEDIATES, SIGNS, ADOPTS = (
    Term(f"dip:{name}") for name in ("leads", "memberOf", "location", "hosts", "mediates", "signs", "adopts")
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token

    from kg.lexicon import Frame
    from kg.text.commitment import Commitment
    from kg.text.workshop import Workshop


_SIDES = 2
_DOUBTED = (POSSIBLE, CONDITIONAL)
"""A withdrawal that is only asked for is nowhere."""
_HELPS = frozenset((Term("dip:mediates"), Term("dip:observes"), Term("dip:guarantees")))
PERFORMS = Term("dip:performs")
_DEEDS = frozenset((PERFORMS, Term("dip:directedAt")))
_TAKES = Term("dip:takes")
_OWN_DOING = _DEEDS | {_TAKES}
_ACCEPTS: Mapping[Term, tuple[str, ...]] = {LEADS: ("person",), MEMBER: ("person",), ADOPTS: ("group",)}
"""What kinds bear a role; a text is adopted by a body, not by its state."""


def fill_roles(shop: Workshop, frame: Frame, token: Token, seed: Seed, said: Commitment) -> bool:
    """Fill the roles of a frame into a seed; tell whether anything was found."""
    filled = False
    for predicate, slots in frame.roles:
        if predicate in (LEADS, MEMBER):
            filled |= led(shop, frame, token, seed, said, predicate=predicate, slots=slots)
        elif predicate == LOCATION:
            for slot in () if frame.type in DEEDS and said.modality in _DOUBTED else slots:
                for word in fill(shop.scene, token, slot):
                    for place in place_of(shop.scene, word):
                        seed.places[place.key] = place
        else:
            filled |= _filled(shop, frame, token, seed, said, predicate=predicate, slots=slots)
    if frame.type == "dip:Attack":
        _struck(shop, token, seed)
    if Term("dip:takes") in dict(frame.roles) or not frame.roles:
        return filled
    if seed.type == "dip:Meeting" and "self" in frame.event and seed.token == token.i:
        return filled and (len(seed.parties) >= 2 or meets_unnamed(shop.scene, frame, token))
    return filled


def _filled(
    shop: Workshop,
    frame: Frame,
    token: Token,
    seed: Seed,
    said: Commitment,
    *,
    predicate: Term,
    slots: tuple[str, ...],
) -> bool:
    if predicate == SIGNS and _is_not_yet(token):
        return False
    done = predicate == HOSTS and _city_hosts(shop, token, seed, slots)
    context = shop.context(token.i)
    for slot in slots:
        for party in actors(shop, token, slot, context):
            if _fits(shop, frame, seed, party, predicate):
                done = True
                told = said.weaker(EXPECTED) if slot == "initiator" else said
                _tell(shop, frame, token, seed, told, party=party, predicate=predicate)
        if done and token.pos_ == "NOUN" and slot in ("poss", "by", "of", "prep:from"):
            break  # "Russian President X's refusal": the owner is X, not what stands before the title
    return done


def _fits(shop: Workshop, frame: Frame, seed: Seed, party: Party, predicate: Term) -> bool:
    kinds = _ACCEPTS.get(predicate, ACTOR)
    if not (is_kind(party.entity, *kinds) and _may_bear(shop, frame, seed, party, predicate)):
        return False
    return predicate != PARTICIPATES or not _helper_only(seed, party)


def _tell(
    shop: Workshop,
    frame: Frame,
    token: Token,
    seed: Seed,
    told: Commitment,
    *,
    party: Party,
    predicate: Term,
) -> None:
    """Put a role down, unless verb and noun of a deed tell the same twice."""
    if seed.type in ARMED and _is_told(seed, predicate, party, told):
        return
    add_party(seed, party, predicate, shop.scene, said=told, score=score_of(frame, party, told))
    if predicate in _HELPS and token.head.lower_ == "as":
        _no_party(seed, party)


def _is_told(seed: Seed, predicate: Term, party: Party, said: Commitment) -> bool:
    """Tell whether another frame has told the same of a deed: by its verb and by its noun."""
    same = (r for r in seed.roles if r.predicate == predicate and r.filler == party.entity.key)
    return any(role.stance == said.stance() for role in same)


def _is_not_yet(noun: Token) -> bool:
    """As in "postponed the signing by X", "ahead of the signature by X": nothing has been signed."""
    above = noun.head.lemma_.lower()
    put_off = noun.dep_ in ("dobj", "nsubjpass") and above in _PUTS_OFF
    return noun.pos_ == "NOUN" and (put_off or above in ("before", "until", "for", "ahead", "of", "to", "on"))


_PUTS_OFF = frozenset(
    (
        "postpone",
        "delay",
        "cancel",
        "block",
        "prevent",
        "await",
        "plan",
        "propose",
        "expect",
        "schedule",
        "oppose",
        "demand",
    )
)


def _no_party(seed: Seed, party: Party) -> None:
    """As in "brings together A and B, and C as an observer": C takes no part, though the verb has C too."""
    seed.roles[:] = [r for r in seed.roles if r.predicate != PARTICIPATES or r.filler != party.entity.key]
    seed.parties.pop(party.entity.key, None)


def _may_bear(shop: Workshop, frame: Frame, seed: Seed, party: Party, predicate: Term) -> bool:
    """Tell whether the way an actor is named lets it have a role; a news agency only reports."""
    # "we met": who else is meant is not said; a spokesman speaks for his state, no more.
    mere_voice = party.via in VOICES and predicate not in _OWN_DOING
    # "the Russians demanded": who of them is not said, unless they sit at the table that is spoken of.
    mere_people = party.via == PEOPLE and not _at_table(shop, seed, party, predicate)
    if mere_voice or mere_people or party.entity.key.startswith("agency/"):
        return False
    if predicate == PARTICIPATES:
        opens = frame.status in ("begin", "end") and _opens_for_others(shop, frame, seed, party)
        return party.via != "forces" and not opens
    speaks = predicate == _TAKES and is_delegate(shop.scene.doc[party.token])
    nobody = party.via == "official" and not (speaks or _heads(shop, party))
    if nobody or (seed.type in ARMED and not _may_fight(shop, seed, party, predicate)):
        return False
    if predicate == SIGNS and party.via == "context" and _speaks_of_persons(shop, party):
        return False  # "signed by the two officials": persons, not their states
    if party.via == "forces":
        return predicate in _DEEDS  # troops attack for their state; they do not negotiate for it
    # Who chairs talks between others is a third party; a party is not.
    return predicate != MEDIATES or not _is_side(shop, seed, party)


def _at_table(shop: Workshop, seed: Seed, party: Party, predicate: Term) -> bool:
    """Tell whether a people takes part in a meeting, or says something of the talks that its state is a party to."""
    if predicate == PARTICIPATES:
        return seed.type in MEETINGS
    there = {entity.key for entity in shop.context(party.token)}
    return predicate == _TAKES and party.entity.key in there


def _may_fight(shop: Workshop, seed: Seed, party: Party, predicate: Term) -> bool:
    """Tell whether an actor may be the doer or target of a deed of force by the words that name it.

    The "attack by" a person is mostly one of words; a town that is struck is where it falls, though it stands
    for its government elsewhere.
    """
    if predicate == PERFORMS:
        myself = shop.scene.doc[party.token].lower_ in ("i", "me", "my")  # "I am appalled by the attack"
        return not myself and (seed.verbal or party.entity.type != PERSON)
    link = shop.scene.link(shop.scene.doc[party.token])
    return link is None or link.place is None or link.place == party.entity


def _speaks_of_persons(shop: Workshop, party: Party) -> bool:
    lemma = shop.scene.doc[party.token].lemma_.lower()
    return lemma in shop.scene.lexicon.words["pair_leaders"] and party.entity.type != PERSON


def _heads(shop: Workshop, party: Party) -> bool:
    """Tell whether a nameless official is the head of a state or government, who hosts for it: "X's emir"."""
    lemma = shop.scene.doc[party.token].lemma_.lower()
    return lemma in shop.scene.lexicon.words["state_heads"]


def _struck(shop: Workshop, token: Token, seed: Seed) -> None:
    """Where an attack fell, if a town is named: "shelled X", "strikes on the port of X"."""
    words = [word for slot in ("object", "prep:on", "prep:at") for word in fill(shop.scene, token, slot)]
    inside = [of for word in words for of in prepositional(word, "of")]
    for word in (*words, *inside):
        for place in place_of(shop.scene, word):
            if place.type == "dip:Place":
                seed.places[place.key] = place


def _city_hosts(shop: Workshop, token: Token, seed: Seed, slots: tuple[str, ...]) -> bool:
    """As in "Geneva will host the talks": a town is where they are, not an actor."""
    done = False
    for slot in slots:
        for word in fill(shop.scene, token, slot):
            for place in place_of(shop.scene, word):
                if place.type == "dip:Place":
                    seed.places[place.key] = place
                    done = True
    return done


def _opens_for_others(shop: Workshop, frame: Frame, seed: Seed, party: Party) -> bool:
    """As in "the envoy opened the talks between A and B": no party, unless of one of their sides."""
    others = [e for e in seed.parties.values() if is_kind(e, "state", "group")]
    alone = bool(frame.trigger.verb & _OPENS) and not others and not _has_partner(shop, seed)
    third = len(others) >= _SIDES or alone
    single = party.entity.type == PERSON or party.via in ("official", "office")
    return single and third and not _is_side(shop, seed, party)


def _has_partner(shop: Workshop, seed: Seed) -> bool:
    """Tell whether the sentence says with whom, or tells the talks as somebody's own."""
    noun = shop.scene.doc[seed.token]
    return bool(prepositional(noun, "with") or prepositional(noun.head, "with") or children(noun, "poss"))


_OPENS = frozenset(("open", "close"))


def _is_side(shop: Workshop, seed: Seed, party: Party) -> bool:
    side = shop.stands_for.get(party.entity.key)
    return party.entity.key in seed.parties or (side is not None and side.key in seed.parties)


def _helper_only(seed: Seed, party: Party) -> bool:
    """Who is told as host, mediator or observer of the same phrase is no party by the same words."""
    return party.entity.key in seed.helpers and party.entity.key not in seed.parties
