"""Further stages of one journey, or sittings of one kind: "visited A on Monday and B on Tuesday"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.text.party import place_of
from kg.text.seeds import MEETINGS, Seed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.text.scene import Scene

_JOINED = 2
"""Tokens that part a place from the time told with it: "and in B on Friday"."""
_DAYS = frozenset(("DATE", "TIME"))


def has_its_own_day(place: Token) -> bool:
    """As in "met in A on Monday and in B on Friday": B is where another event was."""
    doc = place.doc
    first = _first_word(place)
    if first - _JOINED < place.sent.start or doc[first - 1].lower_ != "and":
        return False
    own = doc[place.i + 1 : min(place.sent.end, place.i + 1 + _JOINED)]
    return doc[first - 2].ent_type_ in _DAYS and any(word.ent_type_ in _DAYS for word in own)


def _first_word(place: Token) -> int:
    """Give where the phrase with a place begins, its preposition with it."""
    first: int = place.left_edge.i
    before = place.doc[first - 1] if first > 0 else place
    return first - 1 if before.pos_ == "ADP" or before.tag_ == "TO" else first


def add_legs(scene: Scene, seeds: list[Seed]) -> None:
    """Open a seed for each further stage told with a place and a day of its own; who goes is the same."""
    for link in scene.links:
        place = scene.head(link)
        if not has_its_own_day(place):
            continue
        day = next(_day_behind(scene, place), None)
        before = [s for s in seeds if place.sent.start <= s.token < place.i and _is_dated_event(s)]
        where = place_of(scene, place)
        if day is not None and before and where:
            first = max(before, key=lambda seed: seed.token)
            seeds.append(_leg(first, place, day))
            seeds[-1].places = {one.key: one for one in where[:1]}


def _is_dated_event(seed: Seed) -> bool:
    return seed.type == "dip:Visit" or (seed.verbal and seed.type in MEETINGS)


def _day_behind(scene: Scene, place: Token) -> Iterator[Token]:
    for expression, token in scene.dates:
        words = scene.doc.char_span(expression.span.start, expression.span.end, alignment_mode="expand")
        if words is not None and 0 < words.start - place.i <= _JOINED:
            yield token


def _leg(first: Seed, place: Token, day: Token) -> Seed:
    """Give another event like one, of the same parties, that the day reaches."""
    leg = replace(first, token=place.i, tokens={place.i, day.i}, roles=list(first.roles), places={})
    leg.parties, leg.helpers, leg.frames = dict(first.parties), dict(first.helpers), list(first.frames)
    leg.announced, leg.when, leg.starts, leg.stops, leg.days = set(), None, None, None, None
    leg.named_after = frozenset()
    return leg
