"""The CSV files are read by pandas and polars, by the recipes of the documentation, which are run as they stand."""

from __future__ import annotations

import csv

import pandas as pd
import polars as pl
import pytest
from other_tools import recipe, run

from kg.graph.plover import PLOVER_COLUMNS

TEXT = {"article", "date", "source", "source_qid", "target", "target_qid", "event_type", "plover", "place",
        "modality", "speaker", "sentence"}  # fmt: skip


def cells(path) -> list[dict[str, str]]:
    """Read a CSV file with what Python brings: every cell as its text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_event_data_in_pandas(exported, monkeypatch):
    events = run(recipe("event-data.md", "pandas"), exported, monkeypatch)["events"]
    assert {name: str(kind) for name, kind in events.dtypes.items() if name not in TEXT} == {
        "start": "int64",
        "end": "int64",
        "negated": "bool",
        "confidence": "float64",
    }
    assert all(pd.api.types.is_string_dtype(events[name]) for name in TEXT)
    same(events.to_dict("records"), cells(exported / "events.csv"))


def test_event_data_in_polars(exported, monkeypatch):
    events = run(recipe("event-data.md", "polars"), exported, monkeypatch)["events"]
    assert {name: kind for name, kind in events.schema.items() if name not in TEXT} == {
        "start": pl.Int64,
        "end": pl.Int64,
        "negated": pl.Boolean,
        "confidence": pl.Float64,
    }
    assert {events.schema[name] for name in TEXT} == {pl.String}
    same(events.to_dicts(), cells(exported / "events.csv"))


def same(read, wanted) -> None:
    """Compare what was read with the cells of the file; an empty cell may be no value at all."""
    assert len(read) == len(wanted) > 20
    for row, texts in zip(read, wanted, strict=True):
        for name, text in texts.items():
            if isinstance(row[name], bool):
                assert text == str(row[name]).lower()
            elif isinstance(row[name], int | float):
                assert float(text) == row[name]
            else:
                assert text == (row[name] or "")


@pytest.mark.parametrize("tool", ["pandas", "polars"])
def test_facts(tool, exported, monkeypatch):
    facts = run(recipe("interoperability.md", f"import {tool}"), exported, monkeypatch)["facts"]
    rows = facts.to_dict("records") if tool == "pandas" else facts.to_dicts()
    wanted = cells(exported / "facts.csv")
    assert len(rows) == len(wanted) > 100
    inferred = 0
    for row, texts in zip(rows, wanted, strict=True):
        assert row["confidence"] == float(texts["confidence"])
        assert str(row["negated"]).lower() == texts["negated"]
        if texts["begin"]:
            assert (row["begin"], row["end"]) == (int(texts["begin"]), int(texts["end"]))
        else:
            inferred += 1
            assert row["begin"] is None or pd.isna(row["begin"])
        assert (row["sentence"] or "") == texts["sentence"]
    assert inferred > 0


HOSTILE = [
    "NA", "null", "None", "nan", "007", "1e5", "true", "", " x ", 'say "it"', "a,b", "a\nb", "a\r\nb", "=1+1", "é😀",
]  # fmt: skip


def test_words_that_look_like_no_value_stay_words(tmp_path, monkeypatch):
    """A place called NA, a year as the only date: each cell is the text that it is."""
    with (tmp_path / "events.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, PLOVER_COLUMNS, lineterminator="\r\n")
        writer.writeheader()
        for text in HOSTILE:
            row = dict.fromkeys(PLOVER_COLUMNS, text) | {"date": "2022", "start": "0", "end": "5"}
            writer.writerow(row | {"negated": "false", "confidence": "0.9"})
    for tool in ("pandas", "polars"):
        events = run(recipe("event-data.md", tool), tmp_path, monkeypatch)["events"]
        rows = events.to_dict("records") if tool == "pandas" else events.to_dicts()
        assert [row["place"] or "" for row in rows] == HOSTILE
        assert {row["date"] for row in rows} == {"2022"}
