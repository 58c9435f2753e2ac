"""The names in a project's articles that the knowledge base does not have, for the user to decide on."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.folding import fold
from kg.kb import Found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.kb import KnowledgeBase
    from kg.model import Article, Entity, Key, Reading, Span

_PERSON = "dip:Person"
_SHOWN = 5
_WIDE = 20
_SURNAME = 0.4
"""How well a shared surname speaks for a person: less than any likeness of the whole name."""

_LONGEST = 300
"""The longest sample shown, in characters: a sentence is rarely longer."""

_BEFORE = re.compile(r"(?:[.!?]['\"\u201d\u2019)]*\s+(?=[^a-z\s])|\n\s*\n?)")
_AFTER = re.compile(r"[.!?]['\"\u201d\u2019)]*(?=\s+[^a-z\s]|\s*$)|\n")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that stands for nothing known: how often and where it is met, and what it might be."""

    name: str
    type: str
    key: str
    mentions: int
    articles: tuple[str, ...]
    sample: str
    spellings: tuple[str, ...]
    offices: tuple[str, ...]
    country: str | None
    candidates: tuple[Found, ...]


@dataclass(slots=True)
class _Seen:
    """What has been met of a name so far."""

    labels: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    articles: set[str] = field(default_factory=set)
    samples: set[tuple[str, int, str]] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    within: Counter[str] = field(default_factory=Counter)


def unknown_names(
    readings: Iterable[Reading], kb: KnowledgeBase, *, ignored: frozenset[str] = frozenset()
) -> tuple[Unknown, ...]:
    """Give the unknown names, the most frequent first.

    What is known by now, since the articles were read, and what is decided to be no name is left out.
    """
    met: dict[Key, _Seen] = {}
    for reading in readings:
        for entity, text, span in _mentions(reading):
            if fold(entity.label) in ignored or fold(text) in ignored or _is_known(entity, kb):
                continue
            seen = met.setdefault(entity.key, _Seen())
            _note(seen, entity, text, reading.article, span)
        for key, office in _offices(reading):
            if key in met:
                met[key].offices.add(office)
    found = (_unknown(key, seen, kb) for key, seen in met.items())
    return tuple(sorted(found, key=lambda one: (-one.mentions, -len(one.articles), one.key)))


def _is_known(entity: Entity, kb: KnowledgeBase) -> bool:
    return entity.key in kb or any(c.entity.type == entity.type for c in kb.candidates(entity.label))


def _mentions(reading: Reading) -> Iterator[tuple[Entity, str, Span]]:
    for link in reading.links:
        if link.entity is not None and not link.entity.known:
            yield link.entity, link.mention.text, link.mention.span


def _note(seen: _Seen, entity: Entity, text: str, article: Article, span: Span) -> None:
    seen.labels[entity.label] += 1
    seen.types[entity.type] += 1
    seen.texts[" ".join(text.split())] += 1
    seen.articles.add(article.id)
    if not any(where == article.id for where, _, _ in seen.samples):
        seen.samples.add((article.id, span.start, sentence_of(article.text, span)))
    if entity.within is not None:
        seen.within[entity.within] += 1


def _offices(reading: Reading) -> Iterator[tuple[Key, str]]:
    keys: dict[str, Key] = {entity.key: entity.key for entity in reading.entities}
    for mention in reading.event_mentions:
        for role in mention.roles if mention.label is not None else ():
            if role.predicate == "dip:holdsOffice" and role.filler in keys:
                assert mention.label is not None
                yield keys[role.filler], mention.label


def _unknown(key: str, seen: _Seen, kb: KnowledgeBase) -> Unknown:
    name = _first(seen.labels)
    country = _first(seen.within) if seen.within else None
    return Unknown(
        name,
        _first(seen.types),
        key,
        seen.texts.total(),
        tuple(sorted(seen.articles)),
        min(seen.samples)[2],
        tuple(sorted(set(seen.texts) - {name})),
        tuple(sorted(seen.offices)),
        kb.entity(country).label if country is not None and country in kb else country,
        candidates(name, _first(seen.types), kb),
    )


def _first(counted: Counter[str]) -> str:
    return min(counted, key=lambda text: (-counted[text], text))


def candidates(name: str, type_: str, kb: KnowledgeBase) -> tuple[Found, ...]:
    """Give what an unknown name might be: things of a like name, then persons of the same last name."""
    person = type_ == _PERSON
    found = [one for one in kb.search(name, _WIDE) if (one.entity.type == _PERSON) == person]
    last = name.rsplit(maxsplit=1)[-1]
    same = kb.persons_by_surname(last) if person and fold(last) != fold(name) else ()
    known = {one.entity.key for one in found}
    named = sorted((entity for entity in same if entity.key not in known), key=lambda entity: entity.key)
    return (*found, *(Found(entity, _SURNAME, f"shares the surname {last!r}") for entity in named))[:_SHOWN]


def sentence_of(text: str, span: Span) -> str:
    """Give the sentence around a stretch of a text on one line, shortened where it is very long."""
    start = max((m.end() for m in _BEFORE.finditer(text, 0, span.start)), default=0)
    after = _AFTER.search(text, span.end)
    end = after.end() if after is not None else len(text)
    start, end = max(start, span.start - _LONGEST // 2), min(end, span.end + _LONGEST // 2)
    return " ".join(text[start:end].split())
