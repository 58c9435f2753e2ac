"""What a stance says, in the words of the source, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Abstention, Role, Term
from kg.text.parties import parties
from kg.text.slots import complement
from kg.text.syntax import children, objects
from kg.text.workshop import actors

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.lexicon import Frame
    from kg.model import Stance
    from kg.text.scene import Scene
    from kg.text.seeds import Seed
    from kg.text.workshop import Workshop


_TOWARDS = frozenset(("dip:Demand", "dip:Threat"))
_MAX_CONTENT = 60
"""Tokens of a stance's content; longer complements are parse errors."""


def tell_stance(shop: Workshop, frame: Frame, token: Token, seed: Seed) -> None:
    """The words of a stance and whom it is addressed to."""
    scene = shop.scene
    assert frame.content is not None
    bounds = complement(token, frame.content)
    if bounds is not None and bounds == _addressed(token, frame):
        bounds = None  # "urged Chad": to what, the parser has lost
    if bounds is None or bounds[1] - bounds[0] > _MAX_CONTENT:
        shop.seeds.remove(seed)
        shop.abstentions.append(
            Abstention(scene.evidence(token), frame.name, "no words say what it is about")
        )
        return
    words = scene.quote(scene.original(scene.doc[bounds[0] : _content_end(scene, *bounds)]))
    seed.add(Role(Term("dip:content"), words, stance=said_plain(seed)))
    seed.label = words
    takers = {role.filler for role in seed.roles if role.predicate == "dip:takes"}
    for slot in frame.addressee:
        for party in actors(scene, token, slot, shop.context(token.i)):
            if party.entity.key not in takers and party.via != "forces":
                seed.add(Role(Term("dip:addressedTo"), party.entity.key, stance=said_plain(seed)))
    told = any(role.predicate == "dip:addressedTo" for role in seed.roles)
    for word in _doer_wanted(token) if frame.type == "dip:Demand" and not told else ():
        for party in parties(scene, word):
            if party.entity.key not in takers and party.via in ("name", "title", "government", "delegation"):
                seed.add(Role(Term("dip:addressedTo"), party.entity.key, stance=said_plain(seed)))


def _doer_wanted(token: Token) -> list[Token]:
    """Who is to do what is demanded: X in "demanded that X withdraw"."""
    clauses = [c for c in children(token, "ccomp") if any(m.lower_ == "that" for m in children(c, "mark"))]
    return [subject for clause in clauses for subject in children(clause, "nsubj", "nsubjpass")]


def _addressed(token: Token, frame: Frame) -> tuple[int, int] | None:
    """The bounds of the object, where it is whom the stance is addressed to."""
    words = objects(token) if "object" in frame.addressee and frame.type in _TOWARDS else []
    return (words[0].left_edge.i, words[-1].right_edge.i + 1) if words else None


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
