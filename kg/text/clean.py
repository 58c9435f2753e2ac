"""An article cleaned by marking: every block with its kind and reason, and the text to analyse."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Article, Span
from kg.text.blocks import cut
from kg.text.duplicates import is_kept, mark_duplicates, mark_hanging, mark_unrelated
from kg.text.frontmatter import split_front_matter
from kg.text.layout import lay_out
from kg.text.normal import join, trace

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from kg.text.blocks import Draft

_BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the article: what it is, whether it is read, and why."""

    span: Span
    kind: str
    kept: bool
    reason: str


@dataclass(frozen=True, slots=True)
class View:
    """The text to analyse: the kept blocks, normalised, each character tied to the original.

    ``offsets[i]`` to ``ends[i]`` is what character ``i`` stands for in the article's text.
    ``block_starts`` are the places in ``text`` where blocks begin, ``block_kinds`` what they are.
    """

    text: str
    offsets: array[int]
    ends: array[int]
    block_starts: tuple[int, ...]
    block_kinds: tuple[str, ...]

    def original(self, span: Span) -> Span:
        """Give the stretch of the article's text that a stretch of the view stands for."""
        if not self.offsets:
            return Span(0, 0)
        if span.start >= span.end:
            at = self.offsets[span.start] if span.start < len(self.offsets) else self.ends[-1]
            return Span(at, at)
        return Span(self.offsets[span.start], self.ends[span.end - 1])

    def locate(self, original: Span) -> Span:
        """Give the stretch of the view that shows a stretch of the article; empty if none does."""
        start = bisect_right(self.ends, original.start)
        return Span(start, max(start, bisect_left(self.offsets, original.end)))

    def covers(self, original: Span) -> bool:
        """Tell whether any of a stretch of the article's text is in the view."""
        found = self.locate(original)
        return self.text[found.start : found.end].strip() != ""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article with its blocks in order and the view of what is kept."""

    article: Article
    blocks: tuple[Block, ...]
    view: View

    def kind_at(self, view_offset: int) -> str:
        """Give the kind of the block that a place in the view lies in."""
        return self.view.block_kinds[max(0, bisect_right(self.view.block_starts, view_offset) - 1)]


def clean(article: Article) -> Cleaned:
    """Mark what is article and what is page; nothing is deleted."""
    front = split_front_matter(article.text)
    drafts = tuple(cut(article.text, front.end))
    drafts = lay_out(drafts, title=article.title)
    drafts = mark_hanging(mark_unrelated(mark_duplicates(drafts)))
    head = (_front_block(article.text, front.end),) if front.end else ()
    blocks = tuple(Block(draft.span, draft.kind, is_kept(draft), draft.reason) for draft in drafts)
    return Cleaned(article, (*head, *blocks), _view([draft for draft in drafts if is_kept(draft)]))


def _front_block(text: str, end: int) -> Block:
    traced = trace(text, 0, end)
    return Block(
        Span(traced.starts[0], traced.ends[-1]), "frontmatter", kept=False, reason="data about the article"
    )


def _view(kept: Sequence[Draft]) -> View:
    starts, at = [], 0
    for draft in kept:
        starts.append(at)
        at += len(draft.text) + len(_BETWEEN)
    whole = join((draft.traced for draft in kept), _BETWEEN)
    return View(whole.text, whole.starts, whole.ends, tuple(starts), tuple(draft.kind for draft in kept))


__all__ = ["Block", "Cleaned", "View", "clean"]
