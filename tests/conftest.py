"""What many tests share: a small graph built once from our own articles, and a way to run commands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import hypothesis  # noqa: F401  (first: its entry points cannot see what the site has frozen, and warn)
import pytest
from sample_articles import ARTICLES, ROOT, SAMPLE

from kg import config, ingest
from kg.cli import main
from kg.project import Project

_CACHES = tempfile.TemporaryDirectory(prefix="kg-tests-")


def pytest_configure() -> None:
    """Keep no annotations from test to test, nor in the folder of who runs them; tests of the cache name one."""
    (Path(_CACHES.name) / "diplomacy-kg").touch()  # where a file is, no folder can be made
    os.environ["XDG_CACHE_HOME"] = _CACHES.name


def pytest_unconfigure() -> None:
    """Remove what stood in the place of the user's cache folder."""
    _CACHES.cleanup()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let ``--update-golden`` write the golden files anew; the diff is to be read."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@dataclass(frozen=True)
class Ran:
    """What a command gave back."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def sample() -> list[str]:
    """The paths of six of our own articles."""
    return [str(ARTICLES / f"{name}.md") for name in SAMPLE]


@pytest.fixture(scope="session")
def built(sample, tmp_path_factory) -> Path:
    """A project folder with the graph of the sample; not to be changed."""
    folder = tmp_path_factory.mktemp("built") / "kg-store"
    settings = config.load(folder=folder.parent, environ={}, explicit={"store": folder})
    with Project.open(folder, create=True) as project:
        tally = ingest.build(project, sample, settings)
    assert len(tally.new) == len(SAMPLE)
    return folder


@pytest.fixture
def project(built, tmp_path) -> Path:
    """A copy of the sample's project folder, to be changed."""
    return Path(shutil.copytree(built, tmp_path / "kg-store"))


@pytest.fixture
def kg(built, tmp_path, monkeypatch, capsys):
    """Run a command in this process, in an empty folder, on the graph of the sample."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("KG_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KG_STORE", str(built))
    monkeypatch.setenv("KG_CACHE", config.OFF)

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        code = main([str(each) for each in arguments])
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return run


@pytest.fixture
def fresh(built, tmp_path):
    """Run a command, or Python code given with ``code``, in an interpreter of its own."""

    def run(*arguments: object, code: str | None = None, **environ: str) -> Ran:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("KG_", "PYTHONUNB"))}
        env = {**kept, "PYTHONPATH": str(ROOT), "KG_STORE": str(built), **environ}
        command = [sys.executable, *(["-m", "kg"] if code is None else ["-c", code]), *map(str, arguments)]
        done = subprocess.run(
            command, env=env, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run
