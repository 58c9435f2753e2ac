"""Does a match stand for itself, or is it part of a longer name, a person, a dish, a club?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kg.text.names import PLACE, Run
from kg.text.ordinary import is_doubtful
from kg.text.politics import is_ordinary
from kg.text.reach import is_one_name, longer, reach
from kg.text.support import is_team, supported
from kg.text.traps import end_of_region, is_american, is_firm, is_trap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.kb import KnowledgeBase
    from kg.model import Entity, Key, Term
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
_CLOSING = frozenset({".", ",", ";", ")", ":"})
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
    unowned = hit.match.loose and not _is_owned(hit, hits, tokens, kb)
    if unowned or _is_something_else(hit, hits, tokens, kb):
        return _FALLS
    abroad = end_of_region(hit, hits, tokens, kb) if hit.type in _AREAS else None
    if abroad is not None:
        return Verdict(keep=False, longer=Run(hit.start, abroad, PLACE, "longer"))
    start, end = reach(hit, covered, tokens, kb)
    if (start, end) != (hit.start, hit.end) and is_one_name(hit, start, end, tokens, kb):
        return Verdict(keep=False, longer=longer(start, end, tokens, kb))
    weak = all(c.weak for c in hit.match.candidates)
    if (weak and not supported(hit, hits, tokens, kb)) or is_doubtful(hit, hits, tokens, kb):
        return _FALLS
    playing = hit.type in _AREAS or hit.match.candidates[0].acronym
    return _FALLS if playing and is_team(hit, tokens, kb) else _STANDS


def _is_something_else(hit: OnTokens, hits: Sequence[OnTokens], tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether the words are a common word in capitals, a dish, or a person after ``Mr``."""
    if _upper_word(hit, tokens, kb) or _is_pet(hit, tokens, kb) or _goes_on(hit, tokens, kb):
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
    if _is_language(hit, tokens) or _is_byname(hit, tokens, kb):
        return _FALLS
    first = tokens.sentences[tokens.sentence[hit.start]][0] == hit.start
    if first and _follows(hit, tokens, _OBJECTS):
        return _FALLS
    before = hit.start - 1
    named = tokens.is_name(before) and tokens.same_sentence(before, hit.start) and before not in covered
    if named and tokens.ent[hit.start] == "PERSON" and tokens.lower[before] not in kb.words("title"):
        return _FALLS
    if is_ordinary(hit.start, tokens, kb) and _names_on(hit, covered, tokens, kb):
        return _FALLS
    return _STANDS


def _names_on(hit: OnTokens, covered: set[int], tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a demonym begins a longer name that no office and no body heads: ``X Wells``."""
    after = hit.end
    if not tokens.same_sentence(after, hit.start) or not tokens.is_name(after) or after in covered:
        return False
    if tokens.headline[tokens.sentence[after]] or tokens.ent[after] == "PERSON":
        return False
    kinds = (
        "title",
        "title-noun",
        "org-head",
        "modifies-state",
        "generic",
        "ministry",
        "event-head",
        "political-title",
    )
    return not any(tokens.lower[after].rstrip(".") in kb.words(kind) for kind in kinds)


def _is_language(hit: OnTokens, tokens: Tokens) -> bool:
    """Tell whether a demonym is a language: ``in X.``, ``(X: ...)``."""
    if not tokens.same_sentence(hit.end, hit.start) or tokens.lower[hit.start].endswith("s"):
        return False
    said = hit.start > 0 and tokens.lower[hit.start - 1] == "in" and tokens.text[hit.end] in _CLOSING
    return said or tokens.text[hit.end] == ":"


def _is_byname(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a demonym is part of a person's name: ``A al-X``."""
    at = hit.start - 1
    joined = at > 0 and tokens.text[at] == "-" and not tokens.spaced[at] and not tokens.spaced[at - 1]
    return joined and tokens.lower[at - 1] in kb.words("particle")


def _is_pet(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a sentence begins with a name, ``the`` and a noun that is no office: ``X the poodle``."""
    noun = hit.end + 1
    if tokens.sentences[tokens.sentence[hit.start]][0] != hit.start or not tokens.same_sentence(
        noun + 1, hit.start
    ):
        return False
    told = (
        tokens.lower[hit.end] == "the" and tokens.tag[noun] == "NN" and tokens.tag[noun + 1].startswith("VB")
    )
    return told and tokens.lower[noun] not in kb.words("title", "part-of-place")


def _goes_on(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether one word for a person is the start of a longer name: ``X da Silva``."""
    after = hit.end + 1
    if hit.type != "dip:Person" or hit.end - hit.start > 1 or not tokens.same_sentence(after, hit.start):
        return False
    return tokens.lower[hit.end] in kb.words("particle") and tokens.text[after][0].isupper()


def _is_owned(hit: OnTokens, hits: Sequence[OnTokens], tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a body written like a common noun is one of the organisation the text names."""
    body = hit.match.candidates[0].entity
    owners = _owners(body, kb)
    sure = [c.entity for other in hits if not other.match.loose for c in other.match.candidates]
    named = any(e.key in owners or (e.type == body.type and owners & _owners(e, kb)) for e in sure)
    before = tokens.lower[hit.start - 1] if tokens.same_sentence(hit.start - 1, hit.start) else "the"
    beside = any(o.end in {hit.start, hit.start - 1} and o.type == body.type for o in hits)
    return named and (before == "the" or beside)


def _owners(body: Entity, kb: KnowledgeBase) -> set[Key]:
    """Give what the first word of a body's name means: of ``UN Security Council`` the UN."""
    return {c.entity.key for c in kb.candidates(body.label.split()[0])}


def _upper_word(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether an acronym is an ordinary word in a line of capitals."""
    if hit.end - hit.start > 1 or tokens.lower[hit.start] not in kb.words("common-upper"):
        return False
    start, end = tokens.sentences[tokens.sentence[hit.start]]
    others = [w for w in tokens.text[start:end] if w.isalpha() and len(w) > _LONG_ENOUGH]
    return bool(others) and all(word.isupper() for word in others)


def _follows(hit: OnTokens, tokens: Tokens, words: frozenset[str]) -> bool:
    return tokens.same_sentence(hit.end, hit.start) and tokens.lower[hit.end] in words
