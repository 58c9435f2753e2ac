"""``kg doctor``: each fault is really made, found, and told with what to do; nothing of an article is told."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import pytest
import spacy
from sample_articles import ROOT

from kg import config, files
from kg.commands import doctor_folder
from kg.commands.doctor_folder import LEAST, room
from kg.commands.doctor_line import OK
from kg.commands.doctor_program import NEWEST, OLDEST, _command, _python
from kg.kb_user import OWN

SECRET = "Majid Takht-Ravanchi, the deputy foreign minister, led the Iranian delegation."


def by_name(lines):
    """Put lines under their names: several may bear one. What is not well has a hint, and no line an article's words."""
    found = {}
    for each in lines:
        assert each["state"] == OK or each["hint"], each
        assert SECRET not in str(each)
        found.setdefault(each["name"], []).append(each)
    return found


@pytest.fixture
def look_in(monkeypatch, tmp_path):
    """Ask the doctor about a project folder and the cache alone."""

    def ask(folder, **settings):
        chosen = config.load(
            folder=tmp_path, environ={"KG_CACHE": "off"}, explicit={"store": folder, **settings}
        )
        return by_name(map(asdict, doctor_folder.folders(chosen)))

    return ask


@pytest.fixture
def look(kg):
    """Ask the doctor about everything."""

    def ask(*arguments):
        ran = kg("doctor", "--format", "json", *arguments)
        told = json.loads(ran.out)
        assert ran.code == (0 if told["ok"] else 1)
        assert told["ok"] is all(each["state"] != "fault" for each in told["findings"])
        return by_name(told["findings"])

    return ask


def alone(found, name):
    (line,) = found[name]
    return line


def faults(found):
    return {name for name, lines in found.items() for line in lines if line["state"] == "fault"}


# what is well


def test_all_is_well_with_the_sample(look, built):
    found = look()
    assert faults(found) == set()
    assert {
        "python",
        "diplomacy-kg",
        "spacy",
        "pyoxigraph",
        "model",
        "ontology",
        "frames",
        "knowledge",
    } <= found.keys()
    assert alone(found, "reading")["what"] == "a sentence of its own is read from end to end"
    assert alone(found, "project")["where"] == str(built)
    assert "format 1, 6 articles read" in alone(found, "project")["what"]
    assert alone(found, "graph")["what"].startswith("whole, ")
    assert alone(found, "readings")["what"] == "all 6 can be read"
    assert alone(found, "lock")["what"] == "free"
    assert alone(found, "rules")["state"] == "ok"
    assert alone(found, "temporary")["state"] == "ok"


def test_it_changes_nothing(look_in, project):
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*") if "LOG" not in path.name}
    look_in(project)
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*") if "LOG" not in path.name} == before


def test_as_text_each_line_has_its_mark_and_faults_their_hint(kg, project):
    (project / "decisions.toml").write_text("[[same]\n")
    ran = kg("doctor", "--store", project)
    assert ran.code == 1
    lines = ran.out.splitlines()
    assert any(line.startswith("ok     python  ") for line in lines)
    assert any(line.startswith("FAULT  decisions  ") for line in lines)
    assert "things looked at: 1 fault, " in ran.err


def test_an_unknown_format_is_refused(kg):
    ran = kg("doctor", "--format", "jsn")
    assert ran.code == 2
    assert "Did you mean 'json'?" in ran.err


# the program


def test_an_old_python_is_a_fault_and_one_that_was_not_tried_a_note():
    assert _python((3, 10, 9)).state == "fault"
    assert _python((*OLDEST, 0)).state == _python((*NEWEST, 9)).state == "ok"
    assert _python((3, NEWEST[1] + 1, 0)).state == "note"


@pytest.fixture
def packages(fresh, tmp_path):
    """Let packages stand before those that are installed: the doctor sees them first."""
    folder = tmp_path / "packages"

    def put(name: str, version: str, code: str | None = None) -> None:
        info = folder / f"{name}-{version}.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        if code is not None:
            (folder / f"{name}.py").write_text(code)

    def ask():
        ran = fresh("doctor", "--format", "json", PYTHONPATH=f"{folder}{os.pathsep}{ROOT}")
        return by_name(json.loads(ran.out)["findings"])

    put.ask = ask  # type: ignore[attr-defined]
    return put


def test_packages_that_are_too_old_or_broken_and_a_namesake_are_faults(packages):
    packages("trafilatura", "1.4.0")
    packages("rapidfuzz", "3.14.6", "raise ImportError('libstdc++.so.6: not found')\n")
    packages("kg", "0.4.2")
    packages("pypdf", "1.0")
    found = packages.ask()
    old = alone(found, "trafilatura")
    assert (old["state"], old["what"]) == ("fault", "1.4.0 is installed, >=2.0 is needed")
    assert "pip install 'trafilatura>=2.0'" in old["hint"]
    broken = alone(found, "rapidfuzz")
    assert broken["state"] == "fault"
    assert broken["what"] == "3.14.6 cannot be loaded: ImportError: libstdc++.so.6: not found"
    (namesake,) = found["copies"]
    assert namesake["state"] == "fault"
    assert "pip uninstall kg" in namesake["hint"]
    extra = alone(found, "[pdf]")
    assert (extra["state"], extra["what"]) == ("note", "not installed, only for articles in PDF: pypdf")
    assert "pip install 'diplomacy-kg[pdf]'" in extra["hint"]
    assert alone(found, "[web]")["state"] == "ok"


def test_a_package_that_is_missing_is_a_fault(tmp_path):
    """In an environment in which there is nothing but what is linked into it."""
    site = tmp_path / "site"
    site.mkdir()
    for folder in map(Path, filter(os.path.isdir, sys.path)):
        if folder.name == "site-packages":
            for each in folder.iterdir():
                if not each.name.lower().startswith(("sparqlwrapper", "anyio", "__editable__", "_")):
                    (site / each.name).symlink_to(each)
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT}{os.pathsep}{site}", "KG_CACHE": "off"}
    command = [sys._base_executable, "-S", "-m", "kg", "doctor", "--format", "json"]
    ran = subprocess.run(command, env=environ, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 1, ran.stderr
    found = {each["name"]: each for each in json.loads(ran.stdout)["findings"]}
    assert found["sparqlwrapper"]["what"] == "is missing"
    assert "pip install 'sparqlwrapper>=2.0'" in found["sparqlwrapper"]["hint"]
    assert found["[web]"]["what"].endswith(": anyio")


def test_another_kg_in_the_path_is_told(tmp_path):
    ours, other = tmp_path / "ours" / "kg", tmp_path / "other" / "kg"
    for command in (ours, other):
        command.parent.mkdir()
        command.touch(mode=0o755)
    link = tmp_path / "link"
    link.symlink_to(ours)
    assert _command(ours, [ours, link]).state == "ok"
    behind = _command(ours, [ours, other])
    assert (behind.state, behind.where) == ("note", str(other))
    assert behind.what == "another kg stands behind it in PATH"
    before = _command(ours, [other, ours])
    assert before.what == "typing kg runs another program than this one"
    assert str(ours) in before.hint


def test_two_commands_are_found_in_a_real_path(fresh, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "kg").touch(mode=0o755)
    (tmp_path / "three").mkdir()
    (tmp_path / "three" / "kg").touch(mode=0o644)
    path = os.pathsep.join(str(tmp_path / name) for name in ("one", "two", "three"))
    ran = fresh("doctor", "--format", "json", PATH=path)
    (line,) = (each for each in json.loads(ran.out)["findings"] if each["name"] == "command")
    assert line["where"] == f"{tmp_path}/one/kg, {tmp_path}/two/kg"


def test_names_of_files_that_are_not_read_as_utf8_are_told(fresh):
    ran = fresh("doctor", "--format", "json", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", LC_ALL="C")
    (line,) = (each for each in json.loads(ran.out)["findings"] if each["name"] == "encoding")
    assert line["state"] == "note"
    assert "LC_ALL=C.UTF-8" in line["hint"]


# what reads


def test_a_model_that_is_missing_is_named_with_its_package(look, monkeypatch):
    monkeypatch.setenv("KG_MODEL", "en_core_web_xx")
    found = look()
    assert alone(found, "model")["what"] == "en_core_web_xx is not installed"
    assert "pip install en-core-web-xx" in alone(found, "model")["hint"]
    assert "reading" not in found


def test_a_model_that_finds_nothing_is_a_fault(look, tmp_path, monkeypatch):
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    blank.to_disk(tmp_path / "blank")
    monkeypatch.setenv("KG_MODEL", str(tmp_path / "blank"))
    found = look()
    assert alone(found, "model")["state"] == "ok"
    assert alone(found, "reading")["state"] == "fault"


def test_a_table_that_is_broken_is_named(look, tmp_path, monkeypatch):
    (tmp_path / "names.tsv").write_text("label\ttype\nDune League\tgruop\n")
    monkeypatch.setenv("KG_KB", str(tmp_path / "names.tsv"))
    line = alone(look(), "knowledge")
    assert line["state"] == "fault"
    assert "names.tsv" in line["where"]


def test_frames_and_ontology_that_are_broken_are_named(tmp_path, fresh):
    """In a copy of the program whose data are really broken."""
    shutil.copytree(ROOT / "kg", tmp_path / "kg", ignore=shutil.ignore_patterns("__pycache__", "web"))
    for source, name in (("ontology", "ontology"), ("queries", "queries"), ("seeds/kb", "kb")):
        shutil.copytree(ROOT / source, tmp_path / "kg" / "_data" / name)
    data = tmp_path / "kg" / "_data" / "ontology"
    (data / "lexicon" / "en" / "frames-deeds.toml").write_text("[[frame]\n")
    with (data / "diplomacy.ttl").open("a") as stream:
        stream.write("dip:Talks a owl:Class\n")
    ran = fresh("doctor", "--format", "json", PYTHONPATH=str(tmp_path))
    found = {each["name"]: each for each in json.loads(ran.out)["findings"]}
    assert found["frames"]["state"] == found["ontology"]["state"] == "fault"
    assert "frames-deeds.toml" in found["frames"]["where"]


def test_settings_that_are_wrong_are_a_fault_and_the_rest_is_looked_at(look, tmp_path, built):
    (tmp_path / "kg.toml").write_text("modle = 1\n")
    found = look("--store", built)
    assert alone(found, "settings")["hint"] == "Did you mean 'model'?"
    assert alone(found, "project")["where"] == str(built)
    assert "project" in look()


# the project folder


def test_a_folder_that_is_not_there_is_no_fault(look_in, tmp_path):
    found = look_in(tmp_path / "deep" / "kg-store")
    assert alone(found, "project")["state"] == "note"
    assert alone(found, "writable")["where"] == str(tmp_path)


def test_a_folder_with_other_things_is_a_fault(look_in, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").touch()
    assert "other things" in alone(look_in(tmp_path / "other"), "project")["what"]


def test_a_folder_of_another_version_is_a_fault(look_in, project):
    (project / "project.json").write_text('{"format": 99}')
    line = alone(look_in(project), "project")
    assert line["what"] == "the folder has format 99, this version reads 1"
    assert line["hint"] == "Update diplomacy-kg."


def test_who_writes_is_told(look_in, project):
    code = "import sys, time\nfrom pathlib import Path\nfrom kg import files\nfiles.lock(Path(sys.argv[1]))\nprint('held', flush=True)\ntime.sleep(60)"
    command = [sys.executable, "-c", code, str(project / "lock")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout.readline() == b"held\n"
        line = alone(look_in(project), "lock")
        process.kill()
    assert line["state"] == "note"
    if Path("/proc/locks").is_file() and f" {process.pid} " in line["what"]:
        assert line["what"].startswith(f"process {process.pid} (")
    assert line["what"].endswith("is writing to the project")
    assert alone(look_in(project), "lock")["what"] == "free"


def test_no_lock_file_is_made(look_in, project):
    (project / "lock").unlink(missing_ok=True)
    look_in(project)
    assert not (project / "lock").exists()


def test_readings_that_are_damaged_are_named_without_their_text(look_in, project):
    paths = sorted((project / "readings").glob("*.json"))
    paths[0].write_bytes(paths[0].read_bytes()[:-40])
    paths[1].write_text(
        json.dumps({"version": 1, "reading": {"article": {"id": "x", "text": 7, "title": SECRET}}})
    )
    paths[2].write_text(json.dumps({"version": 1, "reading": SECRET}))
    paths[3].write_bytes(b"\xff" + SECRET.encode())
    (project / "cache" / "ledger.json").unlink()
    found = look_in(project)
    assert [line["where"] for line in found["readings"]] == [str(path) for path in paths[:4]]
    assert {line["state"] for line in found["readings"]} == {"fault"}
    assert "not known" in alone(found, "rules")["what"]


def test_of_many_damaged_readings_a_few_are_named(look_in, project):
    for path in (project / "readings").glob("*.json"):
        path.write_text("{}")
    lines = look_in(project)["readings"]
    assert len(lines) == 6
    assert lines[-1]["what"] == "1 more are damaged"


def test_a_graph_that_is_cut_off_is_a_fault(look_in, project):
    (generation,) = (project / "store").glob("generation-*")
    table = max(generation.glob("*.sst"), key=lambda path: path.stat().st_size)
    table.write_bytes(table.read_bytes()[:-100])
    line = alone(look_in(project), "graph")
    assert (line["state"], line["what"], line["where"]) == ("fault", "is damaged", str(generation))


def test_a_store_whose_pointer_is_broken_is_a_fault(look_in, project):
    (project / "store" / "current").write_text("{")
    assert "the store cannot be read" in alone(look_in(project), "graph")["what"]


def test_a_project_without_a_graph_is_a_note(look_in, project):
    shutil.rmtree(project / "store")
    assert alone(look_in(project), "graph")["what"] == "none yet"


def test_articles_read_by_other_rules_are_told(look_in, project, monkeypatch):
    monkeypatch.setattr("kg.versions.PACKAGE", "0.0.9")  # as after an update of the package
    assert alone(look_in(project), "rules")["what"].startswith("6 articles read by other rules")


def test_what_killed_runs_leave_is_counted_and_what_live_ones_need_is_not(look_in, project):
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    (project / "readings" / f"{files.TEMPORARY}{gone.pid}-0011").write_bytes(b"x" * 2_000_000)
    (project / "store" / f"{files.TEMPORARY}{gone.pid}").mkdir()
    (project / "readings" / f"{files.TEMPORARY}{os.getpid()}-0011").touch()
    line = alone(look_in(project), "temporary")
    assert line["what"] == "2 files or folders of a run that was ended, 1.9 MiB"
    assert str(os.getpid()) not in line["where"]


def test_decisions_that_are_broken_are_a_fault(look_in, project):
    path = project / "decisions.toml"
    path.write_text('[[reject]]\nclaim = "0123456789abcdef0123"\n')
    assert alone(look_in(project), "decisions")["what"] == "1 decision"
    path.write_text('[[reject]]\nclam = "0123456789abcdef0123"\n')
    assert alone(look_in(project), "decisions")["state"] == "fault"
    path.write_bytes(b"\xff")
    assert "not UTF-8" in alone(look_in(project), "decisions")["what"]
    path.unlink()
    path.mkdir()
    assert alone(look_in(project), "decisions")["state"] == "fault"


def test_own_names_that_are_broken_are_a_fault(look_in, project):
    (project / "kb").mkdir()
    (project / "kb" / OWN).write_text("label\ttype\nDune League\tgroup\n")
    assert alone(look_in(project), "own names")["what"] == "1 table"
    (project / "kb" / OWN).write_text("label\ttype\nDune League\tgruop\n")
    assert alone(look_in(project), "own names")["state"] == "fault"


def test_a_folder_that_may_not_be_written_is_a_fault(project):
    """As another user, where the tests run as the superuser, who may write everywhere."""
    public = Path(tempfile.mkdtemp(prefix="kg-doctor-"))
    public.chmod(0o755)
    shutil.copytree(project, public, dirs_exist_ok=True, copy_function=shutil.copyfile)
    folder = public / "readings"
    folder.chmod(0o555)
    before = os.geteuid()
    try:
        if before == 0:
            os.seteuid(65534)
        found = list(doctor_folder._rights(public))
    finally:
        if before == 0:
            os.seteuid(before)
        folder.chmod(0o755)
        shutil.rmtree(public)
    assert any(line.where == str(folder) and line.state == "fault" and "chown" in line.hint for line in found)


# the cache and the disk


def test_a_cache_that_others_may_write_to_is_a_fault(look_in, tmp_path):
    folder = tmp_path / "annotations"
    folder.mkdir()
    folder.chmod(0o777)
    found = look_in(tmp_path / "none", cache=tmp_path)
    assert alone(found, "cache")["what"] == "not used: others may write to it"
    assert alone(found, "cache")["where"] == str(folder)
    folder.chmod(0o700)
    found = look_in(tmp_path / "none", cache=tmp_path)
    assert alone(found, "cache")["what"] == "0 annotated texts, 0.0 MiB of at most 1.0 GiB"
    assert alone(found, "cache disk")["state"] == "ok"
    assert alone(look_in(tmp_path / "none"), "cache")["state"] == "note"


def test_room_on_disk_is_judged_by_what_the_next_graph_may_want(tmp_path):
    assert room("disk", LEAST - 1, LEAST, where=tmp_path).state == "fault"
    assert room("disk", LEAST, LEAST, where=tmp_path).state == "ok"
    small = room("disk", LEAST, 5 << 30, where=tmp_path)
    assert (small.state, small.what) == ("note", "64.0 MiB free")
    assert small.hint == "The next graph may want 5.0 GiB."
