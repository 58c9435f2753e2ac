"""Texts around other texts: feeds, web archives, mails, several articles in one file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.text.frontmatter import KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.text.oddities import Oddity

_FEED = re.compile(
    r"\s*(?:<\?xml[^>]{0,500}>\s*)*(?:<!--.{0,2000}?-->\s*)*<(?P<kind>rss|feed|rdf:RDF)\b",
    re.IGNORECASE | re.DOTALL,
)
_ITEM = re.compile(r"<(?:item|entry)\b", re.IGNORECASE)
_HEADER = re.compile(r"(?P<key>[A-Za-z][A-Za-z0-9-]{1,60}):[ \t]*(?P<value>.*)")
_MOST_HEADERS = 200
_POSTMARK = re.compile(r"^From \S+ .{0,60}\d{4}[ \t]*\r?$", re.MULTILINE)
_SOFT_BREAK = re.compile(r"(?<=[^=\s])=[ \t]*\r?\n")
_BYTE = re.compile(r"=[0-9A-F]{2}")
_ENCODED_LINE = re.compile(r"^[A-Za-z0-9+/]{40,}={0,2}[ \t]*\r?$", re.MULTILINE)
_FRONT = re.compile(
    r"^---[ \t]*\r?\n(?P<fields>(?:[A-Za-z][\w -]{0,40}:[^\n]{0,2000}\n){1,40})---[ \t]*\r?$", re.MULTILINE
)
_APART = "Give each article a file of its own, or a line of a .jsonl with id, text and date."
_ARCHIVE = "Open it in a browser, and save the page as HTML, or its text as .txt."
_MAIL = "Save the text of the message as .txt."
_DECODE = "Decode it: python3 -m quopri -d FILE > OUT.txt"


def require_bare(text: str, *, where: str) -> None:
    """Raise InputError for a feed, a web archive, and a mail that cannot be read as it is."""
    feed = _FEED.match(text[:10_000])
    if feed is not None:
        items = len(_ITEM.findall(text))
        hint = f"Give the page of each item as .html. {_APART}"
        raise InputError(f"is a feed of {items:,} item{'' if items == 1 else 's'}", where=where, hint=hint)
    headers = _headers(text)
    if _is_archive(headers):
        raise InputError("is a web archive (MHTML), no page", where=where, hint=_ARCHIVE)
    if headers and _is_encoded(headers, text):
        raise InputError("is a mail whose text is encoded (base64)", where=where, hint=_MAIL)


def envelopes(text: str, start: int) -> Iterator[Oddity]:
    """Give what tells that a text is a mail, or more articles than one; its own words begin at ``start``."""
    if len(_SOFT_BREAK.findall(text)) >= 2 and _BYTE.search(text) is not None:
        yield "is in the quoted-printable of mails: words and letters are broken", _DECODE
    mails = len(_POSTMARK.findall(text)) if text.startswith("From ") else 0
    if mails > 1:
        yield f"holds {mails:,} mails, which are read as one article", f"{_MAIL} {_APART}"
    more = [found for found in _FRONT.finditer(text, start) if _is_front(found["fields"])]
    if more:
        line = text.count("\n", 0, more[0].start()) + 1
        count = len(more) + (start > 0 or more[0].start() > 0)
        what = f"has front matter within it (line {line:,}): {count:,} articles are read as one"
        yield what, _APART


def _is_front(fields: str) -> bool:
    keys = {line.partition(":")[0].strip().casefold() for line in fields.splitlines()}
    return not keys.isdisjoint(KEYS)


def _headers(text: str) -> Mapping[str, str]:
    """Give the headers that a mail begins with, in lower case; nothing for what is no mail."""
    found: dict[str, str] = {}
    last = ""
    for line in text[:20_000].lstrip("\ufeff").splitlines()[:_MOST_HEADERS]:
        header = _HEADER.fullmatch(line)
        if header is not None:
            last = header["key"].casefold()
            found[last] = header["value"].casefold()
        elif last and line[:1] in (" ", "\t") and line.strip():
            found[last] += line.strip().casefold()
        elif last or not line.startswith("From "):
            break
    return found if len(found) > 1 and found.keys() & {"from", "mime-version", "content-type"} else {}


def _is_archive(headers: Mapping[str, str]) -> bool:
    kind = headers.get("content-type", "")
    return "snapshot-content-location" in headers or kind.startswith("multipart/related")


def _is_encoded(headers: Mapping[str, str], text: str) -> bool:
    """Tell a mail of which more is encoded than can be read."""
    if "base64" not in headers.get("content-transfer-encoding", "") and not headers.get(
        "content-type", ""
    ).startswith("multipart/"):
        return False
    return sum(map(len, _ENCODED_LINE.findall(text))) * 2 > len(text)
