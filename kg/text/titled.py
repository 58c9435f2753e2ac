"""Persons by what stands beside the name: a title before it, an office in apposition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.names import PERSON, Run, name_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.text.names import Names
    from kg.text.tokens import Tokens

_NEAR = 7
_MOST_NAMES = 5
_WHERE = frozenset({"in", "near", "outside", "inside", "around", "across"})


def titled_persons(tokens: Tokens, names: Names, taken: set[int]) -> Iterator[Run]:
    """Give the names after a title or the noun of an office: ``negotiator Tan Wei Ming``."""
    for at, word in enumerate(tokens.lower):
        hour = at > 0 and tokens.lower[at - 1][0].isdigit()
        if word.rstrip(".") in names.nouns and at + 1 < len(tokens.text) and not hour:
            end = name_end(tokens, at + 1, names, taken)
            if end > at + 1 and not _goes_on(tokens, at + 1, end):
                yield Run(at + 1, end, PERSON, "title")


def _goes_on(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether a participle goes on with the title: ``Minister Attached to the Presidency``."""
    single = end - start == 1 and tokens.tag[start] in {"VBN", "VBD", "VB", "JJ"}
    return single and tokens.lower[end : end + 1] in (["to"], ["in"], ["for"])


def presented_persons(tokens: Tokens, names: Names, taken: set[int]) -> Iterator[Run]:
    """Give the names beside the noun of an office: ``A B, the envoy``, ``the mayor of C, A B, said``."""
    for at, word in enumerate(tokens.text):
        if word != "," or not tokens.same_sentence(at + 1, at) or tokens.headline[tokens.sentence[at]]:
            continue
        start = _name_start(tokens, at, names, taken)
        if _is_somewhere(tokens, start):
            continue  # "In Port Louis, President X said"
        if 1 < at - start < _MOST_NAMES and _has_noun(range(at + 1, at + _NEAR), at, tokens, names.posts):
            yield Run(start, at, PERSON, "title")
        end = name_end(tokens, at + 1, names, taken)
        closed = tokens.same_sentence(end, at) and tokens.text[end] in {",", "and"}
        if (
            1 < end - at - 1 < _MOST_NAMES
            and closed
            and _has_noun(range(at - 1, at - _NEAR, -1), at, tokens, names.nouns)
        ):
            yield Run(at + 1, end, PERSON, "title")


def _is_somewhere(tokens: Tokens, start: int) -> bool:
    """Tell whether a name stands where a place does: behind ``in``, ``near`` or ``outside``."""
    return start > 0 and tokens.same_sentence(start - 1, start) and tokens.lower[start - 1] in _WHERE


def _name_start(tokens: Tokens, end: int, names: Names, taken: set[int]) -> int:
    start = at = end
    while tokens.same_sentence(at - 1, end) and at - 1 not in taken:
        if _is_part(tokens, at - 1, names):
            start = at - 1
        elif start == end or not _joins(tokens, at - 1, names):
            break
        at -= 1
    return start


def _is_part(tokens: Tokens, at: int, names: Names) -> bool:
    plain = tokens.lower[at].rstrip(".") not in names.stops | names.generic | names.not_person
    return plain and tokens.is_name(at)


def _joins(tokens: Tokens, at: int, names: Names) -> bool:
    """Tell whether a word joins the parts of a name: the ``al-`` of ``Shams al-Din``, ``bin``."""
    tight = tokens.text[at] == "-" and not tokens.spaced[at] and at > 0 and not tokens.spaced[at - 1]
    return tight or tokens.lower[at] in names.particles


def _has_noun(places: range, comma: int, tokens: Tokens, nouns: frozenset[str]) -> bool:
    """Tell whether the noun of an office stands there before a comma, a verb or a conjunction."""
    for at in places:
        if not tokens.same_sentence(at, comma) or tokens.text[at] in {",", ";"} or tokens.lower[at] == "and":
            return False
        if tokens.tag[at][:2] == "VB":
            return False
        if tokens.lower[at] in nouns:
            return True
    return False
