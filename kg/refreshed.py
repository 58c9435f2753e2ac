"""What an endpoint knows more than the knowledge base, as rows of the knowledge base's own tables.

A refresh adds: names, ids, countries, offices. It renames nothing, and what would make a name mean
two things, or is no name in running text, stays out.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.folding import fold, slug
from kg.kb import TYPES, is_acronym
from kg.kb_user import kind_in
from kg.model import Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.kb import KnowledgeBase
    from kg.model import Entity
    from kg.wikidata import Held, Item

ENTITY_COLUMNS = ("key", "label", "type", "aliases", "qid", "within", "source")
OFFICE_COLUMNS = ("person", "office", "of", "role", "start", "end", "as_of", "note", "source")
_SHORTEST = 4
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of both tables, and the counts of what is new in them."""

    entities: tuple[tuple[str, ...], ...]
    offices: tuple[tuple[str, ...], ...]
    names: int
    merged: int
    unknown: tuple[Key, ...]
    """Things of whose id the endpoint knows no name."""
    doubtful: tuple[Key, ...]
    """Things that go by quite other names there: the id is likely wrong, nothing is taken over."""


@dataclass(frozen=True, slots=True)
class _Shop:
    kb: KnowledgeBase
    keys: Mapping[str, Key]
    """The key of each Wikidata id, old and new."""
    roles: Mapping[Key, str]
    source: str
    contested: frozenset[str]
    """Folded names that the endpoint gives to more than one thing."""
    ambiguous_offices: frozenset[str]
    """Keys that the labels of more than one office would give."""

    def source_of(self, item: Item) -> str:
        merged = f" (merged from {item.asked})" if item.qid != item.asked else ""
        return f"{self.source} {item.day}{merged}"


def new_rows(kb: KnowledgeBase, items: Sequence[Item], *, source: str) -> Rows:
    """Give what the items say that the knowledge base does not, sorted by key."""
    shop = _shop(kb, items, source)
    known = [item for item in items if item.names]
    sure = [item for item in known if _is_same(item, kb.entity(shop.keys[item.asked]))]
    entities: dict[str, tuple[str, ...]] = {}
    offices: set[tuple[str, ...]] = set()
    names = 0
    for item in sure:
        entity = kb.entity(shop.keys[item.asked])
        added = _new_names(item, entity, shop)
        names += len(added)
        row = _entity_row(item, entity, added, shop)
        entities.update({entity.key: row} if row is not None else {})
        for held in item.held if entity.type == TYPES["person"] else ():
            key, office = _office(held, item, shop)
            entities.update({key: office} if office is not None else {})
            offices.update(_tenure_row(held, key, entity, item, shop))
    return Rows(
        entities=tuple(row for _, row in sorted(entities.items())),
        offices=tuple(sorted(offices)),
        names=names,
        merged=sum(item.qid != item.asked for item in sure),
        unknown=tuple(sorted(shop.keys[item.asked] for item in items if not item.names)),
        doubtful=tuple(sorted(shop.keys[item.asked] for item in known if item not in sure)),
    )


def _is_same(item: Item, entity: Entity) -> bool:
    """Tell whether the endpoint and the knowledge base share a name for the thing."""
    own = {fold(name) or name for name in (entity.label, *entity.aliases)}
    return not own.isdisjoint(fold(name) or name for name in item.names)


def _shop(kb: KnowledgeBase, items: Sequence[Item], source: str) -> _Shop:
    keys = {entity.qid: entity.key for entity in kb if entity.qid is not None}
    for item in items:
        keys.setdefault(item.qid, keys[item.asked])
    tenures = (tenure for entity in kb for tenure in kb.offices_of(entity.key))
    given = Counter(name for item in items for name in {fold(name) or name for name in item.names})
    return _Shop(
        kb,
        keys,
        {tenure.office: tenure.role for tenure in tenures},
        source,
        frozenset(name for name, count in given.items() if count > 1),
        _ambiguous_offices(items),
    )


def _ambiguous_offices(items: Sequence[Item]) -> frozenset[str]:
    offices = {held.office: f"office/{slug(held.label)}" for item in items for held in item.held}
    return frozenset(key for key, count in Counter(offices.values()).items() if count > 1)


def _new_names(item: Item, entity: Entity, shop: _Shop) -> tuple[str, ...]:
    known = {fold(name) or name for name in (entity.label, *entity.aliases)}
    found: dict[str, str] = {}
    for name in map(_tidy, item.names):
        folded = fold(name) or name
        if folded not in known and _is_name(name, entity) and _is_free(name, entity, shop):
            found.setdefault(folded, name)
    return tuple(found.values())


def _tidy(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


def _is_name(name: str, entity: Entity) -> bool:
    """Tell whether a text may be taken for a name wherever it is met.

    Wikidata's aliases hold surnames, initials, nicknames and plain words; a surname is licensed by the
    full name in the text, not by a table.
    """
    printable = name.isprintable() and "|" not in name
    if not printable or len(name) > _LONGEST:
        return False
    if not any("a" <= char <= "z" for char in fold(name)):
        return len(name) > 1 and any(char.isalpha() for char in name)
    if entity.type == TYPES["person"]:
        return len([part for part in name.split() if len(part.strip(".")) > 1]) > 1
    return name != name.lower() and (len(name) >= _SHORTEST or is_acronym(name)) and len(name) > 1


def _is_free(name: str, entity: Entity, shop: _Shop) -> bool:
    others = {candidate.entity.key for candidate in shop.kb.candidates(name)} - {entity.key}
    spoken = shop.kb.metonym(name) is not None or bool(shop.kb.states_of_demonym(name))
    return not others and not spoken and (fold(name) or name) not in shop.contested


def _entity_row(item: Item, entity: Entity, names: Iterable[str], shop: _Shop) -> tuple[str, ...] | None:
    """Give the row of an entity, None where there is nothing new in it."""
    aliases = "|".join(names)
    within = _within(item, entity, shop)
    if not aliases and item.qid == entity.qid and within == entity.within:
        return None
    kind = kind_in(entity)
    return entity.key, entity.label, kind, aliases, item.qid, within or "", shop.source_of(item)


def _within(item: Item, entity: Entity, shop: _Shop) -> Key | None:
    """Keep the state an entity belongs to; fill it in where the endpoint names one alone."""
    if entity.within is not None or len(item.countries) != 1:
        return entity.within
    key = shop.keys.get(item.countries[0])
    state = key is not None and key != entity.key and shop.kb.entity(key).type == TYPES["state"]
    return key if state else None


def _office(held: Held, item: Item, shop: _Shop) -> tuple[Key, tuple[str, ...] | None]:
    """Give the key of an office, and its row where it is new."""
    known = shop.keys.get(held.office)
    if known is not None:
        return known, None
    key = Key(f"office/{slug(held.label)}")
    if key in shop.kb or key in shop.ambiguous_offices:
        key = Key(f"{key}-{held.office.lower()}")
    source = f"{shop.source} {item.day}"
    return key, (key, _tidy(held.label), "office", "", held.office, _of(held, shop), source)


def _of(held: Held, shop: _Shop) -> str:
    return min((shop.keys[qid] for qid in held.of if qid in shop.keys), default="")


def _tenure_row(
    held: Held, office: Key, person: Entity, item: Item, shop: _Shop
) -> Iterator[tuple[str, ...]]:
    known = {(tenure.office, tenure.start, tenure.end) for tenure in shop.kb.offices_of(person.key)}
    if (office, held.start, held.end) not in known:
        of = _of(held, shop)
        note = f"of {' '.join(held.of)}" if held.of and not of else ""
        dates = (held.start or "", held.end or "", item.day)
        yield person.key, office, of, shop.roles.get(office, ""), *dates, note, shop.source_of(item)
