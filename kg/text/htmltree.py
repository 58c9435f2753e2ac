"""HTML to a tree that is neither too deep nor too large for those who walk it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Tree = Any  # lxml carries no types

DEEPEST = 200
"""Elements within one another; the parser drops everything, words too, below 256."""

MOST_CELLS = 1_000
"""trafilatura is quadratic in the cells of tables: 2,000 take 1 s, 10,000 take 22 s; it wants no words of them."""

MOST_TAGS = 60_000
"""Beyond this a page is a dump: trafilatura would take more than some seconds."""

BREAKING = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "table",
        "section",
        "article",
        "header",
        "blockquote",
        "figure",
        "figcaption",
        "main",
        "pre",
        "dd",
        "dt",
    ]
)
"""Elements that stand on lines of their own."""

_SILENT = frozenset(
    ["script", "style", "noscript", "template", "svg", "nav", "footer", "aside", "form", "button", "head"]
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_RAW = ("script", "style", "textarea", "title")
_TAG = re.compile(r"<(?:(?P<comment>!--)|(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*))")
_DECLARATION = re.compile(
    r"\s*(?:<\?xml[^>]{0,500}>\s*)?(?:<!DOCTYPE[^>\[]{0,500}\[.{0,50000}?\]\s*>)?", re.DOTALL
)
MOST_ATTRIBUTES = 500
"""Of one tag; libxml2 compares each with all before it: 5,000 take 0.1 s, 100,000 some minutes."""

_LONG_TAG = 1_000  # characters; a shorter one has fewer attributes
_ATTRIBUTE = re.compile(r"[^\s/>=\"']+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?")
_LONGEST_CELL = 60  # characters; a longer cell is prose, and its table the layout of an old page


def parse(html: str) -> Tree | None:
    """Give the tree of a page; None if there is nothing in it."""
    from lxml import etree  # noqa: PLC0415  (plain text needs none of it)
    from lxml import html as lxml_html  # noqa: PLC0415  (as above)

    parser = lxml_html.HTMLParser()
    try:
        return lxml_html.document_fromstring(_DECLARATION.sub("", html, count=1), parser=parser)
    except (etree.ParserError, ValueError):
        return None


def shallow(html: str) -> str:
    """Give a page without the tags that are nested too deeply; words and order stay."""
    parts: list[str] = []
    open_tags: list[str] = []
    count: Counter[str] = Counter()
    at = 0
    for start, end, name, closes in _tags(html):
        parts.append(html[at:start])
        at = end
        if closes:
            _close(name, open_tags, count)
            kept = len(open_tags) < DEEPEST
        else:
            kept = len(open_tags) < DEEPEST
            if name not in _VOID:
                open_tags.append(name)
                count[name] += 1
        parts.append(html[start:end] if kept else "\n" if name in BREAKING else "")
    parts.append(html[at:])
    return "".join(parts)


def slim(html: str) -> str:
    """Give a page without the attributes of tags that have more of them than any page needs: parsers are quadratic."""
    parts: list[str] = []
    at = 0
    for start, end, name, closes in _tags(html):
        if (
            end - start > _LONG_TAG
            and _attributes(html, start + closes + 1 + len(name), end) > MOST_ATTRIBUTES
        ):
            parts += [html[at:start], f"</{name}>" if closes else f"<{name}>"]
            at = end
    return "".join((*parts, html[at:]))


def _attributes(html: str, start: int, end: int) -> int:
    return sum(1 for _ in _ATTRIBUTE.finditer(html, start, end))


def is_deep(html: str) -> bool:
    """Tell a page with more tags open at once than the parser keeps."""
    depth, deepest = 0, 0
    for _, _, name, closes in _tags(html):
        depth = max(0, depth - 1) if closes else depth + (name not in _VOID)
        deepest = max(deepest, depth)
    return deepest > DEEPEST


def _close(name: str, open_tags: list[str], count: Counter[str]) -> None:
    """Close the innermost element of that name, and all in it; each is closed once only."""
    while count[name] and open_tags:
        last = open_tags.pop()
        count[last] -= 1
        if last == name:
            return


def _tags(html: str) -> Iterator[tuple[int, int, str, bool]]:
    """Give start, end, name and whether it closes of each tag, in one pass over the page."""
    at = 0
    while (found := _TAG.search(html, at)) is not None:
        end = html.find("-->" if found["comment"] else ">", found.end())
        if end < 0:
            return
        at = end + 1
        if found["comment"]:
            continue
        name = found["name"].casefold()
        yield found.start(), at, name, bool(found["close"])
        if name in _RAW and not found["close"]:
            closing = re.compile(rf"</{name}", re.IGNORECASE).search(html, at)
            if closing is None:
                return
            at = closing.start()


def without_data_tables(tree: Tree) -> None:
    """Take large tables of short cells out of a tree."""
    if sum(1 for _ in tree.iter("td", "th")) <= MOST_CELLS:
        return
    for table in list(tree.iter("table")):
        cells = list(table.iter("td", "th"))
        if len(cells) > MOST_CELLS // 5 and not any(_is_long(cell) for cell in cells):
            table.drop_tree()


def _is_long(cell: Tree) -> bool:
    length = 0
    for words in cell.itertext():
        length += len(words.strip())
        if length > _LONGEST_CELL:
            return True
    return False


def plain(tree: Tree) -> str:
    """Give the words of a page outside navigation and scripts, a paragraph a line."""
    parts = "".join(_spoken(tree)).split("\n")
    return "\n".join(words for part in parts if (words := " ".join(part.split())))


def _spoken(tree: Tree) -> Iterator[str]:
    """Give the text outside navigation and scripts; an explicit stack, as pages nest without limit."""
    stack: list[tuple[Tree, bool]] = [(tree, True)]
    while stack:
        element, opens = stack.pop()
        breaks = "\n" if element.tag in BREAKING else ""
        if not opens:
            yield breaks + (element.tail or "").replace("\n", " ")
            continue
        stack.append((element, False))
        if isinstance(element.tag, str) and element.tag not in _SILENT:
            yield breaks + (element.text or "").replace("\n", " ")
            stack.extend((child, True) for child in reversed(element))
