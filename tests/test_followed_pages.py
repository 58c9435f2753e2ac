"""The how-to pages work: each is followed to the letter, and prints what it says it prints."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from functools import partial

import pytest
from sample_articles import ROOT

from docs.follow import CHECKOUT, PAGES, followed, run_apart, run_here

FENCE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def text_of(page):
    return (ROOT / "docs" / page).read_text(encoding="utf-8")


def steps(page):
    return [line for block in FENCE.findall(text_of(page)) for line in block.splitlines() if line[:2] == "$ "]


def compare(page, found):
    assert found == text_of(page), f"run: python -m docs.follow docs/{page}; then read the page"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_prints_what_it_says(page, tmp_path):
    assert steps(page), "nothing is followed"
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    compare(page, followed(text_of(page), tmp_path, partial(run_here, folder=tmp_path)))


def test_an_event_type_is_added_without_python(tmp_path):
    """Literally as the page says, in a copy of a checkout, of which nothing but data changes."""
    for folder in ("kg", "ontology", "queries", "seeds/kb"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    before = {path: path.read_bytes() for path in sorted((tmp_path / "kg").rglob("*.py"))}
    run = partial(run_apart, folder=tmp_path, code=tmp_path)
    assert "EmbassyOpening" not in (tmp_path / "ontology/diplomacy.ttl").read_text(encoding="utf-8")
    compare(CHECKOUT, followed(text_of(CHECKOUT), tmp_path, run))
    assert {path: path.read_bytes() for path in sorted((tmp_path / "kg").rglob("*.py"))} == before


def test_the_frame_of_the_page_reads_its_own_examples(tmp_path):
    block = re.search(
        r'title="ontology/lexicon/en/frames-embassies.toml"\n(.*?)^```$',
        text_of(CHECKOUT),
        re.MULTILINE | re.DOTALL,
    )
    (frame,) = tomllib.loads(block[1])["frame"]
    assert frame["examples"]
    assert frame["negatives"]


def test_a_format_of_another_package_is_found_as_the_page_says(tmp_path, built):
    """Installed as pip would do it: the module, and the entry point that its pyproject.toml names."""
    page = text_of("howto/own-extractor.md")
    files = dict(re.findall(r'^```\w+ title="([^"]+)"\n(.*?)^```$', page, re.MULTILINE | re.DOTALL))
    project = tomllib.loads(files["pyproject.toml"])["project"]
    (tmp_path / "states_format.py").write_text(files["states_format.py"], encoding="utf-8")
    information = tmp_path / "states_format-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: states-format\nVersion: 1.0\n", "utf-8"
    )
    lines = [f"{name} = {place}" for name, place in project["entry-points"]["kg.exporters"].items()]
    (information / "entry_points.txt").write_text("\n".join(["[kg.exporters]", *lines, ""]), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "kg", "export", "--format", "states"],
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{tmp_path}", "KG_STORE": str(built)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    names = done.stdout.splitlines()
    assert "Iran" in names
    assert names == sorted(names)


def test_a_page_that_tells_something_else_is_seen(tmp_path):
    page = '```text title="one.txt"\nhello\n```\n\n```console\n$ cat one.txt\ngood-bye\n```\n'
    found = followed(page, tmp_path, partial(run_here, folder=tmp_path))
    assert found == page.replace("good-bye", "hello")
    more = page.replace('"one.txt"', '"one.txt, at its end"')
    assert followed(more, tmp_path, partial(run_here, folder=tmp_path)).count("hello") == 3
