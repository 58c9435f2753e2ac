"""What is odd about a text that can be read: signs that hide, letters that look alike, no prose."""

# ruff: noqa: RUF001  (letters that look alike are what this is about)

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.text.boilerplate import boilerplate
from kg.text.language import ONLY_ENGLISH, foreign_parts
from kg.text.normal import BULLETS

if TYPE_CHECKING:
    from collections.abc import Iterator

Oddity = tuple[str, str]
"""What is odd, and what can be done."""

_LOOKED_AT = 200_000  # characters; what is odd shows long before
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_C1 = re.compile(r"[\x80-\x84\x86-\x9f]")
_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_OVERRIDES = "\u202d\u202e"
_INVISIBLE = re.compile(r"[\u200b\u2060-\u2064\ufeff\u180e\u115f\u1160\u3164\ufe00-\ufe0e]|(?<=\w)\ufe0f")
_TAGS = re.compile(r"(?<!\U0001f3f4)[\U000e0020-\U000e007e]+")  # behind a black flag they make another flag
_MANY = 10
_LOST = "\ufffd"
_TWICE = re.compile(r"â€[œ\x9d™˜“”–—¦]|Ã[\xa0-\xbf\u2030¤¶¼©¨«®±³´µº»]|Â[\xa0«»°§]|â\x80[\x80-\xbf]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_PILED = re.compile("[^\\W\\d_]?[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{4,}")
_SEVEN = re.compile(r"\+(?:A[A-P]|IB)[A-Za-z0-9+/]{1,6}-")
_WORD = re.compile(r"[^\W\d_]{3,}")
_SOURCE = "Take the text from its source again, if names look wrong."
_ENDS = re.compile(r"[^\W\d_]{2}[\"'”’)\]]*[.!?…][\"'”’)\]]*(?:\s|$)")
_LONG_LINE = 6  # words: a shorter line is an item of a list or of a menu
_CODE = re.compile(
    r"^\s*(?:def |class |import |from \w+ import|#include|function |return\b|(?:public|private|static|var|let|const) )"
    r"|[;{}]\s*$|=>|^\s*</?\w+[^>]*>\s*$|^\s*[\w.\[\]'\"]+\s*[-+]?=[^=]|^\s*[\w.]+\(.*[)(,{\[]\s*$"
    r"|^\s*(?:if|for|while|with|elif|try|except|else)\b[^.]*:\s*$"
)
_NO_PROSE = "Check that it is the right file: little or nothing is read of such a text."


def oddities(text: str, partly: Oddity | None = None) -> Iterator[Oddity]:
    """Give what is odd about the text of an article, each with what can be done.

    ``partly`` is what makes it one of which only a part is read; the same is not told in other words.
    """
    sample = text[:_LOOKED_AT]
    yield from _signs(sample)
    alike = tuple(_letters(sample))
    yield from alike
    if partly is not None:
        yield partly
    elif (odd := no_prose(sample)) is not None:
        yield odd, _NO_PROSE
    told_apart = _WORD.sub(lambda word: "" if _is_mixed(word[0]) else word[0], sample) if alike else sample
    for part in foreign_parts(told_apart):
        what = f"is partly in {part}"
        if partly is None or partly[0] != what:
            yield what, ONLY_ENGLISH


def _signs(text: str) -> Iterator[Oddity]:
    """Tell of signs that are not shown, or that were lost."""
    controls = _CONTROL.findall(text)
    twice = _TWICE.findall(text)
    if controls and len(twice) < 2:
        c1 = len(_C1.findall(text)) * 2 > len(controls)
        hint = "It was converted from windows-1252 as if it were latin-1; convert it anew." if c1 else _SOURCE
        yield f"has {_counted(len(controls), 'control character')}, which are left out", hint
    turns = _TURNS.findall(text)
    if any(turn in _OVERRIDES for turn in turns) or _unpaired(text):
        yield f"has signs that turn the direction of writing ({len(turns):,}), left out", _SOURCE
    hidden = sum(len(found) for found in _TAGS.findall(text))
    if hidden:
        yield (
            f"has {_counted(hidden, 'hidden tag character')}, left out",
            "Hidden words may have been put in.",
        )
    invisible = len(_INVISIBLE.findall(text))
    if invisible >= _MANY:
        yield f"has {invisible:,} invisible characters, left out", _SOURCE
    lost = text.count(_LOST)
    if lost:
        yield f"has {_counted(lost, 'letter')} lost (U+FFFD)", "Convert it from its source again."
    private = sum(sign not in BULLETS for sign in _PRIVATE.findall(text))
    if private:
        yield f"has {_counted(private, 'character')} of a private font, read as blanks", _SOURCE
    piled = _PILED.findall(text)
    if piled:
        yield (
            f"has {_counted(len(piled), 'letter')} under a pile of marks",
            f"Names are not recognised so. {_SOURCE}",
        )
    seven = _SEVEN.findall(text)
    if seven:
        what = f"has {_counted(len(seven), 'group')} of signs such as {seven[0]!r}: it is probably utf-7"
        yield what, "Convert it: iconv -f utf-7 -t utf-8."
    if len(twice) >= 2:
        what = f"has {len(twice):,} groups of signs such as {twice[0]!r}: it was decoded wrongly"
        yield what, "Convert it anew: iconv -f utf-8 -t windows-1252 FILE, and read the outcome as UTF-8."


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _unpaired(text: str) -> bool:
    """Tell whether an embedding or isolate is not closed in its line."""
    for line in text.splitlines():
        if _TURNS.search(line) is None:
            continue
        opened = sum(line.count(sign) for sign in "\u202a\u202b\u202d\u202e")
        isolated = sum(line.count(sign) for sign in "\u2066\u2067\u2068")
        if opened != line.count("\u202c") or isolated != line.count("\u2069"):
            return True
    return False


def _letters(text: str) -> Iterator[Oddity]:
    """Tell of words of letters that only look Latin: they are no names that anything is known of."""
    if text.isascii():
        return
    mixed = [word for word in _WORD.findall(text) if not word.isascii() and _is_mixed(word)]
    if mixed:
        what = f"has {_counted(len(mixed), 'word')} of Latin letters mixed with look-alikes, such as {mixed[0][:30]!r}"
        yield what, "Names are not recognised in them: take the text from its source again."


def _is_mixed(word: str) -> bool:
    scripts = {_script(char) for char in word}
    return "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    return unicodedata.name(char, "").split(" ", 1)[0]


def no_prose(text: str) -> str | None:
    """Say what a text looks like that is no running text; None for one that is."""
    words = text.split()
    letters = sum(
        count
        for char, count in Counter(text).items()
        if char.isalpha() or unicodedata.category(char)[0] == "M"
    )
    if letters * 2 < sum(map(len, words)):
        return "is mostly numbers and signs"
    if max(map(len, words), default=0) * 2 > len(text) > 500:
        return "is mostly one run of letters without blanks (encoded data?)"
    lines = [line for line in text.splitlines() if line.strip()]
    if sum(_CODE.search(line) is not None for line in lines) * 2 > len(lines) > 5:
        return "looks like program code"
    few = len({word.casefold() for word in words}) * 40 < len(words)
    if few and len(words) > 200:
        return "says the same few words over and over"
    if len(words) > 2 and sum(boilerplate(line) is not None for line in lines[:400]) * 2 > len(lines[:400]):
        return "is mostly page furniture (menu, notices), no article"
    return None if any(map(_is_sentence, lines)) else "has no sentence in it"


def _is_sentence(line: str) -> bool:
    count = len(line.split())
    return count >= _LONG_LINE or (count >= 3 and _ENDS.search(line) is not None)


def marks_over_letters(text: str) -> bool:
    """Tell a text overlaid with marks, more than two on a letter, as nobody writes."""
    kinds: Counter[str] = Counter()
    for char, count in Counter(text[:20_000]).items():
        kinds[unicodedata.category(char)[0]] += count
    return kinds["M"] > 2 * kinds["L"] > 0
