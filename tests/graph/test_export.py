"""Exports: whole or not at all, the same bytes whatever the run, readable by people and programs."""

import csv
import io
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from kg import registry
from kg.errors import DataError, StoreError, UnknownNameError, UsageError
from kg.graph.export import FACT_COLUMNS, SUFFIXES, export, layout_of
from kg.graph.serialize import canonical, write_triples
from kg.graph.store import ontology_triples
from kg.vocab import Vocabulary

CHECKOUT = Path(__file__).parents[2]
XSD_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
GOOD = CHECKOUT / "tests/ontology/fixtures/good.ttl"


def good():
    return [quad.triple for quad in ox.parse(GOOD.read_bytes(), ox.RdfFormat.TURTLE)]


def turtle(triples):
    out = io.BytesIO()
    write_triples(triples, "turtle", out)
    return out.getvalue().decode()


def test_the_name_of_the_file_tells_the_format(tmp_path):
    for suffix, layout in SUFFIXES.items():
        assert layout_of(f"graph{suffix.upper()}") == layout
        assert export(good(), tmp_path / f"graph{suffix}") == layout
        assert (tmp_path / f"graph{suffix}").stat().st_size > 500
    assert layout_of("-") == layout_of(None) == "turtle"
    with pytest.raises(UsageError, match="does not tell the format"):
        layout_of("graph.docx")
    with pytest.raises(UnknownNameError):
        export(good(), tmp_path / "x.ttl", layout="turtel")


def test_a_failing_export_leaves_the_old_file(tmp_path):
    path = tmp_path / "graph.rdf"
    path.write_bytes(b"old")
    odd = ox.Triple(ox.NamedNode("https://x.org/a"), ox.NamedNode("https://x.org/1"), ox.Literal("x"))
    with pytest.raises(DataError, match="cannot hold the property"):
        export([*good(), odd], path)
    assert path.read_bytes() == b"old"
    with pytest.raises(StoreError, match="no such folder"):
        export(good(), tmp_path / "none" / "graph.ttl")


def test_turtle_reads_well():
    text = turtle([*good(), *ontology_triples()])
    assert "@prefix thing: <https://w3id.org/diplomacy-kg/id/thing/> ." in text
    assert (
        'thing:north a dip:Actor, dip:Place, dip:Polity, dip:State ;\n    rdfs:label "Northland"@en ;' in text
    )
    assert "dip:confidence 0.9 ;" in text
    assert "dip:negated false ;" in text
    assert "[ a owl:AllDisjointClasses ; owl:members ( dip:Event dip:Place ) ] .\n" in text
    assert "_:" not in text
    order = [
        "thing:city a",
        "thing:claim-held a",
        "thing:passage a",
        "dip:Act a",
        "[ a owl:AllDisjointClasses",
    ]
    places = [text.index(f"\n{start}") for start in order]
    assert places == sorted(places)
    assert "\r" not in text


def test_blank_nodes_that_cannot_be_nested_get_names_from_the_graph():
    """Shared, cyclic, and broken lists, whatever names the reader gave them."""
    p, first, rest = (
        ox.NamedNode(f"http://www.w3.org/1999/02/22-rdf-syntax-ns#{name}")
        for name in ("value", "first", "rest")
    )
    seen = set()
    for a, b, c, d in (("a", "b", "c", "d"), ("z", "y", "x", "w"), ("b", "c", "d", "a")):
        n = {name: ox.BlankNode(name) for name in (a, b, c, d)}
        top = ox.NamedNode("https://x.org/top")
        triples = [
            ox.Triple(top, p, n[a]),
            ox.Triple(ox.NamedNode("https://x.org/other"), p, n[a]),
            ox.Triple(n[a], p, ox.Literal("shared")),
            ox.Triple(n[b], p, n[b]),
            ox.Triple(top, p, n[c]),
            ox.Triple(n[c], first, ox.Literal("1")),
            ox.Triple(n[c], rest, n[d]),
            ox.Triple(n[d], first, ox.Literal("2")),
        ]
        text = turtle(triples)
        seen.add(text)
        again = ox.Dataset(ox.Quad(*quad.triple) for quad in ox.parse(text.encode(), ox.RdfFormat.TURTLE))
        assert canonical(quad.triple for quad in again) == canonical(triples)
    assert len(seen) == 1


def test_the_bytes_are_the_same_whatever_the_run(tmp_path):
    """Every format, twice, under different hash seeds, locales and time zones, from shuffled input."""
    code = (
        "import random, sys; import pyoxigraph as ox; from pathlib import Path; from kg import registry\n"
        "from kg.graph.export import export; from kg.graph.store import ontology_triples\n"
        "triples = [q.triple for f in sys.argv[2:] for q in ox.parse(Path(f).read_bytes(), ox.RdfFormat.from_extension(f[-2:].replace('tl', 'ttl').lstrip('.')))]\n"
        "triples += ontology_triples(); random.shuffle(triples)\n"
        "for name in registry.names('exporter'): export(triples, Path(sys.argv[1]) / name, layout=name)\n"
    )
    runs = []
    for number, (seed, zone, lang) in enumerate(
        [("0", "UTC", "C"), ("1", "Asia/Tokyo", "C.UTF-8"), ("7", "America/Lima", "POSIX")]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        environ = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": lang}
        command = [
            sys.executable,
            "-c",
            code,
            str(folder),
            str(GOOD),
            str(Path(__file__).parent / "data/hostile.nt"),
        ]
        subprocess.run(command, check=True, cwd=CHECKOUT, env=environ)
        runs.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert len(runs[0]) == 9
    assert runs[0] == runs[1] == runs[2]


def test_what_other_readers_take_otherwise_is_written_in_full():
    """A prefix that XML keeps for itself, and a number that raptor and rdflib read as another."""
    thing, zero = ox.NamedNode("https://x.org/xmlns/a"), ox.Literal("-0", datatype=ox.NamedNode(XSD_INTEGER))
    triples = [ox.Triple(thing, ox.NamedNode("https://x.org/xmlns/p"), zero)]
    assert '"-0"^^' in turtle(triples)
    out = io.BytesIO()
    write_triples(triples, "rdfxml", out)
    assert "xmlns:xmlns=" not in out.getvalue().decode()
    ET.fromstring(out.getvalue())


def test_csv_has_one_row_for_each_claim():
    out = io.BytesIO()
    registry.find("exporter", "csv")([*good(), *ontology_triples()], Vocabulary.load(), out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode())))
    assert tuple(rows[0]) == FACT_COLUMNS
    by_claim = {row["claim_iri"].rpartition("/")[2]: row for row in rows}
    assert set(by_claim) == {"claim-held", "claim-north"}
    north = by_claim["claim-north"]
    assert (north["subject"], north["predicate"], north["object"]) == (
        "Northland",
        "participates in",
        "the round",
    )
    assert (north["modality"], north["negated"], north["confidence"], north["status"]) == (
        "actual",
        "false",
        "0.9",
        "held",
    )
    assert (north["document"], north["sentence"], north["begin"], north["end"]) == (
        "Talks open",
        "Talks open",
        "0",
        "10",
    )
    assert north["basis"] == "stated"


def test_graphml_holds_the_view_and_nothing_of_the_claims(tmp_path):
    export([*good(), *ontology_triples()], tmp_path / "g.graphml")
    ET.parse(tmp_path / "g.graphml")
    graph = nx.read_graphml(tmp_path / "g.graphml")
    labels = {data["label"] for _, data in graph.nodes(data=True)}
    assert labels == {"Northland", "Southland", "Middleton", "the round"}
    assert sorted(data["label"] for *_, data in graph.edges(data=True)) == [
        "is located in",
        "participates in",
    ]
    assert graph.nodes["https://w3id.org/diplomacy-kg/id/thing/round"]["type"] == "Talks"


def test_rdf12_reifies_each_claim(tmp_path):
    export(good(), tmp_path / "g.ttl", layout="rdf12")
    found = [quad.triple for quad in ox.parse((tmp_path / "g.ttl").read_bytes(), ox.RdfFormat.TURTLE)]
    reified = [triple.object for triple in found if isinstance(triple.object, ox.Triple)]
    assert len(reified) == 2
    assert {triple.object.value for triple in reified} >= {"https://w3id.org/diplomacy-kg/id/thing/round"}


def test_standard_output(capfdbinary):
    export(good(), "-", layout="nt")
    lines = capfdbinary.readouterr().out.splitlines()
    assert lines == sorted(lines)
    assert len(lines) == len(set(good()))


def test_triples_about_triples_are_refused_where_they_cannot_be_held():
    node, inner = ox.NamedNode("https://x.org/a"), good()[0]
    type_ = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for layout, named in (("jsonld", "JSON-LD"), ("rdfxml", "RDF/XML")):
        for predicate in (node, type_):
            with pytest.raises(DataError, match=f"{named} cannot hold") as caught:
                write_triples([ox.Triple(node, predicate, inner)], layout, io.BytesIO())
            assert caught.value.hint == "Choose turtle or nt."
    with pytest.raises(UnknownNameError, match="no format of triples named 'excel'"):
        write_triples([], "excel", io.BytesIO())


def test_of_two_namespaces_of_one_kind_the_first_is_shortened():
    name, one, two = (ox.NamedNode(f"https://{host}/person/x") for host in ("p.org", "a.org", "b.org"))
    text = turtle([ox.Triple(one, name, two), ox.Triple(two, name, one)])
    assert "@prefix person: <https://a.org/person/> ." in text
    assert "<https://b.org/person/x>" in text
    assert "person:x" in text
