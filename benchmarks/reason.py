"""Whether ontology, alignments and graphs can all be true at once, by HermiT, a complete OWL 2 reasoner.

Usage: python benchmarks/reason.py [graph.nt]

Asked about: the ontology with its alignments and what the other vocabularies say of their own terms; that with the
invented case; that with the sample corpus (or the graph named); and four files that must be refused. Exit 1 where an
answer is not the one that is due.

HermiT comes with owlready2 (LGPL), which is put into a virtual environment of its own under .cache, so that neither
is part of kg. It needs Java. Left out, because OWL 2 does not know the datatypes: values that are dates.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.vocab import NS

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".cache" / "reason"
OWLREADY = "owlready2==0.51"
ONTOLOGY = ("diplomacy.ttl", "alignments.ttl", "vocabularies.ttl")
REFUSED = sorted((ROOT / "tests" / "ontology" / "inconsistent").glob("*.ttl"))
_XSD = "http://www.w3.org/2001/XMLSchema#"
_UNKNOWN = {f"{_XSD}{name}" for name in ("date", "gYear", "gYearMonth")}


@dataclass(frozen=True)
class Case:
    """What is asked about, and whether it should be sound."""

    name: str
    files: tuple[Path, ...]
    sound: bool = True


def main(arguments: list[str]) -> int:
    """Ask about every case; 1 where an answer is not the one that is due."""
    if shutil.which("java") is None:
        print(
            "reason: Java is missing. Debian, Ubuntu: apt-get install default-jre-headless", file=sys.stderr
        )
        return 1
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(arguments[0]) if arguments else sample(Path(folder))
        cases = tuple(listed(graph))
        paths = [written(case, Path(folder) / f"{number}.nt") for number, case in enumerate(cases)]
        run = [str(reasoner()), str(Path(__file__).with_name("reasoner.py")), *(str(path) for path in paths)]
        done = subprocess.run(run, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        sizes = [path.read_bytes().count(b"\n") for path in paths]
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    print(f"{'asked about':<44} {'triples':>8} {'seconds':>8}  answer")
    told = [line(case, size, said) for case, size, said in zip(cases, sizes, answers, strict=True)]
    print("\n".join(told))
    return int(any(each.endswith("WRONG") for each in told))


def line(case: Case, size: int, said: dict[str, Any]) -> str:
    """Give a row of the table, marked where the answer is not the one that is due."""
    empty = ", ".join(iri.replace(NS, "dip:") for iri in said["empty"])
    verdict = (
        "inconsistent" if not said["consistent"] else f"nothing can be a {empty}" if empty else "consistent"
    )
    due = case.sound is (verdict == "consistent")
    return f"{case.name:<44} {size:>8,} {said['seconds']:>8}  {verdict}{'' if due else '  WRONG'}"


def listed(graph: Path) -> list[Case]:
    """List what is asked about."""
    folder = ROOT / "ontology"
    base = tuple(folder / name for name in ONTOLOGY)
    case = (*base, folder / "examples.ttl")
    return [
        Case("the ontology with its alignments", base),
        Case("… and the invented case", case),
        Case(f"… and the graph {graph.name}", (*base, graph)),
        *(Case(f"to be refused: {path.stem}", (*case, path), sound=False) for path in REFUSED),
    ]


def written(case: Case, path: Path) -> Path:
    """Write the triples of a case as N-Triples, blank nodes of different files apart, dates left out."""
    with path.open("wb") as out:
        for file in case.files:
            form = ox.RdfFormat.N_TRIPLES if file.suffix == ".nt" else ox.RdfFormat.TURTLE
            quads = ox.parse(file.read_bytes(), form, rename_blank_nodes=True)
            kept = (quad.triple for quad in quads if not _is_date(quad.object))
            ox.serialize(kept, out, ox.RdfFormat.N_TRIPLES)
    return path


def _is_date(node: object) -> bool:
    return isinstance(node, ox.Literal) and node.datatype.value in _UNKNOWN


def sample(folder: Path) -> Path:
    """Build the sample corpus and give its graph as N-Triples."""
    kg, store = [sys.executable, "-m", "kg"], str(folder / "kg-store")
    graph = folder / "sample.nt"
    subprocess.run([*kg, "build", str(ROOT / "seeds" / "articles"), "--store", store], check=True, cwd=ROOT)
    subprocess.run([*kg, "export", "--store", store, "-o", str(graph)], check=True, cwd=ROOT)
    return graph


def reasoner() -> Path:
    """Give the interpreter of the reasoner's own environment, made on the first call."""
    python = VENV / "bin" / "python"
    if not (VENV / ".done").is_file():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
        subprocess.run(
            [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", OWLREADY], check=True
        )
        (VENV / ".done").touch()
    return python


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
