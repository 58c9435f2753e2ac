"""Blocks that say again what was said, and what trails behind a second copy."""

# ruff: noqa: RUF001  (news is set with curly quotes and long dashes)

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.text.layout import KEPT, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.text.blocks import Draft

ALIKE = 0.6
"""Containment or Jaccard of word trigrams from which two blocks say the same; measured on real articles."""

_SHORTEST = 6  # words; shorter blocks are duplicates only if equal
_CROWDED = 20  # a trigram in more blocks than this tells them apart no longer
_NEGATIONS = frozenset(
    {
        "not",
        "no",
        "never",
        "without",
        "nor",
        "neither",
        "none",
        "cannot",
        "refused",
        "refuses",
        "denied",
        "denies",
        "cancelled",
        "canceled",
        "postponed",
    }
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[“\"])\W*[^\W_]+(?:['’.-][^\W_]+)*")
Trigram = tuple[str, str, str]


def is_kept(draft: Draft) -> bool:
    """Tell whether a decided draft goes into the view."""
    return draft.kind in KEPT and draft.reason != "picture credit"


def mark_duplicates(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Mark every block that repeats an earlier kept one and brings no new name, number or denial."""
    exact: dict[tuple[str, ...], int] = {}
    index: defaultdict[Trigram, list[int]] = defaultdict(list)
    result = list(drafts)
    for i, draft in enumerate(drafts):
        if not is_kept(draft):
            continue
        words = tuple(word.casefold() for word in words_of(draft.text))
        earlier = exact.get(words)
        if earlier is None:
            earlier = _near(i, words, index, drafts)
        if earlier is None:
            exact[words] = i
            _enter(index, words, i)
        else:
            result[i] = replace(draft, kind="duplicate", reason=f"says again what block {earlier} says")
    return tuple(result)


def mark_unrelated(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Mark what follows a second copy of the article, or a box, and names nobody the article names."""
    copy = _second_copy(drafts)
    if copy is None:
        return tuple(drafts)
    known = {
        word.casefold() for d in drafts[:copy] if is_kept(d) for word in words_of(d.text) if word[0].isupper()
    }
    return tuple(
        replace(draft, kind="unrelated", reason="behind the article and shares no name with it")
        if i > copy and is_kept(draft) and _is_foreign(draft.text, known)
        else draft
        for i, draft in enumerate(drafts)
    )


def mark_hanging(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Mark headings at the end, with nothing kept under them."""
    result = list(drafts)
    for i in reversed(range(len(result))):
        if result[i].kind == "heading":
            result[i] = replace(result[i], kind="menu", reason="a heading with nothing under it")
        elif is_kept(result[i]):
            break
    return tuple(result)


def _trigrams(words: Sequence[str]) -> frozenset[Trigram]:
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def _enter(index: defaultdict[Trigram, list[int]], words: Sequence[str], place: int) -> None:
    for trigram in _trigrams(words):
        if len(index[trigram]) < _CROWDED:
            index[trigram].append(place)


def _near(
    place: int, words: Sequence[str], index: defaultdict[Trigram, list[int]], drafts: Sequence[Draft]
) -> int | None:
    """Give the first earlier block that is much the same and leaves nothing new to tell.

    Most trigrams of the later are in the earlier; as the union is never smaller, Jaccard cannot be higher.
    """
    own = _trigrams(words)
    if len(words) < _SHORTEST:
        return None
    shared = Counter(i for trigram in own for i in index.get(trigram, ()))
    alike = [i for i in sorted(shared) if shared[i] >= ALIKE * len(own)]
    telling = {word.casefold() for word in _telling(drafts[place].text)} if alike else set()
    return next((i for i in alike if telling <= {word.casefold() for word in words_of(drafts[i].text)}), None)


def _telling(text: str) -> Iterator[str]:
    """Give the words that make a fact another one: names, numbers, denials."""
    for word in (*_names(text), *words_of(text)):
        if (
            word[0].isupper()
            or any(c.isdigit() for c in word)
            or word.casefold() in _NEGATIONS
            or "n’t" in word
            or "n't" in word
        ):
            yield word


def _names(text: str) -> list[str]:
    """Give the capitalised words that do not open a sentence."""
    return [word for word in words_of(_SENTENCE_START.sub(" ", text)) if word[0].isupper()]


def _second_copy(drafts: Sequence[Draft]) -> int | None:
    """Give where the second copy of the article, or the first box behind prose, begins."""
    repeated = [i for i, draft in enumerate(drafts) if draft.kind == "duplicate"]
    kept = sum(map(is_kept, drafts[: repeated[0]])) if repeated else 0
    boxes = (i for i, d in enumerate(drafts) if d.reason.startswith("in the box") and _has_prose(drafts[:i]))
    copies = repeated[:1] if len(repeated) >= max(3, 0.3 * kept) else []
    return min((*copies, *boxes), default=None)


def _has_prose(drafts: Sequence[Draft]) -> bool:
    return sum(draft.kind == "paragraph" for draft in drafts) >= 3


def _is_foreign(text: str, known: set[str]) -> bool:
    names = {name.casefold() for name in _names(text)}
    return bool(names) and names.isdisjoint(known)
