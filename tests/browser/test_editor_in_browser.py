"""The SPARQL editor in a real Chromium: it answers, completes from here, and asks nobody else."""

import time
from urllib.parse import quote, urlsplit

import pytest
from served import serving

pytestmark = pytest.mark.browser

ROWS = "return document.querySelectorAll('#results table tbody tr').length"


@pytest.fixture(scope="module")
def served(built):
    with serving(built) as found:
        yield found


@pytest.fixture
def editor(browser, served):
    """Open the editor; gives a function that opens it again with a query or a hash."""

    def visit(rest="", *, width=1280, dark=False):
        browser.resize(width, 800)
        theme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        browser.cdp("Emulation.setEmulatedMedia", features=theme)
        browser.driver.get("about:blank")
        browser.logs("browser"), browser.logs("performance")
        browser.driver.get(f"{served.url}/sparql-editor{rest}")
        wait(browser, "return document.documentElement.dataset.ready === 'yes'")
        return browser

    return visit


def wait(browser, script, seconds=40):
    deadline = time.monotonic() + seconds
    while not browser.js(script):
        assert time.monotonic() < deadline, f"not in {seconds} s: {script}\n{browser.complaints()}"
        time.sleep(0.1)


def put(browser, text):
    browser.js(
        "document.querySelector('.yasqe .CodeMirror, .CodeMirror').CodeMirror.setValue(arguments[0])", text
    )


def run(browser):
    browser.js("document.querySelector('.yasqe_queryButton').click()")


def strangers(browser, served):
    """The addresses that were asked for elsewhere."""
    own = urlsplit(served.url).netloc
    return [
        url
        for url in browser.requests()
        if urlsplit(url).scheme in {"http", "https", "ws", "wss"} and urlsplit(url).netloc != own
    ]


def test_it_opens_without_complaint_and_loads_nothing_from_elsewhere(editor, served):
    browser = editor()
    browser.settle()
    asked = browser.requests()
    assert any(url.endswith("/static/yasgui/yasgui.min.js") for url in asked)
    assert [url for url in asked if not url.startswith((served.url, "data:", "about:"))] == []
    assert browser.complaints() == []


def test_running_a_query_shows_its_rows(editor):
    browser = editor()
    run(browser)
    wait(browser, f"{ROWS} > 5")


def test_typing_a_query_asks_nobody(editor, served):
    """Prefixes, classes and properties, typed key by key, with completion called for at each."""
    from selenium.webdriver.common.keys import Keys  # noqa: PLC0415

    browser = editor()
    put(browser, "")
    browser.js("document.querySelector('.CodeMirror').CodeMirror.focus()")
    for line in (
        "PREFIX foaf: <http://xmlns.com/foaf/0.1/>",
        "PREFIX dip: <https://w3id.org/diplomacy-kg/ns#>",
        "SELECT * WHERE {",
        "?s a <http://xmlns.com/foaf/0.1/Pers",
    ):
        browser.keys(line)
        browser.keys(Keys.CONTROL, " ")
        browser.keys(Keys.ESCAPE)
        browser.js("document.querySelector('.CodeMirror').CodeMirror.focus()")
        browser.keys(Keys.ENTER)
    for line in (
        "?s foaf:kno",
        "?s dip:lea",
        "?s a dip:Tal",
        "?s schema:na",
        "leaks:x",
        "?s <http://purl.org/dc/terms/tit",
    ):
        browser.keys(line, Keys.CONTROL, " ")
        time.sleep(0.3)
        browser.keys(Keys.ESCAPE)
        browser.js("document.querySelector('.CodeMirror').CodeMirror.focus()")
        browser.keys(Keys.ENTER)
    browser.settle()
    assert strangers(browser, served) == []
    typed = browser.js("return document.querySelector('.CodeMirror').CodeMirror.getValue()")
    assert "dip:lea" in typed
    assert "chelxie" not in typed, "a prefix that the vendored list has was put in"


def test_a_property_is_completed_from_the_ontology(editor):
    browser = editor()
    put(browser, "PREFIX dip: <https://w3id.org/diplomacy-kg/ns#>\nSELECT * WHERE {\n  ?s dip:lead")
    browser.js(
        "const editor = document.querySelector('.CodeMirror').CodeMirror;"
        "editor.focus(); editor.setCursor({line: 2, ch: 13}); editor.autocomplete()"
    )
    wait(browser, "return document.querySelectorAll('.CodeMirror-hints li').length > 0")
    assert "dip:leads" in browser.text(".CodeMirror-hints")


def test_an_example_is_put_into_the_editor_and_runs(editor):
    browser = editor("?example=chronology")
    text = browser.js("return document.querySelector('.CodeMirror').CodeMirror.getValue()")
    assert "SELECT" in text
    run(browser)
    wait(browser, f"{ROWS} > 2")


def test_a_link_brings_its_query_but_does_not_run_it_nor_send_it_elsewhere(editor, served):
    query = "SELECT ?answer { VALUES ?answer { 42 } }"
    browser = editor(
        f"#query={quote(query)}&endpoint={quote('https://elsewhere.example/sparql')}&requestMethod=GET"
    )
    assert browser.js("return document.querySelector('.CodeMirror').CodeMirror.getValue()") == query
    time.sleep(1)
    assert not [url for url in browser.requests() if "/sparql?" in url or url.endswith("/sparql")]
    run(browser)
    wait(browser, f"{ROWS} === 1")
    assert "42" in browser.text("#results")
    assert strangers(browser, served) == []


def test_what_the_server_refuses_is_said_in_its_words(editor):
    browser = editor()
    put(browser, "SELECT * { SERVICE <https://elsewhere.example/> { ?s ?p ?o } }")
    run(browser)
    wait(browser, "return document.querySelector('#results').innerText.includes('SERVICE is not allowed')")


def test_hostile_values_in_an_answer_run_nothing(editor, served):
    browser = editor()
    put(
        browser,
        "SELECT * { VALUES (?a ?b ?c) { (<javascript:document.title='ran'> \"<img src=x onerror=document.title='ran'>\" "
        "<https://x.org/'onmouseover='document.title=1>) } }",
    )
    run(browser)
    wait(browser, f"{ROWS} === 1")
    browser.js(
        "for (const link of document.querySelectorAll('#results a')) link.dispatchEvent(new Event('mouseover', {bubbles: true}))"
    )
    browser.settle()
    assert browser.js("return document.title") != "ran"
    assert browser.js("return document.querySelectorAll('#results img').length") == 0
    assert browser.js(
        "return [...document.querySelectorAll('#results a')].every((a) => !a.href.startsWith('javascript:'))"
    )
    assert strangers(browser, served) == []


def test_it_fits_a_narrow_window(editor):
    browser = editor(width=390)
    assert browser.js("return document.documentElement.scrollWidth") <= 390
