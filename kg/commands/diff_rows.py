"""What two graphs say differently as rows: one for each claim that a difference rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.commands.diff_words import evidence, relation, told_by
from kg.graph.rows import Rows

if TYPE_CHECKING:
    from kg.graph.differences import Comparison, Difference, Regrouping
    from kg.graph.sides import Telling

COLUMNS = (
    "number",
    "change",
    "what",
    "about",
    "subject",
    "relation",
    "object",
    "before",
    "after",
    "side",
    "says",
    "modality",
    "negated",
    "speaker",
    "confidence",
    "article",
    "date",
    "quote",
    "claim",
    "subject_iri",
    "relation_iri",
    "object_iri",
)

_Cells = dict[str, str]


def rows(found: Comparison) -> Rows:
    """Give the differences as a table; the rows of one difference share its number."""
    differences = [*([_of_thing(each)] for each in found.things), *(_of_fact(each) for each in found.facts)]
    lines = [
        {"number": str(number), **cells} for number, group in enumerate(differences, 1) for cells in group
    ]
    return Rows(COLUMNS, tuple(tuple(_term(line.get(name, "")) for name in COLUMNS) for line in lines))


def _term(text: str) -> ox.Literal | None:
    return ox.Literal(text) if text else None


def _of_thing(each: Regrouping) -> _Cells:
    shown = each.after or each.before
    return {
        "change": each.kind,
        "what": each.what,
        "about": "; ".join(name for _, name in shown),
        "before": "; ".join(name for _, name in each.before),
        "after": "; ".join(name for _, name in each.after),
        "subject_iri": " ".join(iri for iri, _ in each.before),
        "object_iri": " ".join(iri for iri, _ in each.after),
    }


def _of_fact(each: Difference) -> list[_Cells]:
    said = each.said
    subject, predicate, value = said.triple
    about = {
        "change": each.kind,
        "what": each.facet,
        "about": said.about[1],
        "subject": said.names[0],
        "relation": relation(predicate),
        "object": said.names[1],
        "before": "" if each.before is None else each.before.value,
        "after": "" if each.after is None else each.after.value,
        "subject_iri": subject,
        "relation_iri": predicate,
        "object_iri": value if value != said.names[1] else "",
    }
    claims = [{**about, "side": side, **_of_claim(claim)} for side, claim in evidence(each)]
    return claims or [about]


def _of_claim(claim: Telling) -> _Cells:
    return {
        "says": f"{claim.names[0]} {told_by(claim)} {claim.names[1]}",
        "modality": claim.modality.lower(),
        "negated": str(claim.negated).lower(),
        "speaker": claim.speaker,
        "confidence": f"{claim.confidence:.2f}",
        "article": claim.title or claim.article,
        "date": claim.published,
        "quote": claim.quote,
        "claim": claim.id,
    }
