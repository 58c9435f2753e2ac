"""Bytes to text: which encoding, and whether the result is text at all."""

from __future__ import annotations

import codecs
import re

from kg.errors import InputError

MOST_CHARACTERS = 1_000_000
"""The longest text that spaCy takes; a longer one is a book or a mistake."""

MOST_WITH_GAPS = 5_000_000
"""The longest text of which only the words count."""

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_GAP = re.compile(r"\s+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_MACINTOSH = re.compile(rb"[A-Za-z][\x87-\x8b\x8d-\x90\x9f][a-z]")
"""Letters there; in Windows-1252 signs, capitals or nothing, none of which stands inside a word."""

_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")  # bytes that Windows-1252 does not use
NOTHING = "There is nothing to read; leave it out."
_BINARY = "Give a text: .txt, .md, .html, .json or .jsonl."
_CUT = "The file was cut or damaged: take it from its source again."
_SAMPLE = 65_536


def decode(data: bytes, *, where: str, declared: str | None = None) -> str:
    """Decode by the byte order mark, else as strict UTF-8, else as the page itself declares.

    Raises InputError with the offset of the first byte that does not fit.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, where, shift=len(mark))
    if b"\0" in data[:_SAMPLE]:
        raise _with_nul(data[:_SAMPLE], where)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if declared is None:
            raise _not_utf8(data, error, where) from error
    return _declared(data, declared, where)


def _marked(data: bytes, encoding: str, where: str, *, shift: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start + shift
        what = f"is not {encoding}, as its first bytes say: byte {data[error.start]:#04x} at offset {at:,}"
        raise InputError(what, where=where, hint=_CUT) from error


def _with_nul(sample: bytes, where: str) -> InputError:
    """Tell UTF-16 and UTF-32 without a mark from what is no text."""
    encoding = wide_encoding(sample)
    if encoding is None:
        what = f"is binary, not text: a NUL byte at offset {sample.index(0):,}"
        return InputError(what, where=where, hint=_BINARY)
    what = f"is probably {encoding} without a byte order mark"
    return InputError(what, where=where, hint=_convert(encoding))


def wide_encoding(sample: bytes) -> str | None:
    """Give the encoding of two or four bytes a character that the places of the NUL bytes tell of."""
    whole = sample[: len(sample) // 4 * 4]
    if len(whole) < 8:
        return None
    nuls = [whole[place::4].count(0) / (len(whole) // 4) for place in range(4)]
    first, second, third, fourth = (share < 0.3 for share in nuls)
    layouts = {
        (True, False, True, False): "utf-16le",
        (False, True, False, True): "utf-16be",
        (True, False, False, False): "utf-32le",
        (False, False, False, True): "utf-32be",
    }
    sure = all(share < 0.3 or share > 0.6 for share in nuls)
    return layouts.get((first, second, third, fourth)) if sure else None


def without_nuls(data: bytes) -> bytes:
    """Give bytes without their NULs, if these are so few that the rest is text: one in a hundred at most."""
    count = data.count(0)
    marked = any(data.startswith(mark) for mark, _ in _MARKS)
    few = 0 < count * 100 <= len(data) and not marked and wide_encoding(data[:_SAMPLE]) is None
    return data.replace(b"\0", b"") if few else data


def _not_utf8(data: bytes, error: UnicodeDecodeError, where: str) -> InputError:
    what = f"is not utf-8: byte {data[error.start]:#04x} at offset {error.start:,}"
    if error.reason == "unexpected end of data" and len(data) - error.start < 4:
        return InputError(f"{what} begins a character that is cut off", where=where, hint=_CUT)
    encoding = _probable(data[:_SAMPLE])
    if encoding is None:
        hint = "Save it as UTF-8, or convert it: iconv -f ITS-ENCODING -t utf-8."
        return InputError(what, where=where, hint=hint)
    return InputError(f"{what}; it is probably {encoding}", where=where, hint=_convert(encoding))


def _convert(encoding: str) -> str:
    return f"Save it as UTF-8, or convert it: iconv -f {encoding} -t utf-8."


def _probable(sample: bytes) -> str | None:
    """Guess the encoding: few high bytes are those of a Western text; what has many is no English."""
    if sample.count(b"\x40") * 10 > len(sample) > sample.count(b" ") * 50:
        return "ibm037"  # the blank of mainframes
    runs = [len(run) for run in _HIGH.findall(sample)]
    pairs = all(run % 2 == 0 for run in runs)  # as letters of two bytes come
    if _MACINTOSH.search(sample) is not None:
        return "macintosh"
    western = sum(runs) * 7 < len(sample) and not pairs and _UNDEFINED.search(sample) is None
    return "windows-1252" if western else None


def _declared(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeError) as error:
        what = f"is neither utf-8 nor the {encoding[:40]!r} it declares"
        guess = _probable(data[:_SAMPLE])
        hint = _convert(guess if guess is not None else "ITS-ENCODING")
        raise InputError(what, where=where, hint=hint) from error


def check_text(text: str, *, where: str, most: int = MOST_CHARACTERS) -> str:
    """Give ``text`` back if it can be read; raises InputError for what is empty, binary or too long."""
    if text.strip("\ufeff \t\r\n\v\f\x85\xa0\u200b") == "" or text.isspace():
        raise InputError("is empty", where=where, hint=NOTHING)
    count = len(text) if len(text) <= most else _without_gaps(text)
    if count > most:
        what = f"has {count:,} characters, more than {most:,}"
        raise InputError(what, where=where, hint="Give each article a file of its own.")
    if "\0" in text:
        what = f"has a NUL character at character {text.index(chr(0)):,}: broken or binary, not text"
        raise InputError(what, where=where, hint="Remove it, or take the text from its source again.")
    if _is_dense(text):
        what = "is binary, not text: more than one character in ten is a control character"
        raise InputError(what, where=where, hint=_BINARY)
    broken = _SURROGATE.search(text)
    if broken is not None:
        what = f"has half a character (U+{ord(broken[0]):04X}) at character {broken.start():,}"
        raise InputError(what, where=where, hint="The text was cut or escaped wrongly where it was made.")
    return text


def _without_gaps(text: str) -> int:
    """Count characters; a run of blanks and line ends counts as one, up to the size of a page."""
    return len(text) if len(text) > MOST_WITH_GAPS else len(_GAP.sub(" ", text))


def _is_dense(text: str) -> bool:
    """Tell text with more control characters than one in ten; fewer are left out, and told of."""
    return len(_CONTROL.findall(text[:_SAMPLE])) * 10 > min(len(text), _SAMPLE)
