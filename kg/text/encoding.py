"""Bytes to text: which encoding, and whether the result is text at all."""

from __future__ import annotations

import codecs
import re

from kg.errors import InputError

MOST_CHARACTERS = 2_000_000
"""Beyond this a text is a book or a mistake; spaCy needs 1 GB for every 400,000 characters."""

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_HINT = "Save it as UTF-8, or convert it: iconv -f windows-1252 -t utf-8."
_BINARY = "Give a text: .txt, .md, .html, .json or .jsonl."


def decode(data: bytes, *, where: str, declared: str | None = None) -> str:
    """Decode by the byte order mark, else as strict UTF-8, else as the page itself declares.

    Raises InputError with the offset of the first byte that does not fit.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, where, shift=len(mark))
    if b"\0" in data[:65536]:
        raise InputError("is binary, not text", where=where, hint=_BINARY)
    try:
        return _strict(data, "utf-8", where)
    except InputError:
        if declared is None:
            raise
    return _declared(data, declared, where)


def _strict(data: bytes, encoding: str, where: str, *, shift: int = 0) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start + shift
        what = f"is not {encoding}: byte {data[error.start]:#04x} at offset {at:,}"
        raise InputError(what, where=where, hint=_HINT) from error


def _declared(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeError) as error:
        what = f"is neither utf-8 nor the {encoding[:40]!r} it declares"
        raise InputError(what, where=where, hint=_HINT) from error


def check_text(text: str, *, where: str) -> str:
    """Give ``text`` back if it can be read; raises InputError for what is empty, binary or too long."""
    if text.strip("\ufeff \t\r\n\v\f\x85\xa0\u200b") == "" or text.isspace():
        raise InputError("is empty", where=where, hint="There is nothing to read; leave it out.")
    if len(text) > MOST_CHARACTERS:
        what = f"has {len(text):,} characters, more than {MOST_CHARACTERS:,}"
        raise InputError(what, where=where, hint="Give each article a file of its own.")
    if "\0" in text or _is_dense(text):
        raise InputError("is binary, not text", where=where, hint=_BINARY)
    broken = _SURROGATE.search(text)
    if broken is not None:
        what = f"has half a character (U+{ord(broken[0]):04X}) at character {broken.start():,}"
        raise InputError(what, where=where, hint="The text was cut or escaped wrongly where it was made.")
    return text


def _is_dense(text: str) -> bool:
    """Tell text with more control characters than one in twenty."""
    return len(_CONTROL.findall(text[:65536])) * 20 > min(len(text), 65536)
