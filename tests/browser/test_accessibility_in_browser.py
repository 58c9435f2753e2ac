"""axe-core finds no barrier: in both themes, all views, everything that opens, from 390 px to 4K."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Browser

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
AXE = ROOT / ".cache" / "axe" / "node_modules" / "axe-core"
RUN = """
const done = arguments[0];
axe.run(document, { resultTypes: ["violations"] }).then(
  (found) => done(found.violations.map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 160))])),
  (error) => done([["axe failed", [String(error)]]]));
"""
CASES = {
    "actors": "",
    "full": "view=full",
    "timeline": "view=timeline",
    "table": "view=table",
    "node": "node=talks%2Ffirst",
    "contested": "view=full&fact=claim%2Fbrokered",
    "article": "doc=doc%2Fa",
    "path": "path=person%2Fwittek&path=state%2Fgunesli",
    "filtered": "view=table&no-statuses=planned&no-docs=doc%2Fb",
    "chosen in the timeline": "view=timeline&node=talks%2Ffirst",
}
OPENED = {
    "help": "document.getElementById('help').click()",
    "export": "document.getElementById('export').click()",
    "views": "document.getElementById('saved').click()",
    "search": "const box = document.getElementById('search'); box.focus(); box.value = 'a'; box.dispatchEvent(new Event('input'))",
    "picking": "diplomacyPage.choose({ node: 0 }); document.getElementById('graph').focus(); document.dispatchEvent(new KeyboardEvent('keydown', { key: 'p', bubbles: true }))",
}


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core, of the version that is pinned."""
    wanted = json.loads((ROOT / "tests/browser/axe/package.json").read_text())["dependencies"]["axe-core"]
    assert (AXE / "package.json").is_file(), "axe-core is not installed; run: make axe (make test does)"
    found = json.loads((AXE / "package.json").read_text())["version"]
    assert found == wanted, "another axe-core is installed; run: make axe"
    return (AXE / "axe.min.js").read_text("utf-8")


def violations(browser: Browser, axe: str) -> list:
    browser.driver.execute_script(axe)
    return browser.driver.execute_async_script(RUN)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", CASES)
def test_no_barrier_in_any_view(browser: Browser, axe: str, name: str, *, dark: bool) -> None:
    browser.open("sample", CASES[name], dark=dark)
    assert violations(browser, axe) == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", OPENED)
def test_no_barrier_in_what_opens(browser: Browser, axe: str, name: str, *, dark: bool) -> None:
    browser.open("sample", dark=dark)
    browser.js(OPENED[name])
    browser.settle()
    assert violations(browser, axe) == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (3840, 2160)])
@pytest.mark.parametrize("view", ["actors", "full", "timeline", "table"])
def test_no_barrier_at_any_width(browser: Browser, axe: str, view: str, width: int, height: int) -> None:
    for link in (f"view={view}", f"view={view}&node=talks%2Ffirst"):
        browser.open("sample", link, width=width, height=height)
        assert violations(browser, axe) == []
        assert browser.js("return document.documentElement.scrollWidth") <= width
    browser.click("#open-filters")
    assert violations(browser, axe) == []


def test_a_barrier_would_be_found(browser: Browser, axe: str) -> None:
    browser.open("sample")
    browser.js(
        "document.getElementById('theme').removeAttribute('aria-label'); document.getElementById('theme').removeAttribute('title')"
    )
    browser.js(
        "const image = document.createElement('canvas'); image.setAttribute('role', 'img'); document.querySelector('main').append(image)"
    )
    found = {name for name, _ in violations(browser, axe)}
    assert {"button-name", "role-img-alt"} <= found
