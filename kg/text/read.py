"""From what the user names (files, folders, patterns, addresses, standard input) to articles."""

from __future__ import annotations

import glob
import os
import re
import stat
import sys
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from kg.addresses import redacted
from kg.errors import InputError
from kg.model import Article
from kg.text.encoding import decode
from kg.text.fetch import fetch, is_url
from kg.text.records import from_json, from_json_lines, from_page, from_text
from kg.text.webpage import declared_charset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

MOST_BYTES = 50_000_000
_TEXT = (".txt", ".md", ".markdown")
_HTML = (".html", ".htm")
_LINES = (".jsonl", ".ndjson")
SUFFIXES = (*_TEXT, *_HTML, ".json", *_LINES)
"""The kinds of file that are read."""

_READS = "Files that are read: " + " ".join(SUFFIXES) + "."
_OFFICE = (".pdf", ".docx", ".doc", ".odt", ".rtf", ".epub", ".zip", ".gz")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was given to read and could not be; the rest of the batch goes on."""

    source: str
    error: InputError


def read_articles(sources: Sequence[str], *, stdin: BinaryIO | None = None) -> Iterator[Article | Refusal]:
    """Give every article in ``sources``, in their order, and a refusal for each that cannot be read.

    A source is a file, a folder (read in sorted order, hidden files left out), a pattern, an
    http(s) address, or ``-`` for standard input. A file named twice is read once. An article without an
    id of its own is called as its file, without folder and ending.
    """
    return (item for item, _ in read_with_paths(sources, stdin=stdin))


def read_with_paths(
    sources: Sequence[str], *, stdin: BinaryIO | None = None
) -> Iterator[tuple[Article | Refusal, Path | None]]:
    """Give what ``read_articles`` gives, each with the path of the file that gave it its id.

    The path is None where nothing depends on it: the article has an id of its own, or is in no file.
    """
    seen: set[str] = set()
    for source in sources:
        try:
            yield from _source(source, stdin, seen)
        except InputError as error:
            yield Refusal(redacted(source) if is_url(source) else source, error), None


def _source(
    source: str, stdin: BinaryIO | None, seen: set[str]
) -> Iterator[tuple[Article | Refusal, Path | None]]:
    if source == "-":
        yield from ((item, None) for item in _from_stdin(sys.stdin.buffer if stdin is None else stdin))
    elif is_url(source):
        yield from ((item, None) for item in _from_url(source))
    else:
        for path in _paths(source):
            if isinstance(path, Refusal):
                yield path, None
            elif (key := os.path.abspath(path)) not in seen:  # noqa: PTH100  (Path.resolve would follow links)
                seen.add(key)
                yield from ((item, _namesake(item, path)) for item in _from_file(path))


def _namesake(item: Article | Refusal, path: Path) -> Path | None:
    """Give the path whose stem is the id of the article (``report``, ``report#2``), else None."""
    named = isinstance(item, Article) and re.fullmatch(rf"{re.escape(path.stem)}(?:#\d+)?", item.id)
    return path if named else None


def _paths(source: str) -> Iterator[Path | Refusal]:
    """Give the files that a path or pattern stands for."""
    if source == "" or "\0" in source:
        raise InputError("is no path", where=repr(source), hint="Name a file, a folder or a pattern.")
    path = Path(source)
    if not os.path.lexists(path) and glob.has_magic(source):
        yield from _matches(source)
    elif _is_folder(path):
        yield from _folder(path)
    else:
        yield path


def _matches(pattern: str) -> Iterator[Path]:
    found = (Path(match) for match in sorted(glob.glob(pattern, recursive=True)))  # noqa: PTH207 (absolute patterns)
    files = [path for path in found if path.suffix.lower() in SUFFIXES and not _is_folder(path)]
    if not files:
        raise InputError("no file matches", where=pattern, hint=_READS)
    yield from files


def _folder(folder: Path) -> Iterator[Path | Refusal]:
    """Give the files of a folder and those below; links that lead out of it are refused."""
    entries = tuple(_walk(folder))
    if not any(isinstance(entry, Refusal) or entry.suffix.lower() in SUFFIXES for entry in entries):
        what = "has no file that can be read" + (f" ({len(entries):,} of other kinds)" if entries else "")
        raise InputError(what, where=str(folder), hint=_READS)
    root = os.path.realpath(folder)
    for entry in entries:
        if isinstance(entry, Path) and entry.suffix.lower() not in SUFFIXES:
            continue
        if isinstance(entry, Path) and entry.is_symlink() and not _inside(entry, root):
            error = InputError("is a link out of the folder", where=str(entry), hint="Name the file itself.")
            yield Refusal(str(entry), error)
        else:
            yield entry


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112  (Path.is_dir raises for names too long)


def _inside(link: Path, root: str) -> bool:
    return Path(os.path.realpath(link)).is_relative_to(root)  # Path.resolve raises for a link to itself


def _walk(folder: Path) -> Iterator[Path | Refusal]:
    """Give what lies in a folder and below, sorted; links to folders are not followed."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Refusal(str(folder), _unreadable(folder, error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry) and not entry.is_symlink():
            yield from _walk(entry)
        elif not _is_folder(entry):
            yield entry


def _from_file(path: Path) -> Iterator[Article | Refusal]:
    try:
        _require_regular(path)
        suffix = _suffix(path)
        data = _bytes(path)
        declared = declared_charset(data) if suffix in _HTML else None
        text = decode(data, where=str(path), declared=declared)
        yield from _refused(str(path), _parsed(text, suffix, name=path.stem, where=str(path)))
    except InputError as error:
        yield Refusal(str(path), error)


def _parsed(
    text: str, suffix: str, *, name: str, where: str, url: str | None = None
) -> Iterator[Article | InputError]:
    """Read decoded text as its suffix says."""
    if suffix in _HTML:
        yield from_page(text, name=name, where=where, url=url)
    elif suffix in _LINES:
        yield from from_json_lines(text, name=name, where=where)
    elif suffix == ".json":
        yield from from_json(text, name=name, where=where)
    else:
        yield from_text(text, name=name, where=where)


def _refused(source: str, items: Iterable[Article | InputError]) -> Iterator[Article | Refusal]:
    empty = True
    for item in items:
        empty = False
        yield item if isinstance(item, Article) else Refusal(item.where or source, item)
    if empty:
        raise InputError("is empty", where=source, hint="There is nothing to read; leave it out.")


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return suffix
    if suffix in _OFFICE:
        raise InputError(
            f"{suffix} is not read yet", where=str(path), hint="Convert it to text first. " + _READS
        )
    raise InputError(f"{suffix or 'a file without suffix'} is not read", where=str(path), hint=_READS)


def _require_regular(path: Path) -> None:
    """Refuse what is no regular file, without opening it: a pipe would hang."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        raise _missing(path) from error
    except OSError as error:
        raise _unreadable(path, error) from error
    if not stat.S_ISREG(mode):
        raise InputError(
            "is no regular file", where=str(path), hint="Pipes are read from standard input: use `-`."
        )


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


def _unreadable(path: Path, error: OSError) -> InputError:
    reason = (error.strerror or type(error).__name__).lower()
    return InputError(f"cannot be read: {reason}", where=str(path), hint="Check its permissions.")


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return _limited(file, str(path))
    except OSError as error:
        raise _unreadable(path, error) from error


def _limited(file: BinaryIO, where: str) -> bytes:
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InputError(f"is larger than {MOST_BYTES:,} bytes", where=where, hint="Split it into articles.")
    return data


def _from_stdin(stdin: BinaryIO) -> Iterator[Article | Refusal]:
    text = decode(_limited(stdin, "-"), where="-")
    if not text.lstrip().startswith("{"):
        yield from_text(text, name="stdin", where="-")
    else:
        yield from _refused("-", _json_of_some_kind(text, "stdin", "-"))


def _json_of_some_kind(text: str, name: str, where: str) -> Iterator[Article | InputError]:
    """Read one object, on however many lines, or one object a line."""
    whole = tuple(from_json(text, name=name, where=where))
    first = text.lstrip().split("\n", 1)[0].rstrip()
    if isinstance(whole[0], InputError) and "broken JSON" in whole[0].what and first.endswith("}"):
        yield from from_json_lines(text, name=name, where=where)
    else:
        yield from whole


def _from_url(url: str) -> Iterator[Article | Refusal]:
    shown = redacted(url)
    response = fetch(url)
    html = "html" in response.kind
    declared = response.charset or (declared_charset(response.data) if html else None)
    text = decode(response.data, where=shown, declared=declared)
    suffix = ".html" if html else ".json" if response.kind.endswith("json") else ".txt"
    for item in _refused(shown, _parsed(text, suffix, name=shown, where=shown, url=shown)):
        yield replace(item, url=item.url or shown) if isinstance(item, Article) else item
