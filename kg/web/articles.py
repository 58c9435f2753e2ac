"""The text of an article as it was given, with its mentions marked and its claims beside their sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Span
from kg.text.frontmatter import split_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import EventMention, Link, Reading
    from kg.web.catalogue import Catalogue, Thing
    from kg.web.told import Quote, Told

_GAP = re.compile(r"\n[ \t\r]*\n\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: plain, or a mention of something."""

    text: str
    thing: Thing | None = None
    unknown: bool = False
    """Whether it names something that has no page."""
    trigger: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch that claims rest on, with a number; or one between, without."""

    begin: int
    end: int
    pieces: tuple[Piece, ...]
    number: int | None = None
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with the blank lines after it."""

    stretches: tuple[Stretch, ...]
    keys: tuple[str, ...] = ()
    """The fields of the front matter, where this is it."""

    @property
    def notes(self) -> tuple[Stretch, ...]:
        """Give the stretches that claims rest on."""
        return tuple(each for each in self.stretches if each.told)


def blocks(book: Catalogue, reading: Reading, told: Sequence[Told]) -> tuple[Block, ...]:
    """Cut a text into paragraphs and these into stretches; joined again they are the text, sign for sign."""
    text = reading.article.text
    spots = mentions(book, reading)
    numbered = list(enumerate(_stretches(told, len(text)), 1))
    front = split_front_matter(text)
    body = _head(text, front.end)
    found = []
    for start, stop in _paragraphs(text, body):
        inside = [(number, one) for number, one in numbered if start <= one[0].start < stop]
        # A passage that runs over a blank line is shown in the paragraph in which it begins.
        keys = tuple(front.fields) if stop <= body else ()
        found.append(Block(tuple(_cut(text, Span(start, stop), inside, spots)), keys))
    return tuple(found)


def _head(text: str, end: int) -> int:
    """Give where the body begins: behind the front matter and the blank lines after it; 0 without front matter."""
    return end + len(text[end:]) - len(text[end:].lstrip()) if end else 0


def _paragraphs(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Cut behind the front matter, which may hold blank lines itself, and at those of the body."""
    if start:
        yield 0, start
    for match in _GAP.finditer(text, start):
        if match.end() < len(text):
            yield start, match.end()
            start = match.end()
    yield start, len(text)


def _stretches(told: Sequence[Told], length: int) -> list[tuple[Span, tuple[Told, ...]]]:
    """Join the passages that overlap, and give each stretch with the claims that rest on it."""
    spans = sorted(
        (quote.begin, quote.end, each.id, each)
        for each in told
        if (quote := first_quote(each, length)) is not None
    )
    found: list[tuple[Span, list[Told]]] = []
    for begin, end, _, each in spans:
        if found and begin < found[-1][0].end:
            found[-1] = Span(found[-1][0].start, max(end, found[-1][0].end)), [*found[-1][1], each]
        else:
            found.append((Span(begin, end), [each]))
    return [(span, tuple(all_of)) for span, all_of in found]


@dataclass(frozen=True, slots=True)
class _Place:
    begin: int
    end: int


def first_quote(told: Told, length: int) -> _Place | None:
    """Give where the first passage of a claim lies, where that is within the text."""
    for quote in told.quotes:
        if quote.begin is not None and quote.end is not None and quote.begin < quote.end <= length:
            return _Place(quote.begin, quote.end)
    return None


def _cut(
    text: str,
    whole: Span,
    inside: Sequence[tuple[int, tuple[Span, tuple[Told, ...]]]],
    spots: Sequence[tuple[Span, Piece]],
) -> Iterator[Stretch]:
    at = whole.start
    for number, (span, told) in inside:
        end = min(span.end, whole.end)
        if at < span.start:
            yield Stretch(at, span.start, pieces(text, Span(at, span.start), spots))
        yield Stretch(span.start, end, pieces(text, Span(span.start, end), spots), number, told)
        at = end
    if at < whole.end:
        yield Stretch(at, whole.end, pieces(text, Span(at, whole.end), spots))


def mentions(book: Catalogue, reading: Reading) -> list[tuple[Span, Piece]]:
    """Give what the text names, in order and without overlaps: of two, the one that begins first or is longer."""
    length = len(reading.article.text)
    found: list[tuple[Span, Piece]] = []
    for link in sorted(reading.links, key=lambda one: (one.mention.span.start, -one.mention.span.end)):
        span = link.mention.span
        if span.start < span.end <= length and not (found and span.start < found[-1][0].end):
            found.append((span, _named(book, link)))
    return found


def _named(book: Catalogue, link: Link) -> Piece:
    meant = (link.entity, link.place)
    things = (book.thing(book.base + entity.key) for entity in meant if entity is not None)
    thing = next((each for each in things if each is not None), None)
    return Piece("", thing, unknown=thing is None)


def pieces(text: str, span: Span, spots: Sequence[tuple[Span, Piece]]) -> tuple[Piece, ...]:
    """Cut a stretch at the marked spots; a spot that reaches over its ends is cut as well."""
    found, at = [], span.start
    for where, piece in spots:
        start, end = max(where.start, at), min(where.end, span.end)
        if start >= end:
            continue
        if at < start:
            found.append(Piece(text[at:start]))
        found.append(Piece(text[start:end], piece.thing, piece.unknown, piece.trigger))
        at = end
    if at < span.end:
        found.append(Piece(text[at : span.end]))
    return tuple(found)


def with_trigger(quote: Quote, told: Told, reading: Reading | None) -> tuple[Piece, ...]:
    """Give the words of a passage with the word marked that says so, where the reading is at hand."""
    plain = (Piece(quote.text),)
    if reading is None or quote.begin is None or quote.end is None:
        return plain
    text, span = reading.article.text, Span(quote.begin, quote.end)
    if text[span.start : span.end] != quote.text:
        return plain
    trigger = _trigger(reading.event_mentions, span, told.predicate)
    return plain if trigger is None else pieces(text, span, [(trigger, Piece("", trigger=True))])


def _trigger(found: Sequence[EventMention], span: Span, predicate: str) -> Span | None:
    """Give the trigger of the mention that rests on a passage, one with this relation before others."""
    name = predicate.rpartition("#")[2]
    near = [
        (not any(role.predicate.endswith(f":{name}") for role in each.roles), each.trigger)
        for each in found
        if each.trigger is not None
        and span.start <= each.trigger.start
        and each.trigger.end <= span.end
        and (each.evidence == span or any(role.evidence == span for role in each.roles))
    ]
    return min(near)[1] if near else None
