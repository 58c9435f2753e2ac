"""Verbs that lay something to somebody's charge, or thank him for it: whom they say did it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_CHARGES = {
    "accuse": "of", "suspect": "of", "convict": "of", "charge": "with", "blame": "for", "condemn": "for",
    "denounce": "for", "criticise": "for", "criticize": "for", "fault": "for", "sue": "for", "indict": "for",
}  # fmt: skip


def is_charge(verb: Token, preposition: Token) -> bool:
    """Tell whether a verb lays what follows to somebody's charge: "accused of", "charged with"."""
    return _CHARGES.get(verb.lemma_.lower()) == preposition.lower_


def charges(verb: Token) -> bool:
    """Tell whether a verb lays a deed to somebody's charge: "accused X of shelling Y"."""
    return any(
        is_charge(verb, word) and any(c.dep_ == "pcomp" for c in word.children) for word in verb.children
    )


def blamed_for(preposition: Token) -> list[Token]:
    """As in "thanked Qatar for hosting", "accused them of shelling": the object does it."""
    verb = preposition.head
    if verb.pos_ != "VERB" or not (
        preposition.lower_ in ("for", "of", "from") or is_charge(verb, preposition)
    ):
        return []
    return _direct(verb)


def charged_behind(clause: Token) -> list[Token]:
    """As in "accused X of shelling Y, killing five": X killed them."""
    verb = clause.head
    behind = clause.dep_ == "advcl" and clause.tag_ == "VBG" and clause.i > verb.i
    return _direct(verb) if behind and charges(verb) else []


def _direct(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ == "dobj"]
