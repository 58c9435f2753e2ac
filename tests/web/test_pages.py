"""The pages of the site: what each address gives, in which form, and that nothing in it can run."""

from __future__ import annotations

import gc
import json
import re
import time
import weakref
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from site_samples import ATTACKS, faults, hostile_project, inner_links, parsed
from starlette.requests import Request
from starlette.testclient import TestClient

from kg import answers
from kg.project import Project
from kg.web import lists, things
from kg.web.app import make_app
from kg.web.library import Library
from kg.web.site import Site

if TYPE_CHECKING:
    from pathlib import Path

LISTS = ("/", "/search", "/events", "/conflicts", "/entities", "/articles", "/about", "/unknown", "/merged")
MUSCAT = "/event/indirect-talks/iran-united-states-muscat-2025-05"
TITLE = "Talks <b>&</b> more"


def client_of(folder: Path) -> TestClient:
    """Give a browser without a window; it follows nothing by itself."""
    app = make_app(Site(folder, title=TITLE))
    return TestClient(app, base_url="http://localhost", follow_redirects=False)


@pytest.fixture(scope="module")
def client(built):
    return client_of(built)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    return client_of(hostile_project(tmp_path_factory.mktemp("hostile") / "kg-store"))


@pytest.fixture(scope="module")
def graph(built):
    with Project.open(built) as project, project.store() as store:
        yield store


def crawl(client: TestClient, most: int) -> dict[str, object]:
    """Follow every link of every page from the start on; give the pages by their address."""
    todo, found = ["/"], {}
    while todo and len(found) < most:
        address = todo.pop(0)
        if address in found:
            continue
        answer = client.get(address)
        found[address] = answer
        if answer.status_code == 303:
            todo.append(answer.headers["location"])
        elif answer.headers["content-type"].startswith("text/html") and address != "/graph":
            todo.extend(sorted(inner_links(parsed(answer.text)) - set(found)))
    return found


@pytest.mark.parametrize("path", LISTS)
def test_every_list_is_a_page_with_landmarks(client, path):
    answer = client.get(path)
    page = parsed(answer.text)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    for landmark in ("header", "main", "footer"):
        assert len(page.xpath(f"//body/{landmark}")) == 1
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//a[@class='skip']/@href") == ["#main"]
    assert page.get("lang") == "en"
    assert TITLE in page.text_content()


def test_no_link_is_dead_and_every_page_is_well_made(client, graph):
    found = crawl(client, most=3000)
    assert {
        path: answer.status_code for path, answer in found.items() if answer.status_code not in {200, 303}
    } == {}
    pages = [
        a
        for p, a in found.items()
        if a.headers.get("content-type", "").startswith("text/html") and p != "/graph"
    ]
    assert [fault for answer in pages for fault in faults(parsed(answer.text))] == []
    for page in pages:
        ids = parsed(page.text).xpath("//@id")
        assert len(ids) == len(set(ids)), page.url
    claims = [path for path in found if path.startswith("/claim/") and path.endswith(".html")]
    assert len(claims) == len(answers.statements(graph))


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ".html"),
        ("*/*", ".html"),
        ("", ".html"),
        ("text/turtle", ".ttl"),
        ("application/ld+json", ".jsonld"),
        ("text/html;q=0.1, text/turtle;q=0.5", ".ttl"),
        ("text/turtle;q=0, */*", ".html"),
    ],
)
def test_the_address_of_a_thing_leads_to_the_form_asked_for(client, accept, suffix):
    answer = client.get("/entity/state/iran", headers={"accept": accept})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/entity/state/iran{suffix}")
    assert answer.headers["vary"] == "Accept"


def test_a_form_that_there_is_not_is_refused(client):
    answer = client.get("/entity/state/iran", headers={"accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.text


def test_turtle_and_jsonld_say_the_same_and_only_what_the_graph_says(client, graph):
    turtle = client.get("/entity/state/iran.ttl")
    jsonld = client.get("/entity/state/iran.jsonld")
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"
    assert jsonld.headers["content-type"] == "application/ld+json"
    one = {str(quad.triple) for quad in ox.parse(turtle.content, ox.RdfFormat.TURTLE)}
    other = {str(quad.triple) for quad in ox.parse(jsonld.content, ox.RdfFormat.JSON_LD)}
    assert one == other
    kept = ox.Store()
    kept.extend(ox.Quad(*triple) for triple in graph.triples())
    mine = ox.Store()
    mine.load(turtle.content, ox.RdfFormat.TURTLE)
    assert all(quad in kept for quad in mine)
    iran = ox.NamedNode("https://w3id.org/diplomacy-kg/id/state/iran")
    assert len(list(mine.quads_for_pattern(iran, None, None))) == len(
        list(kept.quads_for_pattern(iran, None, None))
    )


def test_every_kind_of_page_has_its_three_forms(client):
    for path in (
        "/entity/state/iran",
        MUSCAT,
        *(sorted(first_of(client, "claim") | first_of(client, "article"))),
    ):
        for suffix in (".html", ".ttl", ".jsonld"):
            assert client.get(path + suffix).status_code == 200


def first_of(client: TestClient, page: str) -> set[str]:
    text = client.get(MUSCAT + ".html").text
    found = re.search(rf'href="(/{page}/[^"]+)\.html"', text)
    assert found is not None
    return {found[1]}


def test_what_has_not_changed_is_not_sent_again(client):
    for path in (*LISTS, MUSCAT + ".html", MUSCAT + ".ttl", "/suggest?q=iran", "/static/kinds.css"):
        tag = client.get(path).headers["etag"]
        again = client.get(path, headers={"if-none-match": f'"other", W/{tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), path
        assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_different_pages_have_different_tags(client):
    paths = (
        "/",
        "/events",
        "/events?year=2025",
        MUSCAT + ".html",
        MUSCAT + ".ttl",
        "/suggest?q=a",
        "/suggest?q=b",
    )
    assert len({client.get(path).headers["etag"] for path in paths}) == len(paths)


def test_a_new_build_is_seen_as_soon_as_its_pages_are_made(project):
    """Readers are given those of the graph before until then; nobody waits."""
    client = client_of(project)
    before = client.get("/")
    with Project.open(project) as opened:
        opened.rebuild(())
    deadline = time.monotonic() + 60
    known = {"if-none-match": before.headers["etag"]}
    while (after := client.get("/", headers=known)).status_code == 304:
        assert time.monotonic() < deadline, "the new graph is never shown"
        time.sleep(0.02)
    assert after.status_code == 200
    assert "0 articles read" in after.text
    assert client.get(MUSCAT + ".html").status_code == 404


def test_an_edition_goes_when_nobody_has_it_any_more(project):
    """It is left out of Python's searches for cycles, so it must have none."""
    library = Library(Site(project))
    edition = library.edition()
    for view in lists.home, lists.events:
        view(library, edition, Request({"type": "http", "query_string": b"", "headers": []}))
    for page, make in (("event", things.event), ("entity", things.entity), ("article", things.article)):
        make(library, edition, edition.book.of(page)[0])
    parts = [weakref.ref(part) for part in (edition, edition.book)]
    gc.disable()
    try:
        del edition, library
        assert [part() for part in parts] == [None] * len(parts)
    finally:
        gc.enable()


@pytest.mark.parametrize("path", [*LISTS, MUSCAT + ".html", "/suggest?q=iran"])
def test_head_gives_the_head_alone(client, path):
    head, whole = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == whole.headers["etag"]


def test_what_there_is_not_is_said_with_what_is_alike(client):
    answer = client.get("/entity/person/takht-ravanchi")
    assert answer.status_code == 404
    assert "/entity/person/majid-takht-ravanchi.html" in inner_links(parsed(answer.text))
    assert client.get("/entity/").status_code == 404
    assert client.get("/claim/%00%ff..%2f..%2fetc%2fpasswd").status_code == 404


def test_a_thing_under_the_wrong_kind_of_address_is_led_to_its_own(client):
    answer = client.get("/entity" + MUSCAT.removeprefix("/event") + ".html")
    assert (answer.status_code, answer.headers["location"]) == (302, MUSCAT + ".html")


def test_suggestions(client):
    hits = client.get("/suggest?q=ARAGH").json()
    assert hits[0]["label"] == "Abbas Araghchi"
    assert hits[0]["href"] == "/entity/person/abbas-araghchi.html"
    assert client.get("/suggest?q=").json() == []
    assert client.get("/suggest").json() == []
    assert len(client.get("/suggest?q=a").json()) == 20


def test_suggestions_fold_accents_and_know_aliases(client):
    by_alias = client.get("/suggest", params={"q": "irán"}).json()
    assert "/entity/state/iran.html" in {hit["href"] for hit in by_alias}
    by_other_name = client.get("/suggest", params={"q": "islamic republic of ir"}).json()
    assert by_other_name[0]["href"] == "/entity/state/iran.html"
    assert by_other_name[0]["name"] != by_other_name[0]["label"]


def test_search_finds_names_in_any_order_and_sentences(client):
    page = parsed(client.get("/search", params={"q": "araghchi abbas"}).text)
    assert "/entity/person/abbas-araghchi.html" in inner_links(page)
    page = parsed(client.get("/search", params={"q": "deputy foreign minister led"}).text)
    assert "Majid Takht-Ravanchi, the deputy foreign minister, led" in page.text_content()


def test_an_entity_page_has_everything(client):
    page = parsed(client.get("/entity/state/iran.html").text)
    text = page.text_content()
    assert page.xpath("//h1/text()") == ["Iran"]
    assert page.xpath("//a[starts-with(@href, 'https://www.wikidata.org/wiki/Q794')]")
    assert "Islamic Republic of Iran" in text
    assert MUSCAT + ".html" in inner_links(page)
    assert page.xpath("//a[starts-with(@href, '/graph#') and contains(@href, 'focus=state%2Firan')]")
    assert page.xpath("//svg/title")
    assert page.xpath("//section[@aria-labelledby='sources']//li")


def test_an_event_page_has_everything(client):
    page = parsed(client.get(MUSCAT + ".html").text)
    sides = [" ".join(card.text_content().split()) for card in page.xpath("//ul[@class='parties']/li")]
    assert any(side.startswith("Iran led by") and "Majid Takht-Ravanchi" in side for side in sides)
    assert any(side.startswith("United States led by Steve Witkoff") for side in sides)
    text = page.text_content()
    for said in (
        "2025-05-10 to 2025-05-11, by different accounts",
        "held",
        "Muscat",
        "mediates",
        "only here",
    ):
        assert said in text
    assert len(page.xpath("//article[contains(@class, 'account')]")) == 2
    assert page.xpath("//section[@aria-labelledby='contested']//div[@class='side-of-pair']")


def test_a_claim_page_has_its_words_and_a_citation(client, graph):
    claims = answers.statements(graph)
    one = next(each for each in claims if each.predicate == "dip:leads" and "Takht" in each.subject_label)
    page = parsed(client.get(f"/claim/{one.id}.html").text)
    passage = one.passages[0]
    assert page.xpath("string(//figure//blockquote)").strip() == passage.quote
    assert page.xpath("//figure//mark/text()") == ["led"]
    citation = page.xpath("string(//p[@id='citation'])")
    for part in (passage.quote, passage.title, passage.published, one.id):
        assert str(part) in citation
    assert f"characters {passage.begin} to {passage.end}" in page.text_content()
    assert page.xpath("//section[@aria-labelledby='against']")


def test_an_article_page_has_its_text_sign_for_sign_and_each_claim_at_its_place(client, built, graph):
    claims = answers.statements(graph)
    seen = 0
    with Project.open(built) as project:
        for reading in project.readings():
            tail = (reading.article.sha256 or "")[:16]
            path = next(
                p for p in inner_links(parsed(client.get("/articles").text)) if p.endswith(f"-{tail}.html")
            )
            page = parsed(client.get(path).text)
            shown = "".join(part.text_content() for part in page.xpath("//div[@class='text']"))
            assert shown == reading.article.text
            name = path.removeprefix("/article/").removesuffix(".html")
            for claim in (each for each in claims if each.document and each.document.endswith(f"/{name}")):
                spot = page.xpath(f"//*[@id='char-{claim.passages[0].begin}']")[0]
                told = spot.getparent()
                assert claim.passages[0].quote in told.text_content()
                note = page.xpath(f"//*[@id='{told.get('id').replace('told', 'note')}']")[0]
                assert f"/claim/{claim.id}.html" in inner_links(note)
                seen += 1
            assert page.xpath("//div[@class='text']//a[contains(@class, 'thing')]")
    assert seen > 50


def test_the_text_of_an_article_that_is_not_kept_is_replaced_by_its_quotes(project):
    for path in (project / "readings").iterdir():
        path.unlink()
    client = client_of(project)
    path = next(
        link for link in inner_links(parsed(client.get("/articles").text)) if link.startswith("/article/")
    )
    answer = client.get(path)
    assert answer.status_code == 200
    assert "The text is not kept here" in answer.text
    assert parsed(answer.text).xpath("//blockquote")


def test_events_are_filtered_and_the_counts_are_stated(client):
    everything = parsed(client.get("/events").text)
    total = len(everything.xpath("//li[@class='event-line']"))
    assert f"{total} events." in everything.text_content()
    chosen = parsed(client.get("/events?year=2025").text)
    lines = chosen.xpath("//li[@class='event-line']")
    assert 0 < len(lines) < total
    assert f"{len(lines)} event" in chosen.text_content()
    held = parsed(client.get("/events?status=held&order=latest").text)
    assert len(held.xpath("//li[@class='event-line']")) == held.text_content().count(" · held")
    assert parsed(client.get("/events?kind=nothing").text).xpath("//p[@class='count']/text()") == [
        "No events."
    ]


def test_conflicts_stand_side_by_side(client, graph):
    page = parsed(client.get("/conflicts").text)
    pairs = page.xpath("//div[@class='pair']")
    assert len(pairs) == len(answers.conflicts(graph)) > 0
    for pair in pairs:
        assert len(pair.xpath(".//blockquote")) == 2


def test_unknown_names_come_with_context_and_command(client):
    page = parsed(client.get("/unknown").text)
    entries = page.xpath("//article[@class='unknown']")
    assert entries
    for entry in entries:
        assert entry.xpath("string(.//code[@class='command'])").startswith("kg kb add ")
        assert re.search(r"\d+ mentions? in \d+ article", entry.text_content())


def test_why_reports_are_one_event_is_said_with_the_names_that_part_them(client, built):
    link = parsed(client.get(MUSCAT + ".html").text).xpath("//a[starts-with(@href, '/merged?')]/@href")[0]
    entry = parsed(client.get(link).text).xpath("//main")[0]
    assert MUSCAT + ".html" in inner_links(entry)
    said = " ".join(entry.text_content().split())
    assert "same parties: Iran, United States; same place: Muscat; dates 1 day apart" in said
    assert {"/entity/state/iran.html", "/entity/place/muscat.html"} <= inner_links(entry)
    names = entry.xpath(".//ul[@class='plain']//code/text()")
    with Project.open(built) as project:
        keys = {f"{one.article.id}#{each.key}" for one in project.readings() for each in one.event_mentions}
    assert len(names) == 2
    assert set(names) <= keys


def test_long_lists_are_paged_and_nothing_is_lost(client):
    text = parsed(client.get("/entities").text).text_content()
    total = int(re.search(r"of ([0-9,]+)\.", text)[1].replace(",", ""))
    found, told, path = [], [], "/entities"
    while path:
        page = parsed(client.get(path).text)
        found += page.xpath("//ul[contains(@class, 'grid')]/li/a/@href")
        kinds = page.xpath("//ul[contains(@class, 'grid')]/li/a/@class")
        told += [kind.rpartition("-")[2] in {"Stance", "Delegation", "Instrument"} for kind in kinds]
        path = next(iter(page.xpath("//a[@rel='next']/@href")), None)
    assert len(found) == len(set(found)) == total > 50
    assert told == sorted(told)
    assert any(told)
    for odd in ("0", "-1", "99999", "x", "1" * 400, "²"):
        assert client.get("/entities", params={"page": odd}).status_code == 200


def test_the_graph_page_has_the_policy_that_lets_its_own_script_run(client):
    answer = client.get("/graph")
    assert answer.status_code == 200
    assert "'sha256-" in answer.headers["content-security-policy"]
    assert "'self'" not in answer.headers["content-security-policy"]


def test_other_pages_have_the_strict_policy(client):
    assert "script-src 'self'" in client.get("/").headers["content-security-policy"]


def test_no_graph_is_said_without_a_path(tmp_path):
    with Project.open(tmp_path / "kg-store", create=True):
        pass
    answer = client_of(tmp_path / "kg-store").get("/", headers={"accept": "text/html"})
    assert answer.status_code == 503
    assert str(tmp_path) not in answer.text


def test_hostile_names_are_only_ever_text(hostile):
    found = crawl(hostile, most=2000)
    pages = {
        path: parsed(answer.text) for path, answer in found.items() if path.endswith(".html") or path in LISTS
    }
    assert {path: faults(page) for path, page in pages.items() if faults(page)} == {}
    assert {path: a.status_code for path, a in found.items() if a.status_code not in {200, 303}} == {}
    for page in ("entity", "event", "claim", "article"):
        shown = [page_.text_content() for path, page_ in pages.items() if path.startswith(f"/{page}/")]
        for attack in ATTACKS:
            assert any(attack in text for text in shown), (page, attack)


def test_the_look_over_a_page_sees_what_it_must():
    """The faults that the tests above must catch."""
    for bad in (
        "<script>1</script>",
        "<img src=x>",
        "<a href='javascript:1'>x</a>",
        "<a href='//elsewhere.example'>x</a>",
        "<p onclick='1'>x</p>",
        "<p style='x'>x</p>",
        "<script src='https://elsewhere.example/x.js'></script>",
    ):
        assert faults(parsed(f"<html><body>{bad}</body></html>")), bad


def test_hostile_questions_are_only_ever_text(hostile):
    for attack in ATTACKS:
        for path in ("/search", "/events", "/entities", "/suggest", "/conflicts"):
            names = ("q", "year", "kind", "status", "order", "page")
            answer = hostile.get(path, params=dict.fromkeys(names, attack))
            assert answer.status_code == 200
            if path == "/suggest":
                assert isinstance(json.loads(answer.text), list)
                assert answer.headers["content-type"] == "application/json"
            else:
                assert faults(parsed(answer.text)) == []
        missing = hostile.get(f"/entity/{attack.replace('#', '').replace('?', '')}")
        assert missing.status_code in {404, 400}
        assert faults(parsed(missing.text)) == []


def test_the_hostile_article_shows_its_text_and_links_only_inward(hostile):
    for i, attack in enumerate(ATTACKS):
        page = parsed(hostile.get(f"/article/{i}.html").text)
        shown = "".join(part.text_content() for part in page.xpath("//div[@class='text']"))
        assert shown == f"{attack} and {attack}\n\nmore {attack}"
        assert page.xpath("//div[@class='text']//a[contains(@class, 'kind-Person')]/text()") == [attack]
        assert page.xpath("//div[@class='text']//*[contains(@class, 'unlisted')]/text()") == [attack]
