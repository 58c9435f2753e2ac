"""What every store owes; a new one is held to it by being listed here or registered."""

import pyoxigraph as ox
import pytest
import sparql_server

from kg import registry
from kg.errors import QueryError, StoreError
from kg.graph.rows import Rows
from kg.sparql import Addresses, Connection

PLACES = {"embedded": ("memory", "disk"), "endpoint": ("default", "named", "update-only")}
STORES = [(name, place) for name in registry.names("store") for place in PLACES.get(name, ("memory", "disk"))]


def triple(number):
    return ox.Triple(
        ox.NamedNode(f"https://x.org/{number}"), ox.NamedNode("https://x.org/p"), ox.Literal(str(number))
    )


@pytest.fixture(scope="module")
def server():
    with sparql_server.oxigraph("") as port:
        yield f"http://127.0.0.1:{port}"


def endpoint(address, place):
    """A graph of a real server, empty: its default graph or one with a name."""
    everything = Connection(Addresses(update=f"{address}/update"), deadline=30)
    everything.change("DROP ALL")
    data = None if place == "update-only" else f"{address}/store"
    addresses = Addresses(f"{address}/query", f"{address}/update", data)
    graph = None if place == "default" else "https://x.org/graph"
    return registry.find("store", "endpoint")(Connection(addresses, deadline=30), graph)


@pytest.fixture(params=STORES, ids="-".join)
def store(request, tmp_path):
    name, place = request.param
    if name == "endpoint":
        made = endpoint(request.getfixturevalue("server"), place)
    else:
        made = registry.find("store", name)(None if place == "memory" else tmp_path / "store")
    yield made
    made.close()


def count(store):
    answer = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    return int(answer.rows[0][0].value)


def test_there_are_stores():
    assert len(STORES) >= 5
    assert set(PLACES) <= {name for name, _ in STORES}


def test_starts_empty(store):
    assert count(store) == 0


def test_gives_back_what_was_loaded(store):
    store.load(triple(number) for number in range(5))
    store.load([triple(4), triple(5)])
    rows = store.query("SELECT ?o { ?s <https://x.org/p> ?o } ORDER BY ?o")
    assert rows == Rows(("o",), tuple((ox.Literal(str(number)),) for number in range(6)))


def test_answers_each_kind_of_query(store):
    store.load([triple(1)])
    assert store.query("ASK { ?s ?p ?o }") is True
    assert store.query("CONSTRUCT WHERE { ?s ?p ?o }") == (triple(1),)
    assert store.query("SELECT ?x { }") == Rows(("x",), ((None,),))


def test_an_update_is_whole_or_nothing(store):
    store.load([triple(1)])
    store.update("DELETE { ?s ?p ?o } INSERT { <https://x.org/2> ?p '2' } WHERE { ?s ?p ?o }")
    assert store.query("CONSTRUCT WHERE { ?s ?p ?o }") == (triple(2),)
    with pytest.raises(QueryError):
        store.update("DELETE WHERE { ?s ?p ?o } ; INSERT DATA { nonsense }")
    assert count(store) == 1


def test_a_wrong_query_is_named(store):
    with pytest.raises(QueryError, match="does not parse"):
        store.query("SELECT")


def test_a_snapshot_stays_as_it_was(store, tmp_path):
    store.load([triple(1)])
    store.snapshot(tmp_path / "copy")
    store.load([triple(2)])
    copy = registry.find("store", "embedded")(tmp_path / "copy", readonly=True)
    assert count(copy) == 1
    copy.close()
    with pytest.raises(StoreError, match="exists already"):
        store.snapshot(tmp_path / "copy")


def test_what_was_loaded_outlives_the_store(tmp_path, server):
    folder = tmp_path / "store"
    on_disk, remote = registry.find("store", "embedded")(folder), endpoint(server, "named")
    for each in (on_disk, remote):
        each.load([triple(1)])
        each.close()
    again = registry.find("store", "embedded")(folder, readonly=True)
    assert count(again) == 1
    again.close()
    addresses = Addresses(f"{server}/query")
    assert (
        len(registry.find("store", "endpoint")(Connection(addresses, deadline=30), "https://x.org/graph"))
        == 1
    )
