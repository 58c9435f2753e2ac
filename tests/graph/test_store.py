"""The store on disk: never half written, one writer, no folder of others."""

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import LockedError, QueryError, StoreError
from kg.graph import generations
from kg.graph.store import EmbeddedStore, digest, ontology_triples

CHECKOUT = Path(__file__).parents[2]


def triples(count, start=0):
    """Make distinct triples."""
    predicate = ox.NamedNode("https://example.org/p")
    return [
        ox.Triple(ox.NamedNode(f"https://example.org/{i}"), predicate, ox.Literal(str(i)))
        for i in range(start, start + count)
    ]


def test_a_reader_beside_a_writer_keeps_what_it_opened(tmp_path):
    with EmbeddedStore(tmp_path / "s") as writer:
        writer.replace(triples(3))
        with EmbeddedStore(tmp_path / "s", readonly=True) as reader:
            writer.replace(triples(5))
            assert len(reader) == 3
            assert len(list(reader.triples())) == 3
        with EmbeddedStore(tmp_path / "s", readonly=True) as reader:
            assert len(reader) == 5
        assert len(writer) == 5


def test_the_same_graph_again_changes_nothing(tmp_path):
    with EmbeddedStore(tmp_path / "s") as store:
        assert store.replace(triples(3))
        before = sorted(path.name for path in (tmp_path / "s").iterdir())
        assert not store.replace(reversed(triples(3)))
        assert sorted(path.name for path in (tmp_path / "s").iterdir()) == before


def test_going_back_to_the_graph_before_works(tmp_path):
    with EmbeddedStore(tmp_path / "s") as store:
        for count in (1, 2, 1, 3, 1):
            store.replace(triples(count))
            assert len(store) == count
        assert len(list((tmp_path / "s").glob("generation-*"))) == 2


def test_a_second_writer_is_refused(tmp_path):
    with EmbeddedStore(tmp_path / "s"), pytest.raises(LockedError, match="another process is writing"):
        EmbeddedStore(tmp_path / "s")
    EmbeddedStore(tmp_path / "s").close()


def test_a_foreign_folder_is_refused_and_untouched(tmp_path):
    (tmp_path / "thesis.docx").write_text("mine")
    for readonly in (True, False):
        with pytest.raises(StoreError, match="other things"):
            EmbeddedStore(tmp_path, readonly=readonly)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize(("version", "hint"), [(99, "Update"), (0, "new folder"), (None, "new folder")])
def test_another_format_is_refused(tmp_path, version, hint):
    (tmp_path / "current").write_text(f'{{"format": {"null" if version is None else version}}}')
    with pytest.raises(StoreError, match="has format") as caught:
        EmbeddedStore(tmp_path, readonly=True)
    assert hint in caught.value.hint


def test_a_damaged_store_is_named(tmp_path):
    with EmbeddedStore(tmp_path / "s") as store:
        store.replace(triples(3))
    generation = next((tmp_path / "s").glob("generation-*"))
    for path in generation.iterdir():
        path.write_bytes(b"garbage")
    with pytest.raises(StoreError, match="damaged"):
        EmbeddedStore(tmp_path / "s", readonly=True)
    (tmp_path / "s" / "current").write_bytes(b"{")
    with pytest.raises(StoreError, match="cannot be read"):
        EmbeddedStore(tmp_path / "s", readonly=True)


def test_a_damaged_store_can_be_built_anew(tmp_path):
    with EmbeddedStore(tmp_path / "s") as store:
        store.replace(triples(3))
    for path in next((tmp_path / "s").glob("generation-*")).iterdir():
        path.write_bytes(b"garbage")
    with EmbeddedStore(tmp_path / "s") as store:
        assert store.replace(triples(4))
        assert len(store) == 4
    with EmbeddedStore(tmp_path / "s", readonly=True) as store:
        assert set(store.triples()) == set(triples(4))


def test_nothing_built_yet_is_said(tmp_path):
    with pytest.raises(StoreError, match="no graph yet") as caught:
        EmbeddedStore(tmp_path / "none", readonly=True)
    assert "kg build" in caught.value.hint
    assert not (tmp_path / "none").exists()
    EmbeddedStore(tmp_path / "s").close()
    with pytest.raises(StoreError, match="no graph yet"):
        generations.folder_in_force(tmp_path / "s")


def test_reading_only_cannot_change(tmp_path):
    with EmbeddedStore(tmp_path / "s") as store:
        store.replace(triples(3))
    with (
        EmbeddedStore(tmp_path / "s", readonly=True) as store,
        pytest.raises(StoreError, match="reading only"),
    ):
        store.load(triples(1))


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="permission"):
        EmbeddedStore(tmp_path / "s")


KILLED = """
import os, signal, sys, threading, time
from pathlib import Path
import pyoxigraph as ox
from kg.graph.store import EmbeddedStore
p = ox.NamedNode("https://example.org/p")
store = EmbeddedStore(Path(sys.argv[1]))
threading.Timer(float(sys.argv[2]), lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
for size in range(1, 10_000):
    store.replace([ox.Triple(ox.NamedNode(f"https://example.org/{i}"), p, ox.Literal(str(size))) for i in range(size)])
    print(size, flush=True)
"""


def test_kill_nine_never_loses_what_was_acknowledged(tmp_path):
    """Each graph of the writer has as many triples as their value says; a torn one would not."""
    killed = 0
    for round_ in range(6):
        folder = tmp_path / str(round_)
        command = [sys.executable, "-c", KILLED, str(folder), str(0.05 + 0.031 * round_)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=CHECKOUT)
        assert done.returncode == -9, done.stderr
        killed += 1
        acknowledged = int((done.stdout.split() or ["0"])[-1])
        if acknowledged == 0:
            continue
        with EmbeddedStore(folder, readonly=True) as store:
            values = {triple.object.value for triple in store.triples()}
            assert values == {str(len(store))}
            assert len(store) in {acknowledged, acknowledged + 1}
        with EmbeddedStore(folder) as store:
            store.replace(triples(7))
        assert not list(folder.glob(".kg-tmp-*"))
    assert killed == 6


def test_a_failed_update_changes_nothing(tmp_path):
    with EmbeddedStore(tmp_path / "s") as store:
        store.replace(triples(3))

        def broken():
            yield from triples(2, start=10)
            raise KeyError

        with pytest.raises(KeyError):
            store.load(broken())
        assert len(store) == 3
    with EmbeddedStore(tmp_path / "s", readonly=True) as store:
        assert len(store) == 3


def test_the_digest_follows_the_set_of_triples():
    assert digest(triples(3)) == digest([*reversed(triples(3)), *triples(1)])
    assert digest(triples(3)) != digest(triples(4))


def test_the_ontology_has_no_names_made_up_per_run():
    code = "from kg.graph.store import *; print(digest(ontology_triples()))"
    seen = set()
    for seed in ("0", "1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=CHECKOUT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        seen.add(done.stdout)
    assert seen == {f"{digest(ontology_triples())}\n"}


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path):
    (tmp_path / "file").write_text("mine")
    for folder in (tmp_path / "file", tmp_path / "file" / "s"):
        with pytest.raises(StoreError, match="not a folder"):
            EmbeddedStore(folder)
    assert (tmp_path / "file").read_text() == "mine"


def test_a_store_that_names_no_generation_holds_no_graph(tmp_path):
    (tmp_path / "current").write_text('{"format": 1}')
    with pytest.raises(StoreError, match="no graph yet"):
        generations.folder_in_force(tmp_path)
    assert len(EmbeddedStore(tmp_path, readonly=True)) == 0


def test_what_the_engine_cannot_answer_is_named():
    with pytest.raises(QueryError, match="cannot be evaluated"):
        EmbeddedStore().query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


def test_a_change_of_some_lines_gives_the_name_of_the_whole(tmp_path):
    five, six = (sorted(map(str, triples(count))) for count in (5, 6))
    with EmbeddedStore(tmp_path / "s") as store, EmbeddedStore(tmp_path / "t") as other:
        store.replace(triples(5))
        assert store.amend({five[0]}, set(six) - set(five))
        other.replace([triple for triple in triples(6) if str(triple) != five[0]])
        assert set(store.triples()) == set(other.triples())
        assert generations.current(tmp_path / "s") == generations.current(tmp_path / "t")
        assert not store.amend(set(), set())


def test_a_change_that_does_not_fit_leaves_the_graph_as_it_was(tmp_path):
    one, two = map(str, triples(2))
    with EmbeddedStore(tmp_path / "s") as store, EmbeddedStore() as memory:
        store.replace(triples(1))
        for removed, added in (({two}, set()), (set(), {one})):
            with pytest.raises(StoreError, match="does not fit"):
                store.amend(removed, added)
        assert list(map(str, store.triples())) == [one]
        store.update("INSERT DATA { <a:a> <a:b> <a:c> }")
        with pytest.raises(StoreError, match="does not fit"):  # nobody knows the sum of what others wrote
            store.amend(set(), {two})
        with pytest.raises(StoreError, match="does not fit"):
            memory.amend(set(), {one})
