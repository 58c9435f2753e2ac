"""Start-up: what a command does not need, it does not import. Each in a fresh interpreter."""

import pytest

from kg import ledger, versions
from kg.project import Project

HEAVY = (
    "pydantic",
    "spacy",
    "rdflib",
    "pyvis",
    "IPython",
    "pyshacl",
    "SPARQLWrapper",
    "trafilatura",
    "numpy",
)
AFTER = """
import sys
{what}
print("HEAVY", *sorted(set({heavy!r}) & set(sys.modules)))
"""
RUN = "from kg.cli import main\nassert main({arguments!r}) == 0, 'the command failed'"


def imported(fresh, what, heavy=(*HEAVY, "pyoxigraph"), **environ):
    ran = fresh(code=AFTER.format(what=what, heavy=heavy), **environ)
    assert ran.code == 0, ran.err
    return ran.out.rsplit("HEAVY", 1)[1].split()


def test_the_check_sees_what_is_imported(fresh):
    assert imported(fresh, "import rdflib") == ["rdflib"]


def test_import_kg_costs_nothing(fresh):
    assert (
        imported(
            fresh, "import kg, sys\nassert 'typer' not in sys.modules\nassert 'kg.model' not in sys.modules"
        )
        == []
    )


@pytest.mark.parametrize(
    "arguments", [["--help"], ["build", "--help"], ["query", "--help"], ["cache"], ["--version"]]
)
def test_help_imports_nothing_heavy(fresh, arguments):
    assert imported(fresh, RUN.format(arguments=arguments)) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "chronology"],
        ["query", "-q", "ASK { ?s ?p ?o }"],
        ["show", "TPLF"],
        ["export", "-o", "graph.ttl"],
        ["conflicts"],
        ["timeline"],
    ],
)
def test_asking_imports_the_engine_and_no_more(fresh, arguments):
    assert set(imported(fresh, RUN.format(arguments=arguments))) <= {"pyoxigraph"}


# A line that is written plainly needs no typer.
UNASKED = ("typer", "rich", "click", "pydantic")
PLAIN = [
    ["query", "chronology"],
    ["query", "chronology", "--param", "place=Ethiopia", "--format=csv"],
    ["query", "--list"],
    ["show", "TPLF", "--evidence"],
    ["stats"],
    ["timeline"],
    ["conflicts"],
    ["export", "-o", "graph.ttl"],
    ["graph", "-o", "graph.html"],
]
TO_ASK = ("tomllib", "difflib", "textwrap", "subprocess", "kg.model", "kg.graph.guard", "kg.graph.asking")
"""What the answer to a named query did not need, and took half as long again to import."""


@pytest.mark.parametrize("arguments", PLAIN)
def test_a_plain_line_imports_no_typer(fresh, arguments):
    assert imported(fresh, RUN.format(arguments=arguments), UNASKED) == []


def test_a_line_that_is_not_plain_is_for_typer(fresh):
    assert "typer" in imported(fresh, RUN.format(arguments=["query", "--help"]), UNASKED)


def test_a_named_query_imports_what_it_needs_alone(fresh):
    assert imported(fresh, RUN.format(arguments=["query", "chronology"]), TO_ASK) == []


def test_a_query_of_ones_own_is_looked_at_and_runs_in_a_process(fresh):
    needed = {"subprocess", "kg.graph.guard", "kg.graph.asking"}
    found = imported(fresh, RUN.format(arguments=["query", "-q", "ASK { ?s ?p ?o }"]), TO_ASK)
    assert set(found) == needed


# What made the sample: the sources may be edited between the build of the sample and this one.
PINNED = """
import kg.versions
kg.versions.reader = lambda **_: {reader!r}
kg.versions.builder = lambda: {builder!r}
kg.versions.kb_version = lambda extra=(): {kb!r}
"""


def test_building_what_is_unchanged_imports_no_spacy(fresh, built, sample):
    with Project.open(built) as project:
        reader = next(iter(ledger.load(project).articles.values())).reader
    pinned = PINNED.format(reader=reader, builder=versions.builder(), kb=reader.rpartition(" kb ")[2])
    before = (built / "cache" / "ledger.json").stat().st_mtime_ns
    found = imported(fresh, pinned + RUN.format(arguments=["build", *sample]))
    assert (built / "cache" / "ledger.json").stat().st_mtime_ns == before, "something was read"
    assert not set(found) & {"spacy", "rdflib", "pyvis", "trafilatura"}, found


def test_the_api_opens_a_graph_without_spacy(fresh, built):
    found = imported(fresh, f"import kg\nassert len(kg.open({str(built)!r}).query('chronology')) > 0")
    assert set(found) <= {"pyoxigraph"}
