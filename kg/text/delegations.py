"""Who leads or belongs to whose delegation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Role, Term
from kg.text.parties import parties
from kg.text.scene import PERSON, is_kind
from kg.text.slots import fill
from kg.text.syntax import children, conjuncts, subjects
from kg.text.workshop import score_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.lexicon import Frame
    from kg.model import Entity, Key
    from kg.text.commitment import Commitment
    from kg.text.party import Party
    from kg.text.seeds import Seed
    from kg.text.workshop import Workshop


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
        if party.entity.type == PERSON
    ]
    if "and" in slots and token.tag_ in ("NN", "NNP"):
        persons = persons[:1]  # "the head of A's delegation, X, and the head of B's, Y": X is A's alone
    if not persons:
        return False
    done = False
    for number, person in enumerate(persons):
        found = led_sides(shop, frame, token, person)
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


def led_sides(shop: Workshop, frame: Frame, token: Token, person: Party) -> tuple[Entity, ...]:
    """Whose delegation it is; where the talks themselves are led, the side the person stands for."""
    scene, out = shop.scene, {}
    for slot in frame.side:
        for word in fill(scene, token, slot):
            for head in conjuncts(word):
                led = shop.seed_at(head)
                if led is not None:
                    side = shop.stands_for.get(person.entity.key)
                    known = {*led.parties, *(entity.key for entity in shop.context(head.i))}
                    if side is not None and side.key in known:
                        out[side.key] = side
                    continue
                out.update(_delegation_sides(shop, frame, head, person))
    return tuple(out.values())


def _delegation_sides(shop: Workshop, frame: Frame, head: Token, person: Party) -> dict[Key, Entity]:
    scene = shop.scene
    lemma = head.lemma_.lower()
    named = parties(scene, head, context=shop.context(head.i))
    if frame.name == "represent":
        return {p.entity.key: p.entity for p in named if is_kind(p.entity, "state", "group")}
    team = (
        lemma in scene.lexicon.words["delegations"]
        or lemma in ("that", "those", "one")
        or lemma
        in (
            "negotiator",
            "envoy",
            "official",
            "representative",
        )
    )
    if not team:
        return {}
    found = {
        p.entity.key: p.entity for p in named if p.via in ("delegation", "officials", "government", "group")
    }
    owners = children(head, "poss")
    own = {w.lower_ for owner in owners for w in (owner, *owner.children)} & {"its", "their", "his", "her"}
    side = shop.stands_for.get(person.entity.key)
    if not found and side is not None and own:
        found[side.key] = side
    if not found:
        found = _senders(shop, head)
    if not found and side is not None and side.key in {e.key for e in shop.context(head.i)}:
        found[side.key] = side
    return found


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
