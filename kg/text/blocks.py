"""A text cut into drafts of blocks: lines put back into paragraphs, labels and spam cut off."""

# ruff: noqa: RUF001  (news is set with curly quotes and long dashes)

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.model import Span
from kg.text.footnotes import without_footnotes
from kg.text.normal import Traced, join, trace
from kg.text.repeats import spam_stretches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BULLET = re.compile(r"(?:[•◦‣▪▫●○■□➤►·*+–—-]|\d{1,2}[.)])\s+(?=\S)")
_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_QUOTE = re.compile(r"(?:>\s*)+")
_MARKDOWN = re.compile(
    r"(?P<image>!\[[^\]]*\]\([^)\s]*(?:\s+[^)]*)?\))"
    r"|\[(?P<link>[^\]\[]+)\]\([^)\s]+(?:\s+[^)]*)?\)"
    r"|(?P<mark>\*\*|__)(?=\S)(?P<strong>.+?)(?<=\S)(?P=mark)"
    r"|(?<![\w*])(?P<sign>[*_`])(?=[^\s*_])(?P<soft>[^*_`]+?)(?<=\S)(?P=sign)(?![\w*])"
)
_LABEL = re.compile(
    r"(?:(?:Short|Long|Main|Web|SEO|Social|Mobile|Print|Page|Article|Story|Image|Photo)\s)?"
    r"(?:Headline|Sub-?headline|Standfirst|Summary|Title|Subtitle|Strapline|Kicker|Byline|Teaser|Deck|Dek"
    r"|Abstract|Synopsis|Caption|Description|Lede|Intro|Body)"
    r"(?:(?=[A-Z“‘\"][^A-Z]|[A-Z]\s)|\s*:\s*|$)"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?"
_PLACE = r"(?!The\b)[A-Z][\w.'’-]*(?:[ /][A-Z][\w.'’-]*){0,3}"
_COUNTRY = rf"(?:,\s(?!{_MONTH}\s\d)[A-Z][\w.]+(?:\s[A-Z][\w.]+)*)?"
_DATELINE = re.compile(
    rf"{_PLACE}{_COUNTRY}(?:,\s{_DAY})?\s?\((?P<agency>[A-Z][A-Za-z./ ]{{1,30}})\)(?:,\s{_DAY})?\s?(?:—|–|--?)\s?(?=[A-Z“‘\"])"
    rf"|{_PLACE}{_COUNTRY}\s\({_DAY}\)\s?(?:—|–|--?|:)\s?(?=[A-Z“‘\"])"
    rf"|\({_PLACE}{_COUNTRY},\s{_DAY}\)(?:\s?(?:—|–|--?|:))?\s?(?=[A-Z“‘\"])"
    rf"|{_PLACE}{_COUNTRY},\s{_DAY}\s?(?:\([A-Z][A-Za-z./ ]{{1,30}}\)|(?:—|–|--?|:))\s?(?=[A-Z“‘\"])"
    rf"|[A-Z]{{3}}[A-Z.'’ /-]*{_COUNTRY}\s(?:—|–|--?)\s(?=[A-Z“‘\"])"
    rf"|[A-Z]{{5}}[A-Z'’ -]*{_COUNTRY}:\s(?=[A-Z“‘\"])"
    rf"|[A-Z][a-z'’-]+(?:\s[A-Z][a-z'’-]+){{0,2}}\s(?P<dash>—|–|-)\s(?=[A-Z“‘\"][a-z])(?![^.]*\s(?P=dash)\s)"
)
ENDS = re.compile(r"[.!?…:;](?:[\"”’'»)\]]|\[\d+\])*$")
"""How a finished sentence ends."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A block on its way: what it is is not decided as long as ``kind`` is empty."""

    span: Span
    traced: Traced
    shape: str = "line"
    kind: str = ""
    reason: str = ""

    @property
    def text(self) -> str:
        """Give the words that the view would show."""
        return self.traced.text


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank; ``gap`` tells a blank line before it."""

    span: Span
    traced: Traced
    gap: bool


def cut(text: str, start: int = 0) -> Iterator[Draft]:
    """Cut ``text`` from ``start`` on into drafts that cover every line with a visible sign."""
    lines = tuple(_lines(text, start))
    paragraphs = tuple(_paragraphs(lines, _wrap_width(lines)))
    spam = _spam_phrases(paragraphs)
    for paragraph in paragraphs:
        yield from _drafts(paragraph, spam)


def agency_of(text: str) -> str | None:
    """Give the agency that a paragraph's dateline names: ``OSLO (Newswire) - The …``."""
    found = _DATELINE.match(text)
    return found["agency"] if found is not None else None


def dateline_of(text: str) -> str | None:
    """Give the dateline at the head of a paragraph."""
    found = _DATELINE.match(text)
    return found[0] if found is not None else None


def without_label(text: str) -> str:
    """Give a line without bullets, Markdown and the label glued to its front."""
    whole = trace(text)
    label = _LABEL.match(whole.text)
    return _without_marks(whole.cut(label.end() if label is not None else 0))[1].text


def _lines(text: str, start: int) -> Iterator[Line]:
    end = start
    for found in _LINE.finditer(text, start):
        traced = trace(text, *found.span())
        if traced.text == "":
            continue
        span = Span(traced.starts[0], traced.ends[-1])
        yield Line(span, traced, gap=len(_LINE_BREAK.findall(text, end, span.start)) > 1)
        end = span.end


def _continues(line: Line, following: Line) -> bool:
    """Tell a sentence that runs on in the next line."""
    return len(line.traced.text) >= 30 and _runs_on(line, following)


def _runs_on(line: Line, following: Line) -> bool:
    return ENDS.search(line.traced.text) is None and following.traced.text[0].islower()


def _wrap_width(lines: Sequence[Line]) -> int | None:
    """Give the width at which the text was wrapped by hand, or None if lines are paragraphs.

    In wrapped text most breaks fall inside a sentence; three in ten is far below that and far
    above what lists and headings reach. Lines well beyond the width speak against it.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if not b.gap]
    widths = sorted(len(a.traced.text) for a, b in pairs if _continues(a, b))
    if not widths or len(widths) < 0.3 * len(pairs):
        return None
    width = widths[int(0.9 * (len(widths) - 1))]
    too_long = sum(len(line.traced.text) > 1.3 * width for line in lines)
    return width if width <= 130 and too_long <= 0.1 * len(lines) else None


def _paragraphs(lines: Sequence[Line], width: int | None) -> Iterator[tuple[Line, ...]]:
    held: list[Line] = []
    for line in lines:
        if held and (line.gap or not _joins(held, line, width)):
            yield tuple(held)
            held = []
        held.append(line)
    if held:
        yield tuple(held)


def _joins(held: Sequence[Line], line: Line, width: int | None) -> bool:
    """Tell whether a line goes on with the paragraph: its first word had no room before."""
    last, text = held[-1].traced.text, line.traced.text
    if any(pattern.match(text) for pattern in (_BULLET, _HEADING, _LABEL)) or _HEADING.match(last):
        return False
    if _runs_on(held[-1], line) and sum(len(before.traced.text) for before in held) >= 30:
        return True
    if width is None or (len(held) == 1 and _is_title_case(last)):
        return False
    full = len(last) + 1 + len(text.split(" ", 1)[0])
    return full > (width - 2 if ENDS.search(last) else 0.9 * width)


def _is_title_case(text: str) -> bool:
    words = [word for word in text.split() if word[0].isalpha()]
    return sum(word[0].isupper() for word in words) >= 0.6 * len(words)


def _spam_phrases(paragraphs: Sequence[Sequence[Line]]) -> frozenset[str]:
    """Give the phrases, in lower case, that some line hammers on."""
    return frozenset(
        phrase
        for paragraph in paragraphs
        for _, _, phrase in spam_stretches(join((line.traced for line in paragraph), " ").text)
    )


def _drafts(paragraph: Sequence[Line], spam: frozenset[str]) -> Iterator[Draft]:
    whole = join((line.traced for line in paragraph), " ")
    pieces = tuple(_pieces(whole, spam))
    edges = [paragraph[0].span.start, *(p[0].starts[0] for p in pieces[1:]), paragraph[-1].span.end]
    for (traced, shape, kind, reason), (start, end) in zip(pieces, pairwise(edges), strict=True):
        yield Draft(Span(start, end), traced, shape, kind, reason=reason)


_Parts = tuple[Traced, str, str, str]


def _pieces(whole: Traced, spam: frozenset[str]) -> Iterator[_Parts]:
    """Cut one paragraph into label, dateline, prose and spam; each as traced, shape, kind, reason."""
    text = whole.text
    if not any(char.isalpha() for char in text):
        yield whole, "line", "boilerplate", "no words"
        return
    label = _LABEL.match(text)
    at = 0
    if label is not None:
        yield whole.cut(0, label.end()), "line", "label", "page label"
        at = label.end()
    if at < len(text):
        yield from _after_label(whole.cut(at), spam)


def _after_label(whole: Traced, spam: frozenset[str]) -> Iterator[_Parts]:
    shape, body = _without_marks(whole)
    line = body.text
    dateline = _DATELINE.match(line)
    if dateline is not None and len(line) - dateline.end() >= 40 and ENDS.search(line):
        yield body.cut(0, dateline.end()), "line", "byline", "dateline"
        body = body.cut(dateline.end())
    yield from _around_spam(body, shape, spam)


def _around_spam(body: Traced, shape: str, spam: frozenset[str]) -> Iterator[_Parts]:
    at = 0
    opening = _opening_spam(body.text, spam)
    stretches = [(start, end) for start, end, _ in spam_stretches(body.text)]
    if opening and not (stretches and stretches[0][0] == 0):
        stretches.insert(0, (0, opening))
    for start, end in stretches:
        if body.cut(at, start).text != "":
            yield body.cut(at, start), shape, "", ""
        yield body.cut(start, end), shape, "spam", "the same words again and again"
        at = end
    if body.cut(at).text != "" or not stretches:
        yield _worded(body.cut(at), shape)


def _worded(rest: Traced, shape: str) -> _Parts:
    if any(char.isalpha() for char in rest.text):
        return rest, shape, "", ""
    return rest, shape, "boilerplate", "no words"


def _opening_spam(text: str, spam: frozenset[str]) -> int:
    """Give the length of a hammered phrase glued to the front of a sentence."""
    folded = text.casefold()
    for phrase in sorted(spam, key=len, reverse=True):
        rest = text[len(phrase) :].lstrip()
        if folded.startswith(phrase) and rest[:1].isupper():
            return len(phrase)
    return 0


def _without_marks(whole: Traced) -> tuple[str, Traced]:
    """Take bullets and Markdown off a line, and say what shape they gave it."""
    shape, at = "line", 0
    for name, pattern in (("quote", _QUOTE), ("heading", _HEADING), ("item", _BULLET)):
        found = pattern.match(whole.text, at)
        if found is not None:
            shape, at = name, found.end()
    body = whole.cut(at)
    return shape, without_footnotes(_without_inline(body if body.text != "" else whole))


def _without_inline(whole: Traced) -> Traced:
    """Take Markdown inside a line away: emphasis keeps its words, a link its text."""
    keep: list[int] = []
    at = 0
    for found in _MARKDOWN.finditer(whole.text):
        keep.extend(range(at, found.start()))
        inner = next((name for name in ("link", "strong", "soft") if found[name] is not None), None)
        if inner is not None:
            keep.extend(range(*found.span(inner)))
        at = found.end()
    if at == 0:
        return whole
    slim = whole.pick((*keep, *range(at, len(whole.text))))
    return slim if slim.text != "" else whole
