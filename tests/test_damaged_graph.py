"""A graph that is damaged is made anew from the readings by the next build, which says so."""

import json
import shutil

import pytest

from kg.project import Project


def generation(project):
    return project / "store" / json.loads((project / "store" / "current").read_bytes())["generation"]


def largest(project):
    return max(generation(project).glob("*.sst"), key=lambda path: path.stat().st_size)


def cut(path):
    path.write_bytes(path.read_bytes()[:-100])


DAMAGES = {
    "no database": lambda p: shutil.rmtree(generation(p)),
    "a file of it missing": lambda p: largest(p).unlink(),
    "a file cut": lambda p: cut(largest(p)),
    "a file empty": lambda p: largest(p).write_bytes(b""),
    "its list of files cut": lambda p: cut(next(generation(p).glob("MANIFEST-*"))),
    "as long as before, but nonsense": lambda p: (generation(p) / "CURRENT").write_bytes(b"nonsense--------"),
    "what is in force torn": lambda p: (p / "store" / "current").write_bytes(b'{"form'),
}


def graph(folder):
    with Project.open(folder) as project, project.store() as store:
        return sorted(map(str, store.triples()))


@pytest.mark.parametrize("name", DAMAGES)
def test_a_build_with_nothing_new_mends_a_damaged_graph_and_says_so(kg, sample, project, built, name):
    DAMAGES[name](project)
    ran = kg("build", *sample, "--store", project)
    assert ran.code == 0, ran.err
    assert "the graph was damaged, and was made anew from the readings" in ran.err
    assert f"{len(sample)} unchanged" in ran.err
    assert graph(project) == graph(built)
    again = kg("build", *sample, "--store", project)
    assert "damaged" not in again.err
    assert "(unchanged)" in again.err


@pytest.mark.parametrize("lost", ["store", "store/current"])
def test_a_graph_that_was_deleted_is_no_damaged_one(kg, sample, project, built, lost):
    path = project / lost
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    ran = kg("build", *sample, "--store", project)
    assert (ran.code, "damaged" in ran.err) == (0, False)
    assert graph(project) == graph(built)


def test_readings_that_are_damaged_too_are_named_and_nothing_is_removed(kg, sample, project):
    cut(largest(project))
    first = min((project / "readings").glob("*.json"))
    first.write_bytes(first.read_bytes()[:50])
    ran = kg("build", *sample, "--store", project)
    assert ran.code == 3
    assert first.name in ran.err
    assert "hint: " in ran.err
    assert generation(project).is_dir()


def test_a_copied_or_moved_project_is_whole(kg, sample, project, tmp_path):
    moved = project.rename(tmp_path / "moved")
    for path in generation(moved).iterdir():
        path.touch()
    ran = kg("build", *sample, "--store", moved)
    assert (ran.code, "(unchanged)" in ran.err, "damaged" in ran.err) == (0, True, False)


def test_a_damaged_graph_that_cannot_be_taken_away_is_named(kg, sample, project, monkeypatch):
    cut(largest(project))

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("kg.graph.generations.shutil.rmtree", refuse)
    ran = kg("build", *sample, "--store", project)
    assert ran.code != 0
    assert "permission denied" in ran.err
    assert "hint: " in ran.err
