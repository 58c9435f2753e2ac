"""Which names of places tell where something was: behind "in" and "near", at the head of a sentence, as a goal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.reached import is_journey_wanted
from kg.text.scene import DEMONYM, is_kind, names_person
from kg.text.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.text.scene import Scene


def located(scene: Scene) -> Iterator[Token]:
    """The heads of place names behind a locative preposition, and places in apposition to them."""
    for at, lemma in enumerate(words_of(scene.doc).lemma):
        if lemma != "capital" and at not in scene.link_at:
            continue
        token = scene.doc[at]
        link = scene.link(token)
        if scene.in_aside(token):
            continue
        if link is not None and (link.mention.type == DEMONYM or scene.head(link) != token):
            continue
        top = whole(scene, token)
        if top.dep_ != "pobj" and _is_fronted(scene, token):
            yield token
        if top.dep_ != "pobj" or _names_area(scene, token):
            continue
        if _is_posting(scene, top.head):
            continue
        if _is_goal(top.head) or top.head.lower_ in scene.lexicon.words["locative"]:
            yield token


def _is_posting(scene: Scene, preposition: Token) -> bool:
    """As in "chaired by A, the ambassador in X": what somebody is, not where it was; a comma would part the two."""
    noun = preposition.head
    top = noun
    while top.dep_ == "conj":
        top = top.head
    apart = any(word.text == "," for word in noun.doc[noun.i : preposition.i])
    return top.dep_ == "appos" and noun.pos_ == "NOUN" and names_person(scene, top.head.i) and not apart


def _is_goal(to: Token) -> bool:
    """As in "a visit to X", "invited them to come back to X": where the journey goes."""
    if to.lower_ != "to":
        return False
    above = to.head.head if to.head.lower_ == "back" else to.head
    return above.lemma_.lower() in ("visit", "trip", "travel", "fly") or is_journey_wanted(above)


def _is_fronted(scene: Scene, token: Token) -> bool:
    """As in "Near X, two strikes hit": at the head of a sentence the parser takes "Near" for part of the name."""
    link = scene.link(token)
    at = link.mention.tokens.start - 1 if link is not None else -1
    first = at >= 0 and scene.doc[at].is_sent_start
    return bool(first) and scene.doc[at].lower_ in scene.lexicon.words["locative"]


def whole(scene: Scene, token: Token) -> Token:
    """Give the head of the phrase that a place stands in: "in the lakeside town of X", "in X and Y"."""
    top = token
    while top.head != top:
        above = top.head.head
        named = (
            top.dep_ == "pobj"
            and top.head.lower_ == "of"
            and above.lemma_.lower() in scene.lexicon.words["places"]
        )
        if not named and top.dep_ not in ("conj", "appos"):
            break
        top = above if named else top.head
    return top


def _names_area(scene: Scene, token: Token) -> bool:
    """As in "in Gulu, Uganda": the state only tells which Gulu is meant."""
    before = scene.link(token.head)
    town = before is not None and is_kind(before.entity, "place") and not is_kind(before.entity, "state")
    return town and token.dep_ == "appos" and token.left_edge.i > 0 and token.left_edge.nbor(-1).text == ","
