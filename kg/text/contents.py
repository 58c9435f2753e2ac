"""What a stance says, in the words of the source, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Abstention, Role, Term
from kg.text.complements import complement, named_before, points_back, strayed_clauses
from kg.text.parties import parties
from kg.text.replies import answered, reply
from kg.text.slots import fill
from kg.text.syntax import children, objects
from kg.text.wanted import wanted_doers
from kg.text.workshop import actors

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.lexicon import Frame
    from kg.model import Key, Stance
    from kg.text.scene import Scene
    from kg.text.seeds import Seed
    from kg.text.workshop import Workshop


_POINTING = frozenset(("it", "them"))
_TOWARDS = frozenset(("dip:Demand", "dip:Threat"))
_MAX_CONTENT = 60
"""Tokens of a stance's content; longer complements are parse errors."""


def tell_stance(shop: Workshop, frame: Frame, token: Token, seed: Seed) -> None:
    """The words of a stance and whom it is addressed to."""
    scene = shop.scene
    assert frame.content is not None
    bounds = complement(token, frame.content)
    if bounds is not None and (bounds in _addressed(scene, token, frame) or _holds(bounds, token)):
        bounds = None  # "urged Chad": to what, the parser has lost
    asked = answered(shop, token, seed, bounds)
    if bounds is not None and scene.doc[bounds[0] : bounds[1]].text.lower() in _POINTING:
        bounds = None if asked is not None else named_before(token)  # "A accepted the plan, B rejected it"
    if bounds is None and asked is not None and asked.label is not None:
        seed.add(Role(Term("dip:content"), asked.label, stance=said_plain(seed)))
        seed.label = asked.label
        reply(shop, token, seed, asked)
        return
    vague = (
        bounds is not None and seed.type != "dip:Refusal" and points_back(scene.doc[bounds[0] : bounds[1]])
    )
    if bounds is None or vague or bounds[1] - bounds[0] > _MAX_CONTENT:
        shop.drop(seed)
        shop.abstentions.append(
            Abstention(scene.evidence(token), frame.name, "no words say what it is about")
        )
        return
    words = scene.quote(scene.original(scene.doc[bounds[0] : _content_end(scene, *bounds)]))
    seed.add(Role(Term("dip:content"), words, stance=said_plain(seed)))
    seed.label = words
    told = _addressees(shop, frame, token, seed)
    for key in told:
        seed.add(Role(Term("dip:addressedTo"), key, stance=said_plain(seed)))
    if asked is not None and not told:
        reply(shop, token, seed, asked)


def _holds(bounds: tuple[int, int], verb: Token) -> bool:
    """As in "A insists on it; B does not accept it": clauses that the parser mixed up are no content of their verb."""
    before = verb.doc[bounds[0] : verb.i] if bounds[0] <= verb.i < bounds[1] else ()
    return any(word.text == ";" for word in before)


def _addressees(shop: Workshop, frame: Frame, token: Token, seed: Seed) -> list[Key]:
    """Whom a stance is addressed to, by the slots of its frame; else who is to do what is demanded."""
    takers = {role.filler for role in seed.roles if role.predicate == "dip:takes"}
    context = shop.context(token.i)
    left = ("prep:from", "prep:of") if _leaves(shop.scene, token) else ()
    slots = [slot for slot in frame.addressee if slot not in left]
    found = [
        party.entity.key
        for slot in slots
        for party in actors(shop, token, slot, context)
        if party.entity.key not in takers and party.via != "forces"
    ]
    if found or frame.type != "dip:Demand":
        return found
    return [
        party.entity.key
        for word in _doers(token)
        for party in parties(shop.scene, word)
        if party.entity.key not in takers and party.via in _NAMED
    ]


def _doers(token: Token) -> list[Token]:
    """Who is to do what a word asks for, or the noun behind it: "reiterated its demand that X leave"."""
    strayed = [who for clause in strayed_clauses(token) for who in children(clause, "nsubj")]
    return wanted_doers(token) or strayed or [who for noun in objects(token) for who in wanted_doers(noun)]


_NAMED = frozenset(("name", "title", "government", "delegation"))


def _leaves(scene: Scene, token: Token) -> bool:
    """As in "demanded the departure of troops from X": X is not asked, it is left."""
    return any(word.lemma_.lower() in scene.lexicon.words["leavings"] for word in objects(token))


def _addressed(scene: Scene, token: Token, frame: Frame) -> list[tuple[int, int]]:
    """The bounds of the words that are whom the stance is addressed to."""
    if frame.type not in _TOWARDS:
        return []
    slots = [slot for slot in frame.addressee if slot in ("object", "prep:on", "prep:upon")]
    words = [fill(scene, token, slot) for slot in slots]
    return [(each[0].left_edge.i, each[-1].right_edge.i + 1) for each in words if each]


def _content_end(scene: Scene, start: int, end: int) -> int:
    """Where the words of a stance end: before ", Smith said" and before "and said that"."""
    for i in range(start + 1, end):
        word = scene.doc[i]
        if word.pos_ != "VERB" or word.lemma_ not in scene.lexicon.modality["report"]:
            continue
        for j in range(i - 1, max(start, i - 6), -1):
            if scene.doc[j].text == "," or scene.doc[j].lower_ == "and":
                return j
    return end


def said_plain(seed: Seed) -> Stance:
    """The stance under which the parts of a stance are recorded."""
    return seed.commitment.stance()
