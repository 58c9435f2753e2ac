"""axe-core on the pages for asking: the SPARQL editor, and the named queries with their answers, in both themes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from served import serving
from site_samples import ROOT

if TYPE_CHECKING:
    from conftest import Browser

pytestmark = pytest.mark.browser

AXE = ROOT / ".cache/axe/node_modules/axe-core/axe.min.js"
RUN_AXE = """
const done = arguments[0];
axe.run(document, { resultTypes: ["violations"] }).then(
  (found) => done({ rules: found.passes.length, faults: found.violations.map(
    (one) => [one.id, one.nodes.map((node) => node.html.slice(0, 300) + " " + node.failureSummary.slice(0, 300))]) }),
  (error) => done({ rules: 0, faults: [["axe failed", [String(error)]]] }),
);
"""
QUERIES = {
    "rows": "/queries/who-led-which-delegation",
    "a form and no answer yet": "/queries/who-met-whom",
    "an answer of a form": "/queries/who-led-which-delegation?" + urlencode({"place": "Muscat"}),
    "a wrong value": "/queries/who-led-which-delegation?" + urlencode({"place": "nowhere-at-all"}),
    "triples": "/queries/derive-met-with",
    "all of them": "/queries",
    "no such query": "/queries/who-met-who",
}


@dataclass(frozen=True)
class Asking:
    """The site in a browser, with axe-core at hand."""

    browser: Browser
    url: str
    script: str

    def visit(self, path: str, *, dark: bool, width: int = 1280) -> None:
        self.browser.resize(width, 800)
        theme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        calm = [{"name": "prefers-reduced-motion", "value": "reduce"}]
        self.browser.cdp("Emulation.setEmulatedMedia", media="", features=[*theme, *calm])
        self.browser.driver.get("about:blank")
        self.browser.driver.get(self.url + path)
        self.browser.settle()

    def editor(self, rest: str = "", *, dark: bool, width: int = 1280) -> None:
        self.visit(f"/sparql-editor{rest}", dark=dark, width=width)
        self.until("document.documentElement.dataset.ready === 'yes'")

    def until(self, script: str) -> None:
        """Wait until a script gives something; the limit is only there to end a test that has failed."""
        end = time.monotonic() + 60
        while not self.browser.js(f"return {script}"):
            assert time.monotonic() < end, f"never came true: {script}\n{self.browser.complaints()}"
            time.sleep(0.05)

    def faults(self) -> dict[str, list[str]]:
        self.browser.js(self.script)
        found = self.browser.driver.execute_async_script(RUN_AXE)
        assert found["rules"] > 15
        return dict(found["faults"])


@pytest.fixture(scope="module")
def served(built):
    with serving(built) as found:
        yield found


@pytest.fixture
def asking(browser: Browser, served) -> Asking:
    assert AXE.is_file(), "axe-core is not installed; run: make axe (make test does)"
    return Asking(browser, served.url, AXE.read_text("utf-8"))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", QUERIES)
def test_no_barrier_on_the_pages_of_queries(asking: Asking, name: str, *, dark: bool) -> None:
    asking.visit(QUERIES[name], dark=dark)
    asking.browser.js("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert asking.faults() == {}


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_barrier_in_the_editor(asking: Asking, *, dark: bool, width: int) -> None:
    asking.editor(dark=dark, width=width)
    assert asking.faults() == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("plugin", ["table", "response"])
def test_no_barrier_in_what_the_editor_answers(asking: Asking, plugin: str, *, dark: bool) -> None:
    asking.editor("?example=chronology", dark=dark)
    asking.browser.click(".yasqe_queryButton")
    asking.until("document.querySelectorAll('#results table tbody tr').length > 2")
    asking.browser.click(f".select_{plugin}")
    assert asking.faults() == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_barrier_in_what_the_editor_says_is_wrong(asking: Asking, *, dark: bool) -> None:
    asking.editor(dark=dark)
    asking.browser.js(
        "document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT * { SERVICE <https://x.example/> { ?s ?p ?o } }')"
    )
    asking.browser.click(".yasqe_queryButton")
    asking.until("document.querySelector('#results').innerText.includes('SERVICE is not allowed')")
    assert asking.faults() == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_barrier_while_the_editor_completes(asking: Asking, *, dark: bool) -> None:
    asking.editor(dark=dark)
    asking.browser.js(
        "const editor = document.querySelector('.CodeMirror').CodeMirror;"
        "editor.setValue('PREFIX dip: <https://w3id.org/diplomacy-kg/ns#>\\nSELECT * WHERE {\\n  ?s dip:lead');"
        "editor.focus(); editor.setCursor({line: 2, ch: 13}); editor.autocomplete()"
    )
    asking.until("document.querySelectorAll('.CodeMirror-hints li').length > 0")
    assert asking.faults() == {}


def test_nobody_is_caught_in_the_editor(asking: Asking) -> None:
    """Tab and Shift-Tab leave it as any field, and change nothing in it; Ctrl-Enter asks."""
    from selenium.webdriver.common.action_chains import ActionChains  # noqa: PLC0415
    from selenium.webdriver.common.keys import Keys  # noqa: PLC0415

    asking.editor("?example=chronology", dark=False)
    editor = "document.querySelector('#editor .CodeMirror').CodeMirror"
    before = asking.browser.js(f"return {editor}.getValue()")
    inside = "return document.activeElement.getAttribute('aria-label') === 'SPARQL query'"
    for backwards in (False, True):
        asking.browser.js(f"{editor}.focus()")
        assert asking.browser.js(inside)
        keys = ActionChains(asking.browser.driver)
        tab = (
            keys.key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT)
            if backwards
            else keys.send_keys(Keys.TAB)
        )
        tab.perform()
        assert not asking.browser.js(inside), "backwards" if backwards else "forwards"
    assert asking.browser.js(f"return {editor}.getValue()") == before
    asking.browser.js(f"{editor}.focus()")
    ActionChains(asking.browser.driver).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(
        Keys.CONTROL
    ).perform()
    asking.until("document.querySelectorAll('#results table tbody tr').length > 2")


def test_a_barrier_would_be_found(asking: Asking) -> None:
    asking.visit(QUERIES["an answer of a form"], dark=False)
    asking.browser.js("document.querySelector('.params label').remove()")
    assert "label" in asking.faults()
