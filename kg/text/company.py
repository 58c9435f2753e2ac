"""The words beside a trigger: particles, objects and what stands before a noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.stays import tells_time
from kg.text.syntax import objects

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.lexicon import Frame

_BEFORE = frozenset(("amod", "compound", "nmod"))


def company_fits(frame: Frame, token: Token) -> bool:
    """Tell whether the particles and objects beside a trigger are those its frame wants, and none it excludes."""
    trigger = frame.trigger
    near = (*token.children, *(token.head.children if token.pos_ == "ADJ" else ()), *_strayed_adverbs(token))
    beside = [c for c in near if c.dep_ in ("prt", "dobj", "prep", "advmod") and not tells_time(c)]
    if token.pos_ in ("NOUN", "PROPN"):
        # "a drone strike", "a labour strike": what stands before a noun tells which kind it is.
        before = [c for c in token.doc[token.left_edge.i : token.i] if c.dep_ in _BEFORE]
        beside += before
        if {c.lemma_.lower() for c in before} & trigger.without:
            return False
    if trigger.particle and not any(c.lower_ in trigger.particle for c in beside):
        return False
    if not trigger.without or token.pos_ not in ("VERB", "ADJ"):
        return True
    return not {c.lemma_.lower() for c in (*beside, *objects(token))} & trigger.without


def _strayed_adverbs(token: Token) -> list[Token]:
    """The "together" of "brought A and B together in Rome", which the parser hangs on the preposition."""
    return [w for c in token.children if c.dep_ == "prep" for w in c.lefts if w.dep_ == "advmod"]
