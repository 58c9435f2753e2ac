"""The wheel: it holds all that the program is made of, with the licences of what is vendored, and the site runs from it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RIGHTS = re.compile(r"Permission is hereby granted|Apache License|Redistribution and use", re.IGNORECASE)
VISIT = """
import sys
from pathlib import Path
import kg, kg.web.app
from kg.web.site import Site
from starlette.testclient import TestClient
assert Path(kg.__file__).is_relative_to(sys.argv[1]), kg.__file__
with TestClient(kg.web.app.make_app(Site(Path(sys.argv[2]))), base_url="http://localhost") as client:
    for path in sys.argv[3:]:
        answer = client.get(path, headers={"accept": "text/html"})
        print(path, answer.status_code, len(answer.content) > 100)
"""
PATHS = (
    "/",
    "/events",
    "/about",
    "/graph",
    "/queries",
    "/queries/chronology",
    "/sparql-editor",
    "/sparql-editor/known.json",
    "/static/site.css",
    "/static/kinds.css",
    "/static/search.js",
    "/static/yasgui/yasgui.min.js",
    "/static/yasgui/LICENSE",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel of this checkout, built offline."""
    from hatchling.builders.wheel import WheelBuilder  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("wheel")
    (path,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return zipfile.ZipFile(path)


def sources() -> dict[str, Path]:
    """Every file that the program is made of, by its place in the wheel."""
    found = {str(path.relative_to(ROOT)): path for path in (ROOT / "kg").rglob("*") if path.is_file()}
    for folder, place in (("ontology", "ontology"), ("queries", "queries"), ("seeds/kb", "kb")):
        start = ROOT / folder
        for path in start.rglob("*"):
            if path.is_file():
                found[f"kg/_data/{place}/{path.relative_to(start)}"] = path
    return {name: path for name, path in found.items() if "__pycache__" not in name}


def missing(held: set[str]) -> list[str]:
    return sorted(sources().keys() - held)


def test_all_that_the_program_is_made_of_is_in_it_byte_for_byte(wheel: zipfile.ZipFile) -> None:
    mine = sources()
    assert missing(set(wheel.namelist())) == []
    assert [name for name, path in mine.items() if wheel.read(name) != path.read_bytes()] == []
    kinds = {Path(name).suffix for name in mine}
    assert {".py", ".js", ".css", ".j2", ".ttl", ".rq", ".toml", ".tsv"} <= kinds
    assert len(mine) > 350


def test_nothing_else_is_in_it(wheel: zipfile.ZipFile) -> None:
    more = set(wheel.namelist()) - sources().keys()
    assert all(re.match(r"diplomacy_kg-[0-9.]+\.dist-info/", name) for name in more), sorted(more)


def test_a_file_that_is_left_out_would_be_seen(wheel: zipfile.ZipFile) -> None:
    held = set(wheel.namelist()) - {"kg/web/templates/error.html.j2", "kg/web/static/copy.js"}
    assert missing(held) == ["kg/web/static/copy.js", "kg/web/templates/error.html.j2"]


def test_what_is_vendored_comes_with_its_licence_and_its_version(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    vendored = sorted({str(Path(name).parent) for name in names if ".min." in name})
    assert vendored == ["kg/web/static/yasgui"]
    for folder in vendored:
        assert RIGHTS.search(wheel.read(f"{folder}/LICENSE").decode())
        assert re.search(r"\d+\.\d+\.\d+", wheel.read(f"{folder}/README.md").decode())
    (ours,) = (name for name in names if name.endswith(".dist-info/licenses/LICENSE"))
    assert "Apache License" in wheel.read(ours).decode()


def test_the_site_runs_from_it(wheel: zipfile.ZipFile, built: Path, tmp_path: Path) -> None:
    wheel.extractall(tmp_path / "installed")
    environ = {key: value for key, value in os.environ.items() if not key.startswith(("KG_", "PYTHON"))}
    command = [sys.executable, "-c", VISIT, str(tmp_path / "installed"), str(built), *PATHS]
    ran = subprocess.run(
        command,
        env={**environ, "PYTHONPATH": str(tmp_path / "installed")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines() == [f"{path} 200 True" for path in PATHS]
