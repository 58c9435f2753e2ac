"""The words beside a trigger: particles, objects and what stands before a noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.counterparts import done
from kg.text.stays import tells_time
from kg.text.syntax import objects, prepositional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.lexicon import Frame
    from kg.text.scene import Scene

_MODIFIERS = frozenset(("amod", "compound", "nmod"))


def company_fits(frame: Frame, token: Token) -> bool:
    """Tell whether the particles and objects beside a trigger are those its frame wants, and none it excludes."""
    trigger = frame.trigger
    before = _before(token) if trigger.particle or trigger.without else []
    if {c.lemma_.lower() for c in before} & trigger.without:
        return False
    excludes = trigger.without and token.pos_ in ("VERB", "ADJ")
    if not trigger.particle and not excludes:
        return True
    near = (*token.children, *(token.head.children if token.pos_ == "ADJ" else ()), *_strayed_adverbs(token))
    beside = [c for c in near if c.dep_ in ("prt", "dobj", "prep", "advmod") and not tells_time(c)]
    if trigger.particle and not any(c.lower_ in trigger.particle for c in (*beside, *before)):
        return False
    return not excludes or not {c.lemma_.lower() for c in (*beside, *objects(token))} & trigger.without


def things_done(scene: Scene, token: Token) -> Iterator[str]:
    """Give what a verb does something to, by lemmas: of "sent two convoys of flour" the convoys, and the flour."""
    for word in done(token):
        yield (lemma := word.lemma_.lower())
        if lemma in scene.lexicon.words["measures"]:
            yield from (inner.lemma_.lower() for inner in prepositional(word, "of"))


def _before(token: Token) -> list[Token]:
    """As in "a drone strike", "a labour strike": what stands before a noun tells which kind it is."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return []
    return [c for c in token.doc[token.left_edge.i : token.i] if c.dep_ in _MODIFIERS]


def _strayed_adverbs(token: Token) -> list[Token]:
    """The "together" of "brought A and B together in Rome", which the parser hangs on the preposition."""
    return [w for c in token.children if c.dep_ == "prep" for w in c.lefts if w.dep_ == "advmod"]
