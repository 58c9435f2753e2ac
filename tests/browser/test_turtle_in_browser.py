"""What the page exports as Turtle: parsed again, it holds the facts shown, and nothing the graph does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import graphs
import pyoxigraph as ox
import pytest

from kg.graph.page_data import page_data
from kg.graph.page_style import load_style
from kg.graph.page_triples import read_triples

if TYPE_CHECKING:
    from conftest import Browser

pytestmark = pytest.mark.browser

STORES = {"sample": graphs.sample, "hostile": graphs.hostile, "undated": graphs.undated}
GENERATED = ox.NamedNode("http://www.w3.org/ns/prov#wasGeneratedBy")
RECORDS = tuple(ox.NamedNode(graphs.DIP + name) for name in ("Claim", "Passage", "Document"))


def parsed(browser: Browser) -> ox.Store:
    store = ox.Store()
    store.extend(ox.parse(browser.js("return diplomacyPage.turtle()").encode(), ox.RdfFormat.TURTLE))
    return store


def facts_in(exported: ox.Store) -> list[dict]:
    """Give the facts of an export as the page would show them."""
    both = graphs.empty()
    both.extend(exported)
    return page_data(read_triples(both), load_style())["facts"]


@pytest.mark.parametrize("name", sorted(STORES))
def test_all_that_is_exported_is_in_the_graph_and_all_facts_are(browser: Browser, name: str) -> None:
    browser.open(name, "view=full")
    exported, whole = parsed(browser), {quad.triple for quad in STORES[name]()}
    assert {quad.triple for quad in exported} - whole == set()
    count = browser.js("return diplomacyPage.shown().facts.size")
    assert len(facts_in(exported)) == count > 1
    claims = {subject for subject, _, cls, _ in exported if cls == RECORDS[0]}
    for claim in claims:
        of = {triple for triple in whole if triple.subject == claim and triple.predicate != GENERATED}
        assert of == {quad.triple for quad in exported.quads_for_pattern(claim, None, None)}
    assert len(claims) == browser.js(
        "return new Set([...diplomacyPage.shown().facts].flatMap((i) => diplomacyPage.facts[i].claims.map((c) => c.id))).size"
    )


def test_what_is_hidden_is_not_exported(browser: Browser) -> None:
    browser.open("sample", "view=full&no-statuses=planned&no-statuses=contested")
    exported = parsed(browser)
    claims = {
        subject.value.rpartition("/")[2]
        for subject, _, _, _ in exported.quads_for_pattern(None, None, RECORDS[0])
    }
    assert "leads" in claims
    assert not {"planned", "brokered", "notbrokered"} & claims
    assert len(facts_in(exported)) == browser.js("return diplomacyPage.shown().facts.size") == 14
