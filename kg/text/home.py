"""Whose news an article is: the state that is meant where a text says "the foreign minister" and no more."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from kg.text.blocks import dateline_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.kb import KnowledgeBase
    from kg.model import Entity, Link

_STATES = frozenset(("dip:State", "dip:Polity"))
_TOP = 8
"""Lines in which a dateline may stand."""
_CITY = re.compile(r"[^,(:\u2013\u2014]+?(?=\s*(?:,|\(|:|--|\u2013|\u2014|\s-\s))")
_NAMED = 2
"""How often the text names the state at least; once may be in passing."""


def home_of(text: str, links: Sequence[Link], kb: KnowledgeBase) -> Entity | None:
    """Give the state an article is written from, or None where it is not plain.

    That is the state whose capital the dateline names, if the text names no other state more often: talks
    have the dateline of their host. The state a text is about does not count: "the Foreign Secretary" in a
    statement on somebody else's war is not of the state that has the war.
    """
    written = _written_from(text, kb)
    if written is None:
        return None
    counts = Counter(link.entity for link in links if link.entity is not None and link.entity.type in _STATES)
    return written if counts[written] >= max((_NAMED, *counts.values())) else None


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
