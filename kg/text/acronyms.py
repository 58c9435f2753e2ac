"""Acronyms that a text introduces itself, in either order: ``Name (ABC)``, ``ABC, the Name,``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.text.nil import initials_fit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.text.tokens import Tokens

_LONGEST = 7
_ARTICLES = frozenset({"the", "a", "an"})
_LEADS = (("(",), (",", "or"), ("or",), (",", "known", "as"), ("known", "as"), ("(", "known", "as"))
"""What stands between a long name and the acronym after it, articles aside."""


def introductions(stretches: Iterable[tuple[int, int]], tokens: Tokens) -> dict[str, tuple[int, int]]:
    """Give, by acronym, the long name (first token, token after the last) that explains it."""
    found: dict[str, tuple[int, int]] = {}
    for start, end in stretches:
        name = " ".join(tokens.text[start:end])
        for acronym in (_after(end, tokens), _before(start, end, tokens)) if end - start > 1 else ():
            if acronym is not None and _explains(name, acronym, tokens.text[end : end + 1]):
                found.setdefault(acronym, (start, end))
    return found


def _after(end: int, tokens: Tokens) -> str | None:
    for lead in _LEADS:
        at = end + len(lead)
        if tuple(tokens.lower[end:at]) != lead:
            continue
        at += tokens.lower[at : at + 1] in (["the"], ["its"])
        if tokens.same_sentence(at, end) and is_capitals(tokens.text[at]):
            return tokens.text[at]
    return None


def _before(start: int, end: int, tokens: Tokens) -> str | None:
    """Give the acronym in ``ABC (Name)`` and ``ABC, the Name,``."""
    first = start - 1 if start and tokens.lower[start - 1] in _ARTICLES else start
    if first < 2 or not is_capitals(tokens.text[first - 2]):
        return None
    opening, closing = tokens.text[first - 1], tokens.text[end : end + 1]
    matched = (opening == "(" and closing == [")"]) or (opening == "," and closing in ([","], ["."]))
    return tokens.text[first - 2] if matched and tokens.same_sentence(first - 2, start) else None


def is_capitals(word: str) -> bool:
    """Tell whether a word is written as an acronym is."""
    return 1 < len(word) <= _LONGEST and word.replace("-", "").isalnum() and word.isupper()


def _explains(name: str, acronym: str, after: Sequence[str]) -> bool:
    """Tell whether a name may stand behind an acronym; in brackets it may be of another language."""
    if initials_fit(acronym, name):
        return True
    if list(after) == ["("] and _is_woven(acronym, name):
        return True
    shared = Counter(acronym.lower()) & Counter(word[0].lower() for word in name.split())
    return list(after) in (["("], [","], [")"]) and shared.total() * 2 > len(acronym)


def _is_woven(acronym: str, name: str) -> bool:
    """Tell whether an acronym is made of syllables of the name: FRODEBU, the ``Front for Democracy in Burundi``."""
    letters = iter(name.lower())
    return acronym[0].lower() == name[0].lower() and all(letter in letters for letter in acronym.lower())
