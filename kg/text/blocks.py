"""A text cut into drafts of blocks: labels, datelines and spam cut off its paragraphs."""

# ruff: noqa: RUF001  (news is set with curly quotes and long dashes)

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.model import Span
from kg.text.footnotes import without_footnotes
from kg.text.lines import BULLET, ENDS, HEADING, LABEL, QUOTE, joined, paragraphs
from kg.text.normal import Traced, trace
from kg.text.repeats import spam_stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.text.lines import Line

_MARKDOWN = re.compile(
    r"(?P<image>!\[[^\]]*\]\([^)\s]*(?:\s+[^)]*)?\))"
    r"|\[(?P<link>[^\]\[]+)\]\([^)\s]+(?:\s+[^)]*)?\)"
    r"|(?P<mark>\*\*|__)(?=\S)(?P<strong>.+?)(?<=\S)(?P=mark)"
    r"|(?<![\w*])(?P<sign>[*_`])(?=[^\s*_])(?P<soft>[^*_`]+?)(?<=\S)(?P=sign)(?![\w*])"
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


def cut(text: str, start: int = 0) -> Iterator[Draft]:
    """Cut ``text`` from ``start`` on into drafts that cover every line with a visible sign."""
    pairs = [(paragraph, joined(paragraph, text)) for paragraph in paragraphs(text, start)]
    spam = _spam_phrases(whole.text for _, whole in pairs)
    for paragraph, whole in pairs:
        yield from _drafts(paragraph, whole, spam)


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
    label = LABEL.match(whole.text)
    return _without_marks(whole.cut(label.end() if label is not None else 0))[1].text


def _spam_phrases(paragraphs: Iterable[str]) -> frozenset[str]:
    """Give the phrases, in lower case, that some line hammers on."""
    return frozenset(phrase for paragraph in paragraphs for _, _, phrase in spam_stretches(paragraph))


def _drafts(paragraph: Sequence[Line], whole: Traced, spam: frozenset[str]) -> Iterator[Draft]:
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
    label = LABEL.match(text)
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
    for name, pattern in (("quote", QUOTE), ("heading", HEADING), ("item", BULLET)):
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
