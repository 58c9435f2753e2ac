"""Whom a noun is said of: "X, the head of the team", "the mediators are X and Y", "with X as observers"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.antecedents import antecedent
from kg.text.scene import is_kind
from kg.text.syntax import children, is_passive, subjects, surface_subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.text.scene import Scene

_ENDS = frozenset(
    ("withdraw", "resign", "quit", "step", "remove", "drop", "replace", "retire", "dismiss", "reject")
)
_PRESENT = frozenset(("attend", "follow", "join", "accompany", "witness", "monitor", "watch", "observe"))
_APPOINTS = frozenset(
    (
        "name",
        "appoint",
        "include",
        "invite",
        "accept",
        "choose",
        "see",
        "nominate",
        "use",
        "describe",
        "list",
        "have",
    )
)
_BEARERS = frozenset(("power", "country", "state", "nation", "party", "government"))
"""What "guarantor" and "observer" stand before without changing who is spoken of."""


def equated(scene: Scene, noun: Token) -> list[Token]:
    """Whom a noun is said of: apposition, predicate, "as a mediator", "with X as observers"."""
    if noun.dep_ in ("compound", "amod", "nmod") and noun.head.lemma_ in _BEARERS and noun.head.i > noun.i:
        return equated(scene, noun.head)  # "the guarantor states, A and B"
    head = noun.head
    found: list[Token] = []
    if noun.dep_ == "appos":
        found = [head]
    elif noun.dep_ == "dobj" and noun.lemma_ == "part" and head.lemma_ in ("form", "make"):
        found = subjects(head)  # "formed part of the delegation"
    elif noun.dep_ == "oprd" and children(head, "dobj"):
        found = children(head, "dobj")
    elif noun.dep_ in ("attr", "oprd") and head.pos_ in ("AUX", "VERB"):
        found = [antecedent(t) for t in surface_subjects(head)] if head.lemma_ not in _APPOINTS else []
    elif noun.dep_ == "pobj" and head.lower_ == "as":
        found = _right_before(scene, head) or _as(head)
    elif noun.dep_ == "conj" and not children(noun, "appos"):
        return _name_behind(scene, noun) or equated(scene, head)
    found = (found or _at_the_head(noun) or _behind_be(noun)) + children(noun, "appos")
    named = scene.doc[noun.i + 1] if noun.i + 1 < len(scene.doc) else None
    if not found and named is not None and scene.link(named) is not None and named.sent == noun.sent:
        link = scene.link(named)
        assert link is not None
        if is_kind(link.entity, "person", "state", "group"):
            found = [scene.head(link)]
    return found


def _name_behind(scene: Scene, noun: Token) -> list[Token]:
    """As in "the head of A's delegation, X": the name behind the comma, whatever the tree says."""
    prepositions = [child.right_edge.i for child in children(noun, "prep") if child.i > noun.i]
    for end in (*prepositions, noun.i):
        for i in range(noun.i + 1, min(end + 3, len(scene.doc) - 1)):
            if scene.doc[i].text == ",":
                link = scene.link(scene.doc[i + 1])
                if link is not None and is_kind(link.entity, "person"):
                    return [scene.head(link)]
    return []


def _at_the_head(noun: Token) -> list[Token]:
    """As in "X, at the head of a delegation, arrived", "X came at the head of a delegation"."""
    if not _is_at_the_head(noun):
        return []
    above = noun.head.head
    if above.pos_ in ("VERB", "AUX"):
        return [antecedent(t) for t in surface_subjects(above)]
    return [above] if above.pos_ == "PROPN" else []


def _is_at_the_head(noun: Token) -> bool:
    return noun.dep_ == "pobj" and noun.head.lower_ == "at" and noun.lemma_ in ("head", "helm")


def _behind_be(noun: Token) -> list[Token]:
    """As in "The other members of the team were A and B", "Among the members of the team were A and B"."""
    if not is_told_by_be(noun):
        return []
    verb = noun.head if noun.dep_ == "nsubj" else noun.head.head
    later = [word for word in children(verb, "attr", "nsubj") if word.i > verb.i]
    return later if noun.i < verb.i else []


def within(team: Token) -> list[Token]:
    """As in "Also in the delegation were A and B", "A was on the team"."""
    if team.dep_ != "pobj" or not is_told_by_be(team):
        return []
    verb = team.head.head
    return children(verb, "attr") or surface_subjects(verb)


def is_said_of(noun: Token) -> bool:
    """Tell whether the verb above says a noun of somebody, so that what denies the verb denies the noun."""
    predicate = noun.dep_ in ("attr", "oprd") or noun.head.lower_ == "as"
    return predicate or is_told_by_be(noun) or _is_at_the_head(noun)


def is_told_by_be(noun: Token) -> bool:
    """As in "the head of the team will not be X", "X is not on the team": said by the verb, and denied by it."""
    if noun.dep_ == "pobj" and noun.head.lower_ in ("in", "on", "among"):
        return noun.head.head.lemma_ == "be"
    return noun.dep_ == "nsubj" and noun.head.lemma_ == "be"


_GATHERS = frozenset(("bring", "gather", "involve", "unite", "include", "group"))


def _right_before(scene: Scene, preposition: Token) -> list[Token]:
    """As in "brings together A and B as mediators, and C and D as observers": the list before its own "as"."""
    if not any(word.lemma_ in _GATHERS for word in preposition.ancestors):
        return []
    found: list[Token] = []
    joined = False
    for i in range(preposition.i - 1, preposition.sent.start - 1, -1):
        word, link = scene.doc[i], scene.link(scene.doc[i])
        if link is not None:
            if scene.head(link) not in found:
                found.append(scene.head(link))
        elif word.lower_ == "and" and not joined:
            joined = True
        elif (word.text != "," and word.lower_ not in ("the", "and")) or (word.lower_ == "and" and joined):
            break
    return found


def _as(preposition: Token) -> list[Token]:
    """As in "attended as an observer": the subject; "with X as observers", "named X as": the object."""
    verb = preposition.head
    if verb.lemma_ in ("sign", "add", "put", "initial") or verb.lemma_ in _ENDS:
        return []  # a witness of the signature is no observer of the talks; who withdrew as mediator is none
    if verb.dep_ == "dobj" and verb.head.lemma_ in _PRESENT:
        verb = verb.head  # "followed the talks as observers"
    if verb.dep_ == "pobj" and verb.head.head.lower_ == "present":
        return [antecedent(t) for t in surface_subjects(verb.head.head.head)]  # "present at the talks as"
    if verb.lemma_ in _PRESENT and not any(w.lower_ == "with" for w in children(verb, "prep")):
        return subjects(verb)  # "was attended by X as an observer"
    if verb.dep_ == "pobj" or verb.pos_ in ("NOUN", "PROPN"):
        # "A, B and C act as guarantors": the parser takes the verb for a noun.
        return [verb.head if verb.lower_ in ("act", "serve") else verb]
    return _named_in(verb, preposition)


def _named_in(verb: Token, preposition: Token) -> list[Token]:
    """Whom the clause of a verb names as something: behind "with", the subject, or the object of "appoint"."""
    before = [w for w in children(verb, "prep") if w.lower_ == "with" and w.i < preposition.i]
    if before:
        return children(before[-1], "pobj")
    if is_passive(verb):
        return [antecedent(t) for t in surface_subjects(verb)]
    direct = children(verb, "dobj")
    return direct if direct and verb.lemma_ in _APPOINTS else subjects(verb)
