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
        noun = word.rstrip(".") in names.nouns
        if not (noun or word.rstrip(".") in names.address) or at + 1 >= len(tokens.text) or hour:
            continue
        start = _past_place(tokens, _past_portfolio(tokens, at + 1, names), taken) if noun else at + 1
        while start + 1 < len(tokens.text) and _is_address(tokens, start, names):
            start += 1
        end = name_end(tokens, start, names, taken)
        single = end == start + 1 and (not noun or start > at + 1)
        if end > start and not single and not _goes_on(tokens, start, end):
            yield Run(start, end, PERSON, "title")


def _past_portfolio(tokens: Tokens, start: int, names: Names) -> int:
    """Give where the name begins behind what a minister is minister of: ``Minister of Mines and Energy A B``."""
    if tokens.lower_at(start) not in {"of", "for"}:
        return start
    end = at = start + 1
    while tokens.same_sentence(at, start) and tokens.lower[at] in names.portfolios | _JOINS:
        at += 1
        end = at if tokens.lower[at - 1] in names.portfolios else end
    return end if end > start + 1 else start


def _past_place(tokens: Tokens, start: int, taken: set[int]) -> int:
    """Give where the name begins behind whom or what a post is for: ``Envoy for the Horn of Africa A B``."""
    at = start + 1 + (tokens.lower[start + 1 : start + 2] == ["the"])
    if tokens.lower_at(start) not in {"of", "for", "to", "in"} or at not in taken:
        return start
    while at in taken and tokens.same_sentence(at, start):
        at += 1
    plain = tokens.same_sentence(at + 1, start) and tokens.is_name(at) and tokens.is_name(at + 1)
    return at if plain else start


def _is_address(tokens: Tokens, at: int, names: Names) -> bool:
    return tokens.lower[at].rstrip(".") in names.address or tokens.text[at] in {"'", "\u2019"}


_JOINS = frozenset({"and", "the", ",", "&"})


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
        begin = at + 1
        while tokens.same_sentence(begin + 1, at) and _is_address(tokens, begin, names):
            begin += 1
        end = name_end(tokens, begin, names, taken)
        closed = tokens.same_sentence(end, at) and tokens.text[end] in {",", "and"}
        if (
            1 < end - begin < _MOST_NAMES
            and closed
            and _has_noun(range(at - 1, at - _NEAR, -1), at, tokens, names.nouns)
        ):
            yield Run(begin, end, PERSON, "title")


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
    return tokens.is_name(at) and tokens.lower[at].rstrip(".") not in names.no_part


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
