"""Paths between two things: all the shortest ones and no other, by mouse, by keyboard and by link."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import graphs
import networkx as nx
import pytest

from kg.graph.page_data import page_data
from kg.graph.page_style import load_style
from kg.graph.page_triples import read_triples
from kg.graph.page_views import ties

if TYPE_CHECKING:
    from conftest import Browser

pytestmark = pytest.mark.browser

FOUND = """
const path = diplomacyPage.chosenPath();
return path && { steps: path.steps, count: path.count, list: path.list, over: path.over, facts: [...path.facts] };
"""


def _data() -> dict:
    return page_data(read_triples(graphs.sample()), load_style())


def test_all_shortest_paths_between_all_pairs_of_tied_actors(browser: Browser) -> None:
    data = _data()
    names = [node["id"] for node in data["nodes"]]
    graph = nx.Graph(ties(data))
    browser.open("sample")
    compared = 0
    for one, other in combinations(sorted(graph), 2):
        browser.js("location.hash = `path=${arguments[0]}&path=${arguments[1]}`", names[one], names[other])
        browser.settle()
        found = browser.js(FOUND)
        if not nx.has_path(graph, one, other):
            assert found is None or found["over"] == "facts"
            continue
        expected = sorted(nx.all_shortest_paths(graph, one, other))
        assert sorted(found["list"]) == expected
        assert (found["steps"], found["count"]) == (len(expected[0]) - 1, len(expected))
        assert found["over"] == "shared events"
        compared += len(expected)
    assert compared > 10


def test_a_way_that_no_event_gives_is_looked_for_among_the_facts(browser: Browser) -> None:
    data = _data()
    names = [node["id"] for node in data["nodes"]]
    graph = nx.Graph((row["s"], row["o"]) for row in data["facts"] if row["o"] is not None)
    one, other = names.index("talks/first"), names.index("person/wittek")
    browser.open("sample", f"view=full&path={names[one]}&path={names[other]}")
    found = browser.js(FOUND)
    assert sorted(found["list"]) == sorted(nx.all_shortest_paths(graph, one, other))
    assert found["over"] == "facts"
    for at in found["facts"]:
        for quote in data["facts"][at]["claims"][0]["quotes"]:
            assert quote in browser.js("return document.getElementById('panel').textContent")


def test_what_the_filters_hide_is_no_way(browser: Browser) -> None:
    ends = "path=person%2Fwittek&path=state%2Fgunesli"
    browser.open("sample", ends)
    assert browser.js(FOUND)["steps"] == 1
    relations = "".join(f"&no-relations={relation['id']}" for relation in _data()["relations"])
    browser.open("sample", (ends + relations).replace("#", "%23"))
    assert browser.js(FOUND) is None
    assert "Nothing that is shown leads" in browser.text("#panel")


def test_a_path_by_keyboard_and_back(browser: Browser) -> None:
    browser.open("sample", "node=person%2Fwittek")
    browser.js("document.getElementById('graph').focus()")
    browser.keys("p")
    assert "choose the other end" in browser.text("#notice")
    browser.keys("/")
    browser.js(
        "const box = document.getElementById('search'); box.value = 'gunesli'; box.dispatchEvent(new Event('input'))"
    )
    browser.keys("\ue007")
    assert browser.js("return location.hash").count("path=") == 2
    assert "1 step over shared events" in browser.text("#panel")
    assert browser.js("return diplomacyPage.scene.lit.nodes.size") == 2
    browser.keys("\ue00c")
    assert "Edda" in browser.text("#panel h2")
    browser.keys("p", "\ue014", "\ue014")
    assert "choose the other end" in browser.text("#notice"), "walking does not choose yet"
    browser.keys("\ue007")
    assert "PATH" in browser.text("#panel").upper()
    browser.js("location.hash = 'node=person%2Fwittek'")
    browser.settle()
    browser.keys("p")
    browser.keys("\ue00c")
    assert browser.js("return document.getElementById('notice').hidden"), "Escape takes the question back"


def test_a_path_by_mouse(browser: Browser) -> None:
    browser.open("sample", "node=person%2Fwittek")
    browser.js(
        "[...document.querySelectorAll('#panel .actions button')].find((one) => one.textContent.startsWith('Path')).click()"
    )
    browser.settle()
    assert browser.js("return document.activeElement.id") == "search"
    spot = browser.js(
        "const { canvas, scene, state } = diplomacyPage; const i = [...scene.nodes.keys()].find((one) => one !== state.picking);"
        "const { x, y } = canvas.canvasToDOM(canvas.getPosition(`n${i}`));"
        "const box = document.getElementById('graph').getBoundingClientRect(); return [x + box.left, y + box.top, i]"
    )
    browser.click_at(*spot[:2])
    assert browser.js("return diplomacyPage.state.chosen.path[1]") == spot[2]
    before = browser.text("#panel h2").split(" – ")
    browser.js("document.querySelector('#panel .actions button').click()")
    browser.settle()
    assert browser.text("#panel h2").split(" – ") == before[::-1]
