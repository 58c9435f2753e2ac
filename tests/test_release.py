"""What ``make dist`` gives away: the same bytes each time, all that is needed, nothing else, and it works where it is installed."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from typing import TYPE_CHECKING

import jsonschema
import pytest
import yaml
from sample_articles import ROOT

from benchmarks.release import artefacts
from benchmarks.release.artefacts import STRAY, build, faults, held, metadata_faults, sha256, tag, unpacked
from benchmarks.release.bare import ARTICLE, JOB, Bare, guarded, worked
from kg.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> dict[str, Path]:
    """Both artefacts, once more, and the wheel built from the sdist."""
    folder = tmp_path_factory.mktemp("made")
    sdist = build(ROOT, "sdist", folder / "one")
    return {
        "wheel": build(ROOT, "wheel", folder / "one"),
        "sdist": sdist,
        "wheel again": build(ROOT, "wheel", folder / "two"),
        "sdist again": build(ROOT, "sdist", folder / "two"),
        "wheel of sdist": build(unpacked(sdist, folder / "source"), "wheel", folder / "three"),
    }


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_twice_the_same_bytes(made, kind):
    assert sha256(made[kind]) == sha256(made[f"{kind} again"])


def test_the_wheel_of_the_sdist_is_that_of_the_checkout(made):
    assert held(made["wheel of sdist"]) == held(made["wheel"])
    assert sha256(made["wheel of sdist"]) == sha256(made["wheel"])


def test_nothing_is_missing_or_too_much_and_the_metadata_hold(made):
    ran = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    new = subprocess.run(
        ["git", "ls-files", "-z", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    tracked = frozenset((ran.stdout + new.stdout).split("\0")) if ran.returncode == 0 else None
    assert faults(made["wheel"], made["sdist"], tracked=tracked) == []
    assert tag(held(made["wheel"])) == "py3-none-any"


def test_the_tests_can_be_run_from_the_sdist(made):
    inside = held(made["sdist"]).keys()
    assert {
        "Makefile",
        "pyproject.toml",
        "requirements/dev.txt",
        "tests/conftest.py",
        "CONTRIBUTING.md",
    } <= inside
    for folder in ("tests", "benchmarks", "docs", "seeds", "queries", "ontology"):
        mine = {str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert {name for name in mine if not STRAY.search(name)} <= inside, folder


@pytest.fixture
def spoiled(made, tmp_path):
    """Make a wheel anew with some files changed, added (or taken out: None)."""

    def spoil(**changes: bytes | None) -> Path:
        path = tmp_path / made["wheel"].name
        with zipfile.ZipFile(path, "w") as out:
            for name, data in {**held(made["wheel"]), **changes}.items():
                if data is not None:
                    out.writestr(name, data)
        return path

    return spoil


def test_each_fault_is_seen(made, spoiled):
    info = f"{made['wheel'].name.split('-py3')[0]}.dist-info"
    metadata = held(made["wheel"])[f"{info}/METADATA"]
    cases = {
        "the wheel lacks kg/py.typed": {"kg/py.typed": None},
        "kg/__pycache__/cli.pyc is in an artefact": {"kg/__pycache__/cli.pyc": b""},
        "the wheel holds tests/gold/dev.jsonl": {"tests/gold/dev.jsonl": b"{}"},
        "kg/notes.txt names a folder of this machine": {"kg/notes.txt": f"see {ROOT}/notes".encode()},
        "the licence file LICENSE is not shipped": {f"{info}/licenses/LICENSE": None},
        "the command kg is missing": {f"{info}/entry_points.txt": b""},
        "other extras than in pyproject.toml": {
            f"{info}/METADATA": metadata.replace(b"Provides-Extra: pdf\n", b"", 1)
        },
        "the description is no Markdown": {
            f"{info}/METADATA": metadata.replace(b"text/markdown", b"text/plain", 1)
        },
        "metadata: ": {f"{info}/METADATA": metadata.replace(b"Version: 0", b"Version: zero", 1)},
    }
    for told, changes in cases.items():
        found = faults(spoiled(**changes), made["sdist"])
        assert any(each.startswith(told) for each in found), (told, found)
    assert metadata_faults(held(made["wheel"])) == []
    more = faults(made["wheel"], made["sdist"], tracked=frozenset({"README.md"}))
    assert any("which git does not have" in each for each in more)


@pytest.fixture(scope="module")
def bare(made, tmp_path_factory) -> Bare:
    """An environment in which the packages of this one can be seen, and of kg the wheel alone; ``make dist`` makes a real one."""
    environment, folder = tmp_path_factory.mktemp("bare") / "env", tmp_path_factory.mktemp("work")
    venv.create(environment, with_pip=False)
    found = Bare(environment, folder)
    pip = (
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(found.python),
        "install",
        "-qq",
        "--disable-pip-version-check",
    )
    subprocess.run([*pip, "--no-index", "--no-deps", str(made["wheel"])], check=True, cwd=folder)
    guarded(environment)
    (site,) = environment.glob("lib/python3*/site-packages")
    (site / "zz_packages.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return found


def test_what_is_installed_works_offline_outside_the_checkout_as_the_checkout_does(
    bare, tmp_path, monkeypatch
):
    assert worked(bare, JOB[:4]) == []
    monkeypatch.setenv("KG_CACHE", "off")
    copied = tmp_path / "article.md"
    copied.write_bytes(ARTICLE.read_bytes())
    monkeypatch.chdir(tmp_path)
    assert main(["build", "article.md", "--store", "of-checkout", "--quiet"]) == 0
    assert main(["export", "--store", "of-checkout", "-o", "graph.nt"]) == 0
    assert (tmp_path / "graph.nt").read_bytes() == (bare.folder / "graph.nt").read_bytes()


def test_a_connection_would_be_seen(bare):
    code = "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/', timeout=1)"
    with pytest.raises(RuntimeError, match="no network here"):
        bare.run(str(bare.python), "-c", code)


# to be cited


def citation() -> dict[str, object]:
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def test_the_citation_is_valid_and_of_this_version():
    schema = yaml.safe_load((ROOT / "tests/citation/cff-1.2.0.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    assert list(validator.iter_errors(citation())) == []
    assert list(validator.iter_errors({**citation(), "licence": "x"}))
    assert list(validator.iter_errors({key: value for key, value in citation().items() if key != "authors"}))
    project = artefacts.tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (citation()["version"], citation()["license"]) == (project["version"], project["license"])
    assert ("date-released" in citation()) is (
        "[0.1.0] - unreleased" not in (ROOT / "CHANGELOG.md").read_text()
    )


def test_what_read_a_graph_can_be_asked_as_the_page_on_citing_says(kg):
    page = (ROOT / "docs" / "citing.md").read_text(encoding="utf-8")
    query = page.split("$ kg query -q '")[1].split("'\n")[0]
    ran = kg("query", "-q", query, "--format", "csv")
    assert ran.code == 0
    assert "diplomacy-kg 0.1.0 rules " in ran.out
    assert "en_core_web_sm 3.8.0" in ran.out
    assert "coverage-by-document" in page
    assert kg("query", "coverage-by-document", "--format", "csv").code == 0
