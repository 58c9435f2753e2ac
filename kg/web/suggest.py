"""Names by their beginnings: what the search box suggests, and what the search finds."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from kg.folding import fold, sound
from kg.naming import ALIKE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.graph.page_triples import Paced
    from kg.web.catalogue import Catalogue, Thing

MOST = 20
"""How many suggestions are given at most."""

_SHORT = 2
_LONGEST = 200
"""Of a longer question only the beginning is looked at."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found, and under which name."""

    thing: Thing
    name: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """A folded name from one of its words on."""

    key: str
    thing: int
    name: str
    at: int
    """0 for a label, 1 for an alias, plus 2 where the key does not start at the first word."""


class NameIndex:
    """All names of a version of the graph, sorted."""

    def __init__(self, book: Catalogue, pace: Paced = iter) -> None:
        """Sort the names of all that has a page of its own, claims apart, at the pace that is given."""
        self._things = [thing for thing in book.things.values() if thing.page != "claim"]
        weights = [len(book.claims.get(thing.iri, ())) for thing in self._things]
        self._weight = weights
        self._entries = sorted(pace(self._all(book)), key=lambda one: (one.key, one.at, one.thing))
        self._keys = [entry.key for entry in self._entries]
        self._short: dict[str, list[Hit]] = {}
        self._sounds: dict[str, list[_Entry]] = {}
        for entry in pace(self._entries):
            self._sounds.setdefault(sound(entry.key), []).append(entry)

    def _all(self, book: Catalogue) -> Iterator[_Entry]:
        for number, thing in enumerate(self._things):
            for is_alias, name in enumerate((thing.label, *book.triples.aliases(thing.iri))):
                words = fold(name).split()
                for start in range(len(words)):
                    yield _Entry(" ".join(words[start:]), number, name, min(is_alias, 1) + 2 * (start > 0))

    def find(self, asked: str) -> list[Hit]:
        """Give everything whose name fits, the likeliest first.

        All words of the question must begin words of one name. Where nothing fits, names that sound
        the same are taken, then those spelled much alike.
        """
        wanted = fold(asked[:_LONGEST])
        if not wanted:
            return []
        found = self._starting(wanted) or self._words(wanted.split()) or self._sounding(wanted)
        return self._ranked(found or self._near(wanted), wanted)

    def suggest(self, asked: str) -> list[Hit]:
        """Give the first of what is found; what one or two letters find is long, and kept."""
        wanted = fold(asked[:_LONGEST])
        if len(wanted) > _SHORT:
            return self.find(wanted)[:MOST]
        if wanted not in self._short:
            self._short[wanted] = self.find(wanted)[:MOST]
        return self._short[wanted]

    def _starting(self, prefix: str) -> list[_Entry]:
        start = bisect_left(self._keys, prefix)
        stop = bisect_left(self._keys, prefix + "\U0010ffff")
        return self._entries[start:stop]

    def _words(self, words: Sequence[str]) -> list[_Entry]:
        """Find names that have all words, in any order: look only at what begins with the longest."""
        near = self._starting(max(words, key=len))
        return [
            entry
            for entry in near
            if all(any(own.startswith(word) for own in fold(entry.name).split()) for word in words)
        ]

    def _sounding(self, wanted: str) -> list[_Entry]:
        return self._sounds.get(sound(wanted), [])

    def _near(self, wanted: str) -> list[_Entry]:
        names = get_close_matches(wanted, self._keys, n=3, cutoff=ALIKE) if len(wanted) < 60 else []
        return [entry for name in dict.fromkeys(names) for entry in self._starting(name) if entry.key == name]

    def _ranked(self, found: Sequence[_Entry], wanted: str) -> list[Hit]:
        best: dict[int, tuple[tuple[bool, int, int, str, str], str]] = {}
        for entry in found:
            thing = self._things[entry.thing]
            rank = (entry.key != wanted, entry.at, -self._weight[entry.thing], thing.label, thing.iri)
            if entry.thing not in best or rank < best[entry.thing][0]:
                best[entry.thing] = rank, entry.name
        ordered = sorted(best.items(), key=lambda item: item[1][0])
        return [Hit(self._things[number], name) for number, (_, name) in ordered]
