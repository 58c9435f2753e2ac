"""Which lines and branches the tests reach, module by module, against floors.

Usage: python benchmarks/covered.py [pytest arguments]

Without arguments, all tests but those in a browser and those that score reading are run. Processes
that a test starts are counted too, unless they are killed. Exit 1 where a test fails or a module
is below its floor.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".cache" / "coverage"
TESTS = (
    "tests",
    "--ignore=tests/browser",
    "--ignore=tests/gold",
    "--ignore=tests/text",
    "--ignore=tests/test_frames.py",
    "--ignore=tests/test_linking_quality.py",
    "--ignore=tests/test_traps.py",
    "--ignore=tests/test_real_articles.py",
    "-q",
)
CORE = (
    "kg/ingest*.py", "kg/ledger.py", "kg/project.py", "kg/files.py", "kg/contents.py", "kg/commands/export.py",
    "kg/graph/store.py", "kg/graph/generations.py", "kg/graph/names.py", "kg/graph/serialize.py",
    "kg/graph/identity.py", "kg/graph/triples.py", "kg/graph/query.py", "kg/graph/asking.py", "kg/graph/guard.py",
    "kg/graph/binding.py", "kg/graph/query_worker.py", "kg/graph/export.py", "kg/graph/graphml.py",
    "kg/graph/plover.py", "kg/graph/rows.py",
)  # fmt: skip
"""What keeps, names, writes and asks: every branch is to be reached."""
REST = ("kg/*.py", "kg/graph/*.py", "kg/commands/*.py")
FLOOR_CORE, FLOOR_REST = 97.0, 90.0
"""In percent of lines and branches together; what is missing in a module of the core is printed."""


def main(arguments: list[str]) -> int:
    """Run the tests, print the table, tell whether all holds."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    config = FOLDER / "coveragerc"
    config.write_text(
        f"[run]\nbranch = true\nparallel = true\nsource = {ROOT / 'kg'}\ndata_file = {FOLDER / 'data'}\n"
        "patch = subprocess\n[report]\nexclude_also =\n    if TYPE_CHECKING:\n    \\.\\.\\.$\n    class .*Protocol\n"
    )
    coverage = [sys.executable, "-m", "coverage"]
    setting = f"--rcfile={config}"
    subprocess.run([*coverage, "erase", setting], check=True, cwd=ROOT)
    env = {**os.environ, "COVERAGE_CORE": "ctrace"}
    tests = subprocess.run(
        [*coverage, "run", setting, "-m", "pytest", *(arguments or TESTS)], check=False, cwd=ROOT, env=env
    )
    subprocess.run([*coverage, "combine", "-q", setting], check=True, cwd=ROOT)
    report = FOLDER / "coverage.json"
    subprocess.run([*coverage, "json", "-q", setting, "-o", str(report)], check=True, cwd=ROOT)
    below = table(json.loads(report.read_text())["files"])
    return tests.returncode or below


def table(found: dict[str, dict[str, object]]) -> int:
    """Print the modules of each part, those below the floor marked; 1 where there is one."""
    below = 0
    for name, patterns, floor in (("core", CORE, FLOOR_CORE), ("the rest", REST, FLOOR_REST)):
        print(f"\n{name}: floor {floor:.0f} % of lines and branches")
        for path, data in sorted(found.items()):
            if part_of(path) != name or not any(fnmatch(path, pattern) for pattern in patterns):
                continue
            percent = float(data["summary"]["percent_covered"])
            below += percent < floor
            mark = "  BELOW" if percent < floor else ""
            print(f"  {percent:6.1f}  {path}{mark}{missing(data) if percent < 100 else ''}")
    print(f"\n{below} modules below their floor" if below else "\nevery module holds its floor")
    return int(below > 0)


def part_of(path: str) -> str:
    """Tell which part a module belongs to."""
    if any(fnmatch(path, pattern) for pattern in CORE):
        return "core"
    return "reading" if path.startswith(("kg/text/", "kg/evaluation/")) else "the rest"


def missing(data: dict[str, object]) -> str:
    """Give the lines and branches that no test reaches, the first few."""
    lines = [str(line) for line in data["missing_lines"]]
    arcs = [f"{a}->{b}" for a, b in data["missing_branches"] if str(a) not in lines and str(b) not in lines]
    told = [*lines, *arcs]
    return f"  ({', '.join(told[:12])}{', …' if len(told) > 12 else ''})" if told else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
