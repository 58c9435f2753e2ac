"""What is given to a build, sorted: what is new, changed, unchanged, refused, and what is odd about it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from kg import ledger as ledgers
from kg.errors import DataError, InputError
from kg.kb_rows import HEADER, user_rows
from kg.text.frontmatter import split_front_matter
from kg.text.notices import Notice
from kg.text.read import Refusal, read_with_paths
from kg.text.recall import Known, Memory

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import BinaryIO

    from kg.errors import MishapError
    from kg.ledger import Entry
    from kg.model import Article
    from kg.text.notices import Warn
    from kg.text.read import Found

_LONGEST_NAME = 60
"""Characters of an id that a message shows."""


@dataclass(slots=True)
class Tally:
    """What became of the articles of one build, by id."""

    new: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    warned: list[Notice] = field(default_factory=list)
    """What was off about inputs that were read all the same."""
    mended: bool = False
    """Whether the graph was damaged, and was made anew from the readings."""
    rebuilt: bool = False
    """Whether the graph is another one now."""
    left_out: int = 0
    """How many facts were read and do not fit the graph."""
    files: dict[str, str] = field(default_factory=dict)
    """The file that named an article, relative to the project folder."""
    places: dict[str, str] = field(default_factory=dict)
    """Where an article of this build stands: a file, and in one of many records its line or number."""

    def fail(self, article: Article, error: MishapError) -> None:
        """Count an article as refused at which the program failed; what was read of it before stays."""
        for counted in (self.new, self.replaced):
            if article.id in counted:
                counted.remove(article.id)
        where = self.places.get(article.id, article.id)
        self.refused.append(Refusal(where, InputError(error.what, where=where, hint=error.hint)))


def sort_out(
    sources: Sequence[str],
    tally: Tally,
    known: Mapping[str, Entry],
    reader: str,
    *,
    stdin: BinaryIO | None = None,
    store: Path | None = None,
    memory: Memory | None = None,
) -> Iterator[Article]:
    """Give the articles that have to be read; the tally takes up what became of every one.

    What lies in the project folder ``store`` itself is passed over without a word. ``memory`` learns what is in
    which file; what it knows already is taken from it.
    """
    seen: dict[str, str] = {}
    remembered = Memory() if memory is None else memory
    twins = Twins(tally.warned.append)
    warn = tally.warned.append if store is None else _outside(store, tally.warned.append)
    for found in read_with_paths(sources, stdin=stdin, warn=warn, memory=remembered):
        item = found.item
        if isinstance(item, Refusal) and store is not None and _lies_in(item.source, store):
            continue
        if isinstance(item, Refusal):
            tally.refused.append(item)
            continue
        told = item if isinstance(item, Known) else _known(item, found)
        if told is not item:
            remembered.learn(found.seal, told)
        old, digest = known.get(item.id), told.digest
        if seen.get(item.id) == digest:
            continue  # the very same article once more
        refusal = _taken(item.id, found.where, tally) or _supplanting(told, found, old, store)
        if refusal is not None:
            tally.refused.append(refusal)
            continue
        seen[item.id] = digest
        tally.places[item.id] = found.where
        twins.look(told.words, found.where)
        tally.files[item.id] = (
            "" if found.path is None or store is None else os.path.relpath(found.path, store)
        )
        if isinstance(item, Known) or _is_unchanged(told, known, reader):
            tally.unchanged.append(item.id)
        else:
            (tally.replaced if old is not None else tally.new).append(item.id)
            yield item


def memory_of(files: Mapping[str, tuple[Known, ...]], articles: Mapping[str, Entry], reader: str) -> Memory:
    """Give what is remembered of files, of use where their articles were read by this reader."""
    return Memory(files, is_unchanged=lambda found: _is_unchanged(found, articles, reader))


def _is_unchanged(found: Known, articles: Mapping[str, Entry], reader: str) -> bool:
    old = articles.get(found.id)
    return old is not None and (old.article, old.reader) == (found.digest, reader)


def _known(article: Article, found: Found) -> Known:
    named = found.path is not None
    return Known(article.id, ledgers.digest(article), _words(article), found.place, named)


def _words(article: Article) -> str:
    """Give a digest of the words of an article, whatever is stated about it."""
    body = article.text[split_front_matter(article.text).end :]
    words = " ".join(normalize("NFKC", body).split())
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _lies_in(source: str, store: Path) -> bool:
    """Tell whether a source is a file of the project: somebody builds from the folder around it."""
    path = source.partition("#")[0]
    return Path(os.path.abspath(path)).is_relative_to(os.path.abspath(store))  # noqa: PTH100  (links stay links)


def _outside(store: Path, warn: Warn) -> Warn:
    """Give one that passes over what is off about files of the project."""

    def tell(notice: Notice) -> None:
        if not _lies_in(notice.source, store):
            warn(notice)

    return tell


class Twins:
    """Looks for one text under two ids: it would count as two sources."""

    def __init__(self, warn: Warn) -> None:
        """Remember nothing yet."""
        self._warn = warn
        self._known: dict[str, str] = {}

    def look(self, words: str, where: str) -> None:
        """Tell if the words of an article, given as their digest, are those of another one."""
        other = self._known.setdefault(words, where)
        if other != where:
            what = f"has the same text as {other}"
            self._warn(Notice(where, what, "Leave one out, unless two sources printed it."))


def _taken(name: str, where: str, tally: Tally) -> Refusal | None:
    """Refuse an article under whose id another one of this build is read."""
    if name not in tally.places:
        return None
    other = tally.places[name]
    what = f"has the id of another article of this build: {_short(name)!r} is {other}"
    hint = "Give each article an id of its own; one without is called as its file."
    return Refusal(where, InputError(what, where=where, hint=hint))


def _supplanting(article: Known, found: Found, old: Entry | None, store: Path | None) -> Refusal | None:
    """Refuse what would silently take the place of another file's article."""
    path = found.path
    if old is None or path is None or store is None or old.article == article.digest:
        return None
    other = Path(os.path.normpath(store / old.file))
    if not old.file or not other.exists() or other.samefile(path):
        return None
    what = f"has the id {_short(article.id)!r}, under which another file was read: {other}"
    hint = f"Rename one, give it an `id:` of its own, or first: kg remove {article.id}"
    return Refusal(str(path), InputError(what, where=str(path), hint=hint))


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def look_over(paths: Sequence[Path], warn: Warn) -> None:
    """Refuse a table that was named on purpose and says nothing; warn of rows that stand in one twice.

    Raises:
        DataError: there is no row in it, or as ``user_rows``.
    """
    for path in paths:
        rows = user_rows(path)
        if not rows:
            hint = f"{HEADER} Or leave --kb out."
            raise DataError("a table without a row", where=str(path), hint=hint)
        seen: dict[tuple[str, ...], int] = {}
        for number, row in rows:
            first = seen.setdefault(tuple(cell.strip() for cell in row.values()), number)
            if first != number:
                hint = "Take one of them out, or correct it."
                warn(Notice(f"{path}:{number}", f"the same row as line {first}", hint))
