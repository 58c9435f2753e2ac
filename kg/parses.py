"""What the language model made of texts, kept for the next time in the user's cache folder.

Each annotation is a file of its own that is put in place whole, so any number of builds can share the
folder. Its name is a hash of the text and of all that annotates it. It begins with a digest of name and
content: what is damaged, cut off or under another's name counts as absent. Texts are private: the
folder is for its owner alone, and one that others could write is left alone. What cannot be kept is no
reason for a build to fail.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg import files
from kg.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.config import Settings

_FOLDER = "annotations"
_SHELF = re.compile(r"[0-9a-f]{2}")
_ENTRY = re.compile(rf"[0-9a-f]{{64}}|{re.escape(files.TEMPORARY)}.*")
"""An entry, or what a killed process left of one."""
_SHELVES = 256
"""Entries lie in folders by the first two digits of their names, and each has its share of the room:
to keep it, one is looked through at each write, in 0.1 ms where 10,000 texts are kept."""

_DIGEST = 16
_BLOCK = 4096
"""Bytes: what a file takes up is a multiple of it on most disks, and a text of 300 words is less."""
_MEBIBYTE = 1 << 20
_PRIVATE = 0o700
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True, slots=True)
class Contents:
    """How many annotations are kept, and how many bytes they take up on disk."""

    count: int
    size: int


class _Entry(NamedTuple):
    """A file of ours: when it was used last, what it takes up on disk, and where it is."""

    used: int
    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of annotations that take up ``limit`` bytes at most."""

    folder: Path
    limit: int

    def get(self, key: str) -> bytes | None:
        """Give what is kept under a key of 64 hex digits, None where nothing is, or nothing whole."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        digest, value = data[:_DIGEST], data[_DIGEST:]
        if digest != _digest(key, value):
            return None
        with suppress(OSError):  # a folder that can only be read serves as well
            os.utime(path)  # what was not used for longest goes first
        return value

    def put(self, key: str, value: bytes) -> None:
        """Keep something under a key, where it can be kept and has room on its shelf."""
        data, path, share = _digest(key, value) + value, self._path(key), self.limit // _SHELVES
        if _taken(len(data)) > share:
            return
        with suppress(OSError):
            path.parent.mkdir(mode=0o700, exist_ok=True)
            _write(path, data)
            _make_room(path.parent, share)

    def contents(self) -> Contents:
        """Count what is kept."""
        sizes = [entry.size for shelf in self._shelves() for entry in _entries(shelf)]
        return Contents(len(sizes), sum(sizes))

    def clear(self) -> Contents:
        """Remove what is kept, and nothing else; tell what that was.

        Raises:
            StoreError: the folder cannot be written, or must not be used.
        """
        wrong = trouble(self.folder)
        if wrong is not None:
            raise StoreError(wrong, where=str(self.folder), hint="Choose another folder: KG_CACHE=DIR")
        sizes = []
        try:
            for shelf in self._shelves():
                for entry in _entries(shelf):
                    Path(entry.path).unlink(missing_ok=True)
                    sizes.append(entry.size)
                with suppress(OSError):  # there is something in it that is not ours, or new
                    shelf.rmdir()
        except OSError as error:
            raise files.store_error(error, self.folder) from error
        return Contents(len(sizes), sum(sizes))

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _shelves(self) -> list[Path]:
        found = sorted(self.folder.iterdir()) if self.folder.is_dir() else []
        return [each for each in found if _SHELF.fullmatch(each.name) and each.is_dir()]


def named(settings: Settings) -> Cache | None:
    """Give the cache that the settings name, whether it is there or not; None where it is off."""
    if settings.cache is None:
        return None
    return Cache(settings.cache / _FOLDER, settings.cache_mb * _MEBIBYTE)


def opened(settings: Settings) -> Cache | None:
    """Give the cache that the settings name, made where there is none; None where none can be used."""
    cache = named(settings)
    if cache is None or trouble(cache.folder) is not None:
        return None
    try:
        cache.folder.parent.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        cache.folder.mkdir(mode=_PRIVATE, exist_ok=True)
        if stat.S_IMODE(cache.folder.stat().st_mode) != _PRIVATE:
            cache.folder.chmod(_PRIVATE)
    except OSError:
        return None
    return cache


def trouble(folder: Path) -> str | None:
    """Tell why the folder of a cache must not be used; None where all is well, or there is none yet."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return None
    except OSError as error:
        return files.store_error(error, folder).what
    if not stat.S_ISDIR(found.st_mode):
        return "it is a link or a file"
    if found.st_uid != os.geteuid():
        return "it belongs to another user"
    return "others may write to it" if found.st_mode & _OTHERS_WRITE else None


def key(text: str, annotator: str) -> str:
    """Name the annotation of a text by what is named there."""
    whole = hashlib.sha256(annotator.encode())
    whole.update(b"\0" + text.encode("utf-8", "surrogatepass"))
    return whole.hexdigest()


def _digest(name: str, value: bytes) -> bytes:
    return hashlib.blake2b(value, key=bytes.fromhex(name), digest_size=_DIGEST).digest()


def _taken(size: int) -> int:
    """Give what a file of this size takes up on disk."""
    return -(-size // _BLOCK) * _BLOCK


def _write(path: Path, data: bytes) -> None:
    """Put a file in place whole; not synced, for its digest tells whether it is."""
    temporary = path.parent / f"{files.TEMPORARY}{os.getpid()}-{os.urandom(4).hex()}"
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(data)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _make_room(shelf: Path, share: int) -> None:
    """Remove from a shelf what was not used for longest, until it takes up no more than its share."""
    entries = list(_entries(shelf))
    over = sum(entry.size for entry in entries) - share
    for entry in sorted(entries) if over > 0 else ():
        if over > 0:
            Path(entry.path).unlink(missing_ok=True)
            over -= entry.size


def _entries(shelf: Path) -> Iterator[_Entry]:
    """Give the files of ours on a shelf; a path for each would take four times as long."""
    try:
        found = os.scandir(shelf)
    except FileNotFoundError:  # another process has just removed it
        return
    with found:
        for each in found:
            if _ENTRY.fullmatch(each.name):
                with suppress(FileNotFoundError):  # as above
                    told = each.stat(follow_symlinks=False)
                    yield _Entry(told.st_mtime_ns, _taken(told.st_size), each.path)
