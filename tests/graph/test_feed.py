"""Lines on their way into a store: the same bytes and the same digest, however they are cut."""

from __future__ import annotations

import hashlib

import pyoxigraph as ox
import pytest

from kg.graph import feed as feeds
from kg.graph.feed import Feed, digest
from kg.graph.generations import current
from kg.graph.store import EmbeddedStore, ontology_triples

LINES = [
    f'<https://example.org/{number:03d}> <https://example.org/p> "{number} \\" ö"' for number in range(50)
]
FURTHER = [
    "<https://example.org/007a> <https://example.org/p> <https://example.org/q>",
    LINES[20],
    "<https://example.org/zzz> <https://example.org/p> <https://example.org/q>",
    "<https://a.example/> <https://example.org/p> <https://example.org/q>",
]


def of_all(lines):
    """The sum by its definition."""
    hashes = (hashlib.blake2b(line.encode(), digest_size=64).digest() for line in set(lines))
    return sum(int.from_bytes(found, "little") for found in hashes) % 2**512


@pytest.mark.parametrize("size", [1, 7, 1024])
@pytest.mark.parametrize("at_once", [1, 3, 50, 4096])
def test_cuts_do_not_show(monkeypatch, size, at_once):
    monkeypatch.setattr(feeds, "_LINES", at_once)
    feed = Feed(iter(LINES), FURTHER)
    assert b"".join(iter(lambda: feed.read(size), b"")) == "".join(f"{line} .\n" for line in LINES).encode()
    assert feed.total == of_all([*LINES, *FURTHER])


def test_nothing_is_a_file_too():
    feed = Feed(())
    assert feed.read(10) == b""
    assert feed.total == of_all([]) == digest([])
    alone = Feed((), FURTHER)
    assert alone.read(10) == b""
    assert alone.total == of_all(FURTHER) == digest(FURTHER)


def test_a_store_that_is_filled_by_lines_is_the_one_filled_by_triples(tmp_path):
    triples = [
        quad.triple for quad in ox.parse("".join(f"{line} .\n" for line in LINES), ox.RdfFormat.N_TRIPLES)
    ]
    ontology = ontology_triples()
    assert any(isinstance(triple.subject, ox.BlankNode) for triple in ontology)
    with EmbeddedStore(tmp_path / "one") as one, EmbeddedStore(tmp_path / "other") as other:
        assert one.replace([*triples, *ontology])
        assert other.refill(LINES, ontology)
        assert set(one.triples()) == set(other.triples()) == {*triples, *ontology}
        assert current(tmp_path / "one") == current(tmp_path / "other")
        assert not other.refill(LINES, ontology)
        assert not other.replace([*triples, *ontology])
        assert other.refill(LINES[1:], ontology)
        assert len(other) == len(triples) - 1 + len(ontology)


def test_a_store_in_memory_is_filled_by_lines():
    with EmbeddedStore() as store:
        store.load(ontology_triples())
        assert store.refill(LINES)
        assert len(store) == len(LINES)


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, ValueError])
def test_what_breaks_off_leaves_the_old_graph(tmp_path, error):
    def lines():
        yield from LINES
        raise error

    with EmbeddedStore(tmp_path) as store:
        store.refill(LINES[:2])
        with pytest.raises(error):
            store.refill(lines())
        assert len(store) == 2
    assert sorted(path.name.partition("-")[0] for path in tmp_path.iterdir()) == [
        "current",
        "generation",
        "lock",
    ]
