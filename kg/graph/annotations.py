"""The claims as W3C Web Annotations: in words as the body, with the quotes they rest on as the targets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO

from kg.graph.facts import Facts
from kg.graph.page_style import load_style, phrase
from kg.vocab import BASE, NS, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyoxigraph as ox

    from kg.graph.page_style import Relation

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
"""What the W3C's model asks for by name; whoever reads it as plain JSON need not fetch it."""

_LONGEST = 16
_NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"


@dataclass(frozen=True, slots=True, order=True)
class _Passage:
    """A quote; offsets count code points of the text as it was given, the end not included."""

    document: str
    start: int
    end: int
    iri: str
    words: str


def web_annotations(triples: Sequence[ox.Triple], vocabulary: Vocabulary, out: BinaryIO) -> None:
    """Write an ``AnnotationCollection`` in JSON-LD: one annotation for each claim that has a quote.

    They come by the IRI of the document, then as the text goes, each on a line of its own. What is
    inferred has no quote, and so no annotation.
    """
    lines = [json.dumps(each, ensure_ascii=False) for each in _annotations(Facts.of(triples, vocabulary))]
    name = f"{BASE}annotations/{_digest(lines)}"
    head = {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": "What the articles say, and where",
        "total": len(lines),
    }
    page = {"id": f"{name}/1", "type": "AnnotationPage", "partOf": name, "startIndex": 0}
    begin = json.dumps(head, indent=1).removesuffix("\n}")
    out.write(f"{begin}{_first(page, lines)}\n}}\n".encode())


def _digest(lines: Sequence[str]) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()[:20]


def _first(page: Mapping[str, object], lines: Sequence[str]) -> str:
    """Write the one page there is; a collection of nothing has none."""
    if not lines:
        return ""
    head, items = json.dumps(page).removesuffix("}"), ",\n".join(lines)
    return f',\n "first": {head}, "items": [\n{items}\n]}}'


def _annotations(facts: Facts) -> Iterator[dict[str, object]]:
    relations = load_style().relations
    quoted = ((_passages(facts, claim), claim) for claim in facts.claims())
    for passages, claim in sorted((passages, claim) for passages, claim in quoted if passages):
        yield {
            "id": f"{claim}#annotation",
            "type": "Annotation",
            "motivation": "describing",
            "body": [_words(claim, facts, relations), claim],
            "target": _one_or_all([_target(passage) for passage in passages]),
        }


def _passages(facts: Facts, claim: str) -> list[_Passage]:
    """List the passages of a claim as the text goes, those left out that do not say where they are."""
    found = set()
    for iri in facts.values(claim, f"{NS}evidence"):
        document, start, end = (
            facts.value(iri, f"{_NIF}{part}") for part in ("referenceContext", "beginIndex", "endIndex")
        )
        if document and _is_offset(start) and _is_offset(end):
            found.add(_Passage(document, int(start), int(end), iri, facts.value(iri, f"{_NIF}anchorOf")))
    return sorted(found)


def _is_offset(text: str) -> bool:
    """Tell whether a text counts characters; Python refuses to read thousands of digits, and no text is so long."""
    return text.isascii() and text.isdecimal() and len(text) < _LONGEST


def _words(claim: str, facts: Facts, relations: Mapping[str, Relation]) -> dict[str, object]:
    """Put a claim into words, as the graph page does: ``Iran is to host the talks (said by Oman)``."""
    row = facts.row(claim)
    modality = facts.value(claim, f"{NS}modality").removeprefix(NS)
    negated, relation = row["negated"] == "true", relations.get(row["predicate_iri"])
    unknown = f"{'not ' if negated else ''}{row['predicate']}"
    verb = unknown if relation is None else phrase(relation, modality, negated=negated)
    told = f"{row['subject']} {verb} {row['object']}"
    return {
        "id": f"{claim}#words",
        "type": "TextualBody",
        "value": f"{told} (said by {row['speaker']})" if row["speaker"] else told,
        "format": "text/plain",
        "language": "en",
        "purpose": "describing",
    }


def _target(passage: _Passage) -> dict[str, object]:
    return {
        "id": passage.iri,
        "type": "SpecificResource",
        "source": passage.document,
        "selector": [
            {"id": f"{passage.iri}&sel=quote", "type": "TextQuoteSelector", "exact": passage.words},
            {
                "id": f"{passage.iri}&sel=position",
                "type": "TextPositionSelector",
                "start": passage.start,
                "end": passage.end,
            },
        ],
    }


def _one_or_all(values: list[dict[str, object]]) -> object:
    return values[0] if len(values) == 1 else values
