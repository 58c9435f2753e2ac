"""Who takes part in talks by the prepositions of their noun: between, with, of, by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.eventtypes import event_type
from kg.text.listing import listed
from kg.text.parties import parties
from kg.text.party import Party
from kg.text.scene import is_kind
from kg.text.syntax import children, prepositional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.text.scene import Scene


_PAIR = 2
_JOINING = frozenset(("participation", "attendance", "involvement"))


_JOURNEYS = frozenset(("visit", "trip", "tour"))


_AWAY = 9
"""Tokens between a meeting and its "of", past the place."""


_MATTERS = frozenset(("in", "on", "over", "about", "for"))


def prepositional_parties(scene: Scene, noun: Token) -> Iterator[Party]:
    """Give who takes part by "between", "with", "involving", "of" or "by" behind the noun of an event."""
    for pobj in prepositional(noun, "between"):
        yield from _between(scene, pobj)
    for preposition in ("among", "with", "involving"):
        for pobj in prepositional(noun, preposition):
            yield from parties(scene, pobj, peoples=True)
            for joining in prepositional(pobj, "of") if pobj.lemma_ in _JOINING else ():
                yield from parties(scene, joining)  # "a meeting with the participation of A, B and C"
    if not prepositional(noun, "between"):
        yield from listed(scene, _strayed_between(scene, noun))
    if noun.lemma_.lower() in ("summit", "meeting"):
        yield from listed(scene, _behind_of(scene, noun))
    if noun.lemma_.lower() in _JOURNEYS:
        yield from _travellers(scene, noun)
    involving = [verb for verb in children(noun, "acl") if verb.lemma_ == "involve"]
    for verb in involving:
        for involved in children(verb, "dobj"):
            yield from parties(scene, involved)


def _behind_of(scene: Scene, noun: Token) -> int:
    """Give the token behind "of" in "the meeting of A and B", "a meeting in X, Y, of A with B"."""
    at, end = noun.i + 1, min(noun.sent.end, noun.i + _AWAY)
    while at < end:
        word = scene.doc[at]
        if word.lower_ == "of":
            return at + 1
        if word.text != "," and word.lower_ not in ("in", "at", "the") and scene.link(word) is None:
            break
        at += 1
    return len(scene.doc)


def _travellers(scene: Scene, noun: Token) -> Iterator[Party]:
    """As in "a visit to X by Y", "the visit of Y to X": Y, a person or a delegation."""
    for preposition in ("by", "of"):
        for pobj in (*prepositional(noun, preposition), *_strayed_by(noun, preposition)):
            yield from (
                p
                for p in parties(scene, pobj)
                if is_kind(p.entity, "person") or p.via in ("delegation", "officials", "official")
            )


def _strayed_by(noun: Token, preposition: str) -> Iterator[Token]:
    """As in "a visit to Doha by X": the by-phrase that the parser hung on the place."""
    for prep in children(noun, "prep"):
        for place in children(prep, "pobj") if prep.lower_ in ("to", "in") else ():
            yield from prepositional(place, preposition) if preposition == "by" else ()


def _between(scene: Scene, pobj: Token) -> Iterator[Party]:
    found = parties(scene, pobj, peoples=True)
    if len(found) < _PAIR:
        found = listed(scene, _after(pobj, "between")) or found
    yield from found
    if len(found) == 1:
        yield from _other_side(scene, pobj)


def _strayed_between(scene: Scene, noun: Token) -> int:
    """Give the token behind a "between" that the parser hung on another noun of the phrase.

    As in "the first talks in months between A and B", "talks on prisoners between A and B".
    """
    for prep in children(noun, "prep"):
        for inner in children(prep, "pobj"):
            if (
                prep.lower_ not in _MATTERS
                or scene.link(inner) is not None
                or event_type(scene, inner) is not None
            ):
                continue
            for between in children(inner, "prep"):
                if between.lower_ == "between":
                    return between.i + 1
    return len(scene.doc) - 1


def _after(pobj: Token, preposition: str) -> int:
    """Give the token behind the preposition that governs a word."""
    at = pobj.i
    while at > pobj.sent.start and pobj.doc[at - 1].lower_ != preposition:
        at -= 1
    return at


def _other_side(scene: Scene, first: Token) -> Iterator[Party]:
    """As in "between A, headed by X, and B": the side behind "and", which the parser loses."""
    joined = False
    for token in scene.doc[first.i + 1 : min(first.sent.end, first.i + 16)]:
        link = scene.link(token)
        if joined and link is not None:
            if link.entity is not None and is_kind(link.entity, "state", "group"):
                yield Party(link.entity, "name", token.i)
            return
        if joined and token.lower_ not in ("the", "and"):
            return
        joined = token.lower_ == "and" or (joined and token.lower_ == "the")
