"""From what the user names (files, folders, patterns, addresses, standard input) to articles."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.addresses import redacted
from kg.errors import InputError
from kg.escaping import escaped
from kg.model import Article
from kg.text import kinds
from kg.text.encoding import NOTHING, decode, without_nuls
from kg.text.envelopes import require_bare
from kg.text.fetch import fetch, is_url
from kg.text.jsonrecords import from_json, from_json_lines
from kg.text.kinds import SUFFIXES
from kg.text.notices import Notice, ignore, once
from kg.text.records import from_page, from_pdf, from_text
from kg.text.sources import MOST_BYTES, Refusal, bytes_of, limited, paths, require_regular
from kg.text.webpage import declared_charset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from kg.text.notices import Warn

__all__ = ["MOST_BYTES", "SUFFIXES", "Refusal", "read_articles", "read_with_paths"]


def read_articles(
    sources: Sequence[str], *, stdin: BinaryIO | None = None, warn: Warn = ignore
) -> Iterator[Article | Refusal]:
    """Give every article in ``sources``, in their order, and a refusal for each that cannot be read.

    A source is a file, a folder (read in sorted order, hidden files left out), a pattern, an
    http(s) address, or ``-`` for standard input. A file named twice is read once. An article without an
    id of its own is called as its file, without folder and ending. ``warn`` is told what was off about
    what was read all the same.
    """
    return (item for item, _ in read_with_paths(sources, stdin=stdin, warn=warn))


def read_with_paths(
    sources: Sequence[str], *, stdin: BinaryIO | None = None, warn: Warn = ignore
) -> Iterator[tuple[Article | Refusal, Path | None]]:
    """Give what ``read_articles`` gives, each with the path of the file that gave it its id.

    The path is None where nothing depends on it: the article has an id of its own, or is in no file.
    """
    seen: set[str] = set()
    for source in sources:
        try:
            yield from _source(source, stdin, seen, warn)
        except InputError as error:
            yield Refusal(redacted(source) if is_url(source) else source, error), None


def _source(
    source: str, stdin: BinaryIO | None, seen: set[str], warn: Warn
) -> Iterator[tuple[Article | Refusal, Path | None]]:
    if source == "-":
        stream = sys.stdin.buffer if stdin is None else stdin
        yield from ((item, None) for item in _from_stdin(stream, warn))
    elif is_url(source):
        yield from ((item, None) for item in _from_url(source, warn))
    else:
        for path in paths(source, warn):
            if isinstance(path, Refusal):
                yield path, None
            elif (key := os.path.abspath(path)) not in seen:  # noqa: PTH100  (Path.resolve would follow links)
                seen.add(key)
                yield from ((item, _namesake(item, path)) for item in _from_file(path, warn))


def _namesake(item: Article | Refusal, path: Path) -> Path | None:
    """Give the path whose stem is the id of the article (``report``, ``report#2``), else None."""
    stem = re.escape(escaped(path.stem))
    named = isinstance(item, Article) and re.fullmatch(rf"{stem}(?:#\d+)?", item.id)
    return path if named else None


def _from_file(path: Path, warn: Warn) -> Iterator[Article | Refusal]:
    try:
        require_regular(path)
        suffix = kinds.suffix_of(path)
        data = bytes_of(path)
        items = _of_bytes(data, suffix, name=escaped(path.stem), where=str(path), warn=once(warn))
        yield from _refused(str(path), items)
    except InputError as error:
        yield Refusal(str(path), error)


def _of_bytes(
    data: bytes, suffix: str, *, name: str, where: str, warn: Warn
) -> Iterator[Article | InputError]:
    """Read the bytes of a file as its suffix says, if they bear it out."""
    if not data:
        raise InputError("is empty", where=where, hint=NOTHING)
    kinds.require_readable(data, suffix=suffix, where=where)
    if suffix == kinds.PDF:
        yield from_pdf(data, name=name, where=where, warn=warn)
        return
    declared = None
    if suffix in kinds.HTML:
        data, declared = _page_bytes(data, where, warn), declared_charset(data)
    text = decode(data, where=where, declared=declared)
    yield from _parsed(text, suffix, name=name, where=where, warn=warn)


def _page_bytes(data: bytes, where: str, warn: Warn) -> bytes:
    """Give the bytes of a page without the few NUL bytes that browsers pass over, too."""
    plain = without_nuls(data)
    lost = len(data) - len(plain)
    if lost:
        what = f"has {lost:,} NUL byte{'' if lost == 1 else 's'}, left out"
        warn(Notice(where, what, "Take the page from its source again, if words look wrong."))
    return plain


def _parsed(text: str, suffix: str, *, name: str, where: str, warn: Warn) -> Iterator[Article | InputError]:
    """Read decoded text as its suffix says, or as it is where that shows."""
    if suffix in (*kinds.HTML, *kinds.TEXT):
        require_bare(text, where=where)
    if suffix in kinds.HTML:
        yield _page_or_text(text, suffix, name=name, where=where, warn=warn)
    elif suffix in kinds.LINES:
        yield from from_json_lines(text, name=name, where=where, warn=warn)
    elif suffix == ".json":
        yield from from_json(text, name=name, where=where, warn=warn)
    elif kinds.is_page(text):
        warn(
            Notice(where, f"is a web page, and is read as one though it is named {suffix}", "Name it .html.")
        )
        yield from_page(text, name=name, where=where, warn=warn)
    elif kinds.is_record(text):
        hint = "Name it .json, or .jsonl with one object a line."
        raise InputError(f"is JSON, though it is named {suffix}", where=where, hint=hint)
    else:
        yield from_text(text, name=name, where=where, warn=warn)


def _page_or_text(text: str, suffix: str, *, name: str, where: str, warn: Warn) -> Article:
    if text.strip() == "" or kinds.has_markup(text):
        return from_page(text, name=name, where=where, warn=warn)
    what = f"has no tags, and is read as plain text though it is named {suffix}"
    warn(Notice(where, what, "Name it .txt, or save the page again."))
    return from_text(text, name=name, where=where, warn=warn)


def _refused(source: str, items: Iterable[Article | InputError]) -> Iterator[Article | Refusal]:
    empty = True
    for item in items:
        empty = False
        yield item if isinstance(item, Article) else Refusal(item.where or source, item)
    if empty:
        raise InputError("is empty", where=source, hint=NOTHING)


def _from_stdin(stdin: BinaryIO, warn: Warn) -> Iterator[Article | Refusal]:
    """Read standard input: JSON, a page, or plain text; its first signs tell."""
    data = limited(stdin, "-")
    kinds.require_readable(data, suffix="", where="-")
    text = decode(data, where="-", declared=declared_charset(data))
    told = once(warn)
    if text.lstrip("\ufeff \t\r\n").startswith("{") or kinds.is_record(text):
        yield from _refused("-", _json_of_some_kind(text, "stdin", "-", told))
        return
    require_bare(text, where="-")
    if kinds.is_page(text):
        yield from_page(text, name="stdin", where="-", warn=told)
    else:
        yield from_text(text, name="stdin", where="-", warn=told)


def _json_of_some_kind(text: str, name: str, where: str, warn: Warn) -> Iterator[Article | InputError]:
    """Read one object, on however many lines, or one object a line."""
    notices: list[Notice] = []
    whole = tuple(from_json(text, name=name, where=where, warn=notices.append))
    first = text.lstrip().split("\n", 1)[0].rstrip()
    if isinstance(whole[0], InputError) and "broken JSON" in whole[0].what and first.endswith("}"):
        yield from from_json_lines(text, name=name, where=where, warn=warn)
        return
    for notice in notices:
        warn(notice)
    yield from whole


def _from_url(url: str, warn: Warn) -> Iterator[Article | Refusal]:
    shown = redacted(url)
    response = fetch(url)
    html = "html" in response.kind
    kinds.require_readable(response.data, suffix=".html" if html else "", where=shown)
    declared = response.charset or (declared_charset(response.data) if html else None)
    data = _page_bytes(response.data, shown, warn) if html else response.data
    text = decode(data, where=shown, declared=declared)
    suffix = ".html" if html else ".json" if response.kind.endswith("json") else ".txt"
    for item in _refused(shown, _parsed(text, suffix, name=shown, where=shown, warn=once(warn))):
        yield replace(item, url=shown if html else item.url or shown) if isinstance(item, Article) else item
