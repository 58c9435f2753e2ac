"""Who is named as an example where a plural noun is nobody by itself: "several countries, including A and B"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lemmas import noun_lemma
from kg.text.listing import listed
from kg.text.party import Party
from kg.text.scene import DEMONYM, is_kind
from kg.text.words import words_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.text.scene import Scene

_STATES = frozenset(
    ("country", "state", "nation", "power", "government", "neighbour", "neighbor", "member", "party", "ally",
     "group", "organisation", "organization", "body", "faction", "movement", "guarantor", "delegation")
)  # fmt: skip
"""Nouns of which states and bodies are examples; officials of a state are not the state."""
_REACH = 12
"""Tokens from the noun to the word that announces its examples."""
_PLURAL = frozenset(("NNS", "NNPS"))


def examples(scene: Scene, head: Token) -> tuple[Party, ...]:
    """Give the states and bodies of "members of the group, among them A and B", the persons of "envoys such as X"."""
    if head.tag_ not in _PLURAL or scene.link(head) is not None:
        return ()
    lemma = noun_lemma(head)
    persons = lemma in scene.lexicon.words["titles"] or lemma in scene.lexicon.words["representatives"]
    if not persons and lemma not in _STATES:
        return ()
    kinds = ("person",) if persons else ("state", "group")
    start = _announced(head)
    told = (listed(scene, start) or _single(scene, start)) if start else ()
    return told if all(is_kind(party.entity, *kinds) for party in told) else ()


def _announced(head: Token) -> int:
    """Give the token where the examples begin behind "including", "among them" or "such as"; 0 where none do."""
    words = words_of(head.doc)
    lower, dep = words.lower, words.dep
    for at in range(head.i + 1, min(head.sent.end, head.i + _REACH) - 1):
        if lower[at] == "including":
            return at + 1
        if (lower[at], lower[at + 1]) in _PAIRS:
            return at + 2
        if lower[at] in (";", ".", "and") or dep[at] in ("ROOT", "relcl", "aux"):
            return 0
    return 0


_PAIRS = frozenset((("among", "them"), ("among", "whom"), ("such", "as")))


def _single(scene: Scene, start: int) -> tuple[Party, ...]:
    """Give the one name that stands there between commas or at the end: "other countries, including A,"."""
    at = start + (scene.doc[start].lower_ == "the")
    link = scene.link(scene.doc[at]) if at < len(scene.doc) else None
    if link is None or link.entity is None or link.mention.type == DEMONYM:
        return ()
    after = link.mention.tokens.end
    closed = after < len(scene.doc) and scene.doc[after].text in (",", ".")
    return (Party(link.entity, "name", at),) if closed else ()
