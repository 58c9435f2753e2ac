"""``kg diff``: two builds, exports and stores; a project before and since a day."""

import csv
import io
import json
import shutil

import pytest
from sample_articles import ARTICLES, SAMPLE
from test_imports import HEAVY, RUN, imported

from kg import config, ingest
from kg.contents import triples_of
from kg.project import Project

DAY = "2025-05-12"
"""Two articles of the sample were published on that day, none later."""

FIFTH = """---
title: Fifth round in Rome
date: 2025-05-18
---

The fifth round of indirect talks between Iran and the United States will be held in Rome on Friday.
"""


def lines(ran):
    return list(csv.DictReader(io.StringIO(ran.out)))


def settings_of(folder):
    return config.load(folder=folder.parent, environ={}, explicit={"store": folder})


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """Give the sample built again: an article added, one removed, one edited."""
    sources = tmp_path_factory.mktemp("other")
    for name in SAMPLE:
        shutil.copy(ARTICLES / f"{name}.md", sources)
    (sources / "rome.md").write_text(FIFTH, encoding="utf-8")
    edited = sources / f"{SAMPLE[0]}.md"
    edited.write_text(f"{edited.read_text('utf-8')}\nChad hosted talks in Oslo.\n", encoding="utf-8")
    (sources / f"{SAMPLE[-1]}.md").unlink()
    folder = sources / "kg-store"
    with Project.open(folder, create=True) as project:
        tally = ingest.build(project, [str(sources)], settings_of(folder))
    assert (len(tally.new), len(tally.refused)) == (len(SAMPLE), 0)
    return folder


def test_a_project_and_itself_say_the_same(kg, built):
    ran = kg("diff", built, built, "--format", "table")
    assert ran.code == 0
    assert ran.out.endswith("They say the same.\n")


def test_every_way_in_gives_the_same_graph(kg, built, tmp_path):
    names = ["graph.ttl", "graph.nt", "graph.jsonld", "graph.rdf"]
    for name in names:
        assert kg("export", "-o", tmp_path / name).code == 0
    ways = [built / "store", *(tmp_path / name for name in names)]
    codes = [kg("diff", way, built).code for way in ways]
    assert codes == [0] * 5


def test_one_word_of_a_file_makes_a_difference(kg, built, tmp_path):
    kg("export", "-o", tmp_path / "graph.nt")
    text = (tmp_path / "graph.nt").read_text("utf-8")
    told = next(line for line in text.splitlines() if "ns#modality>" in line and "ns#Actual>" in line)
    (tmp_path / "other.nt").write_text(text.replace(told, told.replace("#Actual>", "#Possible>")), "utf-8")
    ran = kg("diff", built, tmp_path / "other.nt")
    assert ran.code == 1
    claim = told.partition("/claim/")[2].partition(">")[0]
    assert claim in {line["claim"] for line in lines(ran)}


def test_two_builds_are_compared_with_their_evidence(kg, built, other):
    ran = kg("diff", built, other)
    assert ran.code == 1
    found = lines(ran)
    gained = [line for line in found if line["change"] == "gained"]
    assert any("will be held in Rome" in line["quote"] and line["modality"] == "expected" for line in gained)
    assert all(line["article"] and line["confidence"] for line in gained if line["quote"])
    assert "lost" in {line["change"] for line in found}
    numbers = [int(line["number"]) for line in found]
    assert numbers == sorted(numbers)


def test_the_report_counts_first_and_names_no_iri(kg, built, other):
    ran = kg("diff", built, other, "--format", "table")
    assert ran.code == 1
    head = ran.out.partition("\nGained\n")[0]
    assert "facts     " in head
    assert "articles  1 added, 1 removed, 1 edited" in head
    assert "“The fifth round of indirect talks" in ran.out
    assert "https://" not in ran.out
    assert max(map(len, ran.out.splitlines()[2:])) <= 80  # the first two name the folders, however long
    back = kg("diff", other, built, "--format", "table")
    assert "articles  1 added, 1 removed, 1 edited" in back.out


def test_the_formats_and_the_file(kg, built, other, tmp_path):
    assert json.loads(kg("diff", built, other, "--format", "json").out)["results"]["bindings"]
    assert kg("diff", built, other, "--format", "md").out.startswith("| number | change |")
    shown = kg("diff", built, other, "--format", "table").out
    ran = kg("diff", built, other, "-o", tmp_path / "report.txt")
    assert (ran.code, ran.out) == (1, "")
    assert (tmp_path / "report.txt").read_text("utf-8") == shown
    assert kg("diff", built, other, "--format", "turtle").code == 2


def test_a_graph_without_claims_is_compared_by_its_facts(kg, built, tmp_path):
    kg("export", "--view-only", "-o", tmp_path / "view.ttl")
    ran = kg("diff", tmp_path / "view.ttl", built)
    assert ran.code == 0
    assert "without claims" in ran.err


def test_since_a_day_shows_what_its_articles_changed(kg, built):
    before = {path: path.read_bytes() for path in built.rglob("*") if path.is_file()}
    ran = kg("diff", "--since", DAY)
    assert ran.code == 1
    assert "2 articles published on 2025-05-12 or later" in ran.err
    dates = {line["date"] for line in lines(ran) if line["change"] == "gained" and line["quote"]}
    assert dates == {DAY}
    assert {path: path.read_bytes() for path in built.rglob("*") if path.is_file()} == before


def test_since_a_day_after_all_articles_nothing_changed(kg):
    ran = kg("diff", "--since", "2099-01-01", "--format", "table")
    assert ran.code == 0
    assert "0 articles published" in ran.err


def test_undated_articles_count_as_before_and_are_named(kg, project, tmp_path):
    (tmp_path / "undated.txt").write_text("Norway hosted talks between Egypt and Chad in Oslo.", "utf-8")
    kg("build", tmp_path / "undated.txt", "--store", project)
    ran = kg("diff", "--since", "2099-01-01", "--store", project)
    assert ran.code == 0
    assert "1 article without a day: taken as published before." in ran.err


def test_since_compares_with_the_graph_that_was_built(built):
    with Project.open(built) as project, project.store() as store:
        whole = ingest.content_of(project, settings_of(built), wanted=lambda _: True)
        stored = set(map(str, triples_of(store)))
    assert set(map(str, whole.triples)) <= stored


def test_what_was_rejected_is_on_neither_side(kg, project):
    claim = next(line["claim"] for line in lines(kg("diff", "--since", DAY)) if line["change"] == "gained")
    assert kg("reject", claim, "--store", project).code == 0
    after = lines(kg("diff", "--since", DAY, "--store", project))
    assert after
    assert claim not in {line["claim"] for line in after}


MISUSED = [
    ([], 2, "name what to compare"),
    (["A"], 2, "name what to compare it with"),
    (["--since", "May"], 2, "'May' is no day"),
    (["--since", "20250512"], 2, "'20250512' is no day"),
    (["A", "B", "--since", DAY], 2, "not both"),
    (["A", "B", "--store", "C"], 2, "--store goes with --since"),
    (["nowhere", "nowhere"], 3, "no such file or folder"),
    (["{folder}", "{folder}"], 3, "there is no project and no graph in the folder"),
    (["{built}", "{folder}/foreign.ttl"], 3, "holds no graph of kg"),
    (["{built}", "{folder}/broken.ttl"], 3, "does not parse"),
    (["{built}", "{folder}/rdf12.ttl"], 3, "does not say what claim"),
    (["{built}", "{built}", "--step", "0"], 2, "no step of confidence"),
    (["{built}", "{built}", "--step", "nan"], 2, "no step of confidence"),
]


@pytest.mark.parametrize(("arguments", "code", "what"), MISUSED)
def test_what_cannot_be_compared_is_named(kg, built, tmp_path, arguments, code, what):
    (tmp_path / "foreign.ttl").write_text("<http://x.org/a> <http://x.org/b> <http://x.org/c> .", "utf-8")
    (tmp_path / "broken.ttl").write_text("<http://x.org/a> <", "utf-8")
    if "rdf12" in str(arguments):
        kg("export", "--format", "rdf12", "-o", tmp_path / "rdf12.ttl")
    ran = kg("diff", *(each.format(built=built, folder=tmp_path) for each in arguments))
    assert (ran.code, ran.out) == (code, "")
    assert what in ran.err
    assert "hint: " in ran.err


def test_numbers_that_are_none_do_no_harm(kg, tmp_path):
    kg("export", "-o", tmp_path / "graph.nt")
    text = (tmp_path / "graph.nt").read_text("utf-8").splitlines()
    odd = ("beginIndex>", "endIndex>", "ns#confidence>")
    changed = 0
    for at, line in enumerate(text):
        if any(name in line for name in odd) and "/id/" in line:
            text[at] = f'{line.partition(">")[0]}> {line.split()[1]} "1e999" .'
            changed += 1
    assert changed > 100
    (tmp_path / "odd.nt").write_text("\n".join(text), "utf-8")
    assert kg("diff", tmp_path / "graph.nt", tmp_path / "odd.nt", "--format", "table").code == 1


def test_comparing_imports_the_engine_and_no_more(fresh, built):
    arguments = RUN.format(arguments=["diff", str(built), str(built)])
    assert set(imported(fresh, arguments, HEAVY)) == set()
