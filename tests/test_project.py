"""The project folder: readings come back as they were, nothing of others is touched, nothing is lost."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.codec import dumps
from kg.errors import KGError, LockedError, StoreError
from kg.graph.store import EmbeddedStore, ontology_triples
from kg.model import Article, Reading
from kg.project import Project

CHECKOUT = Path(__file__).parents[1]


def reading(name, text="Talks open in Oslo."):
    """Make the reading of an article in which nothing was found."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Reading(
        Article(id=name, text=text, title=f"Title of {name}", sha256=sha256), (), (), (), pipeline="test 1"
    )


def test_readings_come_back_as_they_were_in_the_order_of_their_hashes(tmp_path):
    readings = [reading(f"articles/{i}.txt", f"Text {i} \u202e \U0001f54a\r\n\t") for i in range(5)]
    with Project.open(tmp_path / "p", create=True) as project:
        for each in readings:
            project.add(each)
        assert len(project) == 5
    with Project.open(tmp_path / "p") as project:
        assert list(project.readings()) == sorted(readings, key=lambda each: each.article.sha256)
        assert project.find(readings[2].article.sha256) == readings[2]
        assert project.find("0" * 64) is None


def test_a_reading_takes_the_place_of_the_one_before(tmp_path):
    with Project.open(tmp_path / "p", create=True) as project:
        project.add(reading("a", "first"))
        project.add(reading("b", "second"))
        project.add(reading("a", "third"))
        project.add(replace(reading("a", "third"), pipeline="test 2"))
        found = {each.article.id: (each.article.text, each.pipeline) for each in project.readings()}
        assert found == {"a": ("third", "test 2"), "b": ("second", "test 1")}
        assert project.remove("a")
        assert not project.remove("a")
        assert [each.article.id for each in project.readings()] == ["b"]


def test_add_then_remove_leaves_nothing(tmp_path):
    with Project.open(tmp_path / "p", create=True) as project:
        project.add(reading("a"))
        before = {path.name: path.read_bytes() for path in (tmp_path / "p/readings").iterdir()}
        project.add(reading("b", "other"))
        project.remove("b")
        assert {path.name: path.read_bytes() for path in (tmp_path / "p/readings").iterdir()} == before


def test_of_two_with_one_id_the_newer_counts(tmp_path):
    """As a run leaves them that is killed between writing the new one and removing the old one."""
    with Project.open(tmp_path / "p", create=True) as project:
        project.add(reading("a", "old"))
        (old,) = (tmp_path / "p/readings").iterdir()
        data = old.read_bytes()
        os.utime(old, ns=(0, 0))
        project.add(reading("a", "new"))
        old.write_bytes(data)
        os.utime(old, ns=(0, 0))
        assert [each.article.text for each in project.readings()] == ["new"]
        project.remove("a")
        assert list(project.readings()) == []


def test_a_second_writer_is_refused_and_readers_are_not(tmp_path):
    with Project.open(tmp_path / "p", create=True) as first, Project.open(tmp_path / "p") as second:
        first.add(reading("a"))
        assert [each.article.id for each in second.readings()] == ["a"]
        with pytest.raises(LockedError):
            second.add(reading("b"))
    with Project.open(tmp_path / "p") as third:
        third.add(reading("b"))


@pytest.mark.parametrize("create", [True, False])
def test_a_foreign_folder_is_refused_and_untouched(tmp_path, create):
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(StoreError, match="other things") as caught:
        Project.open(tmp_path, create=create)
    assert caught.value.exit_code == 3
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_missing_folder_is_made_only_when_asked(tmp_path):
    with pytest.raises(StoreError, match="no project folder") as caught:
        Project.open(tmp_path / "p")
    assert "kg build" in caught.value.hint
    assert not (tmp_path / "p").exists()
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="not a folder"):
        Project.open(tmp_path / "file", create=True)
    with pytest.raises(StoreError, match="not a folder"):
        Project.open(tmp_path / "file" / "p", create=True)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ('{"format": 99}', "has format 99"),
        ('{"format": 0}', "has format 0"),
        ("{", "cannot be read"),
        ("[]", "has format None"),
    ],
)
def test_a_folder_of_another_version_is_refused(tmp_path, content, fault):
    (tmp_path / "project.json").write_text(content)
    with pytest.raises(StoreError, match=fault):
        Project.open(tmp_path)


def test_a_damaged_reading_is_named(tmp_path):
    with Project.open(tmp_path / "p", create=True) as project:
        project.add(reading("a"))
        (path,) = (tmp_path / "p/readings").iterdir()
        path.write_bytes(path.read_bytes()[:50])
        with pytest.raises(KGError) as caught:
            list(project.readings())
        assert path.name in str(caught.value)


def test_what_was_just_added_is_not_decoded_again_unless_its_file_changed(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.project._AT_HAND", 2)
    with Project.open(tmp_path / "p", create=True) as project:
        added = [reading(name) for name in ("a", "b", "c", "a")]
        for one in added:
            project.add(one)
        found = {one.article.id: one for one in project.readings()}
        assert found["b"] is added[1]
        assert found["c"] == added[2]
        assert found["c"] is not added[2]
        assert found["a"] == added[3]
        with Project.open(tmp_path / "p") as other:
            (path,) = (path for path in other._files() if other._decode(path).article.id == "b")
        path.write_bytes(dumps(replace(added[1], pipeline="another")))
        assert {one.article.id: one.pipeline for one in project.readings()}["b"] == "another"


def test_the_graph_holds_the_ontology_and_can_be_rebuilt(tmp_path):
    fact = ox.Triple(ox.NamedNode("https://x.org/a"), ox.NamedNode("https://x.org/p"), ox.Literal("1"))
    with Project.open(tmp_path / "p", create=True) as project:
        assert project.rebuild([fact])
        assert not project.rebuild(iter([fact]))
        with project.store() as store:
            assert len(store) == 1 + len(ontology_triples())
        assert project.rebuild([])
    with EmbeddedStore(tmp_path / "p/store", readonly=True) as store:
        assert fact not in set(store.triples())


KILLED = """
import hashlib, os, signal, sys, threading
from pathlib import Path
from kg.model import Article, Reading
from kg.project import Project
project = Project.open(Path(sys.argv[1]), create=True)
threading.Timer(float(sys.argv[2]), lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
for number in range(100_000):
    text = f"text {number} " * 200
    project.add(Reading(Article(f"a{number % 50}", text, sha256=hashlib.sha256(text.encode()).hexdigest()), (), (), ()))
    print(number, flush=True)
"""


def test_kill_nine_loses_nothing_that_was_acknowledged(tmp_path):
    rounds = 0
    for round_ in range(4):
        folder = tmp_path / str(round_)
        command = [sys.executable, "-c", KILLED, str(folder), str(0.04 + 0.043 * round_)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=CHECKOUT)
        assert done.returncode == -9, done.stderr
        rounds += 1
        last = int((done.stdout.split() or ["-1"])[-1])
        with Project.open(folder, create=True) as project:
            found = {each.article.id: int(each.article.text.split()[1]) for each in project.readings()}
            for number in range(max(0, last - 49), last + 1):
                assert found[f"a{number % 50}"] in {number, number + 50}
            project.add(reading("after"))
        assert not list(folder.rglob(".kg-tmp-*"))
    assert rounds == 4


def test_the_marker_says_what_the_folder_is(tmp_path):
    Project.open(tmp_path / "p", create=True).close()
    assert json.loads((tmp_path / "p/project.json").read_text()) == {"format": 1, "program": "diplomacy-kg"}


def test_a_removal_that_is_killed_leaves_the_newest_text_or_none(tmp_path, monkeypatch):
    folder = tmp_path / "p"
    with Project.open(folder, create=True) as project:
        project.add(reading("a", "First text."))
        kept = {path: path.read_bytes() for path in (folder / "readings").iterdir()}
        project.add(reading("a", "Second text."))
    for path, data in kept.items():  # what a run leaves that is killed before the old file is gone
        path.write_bytes(data)
        os.utime(path, (0, 0))
    unlinked = []

    def killed(path, **_):
        if unlinked:
            raise KeyboardInterrupt
        unlinked.append(path)
        os.unlink(path)  # noqa: PTH108  (the method itself is what is replaced)

    monkeypatch.setattr("pathlib.Path.unlink", killed)
    with Project.open(folder) as project, pytest.raises(KeyboardInterrupt):
        project.remove("a")
    monkeypatch.undo()
    assert unlinked == list(kept)
    assert [one.article.text for one in Project.open(folder).readings()] == ["Second text."]


def test_what_cannot_be_read_or_removed_is_named(tmp_path):
    with Project.open(tmp_path / "p", create=True) as project:
        project.add(reading("a"))
        (path,) = (tmp_path / "p/readings").iterdir()
        path.unlink()
        path.mkdir()
        with pytest.raises(StoreError, match="is a folder, not a file"):
            list(project.readings())
        with pytest.raises(StoreError):
            project.remove("a")
        assert path.is_dir()


def test_a_file_in_the_place_of_the_readings_is_named(tmp_path):
    with Project.open(tmp_path / "p", create=True) as project:
        (tmp_path / "p/readings").write_text("mine")
        with pytest.raises(StoreError):
            project.add(reading("a"))
    assert (tmp_path / "p/readings").read_text() == "mine"
