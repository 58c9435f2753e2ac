"""The ledger: believed only where it fits what is kept, and written only where nobody else writes."""

import json
import shutil

import pytest

from kg import ledger
from kg.errors import LockedError, StoreError
from kg.ledger import Entry, Ledger
from kg.model import Article, Reading
from kg.project import Project


@pytest.fixture
def project(tmp_path):
    with Project.open(tmp_path / "p", create=True) as project:
        project.add(Reading(Article("a", "Talks open in Oslo."), (), (), (), pipeline="test 1"))
        yield project


def known(project):
    (reading,) = project.readings()
    return {"a": Entry(ledger.digest(reading.article), "test 1")}


def test_it_comes_back_as_it_was_saved(project):
    for name in ("../\u00e9.txt", "../\udc80.txt"):  # the second is how Python tells a name that is no UTF-8
        saved = Ledger({"a": Entry("digest", "reader", name)}, "graph")
        ledger.save(project, saved)
        assert ledger.load(project) == saved


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"version": 1, "graph": "x", "articles": []}',
        '{"version": 1, "graph": "x", "articles": {"a": 5}}',
        '{"version": 1, "graph": "x", "articles": {"a": ["only one"]}}',
        '{"version": 99, "graph": "x", "articles": {"a": ["d", "r", "f"]}}',
        '{"version": 1, "graph": "x", "articles": {"a": ["d", "r"], "b": ["d", "r"]}}',
        '{"version": 1, "graph": "x", "articles": {}}',
    ],
)
def test_what_does_not_fit_is_made_again_from_the_readings(project, text):
    (project.cache / "ledger.json").write_text(text)
    assert ledger.load(project) == Ledger(known(project))


def test_it_is_gone_while_it_is_not_to_be_believed(project):
    ledger.save(project, Ledger(known(project), "graph"))
    assert ledger.load(project).graph == "graph"
    ledger.distrust(project)
    ledger.distrust(project)
    assert ledger.load(project).graph == ""


def test_beside_another_writer_it_is_not_saved(project):
    with Project.open(project.folder) as other, pytest.raises(LockedError):
        ledger.save_alone(other, Ledger())
    assert not (project.cache / "ledger.json").exists()
    project.close()
    ledger.save_alone(project, Ledger(known(project), "graph"))
    assert json.loads((project.cache / "ledger.json").read_bytes())["graph"] == "graph"


def test_the_digest_of_a_graph_follows_all_that_it_is_made_of():
    one = {"a": Entry("d", "r", "f"), "b": Entry("e", "r")}
    same = ledger.graph_digest(dict(reversed(one.items())), b"", "builder", "kb")
    assert same == ledger.graph_digest({**one, "a": Entry("d", "r", "elsewhere")}, b"", "builder", "kb")
    others = [
        ledger.graph_digest({"a": one["a"]}, b"", "builder", "kb"),
        ledger.graph_digest({**one, "b": Entry("e", "s")}, b"", "builder", "kb"),
        ledger.graph_digest(one, b"x", "builder", "kb"),
        ledger.graph_digest(one, b"", "builder", "kb 2"),
    ]
    assert len({same, *others}) == 5


def test_a_cache_that_cannot_be_written_is_named(project):
    shutil.rmtree(project.cache)
    project.cache.write_text("a file")
    with pytest.raises(StoreError, match="not a folder"):
        ledger.distrust(project)
