"""Lines of N-Triples as a file to read, and their sum on the way: never all of them at once.

The sum of a graph is that of the hashes of its lines, modulo 2 to the power of 512 (AdHash, of Bellare and
Micciancio, "A New Paradigm for Collision-Free Hashing: Incrementality at Reduced Cost", 1997). It is equal for equal
graphs, whatever the order, and follows a change of some lines without a look at the others.
"""

from __future__ import annotations

import hashlib
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINES = 4096
"""How many are made into bytes at once."""
_BYTES = 64
_MODULUS = 1 << (8 * _BYTES)


def sum_of(lines: Iterable[str]) -> int:
    """Give the sum of lines, each of which is there once."""
    blake2b, number = hashlib.blake2b, int.from_bytes
    return sum(number(blake2b(line.encode()).digest(), "little") for line in lines) % _MODULUS


def changed(total: int, removed: Iterable[str], added: Iterable[str]) -> int:
    """Give the sum of a graph after a change: lines that were there and are not, and the other way round."""
    return (total - sum_of(removed) + sum_of(added)) % _MODULUS


def name_of(total: int) -> str:
    """Give 20 hex digits for a sum."""
    return hashlib.sha256(total.to_bytes(_BYTES, "little")).hexdigest()[:20]


class Feed:
    """Reads as a file of N-Triples; once it is read, ``total`` is the sum of the lines and of the further ones."""

    def __init__(self, lines: Iterable[str], further: Iterable[str] = ()) -> None:
        """Take the lines to read.

        Args:
            lines: triples as text, each once, without their final dots.
            further: triples that only count into the sum.
        """
        self._lines = iter(lines)
        self._further = set(further)
        self.total = sum_of(self._further)
        self.count = 0
        """How many lines were read."""
        self._left = memoryview(b"")

    def read(self, size: int) -> bytes:
        """Give so many bytes at most; none at the end."""
        if not self._left:
            self._left = memoryview(self._next())
        found, self._left = self._left[:size], self._left[size:]
        return bytes(found)

    def _next(self) -> bytes:
        chosen = list(islice(self._lines, _LINES))
        self.count += len(chosen)
        again = self._further.intersection(chosen) if self._further else ()
        self.total = changed(self.total, again, chosen)
        return (" .\n".join(chosen) + " .\n").encode() if chosen else b""


def digest(triples: Iterable[object]) -> int:
    """Give the sum of triples, whatever their order and however often each is given."""
    return sum_of({str(triple) for triple in triples})
