"""Which lines and branches the tests reach, module by module, against floors.

Usage: python benchmarks/covered.py [pytest arguments]

Without arguments, all tests but those in a browser are run. Processes that a test starts are counted too, unless
they are killed. Exit 1 where a test fails or a module is below its floor.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".cache" / "coverage"
TESTS = (
    "tests",
    "--ignore=tests/browser",
    "-q",
    "--numprocesses",
    "auto",
    "--maxprocesses",
    "4",
    "--dist",
    "loadfile",
)
CORE = {
    "ingest": (
        "kg/commands/build.py", "kg/ingest.py", "kg/intake.py", "kg/ledger.py", "kg/project.py", "kg/files.py",
        "kg/codec.py", "kg/versions.py", "kg/escaping.py", "kg/addresses.py", "kg/text/sources.py", "kg/text/kinds.py",
        "kg/text/fetch.py", "kg/text/encoding.py", "kg/text/read.py", "kg/text/records.py", "kg/text/frontmatter.py",
        "kg/text/jsonrecords.py", "kg/text/recall.py", "kg/text/webpage.py", "kg/text/htmltree.py", "kg/text/pdf.py", "kg/text/notices.py",
        "kg/text/oddities.py", "kg/text/language.py", "kg/text/clean.py", "kg/text/blocks.py", "kg/text/boilerplate.py",
        "kg/text/duplicates.py", "kg/text/layout.py", "kg/text/normal.py", "kg/parses.py", "kg/text/models.py",
        "kg/text/packed.py", "kg/text/reuse.py", "kg/commands/cache.py",
    ),
    "minting": (
        "kg/graph/identity.py", "kg/graph/names.py", "kg/graph/terms.py", "kg/graph/triples.py",
        "kg/graph/statements.py",
    ),
    "store": (
        "kg/commands/push.py", "kg/graph/store.py", "kg/graph/feed.py", "kg/graph/generations.py", "kg/graph/endpoint.py",
        "kg/contents.py", "kg/push.py", "kg/sparql.py", "kg/wire.py", "kg/credentials.py", "kg/remote.py",
    ),
    "export": (
        "kg/commands/export.py", "kg/graph/export.py", "kg/graph/serialize.py", "kg/graph/graphml.py",
        "kg/graph/turtle.py", "kg/graph/facts.py", "kg/graph/reified.py", "kg/graph/annotations.py", "kg/graph/plover.py", "kg/graph/pairs.py",
        "kg/graph/tellings.py",
    ),
    "query": (
        "kg/commands/query.py", "kg/commands/plainly.py", "kg/graph/query.py", "kg/graph/limits.py", "kg/graph/asking.py", "kg/graph/query_worker.py",
        "kg/graph/guard.py", "kg/graph/binding.py", "kg/graph/rows.py", "kg/graph/answers.py", "kg/naming.py",
    ),
}  # fmt: skip
"""What lets articles in, names, keeps, writes and asks: every line and every branch is reached."""
FLOOR_CORE, FLOOR_REST = 100.0, 90.0
"""In percent of lines and branches together."""
_UNREACHED = "if TYPE_CHECKING:", r"\.\.\.$", "class .*Protocol"


def main(arguments: list[str]) -> int:
    """Run the tests, print the table, tell whether all holds."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    config = FOLDER / "coveragerc"
    excluded = "".join(f"    {each}\n" for each in _UNREACHED)
    config.write_text(
        f"[run]\nbranch = true\nparallel = true\nsource = {ROOT / 'kg'}\ndata_file = {FOLDER / 'data'}\n"
        f"patch = subprocess\n[report]\nexclude_also =\n{excluded}"
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
    """Print the modules of each part, those below the floor marked; 1 where there is one, or one is missing."""
    gone = [path for path in named() if path not in found]
    below = len(gone)
    for path in gone:
        print(f"{path} is named in the list of the core and was not measured")
    for name in (*CORE, "the rest"):
        floor = FLOOR_REST if name == "the rest" else FLOOR_CORE
        print(f"\n{name}: floor {floor:.0f} % of lines and branches")
        for path, data in sorted(found.items()):
            if part_of(path) != name:
                continue
            percent = float(data["summary"]["percent_covered"])
            below += percent < floor
            mark = "  BELOW" if percent < floor else ""
            print(f"  {percent:6.1f}  {path}{mark}{missing(data) if percent < 100 else ''}")
    print(f"\n{below} modules below their floor" if below else "\nevery module holds its floor")
    return int(below > 0)


def named() -> list[str]:
    """List the modules of the core."""
    return [path for paths in CORE.values() for path in paths]


def part_of(path: str) -> str:
    """Tell which part a module belongs to."""
    return next((part for part, paths in CORE.items() if path in paths), "the rest")


def missing(data: dict[str, object]) -> str:
    """Give the lines and branches that no test reaches, the first few."""
    lines = [str(line) for line in data["missing_lines"]]
    arcs = [f"{a}->{b}" for a, b in data["missing_branches"] if str(a) not in lines and str(b) not in lines]
    told = [*lines, *arcs]
    return f"  ({', '.join(told[:12])}{', …' if len(told) > 12 else ''})" if told else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
