"""What somebody says that somebody else must do: "X said that Y must leave" is a demand of X's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.syntax import children, is_passive

if TYPE_CHECKING:
    from spacy.tokens import Token

_BID = "must"
"""Not "should", which is as often a forecast or advice."""


def wishes(verb: Token) -> bool:
    """Tell whether a clause behind the verb says what somebody else must do; "must be so" is a guess."""
    return any(clause.i > verb.i and bids(clause) for clause in children(verb, "ccomp"))


def bids(clause: Token) -> bool:
    """Tell whether a clause says that somebody must do something."""
    told = any(child.lower_ == _BID for child in children(clause, "aux"))
    who = [child for child in children(clause, "nsubj", "nsubjpass") if child.pos_ in ("NOUN", "PROPN")]
    state = clause.pos_ == "AUX" or (clause.lemma_ in ("be", "have") and not is_passive(clause))
    conditional = any(
        child.lower_ in ("if", "whether", "unless") for child in children(clause, "mark", "advmod")
    )
    return told and bool(who) and not state and not conditional
