"""The store against rdflib, as ratios measured in one run.

Usage: python -m benchmarks.stores [--copies N] [--rounds N]

The graph is that of the sample corpus, ``N`` times over under other names (7 copies: about 100,000 triples).

- *load*: CPU time of rdflib to parse the graph's Turtle, over that of putting it into a store on disk. Goal: 6 or more.
- *export*: CPU time of rdflib to write it as Turtle, over that of ``kg export``'s writer. Goal: 5 or more.
- *query*: CPU time of rdflib for "who led which delegation", over that of the store. Goal: 100 or more; and ten times the
  data take the store at most 15 times as long.

The best of N rounds is taken for each, of rdflib one.
"""

from __future__ import annotations

import argparse
import io
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox
import rdflib

import kg
from benchmarks.comparing import best, copies
from kg.graph.query import named_query
from kg.graph.serialize import write_triples
from kg.graph.store import EmbeddedStore

CORPUS = Path(__file__).parents[1] / "seeds" / "articles"
HEADLINE = "who-led-which-delegation"


def turtle(lines: list[str], count: int) -> bytes:
    """Give the graph so many times over as Turtle."""
    whole = "".join(f"{line}\n" for line in copies(lines, count)).encode()
    out = io.BytesIO()
    write_triples((quad.triple for quad in ox.parse(whole, ox.RdfFormat.N_TRIPLES)), "turtle", out)
    return out.getvalue()


def stored(folder: Path, data: bytes) -> EmbeddedStore:
    """Put Turtle into a store on disk."""
    store = EmbeddedStore(folder)
    store.replace(quad.triple for quad in ox.parse(data, ox.RdfFormat.TURTLE))
    return store


def stores(folder: Path, lines: list[str], count: int, rounds: int) -> None:
    """Print how loading, writing and asking compare with rdflib."""
    small, data, query = turtle(lines, max(1, count // 10)), turtle(lines, count), named_query(HEADLINE).text
    load = best(lambda: stored(folder / str(time.perf_counter_ns()), data).close(), rounds)
    store, less = stored(folder / "large", data), stored(folder / "small", small)
    graph = rdflib.Graph()
    load_rdflib = best(lambda: graph.parse(data, format="turtle"), 1)
    triples = list(store.triples())
    write = best(lambda: write_triples(triples, "turtle", io.BytesIO()), rounds)
    write_rdflib = best(lambda: graph.serialize(format="turtle"), 1)
    ask, ask_less = (best(lambda each=each: each.query(query), rounds) for each in (store, less))
    ask_rdflib = best(lambda: list(graph.query(query)), 1)
    print(f"{len(store):,} triples")
    print(f"load: {load:.2f} s, rdflib {load_rdflib / load:.1f} times that  (goal: 6 or more)")
    print(f"export as Turtle: {write:.2f} s, rdflib {write_rdflib / write:.1f} times that  (goal: 5 or more)")
    print(f"{HEADLINE}: {ask * 1000:.1f} ms, rdflib {ask_rdflib / ask:.0f} times that  (goal: 100 or more)")
    times = len(store) / len(less)
    print(f"  {times:.1f} times the data: {ask / ask_less:.1f} times as long  (goal: 15 for 10 at most)")


def main() -> None:
    """Measure, and print figures with their goals."""
    parser = argparse.ArgumentParser(description="The store against rdflib, as ratios.")
    parser.add_argument("--copies", type=int, default=7, help="how many times over the corpus is taken")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured; the best counts")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with kg.build([CORPUS], store=folder / "project") as graph:
            graph.export(folder / "graph.nt")
        lines = (folder / "graph.nt").read_text(encoding="utf-8").splitlines()
        stores(folder, lines, told.copies, told.rounds)


if __name__ == "__main__":
    main()
