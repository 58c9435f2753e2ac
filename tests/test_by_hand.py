"""What a user decides from Python holds, like what is decided on the command line."""

import json

import pytest
from sample_articles import ARTICLES

import kg as package
from kg.errors import DataError, InputError, UnknownNameError, UsageError
from kg.graph.decisions import parse_decisions, with_decision
from kg.kb_user import read_rows

TEXTS = {
    "one": "Velmora and Ostrand held talks in Geneva on 9 March. Lena Marsk led the delegation of Velmora.",
    "two": "The talks between Velmora and Ostrand took place in Geneva on 12 March. Dara Quill led Velmora's team.",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setenv("KG_CACHE", str(folder / "cache"))  # the model is loaded once
    for name, text in TEXTS.items():
        (folder / f"{name}.json").write_text(json.dumps({"id": name, "date": "2026-03-13", "text": text}))
    with package.build(folder, store=folder / "kg-store") as graph:
        graph.add_name("Velmora", type="state", aliases=["Velmoran"], source="desk")
        graph.add_name("Ostrand", type="state")
        yield graph
    monkeypatch.undo()


def names(graph, event):
    return [each.name for each in graph.reports() if event in each.event]


def test_a_name_that_is_added_is_known_at_once(made):
    [row] = [row for row in read_rows(made.folder / "kb" / "own.tsv") if row.label == "Velmora"]
    assert (row.type, row.aliases, row.source) == ("state", ("Velmoran",), "desk")
    assert made.entity("Velmora").thing.kind == "state"
    assert {each.name for each in made.unknown_names()} == {"Lena Marsk", "Dara Quill"}
    assert made.unknown_names().to_pandas()["mentions"].tolist() == [1, 1]
    assert "Lena Marsk led the delegation of Velmora." in made.unknown_names()._repr_html_()
    with pytest.raises(UnknownNameError, match="no type named 'stat'"):
        made.add_name("Ilva", type="stat")
    with pytest.raises(UsageError, match="already"):
        made.add_name("Velmora", type="state")


def test_a_name_is_decided(made):
    made.decide_name("Dara Quill", new="person", why="asked at the desk")
    assert [each.name for each in made.unknown_names()] == ["Lena Marsk"]
    made.decide_name("Dara Quill", new="person")
    assert [each.why for each in made.decisions()] == ["asked at the desk"]
    with pytest.raises(UsageError, match="decided already"):
        made.decide_name("Dara Quill", ignore=True)
    with pytest.raises(UsageError, match="say one thing"):
        made.decide_name("Dara Quill")


def test_reports_are_merged_and_never_both_ways(made):
    one, other = sorted(names(made, "Geneva"))
    assert len({each.event for each in made.reports()}) == 2
    made.merge(one, other, why="one round")
    merged = made.reports()
    assert {each.path for each in merged} == {merged[0].path}
    assert all("the user says so" in each.why for each in merged)
    assert merged._repr_html_().count("2026-03-13") == 2
    assert {each.predicate for pair in made.conflicts() for each in (pair.one, pair.other)} == {
        "dip:edtf",
        "dip:leads",
    }
    assert made.reports(merged[0].event).items == merged.items
    made.merge(other, one)
    assert len(made.decisions().where(lambda each: each.kind == "same")) == 1
    with pytest.raises(UsageError, match="decided already"):
        made.split(other, one)
    with pytest.raises(UsageError, match="is one report"):
        made.merge(one, one)
    with pytest.raises(UnknownNameError, match="no report of an event named 'one#talks'"):
        made.merge("one#talks", other)


def test_a_claim_is_corrected_and_rejected(made):
    [claim] = made.claims(about="Lena Marsk").where(lambda each: each.predicate == "dip:leads")
    with pytest.raises(UsageError, match="say what is right"):
        made.correct(claim)
    with pytest.raises(UnknownNameError, match="no modality named 'probable'"):
        made.correct(claim, modality="probable")
    made.correct(claim, modality="possible", why="only a rumour")
    [now] = made.claims(about="Lena Marsk").where(lambda each: each.predicate == "dip:leads")
    assert (now.modality, now.confidence, now.passages) == ("Possible", 1.0, claim.passages)
    made.reject(now.id[:10], why=" ")
    assert not made.claims().where(lambda each: each.subject_label == "Lena Marsk")
    last = made.decisions()[-1]
    assert (last.kind, last.about, last.why) == ("entity", "Dara Quill", "asked at the desk")
    assert [each.kind for each in made.decisions()] == ["same", "reject", "correct", "entity"]


def test_what_is_decided_holds_for_who_opens_it_next(made):
    with package.open(made.folder) as again:
        assert again.to_turtle() == made.to_turtle()
        assert again.decisions() == made.decisions()


def test_gold_is_read_with_what_the_project_knows(made, tmp_path):
    fact = {"p": "participatesIn", "s": "Velmora", "o": "talks#1", "m": "Actual", "neg": False, "by": None}
    item = {"id": "one", "text": TEXTS["one"], "date": "2026-03-13", "facts": [fact]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(item))
    marks = {each.figure: each for each in made.evaluate(tmp_path / "gold.jsonl")}
    assert (marks["participatesIn"].recall, marks["participatesIn"].gold) == (1.0, 1)
    assert marks["stance"].share == 1.0
    assert marks["merging"].gold is None
    frame = made.evaluate(tmp_path / "gold.jsonl").to_pandas()
    assert str(frame["gold"].dtype) == "Int64"
    assert "1.00" in made.evaluate(tmp_path / "gold.jsonl")._repr_html_()
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(InputError, match="has no text"):
        made.evaluate(tmp_path / "empty.jsonl")


def test_a_graph_in_memory_has_nothing_to_decide_in(sample):
    with package.build(ARTICLES / "2023-02-24-assembly-vote-brief.md") as graph:
        assert not isinstance(graph, package.ProjectGraph)
    assert issubclass(package.ProjectGraph, package.Graph)


def test_decisions_on_events_are_written_once_and_read_again():
    pair = ["b#talks@1", 'a "quoted"#talks@2']
    text = with_decision("", "same", {"events": pair}, where="x")
    assert parse_decisions(text).same == {(('a "quoted"', "talks@2"), ("b", "talks@1"))}
    assert with_decision(text, "same", {"events": pair[::-1]}, where="x") == text
    with pytest.raises(UsageError, match=r"decided already, by \[\[same\]\]"):
        with_decision(text, "different", {"events": pair}, where="x")
    with pytest.raises(DataError, match="events must be two"):
        with_decision("", "same", {"events": ["a"]}, where="x")
