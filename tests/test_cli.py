"""The command line, end to end on a small sample: what it writes, where, and how it ends."""

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from sample_articles import ARTICLES, ROOT, SAMPLE

from kg import config, files
from kg.__main__ import main as run_kg
from kg.cli import SECTIONS
from kg.commands.build import _tell_graph
from kg.intake import Tally
from kg.project import Project
from kg.report import safe

COMMANDS = [name for section in SECTIONS.values() for name in section]
TALKS = "SELECT ?e WHERE { ?e a <https://w3id.org/diplomacy-kg/ns#Talks> } ORDER BY ?e"
GOLD = ROOT / "tests" / "gold" / "dev.jsonl"
DESCRIBE = "CONSTRUCT { ?s ?p ?o } WHERE { ?s a <https://w3id.org/diplomacy-kg/ns#Talks> ; ?p ?o }"


def rows(ran):
    assert ran.code == 0, ran.err
    return list(csv.DictReader(io.StringIO(ran.out)))


# Manners


def test_help_lists_every_command(kg):
    ran = kg("--help")
    assert (ran.code, ran.err) == (0, "")
    assert len(COMMANDS) == 23
    for name in COMMANDS:
        assert f"\n  {name} " in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_fits_80_columns(kg, name):
    ran = kg(name, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"Usage: kg {name} ")
    assert max(map(len, ran.out.splitlines())) <= 80


MISUSED = [
    (["bild"], "no command named 'bild'", "Did you mean 'build'?"),
    (
        ["--store", "x", "build", "y"],
        "no such option: --store",
        "Options stand behind the command: kg COMMAND … --store",
    ),
    (["build"], "missing argument 'PATH'", "See: kg build --help"),
    (["build", "--sotre", "x", "y"], "no such option: --sotre", "Did you mean '--store'?"),
    (["kb", "serch", "x"], "no such command 'serch'", "Did you mean 'search'?"),
    (["query"], "name a query, or give one with -q", "kg query --list lists the named queries."),
    (["query", "chronolgy"], "no query named 'chronolgy'", "Did you mean 'chronology'?"),
    (["query", "who-led-wich"], "no query named", "Did you mean 'who-led-which-delegation'?"),
    (["query", "who-lead"], "no query named", "Did you mean 'who-led-which-delegation'?"),
    (["query", "brokered"], "no query named", "Did you mean 'who-hosted-mediated-brokered'?"),
    (["query", "qqqq"], "no query named", "Choose one of: acts, "),
    (["query", "chronology", "-q", "ASK {}"], "not both", "kg query --list lists"),
    (
        ["query", "chronology", "--param", "plaice=X"],
        "no parameter of the query named 'plaice'",
        "Did you mean 'place'?",
    ),
    (["query", "chronology", "--param", "place"], "'place' is no parameter", "--param name=value"),
    (["query", "position-over-time"], "the query needs --param who=…", "the actor"),
    (["query", "-q", "SELEC"], "the query does not parse", None),
    (
        ["query", "chronology", "--format", "turtle"],
        "rows cannot be written as 'turtle'",
        "choose one of: table",
    ),
    (
        ["query", "-q", DESCRIBE, "--format", "csv"],
        "triples cannot be written as 'csv'",
        "Choose one of: turtle",
    ),
    (["show", "Ethopia"], "no thing in the graph named 'Ethopia'", "Did you mean 'Ethiopia'?"),
    (["show", "Qqqq"], "no thing in the graph named 'Qqqq'", "kg kb search"),
    (["show", "Ethiopia", "--format", "yaml"], "no format named 'yaml'", "json, text"),
    (["timeline", "--from", "2022-13"], "'2022-13' is no day", "2025-05-16"),
    (["explain", ""], "there is no text", "in quotes"),
    (["explain", "Talks opened.", "--date", "Friday"], "'Friday' is no day", "2025-05-16"),
    (["export", "-o", "graph.foo"], "does not tell the format", "Give --format"),
    (["export", "--format", "tutle"], "no format named 'tutle'", "Did you mean 'turtle'?"),
    (["validate", "x.ttl", "--store", "y"], "not both", None),
    (
        ["explain", "Talks opened.", "--model", "en_core_web_xx"],
        "no spaCy pipeline named 'en_core_web_xx'",
        "pip install",
    ),
    (["remove"], "name an article", "kg remove --list lists them."),
    (["link", "x.md", "--format", "table"], "no format named 'table'", "csv, jsonl, tsv"),
    (["eval", GOLD, "--format", "turtle"], "no format named 'turtle'", "Choose one of: auto, csv"),
    (["eval", GOLD, "--format", "csv", "--show", "all"], "--show has no place", "--format table or json"),
    (
        ["eval", GOLD, "--format", "tsv", "--confusions"],
        "--confusions has no place",
        "--format table or json",
    ),
]


@pytest.mark.parametrize(("arguments", "what", "hint"), MISUSED)
def test_what_is_asked_wrongly_is_said_with_a_hint(kg, arguments, what, hint):
    ran = kg(*arguments)
    assert (ran.code, ran.out) == (2, "")
    first, *rest = ran.err.splitlines()
    assert first.startswith("error: ")
    assert what in first
    assert "Traceback" not in ran.err
    if hint is not None:
        assert rest[0].startswith("hint: ")
        assert hint in ran.err


def test_no_command_gives_the_help_as_a_usage_error(kg):
    ran = kg()
    assert (ran.code, ran.out) == (2, "")
    assert "Make a graph:" in ran.err


def test_where_there_is_no_graph_that_is_said(kg, tmp_path):
    for command in (["stats"], ["show", "x"], ["query", "chronology"], ["export"], ["graph", "-o", "x.html"]):
        ran = kg(*command, "--store", tmp_path / "none")
        assert ran.code == 3
        assert "there is no project folder" in ran.err
        assert "kg build" in ran.err
    (tmp_path / "mine.txt").write_text("keep me")
    assert kg("build", ARTICLES, "--store", tmp_path).code == 3
    assert (tmp_path / "mine.txt").read_text() == "keep me"


def test_a_bug_is_one_line_unless_asked_for(kg, monkeypatch):
    def boom(*_, **__):
        raise RuntimeError("secret \x1b[31mtext")

    monkeypatch.setattr("kg.statistics.statistics", boom)
    ran = kg("stats")
    assert ran.code == 70
    assert ran.err.splitlines()[0].startswith("error: unexpected RuntimeError: secret")
    assert "KG_DEBUG=1" in ran.err
    assert "\x1b" not in ran.err
    assert "Traceback" not in ran.err
    monkeypatch.setenv("KG_DEBUG", "1")
    assert "Traceback" in kg("stats").err


def test_an_interrupt_ends_with_130(kg, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.statistics.statistics", stop)
    assert kg("stats").code == 130


def test_a_reader_who_leaves_is_no_error(built):
    env = {key: value for key, value in os.environ.items() if not key.startswith(("KG_", "PYTHONUNB"))}
    command = [sys.executable, "-m", "kg", "export", "--store", str(built)]
    with subprocess.Popen(
        command, env={**env, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout.readline().startswith(b"@prefix")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 141


def on_terminal(built, *arguments, **environ):
    """Run a command with a terminal of 80 columns as its standard output."""
    ours, theirs = pty.openpty()
    env = {key: value for key, value in os.environ.items() if not key.startswith(("KG_", "NO_COLOR"))}
    env |= {"PYTHONPATH": str(ROOT), "KG_STORE": str(built), "COLUMNS": "80", "TERM": "xterm", **environ}
    command = [sys.executable, "-m", "kg", *arguments]
    with subprocess.Popen(
        command, env=env, stdout=theirs, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
    ) as process:
        os.close(theirs)
        parts = []
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            parts.append(part)
        os.close(ours)
        assert process.wait(timeout=60) == 0, process.stderr.read()
    return b"".join(parts).decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["stats"],
        ["show", "Ethiopia", "--evidence"],
        ["conflicts"],
        ["timeline"],
        ["query", "chronology"],
        ["query", "--list"],
    ],
)
def test_on_a_terminal_there_are_marks_and_80_columns(built, arguments):
    text = on_terminal(built, *arguments)
    plain = on_terminal(built, *arguments, NO_COLOR="1")
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", text) == plain
    assert ("\x1b[1m" in text) is (arguments != ["query", "chronology"])
    assert max(map(len, plain.splitlines())) <= 80
    assert "," not in plain.splitlines()[0] or not plain.startswith("group,")


# Building


def test_a_second_build_reads_nothing_and_changes_nothing(kg, project, sample):
    before = kg("export", "--store", project).out
    ran = kg("build", *sample, "--store", project)
    assert (ran.code, ran.out) == (0, "")
    assert f"{len(SAMPLE)} unchanged" in ran.err
    assert "(unchanged)" in ran.err
    assert kg("export", "--store", project).out == before


def test_a_changed_article_takes_the_place_of_the_old_and_the_way_back_is_exact(
    kg, project, sample, tmp_path
):
    before = kg("export", "--store", project).out
    copy = tmp_path / f"{SAMPLE[1]}.md"
    text = Path(sample[1]).read_text(encoding="utf-8")
    copy.write_text(text, encoding="utf-8")
    assert "1 unchanged" in kg("build", copy, "--store", project).err
    copy.write_text(text.replace("Kenya", "Uganda"), encoding="utf-8")
    ran = kg("build", copy, "--store", project)
    assert ran.code == 0
    assert "1 replaced" in ran.err
    assert kg("export", "--store", project).out != before
    copy.write_text(text, encoding="utf-8")
    assert "1 replaced" in kg("build", copy, "--store", project).err
    assert kg("export", "--store", project).out == before


def test_what_is_told_beside_the_text_counts_as_a_change(kg, project, tmp_path):
    record = {
        "id": "r",
        "text": "Norway hosted talks between Sweden and Denmark in Oslo on Friday, officials said.",
    }
    path = tmp_path / "r.json"
    path.write_text(json.dumps({**record, "date": "2025-05-16"}))
    assert "1 read" in kg("build", path, "--store", project).err
    path.write_text(json.dumps({**record, "date": "2025-05-23"}))
    assert "1 replaced" in kg("build", path, "--store", project).err
    assert "1 unchanged" in kg("build", path, "--store", project).err


def test_removing_an_article_leaves_nothing_of_it(kg, project, tmp_path, sample):
    assert kg("remove", "--list", "--store", project).out.splitlines() == sorted(SAMPLE)
    ran = kg("remove", SAMPLE[4], "--store", project)
    assert "1 removed" in ran.err
    left = kg("export", "--store", project).out
    assert SAMPLE[4] + "-" not in left.replace(SAMPLE[5], "")
    fresh = tmp_path / "fresh"
    assert (
        kg(
            "build", *(path for path in reversed(sample) if SAMPLE[4] + ".md" not in path), "--store", fresh
        ).code
        == 0
    )
    assert kg("export", "--store", fresh).out == left
    ran = kg("remove", SAMPLE[4][:-1], "--store", project)
    assert ran.code == 2
    assert "Did you mean" in ran.err


def test_prune_forgets_what_the_paths_do_not_hold_unless_something_was_refused(kg, project, sample, tmp_path):
    ran = kg("build", *sample[:5], tmp_path / "none.md", "--prune", "--store", project)
    assert ran.code == 3
    assert "Nothing was pruned" in ran.err
    assert len(kg("remove", "--list", "--store", project).out.splitlines()) == len(SAMPLE)
    assert "1 removed" in kg("build", *sample[:5], "--prune", "--store", project).err
    assert len(kg("remove", "--list", "--store", project).out.splitlines()) == len(SAMPLE) - 1


def test_a_dry_run_reads_and_writes_nothing(kg, sample, tmp_path):
    ran = kg("build", "--dry-run", *sample, "--store", tmp_path / "new")
    assert ran.code == 0
    assert f"{len(SAMPLE)} would be read" in ran.err
    assert not (tmp_path / "new").exists()


def test_a_ledger_that_is_lost_or_broken_is_made_again(kg, project, sample):
    for harm in (
        lambda path: path.unlink(),
        lambda path: path.write_text("{"),
        lambda path: path.write_text("[]"),
    ):
        harm(project / "cache" / "ledger.json")
        ran = kg("build", *sample, "--store", project)
        assert f"{len(SAMPLE)} unchanged" in ran.err


def test_a_build_that_is_interrupted_keeps_what_it_read_and_goes_on_from_there(
    kg, tmp_path, sample, monkeypatch
):
    from_scratch = tmp_path / "whole"
    assert kg("build", *sample[:4], "--store", from_scratch).code == 0
    folder, keep, added = tmp_path / "part", Project.add, []

    def add(self, reading):
        if len(added) == 2:
            raise KeyboardInterrupt
        added.append(reading)
        keep(self, reading)

    monkeypatch.setattr(Project, "add", add)
    ran = kg("build", *sample[:4], "--store", folder)
    assert ran.code == 130
    assert "kept" in ran.err
    monkeypatch.setattr(Project, "add", keep)
    ran = kg("build", *sample[:4], "--store", folder)
    assert "2 read, 2 unchanged" in ran.err
    assert kg("export", "--store", folder).out == kg("export", "--store", from_scratch).out


def test_the_project_folder_is_not_taken_for_articles(kg, project, sample, tmp_path):
    (tmp_path / "a.md").write_text(Path(sample[5]).read_text(encoding="utf-8"), encoding="utf-8")
    ran = kg("build", tmp_path, "--store", project)
    assert ran.code == 0, ran.err
    assert "1 read" in ran.err


def test_standard_input_is_read(kg, project, monkeypatch):
    text = "---\ntitle: A\nid: from-stdin\ndate: 2025-05-16\n---\n\nNorway hosted talks between Sweden and Denmark in Oslo, officials said."
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert "1 read" in kg("build", "-", "--store", project).err
    assert "from-stdin" in kg("remove", "--list", "--store", project).out


GERMAN = (
    "Die Gespräche zwischen den beiden Regierungen wurden am Freitag in Genf fortgesetzt, wie das Ministerium mitteilte. "
    "Beide Seiten erklärten, dass sie an einer Lösung des Konflikts interessiert seien und weiter verhandeln wollten."
)
BAD = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n\n ", "empty"),
    "binary.txt": (bytes(range(256)) * 20, ""),
    "latin.txt": (
        "Talks in Türkiye and Curaçao were held on Friday, officials said.".encode("latin-1"),
        "utf-8",
    ),
    "huge.txt": (b"The talks were held in the city on Friday, officials said. " * 18_000, "characters"),
    "front.md": (b"---\ntitle: A\nno pair here\n---\n\nTalks were held.", "front matter"),
    "german.txt": (GERMAN.encode(), "English"),
    "broken.json": (b'{"text": "Talks were held', "broken JSON"),
    "textless.json": (b'{"title": "Talks"}', 'no "text"'),
    "paper.pdf": (b"%PDF-1.7", "is a broken PDF"),
}


def test_each_bad_input_gets_one_error_and_the_rest_goes_on(kg, project, tmp_path):
    before = len(kg("remove", "--list", "--store", project).out.splitlines())
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    os.mkfifo(folder / "pipe.txt")
    good = ARTICLES / "2015-07-15-vienna-nuclear-accord.md"
    given = [
        *(folder / name for name in BAD),
        folder / "pipe.txt",
        folder / "absent.md",
        folder / "none*.md",
        good,
    ]
    ran = kg("build", *given, "--store", project)
    assert ran.code == 3
    assert ran.out == ""
    errors = [line for line in ran.err.splitlines() if line.startswith("error: ")]
    hints = [line for line in ran.err.splitlines() if line.startswith("hint: ")]
    assert len(errors) == len(hints) == len(given) - 1
    for name, (_, what) in BAD.items():
        told = [
            line
            for line in errors
            if line.split(": ")[1].endswith((name, f"{name}:3", name.partition(".")[0]))
        ]
        assert len(told) == 1, (name, errors)
        assert what in told[0], told
    assert f"1 read, {len(given) - 1} refused" in ran.err
    assert "Traceback" not in ran.err
    assert len(kg("remove", "--list", "--store", project).out.splitlines()) == before + 1


def test_two_articles_with_one_id_are_not_mixed_up(kg, project, tmp_path):
    for name, place in (("a", "Oslo"), ("b", "Bergen")):
        (tmp_path / name).mkdir()
        text = f"Norway hosted talks between Sweden and Denmark in {place} on Friday, officials said."
        (tmp_path / name / "report.txt").write_text(text)
    ran = kg("build", tmp_path / "a", tmp_path / "b", "--store", project)
    assert ran.code == 3
    assert "has the id of another article of this build" in ran.err


def reports(tmp_path):
    """Two files of one name in two folders."""
    paths = []
    for name, place in (("a", "Oslo"), ("b", "Bergen")):
        (tmp_path / name).mkdir()
        paths.append(tmp_path / name / "report.txt")
        text = f"Norway hosted talks between Sweden and Denmark in {place} on Friday, officials said."
        paths[-1].write_text(text)
    return paths


def test_a_file_does_not_silently_take_the_place_of_another_in_a_later_build(kg, project, tmp_path):
    one, other = reports(tmp_path)
    assert "1 read" in kg("build", one, "--store", project).err
    before = kg("export", "--store", project).out
    for dry in ([], ["--dry-run"], ["--again"]):
        ran = kg("build", other.parent, "--store", project, *dry)
        assert ran.code == 3
        assert f"another file was read: {one}" in ran.err
        assert "`id:` of its own" in ran.err
        assert "kg remove report" in ran.err
    assert kg("export", "--store", project).out == before
    other.write_text(f"---\nid: b-report\n---\n\n{other.read_text()}")
    assert "1 read" in kg("build", other, "--store", project).err
    one.write_text(one.read_text().replace("Oslo", "Malmo"))
    assert "1 replaced" in kg("build", one, "--store", project).err
    assert {"report", "b-report"} < set(kg("remove", "--list", "--store", project).out.split())


def test_a_file_that_was_moved_is_the_same_article(kg, project, tmp_path):
    one, other = reports(tmp_path)
    other.unlink()
    assert "1 read" in kg("build", one, "--store", project).err
    one.rename(other)
    assert "1 unchanged" in kg("build", other, "--store", project).err
    one.write_text("A text that has nothing to do with it, written into the old place on Friday.")
    other.write_text(other.read_text().replace("Bergen", "Oslo").replace("Oslo", "Malmo"))
    assert "1 replaced" in kg("build", other, "--store", project).err
    assert "another file was read" in kg("build", one, "--store", project).err
    one.unlink()
    other.rename(one)
    one.write_text(one.read_text().replace("Malmo", "Lund"))
    assert "1 replaced" in kg("build", one, "--store", project).err


def test_an_id_of_its_own_is_replaced_from_whatever_file(kg, project, tmp_path):
    text = "Norway hosted talks between Sweden and Denmark in {} on Friday, officials said."
    for name, place in (("monday.json", "Oslo"), ("tuesday.json", "Malmo")):
        (tmp_path / name).write_text(json.dumps({"id": "r", "text": text.format(place)}))
    assert "1 read" in kg("build", tmp_path / "monday.json", "--store", project).err
    assert "1 replaced" in kg("build", tmp_path / "tuesday.json", "--store", project).err


def test_reading_again_to_the_same_end_keeps_the_ledger(kg, project, sample):
    assert "1 replaced" in kg("build", sample[5], "--again", "--store", project).err
    assert (project / "cache" / "ledger.json").exists()
    assert "1 unchanged" in kg("build", sample[5], "--store", project).err


def test_another_writer_is_named(kg, project, sample):
    handle = files.lock(project / "lock")
    try:
        ran = kg("build", ARTICLES / "2015-07-15-vienna-nuclear-accord.md", "--store", project)
    finally:
        os.close(handle)
    assert ran.code == 3
    assert "another process is writing" in ran.err


def test_order_and_hash_seed_do_not_show(kg, fresh, tmp_path, sample):
    here, there = tmp_path / "here", tmp_path / "there"
    assert kg("build", *sample[:3], "--store", here).code == 0
    strange = {"PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "Pacific/Kiritimati"}
    assert fresh("build", *sample[2::-1], "--store", there, **strange).code == 0
    for layout in ("turtle", "jsonld"):
        mine = kg("export", "--store", here, "--format", layout).out
        theirs = fresh("export", "--store", there, "--format", layout, **strange).out
        assert mine == theirs
        assert "Claim" in mine


# Asking


def test_a_named_query_gives_csv_in_a_pipe(kg):
    found = rows(kg("query", "chronology"))
    assert found
    assert set(found[0]) == {"from", "to", "round", "place", "status", "outcome"}


def test_every_named_query_runs_or_says_what_it_needs(kg):
    listed = [line.split("\t") for line in kg("query", "--list").out.splitlines()]
    assert len(listed) == len(list((ROOT / "queries").glob("*.rq")))
    assert all(question for _, question, _ in listed)
    codes = {name: kg("query", name).code for name, _, _ in listed}
    assert {name for name, code in codes.items() if code} == {"position-over-time", "evidence-of-a-fact"}


def test_a_query_from_a_file_from_the_line_and_from_standard_input_agree(kg, tmp_path, monkeypatch):
    path = tmp_path / "talks.rq"
    path.write_text(TALKS)
    wanted = kg("query", path).out
    assert wanted.count("\n") > 1
    assert kg("query", "-q", TALKS).out == wanted
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TALKS.encode())))
    assert kg("query", "-").out == wanted


def test_the_formats_of_rows_say_the_same(kg):
    count = len(rows(kg("query", "-q", TALKS)))
    assert count > 0
    assert len(json.loads(kg("query", "-q", TALKS, "--format", "json").out)["results"]["bindings"]) == count
    assert kg("query", "-q", TALKS, "--format", "tsv").out.count("\n") == count + 1
    assert kg("query", "-q", TALKS, "--format", "xml").out.count("<result>") == count
    assert kg("query", "-q", TALKS, "--format", "md").out.count("\n") == count + 2
    assert kg("query", "-q", TALKS, "--format", "table").out.count("\n") == count + 2
    assert kg("query", "-q", "ASK { ?s ?p ?o }").out == "true\n"


def test_the_formats_of_triples_say_the_same(kg):
    formats = {
        "turtle": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdfxml": ox.RdfFormat.RDF_XML,
    }
    read = {
        name: {
            str(quad.triple)
            for quad in ox.parse(kg("query", "-q", DESCRIBE, "--format", name).out.encode(), form)
        }
        for name, form in formats.items()
    }
    assert len(read["turtle"]) > 5
    assert all(triples == read["turtle"] for triples in read.values())


def test_the_name_of_the_file_decides_the_format(kg, tmp_path):
    for name, start in (
        ("a.json", "{"),
        ("a.xml", "<?xml"),
        ("a.md", "| e |"),
        ("a.tsv", "?e"),
        ("a.csv", "e\n"),
    ):
        ran = kg("query", "-q", TALKS, "-o", tmp_path / name)
        assert (ran.code, ran.out) == (0, "")
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
    assert kg("query", "-q", DESCRIBE, "-o", tmp_path / "a.nt").code == 0
    assert (tmp_path / "a.nt").read_text(encoding="utf-8").startswith("<https://")


def test_a_file_stays_as_it_was_when_writing_fails(kg, tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_text("keep me")
    assert kg("export", "-o", path, "--format", "nonsense").code == 2
    assert kg("query", "-q", "SELEC", "-o", path).code == 2
    assert path.read_text() == "keep me"
    assert [each.name for each in tmp_path.iterdir()] == ["graph.ttl"]


def test_a_query_that_takes_too_long_is_ended(kg):
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    ran = kg("query", "-q", slow, "--limit-seconds", "0.5")
    assert ran.code == 4
    assert "longer than 0.5 s" in ran.err
    assert "--limit-seconds" in ran.err


@pytest.mark.parametrize(
    "name", ["Tigray People's Liberation Front", "TPLF", "tplf", "liberation front tigray"]
)
def test_a_thing_is_found_by_any_of_its_names(kg, name):
    assert kg("show", name).out.startswith("Tigray People's Liberation Front\n")


def test_a_thing_is_found_by_path_iri_and_wikidata_id(kg):
    for name in (
        "state/ethiopia",
        "https://w3id.org/diplomacy-kg/id/state/ethiopia",
        "Q115",
        "wd:Q115",
        "ETHIOPIA",
    ):
        ran = kg("show", name)
        assert ran.out.startswith("Ethiopia\nstate"), (name, ran.err)


def test_a_name_of_several_things_lists_them(kg):
    ran = kg("show", "talks")
    assert ran.code == 2
    assert "things are called 'talks'" in ran.err
    assert ran.err.count("\n  ") > 1


def test_evidence_is_the_text_of_the_article(kg):
    text = kg("show", "Ethiopia", "--evidence").out
    assert "characters" in text
    assert "confidence" in text
    portrait = json.loads(kg("show", "Ethiopia", "--format", "json").out)
    articles = {
        path.stem: path.read_text(encoding="utf-8") for path in ARTICLES.glob("*.md") if path.stem in SAMPLE
    }
    seen = 0
    for fact in portrait["facts"]:
        for statement in fact["statements"]:
            for passage in statement["passages"]:
                assert any(
                    text[passage["begin"] : passage["end"]] == passage["quote"] for text in articles.values()
                )
                seen += 1
    assert seen > 0


def test_conflicts_are_pairs_with_both_voices(kg):
    found = rows(kg("conflicts"))
    assert found
    dates = [each for each in found if "is dated" in each["says1"]]
    assert dates, "the two Muscat reports disagree on the day"
    assert all(each["quote1"] and each["quote2"] and each["claim1"] != each["claim2"] for each in found)
    text = kg("conflicts", "--format", "table")
    assert text.out.count("•") == 2 * len(found)
    assert str(len(found)) in text.err


def test_the_timeline_is_in_order_and_can_be_cut(kg):
    found = rows(kg("timeline"))
    days = [each["earliest"] or each["latest"] or "9999" for each in found]
    assert days == sorted(days)
    cut = rows(kg("timeline", "--from", "2022", "--to", "2022-12"))
    assert 0 < len(cut) < len(found)
    assert all(each["latest"] >= "2022" and each["earliest"] <= "2022-12-31" for each in cut)
    of = rows(kg("timeline", "--actor", "TPLF"))
    assert 0 < len(of) < len(found)


def test_explain_says_who_is_meant_what_is_told_and_what_is_not(kg):
    ran = kg(
        "explain", "Ethiopia may meet Kenya in Nairobi on Friday, officials said.", "--date", "2025-05-14"
    )
    assert ran.code == 0
    assert "state/ethiopia" in ran.out
    assert "What is told" in ran.out
    reading = json.loads(kg("explain", "Ethiopia met Kenya in Nairobi.", "--format", "json").out)
    assert reading["reading"]["links"]


def test_explain_reads_a_file_and_names_one_that_cannot_be_read(kg, sample):
    ran = kg("explain", sample[5])
    assert ran.code == 0
    assert "published 2025-05-12" in ran.out
    ran = kg("explain", "absent.md")
    assert ran.code == 3
    assert "no such file" in ran.err


# Linking


FIELDS = ["article", "start", "end", "text", "type", "label", "iri", "qid", "score", "why"]
LINKED = (
    "\N{MUSICAL SYMBOL G CLEF} Ankara said that Hakan Fidan would meet General Juma Okello and Juma\nOkello's Congolese "
    "friends in Ankara on Friday, after talks with the ABCD."
)


def linked(kg, monkeypatch, *arguments, data=None):
    lines = [json.dumps({"id": "x", "text": LINKED, "date": "2025-05-16"})] if data is None else data
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("\n".join(lines).encode())))
    return kg("link", "-", *arguments)


def test_link_gives_a_line_a_name_with_offsets_into_the_text_as_given(kg, monkeypatch):
    ran = linked(kg, monkeypatch)
    assert (ran.code, ran.err) == (0, "")
    found = [json.loads(line) for line in ran.out.splitlines()]
    assert len(found) >= 6
    for row in found:
        assert list(row) == FIELDS
        assert row["article"] == "x"
        assert LINKED[row["start"] : row["end"]] == row["text"]
        assert row["why"]
    assert [row["start"] for row in found] == sorted(row["start"] for row in found)
    named = {row["text"]: row for row in reversed(found)}
    assert named["Hakan Fidan"]["type"] == "Person"
    assert named["Hakan Fidan"]["iri"] == "https://w3id.org/diplomacy-kg/id/person/hakan-fidan"
    assert [row["type"] for row in found if row["text"] == "Ankara"] == ["State", "Place"]
    assert named["Ankara"]["qid"] == "Q43"
    unknown = named["Juma Okello"]
    assert (unknown["qid"], unknown["label"]) == ("", "Juma Okello")
    assert unknown["iri"].endswith("/person/juma-okello")
    assert named["Congolese"]["type"] == "Demonym"
    assert (named["ABCD"]["label"], named["ABCD"]["iri"], named["ABCD"]["score"]) == ("", "", 0.0)


def test_the_layouts_of_links_say_the_same(kg, monkeypatch):
    wanted = [
        {key: str(value) for key, value in json.loads(line).items()}
        for line in linked(kg, monkeypatch).out.splitlines()
    ]
    assert rows(linked(kg, monkeypatch, "--format", "csv")) == wanted
    head, *lines = linked(kg, monkeypatch, "--format", "tsv").out.splitlines()
    assert head.split("\t") == FIELDS
    assert [line.replace("\\n", "\n").split("\t") for line in lines] == [list(row.values()) for row in wanted]


def test_link_names_what_it_cannot_read_and_goes_on(kg, sample, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    long = "The talks were held in the city on Friday, officials said. " * 18_000
    (tmp_path / "long.txt").write_text(long)
    ran = kg("link", "absent.md", tmp_path / "empty.txt", tmp_path / "long.txt", sample[5])
    assert ran.code == 3
    assert ran.err.count("error: ") == ran.err.count("hint: ") == 3
    assert {json.loads(line)["article"] for line in ran.out.splitlines()} == {SAMPLE[5]}
    text = Path(sample[5]).read_text(encoding="utf-8")
    for row in map(json.loads, ran.out.splitlines()):
        assert text[row["start"] : row["end"]] == row["text"]
    assert kg("explain", tmp_path / "long.txt").code == 3


def test_link_knows_the_table_of_ones_own(kg, monkeypatch, tmp_path):
    (tmp_path / "mine.tsv").write_text("label\ttype\tqid\nJuma Okello\tperson\tQ4115189\n")
    ran = linked(kg, monkeypatch, "--kb", tmp_path / "mine.tsv")
    found = [json.loads(line) for line in ran.out.splitlines()]
    assert {row["qid"] for row in found if row["label"] == "Juma Okello"} == {"Q4115189"}


def test_what_only_reads_knows_the_tables_of_the_project(kg, tmp_path):
    """As ``kg build`` does: names, figures and explanations are those of the same knowledge."""
    store = tmp_path / "project"
    assert kg("kb", "add", "Dune League", "--type", "group", "--store", store).code == 0
    sentence = "The Dune League and Chad held talks in Oslo."
    told = kg("explain", sentence, "--store", store)
    assert "group/dune-league" in told.out
    gold = tmp_path / "gold.jsonl"
    facts = [{"p": "participatesIn", "s": "Dune League", "o": "talks#1"}]
    gold.write_text(json.dumps({"id": "a", "text": sentence, "facts": facts}) + "\n")
    rows = kg("eval", gold, "--store", store, "--format", "csv").out.splitlines()
    assert [row.split(",")[4] for row in rows if row.startswith("participatesIn,")] == ["1.000"]


# Measuring


def gold_file(tmp_path, *facts):
    items = [
        {
            "id": "g1",
            "text": "Norway hosted talks between Sweden and Denmark in Oslo on 14 May 2025, officials said.",
            "date": "2025-05-16",
            "facts": [
                {"p": "hosts", "s": "Norway", "o": "talks#1"},
                {"p": "edtf", "s": "talks#1", "o": "2025-05-14"},
                *facts,
            ],
        }
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(item) + "\n" for item in items))
    return path


def test_eval_gives_the_figures_of_every_relation(kg, tmp_path):
    gold = gold_file(tmp_path, {"p": "leads", "s": "Ada Example", "o": "Sweden"})
    ran = kg("eval", gold)
    assert ran.err == ""
    found = {each["relation"]: each for each in rows(ran)}
    assert (found["hosts"]["precision"], found["hosts"]["recall"]) == ("1.000", "1.000")
    assert (found["leads"]["gold"], found["leads"]["read"], found["leads"]["recall"]) == ("1", "0", "0.000")
    assert (found["days"]["gold"], found["days"]["read"], found["days"]["f1"]) == ("1", "1", "1.000")
    assert found["stance"]["share"] == "1.000"
    figures = json.loads(kg("eval", gold, "--format", "json", "--show", "leads").out)
    assert figures["relations"]["leads"]["recall"] == 0
    assert figures["days"]["read"] == 1
    assert [each["missing"] for each in figures["differences"]] == [["leads ada example / state/sweden"]]
    table = kg("eval", gold, "--show", "leads").out
    assert "missing: leads ada example / state/sweden" in table
    assert "modality and polarity right: 1.00 of" in table
    assert "Did you mean 'leads'?" in kg("eval", gold, "--show", "lead").err


def test_eval_tells_of_events_names_and_what_was_read_for_what(kg, tmp_path):
    told = [{"p": "type", "s": "talks#1", "o": "Meeting"}]
    told += [{"p": "participatesIn", "s": who, "o": "talks#1", "by": None} for who in ("Sweden", "Denmark")]
    gold = gold_file(tmp_path, *told)
    found = {each["relation"]: each for each in rows(kg("eval", gold))}
    assert found["events-lenient"]["f1"] == found["entities"]["recall"] == found["binding"]["f1"] == "1.000"
    assert (found["roles"]["gold"], found["dates"]["f1"], found["speaker"]["gold"]) == ("3", "1.000", "2")
    assert set(found["merging"].values()) == {"merging", ""}
    figures = json.loads(kg("eval", gold, "--format", "json", "--confusions").out)
    assert figures["merging"] is None
    assert figures["events-lenient"] == {"gold": 1, "read": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert {"kind": "type", "gold": "Meeting", "read": "Talks", "count": 1, "ids": ["g1"]} in figures[
        "confusions"
    ]
    table = kg("eval", gold, "--confusions").out
    assert "type: Meeting read as Talks, 1 (g1)" in table
    assert "merging              not measured" in table


def test_eval_measures_merging_where_gold_names_events(kg, tmp_path):
    gold = gold_file(tmp_path, {"p": "type", "s": "talks#1", "o": "Talks"})
    first = json.loads(gold.read_text()) | {"events": {"talks#1": "oslo"}}
    second = first | {"id": "g2", "text": first["text"].replace("hosted", "hosted the")}
    gold.write_text("".join(json.dumps(each) + "\n" for each in (first, second)))
    found = {each["relation"]: each for each in rows(kg("eval", gold))}
    assert (found["merging"]["gold"], found["merging"]["read"], found["merging"]["f1"]) == ("2", "2", "1.000")
    assert (found["merging-pairs"]["gold"], found["merging-pairs"]["recall"]) == ("1", "1.000")


def test_eval_fails_below_a_floor_and_only_there(kg, tmp_path):
    gold = gold_file(tmp_path, {"p": "leads", "s": "Ada Example", "o": "Sweden"})
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps({"hosts": {"precision": 1.0}, "stance": {"share": 0.5}}))
    assert kg("eval", gold, "--floors", floors).code == 0
    floors.write_text(json.dumps({"hosts": {"precision": 1.0}, "leads": {"recall": 0.5}}))
    ran = kg("eval", gold, "--floors", floors)
    assert ran.code == 1
    assert ran.err == "below: leads recall: 0.000 is below its floor 0.500\n"
    assert json.loads(kg("eval", gold, "--floors", floors, "--format", "json").out)["below"]


@pytest.mark.parametrize(
    ("floors", "what"),
    [
        ("{", "holds no floors"),
        ("[]", "holds no floors"),
        ('{"all": {"recall": "high"}}', "holds no floors"),
        ('{"corpus_sha256": "0", "floors": {}}', "holds floors for another file"),
        ('{"hosting": {"recall": 0.1}}', "which is not measured"),
        (None, "cannot be read"),
    ],
)
def test_floors_that_cannot_hold_are_refused(kg, tmp_path, floors, what):
    if floors is not None:
        (tmp_path / "floors.json").write_text(floors)
    ran = kg("eval", gold_file(tmp_path), "--floors", tmp_path / "floors.json")
    assert ran.code == 3
    assert what in ran.err
    assert "hint: " in ran.err


def test_a_gold_file_that_is_none_is_bad_input(kg, tmp_path):
    for name, text in (("empty", ""), ("broken", '{"id": 1}\n'), ("absent", None)):
        path = tmp_path / f"{name}.jsonl"
        if text is not None:
            path.write_text(text)
        ran = kg("eval", path)
        assert (ran.code, ran.out) == (3, "")
        assert f"{name}.jsonl" in ran.err


# Taking it elsewhere


def test_the_export_holds_the_ontology_and_reads_equal_in_every_format(kg, tmp_path):
    parsed = {}
    for suffix, form in (
        ("ttl", ox.RdfFormat.TURTLE),
        ("nt", ox.RdfFormat.N_TRIPLES),
        ("rdf", ox.RdfFormat.RDF_XML),
    ):
        assert kg("export", "-o", tmp_path / f"g.{suffix}").code == 0
        data = ox.Dataset(ox.parse(path=tmp_path / f"g.{suffix}", format=form))
        data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        parsed[suffix] = {str(quad) for quad in data}
    assert parsed["ttl"] == parsed["nt"] == parsed["rdf"]
    text = (tmp_path / "g.ttl").read_text(encoding="utf-8")
    assert "dip:Talks a owl:Class" in text
    assert "xsd:nonNegativeInteger" in text
    assert kg("export").out == text


def test_the_view_alone_has_no_claims(kg, tmp_path):
    assert kg("export", "--view-only", "-o", tmp_path / "view.nt").code == 0
    text = (tmp_path / "view.nt").read_text(encoding="utf-8")
    assert "ns#participatesIn" in text
    assert "/claim/" not in text


def test_other_exports_can_be_written(kg, tmp_path):
    for name, start in (("g.csv", "subject,predicate,object"), ("g.graphml", "<?xml"), ("g.jsonld", "{")):
        assert kg("export", "-o", tmp_path / name).code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_event_data_say_who_did_what_to_whom(kg, built, tmp_path):
    ran = kg("export", "--format", "plover", "-o", tmp_path / "events.csv")
    assert ran.code == 0
    assert "as plover" in ran.err
    raw = (tmp_path / "events.csv").read_bytes()
    assert kg("export", "--format", "plover").out.encode() == raw
    rows = list(csv.DictReader(io.StringIO(raw.decode(), newline="")))
    with Project.open(built) as project:
        texts = {each.article.id: each.article.text for each in project.readings()}
    told = set()
    for row in rows:
        article = row["article"].rpartition("/")[2].rsplit("-", 1)[0]
        assert row["sentence"] == texts[article][int(row["start"]) : int(row["end"])]
        told.add((article, *(row[name] for name in list(row)[3:15])))
    iran, us = ("Iran", "Q794"), ("United States", "Q30")
    ethiopia, tigray = ("Ethiopia", "Q115"), ("Tigray People's Liberation Front", "")
    round_, brief = "2025-05-12-muscat-fourth-round", "2025-05-12-muscat-fourth-round-brief"
    assert told >= {
        # Two articles tell of one round, and each keeps the day that it gives.
        (round_, "2025-05-11", *iran, *us, "IndirectTalks", "CONSULT", "Muscat", "actual", "false", "", "0.9"),
        (round_, "2025-05-11", *us, *iran, "IndirectTalks", "CONSULT", "Muscat", "actual", "false", "", "0.9"),
        (brief, "2025-05-10", *iran, *us, "IndirectTalks", "CONSULT", "Muscat", "actual", "false", "", "0.9"),
        (brief, "", "Donald Trump", "Q22686", "", "", "Threat", "THREATEN", "", "actual", "false", "", "0.9"),
        # Put off: never actual.
        (
            "2022-10-08-tigray-talks-postponed", "2022-10-08/2022-10-09", *ethiopia, *tigray, "Talks", "CONSULT",
            "South Africa", "expected", "false", "diplomats (not named)", "0.9",
        ),
        # Mediation goes one way.
        (
            "2022-10-24-pretoria-talks-open-monday", "2022-10-24", "African Union", "", *ethiopia, "Talks",
            "CONSULT", "", "actual", "false", "", "0.85",
        ),
        (
            "2023-02-24-assembly-vote-es-11-6", "", "UN General Assembly", "", "", "", "Demand", "DEMAND", "",
            "actual", "false", "", "0.9",
        ),
    }  # fmt: skip
    assert not any(row["target"] == "African Union" for row in rows)
    assert not any("elegation" in row["source"] + row["target"] for row in rows)
    assert "Majid Takht-Ravanchi" not in {row["source"] for row in rows}  # he led the team of Iran


def test_the_page_is_written_whole(kg, tmp_path):
    ran = kg("graph", "-o", tmp_path / "graph.html", "--title", "A <b>title</b>")
    assert ran.code == 0
    html = (tmp_path / "graph.html").read_text(encoding="utf-8")
    assert "<b>title" not in html
    assert "Tigray" in html


def test_the_page_of_a_file_is_that_of_the_project_it_was_written_from(kg, tmp_path):
    for name in ("g.ttl", "g.nt", "g.jsonld", "g.rdf"):
        assert kg("export", "-o", tmp_path / name).code == 0
        assert kg("graph", tmp_path / name, "-o", tmp_path / f"{name}.html").code == 0
    assert kg("graph", "-o", tmp_path / "g.html").code == 0
    pages = {path.name: path.read_bytes() for path in tmp_path.glob("*.html")}
    assert len(pages) == 5
    assert len(set(pages.values())) == 1


@pytest.mark.parametrize("layout", ["turtle", "nt", "jsonld", "rdfxml"])
def test_the_page_of_a_construct_query(kg, tmp_path, monkeypatch, layout):
    asked = kg("query", "-q", DESCRIBE, "--format", layout)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(asked.out.encode())))
    ran = kg("graph", "-", "-o", tmp_path / "talks.html")
    assert ran.code == 0, ran.err
    html = (tmp_path / "talks.html").read_text(encoding="utf-8")
    assert "Talks" in html
    assert '"status":"plain"' in html
    assert '"status":"stated"' not in html


def test_the_page_of_what_has_changed(kg, built, tmp_path):
    assert kg("graph", "--since", "2025-05-12", "-o", tmp_path / "since.html").code == 0
    html = (tmp_path / "since.html").read_text(encoding="utf-8")
    assert '"compared":"what the articles of 2025-05-12 and later changed"' in html
    assert '"change":"gained"' in html
    kg("export", "-o", tmp_path / "g.ttl")
    assert kg("graph", tmp_path / "g.ttl", "--compare", built, "-o", tmp_path / "same.html").code == 0
    html = (tmp_path / "same.html").read_text(encoding="utf-8")
    assert '"change":"same"' in html
    assert '"change":"gained"' not in html
    for wrong in (
        ["--since", "soon"],
        ["--since", "2025-05-12", "--compare", "x"],
        ["g.ttl", "--since", "2025-05-12"],
    ):
        assert kg("graph", *wrong, "-o", tmp_path / "x.html").code == 2
    assert kg("graph", "--compare", "absent.ttl", "-o", tmp_path / "x.html").code == 3


@pytest.mark.parametrize(
    ("given", "what", "code"),
    [
        (b"", "holds no triples", 3),
        (b"subject,object\na,b\n", "does not parse", 3),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "document type", 3),
        (b"\xff\xfe", "not UTF-8", 3),
    ],
)
def test_a_page_cannot_be_made_of_anything(kg, tmp_path, monkeypatch, given, what, code):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
    ran = kg("graph", "-", "-o", tmp_path / "x.html")
    assert (ran.code, ran.out) == (code, "")
    assert what in ran.err
    assert not (tmp_path / "x.html").exists()
    both = kg("graph", "-", "--store", "x", "-o", tmp_path / "x.html")
    assert (both.code, "not both" in both.err) == (2, True)


def test_a_good_graph_conforms_and_a_broken_one_does_not(kg, tmp_path):
    assert kg("validate", "--fast").code == 0
    path = tmp_path / "g.ttl"
    kg("export", "-o", path)
    ran = kg("validate", path)
    assert ran.code == 0, ran.out
    text = path.read_text(encoding="utf-8")
    assert "dip:confidence 0.9" in text
    path.write_text(text.replace("dip:confidence 0.9", "dip:confidence 1.9", 1), encoding="utf-8")
    ran = kg("validate", path)
    assert ran.code == 1
    assert "confidence" in ran.out
    assert "does not conform" in ran.err


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("g.ttl", b"this is no turtle", "does not parse"),
        ("g.rdf", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "document type"),
        ("g.ttl", "é".encode("latin-1"), "not UTF-8"),
        ("g.foo", b"", "does not tell the format"),
    ],
)
def test_a_file_that_is_no_graph_is_bad_input(kg, tmp_path, name, data, what):
    (tmp_path / name).write_bytes(data)
    ran = kg("validate", tmp_path / name)
    assert ran.code == 3
    assert what in ran.err


# Behind it


def test_stats_count(kg):
    found = {(each["group"], each["name"]): int(each["count"]) for each in rows(kg("stats"))}
    assert found["total", "articles"] == len(SAMPLE)
    assert found["total", "claims"] > 20
    assert found["total", "conflicts"] == len(rows(kg("conflicts")))
    told = sum(count for (group, _), count in found.items() if group == "claims by how they are told")
    assert told == found["total", "claims"]


def test_the_knowledge_base_can_be_searched(kg, tmp_path):
    found = rows(kg("kb", "search", "TPLF"))
    assert found[0]["key"] == "group/tigray-peoples-liberation-front"
    assert found[0]["why"]
    assert len(rows(kg("kb", "search", "United", "--limit", "3"))) == 3
    (tmp_path / "mine.tsv").write_text("label\ttype\nAda Example\tperson\n")
    assert (
        rows(kg("kb", "search", "Ada Example", "--kb", tmp_path / "mine.tsv"))[0]["key"]
        == "person/ada-example"
    )


def test_a_table_of_ones_own_makes_articles_be_read_again(kg, project, sample, tmp_path):
    (tmp_path / "mine.tsv").write_text("label\ttype\nAda Example\tperson\n")
    ran = kg("build", sample[5], "--kb", tmp_path / "mine.tsv", "--store", project)
    assert "1 replaced" in ran.err
    ran = kg("build", sample[5], "--kb", tmp_path / "absent.tsv", "--store", project)
    assert ran.code == 3
    assert "absent.tsv" in ran.err


def test_flag_beats_environment_beats_file_beats_default(kg, monkeypatch, tmp_path):
    (tmp_path / "kg.toml").write_text('model = "from-file"\nstore = "from-file"\n')
    found = {each["setting"]: each for each in rows(kg("config"))}
    assert (found["model"]["value"], found["model"]["source"]) == ("from-file", str(tmp_path / "kg.toml"))
    assert found["store"]["source"] == "KG_STORE"
    assert found["workers"]["source"] == "default"
    ran = kg("stats", "--store", tmp_path / "from-flag")
    assert "from-flag" in ran.err
    (tmp_path / "kg.toml").write_text("modle = 1\n")
    assert "Did you mean 'model'?" in kg("config").err


def test_the_version_is_told(kg):
    assert kg("--version").out.startswith("kg 0.")


def test_what_articles_say_cannot_steer_the_terminal():
    assert safe("a\x1b[31mb\u202ec\x07\nd") == "a\ufffd[31mb\ufffdc\ufffd d"


def test_a_quiet_build_says_nothing(kg, project, sample):
    ran = kg("build", sample[0], "--store", project, "--quiet")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_what_did_not_fit_the_graph_is_counted(built, capsys):
    settings = config.load(folder=built.parent, environ={}, explicit={"store": built})
    _tell_graph(Tally(left_out=2), settings)
    assert "2 facts read did not fit the graph and stayed out" in capsys.readouterr().err


def test_on_a_terminal_an_answer_without_rows_says_so(kg, monkeypatch):
    monkeypatch.setattr("kg.commands.query.to_terminal", lambda _: True)
    ran = kg("query", "-q", "SELECT ?x { ?x <https://x.org/none> 1 }")
    assert (ran.code, ran.err) == (0, "no rows\n")


def test_an_interrupt_that_the_command_line_does_not_see_ends_with_130_too(monkeypatch, capsys):
    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.cli.main", interrupted)
    assert run_kg() == 130
    assert capsys.readouterr().err == "interrupted\n"
