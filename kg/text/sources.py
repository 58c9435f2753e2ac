"""From what the user names (files, folders, patterns) to the files that it stands for, and their bytes."""

from __future__ import annotations

import glob
import os
import stat
import sys
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.text.kinds import READS, SUFFIXES, is_document
from kg.text.notices import Notice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from kg.text.notices import Warn

MOST_BYTES = 50_000_000
_PIPE = "Pipe the text in, as in `kg build - < FILE`, or name a file."
_DEEPEST = 100  # folders within one another; Python itself gives up at some 1,000
_IRREGULAR = (
    (stat.S_ISDIR, "is a folder, not a file", "Name the folder without an ending, or the files in it."),
    (stat.S_ISFIFO, "is a pipe, no regular file", "Pipes are read from standard input: use `-`."),
    (stat.S_ISSOCK, "is a socket, no regular file", "Leave it out."),
    (stat.S_ISCHR, "is a device, no regular file", "Leave it out."),
    (stat.S_ISBLK, "is a device, no regular file", "Leave it out."),
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was given to read and could not be; the rest of the batch goes on."""

    source: str
    error: InputError


def paths(source: str, warn: Warn) -> Iterator[Path | Refusal]:
    """Give the files that a path or pattern stands for."""
    if source == "" or "\0" in source:
        raise InputError("is no path", where=repr(source), hint="Name a file, a folder or a pattern.")
    path = Path(source)
    if not os.path.lexists(path) and glob.has_magic(source):
        yield from _matches(source)
    elif _is_folder(path):
        yield from _folder(path, warn)
    else:
        yield path


def _matches(pattern: str) -> Iterator[Path]:
    found = (Path(match) for match in sorted(glob.glob(pattern, recursive=True)))  # noqa: PTH207 (absolute patterns)
    files = [path for path in found if path.suffix.lower() in SUFFIXES and not _is_folder(path)]
    if not files:
        raise InputError("no file matches", where=pattern, hint=READS)
    yield from files


def _folder(folder: Path, warn: Warn) -> Iterator[Path | Refusal]:
    """Give the files of a folder and those below; links that lead out of it are refused."""
    entries = tuple(_walk(folder))
    if not any(isinstance(entry, Refusal) or entry.suffix.lower() in SUFFIXES for entry in entries):
        what = "has no file that can be read" + (f" ({len(entries):,} of other kinds)" if entries else "")
        raise InputError(what, where=str(folder), hint=READS)
    _tell_passed_over(folder, [entry for entry in entries if isinstance(entry, Path)], warn)
    root = os.path.realpath(folder)
    for entry in entries:
        if isinstance(entry, Path) and entry.suffix.lower() not in SUFFIXES:
            continue
        if isinstance(entry, Path) and entry.is_symlink() and not _inside(entry, root):
            error = InputError("is a link out of the folder", where=str(entry), hint="Name the file itself.")
            yield Refusal(str(entry), error)
        else:
            yield entry


def _tell_passed_over(folder: Path, entries: Sequence[Path], warn: Warn) -> None:
    """Name the documents of kinds that are not read: an article may be in them."""
    documents = [str(entry.relative_to(folder)) for entry in entries if is_document(entry)]
    if documents:
        more = f" and {len(documents) - 3:,} more" if len(documents) > 3 else ""
        what = f"has documents of kinds that are not read: {', '.join(documents[:3])}{more}"
        warn(Notice(str(folder), what, "Save them as text or PDF."))


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112  (Path.is_dir raises for names too long)


def _inside(link: Path, root: str) -> bool:
    return Path(os.path.realpath(link)).is_relative_to(root)  # Path.resolve raises for a link to itself


def _walk(folder: Path, depth: int = 0) -> Iterator[Path | Refusal]:
    """Give what lies in a folder and below, sorted; links to folders are not followed."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Refusal(str(folder), unreadable(folder, error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry) and not entry.is_symlink():
            if depth < _DEEPEST:
                yield from _walk(entry, depth + 1)
            else:
                hint = "Name the inner folder itself."
                yield Refusal(str(entry), InputError("is nested too deeply", where=str(entry), hint=hint))
        elif not _is_folder(entry):
            yield entry


def require_regular(path: Path) -> None:
    """Refuse what is no regular file, without opening it: a pipe would hang."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        raise _missing(path) from error
    except OSError as error:
        raise unreadable(path, error) from error
    for is_such, what, hint in _IRREGULAR:
        if is_such(mode):
            raise InputError(what, where=str(path), hint=hint)


def _missing(path: Path) -> InputError:
    if path.is_symlink():
        return InputError(
            "is a link to nothing", where=str(path), hint="Remove it, or restore what it links to."
        )
    try:
        names = sorted(entry.name for entry in path.parent.iterdir())
    except OSError:
        return InputError("no such file, nor its folder", where=str(path), hint="Check the path.")
    near = get_close_matches(path.name, names, n=1)
    hint = f"Did you mean {str(path.parent / near[0])!r}?" if near else "Check the path."
    return InputError("no such file", where=str(path), hint=hint)


def unreadable(path: Path, error: OSError) -> InputError:
    """Name what the operating system refused."""
    reason = (error.strerror or type(error).__name__).lower()
    hints = {"too many levels of symbolic links": "It links to itself; remove it.", "file name too long": "Check the path."}  # fmt: skip
    return InputError(
        f"cannot be read: {reason}", where=str(path), hint=hints.get(reason, "Check its permissions.")
    )


def bytes_of(path: Path) -> bytes:
    """Give the bytes of a file, if they are not too many."""
    try:
        with path.open("rb") as file:
            return limited(file, str(path))
    except OSError as error:
        raise unreadable(path, error) from error


def standard_input() -> BinaryIO:
    """Give standard input; raises InputError where a program was started without one."""
    if sys.stdin is None:
        raise InputError("standard input is closed", where="-", hint=_PIPE)
    return sys.stdin.buffer


def limited_input(stdin: BinaryIO) -> bytes:
    """Give all of standard input; raises InputError where it is not open for reading, or is too much."""
    try:
        return limited(stdin, "-")
    except (OSError, ValueError) as error:  # ValueError: Python itself has closed it
        raise InputError(f"standard input cannot be read: {error}", where="-", hint=_PIPE) from error


def limited(file: BinaryIO, where: str) -> bytes:
    """Give all that can be read from ``file``; raises InputError if it is too much."""
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InputError(f"is larger than {MOST_BYTES:,} bytes", where=where, hint="Split it into articles.")
    return data
