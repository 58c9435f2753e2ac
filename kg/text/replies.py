"""Replies: "the minister rejected the condition" answers whoever set it, a sentence or two before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Key, Role, Term

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.text.seeds import Seed
    from kg.text.workshop import Workshop

_TAKES, _ADDRESSED = Term("dip:takes"), Term("dip:addressedTo")
_REPLIES = frozenset((Term("dip:Refusal"),))
_OPENINGS = frozenset((Term("dip:Demand"), Term("dip:Offer")))
_ACCEPTS = "accept"
_BACK = 2
"""Sentences back to what is answered; on 68 articles every reply to something stood within two."""
_POINTING = frozenset(("it", "this", "that", "both", "these", "them", "so"))
_DEFINITE = frozenset(("the", "this", "that", "such", "these", "those"))


def answered(shop: Workshop, token: Token, seed: Seed, bounds: tuple[int, int] | None) -> Seed | None:
    """Give the demand or offer that a refusal answers, where its words only point back to it.

    It may have been put to somebody else, if it is the last thing said: "asked the rebels to leave; X rejected that".
    """
    if seed.type not in _REPLIES or not _points_back(shop, bounds):
        return None
    refusers = _sides(shop, _who(seed, _TAKES))
    for other in sorted(shop.seeds, key=lambda each: -each.token):
        if other is seed or other.type not in _OPENINGS or other.token >= token.i or other.commitment.negated:
            continue
        between = _sentences_between(shop, other.token, token.i)
        if between > _BACK:
            return None
        asked, asking = _sides(shop, _who(other, _ADDRESSED)), _sides(shop, _who(other, _TAKES))
        accepts = _ACCEPTS in other.frames  # who accepts a plan did not make it
        # "A asked B to leave. C rejected the call": whoever was asked, it is A whom C answers; what he only "refused"
        # may be something else
        another = bool(asked) and not asked & refusers and (bounds is None or between > 1)
        if accepts or asking & refusers or another:
            return None
        return other
    return None


def reply(shop: Workshop, token: Token, seed: Seed, asked: Seed) -> None:
    """Address a refusal to who asked, and what was asked to who refuses."""
    for key in _who(asked, _TAKES):
        seed.add(Role(_ADDRESSED, key, stance=seed.commitment.stance()))
    refusers = _who(seed, _TAKES)
    if not _who(asked, _ADDRESSED) and len(refusers) == 1:
        said = asked.commitment.stance()
        asked.add(Role(_ADDRESSED, refusers[0], stance=said, evidence=shop.scene.evidence(token)))


def _points_back(shop: Workshop, bounds: tuple[int, int] | None) -> bool:
    if bounds is None:
        return True
    words = shop.scene.doc[bounds[0] : bounds[1]]
    if words.root.lower_ in _POINTING:
        return True
    bare = not any(child.dep_ in ("prep", "acl", "relcl", "ccomp") for child in words.root.children)
    definite = any(child.lower_ in _DEFINITE for child in words.root.children if child.dep_ == "det")
    return bare and definite and words.root.lemma_.lower() in shop.scene.lexicon.words["answerable"]


def _who(seed: Seed, predicate: Term) -> list[str]:
    return [role.filler for role in seed.roles if role.predicate == predicate]


def _sides(shop: Workshop, keys: list[str]) -> set[str]:
    """Actors, and for persons the side that they stand for."""
    stands = (shop.stands_for.get(Key(key)) for key in keys)
    return {*keys, *(side.key for side in stands if side is not None)}


def _sentences_between(shop: Workshop, start: int, end: int) -> int:
    return sum(1 for word in shop.scene.doc[start + 1 : end + 1] if word.is_sent_start)
