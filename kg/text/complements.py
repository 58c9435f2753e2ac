"""What a stance says: the bounds of its complement clause, object or phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.slots import through
from kg.text.syntax import (
    children,
    is_passive,
    objects,
    prepositional,
)

if TYPE_CHECKING:
    from spacy.tokens import Token


def complement(trigger: Token, kind: str) -> tuple[int, int] | None:
    """Give the token bounds of what a stance says: its complement clause, object or for-phrase.

    With ``object``, whom or what it names goes before the clause: "support [the council to hold a vote]".
    """
    if kind == "whole":
        return trigger.left_edge.i, trigger.right_edge.i + 1
    if kind.startswith("prep:"):
        words = prepositional(trigger, kind.removeprefix("prep:")) or through(
            trigger, kind.removeprefix("prep:")
        )
        return _bounds(words)
    clauses = [c for c in children(trigger, "ccomp", "xcomp") if c.i > trigger.i and not _parted(trigger, c)]
    if kind == "directive":
        clauses = [c for c in clauses if _directs(c)]
        if not clauses and trigger.lemma_ == "insist":
            return _bounds(prepositional(trigger, "on"))
    plain = kind != "directive" and any(t.i > trigger.i for t in children(trigger, "dobj"))
    if not clauses and trigger.pos_ == "VERB" and not plain:
        clauses = [c for c in children(trigger, "advcl") if any(t.tag_ == "TO" for t in c.children)]
    if clauses:
        helped = [t for t in children(trigger, "dobj") if trigger.i < t.i < clauses[0].i and kind == "object"]
        return _bounds([*helped[:1], *clauses[:1]])
    direct = [t for t in objects(trigger) if t.i > trigger.i or is_passive(trigger)]
    told = [
        t
        for word in ("on", "to")
        for t in prepositional(trigger, word)
        if t.ent_type_ not in ("DATE", "TIME")
    ]
    return _bounds(direct or told[:1])


def _parted(trigger: Token, clause: Token) -> bool:
    """Whether a semicolon stands between: the clause is another sentence."""
    return any(word.text == ";" for word in trigger.doc[trigger.i : clause.i])


def _directs(clause: Token) -> bool:
    """As in "that Venezuela respect", "must leave", "to withdraw": a wish, not a report."""
    auxiliaries = {c.lower_ for c in clause.children if c.dep_ == "aux"}
    singular = any(c.dep_ == "nsubj" and c.tag_ in ("NN", "NNP") for c in clause.children)
    subjunctive = clause.tag_ == "VB" or (clause.tag_ == "VBP" and singular)
    return (
        subjunctive and not auxiliaries & {"will", "would", "can", "could", "may", "might", "do", "did"}
    ) or bool(auxiliaries & {"must", "should", "to"})


def _bounds(words: list[Token]) -> tuple[int, int] | None:
    if not words:
        return None
    start, end = words[0].left_edge.i, words[-1].right_edge.i + 1
    doc = words[0].doc
    while end + 1 < len(doc) and "-" in (doc[end].text, doc[end - 1].text) and not doc[end - 1].whitespace_:
        end = max(end + 2, doc[end + 1].right_edge.i + 1)  # "the re-taking of the town"
    while end - 1 > start and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].dep_ == "cc"):
        end -= 1
    while start < end - 1 and doc[start].is_punct and not doc[start].is_quote:
        start += 1
    return start, end
