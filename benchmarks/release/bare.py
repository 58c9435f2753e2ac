"""An installed wheel at work: in an environment of its own, outside the checkout, and without the network."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = ROOT / "seeds" / "articles" / "2022-11-03-pretoria-agreement-signed.md"

GUARD = """import sys

def refuse(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        raise OSError(101, "no network here", str(arguments[:1]))
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        raise OSError(101, "no network here", str(arguments[1]))

sys.addaudithook(refuse)
"""
"""Every process of the environment loads this, so that a connection anywhere is an error that is seen."""

JOB: tuple[tuple[str, ...], ...] = (
    ("build", "article.md"),
    ("query", "agreements", "--format", "csv", "-o", "agreements.csv"),
    ("graph", "-o", "graph.html"),
    ("export", "-o", "graph.nt"),
    ("export", "-o", "graph.ttl"),
    ("validate",),
    ("show", "Redwan Hussien", "--evidence"),
    ("stats", "--format", "json"),
)
"""The main job: an article in; a question, a page and files out."""


@dataclass(frozen=True, slots=True)
class Bare:
    """An environment with the wheel in it, and a folder to work in."""

    environment: Path
    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.environment / "bin" / "python"

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the environment in the working folder; its error is seen where it fails."""
        kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TMPDIR") if name in os.environ}
        environ = {**kept, "HOME": str(self.folder), "PATH": f"{self.environment / 'bin'}:/usr/bin:/bin"}
        ran = subprocess.run(
            command, cwd=self.folder, env=environ, capture_output=True, text=True, check=False
        )
        if ran.returncode != 0:
            raise RuntimeError(f"{' '.join(command)} ended with {ran.returncode}:\n{ran.stdout}{ran.stderr}")
        return ran


def guarded(environment: Path) -> None:
    """Let no process of an environment open a connection."""
    (site,) = environment.glob("lib/python3*/site-packages")
    (site / "no_network_here.py").write_text(GUARD)
    (site / "no_network_here.pth").write_text("import no_network_here\n")


def worked(bare: Bare, job: tuple[tuple[str, ...], ...] = JOB) -> list[str]:
    """Do the main job; give in words what is wrong with what came of it."""
    (bare.folder / "article.md").write_bytes(ARTICLE.read_bytes())
    refused = bare.run(str(bare.python), "-c", _CONNECT).stdout
    found = [] if refused == "refused\n" else ["the network is not cut off"]
    where = bare.run(str(bare.python), "-c", "import kg; print(kg.__file__)").stdout.strip()
    if not where.startswith(str(bare.environment)):
        found.append(f"kg is imported from {where}")
    for command in job:
        bare.run("kg", *command)
    if "signed by,Redwan Hussien,2022-11-02" not in (bare.folder / "agreements.csv").read_text(
        encoding="utf-8"
    ):
        found.append("what the article says is not in the answer")
    page = (bare.folder / "graph.html").read_text(encoding="utf-8")
    if not re.search(r"<html\b", page) or "vis.js is dual licensed" not in page:
        found.append("the graph page is not whole, or without the notice of what is in it")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    if bare.run("kg", "--version").stdout != f"kg {version}\n":
        found.append("another version than that of pyproject.toml")
    if "_KG_COMPLETE" not in bare.run("env", "_KG_COMPLETE=source_bash", "kg").stdout:
        found.append("no completion for the shell")
    return found


_CONNECT = """
import socket
try:
    socket.create_connection(("127.0.0.1", 9), timeout=1)
except ConnectionRefusedError:
    print("reached")
except OSError as error:
    print("refused" if error.errno == 101 else error)
"""
