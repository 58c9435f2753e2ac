"""What assembling keeps of a reading: its claims, and of the rest only what the other readings are met with.

The text, the links and the roles are most of a reading, and nobody asks for them once its claims are made.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from sys import intern
from typing import TYPE_CHECKING

from kg.graph.claims import facts_of, source_of
from kg.graph.identity import content_hash
from kg.graph.terms import OFFICE_OF
from kg.model import PART_OF_NAME, Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.graph.claims import Fact, Note, Source
    from kg.model import Entity, EventMention, Reading
    from kg.vocab import Vocabulary


@dataclass(frozen=True, slots=True)
class Heard:
    """One reading, as far as assembling needs it."""

    source: Source
    """Its reading has no text, no links, no abstentions, and of the roles only whose an office is."""
    facts: tuple[Fact, ...]
    notes: tuple[Note, ...]
    actors: tuple[str, ...]
    """The persons, states and bodies that the article names, sorted."""
    names: tuple[tuple[Key, str, int], ...]
    """Under which names it speaks of each entity, and how often."""


def hear(readings: Iterable[Reading], vocabulary: Vocabulary) -> list[Heard]:
    """Take up readings one at a time, sorted by content; of two with the same text keep the one with the lower id."""
    pool: dict[Entity, Entity] = {}
    found: dict[str, Heard] = {}
    for reading in readings:
        heard = _heard(reading, vocabulary, pool)
        known = found.get(heard.source.sha256)
        if known is None or _rank(heard) < _rank(known):
            found[heard.source.sha256] = heard
    return [found[sha] for sha in sorted(found)]


def _rank(heard: Heard) -> tuple[str, str]:
    return heard.source.reading.article.id, repr(heard)


def _heard(reading: Reading, vocabulary: Vocabulary, pool: dict[Entity, Entity]) -> Heard:
    facts, notes = facts_of(source_of(reading, vocabulary))
    article = replace(reading.article, text="", sha256=content_hash(reading.article))
    kept = replace(
        reading,
        article=article,
        entities=tuple(pool.setdefault(entity, entity) for entity in reading.entities),
        links=(),
        event_mentions=tuple(_short(mention) for mention in reading.event_mentions),
        abstentions=(),
    )
    names = Counter((key, intern(text)) for key, text in _names(reading))
    return Heard(
        source_of(kept, vocabulary),
        facts,
        notes,
        tuple(sorted(actors_named(reading, vocabulary))),
        tuple((key, text, count) for (key, text), count in names.items()),
    )


def _short(mention: EventMention) -> EventMention:
    return replace(mention, roles=tuple(role for role in mention.roles if role.predicate == OFFICE_OF))


def actors_named(reading: Reading, vocabulary: Vocabulary) -> frozenset[str]:
    """List the actors that an article names."""
    linked = {link.entity.key: link.entity.type for link in reading.links if link.entity is not None}
    return frozenset(
        key for key, kind in linked.items() if kind in vocabulary and vocabulary.is_a(kind, "dip:Actor")
    )


def _names(reading: Reading) -> Iterator[tuple[Key, str]]:
    """Yield the names under which an article speaks of entities; nationalities and parts of names are none."""
    for link in reading.links:
        text = " ".join(link.mention.text.split())
        part = any(why == PART_OF_NAME for _, _, why in link.candidates)
        if part or link.mention.type == "kg:Demonym" or text == text.lower() != text.upper():
            continue
        for key in {entity.key for entity in (link.entity, link.place) if entity is not None}:
            yield key, text
