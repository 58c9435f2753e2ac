"""Events told by their number alone: "a second one is to be held on Friday", "the next will open in May"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Term
from kg.text.eventtypes import names_deed

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.text.scene import Scene

_HELD = frozenset(
    (
        "hold",
        "schedule",
        "plan",
        "set",
        "take",
        "open",
        "begin",
        "start",
        "convene",
        "expect",
        "arrange",
        "follow",
        "due",
    )
)
"""Verbs of which an event of so many is the subject."""
_ORDERS = frozenset(("another", "next"))
_BEFORE = 40
"""How many words back, in this sentence or the one before, the event may stand that is one of a number."""


def another(scene: Scene, token: Token, kinds: dict[int, Term]) -> Term | None:
    """Give the class of what a number or "one" counts, where an event of that class was told just before.

    ``kinds`` are the classes of the event nouns so far, by token.
    """
    if token.dep_ not in ("nsubj", "nsubjpass") or not _counts(scene, token) or not _is_held(token):
        return None
    sentence = token.sent.start
    first = scene.doc[sentence - 1].sent.start if sentence else 0
    for word in reversed(scene.doc[max(first, token.i - _BEFORE) : token.i]):
        if word.i in kinds:
            return kinds[word.i]
        if word.pos_ == "VERB" and word.lemma_ == "meet":
            return Term("dip:Meeting")
        if word.pos_ == "NOUN" and _is_countable(scene, word):
            return None
    return None


def number_of(scene: Scene, token: Token) -> int | None:
    """Give the number by which an event is told: 3 of "a third", "a third one"."""
    words = (token, *token.children)
    return next((n for w in words if (n := scene.lexicon.ordinals.get(w.lower_)) is not None), None)


def _counts(scene: Scene, token: Token) -> bool:
    beside = {child.lower_ for child in token.children}
    if token.lower_ == "one":
        return bool(beside & (scene.lexicon.ordinals.keys() | _ORDERS))
    alone = token.pos_ != "VERB" and not any(child.dep_ == "prep" for child in token.children)
    if token.lower_ == "another":
        return alone
    # "The first was held in A, the second in B": a row whose members the parser does not keep apart.
    told = (token.lower_ in scene.lexicon.ordinals and token.lower_ != "first") or token.lower_ == "next"
    return alone and told and bool(beside & {"a", "the"})


def _is_held(token: Token) -> bool:
    verb = token.head
    if verb.lemma_ == "be":
        below = [child for child in verb.children if child.dep_ in ("xcomp", "acomp")]
        return any(child.lemma_ in _HELD for child in below)
    if verb.lemma_ == "take" and not any(child.lower_ == "place" for child in verb.children):
        return False
    return verb.lemma_ in _HELD and not any(
        child.dep_ == "dobj" and child.lower_ != "place" for child in verb.children
    )


def _is_countable(scene: Scene, noun: Token) -> bool:
    """Tell whether a noun may itself be what is counted: a text, a deed, a vote."""
    lemma = noun.lemma_.lower()
    return lemma in scene.lexicon.instruments or names_deed(scene, lemma) or lemma in _OTHERS


_OTHERS = frozenset(
    (
        "election",
        "phase",
        "stage",
        "exchange",
        "release",
        "convoy",
        "flight",
        "referendum",
        "trial",
        "hearing",
    )
)
