"""What looks like a state or a body and is a thing named after it: a dish, a firm, a unit, a label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.text.politics import is_ordinary

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
_SMALL = 2
"""Digits of a number that is no year."""
_DATED = (["-"], ["\u2013"], ["\u2014"], ["("], ["--"])
"""What closes a dateline."""
_DECIMAL = re.compile(r"\d+[.,]\d+")


def is_trap(hit: OnTokens, hits: Sequence[OnTokens], tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a name of the knowledge base is part of the name of something else here."""
    if hit.match.candidates[0].acronym:
        return _stands_for_another(hit, tokens, kb) or (
            hit.start > 0 and _DECIMAL.fullmatch(tokens.text[hit.start - 1]) is not None
        )
    if hit.type not in _AREAS or not tokens.same_sentence(hit.end, hit.start):
        return False
    if tokens.lower[hit.end] in _PARTICLES or _is_upon(hit, tokens):
        return True
    return (
        _is_hyphened(hit, hits, tokens)
        or _is_product(hit, tokens, kb)
        or _is_said_to_be_one(hit, tokens, kb)
        or _is_numbered(hit, tokens)
        or (
            (modifies_thing(hit, tokens, kb) or _is_called(hit, tokens, kb) or _is_own_thing(hit, tokens, kb))
            and not _is_political(hit, hits, tokens, kb)
        )
    )


def _stands_for_another(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a body in the text that is not the known one has the initials."""
    acronym = tokens.text[hit.start]
    if hit.end - hit.start > 1 or not acronym.isupper() or not is_ordinary(hit.start, tokens, kb):
        return False
    known = {
        name.lower()
        for c in hit.match.candidates
        for name in (c.entity.label, *c.entity.aliases)
        if " " in name
    }
    for at, word in enumerate(tokens.text):
        if word[0] != acronym[0] or word == acronym:
            continue
        end, initials = at, ""
        while end < len(tokens.text) and len(initials) < len(acronym):
            if tokens.text[end][0].isupper():
                initials += tokens.text[end][0]
            elif tokens.lower[end] not in {"of", "for", "the", "and", "on"}:
                break
            end += 1
        whole = " ".join(tokens.lower[at:end])
        if initials == acronym and not any(whole in name or name in whole for name in known):
            return True
    return False


def _is_upon(hit: OnTokens, tokens: Tokens) -> bool:
    """Tell whether a town's name goes on: ``X upon Y``, ``X-on-Y``."""
    after = hit.end + 1
    if not tokens.same_sentence(after, hit.start) or not tokens.text[after][0].isupper():
        return False
    return tokens.lower[hit.end] in {"upon", "upon-", "sur"}


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
    if tokens.text[hit.end] != ",":
        return False
    if tokens.lower[hit.end + 1 : hit.end + 2] not in (["a"], ["an"]):
        return _is_shown(hit, tokens, kb)
    for at in range(hit.end + 2, hit.end + 2 + _APPOSITION):
        if not tokens.same_sentence(at, hit.start) or tokens.text[at] == ",":
            return False
        if tokens.lower[at] in kb.words("product"):
            return True
    return False


def _is_said_to_be_one(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a sentence says that it is a thing for sale or show: ``X is the drink of choice``."""
    at = hit.end + tokens.is_name(hit.end)
    if tokens.sentences[tokens.sentence[hit.start]][0] < hit.start - 1 or not tokens.same_sentence(
        at + 3, hit.start
    ):
        return False
    if tokens.lower[at] not in {"is", "was"} or tokens.tag[at + 1] != "DT":
        return False
    noun = at + 2 + tokens.tag[at + 2].startswith("JJ")
    return tokens.lower[noun] in kb.words("product") and not tokens.tag[noun + 1].startswith("NN")


def _is_shown(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a closed apposition ends with a thing for sale or show: ``X, A B's satire,``."""
    first = tokens.sentences[tokens.sentence[hit.start]][0]
    if hit.start - first > 1 or (hit.start > first and tokens.lower[first] != "the"):
        return False
    for at in range(hit.end + 1, hit.end + 2 + _APPOSITION):
        if (
            not tokens.same_sentence(at, hit.start)
            or tokens.tag[at] in {"IN", "CC"}
            or tokens.tag[at][:2] == "VB"
        ):
            return False
        if tokens.text[at] == ",":
            return tokens.lower[at - 1] in kb.words("product")
    return False


def _is_called(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether the noun of a thing for sale or show stands before the name: ``the bar X``.

    Not before a verb: in ``the company X blamed`` the name acts.
    """
    before = hit.start - 1
    if not tokens.same_sentence(before, hit.start) or tokens.tag[before] != "NN":
        return False
    acts = tokens.tag[hit.end].startswith("VB")
    return tokens.text[before] in kb.words("product") and not acts


def _is_numbered(hit: OnTokens, tokens: Tokens) -> bool:
    """Tell whether a small number belongs to the name: ``X 4 is``, ``X 57 has``."""
    number = tokens.text[hit.end]
    if not number.isdecimal() or len(number) > _SMALL or not tokens.same_sentence(hit.end + 1, hit.start):
        return False
    return tokens.lower[hit.end + 1] in {"is", "was", "has", "had", "opens", "opened", "will"}


def _is_own_thing(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether somebody's own thing bears the name: ``his X``."""
    return hit.start > 0 and tokens.lower[hit.start - 1] in kb.words("possessive")


def modifies_thing(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether the next word is a common noun that neither politics nor places have."""
    if not tokens.same_sentence(hit.end, hit.start):
        return False
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


def is_american(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a name is that of a region whose governor or senator the sentence names."""
    if hit.type not in _AREAS:
        return False
    if hit.start > 0 and _is_region(hit.start - 1, hit.end, tokens, kb):
        return True  # the last word of a longer region: "New X"
    if not _is_region(hit.start, hit.end, tokens, kb):
        return False
    start, end = tokens.sentences[tokens.sentence[hit.start]]
    if not kb.words("regional-office").isdisjoint(tokens.lower[start:end]):
        return True
    own = set(tokens.lower[hit.start : hit.end])
    others = {
        word.lower() for word in tokens.text if word[0].isupper() and word.lower() in kb.words("region")
    } - own
    return bool(others) and is_ordinary(hit.start, tokens, kb)


def is_firm(hit: OnTokens, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a name joined by ``&`` to one that is no state or place makes a firm."""
    if not tokens.same_sentence(hit.end + 1, hit.start) or tokens.lower[hit.end] not in {"&", "and"}:
        return False
    if tokens.text[hit.end + 1].istitle() and tokens.lower[hit.end + 1] in kb.words("firm-tail"):
        return True
    if tokens.text[hit.end] != "&":
        return False
    return tokens.text[hit.end + 1][0].isupper() and not kb.candidates(tokens.text[hit.end + 1])


def end_of_region(hit: OnTokens, hits: Sequence[OnTokens], tokens: Tokens, kb: KnowledgeBase) -> int | None:
    """Give where the region after a name ends that makes it another town: ``Moscow, Idaho``."""
    if not tokens.same_sentence(hit.end + 1, hit.start) or tokens.text[hit.end] != ",":
        return None
    if _is_elsewhere(hit, hits, tokens, kb):
        return hit.end
    end = next((e for e in (hit.end + 2, hit.end + 3) if _is_region(hit.end + 1, e, tokens, kb)), None)
    if end is None and tokens.text[hit.start].isupper():
        states = (o for o in hits if o.start == hit.end + 1 and o.type in {"dip:State", "dip:Polity"})
        end = next((o.end for o in states if tokens.text[o.end : o.end + 1] in _DATED), None)
    if end is None or tokens.lower[end : end + 1] in (["and"], ["or"]):
        return None
    homes = {c.entity.within for c in hit.match.candidates} | {c.entity.key for c in hit.match.candidates}
    region = [c.entity for other in hits if other.start == hit.end + 1 for c in other.match.candidates]
    return None if any({e.key, e.within} & homes for e in region) else end


def _is_elsewhere(hit: OnTokens, hits: Sequence[OnTokens], tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a town is said to lie in another state than the one that is known: ``X, in northern Y``."""
    if hit.type != "dip:Place" or tokens.lower[hit.end + 1] != "in":
        return False
    at = hit.end + 2
    while tokens.same_sentence(at, hit.start) and tokens.lower[at] in kb.words("direction"):
        at += 1
    states = [c.entity for o in hits if o.start == at and o.type == "dip:State" for c in o.match.candidates]
    homes = {c.entity.within for c in hit.match.candidates}
    return bool(states) and None not in homes and homes.isdisjoint(e.key for e in states)


def _is_region(start: int, end: int, tokens: Tokens, kb: KnowledgeBase) -> bool:
    name = " ".join(tokens.lower[start:end])
    return name in kb.words("region") and all(word[0].isupper() for word in tokens.text[start:end])
