"""The graph page: what it is made of, and that it is made the same every time."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import DataError
from kg.graph import page
from kg.graph.page_data import page_data
from kg.graph.page_style import Relation, load_style, phrase, view_file
from kg.graph.page_triples import read_triples
from kg.graph.page_views import ties

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "kg" / "graph" / "page"
SAMPLE = Path(__file__).with_name("page_sample.ttl")


def store(*texts: str) -> ox.Store:
    """Give the ontology with the sample, or with other Turtle in its place."""
    made = ox.Store()
    made.load(path=ROOT / "ontology" / "diplomacy.ttl", format=ox.RdfFormat.TURTLE)
    for text in texts or (SAMPLE.read_text("utf-8"),):
        made.load(input=text.encode(), format=ox.RdfFormat.TURTLE)
    return made


@pytest.fixture(scope="module")
def data() -> dict:
    return page_data(read_triples(store()), load_style())


@pytest.fixture(scope="module")
def html() -> str:
    return page.render(store(), title="Port Halden <b>process</b>")


def fact(data: dict, claim: str) -> dict:
    return next(row for row in data["facts"] if any(one["id"] == f"claim/{claim}" for one in row["claims"]))


class Parts(HTMLParser):
    """Collects what a browser would find: elements, and the text of scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": [], "h1": [], "title": []}
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag
        if tag in self.texts:
            self.texts[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open in self.texts:
            self.texts[self._open][-1] += data


def parts(html: str) -> Parts:
    parsed = Parts()
    parsed.feed(html)
    return parsed


@pytest.mark.parametrize(
    ("claim", "status", "marks", "words"),
    [
        ("leads", "stated", ["stated"], "leads"),
        ("planned", "planned", ["planned"], "is to take part in"),
        ("possible", "possible", ["possible"], "may observe"),
        ("refused", "denied", ["denied"], "does not take part in"),
        ("hosts", "inferred", ["inferred"], "hosts"),
        ("takes", "attributed", ["attributed"], "takes the stance"),
        ("brokered", "contested", ["contested", "attributed"], "brokers"),
        ("notbrokered", "contested", ["contested", "denied"], "does not broker"),
    ],
)
def test_how_a_fact_is_told(data: dict, claim: str, status: str, marks: list[str], words: str) -> None:
    row = fact(data, claim)
    assert (row["status"], row["marks"], row["phrase"]) == (status, marks, words)


def test_claims_of_one_triple_are_one_fact_and_the_firmest_words_it(data: dict) -> None:
    row = fact(data, "part1b")
    assert [claim["id"] for claim in row["claims"]] == ["claim/part1", "claim/part1b"]
    assert (row["phrase"], row["sources"], row["confidence"]) == ("takes part in", 2, 0.9)


def test_a_triple_and_its_denial_are_two_facts_that_point_at_each_other(data: dict) -> None:
    yes, no = fact(data, "brokered"), fact(data, "notbrokered")
    rows = data["facts"]
    assert rows[yes["claims"][0]["against"][0]] is no
    assert rows[no["claims"][0]["against"][0]] is yes


def test_a_claim_carries_its_quote_article_and_speaker(data: dict) -> None:
    claim = fact(data, "brokered")["claims"][0]
    assert claim["quotes"] == ["The Gazette says that the League of Shores brokered the first round."]
    assert [data["nodes"][by]["label"] for by in claim["by"]] == ["Halden Gazette"]
    found = {name: value for name, value in data["docs"][claim["doc"]].items() if name != "ttl"}
    assert found == {
        "id": "doc/a",
        "title": "Talks open by the sea",
        "publisher": "Halden Gazette",
        "date": "2031-03-08",
        "url": "https://news.example/talks?a=1&b=2",
    }


def test_what_is_inferred_names_what_it_is_derived_from(data: dict) -> None:
    derived = fact(data, "hosts")["claims"][0]["derived"]
    assert [data["facts"][i]["claims"][0]["id"] for i in derived] == ["claim/where"]


def test_background_is_what_no_claim_makes(data: dict) -> None:
    background = [row for row in data["facts"] if not row["claims"]]
    assert [(row["phrase"], row["status"], row["confidence"]) for row in background] == [
        ("is located in", "background", None)
    ]


def test_dates_come_from_the_event_also_for_its_delegation(data: dict) -> None:
    assert fact(data, "part1")["when"] == ["2031-03-08", "2031-03-08"]
    assert fact(data, "leads")["when"] == ["2031-03-08", "2031-03-08"]
    assert fact(data, "planned")["when"] == ["2031-06-01", "2031-06-30"]
    assert fact(data, "asked")["when"] is None


def test_actors_are_tied_by_hubs_through_their_delegations(data: dict) -> None:
    names = {frozenset(data["nodes"][end]["label"] for end in pair) for pair in ties(data)}
    assert frozenset({"Edda Wittek", "Güneşli Kırlık"}) in names
    assert frozenset({"Шолпан Ергенова", "نوري الزهراني"}) in names
    assert not any("Arvenian delegation, first round" in pair for pair in names)
    assert len(names) == 11


def test_each_kind_relation_and_status_that_occurs_is_in_the_legend(data: dict) -> None:
    assert {node["kind"] for node in data["nodes"]} == {kind["id"] for kind in data["kinds"]}
    assert {row["p"] for row in data["facts"]} == {relation["id"] for relation in data["relations"]}
    assert len(data["statuses"]) == 9


def test_a_class_without_a_shape_is_shown_as_the_nearest_above_it(data: dict) -> None:
    talks = next(node for node in data["nodes"] if node["label"] == "First round in Lumeria")
    assert (talks["type"], talks["kind"].rpartition("#")[2], talks["status"]) == ("Talks", "Event", "held")


@pytest.mark.parametrize(
    ("modality", "negated", "words"),
    [
        ("Actual", False, "is located in"),
        ("Actual", True, "is not located in"),
        ("Expected", False, "is to be located in"),
        ("Expected", True, "is not to be located in"),
        ("Possible", True, "may not be located in"),
        ("Conditional", False, "may be located in"),
    ],
)
def test_phrases(modality: str, words: str, *, negated: bool) -> None:
    relation = Relation("x", "is located in", "be located in", tie=False, fold=False, unclaimed="background")
    assert phrase(relation, modality, negated=negated) == words


def test_statuses_differ_by_dash_and_by_sign_not_by_colour_alone() -> None:
    statuses = [
        one for one in load_style().statuses.values() if one.name not in {"stated", "background", "plain"}
    ]
    assert len(statuses) == 6
    assert len({one.dash for one in statuses} - {()}) == 6
    assert len({one.sign for one in statuses} - {""}) == 6


def test_every_property_of_the_ontology_between_things_has_words() -> None:
    ontology = (ROOT / "ontology" / "diplomacy.ttl").read_text("utf-8")
    names = set(re.findall(r"^dip:(\w+) a owl:ObjectProperty", ontology, re.MULTILINE))
    about_claims = {"evidence", "reportedIn", "attributedTo", "modality", "contradicts"}
    worded = {iri.rpartition("#")[2] for iri in load_style().relations}
    assert len(names) > 20
    assert names - about_claims - worded == set()


def test_a_broken_view_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "view.ttl"
    text = view_file().read_text("utf-8")
    broken.write_text(text.replace('view:dark "#7CC7F2" .', ".", 1), "utf-8")
    with pytest.raises(DataError, match="view:dark is missing") as caught:
        load_style(broken)
    assert caught.value.where == str(broken)
    broken.write_text("not turtle", "utf-8")
    with pytest.raises(DataError):
        load_style(broken)
    with pytest.raises(DataError):
        load_style(tmp_path / "absent.ttl")


def test_the_policy_allows_the_scripts_and_the_style_of_the_page_and_nothing_else(html: str) -> None:
    found = parts(html)
    policy = next(
        tag[1]["content"] for tag in found.tags if tag[1].get("http-equiv") == "Content-Security-Policy"
    )
    running = [
        text
        for text, (_, attributes) in zip(
            found.texts["script"], (tag for tag in found.tags if tag[0] == "script"), strict=True
        )
        if attributes.get("type") != "application/json"
    ]
    assert len(running) == 2
    hashes = [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in running]
    style = f"'sha256-{b64encode(sha256(found.texts['style'][0].encode()).digest()).decode()}'"
    assert policy == (
        f"default-src 'none'; script-src {' '.join(hashes)}; style-src {style}; base-uri 'none'; form-action 'none'"
    )


def test_nothing_in_the_page_points_elsewhere(html: str) -> None:
    tags = parts(html).tags
    assert len(tags) > 30
    assert not [tag for tag in tags if {"src", "href", "style", "onclick", "onload"} & set(tag[1])]
    assert "sourceMappingURL" not in html


def test_the_title_and_the_data_are_text(html: str) -> None:
    assert parts(html).texts["h1"] == ["Port Halden <b>process</b>"]
    nasty = "</script><!-- \u2028 & <script>"
    written = page.script_json({"a": nasty})
    assert not set("<>&\u2028") & set(written)
    assert json.loads(written) == {"a": nasty}


def test_pyvis_carries_the_nodes_and_lines(html: str) -> None:
    network = json.loads(parts(html).texts["script"][0])
    assert len(network["nodes"]) == 14
    assert {"x", "y", "shape", "color", "label"} <= set(network["nodes"][0])
    ends = [(edge["from"], edge["to"]) for edge in network["edges"]]
    assert len(ends) == 15
    assert len(ends) - len(set(ends)) == 1, "the broker and its denial are two lines"


def test_the_same_store_gives_the_same_bytes_under_any_hash_seed(tmp_path: Path) -> None:
    script = tmp_path / "make.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\nimport pyoxigraph as ox\nfrom kg.graph.page import render\n"
        "store = ox.Store()\n"
        "for name in sys.argv[1:]:\n    store.load(path=name, format=ox.RdfFormat.TURTLE)\n"
        "sys.stdout.buffer.write(render(store, title='T').encode())\n",
        "utf-8",
    )
    sources = [str(ROOT / "ontology" / "diplomacy.ttl"), str(SAMPLE)]
    made = {
        subprocess.run(
            [sys.executable, "-W", "ignore", str(script), *order],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            check=True,
            capture_output=True,
        ).stdout
        for seed, order in (("0", sources), ("4711", sources[::-1]))
    }
    assert len(made) == 1
    assert len(made.pop()) > 500_000


def test_importing_the_page_costs_neither_pyvis_nor_ipython() -> None:
    script = "import sys, kg.graph.page; print([name for name in ('pyvis', 'IPython', 'spacy', 'rdflib') if name in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert run.stdout.strip() == "[]"


def test_what_is_no_date_is_undated_and_what_is_no_link_is_none() -> None:
    text = """
        @prefix dip: <https://w3id.org/diplomacy-kg/ns#> . @prefix schema: <http://schema.org/> .
        <https://e.org/id/talks/x> a dip:Talks ; dip:earliest "soon" ; schema:sameAs <javascript:alert(1)> .
        <https://e.org/id/doc/x> a dip:Document ; schema:url "javascript:alert(1)" .
    """
    found = page_data(read_triples(store(text)), load_style())
    assert [(node["when"], node["qid"]) for node in found["nodes"]] == [(None, None)]
    assert found["docs"][0]["url"] is None


def test_claims_about_things_without_a_type_are_still_drawn() -> None:
    text = """
        @prefix dip: <https://w3id.org/diplomacy-kg/ns#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        <https://e.org/id/claim/x> a dip:Claim ; rdf:subject <https://e.org/id/a> ; rdf:predicate <https://e.org/p> ;
            rdf:object <https://e.org/id/b> .
    """
    found = page_data(read_triples(store(text)), load_style())
    assert [node["type"] for node in found["nodes"]] == ["Thing", "Thing"]
    assert [row["phrase"] for row in found["facts"]] == ["p"]


def test_modules_are_joined_once_each_in_the_order_of_need(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import { two as b } from "./b.js";\nimport "./c.js";\nb();\n')
    (tmp_path / "b.js").write_text(
        'import { three } from "./c.js";\nexport function two() { return three; }\n'
    )
    (tmp_path / "c.js").write_text("const three = 3;\nexport { three };\n")
    joined = page.bundle(tmp_path, "a")
    assert [joined.count(f"const ${name} =") for name in "abc"] == [1, 1, 1]
    assert joined.index("const $c") < joined.index("const $b") < joined.index("const $a")
    assert "const { two: b } = $b;" in joined
    assert "return { three };" in joined
    (tmp_path / "c.js").write_text('import "./a.js";\n')
    with pytest.raises(DataError, match="import each other"):
        page.bundle(tmp_path, "a")


def test_the_page_sources_keep_their_manners() -> None:
    sources = {path.name: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.js"))}
    assert len(sources) >= 12
    joined = page.bundle(FOLDER, "main")
    for name, source in sources.items():
        assert f"const ${name.removesuffix('.js')} =" in joined, f"{name} is not used"
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", source
        ), name
        assert source.count("\n") <= 300, name
        assert re.search(r"^(import|export) .*(?<![;{(,])$", source, re.MULTILINE) is None, name
    assert not re.search(r"^(import|export) ", joined, re.MULTILINE)


def test_a_source_that_would_end_its_own_element_is_refused() -> None:
    with pytest.raises(DataError):
        page._trusted("const x = '</script>';")
