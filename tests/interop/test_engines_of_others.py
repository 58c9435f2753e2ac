"""Other people's tools load our files and answer our queries: Apache Jena, Eclipse RDF4J, Comunica (``make interop``)."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from collections import Counter
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from other_tools import COMUNICA, HERE, JARS, need, node, ours, questions, theirs

from kg.cli import main
from kg.graph.limits import Thread
from kg.project import Project

if TYPE_CHECKING:
    from pathlib import Path

EMPTY = {"issues"}
"""Queries to which the sample articles have no answer, so that nothing is compared: they name no issues."""
pytestmark = pytest.mark.skipif(
    not os.environ.get("INTEROP"),
    reason="Jena, RDF4J and Comunica take a minute and a half: make interop asks them",
)

FILES = ("graph.ttl", "graph.nt", "graph.rdf", "graph.jsonld")


def jena(folder: Path) -> str:
    """Ask Jena of Debian 12, which looks for its messages where its package did not put them."""
    need((JARS / "jena-arq.jar").exists(), "libapache-jena-java (Debian)")
    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            if "/xerces/" in name and name.endswith(".properties"):
                target = folder / "messages" / name.removeprefix("org/apache/jena/ext/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    return java("AskJena.java", folder)


def rdf4j(folder: Path) -> str:
    need((JARS / "rdf4j-rio-api.jar").exists(), "librdf4j-java (Debian)")
    return java("ReadRdf4j.java", folder)


def comunica(folder: Path) -> str:
    need((COMUNICA / "node_modules/@comunica/query-sparql-rdfjs").is_dir(), "Comunica")
    return node(HERE / "comunica/ask.mjs", COMUNICA, folder)


def java(program: str, folder: Path) -> str:
    """Run a program of one file with the jars of Debian."""
    need(shutil.which("javac"), "a JDK")
    command = ["java", "-cp", f"{folder}/messages:{JARS}/*", str(HERE / "java" / program), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def own(corpus):
    """The queries by name, what we answer to each, and the graph, sorted."""
    with Project.open(corpus) as project, project.store() as store:
        asked = questions(Thread(store))
        answers = {query: ours(store, text) for query, text in asked.items()}
        return asked, answers, len(store)


@pytest.fixture
def folder(corpus, own, tmp_path):
    """A folder with the graph in four formats and a file for each query."""
    for name in FILES:
        assert main(["export", "--store", str(corpus), "-o", str(tmp_path / name)]) == 0
    for query, text in own[0].items():
        (tmp_path / f"{query}.rq").write_text(text, encoding="utf-8")
    return tmp_path


def lines(path: Path) -> list[str]:
    """Give a graph as sorted N-Triples, its blank nodes under names that follow from the graph."""
    dataset = ox.Dataset(
        ox.Quad(*quad.triple) for quad in ox.parse(path.read_bytes(), ox.RdfFormat.N_TRIPLES)
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(str(quad.triple) for quad in dataset)


def same_graph(folder: Path) -> None:
    wanted = lines(folder / "graph.nt")
    assert len(wanted) > 10_000
    for name in FILES:
        assert lines(folder / f"{name}.read") == wanted, name


def same_rows(folder: Path, answers: dict[str, Counter]) -> None:
    different = {
        query: (rows - other, other - rows)
        for query, rows in answers.items()
        if rows != (other := theirs(folder, query))
    }
    assert different == {}
    assert len(answers) >= 38
    assert {query for query, rows in answers.items() if not rows} == EMPTY
    assert sum(map(Counter.total, answers.values())) > 10_000


def test_jena_reads_every_format_and_gives_our_rows(folder, own):
    _, answers, triples = own
    assert int(jena(folder)) == triples
    same_graph(folder)
    same_rows(folder, answers)


def test_comunica_gives_our_rows(folder, own):
    _, answers, triples = own
    assert int(comunica(folder)) == triples
    same_rows(folder, answers)


def test_rdf4j_reads_every_format_and_every_query(folder, own):
    """Debian's package has the parsers of RDF4J, not its store: nothing is asked."""
    asked, _, _ = own
    assert int(rdf4j(folder)) == len(asked)
    same_graph(folder)
