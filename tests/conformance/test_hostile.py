"""What we write of hostile graphs is read equal by four parsers; ``make conformance`` writes ten times as many."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import hostile
import pyoxigraph as ox
import pytest
import rdflib
from parsers import N3JS, OXIGRAPH, RAPPER, RDFLIB

from kg.graph.serialize import LAYOUTS, write_triples

ROOT = Path(__file__).parents[2]
GRAPHS = int(os.environ.get("HOSTILE_GRAPHS", "300"))
N3 = Path(__file__).parent / "n3"
N3_INSTALLED = ROOT / ".cache/n3"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Write every graph in every format; give the files and what must be read from them."""
    folder, found = tmp_path_factory.mktemp("hostile"), {}
    for layout in LAYOUTS:
        found[layout] = []
        for seed in range(GRAPHS):
            triples = hostile.graph(seed, xml=layout == "rdfxml")
            path = folder / f"{seed}.{layout}"
            with path.open("wb") as out:
                write_triples(triples, layout, out)
            wanted = [_as_xml(triple) for triple in triples] if layout == "rdfxml" else triples
            found[layout].append((path, lines(wanted)))
    return found


def lines(triples):
    """Give the canonical N-Triples of a graph; language tags, whose case says nothing, in lower case."""
    dataset = ox.Dataset(ox.Quad(each.subject, each.predicate, _lowered(each.object)) for each in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted({str(quad.triple) for quad in dataset})


def _lowered(term):
    if isinstance(term, ox.Literal) and term.language is not None:
        return ox.Literal(term.value, language=term.language.lower())
    return term


def _as_xml(triple):
    """Leave out the characters that XML 1.0 cannot hold."""
    if not isinstance(triple.object, ox.Literal):
        return triple
    return ox.Triple(triple.subject, triple.predicate, literal(triple.object, _kept(triple.object.value)))


def literal(like, text):
    """Give a literal of the same kind with another text."""
    if like.language is not None:
        return ox.Literal(text, language=like.language)
    return ox.Literal(text, datatype=like.datatype)


def _kept(text):
    return "".join(char for char in text if char not in hostile.CONTROLS)


def compare(written, layout, read):
    """Compare all graphs of a format with what a parser reads; tell of the first that differ."""
    wrong = []
    for number, ((_path, wanted), found) in enumerate(zip(written[layout], read, strict=True)):
        if isinstance(found, str) or found != wanted:
            both = (
                (found,)
                if isinstance(found, str)
                else (
                    [line for line in wanted if line not in found],
                    [line for line in found if line not in wanted],
                )
            )
            wrong.append((number, *both))
    assert not wrong, f"{len(wrong)} of {len(written[layout])}: " + "\n".join(map(repr, wrong[:5]))
    assert len(written[layout]) == GRAPHS


@pytest.mark.parametrize("layout", LAYOUTS)
def test_oxigraph_reads_it_equal(written, layout):
    compare(
        written, layout, (_by_oxigraph(path.read_bytes(), OXIGRAPH[layout]) for path, _ in written[layout])
    )


def _by_oxigraph(data, form):
    try:
        return lines(quad.triple for quad in ox.parse(data, form))
    except SyntaxError as error:
        return str(error)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own JSON-LD reader
@pytest.mark.parametrize("layout", LAYOUTS)
def test_rdflib_reads_it_equal(written, layout, monkeypatch):
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)  # "01" is another literal than "1"
    compare(written, layout, (_by_rdflib(path, RDFLIB[layout]) for path, _ in written[layout]))


def _by_rdflib(path, form):
    read = rdflib.Graph(bind_namespaces="none").parse(data=path.read_bytes(), format=form)
    return lines(ox.Triple(*map(_from_rdflib, triple)) for triple in read)


def _from_rdflib(term):
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if term.language is not None:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=None if term.datatype is None else ox.NamedNode(str(term.datatype)))


@pytest.mark.parametrize("layout", RAPPER)
def test_rapper_reads_it_equal(written, layout):
    rapper = shutil.which("rapper")
    assert rapper is not None, (
        "rapper is missing; Debian, Ubuntu: apt-get install raptor2-utils (make test does)"
    )
    with ThreadPoolExecutor(4) as several:
        read = several.map(lambda each: _by_rapper(rapper, each[0], RAPPER[layout]), written[layout])
        compare(written, layout, read)


def _by_rapper(rapper, path, form):
    command = [rapper, "-q", "-i", form, "-o", "ntriples", str(path), "https://base.example/"]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.stderr.decode() or _by_oxigraph(done.stdout, ox.RdfFormat.N_TRIPLES)


@pytest.fixture(scope="module")
def n3js():
    """Give the command that reads with N3.js, in the version that is pinned."""
    node = shutil.which("node")
    assert node is not None, "node is missing; Debian, Ubuntu: apt-get install nodejs npm (make test does)"
    installed = N3_INSTALLED / "node_modules/n3/package.json"
    assert installed.is_file(), "N3.js is not installed; run: make n3 (make test does)"
    wanted = json.loads((N3 / "package.json").read_text())["dependencies"]["n3"]
    assert json.loads(installed.read_text())["version"] == wanted, "another N3.js is installed; run: make n3"
    return [node, str(N3 / "read.mjs"), str(N3_INSTALLED)]


@pytest.mark.parametrize("layout", N3JS)
def test_n3js_reads_it_equal(written, layout, n3js):
    asked = "".join(json.dumps([str(path), N3JS[layout]]) + "\n" for path, _ in written[layout])
    done = subprocess.run(n3js, input=asked, capture_output=True, text=True, encoding="utf-8", check=True)
    compare(written, layout, (_by_n3js(json.loads(line)) for line in done.stdout.split("\n") if line))


def _by_n3js(answer):
    if isinstance(answer, dict):
        return answer["error"]
    return lines(ox.Triple(*map(_from_n3js, triple)) for triple in answer)


def _from_n3js(term):
    kind, value, *rest = term
    if kind == "NamedNode":
        return ox.NamedNode(value)
    if kind == "BlankNode":
        return ox.BlankNode(value.replace("-", "x"))
    return (
        ox.Literal(value, language=rest[0]) if rest[0] else ox.Literal(value, datatype=ox.NamedNode(rest[1]))
    )
