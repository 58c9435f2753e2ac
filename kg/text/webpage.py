"""A web page: the article in it, and what the page says about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.text.dateline import parse_day
from kg.text.htmltree import MOST_TAGS, Tree, is_deep, parse, plain, shallow, slim, without_data_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w-]{2,40})", re.IGNORECASE)
_DATES = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dcterms.date",
    "pubdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
)
_TITLES = ("og:title", "twitter:title", "dc.title", "headline")
_SITES = ("og:site_name", "application-name", "publisher", "dc.publisher")
_DIGITS = re.compile(r"\d{3}")
_SAVE = "Save the text as .txt."
_SILENT = (
    ("<frame", f"Its words are in frames: save the page in the frame. {_SAVE}"),
    ("<template", f"What stands in templates is not read. {_SAVE}"),
    ("<iframe", f"Its words are in frames: save the page in the frame. {_SAVE}"),
    ("<script", f"What scripts write is not read. {_SAVE}"),
)
_LD_DATE = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{8,40})\"")


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page, and what its head says."""

    text: str
    title: str | None
    published: date | None
    publisher: str | None
    url: str | None
    undated: str | None = None
    """What stands there for the day it was published, if no such day can be."""


def declared_charset(data: bytes) -> str | None:
    """Give the encoding that a page names in its XML declaration or its head."""
    found = _XML.match(data[:4096]) or _CHARSET.search(data[:4096])
    return found[1].decode("ascii") if found is not None else None


def read_page(html: str) -> Page:
    """Give the article of a page; its text is empty if the page has none.

    A page nested deeper than parsers go is read without its innermost tags; of one that is too large for
    the search for its article, all words outside navigation are given.
    """
    html = slim(html)
    if is_deep(html):
        html = shallow(html)
    tree = parse(html)
    if tree is None:
        return Page("", None, None, None, None)
    meta = dict(_meta(tree))
    told = {
        "title": _first(meta, _TITLES) or _words(tree.findtext(".//title") or "") or None,
        "publisher": _first(meta, _SITES),
        "url": _canonical(tree),
    }
    stated = _stated(tree, meta)
    published = next((day for value in stated if (day := parse_day(value)) is not None), None)
    undated = next((value for value in stated if _DIGITS.search(value)), None) if published is None else None
    return Page(published=published, text=_article(html, tree), undated=undated, **told)


def why_silent(html: str) -> str:
    """Say what can be done about a page without words, by what else is in it."""
    for sign, hint in _SILENT:
        if sign in html.casefold():
            return hint
    return f"There are none outside its comments and markup. {_SAVE}"


def _article(html: str, tree: Tree) -> str:
    """Give what trafilatura takes for the article, else all the words of the page."""
    words = plain(tree)
    if html.count("<") > MOST_TAGS or words == "":
        return words
    from trafilatura import extract  # noqa: PLC0415  (0.3 s that plain text need not pay)

    without_data_tables(tree)
    return extract(tree, include_comments=False, include_tables=False, with_metadata=False) or words


def _meta(tree: Tree) -> Iterator[tuple[str, str]]:
    """Give name and content of what the page says of itself; of a name said twice, the first counts."""
    told = []
    for element in tree.iter("meta", "time"):
        given = element.attrib
        name = given.get("property") or given.get("name") or given.get("itemprop") or ""
        told.append((name.casefold(), _words(given.get("content") or given.get("datetime") or "")))
    yield from reversed([(name, content) for name, content in told if name and content])


def _stated(tree: Tree, meta: Mapping[str, str]) -> list[str]:
    """Give what stands for the day of publication in the head, then in the linked data of scripts."""
    stated = [meta[name] for name in _DATES if name in meta]
    for script in tree.iter("script"):
        stated.extend(_LD_DATE.findall(script.text or ""))
    return stated


def _canonical(tree: Tree) -> str | None:
    links = (link.get("href", "") for link in tree.iter("link") if link.get("rel") == "canonical")
    return next((link for link in links if link.startswith(("http://", "https://"))), None)


def _first(meta: Mapping[str, str], names: Sequence[str]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _words(text: str) -> str:
    return " ".join(text.split())
