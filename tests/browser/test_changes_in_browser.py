"""The page of what has changed between two graphs: its legend, its filter, its marks, its link."""

from __future__ import annotations

from typing import TYPE_CHECKING

import graphs
import pytest

from kg.graph.page import render_changes
from kg.graph.page_changes import changes_between

if TYPE_CHECKING:
    from conftest import Browser

pytestmark = pytest.mark.browser

LOST, GAINED = "claim/planned", "claim/possible"


def page(browser: Browser) -> None:
    """Make the page of the sample with one claim lost and one gained."""

    def side(gone: str) -> list:
        iri = f"https://example.org/id/{gone}"
        return [quad.triple for quad in graphs.sample() if getattr(quad.subject, "value", "") != iri]

    changes = changes_between(side(GAINED), side(LOST), compared="what has changed since the first")
    (browser.folder / "changes.html").write_text(render_changes(changes, title="Changes"), encoding="utf-8")


def test_what_has_changed_is_told_by_sign_words_and_dash_and_can_be_filtered(browser: Browser) -> None:
    page(browser)
    browser.open("changes", "view=full")
    assert "what has changed since the first" in browser.text("#panel").lower()
    legend = browser.text("[data-group=changes]")
    for words in ("gained +", "lost −", "unchanged"):
        assert words in legend
    for claim, words in ((LOST, "− lost"), (GAINED, "+ gained")):
        browser.js("location.hash = `view=full&fact=${arguments[0]}`", claim)
        browser.settle()
        assert words in browser.text("#panel .badge.change")
        line = browser.js(
            "return [...diplomacyPage.scene.lines.values()].find((one) => one.fact.claims[0]?.id === arguments[0]).id",
            claim,
        )
        assert browser.js("return diplomacyPage.canvas.body.edges[arguments[0]].options.dashes", line)
    browser.click("[data-group=changes] [data-id=lost] .only")
    assert browser.js("return diplomacyPage.shown().facts.size") == 1
    before = browser.js("return location.hash"), browser.text("#counts")
    browser.open("changes", before[0].removeprefix("#"))
    assert (browser.js("return location.hash"), browser.text("#counts")) == before
    browser.click("[data-view=table]")
    assert "− lost" in browser.text("#table tbody")
    rows = browser.js("return diplomacyPage.rows()").split("\r\n")
    assert rows[0].endswith(",change")
    assert rows[1].endswith(",lost")
    assert browser.complaints() == []
    assert browser.requests() == [f"file://{browser.folder / 'changes.html'}"]


def test_a_page_that_compares_nothing_says_nothing_of_changes(browser: Browser) -> None:
    browser.open("sample", "view=full")
    assert not browser.js("return document.querySelector('[data-group=changes]') !== null")
    assert not browser.js("return document.querySelector('.badge.change') !== null")
