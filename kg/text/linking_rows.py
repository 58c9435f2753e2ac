"""Links as rows: what the command ``kg link`` prints, one line a mention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.vocab import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Link, Reading

COLUMNS = ("article", "start", "end", "text", "type", "label", "iri", "qid", "score", "why")
"""The fields of a row, in order: a contract."""


def rows(reading: Reading, *, base: str = BASE) -> Iterator[dict[str, str | int | float]]:
    """Give one row a mention, in the order of the text; ``start`` and ``end`` are offsets into it.

    An unknown thing has an ``iri`` of its own and an empty ``qid``; where the linker abstains,
    ``label`` and ``iri`` are empty too and ``why`` says why.
    """
    for link in sorted(reading.links, key=lambda found: found.mention.span):
        yield _row(link, reading, base)


def _row(link: Link, reading: Reading, base: str) -> dict[str, str | int | float]:
    span, entity = link.mention.span, link.entity
    return {
        "article": reading.article.id,
        "start": span.start,
        "end": span.end,
        "text": reading.article.text[span.start : span.end],
        "type": link.mention.type if entity is None else entity.type,
        "label": "" if entity is None else entity.label,
        "iri": "" if entity is None else f"{base}{entity.key}",
        "qid": "" if entity is None or entity.qid is None else entity.qid,
        "score": link.score,
        "why": link.why,
    }
