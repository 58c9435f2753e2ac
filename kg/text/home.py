"""Whose news an article is: the state that is meant where a text says "the foreign minister" and no more."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from kg.text.blocks import dateline_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from kg.kb import KnowledgeBase
    from kg.model import Entity, Link, Span

_STATES = frozenset(("dip:State", "dip:Polity"))
_TOP = 8
"""Lines in which a dateline may stand."""
_CITY = re.compile(r"[^,(:\u2013\u2014]+?(?=\s*(?:,|\(|:|--|\u2013|\u2014|\s-\s))")
_NAMED = 2
"""How often the text names the state at least; once may be in passing."""


def home_of(text: str, doc: Doc, links: Sequence[Link], kb: KnowledgeBase) -> Entity | None:
    """Give the state an article is written from, or None where it is not plain.

    That is the state whose capital the dateline names, if the text names no other state more often: talks
    have the dateline of their host, so where something is ("in the Venezuelan capital") and who hosts it are
    not counted. The state a text is about does not count: "the Foreign Secretary" in a statement on somebody
    else's war is not of the state that has the war.
    """
    written = _written_from(text, kb)
    if written is None:
        return None
    counts = Counter(
        link.entity for link in links if _governs(link) and not _is_where(doc, link.mention.tokens)
    )
    return written if counts[written] >= max((_NAMED, *counts.values())) else None


def _is_where(doc: Doc, tokens: Span) -> bool:
    """Tell whether a state is named as a place or as a host: "in X", "hosted by X", "the X capital"."""
    before = [token.lower_ for token in doc[max(0, tokens.start - 2) : tokens.start]]
    behind = {token.lower_ for token in doc[tokens.end : tokens.end + 1]}
    return _is_inside(doc, tokens) or before == ["hosted", "by"] or not _SEATS.isdisjoint(behind)


def _is_inside(doc: Doc, tokens: Span) -> bool:
    """Tell whether a state is only where something is, or goes: "in X", "to X"."""
    return tokens.start > 0 and doc[tokens.start - 1].lower_ in _WHERE


_SEATS = frozenset(("capital", "city", "town", "resort", "port"))


def ruled_by(doc: Doc, links: Sequence[Link]) -> Entity | None:
    """Give the state whose government "the government" is, or None where the text has several or none.

    That is the one state whose government the text names ("X's government", "the X government"), if it is named
    again and half as often at least as any other; else the one that talks or a war are told to be about ("peace
    talks on X"), if none is named more often.
    """
    states = [link for link in links if _governs(link)]
    owners = {link.entity for link in states if _is_before_government(doc, link.mention.tokens)}
    acting = [link.entity for link in states if not _is_inside(doc, link.mention.tokens)]
    counts = Counter(acting)
    least = max(counts.values(), default=0) / _NAMED
    if not owners:
        owners = {link.entity for link in states if _is_at_issue(doc, link.mention.tokens)}
        least = max(counts.values(), default=0)
    if len(owners) != 1:
        return None
    owner = next(iter(owners))
    return owner if counts[owner] >= max(_NAMED, least) else None


def _is_at_issue(doc: Doc, tokens: Span) -> bool:
    """As in "peace talks on X", "the civil war in X"."""
    before = [token.lower_ for token in doc[max(0, tokens.start - 3) : tokens.start]]
    return before[-1:] in (["on"], ["in"]) and (before[-2:-1] == ["war"] or before[:2] == ["peace", "talks"])


_WHERE = frozenset(("in", "to", "from", "at", "near"))
"""Words before a state that is only where something is."""


def _governs(link: Link) -> bool:
    return link.entity is not None and link.entity.type in _STATES


def _is_before_government(doc: Doc, tokens: Span) -> bool:
    """Tell whether a state's name leads to the word: "the X government", "X's government", "government of X"."""
    behind = [token.lower_ for token in doc[tokens.end : tokens.end + _NAMED] if token.lower_ not in _OWNS]
    before = [token.lower_ for token in doc[max(0, tokens.start - 3) : tokens.start] if token.lower_ != "the"]
    return behind[:1] == ["government"] or before[-2:] == ["government", "of"]


_OWNS = frozenset(("'s", "\u2019s", "'", "\u2019"))


def _written_from(text: str, kb: KnowledgeBase) -> Entity | None:
    """Give the state whose capital the dateline names."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines[:_TOP]:
        found = dateline_of(line)
        city = _CITY.match(found) if found is not None else None
        if city is not None:
            seat = kb.metonym(city[0].strip()) or kb.metonym(city[0].strip().title())
            return seat[0] if seat is not None and seat[0].type in _STATES else None
    return None
