"""What the names of an article mean, as rows: one a mention, in the order of the text."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, NamedTuple

from kg.vocab import BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.model import Article, Link


class LinkRow(NamedTuple):
    """A mention and what it means: the fields, their names and their order are a contract.

    ``article.text[start:end] == text``, in Unicode code points. ``type`` is a class of the ontology
    without prefix, or ``Demonym``. ``qid`` is empty where the knowledge base has none, ``label`` and
    ``iri`` where the linker abstains: then ``type`` is that of the mention, and ``why`` says why.
    """

    article: str
    start: int
    end: int
    text: str
    type: str
    label: str
    iri: str
    qid: str
    score: float
    why: str


def link_rows(article: Article, links: Iterable[Link], *, base: str = BASE) -> Iterator[LinkRow]:
    """Give a row for each link."""
    for link in sorted(links, key=lambda each: each.mention.span):
        span, entity = link.mention.span, link.entity
        yield LinkRow(
            article=article.id,
            start=span.start,
            end=span.end,
            text=article.text[span.start : span.end],
            type=_type(link),
            label="" if entity is None else entity.label,
            iri="" if entity is None else f"{base}{entity.key}",
            qid="" if entity is None or entity.qid is None else entity.qid,
            score=round(link.score, 3),
            why=link.why,
        )


def _type(link: Link) -> str:
    """Name the class of what is meant; a demonym stays one, whatever state it is said of."""
    named = link.mention.type
    meant = named if named.endswith(":Demonym") or link.entity is None else link.entity.type
    return meant.rpartition(":")[2]


def _json(row: LinkRow) -> str:
    return json.dumps(row._asdict(), ensure_ascii=False)


def _csv(row: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(row)  # quotes a cell that holds what ends a line
    return out.getvalue().removesuffix("\r\n")


def _tsv(row: Iterable[object]) -> str:
    return "\t".join(str(cell).translate(_TSV) for cell in row)


# A name may run over the end of a line; in TSV that is written so that a row stays a line.
_TSV = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})

LAYOUTS: Mapping[str, Callable[[LinkRow], str]] = {"jsonl": _json, "csv": _csv, "tsv": _tsv}
"""How a row is written as a line."""

HEADS: Mapping[str, str] = {"csv": _csv(LinkRow._fields), "tsv": _tsv(LinkRow._fields)}
"""The line with the names of the columns, where a layout has one."""
