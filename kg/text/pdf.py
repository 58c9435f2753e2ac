"""The text layer of a PDF, as paragraphs: the optional library pypdf reads it."""

# ruff: noqa: RUF001  (page numbers stand between dashes, sentences end in curly quotes)

from __future__ import annotations

import io
import logging
import re
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_PAGES = 400
MOST_BYTES = 30_000_000
SECONDS = 60.0
"""How long one PDF may take: some are made to take for ever."""

_EDGE = 2  # lines at the head and the foot of a page that may be running heads
_INSTALL = "pip install 'diplomacy-kg[pdf]', or convert it: pdftotext FILE."
_SCAN = "If it is a scan, recognise its text first (ocrmypdf IN OUT); if its text can be seen and marked, print it anew."
_BROKEN = "Repair it (qpdf IN OUT), or convert it to text: pdftotext FILE."
_NUMBER = re.compile(r"(?:page\s*)?[-–—|]?\s*\d{1,4}\s*(?:(?:of|/)\s*\d{1,4})?\s*[-–—|]?", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:][\"'”’)\]]*$")
_HYPHEN = re.compile(r"[^\W\d_][-\u2010\u00ad]$")


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a PDF and what it says of itself."""

    text: str
    title: str | None
    pages: int = 0
    silent: int = 0
    """Of so many pages how many have no text: scans, or left blank."""


def read_pdf(data: bytes, *, where: str) -> Document:
    """Give the text of a PDF; raises InputError for one that is locked, scanned, broken or too large."""
    if len(data) > MOST_BYTES:
        what = f"is a PDF of {len(data):,} bytes, more than {MOST_BYTES:,}"
        raise InputError(what, where=where, hint="Split it, or convert it to text: pdftotext FILE.")
    reader = _open(data, where)
    pages = [_lines(page) for page in _texts(reader, where)]
    if not pages:
        raise InputError("is a PDF without pages", where=where, hint=_BROKEN)
    text = "\n\n".join(paragraphs(without_running_heads(pages)))
    if sum(char.isalpha() for char in text) < 20:
        raise InputError("is a PDF without a text layer", where=where, hint=_SCAN)
    silent = sum(not any(map(str.isalpha, "".join(page))) for page in pages)
    return Document(text, _title(reader), len(pages), silent)


def _open(data: bytes, where: str) -> Any:
    try:
        import pypdf  # noqa: PLC0415  (an extra, which only PDFs need)
        from pypdf.errors import PyPdfError  # noqa: PLC0415  (as above)
    except ImportError as error:
        raise InputError("is a PDF, which pypdf is needed for", where=where, hint=_INSTALL) from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every fault that it got over
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            hint = "Remove the password: qpdf --decrypt --password=… IN OUT."
            raise InputError("is a PDF locked with a password", where=where, hint=hint)
        count = len(reader.pages)
    except (*_FAULTS, PyPdfError) as error:
        raise _broken(error, where) from error
    if count > MOST_PAGES:
        what = f"is a PDF of {count:,} pages, more than {MOST_PAGES}"
        raise InputError(what, where=where, hint="Split it: qpdf IN --pages . 1-100 -- OUT.")
    return reader


# pypdf follows what a file says of itself, so a broken file breaks it in any of these ways.
_FAULTS = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, RecursionError,
    ArithmeticError, NotImplementedError, OSError, MemoryError, UnicodeError, ImportError, EOFError,
)  # fmt: skip


def _broken(error: BaseException, where: str) -> InputError:
    told = " ".join(str(error).split())[:80]
    return InputError(f"is a broken PDF ({told or type(error).__name__})", where=where, hint=_BROKEN)


def _texts(reader: Any, where: str) -> Iterator[str]:
    """Give the text of each page; a page that is broken counts as the whole file."""
    from pypdf.errors import PyPdfError  # noqa: PLC0415  (as above)

    end = time.monotonic() + SECONDS
    for number, page in enumerate(reader.pages, 1):
        try:
            yield page.extract_text()
        except (*_FAULTS, PyPdfError) as error:
            raise _broken(error, f"{where} page {number}") from error
        if time.monotonic() > end:
            what = f"takes longer than {SECONDS:g} seconds to read: page {number} was the last"
            raise InputError(what, where=where, hint="Convert it to text: pdftotext FILE.")


def _title(reader: Any) -> str | None:
    from pypdf.errors import PyPdfError  # noqa: PLC0415  (as above)

    try:
        told = reader.metadata.title if reader.metadata is not None else None
    except (*_FAULTS, PyPdfError):
        return None
    words = " ".join(told.split()) if isinstance(told, str) else ""
    # Many programs write the name of their file there.
    fits = len(words.split()) > 2 and words.isprintable() and len(words) < 300
    return words if fits else None


def _lines(page: str) -> list[str]:
    """Give the lines of a page, blank ones too; what is no character is left out."""
    plain = re.sub(r"[\ud800-\udfff\0]", "", page)
    return [" ".join(line.split()) for line in plain.splitlines()]


def without_running_heads(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Give the pages without page numbers, and without the lines at their edges that most pages share."""
    edges = Counter(_bare(line) for page in pages for line in {*_edge_lines(page)})
    repeated = {line for line, count in edges.items() if count >= max(3, len(pages) / 2)}
    return [
        [
            line
            for place, line in enumerate(page)
            if not (_is_edge(place, page) and (_NUMBER.fullmatch(line) or _bare(line) in repeated))
        ]
        for page in (_stripped(page) for page in pages)
    ]


def _stripped(page: Sequence[str]) -> list[str]:
    told = [place for place, line in enumerate(page) if line]
    return list(page[told[0] : told[-1] + 1]) if told else []


def _is_edge(place: int, page: Sequence[str]) -> bool:
    return place < _EDGE or place >= len(page) - _EDGE


def _edge_lines(page: Sequence[str]) -> list[str]:
    lines = _stripped(page)
    return [line for place, line in enumerate(lines) if line and _is_edge(place, lines)]


def _bare(line: str) -> str:
    """Give a line without its numbers: heads differ in the number of the page."""
    return re.sub(r"\d+", "#", line).casefold()


def paragraphs(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """Join lines to paragraphs, across pages too; a word cut at the end of a line is one word again."""
    lines = [line for page in pages for line in (*_stripped(page), None)]
    widest = _usual_width(line for line in lines if line)
    text = ""
    for line in lines:
        if line is None and text and not _ENDS.search(text):
            continue  # the sentence goes on over the page
        if not line:
            if text:
                yield text
            text = ""
            continue
        first, text = text == "", _join(text, line)
        heads = first and not _HYPHEN.search(line)
        if len(line) < 0.75 * widest and (_ENDS.search(line) or heads):
            yield text  # a short last line, or a heading
            text = ""
    if text:
        yield text


def _join(text: str, line: str) -> str:
    if _HYPHEN.search(text):
        return text[:-1] + line if line[:1].islower() else text + line
    return f"{text} {line}" if text else line


def _usual_width(lines: Iterator[str]) -> int:
    """Give the width that most full lines have: of ten lines, the ninth in length."""
    widths = sorted(len(line) for line in lines)
    return widths[len(widths) * 9 // 10] if widths else 0
