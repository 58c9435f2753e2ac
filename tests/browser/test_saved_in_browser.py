"""Views with names, the page as a part of the site, the page on paper, and languages written from the right."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Browser

pytestmark = pytest.mark.browser

NAME = "const box = document.getElementById('view-name'); box.value = arguments[0]; box.form.requestSubmit()"


def test_a_view_is_saved_under_a_name_and_comes_back(browser: Browser) -> None:
    browser.open("sample", "view=table&no-statuses=planned")
    browser.js("localStorage.clear()")
    before = browser.text("#counts"), browser.js("return location.hash")
    browser.click("#saved")
    browser.js(NAME, "<b>no plans</b> خطة")
    browser.settle()
    assert "saved" in browser.text("#toast")
    browser.open("sample")
    assert browser.text("#counts") != before[0]
    browser.click("#saved")
    assert browser.text("#saved-menu li button") == "<b>no plans</b> خطة"
    browser.click("#saved-menu li button")
    assert (browser.text("#counts"), browser.js("return location.hash")) == before
    browser.click("#saved")
    browser.click("#saved-menu li .only")
    assert "No view saved yet" in browser.text("#saved-menu")
    browser.keys("\ue00c")
    assert browser.js("return document.getElementById('saved-menu').hidden")


def test_where_nothing_may_be_kept_there_is_still_the_link(browser: Browser) -> None:
    wrapper = browser.folder / "sandbox.html"
    page = browser.page("sample").name
    wrapper.write_text(
        f'<iframe sandbox="allow-scripts" src="{page}" width="1200" height="700"></iframe>', "utf-8"
    )
    browser.driver.get(f"file://{wrapper}")
    browser.driver.switch_to.frame(0)
    browser.settle()
    browser.click("#saved")
    words = browser.text("#saved-menu")
    browser.driver.switch_to.default_content()
    assert "keeps nothing for this page" in words
    assert "Copy link to this view" in words


def test_a_file_of_its_own_leads_to_no_site(browser: Browser) -> None:
    """On the site it does: ``test_site_in_browser.py``."""
    browser.open("sample", "node=person%2Fwittek")
    assert browser.js("return document.querySelectorAll('.home').length") == 0
    links = browser.js("return [...document.querySelectorAll('a')].map((a) => a.getAttribute('href'))")
    assert [link for link in links if not link.startswith("https://")] == []


def test_the_page_on_paper(browser: Browser) -> None:
    browser.open("sample", "node=talks%2Ffirst", dark=True)
    pdf = b64decode(browser.cdp("Page.printToPDF", printBackground=True)["data"])
    assert pdf.startswith(b"%PDF")
    assert len(pdf) > 20_000
    browser.cdp("Emulation.setEmulatedMedia", media="print")
    hidden = "return getComputedStyle(document.querySelector(arguments[0])).display"
    try:
        assert [browser.js(hidden, one) for one in ("#filters", "#time", ".tools", "#zoom")] == ["none"] * 4
        assert browser.js(hidden, "#panel") != "none"
        assert browser.js("return document.body.scrollWidth <= innerWidth")
    finally:
        browser.cdp("Emulation.setEmulatedMedia", media="")


def test_reduced_motion_moves_nothing(browser: Browser) -> None:
    browser.open("sample")
    moving = "return [...document.querySelectorAll('*')].filter((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0).length"
    assert browser.js("return matchMedia('(prefers-reduced-motion: reduce)').matches")
    assert browser.js(moving) == 0


def test_names_from_the_right_have_their_own_direction(browser: Browser) -> None:
    browser.open("sample", "node=person%2Fnuri")
    direction = "return getComputedStyle(document.querySelector(arguments[0])).direction"
    assert browser.js(direction, "#panel h2") == "rtl"
    browser.click("[data-view=table]")
    odd = browser.js(
        "return [...document.querySelectorAll('#table button, #table q, #table td > span, #panel h2, #panel blockquote')]"
        ".filter((one) => /^[\\u0590-\\u08ff]/.test(one.textContent) && getComputedStyle(one).direction !== 'rtl').map((one) => one.outerHTML)"
    )
    assert odd == []
