"""Meetings that somebody holds one by one: "held separate meetings with A and B", "spoke separately to A and B".

Each of the others met him, and not one another: what one phrase tells are as many events.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Term
from kg.text.parties import parties
from kg.text.seeds import PARTICIPATES
from kg.text.syntax import children, objects, prepositional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Key
    from kg.text.seeds import Seed
    from kg.text.workshop import Workshop

_SITTINGS = frozenset((Term("dip:Talks"), Term("dip:Meeting"), Term("dip:Call")))
_APART = frozenset(("separate", "individual", "bilateral", "one-on-one"))
_SEVERALLY = frozenset(("separately", "individually"))
_BESIDE = frozenset(("amod", "compound", "nmod"))


def part_one_by_one(shop: Workshop) -> None:
    """Put an event for each of those who were met one by one in the place of one with all of them."""
    for seed in [seed for seed in shop.seeds if seed.type in _SITTINGS and len(seed.parties) > 2]:
        met = _met(shop, seed) if _is_one_by_one(shop.scene.doc[seed.token], seed) else ()
        others = [key for key in seed.parties if key not in met]
        if len(met) == 1:  # "A and B held separate meetings with C"
            met, others = tuple(others), list(met)
        if len(met) > 1 and others:
            _part(shop, seed, met)


def _is_one_by_one(token: Token, seed: Seed) -> bool:
    verb = token if seed.verbal else token.head
    if any(word.lower_ in _SEVERALLY for word in children(verb, "advmod")):
        return True
    told = {word.lower_ for word in children(token, *_BESIDE)} & _APART
    return not seed.verbal and token.tag_ == "NNS" and bool(told)


def _met(shop: Workshop, seed: Seed) -> tuple[Key, ...]:
    """Give those with whom the meetings were, in the order of the text."""
    found = {
        party.entity.key: None
        for word in _counterparts(shop.scene.doc[seed.token], verbal=seed.verbal)
        for party in parties(shop.scene, word)
        if party.entity.key in seed.parties
    }
    return tuple(found)


def _counterparts(token: Token, *, verbal: bool) -> Iterator[Token]:
    yield from prepositional(token, "with")
    if verbal:
        yield from (*objects(token), *prepositional(token, "to"))
    elif token.dep_ in ("dobj", "nsubjpass"):
        yield from prepositional(token.head, "with")


def _part(shop: Workshop, seed: Seed, met: tuple[Key, ...]) -> None:
    """Leave the first of those who were met in the event, and give each other one a like event of his own."""
    first, *more = (_with_only(seed, key, met, number) for number, key in enumerate(met))
    seed.roles, seed.parties, seed.own, seed.apart = first.roles, first.parties, first.own, True
    shop.seeds.extend(more)


def _with_only(seed: Seed, key: Key, met: tuple[Key, ...], number: int) -> Seed:
    gone = {other for other in met if other != key}
    return replace(
        seed,
        roles=[r for r in seed.roles if r.predicate != PARTICIPATES or r.filler not in gone],
        parties={other: entity for other, entity in seed.parties.items() if other not in gone},
        own=seed.own - gone,
        apart=True,
        part=number,
        tokens=set(seed.tokens),
        announced=set(seed.announced),
        places=dict(seed.places),
        helpers=dict(seed.helpers),
        frames=list(seed.frames),
    )
