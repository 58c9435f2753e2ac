"""Names made comparable: without case, accents, hyphens, or the spelling of one language."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_JARO_WINKLER = 0.95
_LOWER = 0.9
_LONG = 7
_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans(
    {
        "\u0131": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ə": "a",
    }
)
_SPELLINGS = (
    (re.compile(r"iy|yy|ii|ij|yi|y|j"), "i"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"w"), "v"),
    (re.compile(r"ou"), "u"),
    (re.compile(r"(.)\1+"), r"\1"),
)


class Word(NamedTuple):
    """A word of a text: folded, and where it stands."""

    folded: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """Give a word in lower case and without accents."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.lower().translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)


def words(text: str) -> Iterator[Word]:
    """Give the words of a text in order: runs of letters and digits."""
    for match in _WORD.finditer(unicodedata.normalize("NFC", text) if not text.isascii() else text):
        yield Word(fold_word(match[0]), *match.span())


def fold(text: str) -> str:
    """Give the folded words of a text, one blank between them."""
    plain = text if text.isascii() else unicodedata.normalize("NFC", text)
    return " ".join(map(fold_word, _WORD.findall(plain)))


def slug(text: str) -> str:
    """Give a name as the last part of a key: ``José Ramos-Horta`` as ``jose-ramos-horta``."""
    return fold(text.replace("'", "").replace("\u2019", "")).replace(" ", "-") or "unnamed"


@lru_cache(maxsize=16384)
def sound(text: str) -> str:
    """Give a folded name with the common ways to transliterate it made one."""
    plain = fold(text)
    for pattern, letter in _SPELLINGS:
        plain = pattern.sub(letter, plain)
    return plain


def is_misspelled(text: str, name: str) -> bool:
    """Tell whether two folded full names differ by one edit a word and are close on the whole.

    A single letter dropped early costs Jaro-Winkler more than it should, so it is let through in a
    long word.
    """
    from rapidfuzz.distance import JaroWinkler, Levenshtein  # noqa: PLC0415  (only names not found need it)

    one, other = text.split(), name.split()
    if len(one) != len(other) or len(one) < 2:
        return False
    likeness = JaroWinkler.similarity(text, name)
    edits = [Levenshtein.distance(a, b) for a, b in zip(one, other, strict=True)]
    if likeness < _JARO_WINKLER:
        longest = (
            max(len(word) for word, edit in zip(other, edits, strict=True) if edit > 0) if any(edits) else 0
        )
        return likeness >= _LOWER and sum(edits) == 1 and longest >= _LONG
    return all(
        edit == 0 or (edit == 1 and len(a) > 3) or _is_swapped(a, b)
        for edit, a, b in zip(edits, one, other, strict=True)
    )


def _is_swapped(one: str, other: str) -> bool:
    """Tell whether two neighbouring letters are swapped: ``Kier`` for ``Keir``."""
    differ = [i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    return (
        len(one) == len(other)
        and len(differ) == 2
        and differ[1] == differ[0] + 1
        and sorted(one) == sorted(other)
    )


def likeness(wanted: str, name: str) -> tuple[float, str]:
    """Give how like a searched text a folded name is, from 0 to 1, and in what way."""
    if name == wanted:
        return 1.0, "has the name"
    if wanted in name.split():
        return 0.8, "a word of"
    if len(wanted) >= 3 and name.startswith(wanted):
        return 0.7, "begins like"
    if len(wanted) >= 5 and abs(len(name) - len(wanted)) <= 2 and name[0] == wanted[0]:
        return _closeness(wanted, name)
    return 0.0, ""


def _closeness(wanted: str, name: str) -> tuple[float, str]:
    from rapidfuzz.distance import JaroWinkler  # noqa: PLC0415  (only a search needs it)

    score = JaroWinkler.similarity(wanted, name)
    return (round(score * 0.7, 3), "spelled almost like") if score >= 0.92 else (0.0, "")
