"""What a wrong address is answered with: the right one where it can be told, and ways to go on."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from site_samples import ATTACKS, faults, inner_links, parsed
from starlette.testclient import TestClient

from kg.web.app import make_app
from kg.web.site import Site

PERSON = {"accept": "text/html"}
ON = {"/", "/events", "/entities", "/articles", "/conflicts", "/queries"}


@pytest.fixture(scope="module")
def client(built):
    app = make_app(Site(built, title="Talks"))
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as found:
        yield found


def asked(client, path):
    """Ask as a browser does; give what stands in the main part, and where the links of it lead."""
    answer = client.get(path, headers=PERSON)
    assert answer.status_code == 404
    (main,) = parsed(answer.text).xpath("//main")
    return main, inner_links(main)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("/confilcts", "/conflicts"),
        ("/entitys", "/entities"),
        ("/Articles", "/articles"),
        ("/sparql-editr", "/sparql-editor"),
        ("/queries/who-met-who", "/queries/who-met-whom"),
        ("/queries/chronolgy", "/queries/chronology"),
    ],
)
def test_the_address_that_was_likely_meant_is_a_link_and_leads_there(client, wrong, right):
    main, links = asked(client, wrong)
    assert f"Did you mean {right}?" in main.text_content()
    assert right in links
    assert client.get(right, headers=PERSON).status_code == 200
    assert (
        right in client.get(wrong).json()["hint"]
        or right.rpartition("/")[2] in client.get(wrong).json()["hint"]
    )


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("/entity/state/irann.html", "/entity/state/iran.html"),
        ("/entity/person/abbas-aragchi", "/entity/person/abbas-araghchi.html"),
        ("/entity/araghchi", "/entity/person/abbas-araghchi.html"),
        (
            "/event/indirect-talks/iran-united-states-muscat-2025-06.html",
            "/event/indirect-talks/iran-united-states-muscat-2025-05.html",
        ),
    ],
)
def test_a_thing_that_is_not_there_is_answered_with_those_alike(client, wrong, right):
    main, links = asked(client, wrong)
    assert right in links
    shown = main.xpath(".//ul[@class='plain']//a/@href")
    assert len(shown) == len(set(shown)) <= 25


@pytest.mark.parametrize(
    "path", ["/nothing/like-it", "/entity/person/zzqx", "/claim/0", "/queries/xyzzy-zzqx"]
)
def test_every_wrong_address_leads_on(client, path):
    main, links = asked(client, path)
    assert links >= ON
    (box,) = main.xpath(".//form[@action='/search']//input[@type='search']")
    assert box.get("value") == path.rpartition("/")[2].replace("-", " ")
    assert main.xpath(f".//label[@for='{box.get('id')}']")


def test_a_wrong_value_is_no_wrong_address(client):
    _, links = asked(client, "/queries/who-met-whom?actor=abbas-aragchi")
    assert not [link for link in links if link.startswith("/queries/")]


def test_hostile_addresses_are_only_ever_text(client):
    for attack in ATTACKS:
        for start in ("/", "/queries/", "/entity/", "/event/x/"):
            answer = client.get(start + quote(attack, safe=""), headers=PERSON, follow_redirects=True)
            assert answer.status_code == 404, start
            assert faults(parsed(answer.text)) == []


def test_a_very_long_address_is_answered_too(client):
    for start in ("/", "/entity/", "/queries/"):
        assert client.get(start + "a-" * 5000, headers=PERSON).status_code == 404
