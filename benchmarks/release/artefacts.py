"""The wheel and the sdist: built twice, from the checkout and from the sdist, and what must be and must not be in them."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.parser import BytesParser
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
BUILD = "from hatchling.build import build_{0}; import sys; print(build_{0}(sys.argv[1]))"
NEEDED = (
    "kg/py.typed",
    "kg/web/templates/base.html.j2",
    "kg/web/static/site.css",
    "kg/web/static/yasgui/LICENSE",
    "kg/web/static/yasgui/NOTICES.txt",
    "kg/graph/page/template.html.j2",
    "kg/_data/ontology/diplomacy.ttl",
    "kg/_data/ontology/shapes.ttl",
    "kg/_data/ontology/view.ttl",
    "kg/_data/ontology/lexicon/en/words.toml",
    "kg/_data/queries/01-who-led-which-delegation.rq",
    "kg/_data/kb/entities.tsv",
    "kg/_data/kb/VERSION",
)
"""One of each kind; ``tests/test_wheel.py`` compares every file with the checkout."""

STRAY = re.compile(
    r"(?:^|/)(?:__pycache__|\.git|\.venv|\.cache|node_modules|kg-store|dist|demo|\.hypothesis|\.[a-z]+_cache)(?:/|$)"
    r"|\.pyc$|\.env$|(?:^|/)\.(?:coverage|DS_Store)$|~$"
)
"""What is never given away."""


def build(source: Path, kind: str, folder: Path) -> Path:
    """Build the ``wheel`` or the ``sdist`` of a source tree, in a process of its own, without the network."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", BUILD.format(kind), str(folder)]
    ran = subprocess.run(command, cwd=source, capture_output=True, text=True, check=True)
    return folder / ran.stdout.split()[-1]


def unpacked(sdist: Path, folder: Path) -> Path:
    """Unpack an sdist; give the one folder that is in it."""
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (found,) = folder.iterdir()
    return found


def held(artefact: Path) -> dict[str, bytes]:
    """Give what an artefact holds, by path; of an sdist without the folder that all is in."""
    if artefact.suffix == ".whl":
        with zipfile.ZipFile(artefact) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist()}
    with tarfile.open(artefact) as archive:
        members = [each for each in archive.getmembers() if each.isfile()]
        return {each.name.partition("/")[2]: archive.extractfile(each).read() for each in members}  # type: ignore[union-attr]


def sha256(path: Path) -> str:
    """Give the digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def faults(wheel: Path, sdist: Path, *, tracked: frozenset[str] | None = None) -> list[str]:
    """List in words what is wrong with the artefacts; ``tracked`` are the files that git has."""
    inside, source = held(wheel), held(sdist)
    found = [f"the wheel lacks {name}" for name in NEEDED if name not in inside]
    found += [f"{name} is in an artefact" for name in sorted({*inside, *source}) if STRAY.search(name)]
    found += [f"the wheel holds {name}" for name in sorted(inside) if PurePosixPath(name).parts[0] in _SOURCE]
    found += [
        f"{name} names a folder of this machine"
        for name, data in {**inside, **source}.items()
        if _tells(data)
    ]
    if tracked is not None:
        more = sorted(source.keys() - tracked - {"PKG-INFO"})
        found += [f"the sdist holds {name}, which git does not have" for name in more]
    return found + metadata_faults(inside)


_SOURCE = frozenset(("tests", "seeds", "docs", "benchmarks", "notebooks", "requirements"))


def _tells(data: bytes) -> bool:
    places = {str(ROOT), str(Path.home()), str(Path(sys.prefix))} - {"/", "/root", "/usr", "/usr/local"}
    return any(place.encode() in data for place in places)


def metadata_faults(inside: dict[str, bytes]) -> list[str]:
    """List in words what is wrong with the metadata of a wheel, by what ``pyproject.toml`` says."""
    from packaging.metadata import Metadata  # noqa: PLC0415  (spaCy brings it)

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (name,) = (each for each in inside if each.endswith(".dist-info/METADATA"))
    try:
        told = Metadata.from_email(inside[name], validate=True)
    except ExceptionGroup as group:
        return [f"metadata: {error}" for error in group.exceptions]
    found = []
    if told.description_content_type != "text/markdown" or not (told.description or "").startswith("# "):
        found.append("the description is no Markdown that begins with a heading")
    if set(told.provides_extra or ()) != set(project["optional-dependencies"]):
        found.append("other extras than in pyproject.toml")
    if {*(told.license_files or ())} != {*project["license-files"]}:
        found.append("other licence files than in pyproject.toml")
    licences = {each.partition("/licenses/")[2] for each in inside if ".dist-info/licenses/" in each}
    found += [
        f"the licence file {each} is not shipped" for each in project["license-files"] if each not in licences
    ]
    (scripts,) = (data.decode() for each, data in inside.items() if each.endswith("/entry_points.txt"))
    if "kg = kg.__main__:command" not in scripts:
        found.append("the command kg is missing")
    return found


def tag(inside: dict[str, bytes]) -> str:
    """Give the tag of a wheel: which Pythons and systems it is for."""
    (name,) = (each for each in inside if each.endswith(".dist-info/WHEEL"))
    return str(BytesParser().parsebytes(inside[name])["Tag"])
