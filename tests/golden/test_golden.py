"""The rows that each named query gives on the sample corpus, and the graph of three of its articles.

A change shows as a diff of these files; after reading it: ``pytest tests/golden --update-golden``.
"""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from kg import config, ingest
from kg.graph.answers import write_answer
from kg.graph.query import named_queries, run_named
from kg.pipeline import load_kb, read
from kg.project import Project
from kg.text.read import Refusal, read_articles

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds" / "articles"
ARTICLES = (
    "2014-03-28-bangsamoro-accord-signed",
    "2025-05-12-muscat-fourth-round",
    "2018-05-25-singapore-summit-cancelled",
)
PARAMETERS = {
    "position-over-time": {"who": "Ethiopia"},
    "evidence-of-a-fact": {"subject": "Abbas Araghchi"},
}
QUERIES = tuple(sorted(query.name for query in named_queries()))


@pytest.fixture(scope="session")
def corpus(tmp_path_factory) -> Path:
    """A project folder with the whole sample corpus."""
    folder = tmp_path_factory.mktemp("corpus") / "kg-store"
    settings = config.load(folder=folder.parent, environ={}, explicit={"store": folder})
    with Project.open(folder, create=True) as project:
        tally = ingest.build(project, [str(SEEDS)], settings)
    assert not tally.refused
    return folder


def compare(path: Path, found: str, *, update: bool) -> None:
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert path.is_file(), (
        f"no golden file {path.name}: run pytest tests/golden --update-golden and read the diff"
    )
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_gives_its_rows(corpus, name, request, tmp_path):
    with Project.open(corpus) as project:
        answer = run_named(project.store_folder, name, params=PARAMETERS.get(name, {}))
    out = tmp_path / "rows.csv"
    is_graph = name.startswith(("derive-", "export-", "graph-compact"))
    write_answer(answer, out, layout="nt" if is_graph else "csv")
    text = out.read_text(encoding="utf-8")
    if is_graph:
        assert text.count("\n") > 0
        return  # the whole graph in another form: its lines are compared in the conformance tests
    compare(HERE / "queries" / f"{name}.csv", text, update=request.config.getoption("--update-golden"))


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_gives_its_graph(name, request, tmp_path):
    articles = [a for a in read_articles([str(SEEDS / f"{name}.md")]) if not isinstance(a, Refusal)]
    settings = config.load(folder=tmp_path, environ={}, explicit={})
    content = ingest.content(read(articles, kb=load_kb()), settings)
    lines = "".join(line for line in content.ntriples().splitlines(keepends=True) if "/run/" not in line)
    compare(HERE / "articles" / f"{name}.nt", lines, update=request.config.getoption("--update-golden"))


def test_all_queries_were_asked():
    assert len(QUERIES) >= 25


def test_the_cookbook_is_what_the_commands_give(corpus, monkeypatch):
    """``docs/cookbook.md`` shows every query with its answer on this corpus."""
    monkeypatch.syspath_prepend(str(SEEDS.parents[1] / "docs"))
    cookbook = importlib.import_module("refresh_cookbook")
    page = cookbook.page(corpus)
    assert cookbook.PAGE.read_text(encoding="utf-8") == page, "run: python docs/refresh_cookbook.py"
    assert [name for name in QUERIES if page.count(f"\n### {name}\n") != 1] == []
