"""What the Python API answers, as sequences and in data frames."""

import sys
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import polars as pl
import pytest

import kg as package
from kg.display import SHOWN
from kg.errors import UsageError
from kg.listings import day

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def graph(built):
    with package.open(built) as found:
        yield found


TYPED = f"""SELECT * {{ VALUES (?day ?count ?share ?yes ?at ?gap ?name ?iri ?mixed ?wrong ?huge ?none) {{
  ("2025-05-10"^^<{XSD}date> 3 0.5 true "2025-05-10T10:00:00+02:00"^^<{XSD}dateTime> "-P1DT2H"^^<{XSD}dayTimeDuration>
   "a"@en <urn:a> 1 "2025-13-40"^^<{XSD}date> {10**30} UNDEF)
  (UNDEF UNDEF 2 UNDEF UNDEF UNDEF UNDEF UNDEF "one" "2025-05-10"^^<{XSD}date> 1 UNDEF) }} }}"""

KINDS = {
    "day": ("datetime64[s]", pl.Date, date(2025, 5, 10)),
    "count": ("Int64", pl.Int64, 3),
    "share": ("float64", pl.Float64, 0.5),
    "yes": ("boolean", pl.Boolean, True),
    "at": ("datetime64[us, UTC]", pl.Datetime("us", "UTC"), datetime(2025, 5, 10, 8, tzinfo=UTC)),
    "gap": ("timedelta64[us]", pl.Duration("us"), -timedelta(days=1, hours=2)),
    "name": ("string", pl.String, "a"),
    "iri": ("string", pl.String, "urn:a"),
    "mixed": ("string", pl.String, "1"),
    "wrong": ("string", pl.String, "2025-13-40"),
    "huge": ("string", pl.String, str(10**30)),
    "none": ("string", pl.String, None),
}


def test_a_table_gives_columns_in_the_type_of_what_they_hold(graph):
    table = graph.query(TYPED)
    frame, polar = table.to_pandas(), table.to_polars()
    assert set(frame.columns) == set(polar.columns) == set(KINDS)
    for name, (in_pandas, in_polars, first) in KINDS.items():
        assert str(frame[name].dtype) == in_pandas, name
        assert polar.schema[name] == in_polars, name
        assert polar[name][0] == first, name
        told = frame[name].iloc[0]
        assert pd.isna(told) if first is None else told == (pd.Timestamp(first) if name == "day" else first)
    assert frame["count"].isna().tolist() == [False, True]
    assert polar["share"].to_list() == [0.5, 2.0]


@pytest.mark.parametrize(
    ("literal", "dtype"),
    [
        (f'"2025-05-10T10:00:00"^^<{XSD}dateTime>', "datetime64[us, UTC]"),
        (f'"yes"^^<{XSD}boolean>', "string"),
        (f'"3 days"^^<{XSD}dayTimeDuration>', "string"),
        (f'"9999999999999D"^^<{XSD}gYear>', "string"),
        (f'"P99999999999999D"^^<{XSD}dayTimeDuration>', "string"),
    ],
)
def test_what_is_no_value_of_its_type_stays_text(graph, literal, dtype):
    table = graph.query(f"SELECT ?x {{ VALUES ?x {{ {literal} }} }}")
    assert str(table.to_pandas()["x"].dtype) == dtype


def test_an_answer_without_rows_has_its_columns(graph):
    table = graph.query("SELECT ?a ?b { ?a <urn:none> ?b }")
    assert list(table.to_pandas().columns) == table.to_polars().columns == ["a", "b"]
    assert "0 rows" in table._repr_html_()


def test_listings_are_typed_frames_too(graph):
    for listing in (
        graph.claims(),
        graph.conflicts(),
        graph.timeline(),
        package.queries(),
        graph.entity("TPLF"),
    ):
        frame, polar = listing.to_pandas(), listing.to_polars()
        assert list(frame.columns) == polar.columns
        assert len(frame) == len(polar) > 0
    claims = graph.claims().to_pandas()
    assert claims["negated"].sum() == len(graph.claims().where(lambda each: each.negated)) > 0
    assert claims["confidence"].between(0, 1).all()
    assert str(claims["as_of"].dtype) == "datetime64[s]"
    assert graph.timeline().to_polars().schema["earliest"] == pl.Date


def test_a_day_that_is_none_is_no_day():
    assert day("2025-05-16") == date(2025, 5, 16)
    assert day("2025-05") is None
    assert day(None) is None


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_without_the_library_it_says_what_to_do(graph, monkeypatch, name):
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageError, match=f"{name} is not installed") as caught:
        getattr(graph.query("chronology"), f"to_{name}")()
    assert caught.value.hint.startswith(f"Install it: pip install {name}.")
    assert caught.value.__notes__ == [f"hint: {caught.value.hint}"]


def test_a_traceback_shows_what_to_do(graph):
    with pytest.raises(UsageError) as caught:
        graph.entity("Arachi")
    assert caught.value.__notes__ == [f"hint: {caught.value.hint}"]
    caught.value.hint = None
    assert caught.value.__notes__ == []


def test_a_library_that_is_broken_says_so_itself(graph, monkeypatch, tmp_path):
    (tmp_path / "pandas.py").write_text("import no_such_part")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "pandas")
    with pytest.raises(ModuleNotFoundError, match="no_such_part"):
        graph.query("chronology").to_pandas()


def test_a_slice_of_a_listing_is_a_listing(graph):
    claims = graph.claims()
    assert type(claims[:2]) is type(claims)
    assert claims[:2].items == (claims[0], claims[1])
    assert repr(claims[:2]) == f"2 claims\n  {claims[0]}\n  {claims[1]}"
    assert repr(claims).endswith(f"and {len(claims) - SHOWN:,} more")
    assert repr(graph.timeline()[:1]).startswith("1 event\n  ")
    assert claims == graph.claims()
    assert claims[0].id == claims.to_dicts()[0]["claim"]


def test_claims_about_a_thing_have_it_at_one_end(graph):
    claims = graph.claims(about="TPLF")
    iri = graph.entity("TPLF").thing.iri
    assert 0 < len(claims) < len(graph.claims())
    assert all(iri in {each.subject, each.object} for each in claims)


def test_the_timeline_can_be_narrowed(graph):
    whole = graph.timeline()
    part = graph.timeline("TPLF", since=date(2022, 10, 1), until="2022-12-31")
    assert 0 < len(part) < len(whole)
    assert all(each.earliest is None or each.earliest <= "2022-12-31" for each in part)
    assert any(each.earliest is None for each in whole)
    assert "undated" in whole._repr_html_()
    with pytest.raises(UsageError, match="is no day"):
        graph.timeline(since="May")


def test_a_contradiction_is_about_what_both_speak_of(graph):
    about = {pair.about for pair in graph.conflicts()}
    assert any(each.startswith("Delegation of Iran") for each in about)
    assert repr(graph.conflicts()).startswith(f"{len(graph.conflicts())} contradictions\n  ")
    assert str(graph.conflicts()[0]).startswith(graph.conflicts()[0].about)
