"""Which mentions of one article speak of the same event.

Seeds are taken in text order; each joins an event already spoken of when nothing tells them apart
(kind, parties, place, day, number, past against future), else it opens a new one. "The talks" join
the event spoken of last; "the previous round" is another one that the present one follows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import HELD, PLANNED, Key, Term
from kg.text.fitting import (
    FUTURE,
    brought_about_apart,
    counts_fit,
    is_called_off_apart,
    is_plan,
    is_told_beside,
    kinds_fit,
    near,
    overlap,
    places_fit,
    same_day,
    statuses_fit,
    tells_the_past,
)
from kg.text.happening import Happening
from kg.text.lengths import are_ends
from kg.text.roleless import place_roles
from kg.text.scene import is_kind
from kg.text.seeds import INSTRUMENTS, STANCES, Seed
from kg.text.series import is_other_plan, take_kind_of_series

if TYPE_CHECKING:
    from datetime import date


_SORTS = {
    "dip:Talks": "meeting", "dip:IndirectTalks": "meeting", "dip:Meeting": "meeting", "dip:Event": "meeting",
    "dip:Call": "call", "dip:Visit": "visit", "dip:Vote": "vote", "dip:Process": "process",
}  # fmt: skip


def identify(seeds: list[Seed], anchor: date | None = None) -> tuple[Happening, ...]:
    """Give every seed a key, shared by the seeds that speak of one event; ``anchor`` is the day of the article."""
    _identify_instruments([seed for seed in seeds if seed.type in INSTRUMENTS])
    for seed in seeds:
        if seed.type in STANCES or (seed.type not in INSTRUMENTS and seed.type not in _SORTS):
            seed.key = Key(f"{_name(seed.type)}@{seed.token}")
    events = sorted((s for s in seeds if s.type in _SORTS), key=lambda s: (s.context, s.token))
    happenings: list[Happening] = []
    for seed in [s for s in events if not s.context]:
        _place(happenings, seed)
    for seed in [s for s in events if s.context]:
        place_roles(happenings, seed, anchor)
    return tuple(happenings)


def _name(kind: Term) -> str:
    return kind.removeprefix("dip:").lower()


def _identify_instruments(seeds: list[Seed]) -> None:
    known: list[Seed] = []
    for seed in sorted(seeds, key=lambda s: s.token):
        same = next((other for other in reversed(known) if _same_instrument(seed, other)), None)
        seed.key = same.key if same is not None else Key(f"{_name(seed.type)}@{seed.token}")
        if same is not None:
            seed.label = same.label
        known.append(seed)


_LOOKED_THROUGH = 30
"""How many events back a mention looks for its own: no article has so many, but a book has."""
_NAMED = re.compile(r"\b(?!The\b|This\b|That\b)[A-Z]\w+")
"""A word that names a text: of "the Ohrid agreement"."""


def _same_instrument(seed: Seed, other: Seed) -> bool:
    if seed.type != other.type:
        return False
    numbers = [{w for w in (s.label or "").split() if any(c.isdigit() for c in w)} for s in (seed, other)]
    if numbers[0] and numbers[1]:
        return bool(numbers[0] & numbers[1])
    names = [frozenset(_NAMED.findall(s.label or "")) for s in (seed, other)]
    if names[0] - names[1]:
        return False  # "the Ohrid agreement" is not "the document" of another sentence
    return seed.definite or (seed.label or "").lower() == (other.label or "").lower()


def _place(happenings: list[Happening], seed: Seed) -> None:
    candidates = [h for h in reversed(happenings[-_LOOKED_THROUGH:]) if _fits(h, seed)]
    if seed.series == "previous":
        main = max(happenings, key=lambda h: len(h.seeds), default=None)
        candidates = [
            h
            for h in candidates
            if h.series == "previous"
            or (_is_past(h) and main is not None and h.parties.keys() & main.parties.keys())
        ]
    if _is_bare(seed) and happenings:
        return  # "discussions" of nobody, nowhere: no telling which
    happening = _best(candidates, seed)
    if happening is None:
        take_kind_of_series(happenings, seed)
        part = f".{seed.part}" if seed.part else ""
        key = Key(f"{_name(seed.type)}@{seed.token}{part}")
        happening = Happening(key, _SORTS[seed.type], series=seed.series)
        happenings.append(happening)
    happening.take(seed)


def _is_past(happening: Happening) -> bool:
    return bool(happening.statuses & {HELD}) and not happening.statuses & FUTURE


def _is_bare(seed: Seed) -> bool:
    told = (
        seed.parties
        or seed.places
        or seed.helpers
        or seed.roles
        or seed.when is not None
        or seed.weekday is not None
        or seed.status_said
    )
    return not (told or seed.definite or seed.ordinal is not None or seed.series is not None)


def _best(candidates: list[Happening], seed: Seed) -> Happening | None:
    """The fitting event with the most in common; a bare mention takes the one spoken of last."""
    if not candidates:
        return None
    if not seed.parties and not seed.places and seed.when is None:
        # "the session", "the talks": those that the article is about, of equals the last spoken of.
        return max(candidates, key=lambda h: (len(h.seeds), -candidates.index(h)))
    return max(candidates, key=lambda h: (_common(h, seed), -candidates.index(h)))


def _common(happening: Happening, seed: Seed) -> int:
    return (
        2 * len(happening.parties.keys() & seed.parties.keys())
        + len(happening.places.keys() & seed.places.keys())
        + 2 * any(s.when is not None and s.when == seed.when for s in happening.seeds)
    )


def _fits(happening: Happening, seed: Seed) -> bool:
    if happening.series == "previous" and seed.series != "previous" and not same_day(happening, seed):
        return False  # what is looked back to is not what is spoken of now
    return (
        _SORTS[seed.type] == happening.sort
        and not is_other_plan(happening, seed)
        and counts_fit(happening, seed)
        and _ordinals_fit(happening, seed)
        and _parties_fit(happening, seed)
        and places_fit(happening, seed)
        and _days_fit(happening, seed)
        and statuses_fit(happening, seed)
        and kinds_fit(happening, seed)
        and not is_called_off_apart(happening, seed)
        and not _is_told_anew(happening, seed)
        and not is_told_beside(happening, seed)
        and all(s.token != seed.token for s in happening.seeds)
        and not brought_about_apart(happening, seed)
    )


def _is_told_anew(happening: Happening, seed: Seed) -> bool:
    """As in "X and Y held talks in Manama", "a seventh round": not what "the round" spoken of before is."""
    if happening.places.keys() & seed.places.keys() or same_day(happening, seed):
        return False
    spoken_of = any(s.definite for s in happening.seeds)
    whole = not seed.definite and len(seed.parties) > 1 and bool(seed.places)
    counted = not seed.definite and seed.ordinal is not None and happening.ordinal is None
    if spoken_of and ((whole and not happening.parties) or (counted and seed.status in FUTURE)):
        return True
    bare = not happening.places and all(s.when is None for s in happening.seeds)
    other_kind = seed.type not in {s.type for s in happening.seeds}
    return bare and other_kind and bool(seed.places) and seed.when is not None


def _ordinals_fit(happening: Happening, seed: Seed) -> bool:
    """The next round is not this one: it joins what is spoken of as next, or the only one there is."""
    if seed.series == "next" and happening.series != "next":
        told = any(tells_the_past(s) or s.status is not None or s.when is not None for s in happening.seeds)
        if told and not same_day(happening, seed) and not is_plan(happening):
            return False
    if happening.series == "next" and seed.series is None and tells_the_past(seed):
        return False
    return seed.ordinal is None or happening.ordinal is None or seed.ordinal == happening.ordinal


def _parties_fit(happening: Happening, seed: Seed) -> bool:
    """Persons with persons and states with states: one set within the other, or an open one."""
    if seed.definite and not seed.verbal and not seed.own and not seed.places:
        return True  # "X also attended the gathering"
    for kinds in (("person",), ("state", "group")):
        mine = {k for k, e in seed.parties.items() if is_kind(e, *kinds)}
        theirs = {k for k, e in happening.parties.items() if is_kind(e, *kinds)}
        if mine and theirs and not (mine <= theirs or theirs <= mine):
            return False
    strangers = {k for k, e in seed.parties.items() if is_kind(e, "person") and k not in happening.parties}
    if seed.verbal and strangers and any(is_kind(e, "state", "group") for e in happening.parties.values()):
        return False  # "Smith met rebel leaders" is not the round of the two states
    if seed.definite and not seed.verbal:
        return True  # "the meeting" was attended by others too
    persons_only = seed.parties and all(is_kind(e, "person") for e in seed.parties.values())
    states_only = happening.parties and not any(is_kind(e, "person") for e in happening.parties.values())
    if persons_only and states_only and len(seed.parties) > 1:
        return False
    others = happening.parties and all(is_kind(e, "person") for e in happening.parties.values())
    mine_states = seed.parties and not any(is_kind(e, "person") for e in seed.parties.values())
    return not (others and mine_states and len(happening.parties) > 1)


def _days_fit(happening: Happening, seed: Seed) -> bool:
    """A day that lies apart tells events apart, unless both are spoken of as still to come."""
    if seed.when is None:
        return True
    for other in happening.seeds:
        if other.when is None or overlap(other, seed) or are_ends(other, seed):
            continue
        if (
            {other.status, seed.status} <= {PLANNED, None}
            and near(other, seed)
            and (seed.commitment.attributed or other.commitment.attributed)
        ):
            continue  # two sources give two dates for one plan
        return False
    return True
