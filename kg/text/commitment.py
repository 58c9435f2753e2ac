"""How far a source commits itself, and what that says of an event's status."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from kg.model import (
    ACTUAL,
    CONDITIONAL,
    EXPECTED,
    HELD,
    ONGOING,
    PLANNED,
    POSSIBLE,
    PROPOSED,
    REFUSED,
    Stance,
    Term,
)
from kg.text.syntax import heads_sentence

Tense = Literal["past", "present", "future"]

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Entity


_STRENGTH = {ACTUAL: 0, EXPECTED: 1, POSSIBLE: 2, CONDITIONAL: 3}


@dataclass(frozen=True, slots=True)
class Commitment:
    """What the words around a trigger do to it."""

    modality: Term = ACTUAL
    negated: bool = False
    refused: bool = False
    """Turned down by its would-be doer: "refused to meet"."""
    hearsay: bool = False
    tense: Tense | None = None
    progressive: bool = False
    speaker: Entity | None = None
    attributed: bool = False
    """Somebody else than the outlet says it, known or not."""

    def weaker(self, modality: Term) -> Commitment:
        """Give the commitment with a modality at least as weak as the one given."""
        if _STRENGTH[modality] > _STRENGTH[self.modality]:
            return replace(self, modality=modality)
        return self

    def stance(self) -> Stance:
        """Give what is recorded with a claim."""
        return Stance(self.modality, self.negated, self.speaker.key if self.speaker is not None else None)


def tense(verb: Token) -> Tense | None:
    """Give the tense of a verb with its auxiliaries; None for a bare noun or participle."""
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    tags = [child.tag_ for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if "MD" in tags:
        return "future"
    finite = [verb.tag_, *tags]
    if "VBD" in finite or heads_sentence(verb):
        return "past"
    if any(tag in finite for tag in ("VBZ", "VBP")):
        perfect = any(c.lemma_ == "have" and c.dep_ == "aux" for c in verb.children)
        return "past" if perfect else "present"
    return None


def has_be(verb: Token) -> bool:
    """Tell whether a verb has a form of "be" as its auxiliary."""
    return any(child.lemma_ == "be" and child.dep_ in ("aux", "auxpass") for child in verb.children)


def status_of(now: Commitment) -> Term | None:
    """Give the status that the words tell of an event: none told, none given."""
    if now.refused:
        return REFUSED
    if now.negated:
        return None
    if now.modality != ACTUAL:
        return {POSSIBLE: PROPOSED, EXPECTED: PLANNED}.get(now.modality)
    if now.progressive and now.tense in ("past", "present"):
        return ONGOING
    return HELD if now.tense == "past" else None
