"""The documented way to cut an export into parts for a bulk loader, and to merge exports: run as it is written."""

import re
import shutil
import subprocess

import pyoxigraph as ox
import pytest
from sample_articles import ROOT

BLOCKS = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "performance.md").read_text("utf-8"), re.DOTALL)

pytestmark = pytest.mark.skipif(shutil.which("split") is None, reason="no split here")


def run(block, folder):
    commands = [line for line in block.splitlines() if not line.startswith("kg ")]
    subprocess.run(["sh", "-ec", "\n".join(commands)], cwd=folder, check=True)


def canonical(*files):
    """Give the graph of some files, each with blank nodes of its own."""
    store = ox.Store()
    for file in files:
        store.load(path=str(file), format=ox.RdfFormat.N_TRIPLES)
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


@pytest.fixture
def exported(kg, tmp_path):
    assert kg("export", "-o", "graph.nt").code == 0
    return tmp_path / "graph.nt"


def test_both_recipes_are_there():
    assert len(BLOCKS) == 2
    assert BLOCKS[0].startswith("kg export -o graph.nt\n")


def test_the_parts_are_the_graph(exported, tmp_path):
    run(BLOCKS[0], tmp_path)
    parts = sorted(tmp_path.glob("part-*.nt"))
    assert len(parts) == 9
    assert all(part.stat().st_size for part in parts)
    for part in parts:
        lines = part.read_bytes().splitlines()
        assert lines == sorted(lines)
    assert canonical(*parts) == canonical(exported)


def test_cut_anywhere_the_blank_nodes_would_fall_apart(exported, tmp_path):
    lines = exported.read_bytes().splitlines(keepends=True)
    halves = [tmp_path / "one.nt", tmp_path / "two.nt"]
    first = next(number for number, line in enumerate(lines) if line.startswith(b"_:"))
    halves[0].write_bytes(b"".join(lines[:first]))
    halves[1].write_bytes(b"".join(lines[first:]))
    assert canonical(*halves) != canonical(exported)


def test_exports_that_overlap_are_merged(exported, tmp_path):
    lines = exported.read_bytes().splitlines(keepends=True)
    (tmp_path / "month-1.nt").write_bytes(b"".join(lines[: len(lines) * 2 // 3]))
    (tmp_path / "month-2.nt").write_bytes(b"".join(lines[len(lines) // 3 :]))
    before = exported.read_bytes()
    exported.unlink()
    run(BLOCKS[1], tmp_path)
    assert exported.read_bytes() == before
