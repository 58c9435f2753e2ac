"""Decoded text to an article: plain text with front matter, web pages, PDFs, and what is stated about them."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from kg.addresses import fault_of, has_user, without_user
from kg.errors import InputError, LanguageError
from kg.escaping import escaped
from kg.model import Article
from kg.text.blocks import without_label
from kg.text.boilerplate import boilerplate, count_words, opens_box
from kg.text.dateline import agency_in, first_lines, is_dateline, parse_day, published_in, why_no_day
from kg.text.encoding import MOST_CHARACTERS, NOTHING, check_text
from kg.text.envelopes import envelopes
from kg.text.frontmatter import KEYS, read_front_matter
from kg.text.language import require_english
from kg.text.notices import Notice, ignore
from kg.text.oddities import marks_over_letters, oddities
from kg.text.pdf import read_pdf
from kg.text.webpage import read_page, why_silent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.text.notices import Warn
    from kg.text.oddities import Oddity

MOST_OF_PAGE = 5_000_000
"""Characters of a web page with its tags and scripts; the article in it is as short as any."""

COMMON = frozenset(
    [
        "author",
        "authors",
        "byline",
        "category",
        "categories",
        "description",
        "draft",
        "image",
        "keywords",
        "layout",
        "licence",
        "license",
        "note",
        "notes",
        "process",
        "section",
        "slug",
        "source",
        "summary",
        "tags",
        "topic",
        "topics",
    ]
)
"""Keys that other programs write into many files, and that mean nothing here: they are passed over without a word."""

_SILENT = 4
"""Of so many pages of a PDF one may be without text: a cover, or left blank."""

_DATE_HINT = "Write it as 2025-05-16."


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands: how it is called if it has no id, what errors name, and who is warned."""

    name: str
    where: str
    warn: Warn = ignore
    date_where: str | None = None
    start: int = 0
    """Where its own words begin, behind the front matter."""


class Sited(NamedTuple):
    """What stands at a place: an article, or what is wrong with it."""

    item: Article | InputError
    where: str


def from_text(text: str, *, name: str, where: str, warn: Warn = ignore) -> Article:
    """Make an article of a text that may begin with front matter; the text stays as it is."""
    _require_short_head(text, where)
    check_text(text, where=where)
    front = read_front_matter(text, where=where)
    if text[front.end :].strip() == "":
        raise InputError("has front matter and no text", where=where, hint="Write the article under it.")
    warn_of_keys(front.fields, KEYS, where, warn)
    for what, hint in envelopes(text, front.end):
        warn(Notice(where, what, hint))
    at = f"{where}:{front.lines.get('date', 1)}"
    known = {key: value for key, value in front.fields.items() if value.strip()}
    place = Place(known.get("id", name), where, warn, at, front.end)
    return article(text, known, place)


def _require_short_head(text: str, where: str) -> None:
    """Refuse what is too long only because of its front matter."""
    end = max(text.find("\n---", 4), text.find("\n...", 4)) if text.startswith("---") else 0
    if len(text) > MOST_CHARACTERS and end * 2 > len(text):
        what = f"has front matter of {end:,} characters, with its text more than {MOST_CHARACTERS:,}"
        raise InputError(what, where=where, hint="Shorten what stands between the two lines of three dashes.")


def from_page(html: str, *, name: str, where: str, warn: Warn = ignore) -> Article:
    """Make an article of a web page: its text is the article found in the page."""
    check_text(html, where=where, most=MOST_OF_PAGE)
    page = read_page(html)
    if page.text.strip() == "":
        raise InputError("is a page without words: its text is empty", where=where, hint=why_silent(html))
    check_text(page.text, where=f"{where} (the article in the page)")
    if page.undated is not None:
        hint = "It is passed over; give the text as .txt with a `date:` of its own."
        warn(Notice(where, f"{why_no_day(page.undated)}, in its head", hint))
    known = {
        "title": page.title,
        "date": None if page.published is None else page.published.isoformat(),
        "publisher": page.publisher,
        "url": page.url,
    }
    return article(page.text, {k: v for k, v in known.items() if v}, Place(name, where, warn))


def from_pdf(data: bytes, *, name: str, where: str, warn: Warn = ignore) -> Article:
    """Make an article of the text layer of a PDF."""
    document = read_pdf(data, where=where)
    check_text(document.text, where=f"{where} (the text in the PDF)")
    if document.silent * _SILENT >= document.pages:
        what = f"has {document.silent:,} of {document.pages:,} pages without text"
        warn(
            Notice(where, what, "If they are scans, recognise their text first: ocrmypdf --skip-text IN OUT.")
        )
    known = {} if document.title is None else {"title": document.title}
    return article(document.text, known, Place(name, where, warn))


def warn_of_keys(given: Iterable[str], known: Iterable[str], where: str, warn: Warn) -> None:
    """Tell of keys that nothing is done with."""
    names = sorted(known)
    unknown = sorted(set(given) - set(names) - COMMON)
    if not unknown:
        return
    near = [match for key in unknown for match in get_close_matches(key.casefold(), names, n=1, cutoff=0.75)]
    hint = f"Did you mean {near[0]!r}?" if near else f"Known keys: {', '.join(names)}."
    more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
    told = ", ".join(repr(key[:40]) for key in unknown[:5])
    warn(Notice(where, f"has unknown keys, which are passed over: {told}{more}", hint))


def article(text: str, known: Mapping[str, str], place: Place) -> Article:
    """Put the article together: what is stated about it first, then what its own lines tell."""
    if not any(map(str.isalnum, text[place.start :])):
        raise InputError("has no word in it", where=place.where, hint=NOTHING)
    _require_declared(known.get("language"), place.where)
    stated = _stated_day(known.get("date"), place)
    for what, hint in oddities(text[place.start :], _require_legible(text, place)):
        place.warn(Notice(place.where, what, hint))
    return Article(
        id=escaped(place.name),
        text=text,
        title=known.get("title") or headline_of(text, place.start),
        published=stated if stated is not None else published_in(text, place.start),
        publisher=known.get("publisher") or agency_in(text, place.start),
        url=_usable(known.get("url"), place),
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
    )


def _require_legible(text: str, place: Place) -> Oddity | None:
    """Refuse what cannot be read; give what is odd about what can only be read in part."""
    if marks_over_letters(text[place.start :]):
        hint = "Take the text from its source again, or remove the marks."
        raise InputError("has more marks than letters: it is overlaid", where=place.where, hint=hint)
    return require_english(text[place.start :], where=place.where)


def _usable(url: str | None, place: Place) -> str | None:
    """Give an address that can be kept; tell of one that cannot."""
    if url is None:
        return None
    fault = fault_of(url.strip())
    if fault is not None:
        shown = escaped(url.strip()[:60])
        what = f"has an address that {fault}, and is left out: {shown!r}"
        place.warn(Notice(place.where, what, "Give the address of the article, with https://."))
        return None
    if has_user(url.strip()):
        what = "has an address with a user name, which is left out of it"
        place.warn(Notice(place.where, what, "Remove it from the file: others may read it."))
        return without_user(url.strip())
    return url.strip()


def _stated_day(value: str | None, place: Place) -> date | None:
    if value is None:
        return None
    day = parse_day(value)
    if day is None:
        where = place.date_where or place.where
        raise InputError(why_no_day(value), where=where, hint=_DATE_HINT)
    if day > _tomorrow():
        what = f"is dated {day.isoformat()}, a day that is still to come"
        place.warn(Notice(place.where, what, "Check the date: what is told is reckoned from it."))
    return day


def _tomorrow() -> date:
    """Give the last day that may have begun somewhere; SOURCE_DATE_EPOCH stands for now, where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)
    return (now + timedelta(days=1)).date()


def _require_declared(language: str | None, where: str) -> None:
    if (
        language is not None
        and re.fullmatch(r"en(?:glish|g)?(?:[-_].*)?", language.strip(), re.IGNORECASE) is None
    ):
        raise LanguageError(
            f"is in {language[:40]!r}, not in English", where=where, hint="Only English is read."
        )


def headline_of(text: str, start: int = 0) -> str | None:
    """Give the first line that is no page furniture, if it looks like a headline."""
    for line in first_lines(text, start, 8):
        bare = without_label(line)
        if (
            bare == ""
            or is_dateline(bare)
            or opens_box(bare)
            or boilerplate(bare) is not None
            or count_words(bare) < 3
        ):
            continue
        return None if bare.endswith((".", ":", ",", ";")) or count_words(bare) > 25 else bare
    return None
