"""``make pythons``: it finds interpreters, counts what tests did, and sees a failure and bytes that differ."""

import sys

from benchmarks import pythons
from benchmarks.pythons import OUTPUTS, Outcome, counted, interpreter, supported, table, version_of

REPORT = """<testsuites><testsuite>
<testcase classname="tests.test_a" name="well"/>
<testcase classname="tests.test_a" name="left_out"><skipped/></testcase>
<testcase classname="tests.test_b" name="wrong"><failure/></testcase>
<testcase classname="tests.test_b" name="broken"><error/></testcase>
</testsuite></testsuites>"""


def outcome(version="3.11.7", *, failed=(), **digests):
    counts = {"passed": 9, "failure": len(failed), "error": 0, "skipped": 1}
    return Outcome(version, counts, 60.0, {**dict.fromkeys(OUTPUTS, "0" * 64), **digests}, failed)


def test_what_the_package_supports_is_what_it_says():
    assert supported() == ["3.11", "3.12", "3.13"]


def test_the_interpreter_that_runs_is_found_and_one_that_there_is_not_is_none():
    name = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert version_of(interpreter(name)).startswith(f"{name}.")
    assert interpreter("2.99") is None
    assert version_of("/bin/false") == ""


def test_tests_are_counted_by_how_they_ended(tmp_path):
    (tmp_path / "report.xml").write_text(REPORT)
    counts, failed = counted(tmp_path / "report.xml")
    assert counts == {"passed": 1, "failure": 1, "error": 1, "skipped": 1}
    assert failed == ("tests.test_b::wrong", "tests.test_b::broken")
    assert counted(tmp_path / "none.xml")[1] == ("pytest itself",)


def test_the_table_tells_what_is_missing_what_failed_and_what_differs(capsys):
    assert table([outcome(), outcome("3.12.1")], ["3.13"]) == 0
    out = capsys.readouterr().out
    assert "3.13    no such interpreter here" in out
    assert "under 2 Pythons: graph.nt, graph.ttl, events.csv, graph.html are the same bytes" in out
    assert table([outcome(failed=("tests.test_b::wrong",))], []) == 1
    assert "3.11.7: FAILED tests.test_b::wrong" in capsys.readouterr().out
    assert table([outcome(), outcome("3.12.1", **{"graph.ttl": "1" * 64})], []) == 1
    assert "differ: graph.ttl" in capsys.readouterr().out
    assert table([], ["3.11"]) == 1


def test_a_stamp_keeps_an_environment_from_being_made_again(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(pythons, "FOLDER", tmp_path)
    (tmp_path / "3.11").mkdir()
    digest = pythons.hashlib.sha256(pythons.LOCK.read_bytes()).hexdigest()
    (tmp_path / "3.11" / ".made-of").write_text(digest + version_of(sys.executable))
    assert pythons.environment("3.11", sys.executable) == tmp_path / "3.11" / "bin" / "python"
    assert capsys.readouterr().out == ""
