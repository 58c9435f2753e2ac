"""The graph page in a real Chromium: what it asks for, what it runs, and what the reader gets."""

from __future__ import annotations

import time
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import conftest
import graphs
import pytest

from kg.graph.page import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Browser

pytestmark = pytest.mark.browser

OUTSIDE = """
const { canvas, scene } = window.diplomacyPage;
const { clientWidth, clientHeight } = document.getElementById("graph");
return [...scene.nodes.keys()].filter((i) => {
  const { x, y } = canvas.canvasToDOM(canvas.getPosition(`n${i}`));
  return x < 5 || y < 5 || x > clientWidth - 5 || y > clientHeight - 5;
});
"""
COLOURS = """
const picture = window.diplomacyPage.picture();
const { data } = picture.getContext("2d").getImageData(0, 0, picture.width, picture.height);
const seen = new Set();
for (let at = 0; at < data.length; at += 4) seen.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
return seen.size;
"""
MIDDLE = """
const { canvas, scene } = window.diplomacyPage;
const line = [...scene.lines.values()].find((one) => (one.fact ? one.fact.claims[0]?.id === arguments[0] : one.id === arguments[0]));
const { x, y } = canvas.canvasToDOM(canvas.body.edges[line.id].edgeType.getPoint(0.35));
const box = document.getElementById("graph").getBoundingClientRect();
return [x + box.left, y + box.top];
"""


def shown(browser: Browser) -> list[int]:
    return browser.js(
        "const s = diplomacyPage.shown(); return [s.facts.size, s.nodes.size, s.actors.size, s.ties.length]"
    )


@pytest.mark.parametrize("name", sorted(conftest.STORES))
def test_asks_for_nothing_and_complains_of_nothing(browser: Browser, name: str) -> None:
    browser.open(name)
    for view in ("full", "timeline", "table", "actors"):
        browser.click(f"[data-view={view}]")
    browser.keys("/", "a", "b")
    assert browser.requests() == [f"file://{browser.page(name)}"]
    assert browser.complaints() == []


def test_the_policy_stops_a_request_and_a_script(browser: Browser) -> None:
    """The fault that the test above must catch: with both put in by force, both are reported."""
    browser.open("sample")
    browser.js(
        "const script = document.createElement('script'); script.textContent = 'window.hit = 1'; document.body.append(script);"
        "const image = new Image(); image.src = 'https://example.org/x.png'; document.body.append(image);"
    )
    browser.settle()
    assert browser.js("return window.hit ?? null") is None
    assert len([line for line in browser.complaints() if "Content Security Policy" in line]) == 2


def test_hostile_names_run_nothing_and_link_nowhere(browser: Browser) -> None:
    browser.open("hostile")
    links = set()
    for i in range(len(graphs.ATTACKS)):
        for link in (
            f"node=person/{i}",
            f"node=talks/{i}&view=full",
            f"doc=doc/{i}&view=table",
            f"fact=claim/part{i}&view=timeline",
        ):
            browser.js("location.hash = arguments[0]", link)
            browser.settle()
            links |= set(browser.js("return [...document.querySelectorAll('a')].map((a) => a.protocol)"))
            assert graphs.ATTACKS[i].split()[0] in browser.text("#panel")
    for letter in "<'j":
        browser.keys("/", letter)
    assert browser.js("return window.hit ?? null") is None
    assert (
        browser.js("return document.querySelectorAll('#panel img, #panel svg[onload], main script').length")
        == 0
    )
    assert links <= {"http:", "https:"}
    assert browser.complaints() == []


@pytest.mark.parametrize("view", ["actors", "full"])
def test_every_node_is_in_sight_after_load_and_resize(browser: Browser, view: str) -> None:
    browser.open("sample", f"view={view}")
    for width, height in ((1280, 800), (900, 700), (390, 844), (2560, 1300)):
        browser.resize(width, height)
        browser.settle()
        assert browser.js(OUTSIDE) == [], (width, height)
        assert browser.js(COLOURS) > 50
        assert browser.js("return document.documentElement.scrollWidth") <= width


def test_nodes_are_in_sight_after_a_hidden_start(browser: Browser) -> None:
    wrapper = browser.folder / "wrapper.html"
    page = browser.page("sample").name
    wrapper.write_text(
        f'<iframe src="{page}" style="display:none;width:900px;height:600px"></iframe>', "utf-8"
    )
    browser.driver.get(f"file://{wrapper}")
    time.sleep(0.5)
    browser.js("document.querySelector('iframe').style.display = 'block'")
    browser.driver.switch_to.frame(0)
    browser.settle()
    browser.settle()
    assert browser.js(OUTSIDE) == []
    assert browser.js("return diplomacyPage.canvas.getScale()") > 0.3
    browser.driver.switch_to.default_content()


@pytest.mark.parametrize(
    ("typed", "name", "quote"),
    [
        ("gunesli", "Güneşli Kırlık", "sat down on 8 March"),
        ("port hal", "Arvenia", "Edda Wittek led the team"),
        ("шолпан", "Шолпан Ергенова", "is expected at the second round"),
        ("نوري", "نوري الزهراني", "may observe the second round"),
    ],
)
def test_search_and_enter_lead_to_the_quote(browser: Browser, typed: str, name: str, quote: str) -> None:
    browser.open("sample")
    browser.keys("/")
    browser.js(
        "const box = document.getElementById('search'); box.value = arguments[0]; box.dispatchEvent(new Event('input'))",
        typed,
    )
    browser.keys("\ue007")
    assert browser.text("#panel h2") == name
    assert quote in browser.text("#panel")
    assert browser.js("return document.querySelectorAll('#panel mark').length") > 0


def test_each_of_two_contradictory_lines_can_be_clicked(browser: Browser) -> None:
    browser.open("sample", "view=full")
    for claim, verb in (("claim/brokered", "brokers"), ("claim/notbrokered", "does not broker")):
        browser.click_at(*browser.js(MIDDLE, claim))
        assert verb in browser.text("#panel h2")
        assert "Cannot hold together with" in browser.text("#panel")
        browser.click_at(420, 760)


def test_a_tie_lists_what_it_is_made_of(browser: Browser) -> None:
    browser.open("sample")
    tie = browser.js("return diplomacyPage.shown().ties.find((one) => one.via.length === 2).id")
    browser.click_at(*browser.js(MIDDLE, tie))
    panel = browser.text("#panel")
    assert "2 THINGS BOTH HAVE A PART IN" in panel.upper()
    assert "First round in Lumeria" in panel
    assert "sat down on 8 March" in panel


def test_the_panel_says_how_a_fact_is_told(browser: Browser) -> None:
    words = {
        "claim/planned": ("is to take part in", "planned"),
        "claim/possible": ("may observe", "possible"),
        "claim/refused": ("does not take part in", "denied"),
        "claim/brokered": ("brokers", "said by Halden Gazette"),
        "claim/hosts": ("Derived from", "inferred"),
        "claim/leads": ("0.95", "claim/leads"),
    }
    browser.open("sample")
    for claim, expected in words.items():
        browser.js("location.hash = `view=full&fact=${arguments[0]}`", claim)
        browser.settle()
        for word in expected:
            assert word in browser.text("#panel"), claim
    assert (
        browser.js("return document.querySelector('#panel .source a')?.href ?? null")
        == "https://news.example/talks?a=1&b=2"
    )


def test_filters_change_the_counts_and_say_so(browser: Browser) -> None:
    browser.open("sample", "view=full")
    whole = shown(browser)
    assert whole[0] == 17
    assert "17 of 17 facts" in browser.text("#counts")
    browser.click("[data-group=statuses] [data-id=planned] input")
    assert shown(browser)[0] == 16
    assert "16 of 17 facts" in browser.text("#counts")
    assert "1 fact hidden" in browser.text("#notice")
    browser.click("[data-group=statuses] [data-id=contested] .only")
    assert shown(browser)[0] == 2
    browser.click("#notice button")
    assert shown(browser) == whole
    assert browser.js("return document.getElementById('notice').hidden")


def test_confidence_dates_and_undated(browser: Browser) -> None:
    browser.open("sample", "view=table")
    slide = "const range = document.querySelector(arguments[0]); range.value = arguments[1]; range.dispatchEvent(new Event('input'))"
    rows = "return document.querySelectorAll('#table tbody tr').length"
    browser.js(slide, "#confidence", 1)
    assert shown(browser)[0] == browser.js(rows) == 1, (
        "only the background fact has no confidence to fall short of"
    )
    browser.js(slide, "#confidence", 0)
    low, high = (
        browser.js(f"return Number(document.querySelector('.track .from').{end})") for end in ("min", "max")
    )
    browser.js(slide, ".track .from", high)
    assert shown(browser)[0] == 5, "at the right end only what is undated is left"
    browser.click("#undated")
    assert shown(browser)[0] == browser.js(rows) == 0
    browser.js(slide, ".track .from", low)
    assert shown(browser)[0] == 12
    browser.js(slide, ".track .to", low)
    assert shown(browser)[0] == 0


def test_the_link_brings_the_same_page_back(browser: Browser) -> None:
    browser.open("sample", "view=full")
    browser.click("[data-group=statuses] [data-id=planned] input")
    browser.click("[data-group=kinds] li:last-child input")
    browser.click("#undated")
    browser.js(
        "document.querySelector('#confidence').value = 0.6; document.querySelector('#confidence').dispatchEvent(new Event('input'))"
    )
    browser.js("location.hash += '&node=talks%2Ffirst&focus=talks%2Ffirst'")
    browser.settle()
    before = (
        shown(browser),
        browser.text("#panel"),
        browser.text("#counts"),
        browser.js("return location.hash"),
    )
    browser.open("sample", before[3].lstrip("#"))
    assert (
        shown(browser),
        browser.text("#panel"),
        browser.text("#counts"),
        browser.js("return location.hash"),
    ) == before
    assert before[0][0] < 17


def test_the_whole_page_by_keyboard(browser: Browser) -> None:
    browser.open("sample")
    browser.js("document.getElementById('graph').focus()")
    everything = shown(browser)
    browser.keys("\ue014")
    first = browser.text("#panel h2")
    browser.keys("\ue015")
    browser.keys("\ue012")
    assert browser.text("#panel h2") != "Who met whom, and who says so"
    assert first
    browser.keys("\ue007")
    assert "only the neighbours of" in browser.text("#notice")
    assert shown(browser) != everything
    for _ in range(6):
        browser.keys("\ue00c")
    assert shown(browser) == everything
    assert browser.text("#panel h2") == "Who met whom, and who says so"
    before = browser.js("return diplomacyPage.canvas.getScale()")
    browser.keys("+")
    assert browser.js("return diplomacyPage.canvas.getScale()") > before
    browser.keys("0")
    assert browser.js(OUTSIDE) == []
    browser.keys("t")
    assert browser.js("return getComputedStyle(document.body).colorScheme") == "dark"
    browser.keys("?")
    assert browser.js("return document.getElementById('keys').open")
    browser.keys("\ue00c")
    assert not browser.js("return document.getElementById('keys').open")
    browser.keys("/")
    assert browser.js("return document.activeElement.id") == "search"


def test_narrow_windows_have_drawers(browser: Browser) -> None:
    browser.open("sample", width=390, height=844)
    place = "const box = document.querySelector(arguments[0]).getBoundingClientRect(); return [box.left, box.top, box.right]"
    time.sleep(0.25)
    assert browser.js(place, "#filters")[2] <= 0
    browser.click("#open-filters")
    time.sleep(0.3)
    assert browser.js(place, "#filters")[0] >= 0
    browser.keys("/")
    browser.js(
        "const box = document.getElementById('search'); box.value = 'arvenia'; box.dispatchEvent(new Event('input'))"
    )
    browser.keys("\ue007")
    time.sleep(0.3)
    assert 200 < browser.js(place, "#panel")[1] < 600
    browser.click("#panel .close")
    time.sleep(0.3)
    assert browser.js("return getComputedStyle(document.getElementById('panel')).visibility") == "hidden"


def test_what_is_saved_is_what_is_shown(browser: Browser) -> None:
    browser.open("sample", "view=full&no-statuses=planned")
    rows = browser.js("return diplomacyPage.rows()")
    assert rows.count("\r\n") == 1 + shown(browser)[0] == 17
    drawing = ET.fromstring(browser.js("return diplomacyPage.drawing()"))
    words = {element.text for element in drawing.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Güneşli Kırlık", "نوري الزهراني", "≠"} <= words
    assert browser.js(COLOURS) > 50


def test_a_formula_in_a_name_is_no_formula_in_the_rows(browser: Browser) -> None:
    browser.open("formula")
    rows = browser.js("return diplomacyPage.rows()").split("\r\n")
    assert rows[0].startswith("subject,relation,object,status")
    assert rows[1].startswith('"\'=HYPERLINK(""https://example.org"")",takes part in,\'@round,')


@pytest.mark.parametrize(
    ("name", "words"),
    [("empty", "This graph is empty"), ("one", "1 of 1 actor"), ("undated", "No fact here has a date.")],
)
def test_small_graphs(browser: Browser, name: str, words: str) -> None:
    browser.open(name)
    assert words in browser.text("body")
    assert browser.js(OUTSIDE) == []
    browser.click("[data-view=timeline]")
    browser.click("[data-view=table]")
    assert browser.complaints() == []


@pytest.mark.parametrize("dark", [False, True])
def test_themes_follow_the_system_and_keep_their_contrast(browser: Browser, *, dark: bool) -> None:
    browser.open("sample", dark=dark)
    colour = "return getComputedStyle(document.documentElement).getPropertyValue(arguments[0]).trim()"
    ratios = {
        (text, ground): contrast(browser.js(colour, text), browser.js(colour, ground))
        for text in ("--ink", "--soft", "--accent")
        for ground in ("--page", "--stage", "--card", "--hover")
    }
    assert len(ratios) == 12
    assert min(ratios.values()) >= 4.5, ratios
    assert (browser.js(colour, "--stage") != "#ffffff") == dark


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours as WCAG 2 defines it."""

    def light(colour: str) -> float:
        parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


FOLDED = """
const { nodes, lines, folded, foldedLines, all, allLines } = diplomacyPage.wanted();
const inside = [...folded.values()].flat();
const hosts = [...folded.keys()];
return { drawn: nodes.size, scene: diplomacyPage.scene.nodes.size, all,
  folded: inside.length, different: new Set([...inside, ...nodes]).size, hosted: hosts.every((host) => nodes.has(host)), hosts,
  lines: lines.length, allLines, hidden: hosts.map((host) => foldedLines.get(host) ?? 0) };
"""


@pytest.mark.parametrize("count", [3000, 10000])
def test_large_graphs_are_folded_and_nothing_is_lost(
    browser: Browser, record_property: Callable[[str, object], None], count: int
) -> None:
    path = browser.folder / f"many{count}.html"
    path.write_text(render(graphs.many(count), title=f"{count} things"), encoding="utf-8")
    browser.resize(1280, 800)
    begin = time.perf_counter()
    browser.driver.get(f"file://{path}#view=full")
    browser.settle()
    seconds = time.perf_counter() - begin
    record_property(f"seconds until the first picture of {count} nodes", round(seconds, 2))
    print(f"{count} nodes: first picture after {seconds:.2f} s")  # noqa: T201
    found = browser.js(FOLDED)
    assert found["drawn"] == found["scene"] <= 2000
    assert found["drawn"] + found["folded"] == found["different"] == found["all"] == count
    assert found["hosted"]
    assert f"{found['drawn']:,} drawn, {found['folded']:,} folded into them" in browser.text("#counts")
    hidden = found["allLines"] - found["lines"]
    assert found["allLines"] == browser.js(
        "return diplomacyPage.facts.filter((one) => one.o !== null).length"
    )
    assert 0 < hidden <= sum(found["hidden"]) <= 2 * hidden, "each line is hidden by one node or by two"
    assert f"{found['lines']:,} lines drawn, {hidden:,} folded" in browser.text("#counts")
    assert browser.js(OUTSIDE) == []
    assert browser.js(COLOURS) > 50
    host = found["hosts"][0]
    browser.js("diplomacyPage.choose({ node: arguments[0] })", host)
    browser.settle()
    assert "folded into it" in browser.text("#panel").lower()
    assert f"with {found['hidden'][0]:,} line" in browser.text("#panel")
    browser.js("document.getElementById('graph').focus()")
    browser.keys("o")
    opened = browser.js(FOLDED)
    assert opened["drawn"] > found["drawn"]
    assert opened["drawn"] + opened["folded"] == opened["different"] == count
    assert "open=" in browser.js("return location.hash")
    browser.keys("\ue00c")
    assert browser.js(FOLDED)["drawn"] == found["drawn"]


@pytest.mark.parametrize("width", [390, 640, 700, 1000, 1280, 1920, 3840])
def test_the_table_shows_every_quote_at_any_width(browser: Browser, width: int) -> None:
    browser.open("sample", "view=table", width=width)
    over, narrow, outside = browser.js("""
    const sheet = document.getElementById("table");
    const frame = sheet.getBoundingClientRect();
    const quotes = [...sheet.querySelectorAll("td.quote")].filter((one) => one.textContent);
    const boxes = quotes.map((one) => one.getBoundingClientRect());
    return [sheet.scrollWidth - sheet.clientWidth, Math.min(...boxes.map((box) => box.width)),
      boxes.filter((box) => box.left < frame.left || box.right > frame.right).length];
    """)
    assert over <= 0
    assert narrow >= 150
    assert outside == 0


def test_all_counts_are_in_sight(browser: Browser) -> None:
    for width in (390, 700, 1280, 3840):
        browser.open("sample", "view=full&node=talks%2Ffirst", width=width)
        cut = "const one = document.getElementById('counts'); return one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight"
        assert not browser.js(cut), width


def test_actors_without_a_tie_are_counted_and_can_be_drawn(browser: Browser) -> None:
    browser.open("sample")
    assert "7 of 8 actors · 11 ties · 1 without a tie not drawn" in browser.text("#counts")
    browser.click("#untied")
    assert "8 of 8 actors · 11 ties · 17 of 17 facts" in browser.text("#counts")
    assert "untied=yes" in browser.js("return location.hash")
    browser.open("sample", "node=org%2Fgazette")
    assert browser.js("return [...diplomacyPage.scene.nodes.keys()].length") == 8, "what is chosen is drawn"
    assert browser.js("return diplomacyPage.state.chosen.node") not in browser.js(OUTSIDE)
