"""Names of the knowledge base found in a text: longest first, with the case rules of names."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.folding import words
from kg.kb import same_acronym

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.folding import Word
    from kg.kb import Candidate, KnowledgeBase
    from kg.model import Entity

_TYPE_ORDER = (
    "dip:State",
    "dip:Polity",
    "dip:Organization",
    "dip:Place",
    "dip:Agreement",
    "dip:Process",
    "dip:Person",
)
_RANK = {name: rank for rank, name in enumerate(_TYPE_ORDER)}
_JOINING = frozenset({"", "-", "\u2013", "\u2011", "'", "\u2019", "\u2018", "`", "\u02bb", "\u02bc"})
_PLURAL = "s"


@dataclass(frozen=True, slots=True)
class Match:
    """A name in the text, in characters: what it may mean, or the states of a demonym."""

    start: int
    end: int
    candidates: tuple[Candidate, ...] = ()
    demonym: tuple[Entity, ...] = ()
    loose: bool = False
    """Whether a body's name is written like a common noun: ``the general assembly``."""


def match_names(text: str, kb: KnowledgeBase) -> Iterator[Match]:
    """Give the longest names of the knowledge base in a text, left to right, not overlapping."""
    found = list(words(text))
    known, free = kb.longest, 0
    for at, (first, _, _) in enumerate(found):
        longest = known.get(first) or (known.get(first[:-1]) if first.endswith(_PLURAL) else None)
        if longest is None or at < free:
            continue  # most words begin no name
        match, length = _longest(text, found[at : at + longest], kb)
        if match is not None:
            yield match
            free = at + length


def _longest(text: str, found: Sequence[Word], kb: KnowledgeBase) -> tuple[Match | None, int]:
    """Give the longest name that the words begin with, and of how many of them it is."""
    most = len(found)
    if most > 1 and not _goes_on(found[0].folded, found[1].folded, kb):
        most = 1
    for length in range(most, 0, -1):
        match = _match(text, found[:length], kb)
        if match is not None:
            return match, length
    return None, 0


def _goes_on(first: str, second: str, kb: KnowledgeBase) -> bool:
    """Tell whether two words begin a name of the knowledge base, or are one in the plural."""
    pair = f"{first} {second}"
    return pair in kb.pairs or (second.endswith(_PLURAL) and pair[:-1] in kb.pairs)


def _match(text: str, run: Sequence[Word], kb: KnowledgeBase) -> Match | None:
    name = run[0].folded if len(run) == 1 else " ".join(word.folded for word in run)
    candidates = kb.index.get(name)
    start, end = run[0].start, run[-1].end
    if candidates:
        gaps, common = [text[a.end : b.start] for a, b in pairwise(run)], kb.words("name-noun")
        fitting = tuple(c for c in candidates if _fits(text[start:end], gaps, c, common))
        if fitting:
            return Match(start, _with_dot(text, end), _ranked(fitting, text[start:end]))
        nouns = kb.words("body-noun")
        bodies = [c for c in candidates if _is_body(text[start:end], c, nouns)]
        if bodies:
            loose = all(word.lower() in nouns for word in text[start:end].split())
            return Match(start, end, _ranked(bodies, text[start:end]), loose=loose)
    states = kb.demonyms.get(name) or (kb.demonyms.get(name[:-1]) if text[end - 1] == _PLURAL else None)
    if states and text[start].isupper():
        return Match(start, end, demonym=tuple(kb.entity(key) for key in states))
    return None


def _fits(text: str, gaps: Sequence[str], candidate: Candidate, common: frozenset[str]) -> bool:
    """Tell whether the text is written as this name may be: case, and what stands between words."""
    surface = candidate.surface
    if candidate.acronym:
        return same_acronym(text, surface.rstrip("."))
    for gap in gaps:
        mark = gap.strip()
        if "\n\n" in gap or (mark not in _JOINING and mark not in surface):
            return False
        if mark in {"-", "\u2013"} and gap != mark:
            return False
    return _cased(text, surface, common)


def _cased(text: str, surface: str, common: frozenset[str]) -> bool:
    """Tell whether the text is capitalised where the name is, but for nouns like ``process``."""
    if text.isupper():
        return True
    names = surface.replace("-", " ").split()
    capitals = [
        word[0].isupper() and (at == 0 or word.lower() not in common) for at, word in enumerate(names)
    ]
    given = [
        word[0].isupper() or word[0].isdigit()
        for word in text.replace("-", " ").replace("\u2013", " ").split()
    ]
    if len(capitals) != len(given):
        return given[0] or not capitals[0]
    return all(is_capital or not must for is_capital, must in zip(given, capitals, strict=True))


def _is_body(text: str, candidate: Candidate, nouns: frozenset[str]) -> bool:
    """Tell whether a text is a body's name of two words or more with only its common nouns in lower case."""
    given, named = text.split(), candidate.surface.split()
    if candidate.entity.type != "dip:Organization" or candidate.acronym or not 1 < len(given) == len(named):
        return False
    common = sum(word.lower() in nouns for word in given)
    return common > 1 and all(
        a == b or (a == b.lower() and a in nouns) for a, b in zip(given, named, strict=True)
    )


def _with_dot(text: str, end: int) -> int:
    """Take the last dot of ``U.S.`` into the name."""
    dotted = text[end : end + 1] == "." and text[end - 2 : end - 1] == "."
    return end + 1 if dotted else end


def _ranked(candidates: Sequence[Candidate], text: str) -> tuple[Candidate, ...]:
    """Give one candidate an entity, the exact spelling if there is one, states before cities."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.entity.key not in best or candidate.surface == text:
            best[candidate.entity.key] = candidate
    return tuple(sorted(best.values(), key=lambda c: _RANK[c.entity.type]))
