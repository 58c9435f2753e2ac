"""Words hammered on: the same phrase over and over inside one paragraph."""

# ruff: noqa: RUF001  (news is set with curly quotes and long dashes)

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
LONGEST_PHRASE = 12
_TWICE_MORE = 4
"""By how many the words outnumber the kinds of three in a row where one kind is told thrice: the last two begin none."""


def spam_stretches(text: str) -> tuple[tuple[int, int, str], ...]:
    """Give start, end and phrase of each stretch that repeats a phrase, in order, apart.

    Three times in a row for phrases of three words and more, four for two, six for one: people
    do say "no, no, no".
    """
    folded = [word.casefold() for word in _WORD.findall(text)]
    # Every such run holds some three words in a row at least three times; few paragraphs do.
    if len(folded) - len(set(zip(folded, folded[1:], folded[2:], strict=False))) < _TWICE_MORE:
        return ()
    words = [found.span() for found in _WORD.finditer(text)]
    runs = sorted(_runs(folded), key=lambda run: (run[0] - run[1], run[2]))
    taken: list[tuple[int, int, str]] = []
    for start, end, period in runs:
        first, last = words[start][0], _closing(text, words[end - 1][1])
        if all(last <= a or b <= first for a, b, _ in taken):
            taken.append((first, last, text[first : words[start + period - 1][1]].casefold()))
    return tuple(sorted(taken))


def _runs(words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Give start, end and period, in words, of every repetition long enough."""
    for period in range(1, min(LONGEST_PHRASE, len(words) // 3) + 1):
        start = 0
        for at in range(period, len(words) + 1):
            if at < len(words) and words[at] == words[at - period]:
                continue
            if at - start >= period * _times(period):
                yield start, at, period
            start = at - period + 1


def _times(period: int) -> int:
    return {1: 6, 2: 4}.get(period, 3)


def _closing(text: str, at: int) -> int:
    """Take the punctuation that directly follows into the stretch."""
    while at < len(text) and text[at] in ".,;!?|":
        at += 1
    return at
