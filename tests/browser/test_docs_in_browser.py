"""The documentation in a real browser, from a disk: nothing leaves it, search works, it fits, axe-core finds no barrier."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_accessibility_in_browser import axe, violations  # noqa: F401  (axe is a fixture)

if TYPE_CHECKING:
    from conftest import Browser

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
LOOKED_AT = ("index", "cli", "howto/own-articles", "explanation/limits", "reference/lexicon")
LOCAL = ("file://", "data:", "about:", "blob:")
TOO_WIDE = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
SEARCH = """
const done = arguments[1], box = document.querySelector("input.md-search__input");
document.querySelector("[data-md-toggle=search]").click();
box.focus();
box.value = arguments[0];
box.dispatchEvent(new Event("input", { bubbles: true }));
box.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
const look = setInterval(() => {
  const found = [...document.querySelectorAll(".md-search-result__link")].map((each) => each.getAttribute("href"));
  if (found.length) { clearInterval(look); done(found); }
}, 50);
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=True)
    return folder


def show(browser: Browser, path: Path, *, width: int = 1280, dark: bool = False) -> None:
    browser.resize(width, 900)
    theme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    still = {"name": "prefers-reduced-motion", "value": "reduce"}
    browser.cdp("Emulation.setEmulatedMedia", features=[theme, still])
    browser.logs("performance")
    browser.driver.get(path.as_uri())
    browser.settle()


def test_no_page_asks_for_anything_but_files_and_none_is_too_wide(browser: Browser, site: Path) -> None:
    pages = sorted(set(site.rglob("*.html")) - {site / "404.html"})  # which only a server shows
    assert len(pages) >= 30
    for path in pages:
        show(browser, path, width=390)
        requested = browser.requests()
        assert len(requested) > 3
        assert [each for each in requested if not each.startswith(LOCAL)] == [], path.name
        assert browser.driver.execute_script(TOO_WIDE) <= 0, f"{path.name} is wider than 390 pixels"


def test_search_works_from_a_disk(browser: Browser, site: Path) -> None:
    show(browser, site / "howto" / "own-articles.html")
    found = browser.driver.execute_async_script(SEARCH, "hearsay")
    assert "explanation/confidence.html" in found[0]
    requested = browser.requests()
    assert any(each.endswith("/search/search_index.js") for each in requested)
    assert all(each.startswith(LOCAL) for each in requested)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_barrier(browser: Browser, site: Path, axe: str, dark: bool) -> None:  # noqa: F811, FBT001
    for name in LOOKED_AT:
        show(browser, site / f"{name}.html", dark=dark)
        assert violations(browser, axe) == [], name


def test_the_theme_follows_the_system(browser: Browser, site: Path) -> None:
    colours = []
    for dark in (False, True):
        show(browser, site / "index.html", dark=dark)
        colours.append(
            browser.driver.execute_script("return getComputedStyle(document.body).backgroundColor")
        )
    assert colours == ["rgb(245, 247, 249)", "rgb(18, 23, 29)"]
