"""Text made fit for analysis, each character knowing where it came from."""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LONGEST_RUN = 16
"""spaCy is quadratic on runs (8,000 brackets took 30 s); no real text has longer ones."""

_HYPHENS = "\u2010\u2011\u2043"
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
_FILLERS = "\u115f\u1160\u3164\uffa0"  # letters by their category, though they show nothing
_BLANK = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x85")
_OFFSETS = "I"  # array type: offsets below 4 billion
BULLETS = frozenset("\uf06c\uf06e\uf075\uf076\uf0a7\uf0b7\uf0d8\uf0e0\uf0fc")
"""Signs of the fonts Symbol and Wingdings that word processors put before the items of a list."""

_LIGATURE = re.compile("[\ufb00-\ufb06]")
_LONG_RUN = re.compile(rf"[\W_]{{{LONGEST_RUN + 1}}}|([^\W_])\1{{{LONGEST_RUN}}}")

Piece = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Traced:
    """Analysis text; character ``i`` stands for the original from ``starts[i]`` to ``ends[i]``."""

    text: str
    starts: array[int]
    ends: array[int]

    def cut(self, start: int, end: int | None = None) -> Traced:
        """Give the stretch between two positions, without blanks at its ends."""
        stop = len(self.text) if end is None else end
        while start < stop and self.text[start] == " ":
            start += 1
        while start < stop and self.text[stop - 1] == " ":
            stop -= 1
        return Traced(self.text[start:stop], self.starts[start:stop], self.ends[start:stop])

    def pick(self, positions: Sequence[int]) -> Traced:
        """Give just the characters at ``positions``, without blanks at the ends."""
        chosen = Traced(
            "".join(self.text[i] for i in positions),
            array(_OFFSETS, (self.starts[i] for i in positions)),
            array(_OFFSETS, (self.ends[i] for i in positions)),
        )
        return chosen.cut(0)


def trace(text: str, start: int = 0, end: int | None = None) -> Traced:
    """Normalise a stretch of ``text``: NFC, plain spaces and hyphens, no invisible signs, no ligatures."""
    stop = len(text) if end is None else end
    said = _one_for_one(text[start:stop])
    if said is not None:
        places = (array(_OFFSETS, range(first, first + len(said))) for first in (start, start + 1))
        return _without_gaps(Traced(said, *places).cut(0))
    kept = [(char, place) for place, char in enumerate(text[start:stop], start) if _fate(char) != ""]
    if _LIGATURE.search(text, start, stop) is not None:
        kept = [(letter, place) for char, place in kept for letter in _letters(char)]
    return _without_gaps(_collect(_compose(kept)))


def _one_for_one(text: str) -> str | None:
    """Give the analysis text of one in which no character but blanks at its ends goes or melts, as in most lines."""
    said = text.translate({ord(char): _fate(char) for char in set(text)})
    stays = (
        len(said) == len(text)
        and "  " not in said.strip(" ")
        and unicodedata.is_normalized("NFC", text)
        and _LIGATURE.search(text) is None
        and _LONG_RUN.search(said) is None
    )
    return said if stays else None


# The Arabic article with a blank behind its hyphen, as web pages have it: "al- Bashir".
_GAP = re.compile(r"(?<![\w-])(?:[AaEeUu]l|[Aa][nrstdz]|[Aa]sh)-( )(?=\w)")


def _without_gaps(whole: Traced) -> Traced:
    """Join the Arabic article to its name, wherever the case of the name is told."""
    gaps = {found.start(1) for found in _GAP.finditer(whole.text) if whole.text[found.end()].isupper()}
    return whole.pick([i for i in range(len(whole.text)) if i not in gaps]) if gaps else whole


def normal(text: str) -> str:
    """Normalise ``text`` as ``trace`` does and forget the offsets."""
    return trace(text).text


def join(parts: Iterable[Traced], separator: str) -> Traced:
    """Put parts together; a separator stands for the empty place behind the part before it."""
    texts: list[str] = []
    starts, ends = array(_OFFSETS), array(_OFFSETS)
    for part in parts:
        if texts:
            gap = [ends[-1] if ends else 0] * len(separator)
            starts.extend(gap)
            ends.extend(gap)
        texts.append(part.text)
        starts.extend(part.starts)
        ends.extend(part.ends)
    return Traced(separator.join(texts), starts, ends)


@lru_cache(maxsize=8192)
def _fate(char: str) -> str:
    """Say what stands for ``char`` in analysis text; nothing if it is removed."""
    if char in _BLANK:
        return " "
    if char in _HYPHENS:
        return "-"
    category = unicodedata.category(char)
    if category == "Co":  # of a private font: what it shows is not told
        return "•" if char in BULLETS else " "
    if category[0] == "Z":
        return " "
    return "" if category in _INVISIBLE or char in _FILLERS or _is_noncharacter(char) else char


def _letters(char: str) -> str:
    """Give the letters of a ligature of print, any other character as it is."""
    return unicodedata.normalize("NFKC", char) if _LIGATURE.match(char) else char


def _is_noncharacter(char: str) -> bool:
    """Tell code points that never carry text, and the selectors that only change a picture."""
    point = ord(char)
    return 0xFDD0 <= point <= 0xFDEF or point & 0xFFFE == 0xFFFE or 0xFE00 <= point <= 0xFE0F


@lru_cache(maxsize=8192)
def _leans_back(char: str) -> bool:
    """Tell a character that may melt into the one before it: a mark, a vowel or final jamo."""
    return unicodedata.category(char)[0] == "M" or 0x1160 <= ord(char) <= 0x11FF


def _compose(kept: list[tuple[str, int]]) -> Iterator[Piece]:
    """Give the NFC characters; those of one combining sequence all span the whole of it."""
    if unicodedata.is_normalized("NFC", "".join(char for char, _ in kept)):
        yield from ((_fate(char), place, place + 1) for char, place in kept)
        return
    at = 0
    while at < len(kept):
        stop = at + 1
        while stop < len(kept) and _leans_back(kept[stop][0]):
            stop += 1
        composed = unicodedata.normalize("NFC", "".join(char for char, _ in kept[at:stop]))
        yield from ((_fate(char), kept[at][1], kept[stop - 1][1] + 1) for char in composed)
        at = stop


def _collect(pieces: Iterable[Piece]) -> Traced:
    """Gather the pieces; one blank for many, and no run beyond the longest sensible one."""
    chars: list[str] = []
    starts, ends = array(_OFFSETS), array(_OFFSETS)
    last, alike, signs = " ", 0, 0
    for char, start, end in pieces:
        if char == " " and last == " ":
            continue
        alike = alike + 1 if char == last else 1
        signs = 0 if char.isalnum() else signs + 1
        last = char
        if alike > LONGEST_RUN or signs > LONGEST_RUN:
            continue
        chars.append(char)
        starts.append(start)
        ends.append(end)
    return Traced("".join(chars), starts, ends).cut(0)
