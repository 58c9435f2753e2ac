"""What each line is within the page: title, heading, prose, item, caption, menu."""

# ruff: noqa: RUF001  (news is set with curly quotes and long dashes)

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from kg.text.boilerplate import boilerplate, opens_box, opens_comments
from kg.text.lines import ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.text.blocks import Draft

PROSE, WEAK, SHORT, FRAGMENT = "prose", "weak", "short", "fragment"
_BODY = frozenset({PROSE, WEAK, SHORT})
KEPT = frozenset({"title", "standfirst", "heading", "paragraph", "item", "caption"})
"""The kinds of block that are read; a caption only if no reason speaks against it."""

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_PICTURE = re.compile(
    r"[(\[|/.–—-]\s*(?:file\s)?(?:photo|image|picture|photograph|credit|handout)s?\b[^()]{0,80}[)\]]?\W*$"
    r"|[(\[][^()]{0,40}\b(?:photo|image|picture|handout)s?\b[^()]{0,60}[)\]]\W*$",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(r"\w\W+\w+\W+[a-z]+:$")  # "The minister said:", however many capitals it has
_QUESTION = re.compile(r"[^.!?“”\"]+\?")
_HEADING_WORDS = 20


def words_of(text: str) -> list[str]:
    """Give the words of ``text`` in order."""
    return _WORD.findall(text)


def grade(text: str, *, shouting: bool = False) -> str:
    """Say how much like prose a line is: prose, weak (no full stop), short, or a fragment.

    ``shouting`` tells a text all in capitals, where capitals mean nothing.
    """
    words = words_of(text)
    letters = [word for word in words if word[0].isalpha()]
    capitals = 0.0 if shouting or not letters else sum(word[0].isupper() for word in letters) / len(letters)
    finished = ENDS.search(text) is not None
    # Headlines in title case do not end with a full stop, sentences full of names do.
    plain = capitals < 0.6 or (text.rstrip("\"”’'»)]").endswith(".") and capitals < 0.85)
    if _INTRODUCTION.search(text):
        return PROSE if len(words) >= 8 else SHORT
    if not plain or (len(words) < 12 and not finished) or len(words) < 2:
        return FRAGMENT
    return (PROSE if len(words) >= 8 else SHORT) if finished else WEAK


def lay_out(drafts: Sequence[Draft], *, title: str | None) -> tuple[Draft, ...]:
    """Decide on every draft; ``title`` is what the page's data gives as the headline."""
    shouting = _is_shouting(drafts)
    worded = tuple(_by_wording(draft) for draft in drafts)
    boxed = tuple(_in_boxes(worded, shouting=shouting))
    grades = tuple(_grade(draft, shouting=shouting) for draft in boxed)
    return _above_byline(_by_place(boxed, grades, title))


def _is_shouting(drafts: Sequence[Draft]) -> bool:
    letters = [*filter(str.isalpha, "".join(draft.text[:2000] for draft in drafts))]
    return sum(map(str.isupper, letters)) > 0.8 * len(letters)


def _by_wording(draft: Draft) -> Draft:
    """Mark what gives itself away by its words."""
    if draft.kind:
        return draft
    rule = boilerplate(draft.text)
    if rule is not None:
        return replace(draft, kind=rule.kind, reason=rule.reason)
    return draft


def _grade(draft: Draft, *, shouting: bool) -> str:
    return "" if draft.kind else grade(draft.text, shouting=shouting)


def _in_boxes(drafts: Sequence[Draft], *, shouting: bool) -> Iterator[Draft]:
    """Mark boxes: from their heading up to the next finished sentence; comments up to the end."""
    box, over, seen = "", False, 0
    for draft in drafts:
        prose = not draft.kind and grade(draft.text, shouting=shouting) == PROSE
        seen += prose and not over
        if not over and opens_comments(draft.text) and seen >= 3:
            box, over = draft.text, True
        elif opens_box(draft.text):
            box = box if over else draft.text
        elif prose and not over:
            box = ""
        yield replace(draft, kind="menu", reason=f"in the box {box!r}") if box and not draft.kind else draft


def _by_place(drafts: Sequence[Draft], grades: Sequence[str], title: str | None) -> tuple[Draft, ...]:
    """Decide by the neighbours: a heading has prose under it, a menu has not."""
    open_ = [i for i, draft in enumerate(drafts) if not draft.kind]
    decided = dict(_openings(drafts, grades, open_, title))
    lists = _list_items(drafts, grades, open_)
    runs = _fragment_runs([i for i in open_ if i not in decided], grades, lists)
    for run, before_body in runs:
        decided.update(_fragments(drafts, run, before_body=before_body))
    for i in open_:
        if i not in decided:
            decided[i] = _body(drafts[i], grades[i], listed=i in lists)
    return tuple(
        replace(draft, kind=decided[i][0], reason=decided[i][1]) if i in decided else draft
        for i, draft in enumerate(drafts)
    )


_Verdict = tuple[str, str]


def _openings(
    drafts: Sequence[Draft], grades: Sequence[str], open_: Sequence[int], title: str | None
) -> Iterator[tuple[int, _Verdict]]:
    """Decide on what stands above the body: menu, title, standfirst."""
    top = _top(drafts, grades, open_)
    chosen = _title_among(drafts, grades, top, title)
    if chosen is None:
        return
    yield chosen, ("title", "the headline")
    for i in top:
        if i < chosen:
            alone = top.index(chosen) == 1 and len(words_of(drafts[i].text)) >= 3
            yield i, ("heading", "above the headline") if alone else ("menu", "above the headline")
        elif i > chosen and _is_standfirst(drafts[i].text, grades[i]):
            yield i, ("standfirst", "under the headline")


def _top(drafts: Sequence[Draft], grades: Sequence[str], open_: Sequence[int]) -> list[int]:
    """Give the lines in front of the first finished sentence that are not items."""
    top: list[int] = []
    for i in open_:
        question = (
            not top and drafts[i].text.endswith("?") and len(words_of(drafts[i].text)) <= _HEADING_WORDS
        )
        marked = drafts[i].shape == "heading"
        if (grades[i] in (PROSE, SHORT) and not question and not marked) or drafts[i].shape == "item":
            break
        top.append(i)
    return top


def _title_among(
    drafts: Sequence[Draft], grades: Sequence[str], top: Sequence[int], title: str | None
) -> int | None:
    """Choose the headline: the given one, else the marked one, else the first long enough."""
    given = None if title is None else [word.casefold() for word in words_of(title)]
    same = (i for i in top if [word.casefold() for word in words_of(drafts[i].text)] == given)
    marked = (i for i in top if drafts[i].shape == "heading")
    short = [i for i in top if len(words_of(drafts[i].text)) <= 25 or grades[i] == FRAGMENT]
    long_enough = (i for least in (5, 3, 2) for i in short if len(words_of(drafts[i].text)) >= least)
    return next((i for choice in (same, marked, long_enough) for i in choice), None)


def _is_standfirst(text: str, graded: str) -> bool:
    words = words_of(text)
    small = sum(word[0].islower() for word in words)
    return graded == WEAK or (len(words) >= 6 and small > 0.4 * len(words))


def _list_items(drafts: Sequence[Draft], grades: Sequence[str], open_: Sequence[int]) -> frozenset[int]:
    """Give the items of every list that a sentence introduces or of which some item says something."""
    taken: list[int] = []
    introduced = False
    for is_list, group in groupby(open_, key=lambda i: drafts[i].shape == "item"):
        places = list(group)
        if is_list and (introduced or any(_says_something(drafts[i].text, grades[i]) for i in places)):
            taken.extend(places)
        introduced = not is_list and grades[places[-1]] in _BODY and drafts[places[-1]].text.endswith(":")
    return frozenset(taken)


def _says_something(text: str, graded: str) -> bool:
    words = words_of(text)
    small = sum(word[0].islower() for word in words)
    return graded in _BODY or (len(words) >= 5 and (small > 0.4 * len(words) or text.endswith(".")))


def _fragment_runs(
    places: Sequence[int], grades: Sequence[str], lists: frozenset[int]
) -> Iterator[tuple[list[int], bool]]:
    """Give each run of fragments, and whether prose or a list follows it."""
    run: list[int] = []
    for i in places:
        if grades[i] == FRAGMENT and i not in lists:
            run.append(i)
        elif run:
            yield run, True
            run = []
    if run:
        yield run, False


def _fragments(
    drafts: Sequence[Draft], run: Sequence[int], *, before_body: bool
) -> Iterator[tuple[int, _Verdict]]:
    """Decide on a run: one or two lines above prose are headings, more are a menu."""
    for i in run:
        near = len(run) <= 2 or i == run[-1]
        length = len(words_of(drafts[i].text))
        if drafts[i].shape == "heading" and before_body:
            yield i, ("heading", "marked as heading")
        elif before_body and near and drafts[i].shape != "item" and length <= _HEADING_WORDS:
            yield i, ("heading", "above prose")
        else:
            yield i, ("menu", "words with no prose under them")


def _body(draft: Draft, graded: str, *, listed: bool) -> _Verdict:
    if listed:
        return "item", "an item of a list"
    if draft.shape == "heading":
        return "heading", "marked as heading"
    picture = _PICTURE.search(draft.text)
    if picture is not None and graded in _BODY:
        said = len(words_of(draft.text[: picture.start()])) >= 8
        return ("caption", "") if said else ("menu", "a caption that says little")
    if (
        graded in (SHORT, PROSE)
        and _QUESTION.fullmatch(draft.text)
        and len(words_of(draft.text)) <= _HEADING_WORDS
    ):
        return "heading", "a question above prose"
    return "paragraph", {PROSE: "prose", WEAK: "prose without full stop"}.get(graded, "a short sentence")


def _above_byline(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """Call the one or two paragraphs between headline and byline the standfirst."""
    title = next((i for i, draft in enumerate(drafts) if draft.kind == "title"), None)
    byline = next((i for i, draft in enumerate(drafts) if draft.kind == "byline" and i > (title or 0)), None)
    if title is None or byline is None or drafts[byline].reason in ("dateline", "about the author"):
        return drafts
    between = [i for i in range(title + 1, byline) if drafts[i].kind == "paragraph"]
    if len(between) > 2:
        return drafts
    return tuple(
        replace(draft, kind="standfirst", reason="between headline and byline") if i in between else draft
        for i, draft in enumerate(drafts)
    )
