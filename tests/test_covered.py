"""The measure of ``make coverage``: it names modules that there are, and sees what falls below its floor."""

from sample_articles import ROOT

from benchmarks import covered


def measured(**percents):
    """What coverage says of all modules of the core, complete but for these."""
    found = dict.fromkeys(covered.named(), 100.0)
    found.update({f"kg/{name}.py": percent for name, percent in percents.items()})
    return {
        path: {
            "summary": {"percent_covered": percent},
            "missing_lines": [] if percent == 100 else [7],
            "missing_branches": [] if percent == 100 else [[7, 8], [9, 10]],
        }
        for path, percent in found.items()
    }


def test_each_module_of_the_core_is_there_and_named_once():
    names = covered.named()
    assert len(names) == len(set(names)) > 50
    assert [name for name in names if not (ROOT / name).is_file()] == []


def test_what_holds_is_passed(capsys):
    assert covered.table(measured(kb=90.0)) == 0
    assert "every module holds its floor" in capsys.readouterr().out


def test_a_module_below_its_floor_is_marked_with_what_is_missing(capsys):
    assert covered.table(measured(files=99.9, kb=89.9)) == 1
    out = capsys.readouterr().out
    assert "    99.9  kg/files.py  BELOW  (7, 9->10)" in out
    assert "    89.9  kg/kb.py  BELOW  (7, 9->10)" in out
    assert out.endswith("2 modules below their floor\n")


def test_a_module_that_was_not_measured_is_told(capsys):
    found = measured()
    del found["kg/wire.py"]
    assert covered.table(found) == 1
    assert "kg/wire.py is named in the list of the core and was not measured" in capsys.readouterr().out
