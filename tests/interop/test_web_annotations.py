"""The quotes as W3C Web Annotations: read as RDF by four parsers, framed by jsonld.js, selected by Apache Annotator."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from other_tools import HERE, N3, READERS, ROOT, need, node
from rdflib.compare import isomorphic

from kg.cli import main
from kg.graph.annotations import CONTEXT
from kg.graph.query import named_query
from kg.project import Project
from kg.vocab import NS

if TYPE_CHECKING:
    from pathlib import Path

TERMS = HERE / "annotation-terms.jsonld"
OA = "http://www.w3.org/ns/oa#"
AS = "http://www.w3.org/ns/activitystreams#"
EVIDENCE = f"""PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
SELECT ?claim ?passage ?words {{ ?claim <{NS}evidence> ?passage . ?passage nif:anchorOf ?words }}"""
MAXIMUM = 200
"""How many annotations are looked for in the texts."""


@pytest.fixture(scope="module")
def path(exported) -> Path:
    return exported / "annotations.jsonld"


@pytest.fixture(scope="module")
def collection(path):
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def quads(path):
    """What jsonld.js makes of the file."""
    need((READERS / "node_modules/jsonld").is_dir(), "jsonld.js", "readers")
    return node(HERE / "readers/jsonld.mjs", READERS, path, CONTEXT, TERMS, "quads")


def lines(text: str) -> list[str]:
    """Give a graph as sorted N-Triples; whole numbers are one kind, as stores have them."""
    dataset = ox.Dataset(ox.Quad(*quad.triple) for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(str(quad.triple).replace("#nonNegativeInteger>", "#integer>") for quad in dataset)


def with_context(path: Path) -> str:
    """Give the file with the context in it, for parsers that would fetch it."""
    document = json.loads(path.read_text(encoding="utf-8"))
    document["@context"] = json.loads(TERMS.read_text(encoding="utf-8"))["@context"]
    return json.dumps(document)


def test_the_context_is_the_one_of_the_w3c(collection):
    assert collection["@context"] == CONTEXT == "http://www.w3.org/ns/anno.jsonld"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own JSON-LD reader
def test_three_parsers_read_the_same_graph(path, quads):
    text = with_context(path)
    oxigraph = ox.serialize(ox.parse(text, ox.RdfFormat.JSON_LD), format=ox.RdfFormat.N_TRIPLES).decode()
    assert lines(oxigraph) == lines(quads)
    assert len(lines(quads)) > 500
    with_rdflib = rdflib.Graph().parse(data=text, format="json-ld")
    assert isomorphic(with_rdflib, rdflib.Graph().parse(data=quads, format="nt"))


def test_the_targets_are_those_of_the_query(built, quads):
    """What ``kg query export-webannotation`` gives as RDF is what the annotations point at."""
    with Project.open(built) as project, project.store() as store:
        answer = store.query(named_query("export-webannotation").text)
    wanted = set(lines("".join(f"{each} .\n" for each in answer)))
    found = set(lines(quads))
    assert len(wanted) > 100
    assert wanted <= found
    rest = {line for line in found - wanted if "/selector>" in line or f"<{OA}hasSelector>" in line}
    assert rest == set()


def test_n3_and_rdflib_read_the_turtle_of_the_query(built, tmp_path):
    turtle = tmp_path / "targets.ttl"
    assert main(["query", "export-webannotation", "--store", str(built), "-o", str(turtle)]) == 0
    graph = rdflib.Graph().parse(turtle, format="turtle")
    targets = set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{OA}SpecificResource")))
    assert len(targets) > 30
    for target in targets:
        kinds = {
            graph.value(each, rdflib.RDF.type)
            for each in graph.objects(target, rdflib.URIRef(f"{OA}hasSelector"))
        }
        assert kinds == {rdflib.URIRef(f"{OA}{kind}Selector") for kind in ("TextQuote", "TextPosition")}
        assert graph.value(target, rdflib.URIRef(f"{OA}hasSource")) is not None
    need((N3 / "node_modules/n3").is_dir(), "N3.js", "n3")
    said = node(
        ROOT / "tests/conformance/n3/read.mjs", N3, told=json.dumps([str(turtle), "text/turtle"]) + "\n"
    )
    read = json.loads(said)
    assert {(s[1], p[1], o[1]) for s, p, o in read} == {tuple(map(str, triple)) for triple in graph}


def test_framed_anew_each_annotation_is_what_it_was(path, collection, quads):
    """From JSON to RDF and back, by the frame for annotations: nothing is lost, and nothing was only JSON."""
    assert quads
    framed = json.loads(node(HERE / "readers/jsonld.mjs", READERS, path, CONTEXT, TERMS, "framed"))
    items = collection["first"]["items"]
    found, wanted = ({each["id"]: _sorted(each) for each in some} for some in (framed, items))
    assert set(found) == set(wanted)
    assert [pair for name in wanted if (pair := (found[name], wanted[name]))[0] != pair[1]] == []


def _sorted(value):
    """Order what has no order in RDF; jsonld.js says of a string that it is one, where it comes from RDF."""
    if isinstance(value, dict):
        if value.get("type") == "http://www.w3.org/2001/XMLSchema#string":
            return value["@value"]
        return {key: _sorted(each) for key, each in value.items()}
    if isinstance(value, list):
        return sorted(map(_sorted, value), key=lambda each: json.dumps(each, sort_keys=True))
    return value


def test_the_collection_has_what_the_model_asks_for(collection, quads):
    page = collection["first"]
    assert collection["type"] == "AnnotationCollection"
    assert collection["total"] == len(page["items"]) > 100
    assert (page["type"], page["partOf"], page["startIndex"]) == ("AnnotationPage", collection["id"], 0)
    kinds = [line for line in quads.splitlines() if f"#type> <{AS}OrderedCollection" in line]
    assert len(kinds) == 2
    ids = [each["id"] for each in page["items"]]
    assert len(ids) == len(set(ids))


def targets(annotation):
    found = annotation["target"]
    return found if isinstance(found, list) else [found]


def test_every_claim_with_a_quote_is_annotated(built, collection):
    with Project.open(built) as project, project.store() as store:
        rows = store.query(EVIDENCE).rows
    told = {(claim.value, passage.value) for claim, passage, _ in rows}
    quotes = {passage.value: words.value for _, passage, words in rows}
    found = [(each["body"][1], target) for each in collection["first"]["items"] for target in targets(each)]
    assert {(claim, target["id"]) for claim, target in found} == told
    assert all(target["selector"][0]["exact"] == quotes[target["id"]] for _, target in found)


def test_a_claim_is_put_into_words(collection):
    said = {each["body"][0]["value"] for each in collection["first"]["items"]}
    assert "Majid Takht-Ravanchi leads Delegation of Iran, Muscat, May 2025" in said
    assert (
        "Ethiopia does not take part in Tigray People's Liberation Front–Ethiopia talks (said by Abiy Ahmed)"
        in said
    )
    assert "Talks, Rome is to take place in Rome" in said


def test_apache_annotator_finds_the_quotes_in_the_texts(built, collection):
    """By position it selects exactly the quote, by quote a passage at that position."""
    need((READERS / "node_modules/@apache-annotator/selector").is_dir(), "Apache Annotator", "readers")
    with Project.open(built) as project:
        texts = {each.article.id: each.article.text for each in project.readings()}
    asked, wanted = [], []
    for annotation in collection["first"]["items"][:MAXIMUM]:
        for target in targets(annotation):
            text = texts[target["source"].rpartition("/")[2].rsplit("-", 1)[0]]
            quote, position = target["selector"]
            asked += [{"text": text, "selector": position}, {"text": text, "selector": quote}]
            wanted.append([position["start"], quote["exact"]])
    found = select(asked)
    assert len(wanted) > 100
    for (by_position, by_quote), one in zip(zip(found[::2], found[1::2], strict=True), wanted, strict=True):
        assert by_position == [one]
        assert one in by_quote


def select(asked):
    told = "".join(f"{json.dumps(each)}\n" for each in asked)
    return [
        json.loads(line) for line in node(HERE / "readers/annotator.mjs", READERS, told=told).splitlines()
    ]


def test_positions_count_code_points_as_the_model_has_it():
    """A letter outside of the basic plane is one character, not two as in JavaScript."""
    need((READERS / "node_modules/@apache-annotator/selector").is_dir(), "Apache Annotator", "readers")
    text = "A 😀 flag. The talks opened."
    start = text.index("The")
    selector = {"type": "TextPositionSelector", "start": start, "end": len(text)}
    assert select([{"text": text, "selector": selector}]) == [[[start, "The talks opened."]]]
