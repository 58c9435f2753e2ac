"""The knowledge base: from a surface form to the entities it may mean.

Tables in ``seeds/kb`` (built by ``seeds/build_kb.py``) and, over them, the user's own. Loading reads
tab-separated text only; neither spaCy nor rdflib is imported.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from kg.folding import fold, likeness, sound
from kg.kb_capitals import read_capitals
from kg.kb_names import is_acronym, same_acronym
from kg.kb_tables import TYPES, Tenure, add_user_table, data_folder, read_tables
from kg.model import Key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from kg.kb_tables import Record, Tables
    from kg.model import Entity

_KEPT = 20_000
"""How many looked-up forms are remembered."""

_COMMON = 2
"""From how many bearers among the known persons on a first name counts as common."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entity a surface form may mean; a weak one needs support from the context."""

    entity: Entity
    surface: str
    weak: bool
    acronym: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of a search: the entity, a score from 0 to 1, and why it is there."""

    entity: Entity
    score: float
    why: str


class KnowledgeBase:
    """What is known of persons, states, places and bodies, by key and by surface form."""

    def __init__(self, tables: Tables) -> None:
        """Index the tables; use ``load``."""
        self._tables = tables
        self._joined: dict[tuple[str, ...], frozenset[str]] = {}
        self.version = tables.version
        self._index: dict[str, list[Candidate]] = defaultdict(list)
        self.longest: dict[str, int] = {}
        """By the first word of a name: how many words the longest such name has."""
        self.pairs: set[str] = set()
        """The first two words of the names that have more than one."""
        self.candidates = lru_cache(maxsize=_KEPT)(self._candidates)
        """Give what a surface form may mean: exact spellings first, then those equal when folded."""
        for record in tables.records.values():
            if record.entity.type != "dip:Office":
                self._add(record)
        for name in tables.demonyms:
            self._measure(name)

    @classmethod
    def load(cls, *extra: Path) -> KnowledgeBase:
        """Give the knowledge base as shipped, with the user's own tables over it; without any, it is read once in a process.

        Raises:
            DataError: a table is missing or broken; names the file and the line.
        """
        if not extra:
            return cls._shipped()
        tables = read_tables(data_folder())
        for path in extra:
            add_user_table(tables, path)
        return cls(tables)

    @classmethod
    @cache
    def _shipped(cls) -> KnowledgeBase:
        return cls(read_tables(data_folder()))

    def _candidates(self, surface: str) -> Sequence[Candidate]:
        """Give what a surface form may mean: exact spellings first, then those equal when folded."""
        found = self._index.get(fold(surface), ())
        fitting = [c for c in found if not c.acronym or same_acronym(surface, c.surface)]
        best: dict[Key, Candidate] = {}
        for candidate in sorted(fitting, key=lambda c: c.surface != surface):
            best.setdefault(candidate.entity.key, candidate)
        return tuple(best.values())

    def entity(self, key: str) -> Entity:
        """Give the entity with a key; raises KeyError where there is none."""
        return self._tables.records[Key(key)].entity

    def __contains__(self, key: object) -> bool:
        """Tell whether there is an entity with this key."""
        return key in self._tables.records

    def __iter__(self) -> Iterator[Entity]:
        """Give all entities in the order of the tables."""
        return (record.entity for record in self._tables.records.values())

    def __len__(self) -> int:
        """Count the entities."""
        return len(self._tables.records)

    def states_of_demonym(self, word: str) -> tuple[Entity, ...]:
        """Give every state or people that ``Turkish``, ``Congolese`` may refer to."""
        return tuple(
            self.entity(k) for k in self._tables.demonyms.get(_singular(word, self._tables.demonyms), ())
        )

    def state_of_demonym(self, word: str) -> Entity | None:
        """Give the state of a demonym, or None where there is none or more than one."""
        states = self.states_of_demonym(word)
        return states[0] if len(states) == 1 else None

    def metonym(self, surface: str) -> tuple[Entity, Entity | None] | None:
        """Give whom a seat of power stands for, and the place it is, where known."""
        found = self._tables.metonyms.get(fold(surface))
        if found is None:
            return None
        actor, place = found
        return self.entity(actor), self.entity(place) if place is not None else None

    @cached_property
    def _capitals(self) -> dict[Key, Key]:
        return read_capitals(data_folder(), self.words("not-capital"))

    def capital_of(self, state: str) -> Entity | None:
        """Give the capital of a state; None where there is none, more than one, or a dispute about it."""
        place = self._capitals.get(Key(state))
        return None if place is None else self.entity(place)

    def offices_of(self, person: str, on: date | None = None) -> tuple[Tenure, ...]:
        """Give the offices of a person; with ``on``, those held that day as far as known."""
        held = self._tables.tenures.get(Key(person), ())
        return held if on is None else tuple(t for t in held if _covers(t, on.isoformat()))

    def bodies_with(self, role: str) -> frozenset[Key]:
        """Give the bodies that are known to have an office: the keys of those with a secretary-general."""
        return frozenset(
            tenure.of
            for tenures in self._tables.tenures.values()
            for tenure in tenures
            if tenure.role == role and tenure.of is not None
        )

    def surnames_of(self, person: str) -> tuple[str, ...]:
        """Give the forms that may stand for a person after the full name."""
        return self._tables.records[Key(person)].surnames

    def is_prominent(self, person: str) -> bool:
        """Tell whether a text may call this person by the surname alone."""
        return self._tables.records[Key(person)].prominent

    @cached_property
    def _by_surname(self) -> dict[str, tuple[Entity, ...]]:
        found: dict[str, list[Entity]] = defaultdict(list)
        for record in self._tables.records.values():
            for name in {fold(n) for n in record.surnames}:
                found[name].append(record.entity)
        return {name: tuple(same) for name, same in found.items()}

    @cached_property
    def famous_surnames(self) -> frozenset[str]:
        """The surnames, in lower case, that stand for one prominent person."""
        famous = (r for r in self._tables.records.values() if r.prominent)
        return frozenset(name.lower() for record in famous for name in record.surnames if len(name) > 3)

    @cached_property
    def _state_endings(self) -> Counter[str]:
        states = (e for e in self if e.type == "dip:State")
        return Counter(
            word for e in states for word in {fold(n).rsplit(" ", 1)[-1] for n in (e.label, *e.aliases)}
        )

    def states_ending(self, word: str) -> int:
        """Count the states that have a name ending with a word."""
        return self._state_endings[fold(word)]

    @cached_property
    def _given_names(self) -> Counter[str]:
        persons = (e for e in self if e.type == "dip:Person")
        return Counter(fold(e.label).split(" ", 1)[0] for e in persons)

    def is_common_name(self, person: str) -> bool:
        """Tell whether a person's first name is one that many in the knowledge base have."""
        return self._given_names[fold(self.entity(person).label).split(" ", 1)[0]] >= _COMMON

    def persons_by_surname(self, surname: str) -> tuple[Entity, ...]:
        """Give all persons with a surname, compared folded."""
        return self._by_surname.get(fold(surname), ())

    @cached_property
    def _by_initials(self) -> dict[tuple[int, str], tuple[tuple[str, Entity], ...]]:
        found: dict[tuple[int, str], list[tuple[str, Entity]]] = defaultdict(list)
        for record in self._tables.records.values():
            if record.entity.type == "dip:Person":
                plain = {fold(n) for n in (record.entity.label, *record.entity.aliases)}
                for name in plain | {self.without_particles(n) for n in plain}:
                    parts = name.split()
                    found[len(parts), "".join(p[0] for p in parts)].append((name, record.entity))
        return {initials: tuple(same) for initials, same in found.items()}

    @cached_property
    def _by_first_name(self) -> dict[str, tuple[tuple[tuple[str, ...], Entity], ...]]:
        found: dict[str, list[tuple[tuple[str, ...], Entity]]] = defaultdict(list)
        for entity in self:
            for name in (entity.label, *entity.aliases) if entity.type == "dip:Person" else ():
                heard = self._heard(name)
                found[heard[0]].append((heard, entity))
        return {first: tuple(same) for first, same in found.items()}

    def _heard(self, name: str) -> tuple[str, ...]:
        return tuple(sound(word) for word in self.without_particles(fold(name) or name).split())

    def persons_called(self, name: str) -> tuple[Entity, ...]:
        """Give the persons whose longer name begins like a name and has all its words in order."""
        wanted = self._heard(name)
        fitting = {
            entity.key: entity
            for heard, entity in self._by_first_name.get(wanted[0], ())
            if len(heard) > len(wanted) and _in_order(wanted, heard)
        }
        return tuple(fitting.values())

    def without_particles(self, name: str) -> str:
        """Give a folded name without ``al``, ``bin``, ``de`` and the like inside it."""
        first, *rest = name.split()
        return " ".join([first, *(part for part in rest if part not in self.words("particle"))])

    def persons_like(self, name: str) -> tuple[tuple[str, Entity], ...]:
        """Give (folded name, person) of all who have as many names, with the initials of a folded name."""
        parts = name.split()
        return self._by_initials.get((len(parts), "".join(p[0] for p in parts)), ())

    def words(self, kind: str, *others: str) -> frozenset[str]:
        """Give a list of English words from ``words.tsv``, or several as one: titles, particles, heads of names."""
        if not others:
            return self._tables.words.get(kind, frozenset())
        kinds = (kind, *others)
        found = self._joined.get(kinds)
        if found is None:
            found = self._joined[kinds] = frozenset().union(*(self.words(each) for each in kinds))
        return found

    def search(self, text: str, limit: int = 10) -> tuple[Found, ...]:
        """Give the entities whose names are equal or close to a text, best first."""
        wanted = fold(text)
        best: dict[Key, Found] = {}
        for name, candidates in self._index.items():
            score, why = likeness(wanted, name)
            for candidate in candidates if score > 0 else ():
                found = Found(candidate.entity, score, f"{why} {candidate.surface!r}")
                if candidate.entity.key not in best or best[candidate.entity.key].score < score:
                    best[candidate.entity.key] = found
        return tuple(sorted(best.values(), key=lambda f: (-f.score, f.entity.key))[:limit])

    def _add(self, record: Record) -> None:
        entity = record.entity
        for surface in (entity.label, *entity.aliases):
            name = fold(surface)
            if not name:
                continue
            self._measure(name)
            weak = surface in record.weak
            self._index[name].append(Candidate(entity, surface, weak, is_acronym(surface)))

    @property
    def demonyms(self) -> dict[str, tuple[Key, ...]]:
        """The states by folded demonym, for the matcher."""
        return self._tables.demonyms

    def _measure(self, name: str) -> None:
        first, length = name.split(" ", 1)[0], name.count(" ") + 1
        self.longest[first] = max(length, self.longest.get(first, 0))
        if length > 1:
            self.pairs.add(" ".join(name.split(" ", 2)[:2]))

    @property
    def index(self) -> dict[str, list[Candidate]]:
        """The candidates by folded surface form, for the matcher."""
        return self._index


def _singular(word: str, known: dict[str, tuple[Key, ...]]) -> str:
    name = fold(word)
    if name in known or not name.endswith("s"):
        return name
    return name[:-1]


def _in_order(wanted: tuple[str, ...], words: tuple[str, ...]) -> bool:
    left = iter(words)
    return all(word in left for word in wanted)


def _covers(tenure: Tenure, day: str) -> bool:
    start, end = tenure.start or "", tenure.end
    return start <= day and (end is None or end >= day[: len(end)])


__all__ = ["TYPES", "Candidate", "Found", "KnowledgeBase", "Tenure", "is_acronym", "same_acronym"]
