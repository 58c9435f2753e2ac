"""The graphs that other people's tools are given: written by the command, not by its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from other_tools import ROOT

from kg import config, ingest
from kg.cli import main
from kg.project import Project

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = {
    "turtle": "graph.ttl",
    "nt": "graph.nt",
    "jsonld": "graph.jsonld",
    "rdfxml": "graph.rdf",
    "csv": "facts.csv",
    "graphml": "graph.graphml",
    "plover": "events.csv",
    "rdf12": "graph12.ttl",
    "webannotation": "annotations.jsonld",
}


def export_all(store: Path, folder: Path) -> Path:
    """Write the graph of a project folder in every format, with the command."""
    for layout, name in FORMATS.items():
        command = ["export", "--store", str(store), "--format", layout, "-o", str(folder / name)]
        assert main(command) == 0, layout
    return folder


@pytest.fixture(scope="session")
def exported(built, tmp_path_factory) -> Path:
    """A folder with the sample's graph in every format."""
    return export_all(built, tmp_path_factory.mktemp("exported"))


@pytest.fixture(scope="session")
def corpus(tmp_path_factory) -> Path:
    """A project folder with the graph of all sample articles."""
    folder = tmp_path_factory.mktemp("corpus") / "kg-store"
    settings = config.load(folder=folder.parent, environ={}, explicit={"store": folder})
    with Project.open(folder, create=True) as project:
        tally = ingest.build(project, [str(ROOT / "seeds" / "articles")], settings)
    assert not tally.refused
    return folder
