"""The sample corpus in seeds/articles is complete, dated, varied, our own wording, and described."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "seeds/articles"
SHARED = ROOT / "../shared"
FILES = sorted(ARTICLES.glob("[0-9]*.md"))
REQUIRED = ("title", "date", "publisher", "url", "license", "process")
OPTIONAL = ("note",)
OWN_WORDS = 11
"""A run of this many words found in another text would be a copied sentence, not a coincidence."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
DATED_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)}), (\d{{1,2}}) ({'|'.join(MONTHS)})\b")


def _parts(text: str) -> tuple[dict[str, str], str]:
    """Give the front matter and the body of an article."""
    _, front, body = text.split("---\n", 2)
    return dict(line.split(": ", 1) for line in front.splitlines()), body


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _runs(text: str, length: int = OWN_WORDS) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def _wrong_weekdays(body: str, published: date) -> list[str]:
    """Give the phrases of the form "Sunday, 2 October" that no year near publication bears out."""
    wrong = []
    for match in DATED_WEEKDAY.finditer(body):
        weekday, day, month = match.groups()
        told = date(published.year, MONTHS.index(month) + 1, int(day))
        if WEEKDAYS[told.weekday()] != weekday:
            wrong.append(match.group())
    return wrong


def _table_rows(readme: str) -> dict[str, str]:
    """Give, for each file the README lists, what it says the file shows."""
    rows = re.findall(r"^\| \[([^\]]+)\]\(articles/\1\) \|.*\| ([^|]+) \|$", readme, re.MULTILINE)
    return dict(rows)


def test_the_corpus_is_large_and_broad_enough() -> None:
    processes = {_parts(file.read_text("utf-8"))[0]["process"] for file in FILES}
    assert len(FILES) >= 24
    assert len(processes) >= 7


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_front_matter_is_complete(file: Path) -> None:
    front, _ = _parts(file.read_text("utf-8"))
    assert set(REQUIRED) <= set(front) <= {*REQUIRED, *OPTIONAL}
    assert all(front.values())
    assert front["license"] == "CC0-1.0"
    assert front["url"].startswith("https://")
    assert date.fromisoformat(front["date"]).isoformat() == front["date"]
    assert re.fullmatch(re.escape(front["date"]) + r"-[a-z0-9]+(-[a-z0-9]+)*", file.stem)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_body_is_of_news_length_and_clean(file: Path) -> None:
    text = file.read_text("utf-8")
    front, body = _parts(text)
    assert 150 <= len(body.split()) <= 500
    assert not re.search(r"[\u00a0\u00ad\u200b-\u200f\ufeff\r\t]", text)
    assert not _wrong_weekdays(body, date.fromisoformat(front["date"]))


def test_weekday_check_catches_a_wrong_weekday() -> None:
    assert _wrong_weekdays("on Monday, 2 October", date(2016, 10, 3)) == ["Monday, 2 October"]
    assert not _wrong_weekdays("on Sunday, 2 October", date(2016, 10, 3))


def test_outlets_and_openings_vary() -> None:
    parts = [_parts(file.read_text("utf-8")) for file in FILES]
    assert len({front["publisher"] for front, _ in parts}) >= 6
    openings = [" ".join(_words(body)[:6]) for _, body in parts]
    assert len(set(openings)) == len(openings)


def test_articles_do_not_repeat_one_another() -> None:
    seen = [(file.name, _runs(_parts(file.read_text("utf-8"))[1])) for file in FILES]
    repeats = [
        (first, other, " ".join(min(runs & more)))
        for i, (first, runs) in enumerate(seen)
        for other, more in seen[i + 1 :]
        if runs & more
    ]
    assert not repeats


def test_no_sentence_comes_from_the_shared_texts() -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared, with the third-party texts to compare with, is not beside this checkout")
    others = sorted(
        file
        for folder in ("articles", "evaluation")
        for file in (SHARED / folder).rglob("*")
        if file.suffix in {".txt", ".tsv", ".md"}
    )
    assert len(others) >= 5
    theirs = {file: _runs(file.read_text("utf-8", errors="replace")) for file in others}
    ours = {file: _runs(file.read_text("utf-8")) for file in FILES}
    copied = [
        (mine.name, other.name, " ".join(run))
        for mine, runs in ours.items()
        for other, more in theirs.items()
        for run in runs & more
    ]
    assert not copied


def test_copied_run_would_be_found() -> None:
    source = "one two three four five six seven eight nine ten eleven twelve"
    assert _runs(f"He said: {source}.") & _runs(source.title())
    assert not _runs("one two three four five six seven eight nine ten") & _runs(source)


def test_readme_lists_every_article_and_what_it_shows() -> None:
    rows = _table_rows((ARTICLES.parent / "README.md").read_text("utf-8"))
    assert list(rows) == [file.name for file in FILES]
    assert all(shows.strip() for shows in rows.values())


@pytest.mark.parametrize(
    "kind",
    [
        "cancelled", "indirect", "observer", "guarantors", "vote with counts", "signing", "refusal",
        "demand and offer", "postponed", "denial", "veto",
    ],
)  # fmt: skip
def test_readme_points_to_an_article_of_each_kind(kind: str) -> None:
    shows = _table_rows((ARTICLES.parent / "README.md").read_text("utf-8")).values()
    assert any(kind in text.replace("**", "") for text in shows)


def test_every_invented_detail_is_owned_up_to_in_the_readme() -> None:
    readme = (ARTICLES.parent / "README.md").read_text("utf-8")
    notes = {file.name: _parts(file.read_text("utf-8"))[0].get("note") for file in FILES}
    noted = [name for name, note in notes.items() if note is not None]
    section = readme.split("## Deliberate disagreements")[1].split("## The articles")[0]
    assert len(noted) >= 5
    assert all(f"`{name[:10]}-…`" in section for name in noted)


def test_plan_is_cancelled_after_it_was_made() -> None:
    dates = [
        _parts((ARTICLES / name).read_text("utf-8"))[0]["date"]
        for name in (
            "2018-05-11-singapore-date-set.md",
            "2018-05-25-singapore-summit-cancelled.md",
            "2018-06-13-singapore-summit-held.md",
        )
    ]
    assert all(earlier < later for earlier, later in pairwise(dates))


def test_licence_is_cc0() -> None:
    assert "CC0-1.0" in (ARTICLES / "LICENSE").read_text("utf-8")
