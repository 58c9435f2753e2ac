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
    from spacy.tokens import Span, Token


def complement(trigger: Token, kind: str) -> tuple[int, int] | None:
    """Give the token bounds of what a stance says: its complement clause, object or for-phrase.

    With ``object``, whom or what it names goes before the clause, the trigger with it: "[support the council
    to hold a vote]"; with ``deed``, the trigger itself does: "[restored ties with Syria]".
    """
    if kind == "deed":
        behind = complement(trigger, "complement")
        return None if behind is None else (min(trigger.i, behind[0]), max(trigger.i + 1, behind[1]))
    if kind == "whole":
        return _whole(trigger)
    if kind.startswith("prep:"):
        words = prepositional(trigger, kind.removeprefix("prep:")) or through(
            trigger, kind.removeprefix("prep:")
        )
        return _bounds(words)
    clauses = [c for c in children(trigger, "ccomp", "xcomp") if c.i > trigger.i and not _parted(trigger, c)]
    if kind == "directive":
        clauses = [c for c in (*clauses, *strayed_clauses(trigger)) if _directs(c)]
        if not clauses and trigger.lemma_ == "insist":
            return _bounds(prepositional(trigger, "on"))
    plain = kind != "directive" and any(t.i > trigger.i for t in children(trigger, "dobj"))
    if not clauses and trigger.pos_ == "VERB" and not plain:
        clauses = [c for c in children(trigger, "advcl") if any(t.tag_ == "TO" for t in c.children)]
    if clauses:
        helped = [t for t in children(trigger, "dobj") if trigger.i < t.i < clauses[0].i and kind == "object"]
        bounds = _bounds([*helped[:1], *clauses[:1]])
        return (trigger.i, bounds[1]) if helped and bounds is not None else bounds
    direct = [t for t in objects(trigger) if t.i > trigger.i or is_passive(trigger)]
    told = [
        t
        for word in ("on", "to")
        for t in prepositional(trigger, word)
        if t.ent_type_ not in ("DATE", "TIME")
    ]
    bounds = _with_place(trigger, _bounds(direct or told[:1]))
    return _with_cause(trigger, bounds) if kind == "object" and direct else bounds


def _whole(trigger: Token) -> tuple[int, int]:
    """Give all that hangs on a trigger; of a verb without the clauses that others are the subjects of."""
    start, end = trigger.left_edge.i, trigger.right_edge.i + 1
    others = [c for c in children(trigger, "conj") if c.i > trigger.i and children(c, "nsubj", "nsubjpass")]
    if trigger.pos_ not in ("VERB", "AUX"):
        return start, end
    end = min((other.left_edge.i for other in others), default=end)
    doc = trigger.doc
    while end - 1 > trigger.i and (
        doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].dep_ == "cc"
    ):
        end -= 1
    lone = doc[start].is_quote and not any(word.is_quote for word in doc[start + 1 : end])
    return start + lone, end


def _with_place(trigger: Token, bounds: tuple[int, int] | None) -> tuple[int, int] | None:
    """Take in the place behind an object: "condemned the attacks today [in the towns of A and B]".

    The parser hangs it on the verb; who condemns an attack does so anywhere.
    """
    if bounds is None:
        return None
    start, end = bounds
    doc = trigger.doc
    while end < len(doc) and doc[end].head == trigger and doc[end].dep_ == "npadvmod" and doc[end].i > start:
        end += 1
    behind = doc[end] if end < len(doc) else None
    if behind is None or behind.head != trigger or behind.dep_ != "prep" or behind.lower_ not in _WHERE:
        return bounds
    named = any(word.ent_type_ in _PLACES for word in behind.subtree)
    return (start, behind.right_edge.i + 1) if named else bounds


def _with_cause(trigger: Token, bounds: tuple[int, int] | None) -> tuple[int, int] | None:
    """Take in what somebody is supported in: "supports the people of X [in this struggle]", "[against Y]"."""
    if bounds is None:
        return None
    start, end = bounds
    behind = trigger.doc[end] if end < len(trigger.doc) else None
    told = behind is not None and behind.head == trigger and behind.lower_ in _CAUSES
    dated = behind is not None and any(word.ent_type_ in ("DATE", "TIME") for word in behind.subtree)
    if behind is None or not told or dated:
        return bounds
    return start, behind.right_edge.i + 1


_CAUSES = frozenset(("in", "against", "with"))
_WHERE = frozenset(("in", "at", "near", "against", "across", "outside"))
_PLACES = frozenset(("GPE", "LOC", "FAC"))


def points_back(words: Span) -> bool:
    """Tell whether words say nothing without those before them: "these concerns", "this"."""
    head = words.root
    pointing = any(child.lower_ in _POINTS and child.dep_ == "det" for child in head.children)
    return len(words) <= _FEW and (pointing or head.lower_ in _POINTS)


_POINTS = frozenset(("this", "these", "those"))
_FEW = 2


def named_before(trigger: Token) -> tuple[int, int] | None:
    """Give the bounds of what "it" is: the object of the verb before in the sentence, named by a noun."""
    for at in range(trigger.i - 1, trigger.sent.start - 1, -1):
        verb = trigger.doc[at]
        if verb.pos_ != "VERB":
            continue
        named = [word for word in objects(verb) if word.pos_ in ("NOUN", "PROPN") and word.i < trigger.i]
        two = any(word.ent_type_ for word in named[0].subtree) if named else False
        return (
            None if two else _bounds(named[:1])
        )  # "wants ties with X but does not recognise it": X, or the ties
    return None


def strayed_clauses(trigger: Token) -> list[Token]:
    """Give the clause of "insisted before the meeting that X leave", which the parser hangs on the meeting."""
    near = [
        word for prep in children(trigger, "prep", "npadvmod") for word in (prep, *children(prep, "pobj"))
    ]
    return [
        clause
        for word in near
        for clause in children(word, "relcl", "acl", "ccomp")
        if any(c.lower_ == "that" and c.i < clause.i for c in clause.children)
        and children(clause, "nsubj", "nsubjpass")
    ]


def _parted(trigger: Token, clause: Token) -> bool:
    """Whether a semicolon stands between: the clause is another sentence."""
    return any(word.text == ";" for word in trigger.doc[trigger.i : clause.i])


def _directs(clause: Token) -> bool:
    """As in "that Venezuela respect", "that boats be freed", "must leave", "to withdraw": a wish, not a report."""
    auxiliaries = {c.lower_ for c in clause.children if c.dep_ == "aux"}
    singular = any(c.dep_ == "nsubj" and c.tag_ in ("NN", "NNP") for c in clause.children)
    # "insisted that all boats land": of what is, the past would be told.
    past = clause.head.tag_ in ("VBD", "VBN") and not auxiliaries
    subjunctive = clause.tag_ == "VB" or (clause.tag_ == "VBP" and (singular or past))
    subjunctive |= clause.lower_ in _UNCHANGED and singular and not auxiliaries
    passive = any(c.lower_ == "be" and c.dep_ == "auxpass" for c in clause.children)
    return (
        (subjunctive or passive)
        and not auxiliaries & {"will", "would", "can", "could", "may", "might", "do", "did"}
    ) or bool(auxiliaries & {"must", "should", "to"})


_UNCHANGED = frozenset(("let", "put", "cut", "set", "shut", "quit"))
"""Verbs whose past looks like their bare form; who "insisted that X let him go" wants it, mostly."""


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
    pair = doc[start].lower_ == "both" and start < end - 1 and doc[start + 1].pos_ == "DET"
    if pair and not any(word.lower_ == "and" for word in doc[start:end]):
        start += 1  # "both the attack in X, and that in Y", of which the parser lost the second
    return start, end
