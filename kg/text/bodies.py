"""The long names of bodies, whole: ``High Council for National Reconciliation``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.names import ORGANIZATION, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.text.names import Names
    from kg.text.tokens import Tokens

_OWN = frozenset({"national", "supreme", "constitutional", "federal", "legislative"})
_CHAMBERS = frozenset({"assembly", "court", "council", "congress", "guard"})
_UNITED = (["of", "national"], ["of", "unity"])
_LINKS = frozenset({"of", "for", "on"})
_INSIDE = frozenset({"of", "for", "and", "the", "on", "in", "&"})
_SENT = frozenset({"observer", "assistance", "monitoring", "stabilization", "stabilisation", "verification"})
_PLACED = frozenset({"mission", "office", "organization", "organisation"})
"""Heads of bodies that may go on with ``in``: a mission in a country."""


def organisations(tokens: Tokens, names: Names) -> Iterator[Run]:
    """Give the long names of bodies, whole: ``High Council for National Reconciliation``."""
    last = -1
    for at, word in enumerate(tokens.lower):
        named = word == "government" and tokens.lower[at + 1 : at + 3] in _UNITED
        if at <= last or not (named or word in names.heads) or not tokens.text[at][0].isupper():
            continue
        placed = tokens.same_sentence(at + 1, at) and tokens.is_name(at + 1)
        if tokens.headline[tokens.sentence[at]] or (placed and tokens.lower[at + 1] in names.places):
            continue
        start, end = _org_start(tokens, at, names), _org_end(tokens, at, names)
        proper = [w for w in tokens.lower[start:end] if w not in names.generic and w not in _INSIDE]
        own = tokens.lower[start] in _OWN and word in _CHAMBERS
        if end - start > 1 and (proper or own or end - start > 2):
            last = end - 1
            yield Run(start, end, ORGANIZATION, "head")


def _org_start(tokens: Tokens, at: int, names: Names) -> int:
    start = at
    while tokens.same_sentence(start - 1, at):
        word, lower = tokens.text[start - 1], tokens.lower[start - 1]
        tight = word == "&" or (word == "-" and not tokens.spaced[start - 1])
        joined = word in {"-", "&"} and tight and start - 2 >= 0 and tokens.text[start - 2][0].isupper()
        if not joined and not (
            word[0].isupper() and lower not in names.lead and _may_qualify(tokens, start - 1)
        ):
            break
        start -= 1
    while start < at and (tokens.lower[start] in names.titles or tokens.text[start] in {"-", "&"}):
        if tokens.lower[start] in {
            "foreign",
            "defense",
            "defence",
            "interior",
            "finance",
            "justice",
            "prime",
            "general",
        }:
            break
        start += 1
    return start


def _may_qualify(tokens: Tokens, at: int) -> bool:
    first = tokens.sentences[tokens.sentence[at]][0] == at
    return tokens.tag[at] in {"NNP", "NNPS", "JJ"} or (not first and tokens.tag[at].startswith("NN"))


def _org_end(tokens: Tokens, at: int, names: Names) -> int:
    end = at + 1
    linked = False
    while tokens.same_sentence(end, at):
        lower = tokens.lower[end]
        if _is_part(tokens, end) and (linked or lower in names.heads):
            end += 1
            continue
        ahead = end + 1
        if (
            lower in _LINKS
            or (linked and lower in {"and", "&", "-"})
            or (lower == "in" and _is_placed(tokens, at, end))
        ):
            if lower not in _LINKS and tokens.lower[ahead : ahead + 1] == ["of"]:
                break  # "of the Council of A and of the Army of B": two bodies
            while ahead < len(tokens.text) and tokens.lower[ahead] in {"the", "of"}:
                ahead += 1
            if (
                tokens.same_sentence(ahead, at)
                and _is_part(tokens, ahead)
                and tokens.lower[ahead] not in names.calendar
            ):
                linked, end = True, ahead + 1
                continue
        break
    return end


def _is_placed(tokens: Tokens, head: int, at: int) -> bool:
    """Tell whether the name of a body goes on with ``in``: a mission, or as its acronym says."""
    if tokens.lower[head] in _PLACED or (head and tokens.lower[head - 1] in _SENT):
        return True
    bracket = next((i for i in range(at, at + 6) if tokens.text[i : i + 1] == ["("]), None)
    if bracket is None or tokens.text[bracket + 2 : bracket + 3] != [")"]:
        return False
    letters, last = tokens.text[bracket + 1], tokens.text[bracket - 1]
    return letters.isupper() and letters[-1] == last[0] and tokens.text[at - 1][0] != last[0]


def _is_part(tokens: Tokens, at: int) -> bool:
    word = tokens.text[at]
    proper = (
        word[0].isupper()
        and not word.endswith("day")
        and tokens.tag[at] in {"NNP", "NNPS", "JJ", "NN", "NNS"}
    )
    return proper and not any(mark in word for mark in "[]()|")
