"""Parliaments told by a common noun and their state: "Georgia's parliament", "the assembly in Kigali"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.folding import slug
from kg.model import Entity, Key, Term
from kg.text.phrases import inside
from kg.text.scene import is_kind
from kg.text.syntax import children, prepositional

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.text.scene import Scene

_BODY = Term("dip:Organization")
_BARE = frozenset(("parliament", "congress"))
"""Houses that need no state beside them where the article is written from one."""


def legislature(scene: Scene, head: Token) -> Entity | None:
    """Give the house that a noun speaks of, where its state is told or is that of the article."""
    noun = head.lemma_.lower()
    if noun not in scene.lexicon.words["legislatures"] or head.tag_ in ("NNS", "NNPS"):
        return None
    state = _state_of(scene, head)
    if state is None and noun in _BARE and all(c.lower_ == "the" or c.i > head.i for c in head.children):
        state = scene.home
    if state is None or not is_kind(state, "state"):
        return None
    kept = [
        c.text.capitalize() for c in children(head, "amod", "compound") if c.lower_ in ("national", "federal")
    ]
    label = " ".join((state.label, *kept, noun.capitalize()))
    key = f"org/{slug(label)}"
    return scene.kb.entity(key) if key in scene.kb else Entity(Key(key), _BODY, label, within=state.key)


def _state_of(scene: Scene, head: Token) -> Entity | None:
    """Give the state before a house, behind "of" or "in"; a capital behind "in" stands for its state."""
    named = [link.entity for link in inside(scene, head) if is_kind(link.entity, "state")]
    named += [link.entity for word in prepositional(head, "of") if (link := scene.link(word)) is not None]
    for word in prepositional(head, "in"):
        link = scene.link(word)
        seat = scene.kb.metonym(link.mention.text) if link is not None else None
        named += [seat[0]] if seat is not None else [link.entity] if link is not None else []
    return named[0] if len(named) == 1 else None
