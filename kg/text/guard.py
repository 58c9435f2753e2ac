"""Does a match stand for itself, or is it part of a longer name, a person, a dish, a club?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kg.text.names import CLASS_OF, ORGANIZATION, PLACE, Run
from kg.text.traps import end_of_region, is_american, is_firm, is_trap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.kb import KnowledgeBase
    from kg.model import Term
    from kg.text.gazetteer import Match
    from kg.text.tokens import Tokens


class OnTokens(Protocol):
    """A match of the knowledge base on tokens."""

    @property
    def start(self) -> int:
        """The first token."""

    @property
    def end(self) -> int:
        """The token after the last."""

    @property
    def match(self) -> Match:
        """What was matched."""

    @property
    def type(self) -> Term:
        """The class of the likeliest candidate."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a match stands, or the longer name that it is part of."""

    keep: bool
    longer: Run | None = None


_STANDS = Verdict(keep=True)
_FALLS = Verdict(keep=False)
_LONG_ENOUGH = 3
_OBJECTS = frozenset({"the", "a", "an", "your", "it"})
_PERSONAL = frozenset(
    {"mr", "mrs", "ms", "miss", "sir", "dr", "prof", "lt", "capt", "sgt", "col", "maj", "gen"}
)
_AREAS = frozenset({"dip:State", "dip:Polity", "dip:Place"})


def judge(
    hit: OnTokens, hits: Sequence[OnTokens], covered: set[int], tokens: Tokens, kb: KnowledgeBase
) -> Verdict:
    """Give whether a match stands for what it names."""
    if not hit.match.candidates:
        return _judge_demonym(hit, covered, tokens, kb)
    if _is_something_else(hit, hits, tokens, kb):
        return _FALLS
    abroad = end_of_region(hit, hits, tokens, kb) if hit.type in _AREAS else None
    if abroad is not None:
        return Verdict(keep=False, longer=Run(hit.start, abroad, PLACE, "longer"))
    start, end = _reach(hit, covered, tokens, kb)
    if (start, end) != (hit.start, hit.end) and _is_one_name(hit, start, end, tokens, kb):
        return Verdict(keep=False, longer=_longer(start, end, tokens, kb))
    if all(c.weak for c in hit.match.candidates) and not _supported(hit, hits, tokens, kb):
        return _FALLS
    playing = hit.type in _AREAS or hit.match.candidates[0].acronym
    return _FALLS if playing and _is_team(hit, tokens, kb) else _STANDS


def _is_something_else(hit: OnTokens, hits: Sequence[OnTokens], tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether the words are a common word in capitals, a dish, or a person after ``Mr``."""
    if _upper_word(hit, tokens, kb):
        return True
    if _follows(hit, tokens, kb.words("not-a-name")) and tokens.text[hit.end][0].islower():
        return True
    if hit.match.candidates[0].acronym and _follows(hit, tokens, kb.words("not-a-body")):
        return True
    if is_trap(hit, hits, tokens, kb) or is_american(hit, tokens, kb):
        return True
    if hit.type in _AREAS and is_firm(hit, tokens, kb):
        return True
    return hit.type in _AREAS and hit.start > 0 and tokens.lower[hit.start - 1].rstrip(".") in _PERSONAL


def _judge_demonym(hit: OnTokens, covered: set[int], tokens: Tokens, kb: KnowledgeBase) -> Verdict:
    if _follows(hit, tokens, kb.words("not-a-name")) or tokens.tag[hit.start].startswith("VB"):
        return _FALLS
    first = tokens.sentences[tokens.sentence[hit.start]][0] == hit.start
    if first and _follows(hit, tokens, _OBJECTS):
        return _FALLS
    before = hit.start - 1
    named = tokens.is_name(before) and tokens.same_sentence(before, hit.start) and before not in covered
    if named and tokens.ent[hit.start] == "PERSON" and tokens.lower[before] not in kb.words("title"):
        return _FALLS
    return _STANDS


def _upper_word(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether an acronym is an ordinary word in a line of capitals."""
    if hit.end - hit.start > 1 or tokens.lower[hit.start] not in kb.words("common-upper"):
        return False
    start, end = tokens.sentences[tokens.sentence[hit.start]]
    others = [w for w in tokens.text[start:end] if w.isalpha() and len(w) > _LONG_ENOUGH]
    return bool(others) and all(word.isupper() for word in others)


def _follows(hit: OnTokens, tokens: Tokens, words: frozenset[str]) -> bool:
    return tokens.same_sentence(hit.end, hit.start) and tokens.lower[hit.end] in words


def _reach(hit: OnTokens, covered: set[int], tokens: Tokens, kb: KnowledgeBase) -> tuple[int, int]:
    """Give the capitalised run around a match, which is the match itself where it stands alone."""
    single = hit.end - hit.start == 1 or hit.type == "dip:Person"
    if not single and hit.type not in _AREAS:
        return hit.start, _end_of_house(hit, covered, tokens, kb)
    headline = tokens.headline[tokens.sentence[hit.start]]
    entity = "PERSON" if tokens.ent[hit.start] == "PERSON" and hit.type == "dip:Place" else None
    end = hit.end
    if not (tokens.same_sentence(end, hit.start) and tokens.lower[end].rstrip(".") in _stays(hit, kb)):
        while _joins(end, hit, covered, tokens) and (not headline or tokens.ent[end] == entity):
            end += 1
    start = hit.start
    while (
        _joins(start - 1, hit, covered, tokens)
        and tokens.lower[start - 1].rstrip(".") not in _goes_before(kb)
        and (not headline or tokens.ent[start - 1] == entity)
    ):
        start -= 1
    return start, end


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
    return seat and end - hit.end > 1 and not persons and not _is_governed(hit, tokens, kb)


def _is_one_name(hit: OnTokens, start: int, end: int, tokens: Tokens, kb: KnowledgeBase) -> bool:
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


def _stays(hit: OnTokens, kb: KnowledgeBase) -> frozenset[str]:
    """Give the words before which a name keeps standing for itself."""
    words = (
        kb.words("modifies-state") | kb.words("event-head") | kb.words("title-noun") | kb.words("calendar")
    )
    return words if hit.type in _AREAS else words | kb.words("ministry")


def _goes_before(kb: KnowledgeBase) -> frozenset[str]:
    return (
        kb.words("locative")
        | kb.words("title")
        | kb.words("honorific")
        | kb.words("lead")
        | kb.words("direction")
        | kb.words("calendar")
        | kb.words("function")
        | kb.words("event-head")
        | kb.words("place-head")
    )


def _longer(start: int, end: int, tokens: Tokens, kb: KnowledgeBase) -> Run | None:
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


def _supported(hit: OnTokens, hits: Sequence[OnTokens], tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether the context speaks for a name that is also something else."""
    candidate = hit.match.candidates[0]
    if _related(hit, hits):
        return True
    label = tokens.ent[hit.start]
    if candidate.acronym or hit.type == "dip:Organization":
        return _is_source(hit, tokens, kb) or (
            hit.type not in _AREAS
            and (candidate.entity.within is None or _is_armed(hit, tokens, kb))
            and _is_introduced(hit, tokens)
        )
    if label == "PERSON" or _is_sport(hit, tokens, kb):
        return _is_governed(hit, tokens, kb) and label in {"GPE", "LOC"}
    if _is_governed(hit, tokens, kb) or _is_coordinated(hit, hits, tokens):
        return True
    return label in {"GPE", "LOC"} and _is_political(hit, tokens, kb)


def _related(hit: OnTokens, hits: Sequence[OnTokens]) -> bool:
    """Tell whether the document names the same thing otherwise, or something of the same state."""
    wanted = {c.entity.key for c in hit.match.candidates} | {c.entity.within for c in hit.match.candidates}
    wanted.discard(None)
    for other in hits:
        if other.match.demonym and any(state.key in wanted for state in other.match.demonym):
            return True
        same = [c for c in other.match.candidates if not c.weak]
        if any(c.entity.key in wanted or c.entity.within in wanted for c in same):
            return True
    return False


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


def _is_team(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a state or city is a team here: in a sentence of sport, and not a place."""
    if not _is_sport(hit, tokens, kb) or _is_governed(hit, tokens, kb):
        return False
    if hit.type in _AREAS and tokens.ent[hit.start] in {"PERSON", "ORG"}:
        return True
    start, end = tokens.sentences[tokens.sentence[hit.start]]
    plain = not kb.words("team-sport").isdisjoint(tokens.lower[start:end])
    return plain and not _is_political(hit, tokens, kb)


def _is_governed(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    return hit.start > 0 and tokens.lower[hit.start - 1] in kb.words("locative")


def _is_coordinated(hit: OnTokens, hits: Sequence[OnTokens], tokens: Tokens) -> bool:
    """Tell whether another state stands beside, joined by ``and``, a comma, a dash or a slash."""
    joins = {"and", ",", "-", "\u2013", "/", "&", "or"}
    areas = [other for other in hits if other is not hit and other.type in _AREAS]
    before = (
        hit.start >= 2 and tokens.lower[hit.start - 1] in joins and any(o.end == hit.start - 1 for o in areas)
    )
    after = hit.end < len(tokens.lower) and tokens.lower[hit.end] in joins
    return before or (after and any(other.start == hit.end + 1 for other in areas))


def _is_political(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    start, end = tokens.sentences[tokens.sentence[hit.start]]
    return not (kb.words("modifies-state") | kb.words("event-head")).isdisjoint(tokens.lower[start:end])
