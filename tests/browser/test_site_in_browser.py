"""The site in a real Chromium: search and keyboard, both themes, narrow and wide, barriers, hostile names."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from served import serving
from site_samples import ATTACKS, ROOT, hostile_project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Browser

pytestmark = pytest.mark.browser

AXE = ROOT / ".cache/axe/node_modules/axe-core/axe.min.js"
MUSCAT = "/event/indirect-talks/iran-united-states-muscat-2025-05.html"
PAGES = (
    "/",
    "/search?q=iran",
    "/search",
    "/events",
    "/conflicts",
    "/entities",
    "/articles",
    "/unknown",
    "/about",
    "/merged",
    "/entity/state/iran.html",
    "/entity/person/nobody",
    MUSCAT,
)
RUN_AXE = """
const done = arguments[0];
axe.run(document, { resultTypes: ["violations", "incomplete"] }).then(
  (found) => done({ rules: found.passes.length, faults: found.violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3).join(" | ")}`) }),
  (error) => done({ rules: 0, faults: [String(error)] }),
);
"""


@dataclass(frozen=True)
class Served:
    """A site that listens on a port of its own."""

    browser: Browser
    origin: str

    def visit(
        self, path: str, *, width: int = 1280, height: int = 800, dark: bool = False, scripts: bool = True
    ) -> None:
        self.browser.resize(width, height)
        theme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.browser.cdp(
            "Emulation.setEmulatedMedia",
            media="",
            features=[theme, {"name": "prefers-reduced-motion", "value": "reduce"}],
        )
        self.browser.driver.get("about:blank")
        self.browser.logs("browser"), self.browser.logs("performance")
        self.browser.driver.get(self.origin + path)
        if scripts:
            self.browser.settle()

    def link_to(self, path: str, start: str) -> str:
        """Give the first link of a page that begins so."""
        self.visit(path)
        return self.browser.js(f"return document.querySelector('a[href^=\"{start}\"]').getAttribute('href')")

    def until(self, script: str) -> object:
        """Wait until a script gives something; the limit is only there to end a test that has failed."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            found = self.browser.js(f"return {script}")
            if found:
                return found
            time.sleep(0.05)
        pytest.fail(f"never came true: {script}")


@pytest.fixture(scope="module")
def origin(built) -> Iterator[str]:
    with serving(built, title="Port Halden") as served:
        yield served.url


@pytest.fixture(scope="module")
def hostile_origin(tmp_path_factory) -> Iterator[str]:
    folder = hostile_project(tmp_path_factory.mktemp("hostile") / "kg-store")
    with serving(folder, title="Port Halden") as served:
        yield served.url


@pytest.fixture
def site(browser: Browser, origin: str) -> Served:
    return Served(browser, origin)


@pytest.fixture
def hostile(browser: Browser, hostile_origin: str) -> Served:
    return Served(browser, hostile_origin)


@pytest.fixture(scope="module")
def axe() -> str:
    assert AXE.is_file(), "axe-core is not installed; run: make axe (make test does)"
    return AXE.read_text(encoding="utf-8")


def every_page(site: Served) -> list[str]:
    claim = site.link_to(MUSCAT, "/claim/")
    article = site.link_to(MUSCAT, "/article/")
    return [*PAGES, claim, article]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_barrier_on_any_page(site: Served, axe: str, dark: bool) -> None:  # noqa: FBT001
    found, rules = {}, 0
    for path in every_page(site):
        site.visit(path, dark=dark)
        site.browser.js("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        site.browser.js(axe)
        result = site.browser.driver.execute_async_script(RUN_AXE)
        rules += result["rules"]
        if result["faults"]:
            found[path] = result["faults"]
    assert found == {}
    assert rules > 10 * len(PAGES)


def test_axe_sees_a_barrier(site: Served, axe: str) -> None:
    """The fault that the test above must catch."""
    site.visit("/about")
    site.browser.js(
        "document.querySelector('#q').labels[0].remove(); document.querySelector('h1').style.color = '#eee';"
    )
    site.browser.js(axe)
    faults = " ".join(site.browser.driver.execute_async_script(RUN_AXE)["faults"])
    assert "color-contrast" in faults


@pytest.mark.parametrize("width", [390, 768, 1280, 3840])
def test_no_page_is_wider_than_the_window(site: Served, width: int) -> None:
    wide = {}
    for path in every_page(site):
        site.visit(path, width=width, height=900)
        site.browser.js("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        over = site.browser.js(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if over > 0:
            wide[path] = over
    assert wide == {}


def test_nothing_is_asked_for_elsewhere_and_nothing_complains(site: Served) -> None:
    asked = []
    for path in [*every_page(site), "/graph"]:
        site.visit(path)
        if path == "/":
            site.browser.js("document.querySelector('#q').focus()")
            site.browser.keys("i", "r", "a")
            site.until("document.querySelectorAll('#suggestions li').length > 0")
        missing = path.endswith("/nobody")
        assert [line for line in site.browser.complaints() if not (missing and "404" in line)] == [], path
        asked += site.browser.requests()
    assert len(asked) > 4 * len(PAGES)
    assert [url for url in asked if not url.startswith((site.origin + "/", "data:,"))] == []


def test_searching_by_keyboard_alone(site: Served) -> None:
    from selenium.webdriver.common.keys import Keys  # noqa: PLC0415

    site.visit("/")
    site.browser.keys("/")
    assert site.browser.js("return document.activeElement.id") == "q"
    site.browser.keys("a", "r", "a", "g", "h")
    site.until("document.querySelector('#q').getAttribute('aria-expanded') === 'true'")
    site.browser.keys(Keys.ARROW_DOWN)
    active = site.browser.js("return document.querySelector('#q').getAttribute('aria-activedescendant')")
    assert (
        site.browser.js(f"return document.getElementById('{active}').getAttribute('aria-selected')") == "true"
    )
    assert "Abbas Araghchi" in site.browser.text(f"#{active}")
    site.browser.keys(Keys.ENTER)
    site.until("location.pathname === '/entity/person/abbas-araghchi.html'")
    assert site.browser.text("h1") == "Abbas Araghchi"


def test_escape_closes_the_suggestions_and_enter_gives_the_results(site: Served) -> None:
    from selenium.webdriver.common.keys import Keys  # noqa: PLC0415

    site.visit("/about")
    site.browser.keys("/", "i", "r", "a", "n")
    site.until("!document.querySelector('#suggestions').hidden")
    site.browser.keys(Keys.ESCAPE)
    assert site.browser.js("return document.querySelector('#suggestions').hidden")
    assert site.browser.js("return document.querySelector('#q').getAttribute('aria-expanded')") == "false"
    site.browser.js("document.querySelector('#q').value = 'iran'")
    site.browser.keys(Keys.ENTER)
    site.until("location.pathname === '/search' && location.search === '?q=iran'")
    assert "Iran" in site.browser.text(".hits")


def test_a_suggestion_can_be_clicked(site: Served) -> None:
    site.visit("/")
    site.browser.keys("/", "m", "u", "s", "c", "a", "t")
    site.until("document.querySelectorAll('#suggestions li').length > 0")
    x, y = site.browser.js(
        "const b = document.querySelector('#suggestions li').getBoundingClientRect(); return [b.x + 20, b.y + 10]"
    )
    site.browser.click_at(x, y)
    site.until("location.pathname.startsWith('/entity/') || location.pathname.startsWith('/event/')")


def test_everything_is_there_without_a_script(site: Served) -> None:
    claim = site.link_to(MUSCAT, "/claim/")
    site.browser.cdp("Emulation.setScriptExecutionDisabled", value=True)
    try:
        for path in (claim, MUSCAT, "/search?q=iran"):
            site.visit(path, scripts=False)
            assert site.browser.text("h1")
            assert site.browser.js("return document.querySelector('#suggestions').hidden")
        assert "Iran" in site.browser.text(".hits")
    finally:
        site.browser.cdp("Emulation.setScriptExecutionDisabled", value=False)


def test_the_first_tab_skips_to_the_content_and_the_focus_is_seen(site: Served) -> None:
    from selenium.webdriver.common.keys import Keys  # noqa: PLC0415

    site.visit("/events")
    site.browser.keys(Keys.TAB)
    assert site.browser.text(":focus") == "Skip to the content"
    assert site.browser.js("return document.activeElement.getBoundingClientRect().top") >= 0
    assert site.browser.js("return getComputedStyle(document.activeElement).outlineStyle") == "solid"
    site.browser.keys(Keys.ENTER)
    assert site.browser.js("return document.activeElement.id") == "main"


def test_the_claims_of_an_article_stand_beside_it_or_below(site: Served) -> None:
    article = site.link_to(MUSCAT, "/article/")
    boxes = """
    const row = [...document.querySelectorAll('.row')].find((one) => one.querySelector('.notes'));
    const [text, notes] = ['.text', '.notes'].map((name) => row.querySelector(name).getBoundingClientRect());
    return [text.right <= notes.left, text.bottom <= notes.top];
    """
    site.visit(article)
    assert site.browser.js(boxes) == [True, False]
    site.visit(article, width=390)
    assert site.browser.js(boxes) == [False, True]


def test_classes_are_told_by_the_line_as_well_as_by_colour(site: Served) -> None:
    site.visit(site.link_to(MUSCAT, "/article/"))
    styles = site.browser.js(
        "return ['Person', 'Polity', 'Organization', 'Place', 'Event'].map((kind) => "
        "getComputedStyle(document.querySelector(`.legend .kind-${kind}`)).textDecorationStyle)"
    )
    assert len(set(styles)) == len(styles)


def test_the_citation_can_be_copied_or_is_marked(site: Served) -> None:
    site.visit(site.link_to(MUSCAT, "/claim/"))
    site.browser.click("#copy")
    site.until("document.querySelector('#copied').textContent !== ''")


def test_the_link_to_the_graph_shows_the_thing(site: Served) -> None:
    site.visit("/entity/state/iran.html")
    link = site.browser.js("return document.querySelector('a[href^=\"/graph#\"]').getAttribute('href')")
    site.visit(link)
    site.until("window.diplomacyPage !== undefined")
    assert "focus=state%2Firan" in site.browser.js("return location.hash")
    assert "Iran" in site.browser.text("#panel")


def test_the_graph_leads_to_the_pages_and_back(site: Served) -> None:
    link = "return [...document.querySelectorAll('#panel a')].find((a) => a.textContent === 'Its page').href"
    for node, path in (
        ("state%2Firan", "/entity/state/iran.html"),
        (MUSCAT.removeprefix("/event/").removesuffix(".html").replace("/", "%2F"), MUSCAT),
    ):
        site.visit(f"/graph#view=full&node={node}")
        site.until("window.diplomacyPage !== undefined")
        assert site.browser.js(link) == site.origin + path
    claim = site.browser.js(
        "return document.querySelector('#panel a[href^=\"/claim/\"]').getAttribute('href')"
    )
    site.browser.click(f"#panel a[href='{claim}']")
    site.until(f"location.pathname === '{claim}'")
    site.visit("/graph")
    site.browser.click(".home")
    site.until("location.pathname === '/'")
    assert site.browser.text("h1")


def test_print_leaves_the_content_alone(site: Served) -> None:
    site.visit(MUSCAT)
    site.browser.cdp("Emulation.setEmulatedMedia", media="print")
    try:
        shown = "return getComputedStyle(document.querySelector(arguments[0])).display"
        assert site.browser.js(shown, ".search") == "none"
        assert site.browser.js(shown, ".parts") == "none"
        assert site.browser.js(shown, "h1") != "none"
    finally:
        site.browser.cdp("Emulation.setEmulatedMedia", media="")


def test_hostile_names_run_nothing(hostile: Served) -> None:
    paths = ["/", "/events", "/entities", "/articles", "/conflicts", "/unknown", "/graph"]
    for i in range(len(ATTACKS)):
        paths += [
            f"/entity/person/{i}.html",
            f"/event/talks/{i}.html",
            f"/claim/leads{i}.html",
            f"/article/{i}.html",
        ]
    for path in paths:
        hostile.visit(path)
        assert hostile.browser.js("return window.hit ?? null") is None, path
        assert [
            url for url in hostile.browser.requests() if not url.startswith((hostile.origin, "data:,"))
        ] == []
        assert hostile.browser.complaints() == [], path


def test_hostile_suggestions_run_nothing(hostile: Served) -> None:
    hostile.visit("/")
    hostile.browser.keys("/", "s", "c", "r", "i", "p", "t")
    hostile.until("document.querySelectorAll('#suggestions li').length > 0")
    assert "<script>" in hostile.browser.text("#suggestions")
    assert (
        hostile.browser.js("return document.querySelectorAll('#suggestions script, #suggestions img').length")
        == 0
    )
    assert hostile.browser.js("return window.hit ?? null") is None
    assert hostile.browser.complaints() == []


def test_a_script_by_force_is_stopped(hostile: Served) -> None:
    """The fault that the tests above must catch."""
    hostile.visit("/")
    hostile.browser.js(
        "const one = document.createElement('script'); one.textContent = 'window.hit = 1'; document.body.append(one);"
    )
    hostile.browser.settle()
    assert hostile.browser.js("return window.hit ?? null") is None
    assert any("Content Security Policy" in line for line in hostile.browser.complaints())


def test_right_to_left_names_are_set_apart(hostile: Served) -> None:
    arabic = len(ATTACKS) - 1
    hostile.visit(f"/entity/place/{arabic}.html")
    assert hostile.browser.js("return getComputedStyle(document.querySelector('h1')).direction") == "rtl"
    assert hostile.browser.js("return getComputedStyle(document.body).direction") == "ltr"
    hostile.visit("/entities")
    assert hostile.browser.js("return document.querySelectorAll('main a.thing > bdi').length") > 0
