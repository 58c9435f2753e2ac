"""The named queries as pages and as data, and what the editor is given."""

import csv
import hashlib
import io
import json
import re

import pytest
from lxml import html
from sample_articles import ROOT
from served import serving

from kg.graph.query import named_queries
from kg.web.editor import POLICY

PEOPLE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
NAMES = [each.name for each in named_queries()]
VENDORED = ROOT / "kg" / "web" / "static" / "yasgui"


@pytest.fixture(scope="module")
def served(built):
    with serving(built) as found:
        yield found


def page_of(served, path, status=200):
    answer = served.get(path, accept=PEOPLE)
    assert (answer.status, answer.kind) == (status, "text/html")
    return html.fromstring(answer.body.decode())


def test_every_named_query_is_listed_for_people_and_for_programs(served):
    links = page_of(served, "/queries").xpath("//main//li/a/@href")
    told = served.get("/queries").json()
    assert links == [f"/queries/{name}" for name in NAMES]
    assert [each["name"] for each in told] == NAMES
    assert all(each["question"] and each["text"] for each in told)
    assert len(NAMES) >= 30


@pytest.mark.parametrize("name", NAMES)
def test_every_named_query_has_its_page(served, name):
    page = page_of(served, f"/queries/{name}")
    assert page.xpath("//h1/text()")
    assert not page.xpath("//*[@role='alert']")
    assert name in page.xpath("//details//a/@href")[0]


def test_the_page_shows_the_rows_that_the_data_have(served):
    rows = list(csv.reader(io.StringIO(served.get("/queries/chronology", accept="text/csv").body.decode())))
    shown = page_of(served, "/queries/chronology").xpath("//table//tr")
    assert len(rows) > 2
    assert len(shown) == len(rows)
    assert [cell.text_content() for cell in shown[0]] == rows[0]


def test_a_long_answer_has_pages_and_says_how_many_rows_there_are(served):
    rows = served.get("/queries/graph-nodes").json()["results"]["bindings"]
    assert len(rows) > 100
    first, second = page_of(served, "/queries/graph-nodes"), page_of(served, "/queries/graph-nodes?page=2")
    assert f"{len(rows):,} rows" in first.text_content()
    assert len(first.xpath("//tbody/tr")) == len(second.xpath("//tbody/tr")) == 50
    assert first.xpath("string(//tbody/tr[1])") != second.xpath("string(//tbody/tr[1])")


def test_things_in_an_answer_lead_to_their_pages(served):
    links = page_of(served, "/queries/graph-nodes").xpath("//tbody//a/@href")
    own = [link for link in links if link.startswith("/entity/")]
    assert own
    answer = served.get(own[0], accept=PEOPLE)
    assert answer.status in {302, 303}
    assert not [link for link in links if not link.startswith(("/", "http://", "https://"))]


def test_a_value_narrows_the_answer(served):
    everything = served.get("/queries/who-met-whom").json()["results"]["bindings"]
    query = next(each for each in named_queries() if each.name == "who-met-whom")
    assert query.params
    name = everything[0][next(iter(everything[0]))]["value"]
    answer = served.get(f"/queries/who-met-whom?{query.params[0].name}={name.replace(' ', '+')}")
    assert answer.status == 200
    assert 0 < len(answer.json()["results"]["bindings"]) < len(everything)


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/queries/who-met-whom?actor=%3Cscript%3Ealert(1)%3C/script%3E", 404, "alert(1)"),
        ("/queries/who-met-whom?actor=Nobody+at+all", 404, "Nobody at all"),
        ("/queries/evidence-of-a-fact?predicate=dip:leads", 400, "subject"),
    ],
)
def test_what_is_wrong_with_a_value_is_said_on_the_page_and_escaped(served, path, status, says):
    answer = served.get(path, accept=PEOPLE)
    page = html.fromstring(answer.body.decode())
    if status == 404:
        assert answer.status == 404
        assert says in page.xpath("string(//*[@role='alert'])")
    assert b"<script>alert" not in answer.body
    assert page.xpath("//form[contains(@class, 'params')]//input")


def test_a_value_is_a_term_and_never_query_text(served):
    attack = "x%22)%20}%20INSERT%20DATA%20{%20%3Ca:a%3E%20%3Ca:b%3E%20%3Ca:c%3E%20}%20%23"
    assert served.get(f"/queries/who-met-whom?actor={attack}").status == 404


def test_an_unknown_query_is_named_with_its_neighbour(served):
    answer = served.get("/queries/who-met-who")
    assert (answer.status, answer.json()["error"]) == (404, "UnknownNameError")
    assert "who-met-whom" in answer.json()["hint"]


def test_a_construct_query_says_how_much_it_gives_and_offers_it(served):
    page = page_of(served, "/queries/derive-met-with")
    assert "triples." in page.text_content()
    links = page.xpath("//a[contains(@href, 'format=')]/@href")
    assert [link.rpartition("=")[2] for link in links] == ["turtle", "nt", "jsonld", "rdfxml"]
    assert all(served.get(link, accept=PEOPLE).status == 200 for link in links)


def test_the_vendored_files_are_those_that_were_looked_at():
    table = (VENDORED / "README.md").read_text(encoding="utf-8")
    sums = dict(re.findall(r"^\| `(\S+)` \| `([0-9a-f]{64})` \|$", table, re.MULTILINE))
    files = {path.name for path in VENDORED.iterdir()} - {"README.md", "LICENSE", "NOTICES.txt"}
    assert files == {"yasgui.min.js", "yasgui.min.css"}
    assert {name: hashlib.sha256((VENDORED / name).read_bytes()).hexdigest() for name in files} == {
        name: sums[name] for name in files
    }
    assert "MIT License" in (VENDORED / "LICENSE").read_text(encoding="utf-8")


def test_the_editor_may_connect_to_nobody_else(served):
    policy = served.get("/sparql-editor", accept=PEOPLE).headers["content-security-policy"]
    assert policy == POLICY
    assert "connect-src 'self';" in policy
    assert "script-src 'self';" in policy
    assert "http" not in policy


def test_the_editor_completes_from_the_ontology(served):
    known = json.loads(served.get("/sparql-editor/known.json").body)
    assert known["prefixes"]["dip"] == "https://w3id.org/diplomacy-kg/ns#"
    assert "https://w3id.org/diplomacy-kg/ns#leads" in known["properties"]
    assert "https://w3id.org/diplomacy-kg/ns#Talks" in known["classes"]
    assert [each["name"] for each in known["examples"]] == NAMES
