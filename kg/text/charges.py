"""What one side lays to another's charge: told by who accuses, done by who is accused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import POSSIBLE
from kg.text.blame import charges, is_charge
from kg.text.speakers import credited
from kg.text.syntax import is_passive, subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.text.commitment import Commitment
    from kg.text.scene import Scene

_ONLY_THOUGHT = frozenset(("suspect",))


def charging(below: Token, word: Token) -> Token | None:
    """Give the verb that lays the clause ``below`` to somebody's charge, None where none does.

    ``word`` is what governs the clause: the preposition in "accused X of shelling", the verb itself in
    "accused X of shelling Y, killing five".
    """
    if below.dep_ == "pcomp" and word.dep_ == "prep" and is_charge(word.head, word):
        return word.head
    behind = below.dep_ == "advcl" and below.tag_ == "VBG" and below.i > word.i
    return word if behind and charges(word) else None


def charged(scene: Scene, now: Commitment, verb: Token) -> Commitment:
    """Credit what is laid to somebody's charge to who says so; it is only possible where nobody does."""
    if now.attributed:
        return now
    if verb.lemma_.lower() in _ONLY_THOUGHT or (is_passive(verb) and not subjects(verb)):
        now = now.weaker(POSSIBLE)
    who = (credited(scene, subject) for subject in subjects(verb))
    return replace(now, speaker=next((entity for entity in who if entity is not None), None), attributed=True)
