"""What files held when they were last looked through, so that those that have not changed need not be again.

Looking through a file (encoding, front matter, language, what is odd about it) takes a tenth of the time of reading it,
and nearly all of a build in which nothing has changed.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Known(NamedTuple):
    """An article that stands in the graph as it is, known by the bytes of its file.

    ``digest`` and ``words`` are those of the article and of its words alone, ``place`` is where in the file it stands
    (``:3``), ``named`` tells whether the name of the file is its id.
    """

    id: str
    digest: str
    words: str
    place: str
    named: bool


def seal_of(data: bytes, *, suffix: str, name: str) -> str:
    """Give a digest of all of a file that its articles depend on."""
    head = f"{suffix}\0{name}\0".encode("utf-8", "surrogatepass")
    return hashlib.sha256(head + data).hexdigest()


class Memory:
    """Remembers the articles of files by their seals; a file of which anything was to be said is not remembered."""

    def __init__(
        self,
        files: Mapping[str, tuple[Known, ...]] | None = None,
        *,
        is_unchanged: Callable[[Known], bool] = lambda _: False,
    ) -> None:
        """Begin with what was remembered before, of which only what is still as it was is given."""
        self.files = dict(files or {})
        self.changed = False
        """Whether anything was learnt."""
        self._is_unchanged = is_unchanged
        self._odd: set[str] = set()

    def recall(self, seal: str) -> tuple[Known, ...]:
        """Give all articles of a file, if each stands in the graph as it is; nothing else."""
        found = self.files.get(seal, ())
        return found if all(map(self._is_unchanged, found)) else ()

    def begin(self, seal: str) -> None:
        """Forget what a file held: it is looked through again."""
        self.changed |= self.files.pop(seal, None) is not None

    def learn(self, seal: str, known: Known) -> None:
        """Remember an article of a file."""
        if seal and seal not in self._odd:
            self.files[seal] = (*self.files.get(seal, ()), known)
            self.changed = True

    def distrust(self, seal: str) -> None:
        """Do not remember a file: what is wrong or odd about it is to be told every time."""
        self._odd.add(seal)
        self.files.pop(seal, None)
