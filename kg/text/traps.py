"""What looks like a state or a body and is a thing named after it: a dish, a firm, a unit, a label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.kb import KnowledgeBase
    from kg.text.guard import OnTokens
    from kg.text.tokens import Tokens

_AREAS = frozenset({"dip:State", "dip:Polity", "dip:Place"})
_PARTICLES = frozenset({"de", "del", "della", "di", "du", "da"})
_POLITICS = ("modifies-state", "event-head", "title-noun", "fighting", "ministry", "role-people")
_PLACED = ("place-noun", "part-of-place", "place-head", "government-noun", "group-noun", "group-modifier")
_APPOSITION = 6
_DECIMAL = re.compile(r"\d+[.,]\d+")


def is_trap(hit: OnTokens, hits: Sequence[OnTokens], tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a name of the knowledge base is part of the name of something else here."""
    if hit.match.candidates[0].acronym:
        return hit.start > 0 and _DECIMAL.fullmatch(tokens.text[hit.start - 1]) is not None
    if hit.type not in _AREAS or not tokens.same_sentence(hit.end, hit.start):
        return False
    if tokens.lower[hit.end] in _PARTICLES:
        return True
    return (
        _is_hyphened(hit, hits, tokens)
        or _is_product(hit, tokens, kb)
        or (_modifies_thing(hit, tokens, kb) and not _is_political(hit, hits, tokens, kb))
    )


def _is_hyphened(hit: OnTokens, hits: Sequence[OnTokens], tokens: Tokens) -> bool:
    """Tell whether a hyphen joins a capitalised word that no list has: ``Georgia-Pacific``."""
    after = hit.end + 1
    if not tokens.same_sentence(after, hit.start) or tokens.text[hit.end] != "-" or tokens.spaced[hit.end]:
        return False
    if tokens.headline[tokens.sentence[hit.start]] or any(other.start == after for other in hits):
        return False
    return tokens.text[after].istitle()


def _is_product(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether the apposition says that it is a thing for sale or show: ``X, a salad``."""
    if tokens.text[hit.end] != "," or tokens.lower[hit.end + 1 : hit.end + 2] not in (["a"], ["an"]):
        return False
    for at in range(hit.end + 2, hit.end + 2 + _APPOSITION):
        if not tokens.same_sentence(at, hit.start) or tokens.text[at] == ",":
            return False
        if tokens.lower[at] in kb.words("product"):
            return True
    return False


def _modifies_thing(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether the next word is a common noun that neither politics nor places have."""
    word = tokens.text[hit.end]
    if not word.islower() or not word.isalpha() or tokens.tag[hit.end] not in {"NN", "NNS", "JJ"}:
        return False
    return not any(word in kb.words(kind) for kind in (*_POLITICS, *_PLACED, "reporting"))


def _is_political(hit: OnTokens, hits: Sequence[OnTokens], tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether the sentence speaks of politics, or the document of another state, body or person."""
    start, end = tokens.sentences[tokens.sentence[hit.start]]
    if any(not kb.words(kind).isdisjoint(tokens.lower[start:end]) for kind in _POLITICS):
        return True
    own = {c.entity.key for c in hit.match.candidates}
    return any(
        _acts(other) and own.isdisjoint(c.entity.key for c in other.match.candidates) for other in hits
    )


def _acts(other: OnTokens) -> bool:
    if not other.match.candidates:
        return True
    return other.type != "dip:Place" and not all(c.weak for c in other.match.candidates)
