"""In news of business, sport or culture a bare name is a state or a place only if something says so.

Where neither the sentence nor its neighbours speak of politics, one capitalised word may be a child,
a bird, a band or a brand. What speaks for a place and what against it is added up in small whole
numbers, set by hand on the development traps and checked on traps written blind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.placing import POSSESSIVE
from kg.text.politics import is_ordinary
from kg.text.support import is_governed, related
from kg.text.traps import modifies_thing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.kb import KnowledgeBase
    from kg.text.guard import OnTokens
    from kg.text.tokens import Tokens

_AREAS = frozenset({"dip:State", "dip:Polity", "dip:Place"})
_ENOUGH = 2
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_AGENT = frozenset({"by", "on", "with", "asked", "for", "invited", "against"})
_JOINS = frozenset({"and", ",", "or"})
_PERSONAL_CLASSES = frozenset({"PERSON", "WORK_OF_ART", "PRODUCT", "FAC", "EVENT"})


def is_doubtful(hit: OnTokens, hits: Sequence[OnTokens], tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether too little speaks for a state or place in a text that is not about politics."""
    if hit.end - hit.start > 1 or not tokens.text[hit.start].isalpha():
        return False
    if hit.type == "dip:Person" or not is_ordinary(hit.start, tokens, kb) or _among_actors(hit, hits, tokens):
        return False
    if hit.type not in _AREAS:
        acronym = hit.match.candidates[0].acronym
        return _body_speaks(hit, hits, tokens, kb) < (_ENOUGH if acronym else 0)
    if _ends_a_place(hit.start, tokens, kb):
        return False
    if modifies_thing(hit, tokens, kb):
        return True
    return _speaks_for(hit, hits, tokens, kb) - _speaks_against(hit, tokens, kb) < _ENOUGH


def _among_actors(hit: OnTokens, hits: Iterable[OnTokens], tokens: Tokens) -> bool:
    """Tell whether the sentence names a person, a body or a group of diplomacy besides."""
    return any(
        other.type not in _AREAS
        and other.match.candidates
        and not all(c.weak for c in other.match.candidates)
        and tokens.same_sentence(other.start, hit.start)
        and tokens.text[other.start : other.end] != tokens.text[hit.start : hit.end]
        for other in hits
    )


def _ends_a_place(at: int, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether the name closes that of waters or a region, as in ``the Gulf of X``."""
    return at > 1 and tokens.lower[at - 1] == "of" and tokens.lower[at - 2] in kb.words("place-head")


def _body_speaks(hit: OnTokens, hits: Iterable[OnTokens], tokens: Tokens, kb: KnowledgeBase) -> int:
    """Add up what tells an organisation or armed group from another thing of that short name."""
    start, end = tokens.sentences[tokens.sentence[hit.start]]
    words = frozenset(tokens.lower[start:end])
    after = tokens.lower[hit.end] if tokens.same_sentence(hit.end, hit.start) else "."
    deeds = kb.words("reporting", "person-deed")
    areas = [o for o in hits if o.type in _AREAS and tokens.same_sentence(o.start, hit.start)]
    score = int(hit.start > 0 and tokens.lower[hit.start - 1] == "the") + (tokens.ent[hit.start] == "ORG")
    score += (
        2 * (after in deeds)
        + (tokens.tag_at(hit.end) in _FINITE)
        + (not kb.words("public-affairs").isdisjoint(words))
    )
    beside = {tokens.lower[hit.start - 1] if hit.start else ".", after}
    score += 2 * bool(areas) * (not _JOINS.isdisjoint(beside))
    playful = kb.words("show", "sport", "product")
    return score - 2 * (not playful.isdisjoint(words))


def _speaks_for(hit: OnTokens, hits: Sequence[OnTokens], tokens: Tokens, kb: KnowledgeBase) -> int:
    start, end = tokens.sentences[tokens.sentence[hit.start]]
    words = frozenset(tokens.lower[start:end])
    after = tokens.lower[hit.end] if tokens.same_sentence(hit.end, hit.start) else "."
    others = [o for o in hits if tokens.text[o.start : o.end] != tokens.text[hit.start : hit.end]]
    score = 2 * is_governed(hit, tokens, kb) + 2 * related(hit, others)
    score += (tokens.ent[hit.start] in {"GPE", "LOC"}) + _acts(hit, tokens, kb)
    score += hit.type == "dip:Place" and after in POSSESSIVE
    score += 2 * (after in {"is", "was"} and tokens.lower_at(hit.end + 1) in kb.words("place-predicate"))
    score += not kb.words("public-affairs").isdisjoint(words)
    return score + _joined(hit, hits, tokens, kb)


def _acts(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> int:
    """2 where a state does something, ``X will send``, ``X, which sent``, ``by X``; or a seat: ``X rejected``."""
    if all(c.weak for c in hit.match.candidates) or not tokens.same_sentence(hit.end, hit.start):
        return 0
    after = tokens.lower[hit.end]
    if after in kb.words("reporting") and kb.metonym(tokens.text[hit.start]) is not None:
        return 2
    if hit.type != "dip:State":
        return 0
    does = tokens.tag[hit.end] in _FINITE and after not in {"is", "was"}
    progressive = after in {"is", "was"} and tokens.lower_at(hit.end + 1).endswith("ing")
    relative = after == "," and tokens.lower_at(hit.end + 1) == "which"
    before = tokens.lower[hit.start - 1] if hit.start else "."
    return 2 * (does or progressive or relative or before in _AGENT or after in POSSESSIVE)


def _speaks_against(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> int:
    start, end = tokens.sentences[tokens.sentence[hit.start]]
    weak = hit.type != "dip:State" or all(c.weak for c in hit.match.candidates)
    score = int(weak and tokens.ent[hit.start] in _PERSONAL_CLASSES)
    score += 2 * (not kb.words("show").isdisjoint(tokens.lower[start:end]))
    score += 4 * _is_company(hit, tokens)
    score += 3 * _is_in_a_region(hit, tokens, kb)
    return score + 3 * _is_something(hit, tokens, kb)


def _is_in_a_region(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether the sentence names a federal state, so that its towns are other towns."""
    start, end = tokens.sentences[tokens.sentence[hit.start]]
    named = (at for at in range(start, end) if not hit.start <= at < hit.end and tokens.text[at][0].isupper())
    return hit.type == "dip:Place" and any(tokens.lower[at] in kb.words("region") for at in named)


def _joined(hit: OnTokens, hits: Iterable[OnTokens], tokens: Tokens, kb: KnowledgeBase) -> int:
    """1 where the sentence has another state or place, 2 where one is joined, 4 to one in a place's slot."""
    others = [
        o
        for o in hits
        if o.start != hit.start and o.type in _AREAS and tokens.same_sentence(o.start, hit.start)
    ]
    before = [o for o in others if o.end == hit.start - 1 and tokens.lower[o.end] in _JOINS]
    if before:
        return 4 if is_governed(before[0], tokens, kb) else 2
    after = any(hit.end == o.start - 1 and tokens.lower[hit.end] in _JOINS for o in others)
    return 2 if after else bool(others)


def _is_company(hit: OnTokens, tokens: Tokens) -> bool:
    """Tell whether it has rivals, fans or shares: ``X and its rivals``."""
    after = tokens.lower[hit.end : hit.end + 3]
    return after[:2] == ["and", "its"] and tokens.same_sentence(hit.end + 2, hit.start)


def _is_something(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether the apposition says that it is neither a country, a town nor an actor: ``X, the rhino``."""
    at = hit.end + 1
    if not tokens.same_sentence(at + 1, hit.start) or tokens.text[hit.end] != ",":
        return False
    if tokens.lower[at] not in {"a", "an", "the"}:
        return False
    head = _head_of_apposition(at + 1, tokens)
    if head is None or tokens.lower[head + 1 : head + 2] not in ([","], ["."], ["who"], ["which"], ["that"]):
        return False
    return not any(tokens.lower[head] in kb.words(kind) for kind in _WHAT_AREAS_ARE)


_WHAT_AREAS_ARE = ("area-noun", "part-of-place", "place-head", "government-noun", "role-people", "event-head")


def _head_of_apposition(at: int, tokens: Tokens) -> int | None:
    """Give the last noun of the noun phrase that begins at a token."""
    head = None
    while tokens.same_sentence(at, at - 1) and tokens.tag[at][:2] in {
        "NN",
        "JJ",
        "CD",
        "VB",
        "HY",
        "RB",
        "PO",
    }:
        if tokens.tag[at].startswith("NN"):
            head = at
        elif head is not None:
            break
        at += 1
    return head
