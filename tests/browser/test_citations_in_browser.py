"""Every fact and every claim can be cited: by the clipboard, by a field, and by hand where both are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Browser

pytestmark = pytest.mark.browser

QUOTE = "“The Gazette says that the League of Shores brokered the first round.”"
LISTEN = """
window.copied = [];
navigator.clipboard.writeText = arguments[0]
  ? (text) => { window.copied.push(text); return Promise.resolve(); }
  : () => Promise.reject(new Error("not allowed"));
document.execCommand = () => {
  if (arguments[1]) window.copied.push(document.activeElement.value);
  return arguments[1];
};
"""


CLIPBOARD, FIELD, NEITHER = (True, False), (False, True), (False, False)
"""Whether the clipboard takes a text, and whether the old way over a field does."""


def cite(browser: Browser, words: str) -> None:
    browser.js(
        "[...document.querySelectorAll('#panel button')].find((one) => one.textContent === arguments[0]).click()",
        words,
    )
    browser.settle()


@pytest.mark.parametrize("allowed", [CLIPBOARD, FIELD])
def test_a_claim_is_cited_with_sentence_source_date_and_id(
    browser: Browser, allowed: tuple[bool, bool]
) -> None:
    browser.open("sample", "fact=claim%2Fbrokered")
    browser.js(LISTEN, *allowed)
    cite(browser, "cite")
    [text] = browser.js("return window.copied")
    for part in (
        QUOTE,
        "Talks open by the sea",
        "Halden Gazette",
        "2031-03-08",
        "https://news.example/talks",
    ):
        assert part in text
    assert "said by Halden Gazette" in text
    assert text.endswith("Claim https://example.org/id/claim/brokered")
    assert browser.text("#toast") == "Citation copied"
    assert not browser.js("return document.getElementById('copying').open")


def test_where_nothing_is_allowed_the_text_is_there_to_be_copied_by_hand(browser: Browser) -> None:
    browser.open("sample", "fact=claim%2Fbrokered")
    browser.js(LISTEN, *NEITHER)
    cite(browser, "cite")
    assert browser.js("return document.getElementById('copying').open")
    selected = browser.js(
        "const box = document.querySelector('#copying textarea'); return box.value.slice(box.selectionStart, box.selectionEnd)"
    )
    assert QUOTE in selected
    assert "copied" not in browser.text("#toast")
    browser.keys("\ue00c")
    assert not browser.js("return document.getElementById('copying').open")


def test_every_fact_can_be_cited_those_without_a_claim_too(browser: Browser) -> None:
    browser.open("sample", "view=full")
    browser.js(LISTEN, *CLIPBOARD)
    facts = browser.js("return [...diplomacyPage.shown().facts]")
    for fact in facts:
        browser.js("diplomacyPage.choose({ fact: arguments[0] })", fact)
        cite(browser, "Cite the fact")
    texts = browser.js("return window.copied")
    assert len(texts) == len(facts) == 17
    claims = browser.js(
        "return [...diplomacyPage.shown().facts].map((i) => diplomacyPage.facts[i].claims.length)"
    )
    assert [text.count("Claim https://") for text in texts] == claims
    assert [text for text in texts if "From the knowledge base" in text and "https://example.org/id/" in text]
