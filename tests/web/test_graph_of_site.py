"""The graph page as a part of the site: what it leads to is there, and it leads back."""

from __future__ import annotations

import json

import pytest
from site_samples import parsed
from starlette.testclient import TestClient

from kg.web.app import make_app
from kg.web.site import Site


@pytest.fixture(scope="module")
def client(built):
    app = make_app(Site(built, title="Talks"))
    return TestClient(app, base_url="http://localhost", follow_redirects=False)


@pytest.fixture(scope="module")
def page(client):
    return parsed(client.get("/graph").text)


@pytest.fixture(scope="module")
def data(page):
    return json.loads(page.get_element_by_id("data").text)


def test_it_leads_back_to_the_site(page):
    (link,) = page.xpath("//header//a[@class='home']")
    assert link.get("href") == "/"
    assert link.get("aria-label") == "Back to the site"


def test_whatever_it_shows_leads_to_a_page_that_is_there(client, data):
    claims = [claim for fact in data["facts"] for claim in fact["claims"]]
    shown = {"nodes": data["nodes"], "docs": data["docs"], "claims": claims}
    missing = {
        name: [one["id"] for one in all_of if "page" not in one] for name, all_of in shown.items() if all_of
    }
    assert missing == {"nodes": [], "docs": [], "claims": []}
    paths = {one["page"] for all_of in shown.values() for one in all_of}
    assert {path.split("/")[1] for path in paths} == {"entity", "event", "article", "claim"}
    assert {path: code for path in paths if (code := client.get(path).status_code) != 200} == {}
    assert len(paths) > 100


def test_a_page_is_the_one_about_the_thing(client, data):
    node = next(one for one in data["nodes"] if one["id"] == "state/iran")
    assert node["page"] == "/entity/state/iran.html"
    assert parsed(client.get(node["page"]).text).xpath("//h1/text()") == [node["label"]]
