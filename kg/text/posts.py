"""Posts: the path and the name of an office, from its words and its side."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from kg.model import Key

if TYPE_CHECKING:
    from kg.model import Entity


def office_key(words: str, side: Entity | None, holder: Entity | None = None) -> Key:
    """Give the path of an office: ``office/foreign-minister-of-chad``.

    An office of nobody that is told has its ``holder`` in the path: two presidents do not share a post.
    """
    name = words if holder is None else f"{words} {holder.label}"
    name = f"{words} of {side.label}" if side is not None else name
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return Key("office/" + re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-"))


def office_label(words: str, side: Entity | None) -> str:
    """Give the name of an office: ``Foreign Minister of Chad``."""
    small = {"of", "for", "to", "and", "the", "at", "in", "on"}
    title = " ".join(w if w in small else w[:1].upper() + w[1:] for w in words.split(" "))
    return f"{title} of {side.label}" if side is not None else title
