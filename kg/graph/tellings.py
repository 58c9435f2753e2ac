"""How articles tell of roles: for each article and thing, who has which part in it, and by which passage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from kg.graph.terms import REPRESENTS
from kg.model import ACTUAL, CONDITIONAL, EXPECTED, POSSIBLE, Term
from kg.vocab import NS, RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.graph.facts import Facts
    from kg.vocab import Vocabulary

FIRMNESS = (ACTUAL, EXPECTED, POSSIBLE, CONDITIONAL)
"""Modalities, the firmest first."""


@dataclass(frozen=True, slots=True)
class Telling:
    """That one article gives somebody (or something) a part in a thing, how firmly, and where it says so."""

    who: str
    """The IRI of who or what has the part, or the words where the property takes a literal."""
    modality: Term
    negated: bool
    speaker: str
    """The IRI of whom the article credits; empty where it speaks in its own voice."""
    confidence: Decimal
    start: int
    end: int
    sentence: str

    @property
    def passage(self) -> tuple[int, int]:
        """Give the offsets of the evidence, in Unicode code points."""
        return self.start, self.end


Roles: TypeAlias = "Mapping[Term, tuple[Telling, ...]]"
"""What one article tells of one thing, by property."""


def read(facts: Facts, vocabulary: Vocabulary) -> dict[tuple[str, str], Roles]:
    """Give the roles by document and thing (IRIs); what is inferred, and so has no evidence, is left out.

    A role that a delegation has is given to the side that it represents in the same article.
    """
    found: dict[tuple[str, str], dict[Term, set[Telling]]] = {}
    for claim in facts.claims():
        row = facts.row(claim)
        term = vocabulary.shrink(row["predicate_iri"])
        if row["basis"] != "stated" or not row["document_iri"] or term not in vocabulary:
            continue
        subject, value = row["subject_iri"], facts.value(claim, f"{RDF}object")
        actor_first = vocabulary.filler_is_subject(term) and term != REPRESENTS
        thing, who = (value, subject) if actor_first else (subject, value)
        if not thing or not who:
            continue
        roles = found.setdefault((row["document_iri"], thing), {})
        roles.setdefault(term, set()).add(_telling(who, claim, facts, vocabulary))
    return {
        (document, thing): {
            term: tuple(sorted(set(_sides(tellings, document, found, facts)), key=_order))
            for term, tellings in sorted(roles.items())
        }
        for (document, thing), roles in found.items()
    }


def _telling(who: str, claim: str, facts: Facts, vocabulary: Vocabulary) -> Telling:
    passage = facts.passage(claim)
    modality = vocabulary.shrink(facts.value(claim, f"{NS}modality"))
    return Telling(
        who=who,
        modality=modality if modality in FIRMNESS else FIRMNESS[-1],
        negated=facts.value(claim, f"{NS}negated") == "true",
        speaker=facts.value(claim, f"{NS}attributedTo"),
        confidence=Decimal(facts.value(claim, f"{NS}confidence") or 0),
        start=int(passage["begin"] or 0),
        end=int(passage["end"] or 0),
        sentence=passage["sentence"],
    )


def _sides(
    tellings: Iterable[Telling],
    document: str,
    found: Mapping[tuple[str, str], Mapping[Term, set[Telling]]],
    facts: Facts,
) -> Iterator[Telling]:
    """Put the side that a delegation represents in its place; one of an unknown side is left out."""
    for telling in tellings:
        sides = found.get((document, telling.who), {}).get(REPRESENTS, ())
        if not _is_delegation(telling.who, facts, told=bool(sides)):
            yield telling
        elif sides:
            yield from (replace(together(telling, side), who=side.who) for side in sides)
        else:
            named = facts.values(telling.who, f"{NS}represents")
            yield from (replace(telling, who=side) for side in named)


def _is_delegation(iri: str, facts: Facts, *, told: bool) -> bool:
    """Tell whether a thing is a team; one whose side is only guessed at has no class in the graph."""
    kinds = facts.values(iri, f"{RDF}type")
    return f"{NS}Delegation" in kinds or (told and not kinds)


def together(one: Telling, other: Telling) -> Telling:
    """Give two tellings as one, which is no firmer than either; ``who`` is that of the first.

    Negated where either is, in the weaker of the two modalities, with the lower confidence, credited
    to whom the weaker one credits, else to whom the other does. The passage is that of the weaker
    one, whatever the confidence; of equals, that of the first.
    """
    weaker, firmer = (other, one) if weakness(other) > weakness(one) else (one, other)
    return replace(
        weaker,
        who=one.who,
        modality=max(one.modality, other.modality, key=FIRMNESS.index),
        speaker=weaker.speaker or firmer.speaker,
        confidence=min(one.confidence, other.confidence),
    )


def weakness(telling: Telling) -> tuple[bool, int, bool]:
    """Order tellings from firm to weak: the denied after the affirmed, by modality, the attributed last."""
    return telling.negated, FIRMNESS.index(telling.modality), bool(telling.speaker)


def at_most(telling: Telling, modality: Term) -> Telling:
    """Give the telling, no firmer than a modality; a denial stays as firm as it is."""
    if telling.negated:
        return telling
    return replace(telling, modality=max(telling.modality, modality, key=FIRMNESS.index))


def _order(telling: Telling) -> tuple[int, int, str, bool, str, str, Decimal]:
    return (
        telling.start,
        telling.end,
        telling.who,
        telling.negated,
        telling.modality,
        telling.speaker,
        telling.confidence,
    )
