"""Lines of N-Triples as a file to read, and their digest on the way: never all of them at once."""

from __future__ import annotations

import hashlib
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINES = 4096
"""How many are made into bytes at once."""


class Feed:
    """Reads as a file of N-Triples; once it is read, ``digest`` is that of the lines and of the further ones."""

    def __init__(self, lines: Iterable[str], further: Iterable[str] = ()) -> None:
        """Take the lines to read.

        Args:
            lines: triples as text, sorted, each once, without their final dots.
            further: triples, in any order, that only count into the digest.
        """
        self._lines = iter(lines)
        self._further = deque(sorted(set(further)))
        self._hash = hashlib.sha256()
        self._before = b""
        self._left = memoryview(b"")

    def read(self, size: int) -> bytes:
        """Give so many bytes at most; none at the end."""
        if not self._left:
            self._left = memoryview(self._next())
        found, self._left = self._left[:size], self._left[size:]
        return bytes(found)

    @property
    def digest(self) -> str:
        """20 hex digits that are equal for equal sets of triples."""
        return self._hash.hexdigest()[:20]

    def _next(self) -> bytes:
        chosen = list(islice(self._lines, _LINES))
        if not chosen:
            self._count(list(self._further))
            self._further.clear()
            return b""
        between = []
        while self._further and self._further[0] <= chosen[-1]:
            between.append(self._further.popleft())
        self._count(sorted({*chosen, *between}) if between else chosen)
        return (" .\n".join(chosen) + " .\n").encode()

    def _count(self, lines: list[str]) -> None:
        if lines:
            self._hash.update(self._before + "\n".join(lines).encode())
            self._before = b"\n"


def digest(triples: Iterable[object]) -> str:
    """Give 20 hex digits that are equal for equal sets of triples."""
    feed = Feed(sorted({str(triple) for triple in triples}))
    while feed.read(1 << 20):
        pass
    return feed.digest
