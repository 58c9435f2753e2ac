"""Decoded text to articles: plain text with front matter, JSON records, web pages."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from kg.errors import InputError, LanguageError
from kg.model import Article
from kg.text.blocks import without_label
from kg.text.boilerplate import boilerplate, count_words, opens_box
from kg.text.dateline import agency_in, first_lines, is_dateline, parse_day, published_in
from kg.text.encoding import check_text
from kg.text.frontmatter import read_front_matter
from kg.text.language import require_english
from kg.text.webpage import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

_DATE_HINT = "Write it as 2025-05-16."
_RECORD_HINT = 'Each article is an object like {"id": "a1", "title": "…", "text": "…", "date": "2025-05-16"}.'


def from_text(text: str, *, name: str, where: str) -> Article:
    """Make an article of a text that may begin with front matter; the text stays as it is."""
    check_text(text, where=where)
    front = read_front_matter(text, where=where)
    if text[front.end :].strip() == "":
        raise InputError("has front matter and no text", where=where, hint="Write the article under it.")
    at = f"{where}:{front.lines.get('date', 1)}"
    known = {key: value for key, value in front.fields.items() if value != ""}
    return _article(text, known, name=known.get("id", name), where=where, start=front.end, date_where=at)


def from_page(html: str, *, name: str, where: str, url: str | None = None) -> Article:
    """Make an article of a web page: its text is the article found in the page."""
    check_text(html, where=where)
    page = read_page(html)
    check_text(page.text, where=f"{where} (the article in the page)")
    known = {
        "title": page.title,
        "date": None if page.published is None else page.published.isoformat(),
        "publisher": page.publisher,
        "url": url or page.url,
    }
    return _article(page.text, {k: v for k, v in known.items() if v}, name=name, where=where)


def from_json(text: str, *, name: str, where: str) -> Iterator[Article | InputError]:
    """Give an article, or what is wrong with it, for the object or each of the list."""
    try:
        value = _parse(text, where)
    except InputError as error:
        yield error
        return
    if isinstance(value, list):
        for number, record in enumerate(value, 1):
            yield _try_record(record, name=f"{name}#{number}", where=f"{where}#{number}")
        if not value:
            yield InputError("is an empty list", where=where, hint=_RECORD_HINT)
    else:
        yield _try_record(value, name=name, where=where)


def from_json_lines(text: str, *, name: str, where: str) -> Iterator[Article | InputError]:
    """Give an article, or what is wrong with it, for each line that is not blank."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() == "":
            continue
        place = f"{where}:{number}"
        try:
            record = _parse(line, place)
        except InputError as error:
            yield error
        else:
            yield _try_record(record, name=f"{name}#{number}", where=place)


def _parse(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        what = f"is broken JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        hint = (
            "One object a line is JSON lines: name it .jsonl." if error.msg == "Extra data" else _RECORD_HINT
        )
        raise InputError(what, where=where, hint=hint) from error
    except (RecursionError, ValueError) as error:
        raise InputError(
            "is JSON nested too deeply or with too long a number", where=where, hint=_RECORD_HINT
        ) from error


def _try_record(record: object, *, name: str, where: str) -> Article | InputError:
    try:
        return _record(record, name, where)
    except InputError as error:
        return error


def _record(record: object, name: str, where: str) -> Article:
    if not isinstance(record, dict):
        raise InputError(f"is of type {type(record).__name__}, not an object", where=where, hint=_RECORD_HINT)
    if "text" not in record:
        raise InputError('has no "text"', where=where, hint=_RECORD_HINT)
    known = {
        key: _string(record, key, where) for key in ("title", "date", "publisher", "url", "id", "language")
    }
    given = {key: value for key, value in known.items() if value}
    text = record["text"]
    if not isinstance(text, str):
        raise InputError(
            f'has a "text" of type {type(text).__name__}, not a string', where=where, hint=_RECORD_HINT
        )
    check_text(text, where=where)
    return _article(text, given, name=given.get("id") or given.get("url") or name, where=where)


def _string(record: Mapping[str, object], key: str, where: str) -> str | None:
    value = record.get(key)
    if isinstance(value, int) and key == "id":
        return str(value)
    if value is not None and not isinstance(value, str):
        raise InputError(
            f'has a "{key}" of type {type(value).__name__}, not a string', where=where, hint=_RECORD_HINT
        )
    return None if value is None else check_text(value, where=f'{where} "{key}"') if value.strip() else None


def _article(
    text: str,
    known: Mapping[str, str],
    *,
    name: str,
    where: str,
    start: int = 0,
    date_where: str | None = None,
) -> Article:
    """Put the article together: what is stated about it first, then what its own lines tell."""
    _require_declared(known.get("language"), where)
    stated = _stated_day(known.get("date"), date_where or where)
    require_english(text[start:], where=where)
    return Article(
        id=name,
        text=text,
        title=known.get("title") or headline_of(text, start),
        published=stated if stated is not None else published_in(text, start),
        publisher=known.get("publisher") or agency_in(text, start),
        url=known.get("url"),
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
    )


def _stated_day(value: str | None, where: str) -> date | None:
    if value is None:
        return None
    day = parse_day(value)
    if day is None:
        raise InputError(
            f"has a date that is none, or that can be read two ways: {value[:40]!r}",
            where=where,
            hint=_DATE_HINT,
        )
    return day


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
