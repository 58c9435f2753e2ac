"""Commands with the cache of annotations: the same graph without the model, and ``kg cache`` shows and empties it."""

import pytest
from sample_articles import ROOT

from kg import api
from kg.config import Settings
from kg.parses import opened

CODE = """
import sys
from kg.cli import main
articles, store = sys.argv[1:-1], sys.argv[-1]
assert main(["build", *articles, "--store", store, "--quiet"]) == 0
print("LOADED", sum(name.startswith("en_core_web") for name in sys.modules))
print("READ", *(path.name for path in sorted(__import__("pathlib").Path(store, "readings").iterdir())))
"""


def kept(folder):
    return opened(Settings(cache=folder)).contents().count


def readings(store):
    return {path.name: path.read_bytes() for path in (store / "readings").iterdir()}


def test_a_text_is_annotated_once_whatever_the_project_and_the_knowledge(fresh, sample, tmp_path, built):
    there = {"KG_CACHE": str(tmp_path / "kept")}
    runs = [fresh(*sample, tmp_path / name, code=CODE, **there) for name in ("first", "second")]
    assert [(run.code, run.out.split()[:2]) for run in runs] == [(0, ["LOADED", "1"]), (0, ["LOADED", "0"])]
    assert readings(tmp_path / "first") == readings(tmp_path / "second") == readings(built)
    table = tmp_path / "own.tsv"
    table.write_text("key\tlabel\ttype\nperson/x-y\tX Y\tdip:Person\n")
    again = fresh(*sample, tmp_path / "first", code=CODE, KG_KB=str(table), **there)
    assert (again.code, again.out.split()[:2]) == (0, ["LOADED", "0"]), again.err
    assert readings(tmp_path / "first") != readings(built)
    assert kept(tmp_path / "kept") == len(sample)


def test_it_can_be_chosen_for_one_build(kg, sample, tmp_path):
    ran = kg("build", sample[0], "--store", tmp_path / "store", "--cache", tmp_path / "kept")
    assert (ran.code, kept(tmp_path / "kept")) == (0, 1)
    ran = kg("build", sample[1], "--store", tmp_path / "store", "--cache", "off")
    assert (ran.code, kept(tmp_path / "kept")) == (0, 1)
    ran = kg("link", *sample[:2], "--cache", tmp_path / "kept")
    assert (ran.code, kept(tmp_path / "kept")) == (0, 2)


def test_explaining_and_measuring_keep_too(kg, tmp_path, monkeypatch):
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "kept"))
    assert kg("explain", "Kenya met Somalia in Nairobi on Monday.").code == 0
    assert kept(tmp_path / "kept") == 1
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "a", "text": "Kenya met Uganda in Nairobi.", "facts": []}\n')
    assert kg("eval", gold).code == 0
    assert kept(tmp_path / "kept") == 2


def test_the_setting_holds_for_the_library(sample, tmp_path, monkeypatch):
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "kept"))
    monkeypatch.chdir(tmp_path)
    with api.build(sample[:1]) as graph, api.build(sample[:1]) as again:
        assert graph.to_turtle() == again.to_turtle()
    assert kept(tmp_path / "kept") == 1


@pytest.mark.parametrize("state", ["a file", "others may write"])
def test_a_cache_that_cannot_be_used_is_no_reason_to_fail(kg, sample, tmp_path, state):
    folder = tmp_path / "kept"
    if state == "a file":
        folder.write_text("mine")
    else:
        (folder / "annotations").mkdir(parents=True)
        (folder / "annotations").chmod(0o777)
    ran = kg("build", sample[0], "--store", tmp_path / "store", "--cache", folder)
    assert ran.code == 0
    assert "1 read" in ran.err
    assert list(folder.rglob("*/*")) == []


def test_it_tells_what_is_kept_and_empties_it(kg, sample, tmp_path, monkeypatch):
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "kept"))
    monkeypatch.setenv("KG_CACHE_MB", "2000")
    folder = tmp_path / "kept" / "annotations"
    assert kg("cache").out == f"folder  {folder}\ntexts   0, 0.0 MiB of at most 2,000 MiB\n"
    assert not folder.exists()
    kg("build", *sample, "--store", tmp_path / "store")
    assert kg("cache").out.splitlines()[1] == "texts   6, 0.0 MiB of at most 2,000 MiB"
    ran = kg("cache", "clear")
    assert (ran.code, ran.out, ran.err) == (0, "", "removed  6, 0.0 MiB\n")
    assert kept(tmp_path / "kept") == 0


def test_it_tells_why_nothing_is_kept(kg, tmp_path, monkeypatch):
    assert kg("cache").out == "nothing is kept: the setting cache is off\n"
    assert kg("cache", "clear").err == "Nothing is kept: the setting cache is off.\n"
    assert "cache,off,KG_CACHE" in kg("config").out
    monkeypatch.setenv("KG_CACHE", str(tmp_path))
    (tmp_path / "annotations").mkdir()
    (tmp_path / "annotations").chmod(0o777)
    assert kg("cache").out.splitlines()[1] == "state   not used: others may write to it"
    ran = kg("cache", "clear")
    assert ran.code == 3
    assert "others may write to it" in ran.err


def test_the_commands_are_there(kg):
    assert "clear" in kg("cache", "--help").out
    assert "only you can read" in " ".join(kg("cache", "--help").out.split())
    assert (ROOT / "docs" / "cli.md").read_text("utf-8").count("### `kg cache") == 2
