"""What a sentence and a document say for or against a match: relatives, agencies, sport, politics."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.kb import KnowledgeBase
    from kg.model import Key
    from kg.text.guard import OnTokens
    from kg.text.tokens import Tokens

_AREAS = frozenset({"dip:State", "dip:Polity", "dip:Place"})
_ALL = "keys of all that is told"


def supported(hit: OnTokens, hits: Sequence[OnTokens], tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether the context speaks for a name that is also something else; ``hits`` are all of the document."""
    candidate = hit.match.candidates[0]
    if _ALL not in tokens.memo:
        tokens.memo[_ALL] = _told(hits)
    if not tokens.memo[_ALL].isdisjoint(_kin(hit)):
        return True
    label = tokens.ent[hit.start]
    if candidate.acronym or hit.type == "dip:Organization":
        return _is_source(hit, tokens, kb) or (
            hit.type not in _AREAS
            and (candidate.entity.within is None or _is_armed(hit, tokens, kb))
            and _is_introduced(hit, tokens)
        )
    if _is_coordinated(hit, hits, tokens) and _is_political(hit, tokens, kb):
        return True
    if label == "PERSON" or _is_sport(hit, tokens, kb):
        return is_governed(hit, tokens, kb) and label in {"GPE", "LOC"}
    if is_governed(hit, tokens, kb) or _is_coordinated(hit, hits, tokens):
        return True
    return label in {"GPE", "LOC"} and _is_political(hit, tokens, kb)


def related(hit: OnTokens, hits: Sequence[OnTokens]) -> bool:
    """Tell whether the document names the same thing otherwise, or something of the same state."""
    return not _kin(hit).isdisjoint(_told(hits))


def _kin(hit: OnTokens) -> set[Key]:
    """Give the keys of what a name may mean, and of the states that hold it."""
    keys = {key for c in hit.match.candidates for key in (c.entity.key, c.entity.within)}
    return {key for key in keys if key is not None}


def _told(hits: Iterable[OnTokens]) -> frozenset[Key | None]:
    """Give the keys of what names that are nothing else may mean, and of the states that hold it."""
    sound = [c.entity for hit in hits for c in hit.match.candidates if not c.weak]
    states = (state.key for hit in hits for state in hit.match.demonym)
    return frozenset([*states, *(entity.key for entity in sound), *(entity.within for entity in sound)])


def _is_source(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a short form stands where a news agency does: ``told AP``, ``AP reported``."""
    before, after = (
        tokens.lower[hit.start - 1] if hit.start else "",
        tokens.lower[hit.end] if hit.end < len(tokens.text) else "",
    )
    verbs = kb.words("reporting") | {"reported", "reports", "agency", "news"}
    return hit.match.candidates[0].entity.key.startswith("agency/") and (
        before in {"told", "("} or after in verbs
    )


def _is_armed(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether the sentence of an armed group's short name speaks of fighting or of truces."""
    start, end = tokens.sentences[tokens.sentence[hit.start]]
    armed = hit.match.candidates[0].entity.key.startswith("group/")
    return armed and not kb.words("fighting").isdisjoint(tokens.lower[start:end])


def _is_introduced(hit: OnTokens, tokens: Tokens) -> bool:
    return (
        hit.start > 0
        and tokens.lower[hit.start - 1] == "the"
        and not tokens.headline[tokens.sentence[hit.start]]
    )


def _is_sport(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    start, end = tokens.sentences[tokens.sentence[hit.start]]
    return not kb.words("sport").isdisjoint(tokens.lower[start:end])


def is_team(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a state or city is a team here: in a sentence of sport, and not a place."""
    if not _is_sport(hit, tokens, kb) or is_governed(hit, tokens, kb):
        return False
    if hit.type in _AREAS and tokens.ent[hit.start] in {"PERSON", "ORG"}:
        return True
    start, end = tokens.sentences[tokens.sentence[hit.start]]
    plain = not kb.words("team-sport").isdisjoint(tokens.lower[start:end])
    return plain and not _is_political(hit, tokens, kb)


def is_governed(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a preposition of place stands before a match."""
    return hit.start > 0 and tokens.lower[hit.start - 1] in kb.words("locative")


def _is_coordinated(hit: OnTokens, hits: Sequence[OnTokens], tokens: Tokens) -> bool:
    """Tell whether another state stands beside, joined by ``and``, a comma, a dash or a slash."""
    joins = {"and", ",", "-", "\u2013", "/", "&", "or"}
    before = hit.start >= 2 and tokens.lower[hit.start - 1] in joins
    if before and any(other.end == hit.start - 1 and other.type in _AREAS for other in hits):
        return True
    after = tokens.lower_at(hit.end) in joins
    return after and any(other.start == hit.end + 1 and other.type in _AREAS for other in hits)


def _is_political(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    start, end = tokens.sentences[tokens.sentence[hit.start]]
    return not (kb.words("modifies-state", "event-head")).isdisjoint(tokens.lower[start:end])
