"""Persons of the knowledge base whose name a text spells in its own way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.folding import fold, is_misspelled, sound

if TYPE_CHECKING:
    from kg.kb import KnowledgeBase
    from kg.model import Entity

EXACT = 0.95
_SPELLED = 0.92
_MISSPELLED = 0.88


def spelled_like(text: str, kb: KnowledgeBase) -> list[tuple[Entity, float, str]]:
    """Give the persons with this name, a score and why: as written, heard the same, or misspelled."""
    exact = [c for c in kb.candidates(text) if c.entity.type == "dip:Person"]
    if exact:
        return [(c.entity, EXACT, "the full name") for c in exact]
    bare = _without_initials(text)
    if bare != text:
        return [(e, score - 0.03, f"{why}, initials aside") for e, score, why in spelled_like(bare, kb)]
    heard: dict[str, tuple[Entity, float, str]] = {}
    folded = fold(text)
    plain = kb.without_particles(folded) if " " in folded else folded
    like = (*kb.persons_like(folded), *(kb.persons_like(plain) if plain != folded else ()))
    for name, entity in like:
        if sound(name) in {sound(folded), sound(plain)}:
            heard[entity.key] = (entity, _SPELLED, f"another spelling of {entity.label}")
        elif entity.key not in heard and is_misspelled(folded, name):
            heard[entity.key] = (entity, _MISSPELLED, f"misspelled: {entity.label}")
    return list(heard.values())


def _without_initials(text: str) -> str:
    parts = text.split()
    kept = [
        p
        for i, p in enumerate(parts)
        if i in {0, len(parts) - 1} or not (len(p) <= 2 and p.rstrip(".").isupper())
    ]
    return " ".join(kept)
