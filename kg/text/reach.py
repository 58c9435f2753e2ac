"""How far the capitalised name goes that a match is in, and whether it is one name."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.text.names import CLASS_OF, ORGANIZATION, PLACE, Run
from kg.text.support import is_governed

if TYPE_CHECKING:
    from kg.kb import KnowledgeBase
    from kg.text.guard import OnTokens
    from kg.text.tokens import Tokens

_AREAS = frozenset({"dip:State", "dip:Polity", "dip:Place"})


def reach(hit: OnTokens, covered: set[int], tokens: Tokens, kb: KnowledgeBase) -> tuple[int, int]:
    """Give the capitalised run around a match, which is the match itself where it stands alone."""
    single = hit.end - hit.start == 1 or hit.type == "dip:Person"
    if not single and hit.type not in _AREAS:
        return hit.start, _end_of_house(hit, covered, tokens, kb)
    if _is_sent_to(hit, tokens, kb):
        return hit.start, hit.end  # "the envoy for X A B": X, not a person called so
    headline = tokens.headline[tokens.sentence[hit.start]]
    entity = "PERSON" if tokens.ent[hit.start] == "PERSON" and hit.type == "dip:Place" else None
    end = hit.end
    if not (
        tokens.same_sentence(end, hit.start)
        and tokens.lower[end].rstrip(".") in _stays(kb, area=hit.type in _AREAS)
    ):
        while _joins(end, hit, covered, tokens) and (not headline or tokens.ent[end] == entity):
            end += 1
    if any(tokens.lower[at] in kb.words("title-noun") for at in range(hit.end, end)):
        end = hit.end  # "the EU Enlargement Commissioner A B": a title and a name behind the body
    start = _first_of(hit, covered, tokens, kb)
    while (
        _joins(start - 1, hit, covered, tokens)
        and tokens.lower[start - 1].rstrip(".") not in _goes_before(kb)
        and not (hit.type == "dip:Person" and tokens.lower[start - 1] in kb.words("portfolio"))
        and (not headline or tokens.ent[start - 1] == entity)
    ):
        start -= 1
    return start, end


def _is_sent_to(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a post leads to a state: ``envoy for X``, ``ambassador to X``, ``minister of X`` and a person."""
    before = tokens.lower[max(0, hit.start - 2) : hit.start]
    if hit.type not in _AREAS or len(before) < _TWO or not tokens.same_sentence(hit.start - _TWO, hit.start):
        return False
    person = tokens.ent[hit.end : hit.end + 1] == ["PERSON"]
    return before[1] in ({"for", "to", "of"} if person else {"for", "to"}) and before[0] in kb.words(
        "title-noun"
    )


_TWO = 2


def _first_of(hit: OnTokens, covered: set[int], tokens: Tokens, kb: KnowledgeBase) -> int:
    """Give where the name begins that a particle joins to a match: ``Ramiro de X``."""
    start = hit.start
    particle = start >= _TWO and tokens.lower[start - 1] in kb.words("particle") - {"of", "the"}
    if particle and hit.end - hit.start == 1 and _joins(start - _TWO, hit, covered, tokens):
        person = tokens.ent[start - _TWO] == "PERSON" or tokens.ent[start] == "PERSON"
        return start - _TWO if person else start
    return start


def _end_of_house(hit: OnTokens, covered: set[int], tokens: Tokens, kb: KnowledgeBase) -> int:
    """Give where a name ends that goes on after a body's with words no list has: an inn, a choir."""
    end = hit.end
    whole = tokens.lower[end - 1] in kb.words("org-head")
    if whole or hit.match.candidates[0].acronym or tokens.headline[tokens.sentence[hit.start]]:
        return end
    ordinary = ("title", "honorific", "generic", "org-head", "function", "event-head", "calendar")
    while _joins(end, hit, covered, tokens) and not any(tokens.lower[end] in kb.words(k) for k in ordinary):
        end += 1
    return end


def _is_house(hit: OnTokens, end: int, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a seat begins a longer name of capitals, none of them a person's."""
    seat = kb.metonym(" ".join(tokens.text[hit.start : hit.end])) is not None
    persons = "PERSON" in tokens.ent[hit.end : end]
    whole = {tokens.ent[at] for at in range(hit.start, end)} == {"ORG"}
    return seat and (end - hit.end > 1 or whole) and not persons and not is_governed(hit, tokens, kb)


def is_one_name(hit: OnTokens, start: int, end: int, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether the run is one name; one of several words needs the head of a body or a place."""
    if (
        hit.type in _AREAS
        and tokens.same_sentence(end, hit.start)
        and tokens.lower[end] in kb.words("event-head")
    ):
        return False
    if hit.type not in _AREAS or hit.end - hit.start == 1 or _is_house(hit, end, tokens, kb):
        return True
    last = tokens.lower[end - 1]
    return start < hit.start or any(last in kb.words(k) for k in ("org-head", "place-head", "event-name"))


def _joins(at: int, hit: OnTokens, covered: set[int], tokens: Tokens) -> bool:
    if not tokens.same_sentence(at, hit.start) or at in covered:
        return False
    if tokens.lower[at].rstrip(".") in {"jr", "sr", "ii", "iii"}:
        return True
    return (
        tokens.is_name(at) and len(tokens.text[at]) > 1 and not tokens.lower[at].startswith(("'", "\u2019"))
    )


@lru_cache(maxsize=4)
def _stays(kb: KnowledgeBase, *, area: bool) -> frozenset[str]:
    """Give the words before which a name keeps standing for itself."""
    own = () if area else ("ministry", "fighting")
    return _of(kb, "modifies-state", "event-head", "title-noun", "calendar", *own)


@lru_cache(maxsize=2)
def _goes_before(kb: KnowledgeBase) -> frozenset[str]:
    """Give the words before a name that are no part of it."""
    kinds = ("locative", "title", "honorific", "lead", "direction", "calendar", "function", "event-head")
    return _of(kb, *kinds, "place-head")


def _of(kb: KnowledgeBase, *kinds: str) -> frozenset[str]:
    return frozenset[str]().union(*(kb.words(kind) for kind in kinds))


def longer(start: int, end: int, tokens: Tokens, kb: KnowledgeBase) -> Run | None:
    """Give the longer name a match is part of, where its class can be told."""
    last = tokens.lower[end - 1]
    if last in kb.words("org-head"):
        return Run(start, end, ORGANIZATION, "longer")
    if last in kb.words("place-head"):
        return Run(start, end, PLACE, "longer")
    labels = [tokens.ent[at] for at in range(start, end) if tokens.ent[at] in CLASS_OF]
    if not labels:
        return None
    return Run(
        start, end, CLASS_OF[max(set(labels), key=lambda label: (labels.count(label), label))], "longer"
    )
