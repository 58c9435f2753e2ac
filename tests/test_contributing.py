"""CONTRIBUTING.md is followed to the letter, in a copy of the data: what it says must come of it, does."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from sample_articles import ROOT

from kg.vocab import Vocabulary

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
WAYS = (
    "A new way of saying a known thing",
    "A new kind of event",
    "An extractor or an output format, in Python",
)
STEP = re.compile(
    r"^\d\. (?:(?P<how>At the end of|As) `(?P<path>[^`]+)`)?[^`]*?\n\n   ```(?P<kind>\w+)\n(?P<block>.*?)^   ```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Workshop:
    """A folder with a copy of the program and its data, and a place where packages are put."""

    folder: Path

    def follow(self, way: str) -> list[tuple[str, str]]:
        """Do all that a section says; give each command with what must be seen, as it was seen."""
        section = TEXT.split(f"### {way}\n")[1].split("\n##")[0]
        seen = []
        for step in STEP.finditer(section):
            block = textwrap.dedent(step["block"])
            if step["kind"] == "console":
                seen += [self.run(part) for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
            else:
                path = self.folder / step["path"]
                path.parent.mkdir(exist_ok=True)
                old = path.read_text(encoding="utf-8") + "\n" if step["how"] == "At the end of" else ""
                path.write_text(old + block, encoding="utf-8")
        return seen

    def run(self, part: str) -> tuple[str, str]:
        """Run a command; every line under it must be in what it says."""
        line, *wanted = part.rstrip("\n").split("\n")
        words = shlex.split(line)
        extra = dict(word.split("=", 1) for word in words if re.match(r"[A-Z_]+=", word))
        program, *arguments = [word for word in words if not re.match(r"[A-Z_]+=", word)]
        if program == "pip":
            arguments += [
                "--quiet",
                "--no-index",
                "--disable-pip-version-check",
                "--target",
                str(self.folder / "site"),
            ]
        ran = self.python(program, *arguments, **extra)
        assert ran.returncode == 0, f"{line}\n{ran.stdout}{ran.stderr}"
        for each in wanted:
            assert each in ran.stdout, f"{line}\n{ran.stdout}"
        return line, ran.stdout

    def python(self, module: str, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
        """Run a module in this folder, on what is in it."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("KG_", "PYTHON"))}
        path = os.pathsep.join((str(self.folder), str(self.folder / "site")))
        environ = {**kept, "PYTHONPATH": path, "KG_CACHE": "off", **extra}
        command = [sys.executable, "-m", module, *arguments]
        return subprocess.run(
            command, env=environ, cwd=self.folder, capture_output=True, text=True, check=False
        )


@pytest.fixture(scope="module")
def workshop(tmp_path_factory) -> Workshop:
    """A copy that may be changed, as one contributor after the other would change it."""
    folder = tmp_path_factory.mktemp("workshop")
    for source in ("kg", "ontology", "queries", "seeds/kb"):
        shutil.copytree(ROOT / source, folder / source, ignore=shutil.ignore_patterns("web"))
    return Workshop(folder)


def test_every_way_has_steps_that_are_found():
    sections = [TEXT.split(f"### {way}\n")[1].split("\n##")[0] for way in WAYS]
    found = [list(STEP.finditer(section)) for section in sections]
    assert [len(steps) for steps in found] == [2, 5, 4]
    assert TEXT.count("   ```\n") == sum(map(len, found)), "a block is in no step"
    assert [sum(step["kind"] == "console" for step in steps) for steps in found] == [1, 1, 1]


def test_a_new_way_of_saying_is_read_only_once_it_is_taught(workshop):
    sentence = "Qatar shepherded the talks between Chad and Sudan."
    assert "mediates: Qatar" not in workshop.python("kg", "explain", sentence).stdout
    ((_, told),) = workshop.follow(WAYS[0])
    assert told.count("participates in: ") == 2


def test_a_new_kind_of_event_is_in_the_graph_and_in_the_answer(workshop):
    assert "dip:Honour" not in Vocabulary.load()
    seen = dict(workshop.follow(WAYS[1]))
    assert len(seen) == 3
    shown = workshop.python("kg", "show", "Kenya", "--evidence", "--store", "try-kg").stdout
    assert "Kenya decorated Norway's envoy, Hanna Grundvig, in Nairobi on Monday." in shown
    turtle = workshop.python("kg", "export", "--store", "try-kg").stdout
    assert re.search(
        r"^event:\S+ a dip:Act, dip:Event, dip:Honour\b|a dip:\S+.*dip:Honour", turtle, re.MULTILINE
    )


def test_an_extractor_of_another_package_is_asked_where_it_is_named(workshop):
    seen = dict(workshop.follow(WAYS[2]))
    assert len(seen) == 5
    without = workshop.python("kg", "build", "minutes.md", "--store", "without")
    assert without.returncode == 0
    assert "Present:" not in workshop.python("kg", "show", "Kenya", "--evidence", "--store", "without").stdout
    turtle = workshop.python("kg", "export", "--store", "try-minutes").stdout
    assert "minutes" in turtle, "who found it is not told"
    _changed_and_unknown(workshop)


def _changed_and_unknown(workshop):
    """What was installed is known by its code, and by its name."""
    again = ("build", "minutes.md", "--store", "try-minutes")
    assert "1 unchanged" in workshop.python("kg", *again, KG_EXTRACTORS="minutes").stderr
    code = workshop.folder / "site" / "kg_minutes.py"
    code.write_text(code.read_text().replace("Present: ", "Absent: "))
    assert "1 replaced" in workshop.python("kg", *again, KG_EXTRACTORS="minutes").stderr
    refused = workshop.python("kg", *again, KG_EXTRACTORS="minuts")
    assert refused.returncode == 2
    assert "Did you mean 'minutes'?" in refused.stderr
