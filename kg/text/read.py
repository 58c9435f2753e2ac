"""From what the user names (files, folders, patterns, addresses, standard input) to articles."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kg.addresses import redacted
from kg.errors import InputError, guarded
from kg.escaping import escaped
from kg.model import Article
from kg.text import kinds
from kg.text.encoding import NOTHING, decode, without_nuls
from kg.text.envelopes import require_bare
from kg.text.fetch import fetch, is_url
from kg.text.jsonrecords import from_json, from_json_lines
from kg.text.kinds import SUFFIXES
from kg.text.notices import Notice, ignore, once
from kg.text.recall import Known, Memory, seal_of
from kg.text.records import Sited, from_page, from_pdf, from_text
from kg.text.sources import (
    MOST_BYTES,
    Refusal,
    bytes_of,
    limited_input,
    paths,
    require_regular,
    standard_input,
)
from kg.text.webpage import declared_charset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from kg.text.notices import Warn

__all__ = ["MOST_BYTES", "SUFFIXES", "Found", "Refusal", "read_articles", "read_with_paths"]


class Found(NamedTuple):
    """An article or a refusal, the place where it stands, and the path of the file that named the article.

    The path is None where nothing depends on it: the article has an id of its own, or is in no file. The seal is that
    of the file, empty where it cannot be remembered, and the place where in the file it stands.
    """

    item: Article | Known | Refusal
    where: str
    path: Path | None = None
    seal: str = ""
    place: str = ""


def read_articles(
    sources: Sequence[str], *, stdin: BinaryIO | None = None, warn: Warn = ignore
) -> Iterator[Article | Refusal]:
    """Give every article in ``sources``, in their order, and a refusal for each that cannot be read.

    A source is a file, a folder (read in sorted order, hidden files left out), a pattern, an
    http(s) address, or ``-`` for standard input. A file named twice is read once. An article without an
    id of its own is called as its file, without folder and ending. ``warn`` is told what was off about
    what was read all the same.
    """
    found = (found.item for found in read_with_paths(sources, stdin=stdin, warn=warn))
    return (item for item in found if not isinstance(item, Known))  # nothing is known here


def read_with_paths(
    sources: Sequence[str],
    *,
    stdin: BinaryIO | None = None,
    warn: Warn = ignore,
    memory: Memory | None = None,
) -> Iterator[Found]:
    """Give what ``read_articles`` gives, each with its place and the path of the file that gave it its id.

    Files that ``memory`` knows are not looked through: what it knows of their articles is given instead.
    """
    seen: set[str] = set()
    remembered = Memory() if memory is None else memory
    for source in sources:
        shown = redacted(source) if is_url(source) else source
        try:
            with guarded(shown):
                yield from _source(source, stdin, seen, warn, remembered)
        except InputError as error:
            yield Found(Refusal(shown, error), shown)


def _source(
    source: str, stdin: BinaryIO | None, seen: set[str], warn: Warn, memory: Memory
) -> Iterator[Found]:
    if source == "-":
        yield from _from_stdin(standard_input() if stdin is None else stdin, warn)
    elif is_url(source):
        yield from _from_url(source, warn)
    else:
        for path in paths(source, warn):
            if isinstance(path, Refusal):
                yield Found(path, path.source)
            elif (key := os.path.abspath(path)) not in seen:  # noqa: PTH100  (Path.resolve would follow links)
                seen.add(key)
                yield from _from_file(path, warn, memory)


def _namesake(item: Article | Known | Refusal, path: Path) -> Path | None:
    """Give the path whose stem is the id of the article (``report``, ``report#2``), else None."""
    if isinstance(item, Known):
        return path if item.named else None
    stem = re.escape(escaped(path.stem))
    named = isinstance(item, Article) and re.fullmatch(rf"{stem}(?:#\d+)?", item.id)
    return path if named else None


def _from_file(path: Path, warn: Warn, memory: Memory) -> Iterator[Found]:
    where = str(path)
    try:
        with guarded(where):
            require_regular(path)
            suffix, name, data = kinds.suffix_of(path), escaped(path.stem), bytes_of(path)
            seal = seal_of(data, suffix=suffix, name=name)
            known = [Found(each, where + each.place, seal=seal) for each in memory.recall(seal)]
            items = known or _looked_through(data, suffix, name, where, warn, memory, seal)
            yield from (each._replace(path=_namesake(each.item, path)) for each in items)
    except InputError as error:
        yield Found(Refusal(where, error), where)


def _looked_through(
    data: bytes, suffix: str, name: str, where: str, warn: Warn, memory: Memory, seal: str
) -> Iterator[Found]:
    """Give what the bytes of a file hold; of which anything was to be said, that is not remembered."""

    def tell(notice: Notice) -> None:
        memory.distrust(seal)
        warn(notice)

    memory.begin(seal)
    items = _of_bytes(data, suffix, name=name, where=where, warn=once(tell))
    for found in _refused(where, items):
        if isinstance(found.item, Refusal):
            memory.distrust(seal)
        yield found._replace(seal=seal, place=found.where.removeprefix(where))


def _of_bytes(data: bytes, suffix: str, *, name: str, where: str, warn: Warn) -> Iterator[Sited]:
    """Read the bytes of a file as its suffix says, if they bear it out."""
    if not data:
        raise InputError("is empty", where=where, hint=NOTHING)
    kinds.require_readable(data, suffix=suffix, where=where)
    if suffix == kinds.PDF:
        yield Sited(from_pdf(data, name=name, where=where, warn=warn), where)
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


def _parsed(text: str, suffix: str, *, name: str, where: str, warn: Warn) -> Iterator[Sited]:
    """Read decoded text as its suffix says, or as it is where that shows."""
    if suffix in (*kinds.HTML, *kinds.TEXT):
        require_bare(text, where=where)
    if suffix in kinds.HTML:
        yield Sited(_page_or_text(text, suffix, name=name, where=where, warn=warn), where)
    elif suffix in kinds.LINES:
        yield from from_json_lines(text, name=name, where=where, warn=warn)
    elif suffix == ".json":
        yield from from_json(text, name=name, where=where, warn=warn)
    elif kinds.is_page(text):
        warn(
            Notice(where, f"is a web page, and is read as one though it is named {suffix}", "Name it .html.")
        )
        yield Sited(from_page(text, name=name, where=where, warn=warn), where)
    elif kinds.is_record(text):
        hint = "Name it .json, or .jsonl with one object a line."
        raise InputError(f"is JSON, though it is named {suffix}", where=where, hint=hint)
    else:
        yield Sited(from_text(text, name=name, where=where, warn=warn), where)


def _page_or_text(text: str, suffix: str, *, name: str, where: str, warn: Warn) -> Article:
    if text.strip() == "" or kinds.has_markup(text):
        return from_page(text, name=name, where=where, warn=warn)
    what = f"has no tags, and is read as plain text though it is named {suffix}"
    warn(Notice(where, what, "Name it .txt, or save the page again."))
    return from_text(text, name=name, where=where, warn=warn)


def _refused(source: str, items: Iterable[Sited]) -> Iterator[Found]:
    empty = True
    for item, where in items:
        empty = False
        yield Found(item if isinstance(item, Article) else Refusal(item.where or source, item), where)
    if empty:
        raise InputError("is empty", where=source, hint=NOTHING)


def _from_stdin(stdin: BinaryIO, warn: Warn) -> Iterator[Found]:
    """Read standard input: JSON, a page, or plain text; its first signs tell."""
    data = limited_input(stdin)
    kinds.require_readable(data, suffix="", where="-")
    text = decode(data, where="-", declared=declared_charset(data))
    told = once(warn)
    if text.lstrip("\ufeff \t\r\n").startswith("{") or kinds.is_record(text):
        yield from _refused("-", _json_of_some_kind(text, "stdin", "-", told))
        return
    require_bare(text, where="-")
    if kinds.is_page(text):
        yield Found(from_page(text, name="stdin", where="-", warn=told), "-")
    else:
        yield Found(from_text(text, name="stdin", where="-", warn=told), "-")


def _json_of_some_kind(text: str, name: str, where: str, warn: Warn) -> Iterator[Sited]:
    """Read one object, on however many lines, or one object a line."""
    notices: list[Notice] = []
    whole = tuple(from_json(text, name=name, where=where, warn=notices.append))
    first = text.lstrip().split("\n", 1)[0].rstrip()
    fault = whole[0].item
    if isinstance(fault, InputError) and "broken JSON" in fault.what and first.endswith("}"):
        yield from from_json_lines(text, name=name, where=where, warn=warn)
        return
    for notice in notices:
        warn(notice)
    yield from whole


def _from_url(url: str, warn: Warn) -> Iterator[Found]:
    shown = redacted(url)
    response = fetch(url)
    html = "html" in response.kind
    kinds.require_readable(response.data, suffix=".html" if html else "", where=shown)
    declared = response.charset or (declared_charset(response.data) if html else None)
    data = _page_bytes(response.data, shown, warn) if html else response.data
    text = decode(data, where=shown, declared=declared)
    suffix = ".html" if html else ".json" if response.kind.endswith("json") else ".txt"
    for found in _refused(shown, _parsed(text, suffix, name=shown, where=shown, warn=once(warn))):
        item = found.item
        if isinstance(item, Article):
            item = replace(item, url=shown if html else item.url or shown)
        yield found._replace(item=item)
