"""Places that no list has and the statistical reader misses: names where only a place can stand.

"Met in X on Monday", "flew to X on 4 May", "the border town of X". The small model takes half of the
towns that it does not know for bodies or persons, or for nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.text.names import ORGANIZATION, PERSON, PLACE, Run, name_end

if TYPE_CHECKING:
    from kg.kb import KnowledgeBase
    from kg.text.names import Names
    from kg.text.tokens import Tokens

_IN = frozenset(("in", "at", "near", "outside"))
_GOES = frozenset(
    ("travel", "travels", "travelled", "traveled", "travelling", "traveling", "fly", "flies", "flew", "flying", "go", "goes", "went",
     "going", "journey", "return", "returns", "returned", "come", "drove", "drive", "trip", "visit", "tour", "proceed", "heads", "headed")
)  # fmt: skip
_SITS = frozenset(
    ("meet", "meets", "met", "meeting", "hold", "held", "sign", "signed", "talks", "session", "visit", "visited", "took", "take", "place",
     "arrive", "arrived", "land", "landed", "opened", "open", "resume", "resumed", "gather", "gathered", "convene", "convened", "attack",
     "attacked", "attacks", "hosted", "reconvene", "postponed", "planned", "scheduled", "due", "expected", "ended", "round", "encounter",
     "received", "arrested", "killed", "protested", "reopen", "be", "was", "were")
)  # fmt: skip
_SETTLEMENTS = frozenset(
    ("town", "city", "village", "suburb", "port", "resort", "district", "province", "island", "area", "municipality", "settlement")
)  # fmt: skip
_AFTER = frozenset(("on", "in", "from", "next", "last", "this", "yesterday", "today", "tomorrow", "later", "between", "after", "before",
                    "under", ".", ",", ";", "and", "for", "to", "where", "with", ")", "late", "early"))  # fmt: skip
_NO_TOWNS = frozenset(
    ("headquarters", "parliament", "congress", "office", "church", "court", "heaven", "god")
)
_NEAR = 8
"""How many words a word of meeting or going may stand before the preposition; set by hand."""
_LONGEST = 4


def with_whereabouts(runs: list[Run], tokens: Tokens, names: Names, kb: KnowledgeBase) -> list[Run]:
    """Read as places the names that stand where places do and nowhere else; add those that were missed."""
    others = {_words(run, tokens) for run in runs if not _may_be_place(run, tokens, kb)}
    found = [
        replace(run, type=PLACE)
        if _is_misread(run) and _words(run, tokens) not in others and _is_where(run, tokens, kb)
        else run
        for run in runs
    ]
    taken = {at for run in runs for at in range(run.start, run.end)}
    for at, word in enumerate(tokens.lower):
        if word not in _IN and word not in ("to", "of", "visit", "visited"):
            continue
        end = name_end(tokens, at + 1, names, taken)
        run = Run(at + 1, end, PLACE, "where")
        if at + 1 < end <= at + 1 + _LONGEST and _is_new(run, tokens, names) and _is_where(run, tokens, kb):
            taken.update(range(run.start, run.end))
            found.append(run)
    return found


def _is_misread(run: Run) -> bool:
    return run.source == "reader" and run.type in (ORGANIZATION, PERSON) and run.end - run.start < _LONGEST


def _words(run: Run, tokens: Tokens) -> tuple[str, ...]:
    return tuple(tokens.lower[run.start : run.end])


def _may_be_place(run: Run, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a name stands behind a preposition of place, or is none of the ones in doubt."""
    before = tokens.lower[run.start - 1] if tokens.same_sentence(run.start - 1, run.start) else ""
    return _is_misread(run) and (before in _IN or _leads_to(run, tokens, kb))


def _is_new(run: Run, tokens: Tokens, names: Names) -> bool:
    """Tell whether untaken words look like the name of a town: no title, no month, no shouting."""
    words = tokens.text[run.start : run.end]
    plain = all(word.isalpha() or word in "-'\u2019" for word in words)
    ordinary = names.generic | names.not_person | names.nouns | names.heads | _NO_TOWNS
    shouted = any(word.isupper() and len(word) > 1 for word in words)
    headline = tokens.headline[tokens.sentence[run.start]]
    return plain and not shouted and not headline and ordinary.isdisjoint(w.lower() for w in words)


def _is_where(run: Run, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether only a place can stand where a name stands."""
    before = run.start - 1
    if not tokens.same_sentence(before, run.start) or not tokens.same_sentence(run.end, run.start):
        return False
    if tokens.lower[run.end] not in _AFTER and not _is_calendar(run.end, tokens, kb):
        return False
    first = max(tokens.sentences[tokens.sentence[run.start]][0], before - _NEAR)
    if tokens.lower[before] in _IN:
        told = not _SITS.isdisjoint(tokens.lower[first:before])
        return told or _is_calendar(run.end, tokens, kb) or _is_calendar(run.end + 1, tokens, kb)
    return _leads_to(run, tokens, kb)


def _leads_to(run: Run, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """As in "the border town of X", "flew to X", "visited X on Monday"."""
    before = run.start - 1
    if not tokens.same_sentence(before, run.start):
        return False
    word, ahead = tokens.lower[before], tokens.lower[max(0, before - 4) : before]
    if word == "of":
        return ahead[-1:] != [] and ahead[-1] in _SETTLEMENTS
    if word == "to":
        return not _GOES.isdisjoint(ahead)
    return word in ("visit", "visited") and _is_calendar(run.end + 1, tokens, kb)


def _is_calendar(at: int, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a token begins a date: a month, a weekday, a number, "next", "last"."""
    if at >= len(tokens.lower):
        return False
    word = tokens.lower[at].rstrip(".")
    return word in kb.words("calendar") or word.isdigit() or word in ("next", "last", "yesterday", "tomorrow")
