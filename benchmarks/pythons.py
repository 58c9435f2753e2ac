"""The tests under every Python that is supported and at hand, each with the pinned packages in an environment of its own.

Usage: python benchmarks/pythons.py [--all] [--only 3.12 ...] [-- pytest arguments]

Without ``--all`` the tests that need a browser are left out. Under each Python the sample corpus is also built and
written: graph and page must be the same bytes under all. Interpreters that are not here are named, and are no
failure. Exit 1 where a test fails, the bytes differ, or there is no interpreter at all.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".cache" / "pythons"
LOCK = ROOT / "requirements" / "dev.txt"
USABLE = "import sys, venv, ensurepip; print('.'.join(map(str, sys.version_info[:3])))"
CLASSIFIER = "Programming Language :: Python :: 3."
TESTS = ("tests", "--numprocesses", "auto", "--maxprocesses", "4", "--dist", "loadfile")
ENDS = ("passed", "failure", "error", "skipped")
BAD = ("failure", "error")
OUTPUTS = ("graph.nt", "graph.ttl", "events.csv", "graph.html")
SAMPLE = """
import sys
from kg.cli import main
store, out, articles = sys.argv[1:]
assert main(["build", articles, "--store", store, "--quiet", "--workers", "1"]) == 0
assert main(["export", "--store", store, "-o", f"{out}/graph.nt"]) == 0
assert main(["export", "--store", store, "-o", f"{out}/graph.ttl"]) == 0
assert main(["export", "--store", store, "-o", f"{out}/events.csv", "--format", "plover"]) == 0
assert main(["graph", "--store", store, "-o", f"{out}/graph.html"]) == 0
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one Python: its version, the tests by how they ended, their seconds, and what it wrote."""

    version: str
    tests: dict[str, int]
    seconds: float
    digests: dict[str, str]
    failed: tuple[str, ...]


def supported() -> list[str]:
    """List the Pythons that the package says it runs under, as ``3.11``."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [line.rpartition(" ")[2] for line in project["classifiers"] if line.startswith(CLASSIFIER)]


def interpreter(name: str) -> str | None:
    """Find a Python that can make environments: in PATH, else among those of pyenv; None where there is none."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    own = sys.executable if f"{sys.version_info[0]}.{sys.version_info[1]}" == name else None
    for found in (
        own,
        shutil.which(f"python{name}"),
        *sorted(pyenv.glob(f"{name}.*/bin/python"), reverse=True),
    ):
        if found is not None and version_of(str(found)).startswith(f"{name}."):
            return str(found)
    return None


def version_of(python: str) -> str:
    """Give the version of an interpreter, nothing where it cannot make environments."""
    ran = subprocess.run([python, "-c", USABLE], capture_output=True, text=True, check=False)
    return ran.stdout.strip() if ran.returncode == 0 else ""


def environment(name: str, python: str) -> Path:
    """Make an environment with the pinned packages, unless it is there already; give its interpreter."""
    folder = FOLDER / name
    stamp, wanted = folder / ".made-of", hashlib.sha256(LOCK.read_bytes()).hexdigest() + version_of(python)
    inside = folder / "bin" / "python"
    if stamp.is_file() and stamp.read_text() == wanted:
        return inside
    print(f"{name}: installing the pinned packages into {folder.relative_to(ROOT)}", flush=True)
    subprocess.run([python, "-m", "venv", "--clear", str(folder)], check=True)
    pip = [str(inside), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True)
    stamp.write_text(wanted)
    return inside


def written(python: Path) -> dict[str, str]:
    """Build the sample corpus and write it in several forms; give the digest of each."""
    with tempfile.TemporaryDirectory(prefix="kg-pythons-") as folder:
        environ = {key: value for key, value in os.environ.items() if not key.startswith(("KG_", "PYTHON"))}
        command = [str(python), "-c", SAMPLE, f"{folder}/kg-store", folder, str(ROOT / "seeds" / "articles")]
        subprocess.run(
            command, check=True, cwd=folder, stdout=subprocess.DEVNULL, env={**environ, "KG_CACHE": "off"}
        )
        return {name: hashlib.sha256((Path(folder) / name).read_bytes()).hexdigest() for name in OUTPUTS}


def tested(name: str, python: Path, arguments: list[str]) -> tuple[Path, float]:
    """Run the tests; give the report in JUnit's XML, which is missing where they never ran, and the seconds by the clock."""
    report = FOLDER / f"{name}.xml"
    report.unlink(missing_ok=True)
    environ = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    command = [str(python), "-m", "pytest", "-p", "no:cacheprovider", f"--junitxml={report}", *arguments]
    began = time.monotonic()
    subprocess.run(command, check=False, cwd=ROOT, env=environ)
    return report, time.monotonic() - began


def counted(report: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    """Give how many tests of a report ended how, and the names of those that failed."""
    counts = dict.fromkeys(ENDS, 0)
    if not report.is_file():
        return {**counts, "error": 1}, ("pytest itself",)
    failed = []
    for case in ET.parse(report).getroot().iter("testcase"):
        end = next((kind for kind in ENDS[1:] if case.find(kind) is not None), ENDS[0])
        counts[end] += 1
        if end in BAD:
            failed.append(f"{case.get('classname')}::{case.get('name')}")
    return counts, tuple(failed)


def examined(name: str, python: str, arguments: list[str]) -> Outcome:
    """Give what comes of one Python."""
    inside = environment(name, python)
    digests = written(inside)
    report, seconds = tested(name, inside, arguments)
    counts, failed = counted(report)
    return Outcome(version_of(python), counts, seconds, digests, failed)


def table(outcomes: list[Outcome], missing: list[str]) -> int:
    """Print what came of each Python; 1 where anything is wrong."""
    print(f"\n{'Python':8}{'passed':>8}{'failed':>8}{'skipped':>9}{'seconds':>9}  graph.nt")
    for each in outcomes:
        bad = sum(each.tests[kind] for kind in BAD)
        row = (
            f"{each.version:8}{each.tests['passed']:>8}{bad:>8}{each.tests['skipped']:>9}{each.seconds:>9.0f}"
        )
        print(f"{row}  {each.digests['graph.nt'][:12]}")
    for name in missing:
        print(f"{name:8}no such interpreter here")
    for each in outcomes:
        print(
            *(f"{each.version}: FAILED {name}" for name in each.failed),
            sep="\n",
            end="\n" * bool(each.failed),
        )
    differing = [name for name in OUTPUTS if len({each.digests[name] for each in outcomes}) > 1]
    told = f"differ: {', '.join(differing)}" if differing else "are the same bytes"
    print(f"\nthe sample corpus under {len(outcomes)} Pythons: {', '.join(OUTPUTS)} {told}")
    return int(not outcomes or bool(differing) or any(each.failed for each in outcomes))


def main(given: list[str]) -> int:
    """Go through the Pythons, and tell whether all is well under each that is here."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--all", action="store_true", help="the tests that need a browser, too")
    parser.add_argument("--only", nargs="+", metavar="3.x", help="only these")
    cut = given.index("--") if "--" in given else len(given)
    asked, tests = parser.parse_args(given[:cut]), given[cut + 1 :]
    arguments = tests or [*TESTS, *([] if asked.all else ["--ignore=tests/browser"])]
    wanted = asked.only or supported()
    found = {name: interpreter(name) for name in wanted}
    outcomes = [examined(name, python, arguments) for name, python in found.items() if python is not None]
    return table(outcomes, [name for name, python in found.items() if python is None])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
