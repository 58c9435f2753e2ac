"""Files that have not changed are not looked through again, and everything is told as if they had been."""

import json
from pathlib import Path

import pytest

from kg import ledger
from kg.intake import Tally, memory_of, sort_out
from kg.ledger import Entry
from kg.project import Project
from kg.text import read
from kg.text.recall import Known, Memory, seal_of

PROSE = "Norway hosted talks between Sweden and Denmark in Oslo on Friday, officials said."
OTHER = "Kenya hosted talks between Sudan and Ethiopia in Nairobi on Monday, officials said."
READER = "reader 1"


class Builds:
    """Builds of a folder, one after the other, as ``kg.ingest`` makes them, with nothing read."""

    def __init__(self, folder):
        self.folder = folder
        self.articles = {}
        self.files = {}

    def build(self, *sources, reader=READER):
        tally = Tally()
        memory = memory_of(self.files, self.articles, reader)
        given = [str(each) for each in sources] or [str(self.folder)]
        store = self.folder / "kg-store"
        for article in sort_out(given, tally, self.articles, reader, store=store, memory=memory):
            digest = ledger.digest(article)
            self.articles[article.id] = Entry(digest, reader, tally.files[article.id])
        self.files = memory.files
        return tally

    def told(self, *sources, **more):
        """Give all that a build tells, and what it would tell without any memory."""
        articles = dict(self.articles)
        found = self.build(*sources, **more)
        bare = Builds(self.folder)
        bare.articles = articles
        return found, bare.build(*sources, **more)


@pytest.fixture
def looked(monkeypatch):
    """Gather the files that are looked through."""
    found, of_bytes = [], read._of_bytes

    def spy(data, suffix, *, name, where, warn):
        found.append(Path(where).name)
        return of_bytes(data, suffix, name=name, where=where, warn=warn)

    monkeypatch.setattr(read, "_of_bytes", spy)
    return found


def record(name, text):
    return json.dumps({"id": name, "text": text})


def test_what_has_not_changed_is_not_looked_through(tmp_path, looked):
    (tmp_path / "a.txt").write_text(PROSE)
    (tmp_path / "b.md").write_text(f"---\nid: kenya\ndate: 2024-05-01\n---\n{OTHER}")
    (tmp_path / "c.jsonl").write_text(f"{record('one', PROSE + ' One.')}\n{record('two', PROSE + ' Two.')}\n")
    builds = Builds(tmp_path)
    assert builds.build().new == ["a", "kenya", "one", "two"]
    assert looked == ["a.txt", "b.md", "c.jsonl"]
    looked.clear()
    found, bare = builds.told()
    assert looked == ["a.txt", "b.md", "c.jsonl"]  # by the one without memory alone
    assert found == bare
    assert found.unchanged == ["a", "kenya", "one", "two"]
    assert found.places["two"] == f"{tmp_path / 'c.jsonl'}:2"


def test_one_that_has_changed_is(tmp_path, looked):
    (tmp_path / "a.txt").write_text(PROSE)
    (tmp_path / "b.jsonl").write_text(f"{record('one', PROSE + ' One.')}\n{record('two', PROSE + ' Two.')}\n")
    builds = Builds(tmp_path)
    builds.build()
    (tmp_path / "b.jsonl").write_text(f"{record('one', PROSE + ' One.')}\n{record('two', OTHER)}\n")
    looked.clear()
    found = builds.build()
    assert looked == ["b.jsonl"]
    assert (found.unchanged, found.replaced) == (["a", "one"], ["two"])
    looked.clear()
    assert builds.build().unchanged == ["a", "one", "two"]
    assert looked == []


def test_another_reader_an_article_gone_and_another_name_look_again(tmp_path, looked):
    (tmp_path / "a.txt").write_text(PROSE)
    builds = Builds(tmp_path)
    builds.build()
    assert builds.build(reader="reader 2").replaced == ["a"]
    del builds.articles["a"]
    assert builds.build(reader="reader 2").new == ["a"]
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    assert builds.build(reader="reader 2").new == ["b"]
    assert looked == ["a.txt", "a.txt", "a.txt", "b.txt"]


def test_what_is_odd_or_refused_is_told_every_time(tmp_path):
    (tmp_path / "page.txt").write_text(f"<!doctype html><html><body><p>{PROSE}</p></body></html>")
    (tmp_path / "half.jsonl").write_text(f"{record('one', OTHER)}\nno record\n")
    (tmp_path / "empty.txt").write_text("")
    builds = Builds(tmp_path)
    first = builds.build()
    assert len(first.warned) == 1
    assert len(first.refused) == 2
    found, bare = builds.told()
    assert found.warned == bare.warned == first.warned
    assert list(map(str, found.refused)) == list(map(str, first.refused))
    assert (found.unchanged, builds.files) == (["one", "page"], {})


def test_twins_and_copies_are_told_of_by_what_is_remembered(tmp_path, looked):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(PROSE)
    (tmp_path / "twin.txt").write_text(PROSE)
    builds = Builds(tmp_path)
    first = builds.build()
    looked.clear()
    second = builds.build()
    assert looked == []
    assert [notice.what for notice in second.warned] == [notice.what for notice in first.warned]
    assert len(second.warned) == 1
    assert second.unchanged == ["a", "twin"]


def test_an_article_that_moves_with_its_id_is_where_it_is_now(tmp_path, looked):
    (tmp_path / "a.md").write_text(f"---\nid: oslo\n---\n{PROSE}")
    (tmp_path / "b.txt").write_text(OTHER)
    builds = Builds(tmp_path)
    builds.build()
    (tmp_path / "far").mkdir()
    for name in ("a.md", "b.txt"):
        (tmp_path / name).rename(tmp_path / "far" / name)
    looked.clear()
    found, bare = builds.told()
    assert found == bare
    assert sorted(found.unchanged) == ["b", "oslo"]
    assert found.files["oslo"] == ""
    assert found.files["b"].endswith("far/b.txt")


def test_a_file_known_in_part_is_looked_through_whole():
    known = (Known("a", "1", "w", ":1", named=False), Known("b", "2", "w", ":2", named=False))
    memory = Memory({"seal": known}, is_unchanged=lambda found: found.id == "a")
    assert memory.recall("seal") == ()
    assert not memory.changed
    memory.begin("seal")
    assert (memory.files, memory.changed) == ({}, True)
    memory.distrust("seal")
    memory.learn("seal", known[0])
    memory.learn("", known[0])
    assert memory.files == {}


def test_a_seal_is_of_bytes_name_and_ending():
    seals = {seal_of(b"a", suffix=".txt", name="n"), seal_of(b"b", suffix=".txt", name="n")}
    seals |= {seal_of(b"a", suffix=".md", name="n"), seal_of(b"a", suffix=".txt", name="\udcff")}
    assert len(seals) == 4


@pytest.mark.parametrize(
    "damage", [b"", b"[]", b"{}", b'{"version": 0, "files": {}}', b'{"files": {"a": 1}}']
)
def test_a_damaged_memory_is_none(tmp_path, damage):
    with Project.open(tmp_path / "p", create=True) as project:
        project.cache.mkdir(exist_ok=True)
        (project.cache / "files.json").write_bytes(damage)
        assert ledger.load_files(project) == {}


def test_only_files_whose_articles_are_kept_are_remembered(tmp_path):
    kept, gone = Known("a", "1", "w", "", named=True), Known("b", "2", "w", "", named=True)
    with Project.open(tmp_path / "p", create=True) as project:
        project.cache.mkdir(exist_ok=True)
        entries = ledger.Ledger({"a": Entry("1", READER), "b": Entry("3", READER)})
        ledger.save_files(project, entries, {"x": (kept,), "y": (kept, gone), "z": (gone,)})
        assert ledger.load_files(project) == {"x": (kept,)}


def test_builds_on_disk_remember(kg, tmp_path, looked):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(PROSE)
    store = tmp_path / "store"
    assert kg("build", tmp_path / "in", "--store", store).code == 0
    looked.clear()
    assert "1 unchanged" in kg("build", tmp_path / "in", "--store", store).err
    assert "1 unchanged" in kg("build", tmp_path / "in", "--store", store, "--dry-run").err
    assert looked == []
    assert "1 replaced" in kg("build", tmp_path / "in", "--store", store, "--again").err
    assert looked == ["a.txt"]
    assert "1 removed" in kg("remove", "a", "--store", store).err
    assert "1 read" in kg("build", tmp_path / "in", "--store", store).err


def test_a_memory_that_cannot_be_written_harms_nothing(kg, tmp_path, monkeypatch):
    def full(*_):
        raise ledger.files.store_error(OSError(28, "No space left on device"), tmp_path)

    monkeypatch.setattr("kg.ledger.save_files", full)
    (tmp_path / "a.txt").write_text(PROSE)
    assert kg("build", tmp_path / "a.txt", "--store", tmp_path / "store").code == 0
