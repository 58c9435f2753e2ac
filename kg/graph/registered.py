"""What a register holds of readings and families, and how it is written down."""

from __future__ import annotations

import json
from dataclasses import astuple
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.graph.profile import Profile
from kg.graph.ties import Gist
from kg.model import Entity, Key, Term

if TYPE_CHECKING:
    from kg.graph.hearsay import Told


class Article(NamedTuple):
    """An article as it went into the graph: a digest of all that was given, what read it, the hash of its text."""

    digest: str
    reader: str
    sha: str


class Unit(NamedTuple):
    """A reading, as far as others need it when they are put together with it."""

    gist: Gist
    document: str
    told: Told
    names: frozenset[str]
    """The shared names on which its lines depend."""
    marks: frozenset[int]
    firm: frozenset[int]


class Clan(NamedTuple):
    """A family as it is in the graph."""

    shas: tuple[str, ...]
    notes: int
    own: frozenset[str]
    edges: frozenset[str]
    uses: frozenset[str]
    wishes: tuple[tuple[int, str, str, str], ...]
    """Phase, the path that a thing would like, its hash, the path that it got."""


def words_of(told: Told) -> list[tuple[str, str, str, int]]:
    """Give what is said: what, of which name, the value, how often."""
    return [(what, key, value, n) for (what, key), found in told.words.items() for value, n in found.items()]


def records_of(told: Told) -> list[tuple[str, int]]:
    """Give the entities that are told, written down, and how often."""
    return [(record(entity), n) for found in told.entities.values() for entity, n in found.items()]


@lru_cache(maxsize=4096)
def record(entity: Entity) -> str:
    """Write down an entity."""
    return json.dumps(astuple(entity), ensure_ascii=False)


@lru_cache(maxsize=4096)
def entity_of(record: str) -> Entity:
    """Give back an entity."""
    key, kind, label, aliases, qid, within, known, confirmed = json.loads(record)
    return Entity(Key(key), Term(kind), label, tuple(aliases), qid, within, known, confirmed)


def written(one: Gist) -> list[object]:
    """Write down what a reading is compared with, as JSON can hold it."""
    profiles = [
        [sorted(part) if isinstance(part, frozenset) else part for part in astuple(p)] for p in one.profiles
    ]
    return [one.sha, one.time, sorted(one.names), profiles, one.firm]


def read(data: list[Any]) -> Gist:
    """Give back what a reading is compared with; raises ValueError or TypeError where it is none."""
    sha, time, names, profiles, firm = data
    return Gist(
        sha,
        None if time is None else tuple(time),
        frozenset(names),
        tuple(_profile(*one) for one in profiles),
        tuple(tuple(mark) for mark in firm),
    )


def _profile(kind: str, *parts: Any) -> Profile:
    made: list[Any] = [
        (None if part is None else tuple(part)) if at in _STRETCHES else frozenset(part)
        for at, part in enumerate(parts)
    ]
    return Profile(Term(kind), *made)


_STRETCHES = (5, 6)
"""Where the days and the span stand among the parts of a profile, after its class."""
