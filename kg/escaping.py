"""Names of files and ids as one printable line: what cannot be seen is written as an escape."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # between letters of Persian, and in emoji


def escaped(text: str) -> str:
    r"""Give ``text`` with ``\n``, ``\x1b``, ``\u202e`` for what would break a line or hide on a terminal.

    A byte of a file name that is not UTF-8 (Python keeps it as half a character) is told as that byte, ``\xff``.
    """
    if text.isprintable():
        return text
    return "".join(_escape(char) if _is_unseen(char) else char for char in text)


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in _UNSEEN and char not in _JOINERS


def _escape(char: str) -> str:
    point = ord(char)
    byte = point - 0xDC00 if 0xDC80 <= point <= 0xDCFF else None
    return f"\\x{byte:02x}" if byte is not None else ascii(char)[1:-1]
