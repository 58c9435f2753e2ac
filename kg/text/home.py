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
_NAMED, _MUCH, _TIMES = 2, 4, 2
"""A dateline's state is named this often, another state this often and this many times the next one."""


def home_of(text: str, links: Sequence[Link], kb: KnowledgeBase) -> Entity | None:
    """Give the state an article is written from or about, or None where it is not plain.

    That is the state whose capital the dateline names, if the text names no other state more often (talks
    have the dateline of their host); else the one state that is named far more often than any other.
    """
    counts = Counter(link.entity for link in links if link.entity is not None and link.entity.type in _STATES)
    written = _written_from(text, kb)
    if written is not None and counts[written] >= max(_NAMED, *counts.values()):
        return written
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0].key))
    if not ranked or ranked[0][1] < _MUCH:
        return None
    ahead = len(ranked) == 1 or ranked[0][1] >= _TIMES * ranked[1][1]
    return ranked[0][0] if ahead else None


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
