"""How a notebook shows what the graph says: tables, claims with their sentences, contradictions, the page.

All of it is plain HTML that takes its colours from the notebook, light or dark, and in which every text
of an article is escaped. Nothing is fetched, and only web addresses become links.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.frames import Kind, column_of
from kg.graph.rows import clean, plain, shown
from kg.vocab import BASE, NS, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kg.answers import Conflict, Passage, Statement
    from kg.graph.rows import RdfTerm, Rows
    from kg.portrait import Fact, Portrait

SHOWN = 50
"""Rows of a table in a notebook; all of them are in the data frame."""

_WEB = re.compile(r"https?://[^\s<>\"'`\\^{}|]+")
_TOLD = {
    "Actual": "told as fact",
    "Expected": "expected",
    "Possible": "possible",
    "Conditional": "conditional",
}


_RIGHT = ' class="kg-n"'
_NAMES = 8


def block(*parts: str) -> str:
    """Put pieces of HTML together as what a notebook shows."""
    return f'<div class="kg"><style>{_style()}</style>{"".join(parts)}</div>'


@cache
def _style() -> str:
    return Path(__file__).with_name("display.css").read_text(encoding="utf-8")


def text(words: object) -> str:
    """Give words of an article as HTML: one line, no markup, nothing that turns the direction of what follows."""
    return f"<bdi>{escape(clean(str(words)))}</bdi>"


def link(address: str | None, words: str) -> str:
    """Give words as a link where the address is one of the web; names of ours lead nowhere yet."""
    if address is None or address.startswith((BASE, NS)) or _WEB.fullmatch(address) is None:
        return text(words)
    return (
        f'<a href="{escape(address, quote=True)}" target="_blank" rel="noopener noreferrer">{text(words)}</a>'
    )


def table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str, numbers: Iterable[str] = ()
) -> str:
    """Lay out a table of cells that are HTML already.

    Args:
        columns: the names, as text.
        rows: the cells of each row.
        caption: what the table shows, as text.
        numbers: the columns whose cells stand to the right.
    """
    right = {at for at, name in enumerate(columns) if name in set(numbers)}
    head = "".join(
        f'<th scope="col"{_RIGHT if at in right else ""}>{text(name)}</th>' for at, name in enumerate(columns)
    )
    body = "".join(
        f"<tr>{''.join(f'<td{_RIGHT if at in right else str()}>{cell}</td>' for at, cell in enumerate(row))}</tr>"
        for row in rows
    )
    return (
        f'<div class="kg-scroll" role="region" tabindex="0" aria-label="{escape(clean(caption), quote=True)}">'
        f"<table><caption>{text(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def rows_table(rows: Rows) -> str:
    """Give the answer of a SELECT: names of things shortened, addresses of the web as links."""
    prefixes = {**Vocabulary.load().prefixes, "": BASE}
    cells = ([_cell(term, prefixes) for term in row] for row in rows.rows[:SHOWN])
    count = counted(len(rows.rows), "row")
    return block(table(rows.variables, cells, caption=count, numbers=_numbers(rows)), more(len(rows.rows)))


def _cell(term: RdfTerm | None, prefixes: Mapping[str, str]) -> str:
    if term is None:
        return ""
    address = plain(term) if isinstance(term, ox.NamedNode | ox.Literal) else None
    return link(address, shown(term, prefixes))


def _numbers(rows: Rows) -> Iterator[str]:
    """Yield the columns that hold nothing but numbers."""
    for at, name in enumerate(rows.variables):
        kind = column_of(name, [row[at] for row in rows.rows]).kind
        if kind in {Kind.INTEGER, Kind.NUMBER}:
            yield name


def more(count: int) -> str:
    """Say how many rows there are beyond those that are shown."""
    return f"<p>{count - SHOWN:,} more rows: to_pandas() has all of them.</p>" if count > SHOWN else ""


def counted(count: int, noun: str) -> str:
    """Give a count with its noun: ``1 row``, ``2 rows``."""
    return f"{count:,} {noun if count == 1 else noun + 's'}"


def told(statement: Statement) -> str:
    """Say how a source tells a claim: as fact, as expected, as denied."""
    words = _TOLD.get(statement.modality, statement.modality)
    if not statement.negated:
        return words
    return "denied" if statement.modality == "Actual" else f"denied, {words}"


def speaker_of(statement: Statement) -> str:
    """Say whose word a claim is."""
    if statement.rule is not None:
        return f"inferred: {statement.rule}"
    return "the article itself" if statement.speaker is None else statement.speaker


def tag(words: str) -> str:
    """Mark a word that says how a claim is told."""
    return f'<span class="kg-tag">{text(words)}</span>'


def passage(each: Passage) -> str:
    """Give a sentence with the article it stands in."""
    day = f'<span class="kg-day">{text(each.published or "undated")}</span>'
    parts = [link(each.url, each.title), text(each.publisher or ""), day]
    source = ", ".join(part for part in parts if part != text(""))
    return f'<blockquote><p>“{text(each.quote)}”</p><p class="kg-from">{source}</p></blockquote>'


def passages(found: Sequence[Passage]) -> str:
    """Give the first sentence, and the others behind a button."""
    if not found:
        return ""
    rest = "".join(passage(each) for each in found[1:])
    label = counted(len(found) - 1, "more sentence")
    return passage(found[0]) + (f"<details><summary>{label}</summary>{rest}</details>" if rest else "")


def statement_html(statement: Statement) -> str:
    """Give a claim with its evidence: how it is told, by whom, how sure the reading is, and the sentences."""
    facts = [
        tag(told(statement)),
        text(speaker_of(statement)),
        f"as of {text(statement.as_of)}" if statement.as_of is not None else "",
        f"confidence of the reading {statement.confidence:.2f}",
        f"claim {text(statement.id)}",
    ]
    line = " · ".join(fact for fact in facts if fact)
    head = f'<p><strong>{text(statement)}</strong></p><p class="kg-from">{line}</p>'
    return block(head, "".join(passage(each) for each in statement.passages))


def claims_table(statements: Sequence[Statement], caption: str) -> str:
    """Give claims as a table, a row each, with the first sentence."""
    cells = (
        [
            text(each),
            tag(told(each)),
            text(speaker_of(each)),
            f"{each.confidence:.2f}",
            passages(each.passages),
        ]
        for each in statements[:SHOWN]
    )
    columns = ("claim", "told", "on whose word", "confidence", "evidence")
    return block(table(columns, cells, caption=caption, numbers=("confidence",)), more(len(statements)))


def conflict_table(pair: Conflict) -> str:
    """Give two claims that cannot both hold, side by side."""
    sides = (pair.one, pair.other)
    lines: tuple[tuple[str, Callable[[Statement], str]], ...] = (
        ("says", lambda each: f"<strong>{text(each)}</strong>"),
        ("how", lambda each: tag(told(each))),
        ("on whose word", lambda each: text(speaker_of(each))),
        ("words", lambda each: passages(each.passages)),
        ("confidence", lambda each: f"{each.confidence:.2f}"),
    )
    body = "".join(
        f'<tr><th scope="row">{name}</th>{"".join(f"<td>{show(side)}</td>" for side in sides)}</tr>'
        for name, show in lines
    )
    head = '<tr><td></td><th scope="col" class="kg-side">one account</th><th scope="col" class="kg-side">another account</th></tr>'
    caption = text(f"{pair.about}: two accounts that cannot both hold")
    return (
        f'<div class="kg-scroll"><table><caption>{caption}</caption>'
        f"<thead>{head}</thead><tbody>{body}</tbody></table></div>"
    )


def portrait_html(portrait: Portrait) -> str:
    """Give all that is said of a thing: its names, then fact by fact how it is told, and the sentences."""
    thing = portrait.thing
    known = [text(each) for each in (thing.kind, portrait.status, portrait.when, portrait.place) if each]
    if thing.qid is not None:
        known.append(link(f"http://www.wikidata.org/entity/{thing.qid}", thing.qid))
    names = ", ".join(text(each) for each in thing.aliases[:_NAMES])
    head = f'<p><strong>{text(thing.label)}</strong> <span class="kg-from">{" · ".join(known)}</span></p>'
    if names:
        head += f'<p class="kg-from">also: {names}{" …" if len(thing.aliases) > _NAMES else ""}</p>'
    cells = (_fact_cells(fact, thing.iri) for fact in portrait.facts[:SHOWN])
    caption = f"{counted(len(portrait.facts), 'fact')} about {thing.label}"
    columns = ("relation", "what or whom", "told", "sources", "evidence")
    return block(
        head, table(columns, cells, caption=caption, numbers=("sources",)), more(len(portrait.facts))
    )


def _fact_cells(fact: Fact, iri: str) -> list[str]:
    said = [each for statement in fact.statements for each in statement.passages]
    rules = sorted({each.rule for each in fact.statements if each.rule is not None})
    verb, other = relation_of(fact, iri)
    status = f" {text(f'({fact.status})')}" if fact.status is not None else ""
    return [
        text(verb),
        text(other) + status,
        " ".join(map(tag, how_told(fact))),
        str(fact.sources) if fact.sources else "",
        passages(said) or text("; ".join(f"by rule: {rule}" for rule in rules)),
    ]


def relation_of(fact: Fact, iri: str) -> tuple[str, str]:
    """Word a fact from where a thing stands: the relation, and what is at the other end."""
    if fact.object == iri:
        return f"… {fact.verb} it", fact.subject_label
    if fact.subject == iri:
        return fact.verb, fact.object_label
    return fact.verb, f"{fact.subject_label} → {fact.object_label}"


def how_told(fact: Fact) -> tuple[str, ...]:
    """Say how a fact is told, and on whose word where no article says it itself."""
    if fact.basis == "background":
        return ("known beforehand",)
    if not fact.statements:
        return ("inferred",)
    how, speakers = told(fact.statements[0]), ", ".join(fact.speakers)
    first = how if fact.basis == "stated" else "inferred" if how == _TOLD["Actual"] else f"inferred, {how}"
    return (first, f"according to {speakers}") if speakers else (first,)


def frame(page: str, summary: str, *, height: int) -> str:
    """Show a whole page in a frame of its own, which can reach neither the notebook nor the network."""
    # The summary stands for the page where a notebook is not trusted and leaves the frame empty.
    return block(
        f"<p>{text(summary)}</p>",
        f'<iframe sandbox="allow-scripts allow-downloads" srcdoc="{escape(page, quote=True)}" '
        f'title="The graph: {escape(clean(summary), quote=True)}" '
        f'style="width:100%;height:{height:d}px;border:1px solid rgba(127,127,127,.4)"></iframe>',
    )


def value(each: object) -> str:
    """Give a value of a column: a web address as a link, a share with two digits, nothing for None."""
    if each is None:
        return ""
    if isinstance(each, float):
        return f"{each:.2f}"
    if isinstance(each, date):
        return f'<span class="kg-day">{each.isoformat()}</span>'
    return link(str(each), str(each))
