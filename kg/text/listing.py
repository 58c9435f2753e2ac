"""Who stands in a list between commas and titles, read from left to right where the parse loses its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.party import Party
from kg.text.placing import POSSESSIVE
from kg.text.scene import DEMONYM, is_kind
from kg.text.titlewords import names_office

if TYPE_CHECKING:
    from kg.model import Key, Link
    from kg.text.scene import Scene

_LONGEST = 40
"""Tokens of a list; a longer one is several clauses."""
_STOPS = frozenset(("in", "on", "at", "over", "about", "after", "before", "during", "as", "which", "who", "that",
                    "whose", "where", "when", "while", "but", ";", "(", ")", ":", "by", "under"))  # fmt: skip
_OF = frozenset(("of", "for", "to", "the", "'s", "\u2019s"))
_PAIR = 2


def listed(scene: Scene, start: int) -> tuple[Party, ...]:
    """Give the parties of ``X's premier, A, and the president of Y, B``, from the token after ``between``.

    A state that is part of a title stands for nobody; a title without a name makes the list end unread.
    """
    if start >= len(scene.doc):
        return ()
    found: dict[Key, Party] = {}
    joined, pending, at = False, False, start
    end = min(scene.doc[start].sent.end, start + _LONGEST)
    while at < end:
        token, link = scene.doc[at], scene.link(scene.doc[at])
        if link is not None and link.entity is not None:
            if is_kind(link.entity, "person"):
                found.setdefault(link.entity.key, Party(link.entity, "name", at))
                pending = False
            elif is_kind(link.entity, "state", "group") and not _is_in_title(scene, link):
                found.setdefault(link.entity.key, Party(link.entity, "name", at))
            at = link.mention.tokens.end
            continue
        if token.lower_ in _STOPS or token.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            break
        if token.text == "," and joined and not pending and len(found) >= _PAIR:
            break
        joined |= token.lower_ in ("and", "with")
        pending |= token.lemma_.lower() in scene.lexicon.words["titles"]
        at += 1
    return tuple(found.values()) if joined and not pending and len(found) >= _PAIR else ()


def _is_in_title(scene: Scene, link: Link) -> bool:
    """Tell whether a state or body is part of a title: ``X's premier``, ``the X premier``, ``premier of X``."""
    start, end = link.mention.tokens.start, link.mention.tokens.end
    before = start - 1
    while before > 0 and scene.doc[before].lower_ in _OF:
        before -= 1
    told_before = before < start - 1 and names_office(scene, scene.doc[before])
    after = end
    while after < len(scene.doc) and (
        scene.doc[after].lower_ in POSSESSIVE
        or (scene.doc[after].tag_ in ("JJ", "NN", "NNP") and scene.link(scene.doc[after]) is None)
    ):
        if names_office(scene, scene.doc[after]):
            return True
        after += 1
    return told_before or link.mention.type == DEMONYM
