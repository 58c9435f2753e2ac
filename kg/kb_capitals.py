"""The capitals of states, where the facts leave no doubt which city it is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.folding import fold
from kg.model import Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_DOUBTFUL = frozenset({"multiple capitals", "status disputed"})


def sole_capitals(rows: Iterable[Mapping[str, str]], not_capital: frozenset[str]) -> dict[Key, Key]:
    """Give the one capital of each state that has just one.

    ``rows`` are those of ``metonyms.tsv``; ``not_capital`` has, folded, the cities that the facts call
    a capital and that are a former one or another seat. A single city with a note that there are
    others, or that its status is disputed, is left out.
    """
    named: dict[Key, dict[Key, bool]] = defaultdict(dict)
    others: set[Key] = set()
    for row in rows:
        if row["kind"] != "capital" or not row["place"]:
            continue
        state, place = Key(row["actor"]), Key(row["place"])
        if fold(row["surface"]) in not_capital:
            others.add(state)
            continue
        doubted = row["note"] in _DOUBTFUL
        named[state][place] = doubted or named[state].get(place, False)
    return {
        state: next(iter(places))
        for state, places in named.items()
        if len(places) == 1 and (state in others or not any(places.values()))
    }


def read_capitals(folder: Path, not_capital: frozenset[str]) -> dict[Key, Key]:
    """Give the capitals of states from the table of seats in a folder."""
    lines = (folder / "metonyms.tsv").read_text(encoding="utf-8").splitlines()
    columns = lines[0].split("\t")
    rows = (dict(zip(columns, line.split("\t"), strict=False)) for line in lines[1:])
    return sole_capitals(rows, not_capital)
