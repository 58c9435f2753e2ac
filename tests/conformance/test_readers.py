"""What we write is read again by independent parsers and compared, hostile texts included."""

import io
import json
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from parsers import OXIGRAPH, RAPPER, RDFLIB
from rdflib.compare import isomorphic, to_canonical_graph

from kg.graph import query
from kg.graph.rows import Rows, plain, xml_text
from kg.graph.serialize import LAYOUTS, canonical, write_triples
from kg.graph.store import EmbeddedStore, ontology_triples

TESTS = Path(__file__).parents[1]
SHARED = TESTS.parent / "../shared/ontology"
EXAMPLES = ("example-istanbul.ttl", "example-other-seeds.ttl")


def triples_of(path, layout=ox.RdfFormat.TURTLE):
    return [quad.triple for quad in ox.parse(path.read_bytes(), layout)]


def graphs():
    """Give each graph that is written: our own, the hostile one, and the examples where they are at hand."""
    hostile = triples_of(TESTS / "graph/data/hostile.nt", ox.RdfFormat.N_TRIPLES)
    found = {
        "good": [*triples_of(TESTS / "ontology/fixtures/good.ttl"), *ontology_triples()],
        "hostile": hostile,
    }
    for name in EXAMPLES:
        if (SHARED / name).is_file():
            found[name] = [*triples_of(SHARED / name), *ontology_triples()]
    return found


GRAPHS = graphs()


def written(triples, layout):
    out = io.BytesIO()
    write_triples(triples, layout, out)
    return out.getvalue()


def wanted(triples, layout):
    """Give what a format can hold: XML has no way to write control characters."""
    if layout != "rdfxml":
        return canonical(triples)
    return canonical(ox.Triple(each.subject, each.predicate, _xml(each.object)) for each in triples)


def _xml(term):
    if not isinstance(term, ox.Literal) or xml_text(term.value).find("&") >= 0 or "<" in term.value:
        return term
    value = xml_text(term.value)
    if term.language is not None:
        return ox.Literal(value, language=term.language)
    return ox.Literal(value, datatype=term.datatype)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", GRAPHS)
def test_oxigraph_reads_it_equal(name, layout):
    read = ox.parse(written(GRAPHS[name], layout), OXIGRAPH[layout])
    assert canonical(quad.triple for quad in read) == wanted(GRAPHS[name], layout)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own JSON-LD reader
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", GRAPHS)
def test_rdflib_reads_it_equal(name, layout):
    """Compared by rdflib alone: what it reads here against what it reads from Oxigraph's N-Triples."""
    read = rdflib.Graph(bind_namespaces="none").parse(
        data=written(GRAPHS[name], layout), format=RDFLIB[layout]
    )
    plain = ox.serialize(wanted(GRAPHS[name], layout).values(), format=ox.RdfFormat.N_TRIPLES)
    other = rdflib.Graph(bind_namespaces="none").parse(data=plain, format="nt")
    assert len(read) == len(other)
    assert isomorphic(read, other)


@pytest.mark.parametrize("layout", RAPPER)
@pytest.mark.parametrize("name", GRAPHS)
def test_rapper_reads_it_equal(name, layout, tmp_path):
    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("rapper (Debian package raptor2-utils) is not installed")
    path = tmp_path / "graph"
    path.write_bytes(written(GRAPHS[name], layout))
    command = [rapper, "-q", "-i", RAPPER[layout], "-o", "ntriples", str(path)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    read = ox.parse(done.stdout, ox.RdfFormat.N_TRIPLES)
    assert canonical(quad.triple for quad in read) == wanted(GRAPHS[name], layout)


def test_the_comparison_would_see_a_difference():
    triples = GRAPHS["hostile"]
    changed = [*triples[1:], ox.Triple(triples[0].subject, triples[0].predicate, ox.Literal("other"))]
    assert canonical(triples) != canonical(changed)
    one, other = (rdflib.Graph().parse(data=written(each, "nt"), format="nt") for each in (triples, changed))
    assert not isomorphic(one, other)
    assert len(to_canonical_graph(one)) == len(one)


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufffe\uffff"), max_size=40)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXTS, st.sampled_from(["en", "ar-x-test", None])), max_size=6))
def test_any_text_comes_back(texts):
    """Written and read by both parsers; JSON-LD by Oxigraph alone, for rdflib warns of itself."""
    name, predicate = "https://x.org/thing/", ox.NamedNode("http://schema.org/description")
    triples = []
    for number, (text, language) in enumerate(texts):
        literal = ox.Literal(text) if language is None else ox.Literal(text, language=language)
        triples.append(ox.Triple(ox.NamedNode(f"{name}{number}"), predicate, literal))
    for layout in ("turtle", "nt", "jsonld"):
        data = written(triples, layout)
        assert canonical(quad.triple for quad in ox.parse(data, OXIGRAPH[layout])) == canonical(triples)
        if layout != "jsonld":
            read = rdflib.Graph().parse(data=data, format=RDFLIB[layout])
            found = {(str(s), str(o), o.language) for s, _, o in read}
            assert found == {
                (each.subject.value, each.object.value, each.object.language) for each in triples
            }


def test_jsonld_asks_nobody_for_its_context():
    context = json.loads(written(GRAPHS["good"], "jsonld"))["@context"]
    assert isinstance(context, dict)
    assert all(isinstance(value, str) and value[-1] in "#/" for value in context.values())


# --- the named queries in two engines ---


@pytest.fixture(scope="module")
def example():
    if not (SHARED / EXAMPLES[0]).is_file():
        pytest.skip(f"the shared folder is not at hand: no {EXAMPLES[0]}")
    return [triple for name in EXAMPLES for triple in triples_of(SHARED / name)] + list(ontology_triples())


def test_both_engines_give_the_same_rows(example):
    store = EmbeddedStore.of(example)
    graph = rdflib.Graph(bind_namespaces="none").parse(data=written(example, "nt"), format="nt")
    asked = rows = 0
    for each in query.named_queries():
        answer = store.query(each.text) if "SELECT" in each.text and each.name != "graph-nodes" else None
        if not isinstance(answer, Rows):
            continue
        theirs = sorted(tuple(_value(value) for value in row) for row in graph.query(each.text))
        mine = sorted(tuple(_value(value) for value in row) for row in answer.rows)
        assert mine == theirs, each.name
        asked += 1
        rows += len(mine)
    assert asked == 28
    assert rows > 400


def _value(term):
    """Give the text of a term of either engine; numbers as numbers, for each engine writes them its own way."""
    value = getattr(term, "value", None)
    if isinstance(value, timedelta):
        return f"P{value.days}D"
    text = "" if term is None else str(term) if isinstance(term, rdflib.term.Node) else plain(term)
    try:
        return f"{float(text):.6f}"
    except ValueError:
        return text


def test_a_query_without_parameters_gives_the_rows_of_the_original(example):
    originals = {path.name: path for path in (SHARED / "queries").glob("*.rq")}
    store = EmbeddedStore.of(example)
    same = 0
    for each in query.named_queries():
        path = next(
            (
                path
                for name, path in originals.items()
                if name.removesuffix(".rq").lstrip("0123456789-") == each.name
            ),
            None,
        )
        if path is None:
            continue
        params = {
            "position-over-time": {"who": "state/russia"},
            "evidence-of-a-fact": {
                "subject": "person/vladimir-medinsky",
                "predicate": "dip:leads",
                "object": "delegation/russia-istanbul-2025-05-16",
            },
        }.get(each.name)
        mine, theirs = query.run(store, each.text, params=params), store.query(path.read_text())
        if isinstance(mine, Rows):
            assert sorted(map(str, mine.rows)) == sorted(map(str, theirs.rows)), each.name
        else:
            assert set(mine) == set(theirs)
        same += 1
    assert same == len(originals) == 32


def test_parameters_only_take_rows_away(example):
    store = EmbeddedStore.of(example)
    whole = query.run(store, query.query_text("who-led-which-delegation"))
    some = query.run(
        store, query.query_text("who-led-which-delegation"), params={"place": "Istanbul", "actor": "Russia"}
    )
    assert 0 < len(some.rows) < len(whole.rows)
    assert set(some.rows) < set(whole.rows)
