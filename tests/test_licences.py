"""What others made comes with its licence, and the page that lists it keeps up with what is installed."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from importlib import metadata

from sample_articles import ROOT

YASGUI = ROOT / "kg" / "web" / "static" / "yasgui"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ROW = re.compile(r"^\| ([\w.-]+) \| (.+) \|$", re.MULTILINE)


def script():
    spec = importlib.util.spec_from_file_location("licences", ROOT / "benchmarks" / "licences.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def named(text):
    """The packages of a page, with their licences, by their names as pip compares them."""
    return {
        re.sub(r"[-_.]+", "-", name).lower(): told for name, told in ROW.findall(text) if name != "package"
    }


def test_the_page_lists_what_is_pinned_with_the_licences_that_are_installed():
    licences = script()
    page = licences.PAGE.read_text(encoding="utf-8")
    listed, now = named(page), named(licences.page())
    assert len(now) > 80
    assert {name: told for name, told in listed.items() if name in now} == now, "run: make licences"
    elsewhere = {name for name, marker in licences.pinned().items() if marker}  # of another Python only
    assert set(listed) - set(now) <= elsewhere
    assert licences.pinned().keys() <= listed.keys()
    assert {"starlette", "uvicorn", "pypdf", "distributed"} <= listed.keys()
    assert "colorama" not in listed
    head = licences._HEAD
    assert page.startswith(head), "run: make licences"


def test_a_package_that_is_not_listed_would_be_seen():
    page = script().PAGE.read_text(encoding="utf-8")
    assert "rdflib" not in named(page.replace("| rdflib | BSD License |", ""))
    assert named(page)["rdflib"] == " or ".join(script().licences_of(metadata.metadata("rdflib")))


def test_every_file_that_the_page_and_the_package_speak_of_is_there():
    page = script().PAGE.read_text(encoding="utf-8")
    links = re.findall(r"\]\((\.\./[^)]+)\)", page)
    assert len(links) >= 6
    assert [link for link in links if not (ROOT / "docs" / link).resolve().is_file()] == []
    assert [name for name in PROJECT["license-files"] if not (ROOT / name).is_file()] == []


def test_what_is_bundled_in_the_editor_has_its_notice():
    notices = (YASGUI / "NOTICES.txt").read_text(encoding="utf-8")
    packages = re.findall(r"^(@?[\w./-]+) +\d+\.\d+\.\d+ +(\S.*)$", notices, re.MULTILINE)
    assert len(packages) == 44
    readme = (YASGUI / "README.md").read_text(encoding="utf-8").split("bundle holds")[1].split("\n\n")[0]
    for bundled in (
        "codemirror",
        "lodash-es",
        "jquery",
        "datatables",
        "sortable",
        "n3",
        "papaparse",
        "json2csv",
        "ieee754",
        "dompurify",
    ):
        assert bundled in readme.lower().replace(" ", "")
        assert any(bundled in name for name, _ in packages), bundled
    headed = set(
        re.findall(r"[^,\s]+", " ".join(re.findall(r"^={100}\n(.+)\n={100}$", notices, re.MULTILINE)))
    )
    without = {name for name, told in packages if "no licence file" in told}
    assert {name for name, _ in packages} == headed | without
    assert len(re.findall("Permission is hereby granted", notices)) > 20
