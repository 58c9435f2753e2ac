"""Articles switched off and on: what is left is what the others tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import graphs
import pytest

from kg.graph.page_data import page_data
from kg.graph.page_style import load_style
from kg.graph.page_triples import read_triples

if TYPE_CHECKING:
    from conftest import Browser

pytestmark = pytest.mark.browser

SHOWN = "return [...diplomacyPage.shown().facts].sort((a, b) => a - b)"


def _told(data: dict, doc: int) -> list[int]:
    """Give the facts that an article tells, what a rule infers from them, and what needs no article."""
    rows = data["facts"]

    def tellers(at: int) -> set[int]:
        found: set[int] = set()
        for claim in rows[at]["claims"]:
            found |= (
                {claim["doc"]} if claim["doc"] is not None else set().union(*map(tellers, claim["derived"]))
            )
        return found

    return [at for at, row in enumerate(rows) if doc in tellers(at) or not row["claims"]]


def test_each_article_alone_and_all_together(browser: Browser) -> None:
    data = page_data(read_triples(graphs.sample()), load_style())
    assert len(data["docs"]) == 2
    browser.open("sample", "view=full")
    for at, doc in enumerate(data["docs"]):
        browser.click(f"[data-group=docs] [data-id='{doc['id']}'] .only")
        assert browser.js(SHOWN) == _told(data, at)
        assert 0 < len(_told(data, at)) < 17
        assert "1 of 2 on" in browser.text("[data-group=docs] h2").lower()
        assert "hidden" in browser.text("#notice")
        browser.click(f"[data-group=docs] [data-id='{doc['id']}'] .only")
        assert len(browser.js(SHOWN)) == 17


def test_the_panel_of_an_article_says_what_it_alone_tells(browser: Browser) -> None:
    data = page_data(read_triples(graphs.sample()), load_style())
    browser.open("sample", "view=full&doc=doc%2Fb")
    doc = [one["id"] for one in data["docs"]].index("doc/b")
    mine = [row for row in data["facts"] if any(claim["doc"] == doc for claim in row["claims"])]
    alone = [row for row in mine if all(claim["doc"] == doc for claim in row["claims"])]
    words = browser.text("#panel")
    assert f"Only this article says: {len(alone)} fact" in words
    assert f"With another source: {len(mine) - len(alone)} fact" in words
    browser.js(
        "[...document.querySelectorAll('#panel button')].find((one) => one.textContent === 'Switch it off').click()"
    )
    browser.settle()
    left = browser.js(SHOWN)
    assert len(left) == 17 - len(alone)
    assert "switched off" not in browser.text("#panel h2")
    assert "no-docs=doc%2Fb" in browser.js("return location.hash")
    before = browser.text("#counts")
    browser.open("sample", "view=full&no-docs=doc%2Fb")
    assert (browser.js(SHOWN), browser.text("#counts")) == (left, before)


def test_contested_and_planned_are_told_by_dash_sign_and_words(browser: Browser) -> None:
    browser.open("sample", "view=full")
    statuses = browser.js("return diplomacyPage.statuses.map((one) => [one.id, one.sign, one.dash.length])")
    plain = {"stated", "background", "plain"}
    assert {name for name, sign, dash in statuses if not (sign and dash)} == plain
    for name, sign in ((name, sign) for name, sign, _ in statuses if name in {"contested", "planned"}):
        line = browser.js(
            "return [...diplomacyPage.scene.lines.values()].find((one) => one.status === arguments[0]).id",
            name,
        )
        assert browser.js("return diplomacyPage.canvas.body.edges[arguments[0]].options.dashes", line)
        fact = browser.js("return diplomacyPage.scene.lines.get(arguments[0]).fact.i", line)
        browser.js("diplomacyPage.choose({ fact: arguments[0] })", fact)
        assert f"{sign} {name}" in browser.text("#panel .badge")
