"""GraphML is read by networkx and by graphology: the same nodes and edges, with what they carry, as in the graph."""

from __future__ import annotations

import json

import networkx as nx
import pyoxigraph as ox
import pytest
from other_tools import HERE, READERS, need, node, recipe, run

from kg.graph.export import export
from kg.project import Project
from kg.vocab import NS, RDF, RDFS

EDGES = """PREFIX dip: <https://w3id.org/diplomacy-kg/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?s ?p ?o ?pLabel ?sLabel ?oLabel WHERE {
  ?s ?p ?o . FILTER(STRSTARTS(STR(?p), STR(dip:)) && STRSTARTS(STR(?o), "https://w3id.org/diplomacy-kg/id/"))
  ?p rdfs:label ?pLabel . ?s rdfs:label ?sLabel . ?o rdfs:label ?oLabel .
  FILTER NOT EXISTS { ?s a dip:Claim } FILTER NOT EXISTS { ?s a dip:Passage } FILTER NOT EXISTS { ?o a dip:Document }
  FILTER(STRSTARTS(STR(?s), "https://w3id.org/diplomacy-kg/id/"))
}"""


@pytest.fixture(scope="module")
def edges(built):
    """The edges of the view with their labels, asked of the store: not of what wrote the GraphML."""
    with Project.open(built) as project, project.store() as store:
        return {tuple(cell.value for cell in row) for row in store.query(EDGES).rows}


def with_networkx(path):
    graph = nx.read_graphml(path)
    assert graph.is_directed()
    return dict(graph.nodes(data=True)), [(s, o, data) for s, o, data in graph.edges(data=True)]


def with_graphology(path):
    need((READERS / "node_modules/graphology-graphml").is_dir(), "graphology", "readers")
    read = json.loads(node(HERE / "readers/graphml.mjs", READERS, path))
    return dict(read["nodes"]), read["edges"]


@pytest.mark.parametrize("reader", [with_networkx, with_graphology])
def test_nodes_and_edges_are_those_of_the_view(reader, exported, edges):
    nodes, found = reader(exported / "graph.graphml")
    told = {
        (s, data["property"], o, data["label"], nodes[s]["label"], nodes[o]["label"]) for s, o, data in found
    }
    assert told == edges
    assert len(found) == len(told) > 90
    assert set(nodes) == {end for s, _, o, *_ in told for end in (s, o)}


def test_both_readers_see_the_same(exported):
    one, other = with_networkx(exported / "graph.graphml"), with_graphology(exported / "graph.graphml")
    assert one[0] == other[0]
    assert sorted(map(json.dumps, one[1])) == sorted(map(json.dumps, other[1]))


@pytest.mark.parametrize("reader", [with_networkx, with_graphology])
def test_several_edges_between_two_things_stay_several(reader, tmp_path):
    """Whatever is in their names, which XML and Python may take for something else."""
    north, south = (ox.NamedNode(f"https://w3id.org/diplomacy-kg/id/state/{name}") for name in ("n&'", "s"))
    triples = [
        ox.Triple(each, ox.NamedNode(f"{RDF}type"), ox.NamedNode(f"{NS}State")) for each in (north, south)
    ]
    triples += [ox.Triple(north, ox.NamedNode(f"{NS}{name}"), south) for name in ("metWith", "addressedTo")]
    triples.append(ox.Triple(north, ox.NamedNode(f"{RDFS}label"), ox.Literal('<North> & "Co" 😀\r\n')))
    export(triples, tmp_path / "g.graphml")
    nodes, edges = reader(tmp_path / "g.graphml")
    assert nodes[north.value] == {"label": '<North> & "Co" 😀\r\n', "type": "State"}
    assert sorted((source, target, data["property"]) for source, target, data in edges) == [
        (north.value, south.value, f"{NS}addressedTo"),
        (north.value, south.value, f"{NS}metWith"),
    ]


def test_a_node_carries_what_is_known_of_it(exported):
    nodes, _ = with_networkx(exported / "graph.graphml")
    (talks,) = [data for data in nodes.values() if data["label"].endswith("indirect talks, Muscat, May 2025")]
    assert talks["type"] == "Indirect talks"
    assert talks["status"] == "held"
    assert (talks["earliest"], talks["latest"]) == ("2025-05-10", "2025-05-11")
    assert {len(data["label"]) > 0 and len(data["type"]) > 0 for data in nodes.values()} == {True}


def test_the_recipe_of_the_documentation_runs(exported, monkeypatch):
    names = run(recipe("interoperability.md", "networkx"), exported, monkeypatch)
    assert len(names["graph"].edges) > 90
    assert len(names["table"]) == 5
    assert all(isinstance(name, str) and edges > 2 for name, edges in names["table"])
