"""One open graph for all readers, exchanged when a build has ended."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.graph.store import EmbeddedStore
from kg.project import Project
from kg.web.site import Site


def fact(number):
    return ox.Triple(
        ox.NamedNode("https://x.org/a"), ox.NamedNode("https://x.org/p"), ox.Literal(str(number))
    )


def put(folder, *numbers):
    with EmbeddedStore(folder / "store") as store:
        store.replace(map(fact, numbers))


@pytest.fixture
def site(tmp_path):
    Project.open(tmp_path / "p", create=True).close()
    found = Site(tmp_path / "p")
    yield found
    found.close()


def test_without_a_graph_there_is_a_named_error(site):
    with pytest.raises(StoreError, match="there is no graph yet"):
        site.version()
    with pytest.raises(StoreError, match="there is no graph yet"), site.reading():
        pass


def test_all_readers_share_one_open_graph(site):
    put(site.folder, 1)
    with site.reading() as one, site.reading() as two:
        assert one is two
        assert len(one) == 1


def test_the_next_reader_sees_a_build_that_has_ended_and_the_one_before_keeps_what_it_has(site):
    put(site.folder, 1)
    before = site.version()
    with site.reading() as old:
        put(site.folder, 1, 2)
        with site.reading() as new:
            assert (len(old), len(new)) == (1, 2)
        assert len(old) == 1
    assert site.version() != before


def test_an_old_graph_is_closed_when_its_last_reader_is_gone(site):
    put(site.folder, 1)
    with site.reading() as old:
        with site.reading() as same:
            assert same is old
            put(site.folder, 2)
            with site.reading():
                pass
            assert len(old) == 1
        assert len(old) == 1
    assert len(old) == 0, "it is still open"


def test_a_graph_nobody_reads_is_closed_when_another_is_in_force(site):
    put(site.folder, 1)
    with site.reading() as old:
        pass
    assert len(old) == 1, "it is kept open for the next"
    put(site.folder, 2)
    with site.reading() as new:
        assert len(new) == 1
    assert len(old) == 0


def test_equal_graphs_have_one_version(site):
    put(site.folder, 1)
    first = site.version()
    put(site.folder, 2)
    second = site.version()
    put(site.folder, 1)
    assert (site.version() == first, second == first) == (True, False)


def test_many_readers_beside_builds_see_whole_graphs(site):
    """Each build writes one more fact; a reader counts what there is, twice in one block."""
    put(site.folder, 0)
    ended = threading.Event()

    def read(_):
        seen = []
        while not ended.is_set():
            with site.reading() as store:
                seen.append((len(store), len(set(store.triples()))))
        return seen

    with ThreadPoolExecutor(8) as readers:
        found = readers.map(read, range(8))
        for last in range(1, 12):
            put(site.folder, *range(last + 1))
        ended.set()
        counts = [pair for seen in found for pair in seen]
    assert counts
    assert all(one == two and 1 <= one <= 12 for one, two in counts)
