"""Lines put back into paragraphs: text wrapped by hand, double-spaced, quoted in a mail, with words cut at the end."""

# ruff: noqa: RUF001  (news is set with curly quotes and long dashes)

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.model import Span
from kg.text.normal import Traced, join, trace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ENDS = re.compile(r"[.!?…:;](?:[\"”’'»)\]]|\[\d+\])*$")
"""How a finished sentence ends."""

BULLET = re.compile(r"(?:[•◦‣▪▫●○■□➤►·*+–—-]|\d{1,2}[.)])\s+(?=\S)")
HEADING = re.compile(r"#{1,6}\s+(?=\S)")
QUOTE = re.compile(r"(?:>\s*)+")
LABEL = re.compile(
    r"(?:(?:Short|Long|Main|Web|SEO|Social|Mobile|Print|Page|Article|Story|Image|Photo)\s)?"
    r"(?:Headline|Sub-?headline|Standfirst|Summary|Title|Subtitle|Strapline|Kicker|Byline|Teaser|Deck|Dek"
    r"|Abstract|Synopsis|Caption|Description|Lede|Intro|Body)"
    r"(?:(?=[A-Z“‘\"][^A-Z]|[A-Z]\s)|\s*:\s*|$)"
)
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_GOES_ON = re.compile(rf"{ENDS.pattern}|,$|\([^()]*$")
_CUT = re.compile(r"(?<![\w-])([^\W\d_]+(?:['’-][^\W\d_]+)*)-$")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_REST = re.compile(r"[^\W\d_]+")
_SMALL_WORDS = "a an and as at but by for from in into nor of off on or over per the to up via vs with"
_SMALL = frozenset(_SMALL_WORDS.split())
_FIRST_PARTS = """
    all anti cross deputy ex first full half hard high inter left long low mid multi non one part post pre pro right
    second self semi short so state sub third two un under vice war well
"""
_COMPOUNDING = frozenset(_FIRST_PARTS.split())
"""What is joined to the next word with a hyphen more often than it is the first half of a word cut in two."""

_FEWEST = (
    5  # pairs of lines, from which it can be told that each line was filled as far as its words would go
)
_NARROW = 45  # characters; no headline stands on one line of so few
_WIDEST = 130  # characters; nobody wraps text by hand at more


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank, without the ``>`` of a quoted mail.

    ``breaks`` is how many line ends stand before it, ``soft`` tells a word cut at its end by a soft hyphen.
    """

    span: Span
    whole: Traced
    said: Traced
    breaks: int
    soft: bool

    @property
    def text(self) -> str:
        """Give the words of the line."""
        return self.said.text

    @property
    def quoted(self) -> bool:
        """Tell a line of a quoted mail."""
        return self.said is not self.whole

    @property
    def bare(self) -> bool:
        """Tell a blank line of a quoted mail: nothing but its mark."""
        return self.text[0] == ">"


@dataclass(frozen=True, slots=True)
class _Wrap:
    """How a text is wrapped: at which width, if at any; ``exact`` where each line is as full as can be.

    ``spacing`` is the number of line ends between two lines of a paragraph.
    """

    width: int | None = None
    exact: bool = False
    spacing: int = 1


def paragraphs(text: str, start: int = 0) -> Iterator[tuple[Line, ...]]:
    """Give the lines of ``text`` that have a visible sign, those of one paragraph together."""
    lines = tuple(_lines(text, start))
    wrap = _wrap_of(lines)
    held: list[Line] = []
    for line in lines:
        if held and (line.breaks > wrap.spacing or not _joins(held, line, wrap)):
            yield tuple(held)
            held = []
        held.append(line)
    if held:
        yield tuple(held)


def joined(paragraph: Sequence[Line], text: str) -> Traced:
    """Give the words of a paragraph; ``text`` is the whole, which tells how a word is written elsewhere."""
    glued = [[paragraph[0].whole]]
    for before, line in pairwise(paragraph):
        cut = _CUT.search(before.text) if before.text[-1] == "-" else None
        rest = _REST.match(line.text) if cut is not None or before.soft else None
        if rest is None or (cut is not None and rest[0] in ("and", "or", "to")):
            glued.append([line.said])
            continue
        if cut is not None and _is_cut(cut[1], rest[0], text):
            glued[-1][-1] = glued[-1][-1].cut(0, len(glued[-1][-1].text) - 1)
        glued[-1].append(line.said)
    return join((join(parts, "") if len(parts) > 1 else parts[0] for parts in glued), " ")


def _is_cut(first: str, rest: str, text: str) -> bool:
    """Tell one word cut in two from two with a hyphen: by how the text has it elsewhere, else by its look."""
    elsewhere = _words(text)
    if f"{first}-{rest}" in elsewhere or first + rest in elsewhere:
        return first + rest in elsewhere
    return first.islower() and first.isalpha() and rest.islower() and first not in _COMPOUNDING


@lru_cache(maxsize=1)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


def _lines(text: str, start: int) -> Iterator[Line]:
    end = start
    for found in _LINE.finditer(text, start):
        whole = trace(text, *found.span())
        if whole.text == "":
            continue
        span = Span(whole.starts[0], whole.ends[-1])
        mark = QUOTE.match(whole.text) if whole.text[0] == ">" else None
        said = whole if mark is None or mark.end() == len(whole.text) else whole.cut(mark.end())
        breaks = len(_LINE_BREAK.findall(text, end, span.start))
        yield Line(span, whole, said, breaks, soft="\u00ad" in text[span.end : found.end()])
        end = span.end


def _runs_on(line: Line, following: Line) -> bool:
    """Tell a sentence that runs on in the next line, or a word that does."""
    if line.text[-1] == "-" and line.text[-2:-1].isalpha() and following.text[0].isalpha():
        return True
    return ENDS.search(line.text) is None and following.text[0].islower()


def _wrap_of(lines: Sequence[Line]) -> _Wrap:
    """Tell how a text was wrapped by hand: not at all if its lines are paragraphs."""
    pairs = [(a, b) for a, b in pairwise(lines) if not (a.bare or b.bare)]
    close = [(a, b) for a, b in pairs if b.breaks <= 1]
    width = _exact_width(close)
    if width is not None:
        return _Wrap(width, exact=True)
    if not close or len(close) * 10 < len(lines):
        wide = [(a, b) for a, b in pairs if b.breaks == 2]
        width = _exact_width(wide)
        if width is not None:
            return _Wrap(width, exact=True, spacing=2)
    return _Wrap(_usual_width(close, lines))


def _exact_width(pairs: Sequence[tuple[Line, Line]]) -> int | None:
    """Give the width of lines each of which is as full as can be: the first word of the next had no room.

    Lists of names may be so by chance, so that some sentence must run on from line to line, too.
    """
    if len(pairs) < _FEWEST:
        return None
    widths = sorted(len(a.text) for a, _ in pairs)
    width = widths[int(0.95 * (len(widths) - 1))]
    if width > _WIDEST or widths[-1] > 1.5 * width:
        return None
    full = sum(_fills(a, b, width) or ENDS.search(a.text) is not None for a, b in pairs)
    exact = sum(_fills(a, b, width) for a, b in pairs)
    on = sum(_runs_on(a, b) and " " in a.text for a, b in pairs)
    return width if min(full / 0.9, exact / 0.7, on / 0.15) >= len(pairs) else None


def _fills(line: Line, following: Line, width: int) -> bool:
    return len(line.text) + 1 + len(following.text.split(" ", 1)[0]) > width


def _usual_width(pairs: Sequence[tuple[Line, Line]], lines: Sequence[Line]) -> int | None:
    """Give the width at which most lines break.

    In wrapped text most breaks fall inside a sentence; three in ten is far below that and far
    above what lists and headings reach. Lines well beyond the width speak against it.
    """
    widths = sorted(len(a.text) for a, b in pairs if len(a.text) >= 30 and _runs_on(a, b))
    if not widths or len(widths) < 0.3 * len(pairs):
        return None
    width = widths[int(0.9 * (len(widths) - 1))]
    too_long = sum(len(line.text) > 1.3 * width for line in lines)
    return width if width <= _WIDEST and too_long <= 0.1 * len(lines) else None


def _joins(held: Sequence[Line], line: Line, wrap: _Wrap) -> bool:
    """Tell whether a line goes on with the paragraph: its first word had no room before."""
    last = held[-1]
    if any(pattern.match(line.text) for pattern in (BULLET, HEADING, LABEL)) or HEADING.match(last.text):
        return False
    if line.breaks <= 1 and _runs_on(last, line) and sum(len(before.text) for before in held[:30]) >= 30:
        return True
    if wrap.width is None or last.quoted != line.quoted or last.bare or line.bare:
        return False
    if len(held) == 1 and not (wrap.exact and wrap.width < _NARROW) and _is_title_case(last.text, wrap):
        return False
    if wrap.exact and not ENDS.search(last.text):
        return _fills(last, line, wrap.width) or line.text[0].islower()
    full = len(last.text) + 1 + len(line.text.split(" ", 1)[0])
    return full > (wrap.width - 2 if ENDS.search(last.text) else 0.9 * wrap.width)


def _is_title_case(text: str, wrap: _Wrap) -> bool:
    """Tell a headline by its capitals; where lines are full, capitals on all words but the smallest."""
    words = [word for word in text.split() if word[0].isalpha()]
    if wrap.exact and (_GOES_ON.search(text) or any(w[0].islower() and w not in _SMALL for w in words)):
        return False
    return sum(word[0].isupper() for word in words) >= 0.6 * len(words)
