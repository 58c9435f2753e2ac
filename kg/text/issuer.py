"""Who speaks as "we" in a paper that is a statement as a whole, and tells so in its title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Entity, Link

_TITLE = re.compile(
    r"\b(?:statement|remarks|communiqu[eé]|address|speech|declaration|message|letter|intervention)\b"
    r"(?P<between>.*?)\b(?:by|of|from)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\b(?:joint|trilateral|quadrilateral)\b", re.IGNORECASE)
_ACTORS = frozenset(("dip:Person", "dip:State", "dip:Polity", "dip:Organization", "dip:Bloc"))


def issuer_of(text: str, links: Sequence[Link]) -> Entity | None:
    """Give whose statement a text is: the first actor behind "Statement by", "Communiqué of" in its first line.

    None where the title has no such words, or several made the statement. ``text`` is the analysis text that
    the links point into.
    """
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    if end < 0:
        return None  # a paper has a body below its title
    title = text[start:end]
    told = _TITLE.search(title)
    if told is None or _SEVERAL.search(title):
        return None
    behind = [
        link.entity
        for link in links
        if link.entity is not None
        and start + told.end() <= link.mention.span.start < end
        and link.entity.type in _ACTORS
    ]
    return behind[0] if behind else None
