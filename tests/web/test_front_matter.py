"""The front matter of an article on its page: folded, and every sign still in its place."""

from __future__ import annotations

import pytest
from site_samples import inner_links, parsed
from starlette.testclient import TestClient

from kg.model import Article, Reading
from kg.web.app import make_app
from kg.web.articles import blocks
from kg.web.site import Site

CASES = {
    "---\ntitle: A\ndate: 2024-05-06\n---\n\nThe body.\n\nMore.": (
        ("title", "date"),
        ["The body.\n\n", "More."],
    ),
    "---\ntitle: A\n\nurl: https://example.org\n---\nThe body.": (("title", "url"), ["The body."]),
    "\ufeff---\r\ntitle: A\r\n---\r\n\r\n  The body.": (("title",), ["The body."]),
    "No front matter.\n\n---\n\nMore.": ((), ["No front matter.\n\n", "---\n\n", "More."]),
    "---\nnot a pair\n---\n\nMore.": ((), ["---\nnot a pair\n---\n\n", "More."]),
    "---\ntitle: never closed\n\nMore.": ((), ["---\ntitle: never closed\n\n", "More."]),
}


@pytest.mark.parametrize("text", CASES)
def test_it_is_a_block_of_its_own(text):
    keys, body = CASES[text]
    found = blocks(None, Reading(Article("a", text), (), (), ()), ())
    shown = ["".join(piece.text for one in block.stretches for piece in one.pieces) for block in found]
    assert "".join(shown) == text
    assert [block.keys for block in found if block.keys] == ([keys] if keys else [])
    assert shown[1 if keys else 0 :] == body


def test_on_the_page_it_is_folded_and_named(built):
    client = TestClient(make_app(Site(built)), base_url="http://localhost")
    links = [one for one in inner_links(parsed(client.get("/articles").text)) if one.startswith("/article/")]
    pages = [parsed(client.get(link).text) for link in links]
    for page in pages:
        (front,) = page.xpath("//details[@class='front']")
        assert front.get("open") is None
        assert "title, date, publisher" in front.xpath("string(summary)")
        assert front.xpath("string(.//div[@class='text'])").startswith("---\ntitle: ")
        rest = page.xpath("//div[@class='text'][not(ancestor::details)]")
        assert not any("publisher:" in part.text_content() for part in rest)
    assert len(pages) > 4
