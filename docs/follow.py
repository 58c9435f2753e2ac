"""Follow a page as a reader would: write its files, run its commands, put in what they print.

Usage: python -m docs.follow [docs/howto/own-articles.md …]

Without a page all of them are followed. Everything happens in an empty folder that has the sample articles as ``seeds``. A block with a title is a file
of that name (``title="articles/one.md"``; ``title="notes.md, at its end"`` adds to it). In a block fenced as
``console`` each line that begins with ``$ `` is a command, and the lines under it are what it prints; a last line of
just ``…`` cuts the rest off. Blocks of any other kind are left alone. ``tests/test_followed_pages.py`` follows the pages
and compares.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from docs.refresh_tour import ROOT, with_steps
from kg.cli import main as kg

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PAGES = (
    "howto/own-articles.md",
    "own-knowledge.md",
    "howto/own-extractor.md",
    "howto/correct-mistakes.md",
    "howto/cite-evidence.md",
)
CHECKOUT = "howto/own-event-type.md"
"""Followed in a copy of the checkout, since it changes the ontology."""

ADDED = ", at its end"
WIDTH = "90"
_BLOCK = re.compile(r"^```(?P<head>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r'title="([^"]+)"')
_SHELL = frozenset("|;&<>$*?")


def followed(page: str, folder: Path, run: Callable[[str], Sequence[str]]) -> str:
    """Give a page with what its commands print now, when it is followed in a folder."""

    def block(found: re.Match[str]) -> str:
        head, body = found["head"], found["body"]
        title = _TITLE.search(head)
        if title is not None:
            _write(folder, title[1], body)
        if title is not None or head.strip() != "console":
            return found[0]
        return f"```{head}\n{with_steps(body, run)}```"

    return _BLOCK.sub(block, page)


def _write(folder: Path, title: str, text: str) -> None:
    path = folder / title.removesuffix(ADDED)
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if title.endswith(ADDED) else ""
    path.write_text(before + text, encoding="utf-8")


def run_here(command: str, folder: Path) -> list[str]:
    """Run a command in a folder, ``kg`` in this process, and give what it prints, standard error first."""
    words = shlex.split(command)
    if words[0] != "kg" or not _SHELL.isdisjoint(command):
        return run_apart(command, folder)
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with _surroundings(), chdir(folder), redirect_stdout(out), redirect_stderr(err):
        kg(words[1:])
    return [line.rstrip() for each in (err, out) for line in _text(each).splitlines()]


def run_apart(command: str, folder: Path, code: Path = ROOT) -> list[str]:
    """Run a command in a folder, in a shell, with the program of a checkout."""
    python = shlex.quote(sys.executable)
    tools = f'kg() {{ {python} -m kg "$@"; }}; python() {{ {python} "$@"; }}; '
    with _surroundings():
        environment = {**os.environ, "PYTHONPATH": str(code)}
        done = subprocess.run(
            tools + command,
            shell=True,
            executable="/bin/bash",
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    return [line.rstrip() for line in (done.stderr + done.stdout).splitlines()]


def _surroundings() -> patch.dict[str, str]:
    """Set what the output depends on: no settings of whoever runs this, and the same width everywhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    return patch.dict(os.environ, {**kept, "COLUMNS": WIDTH, "KG_CACHE": "off", "NO_COLOR": "1"}, clear=True)


def _text(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def followed_alone(page: str, text: str) -> str:
    """Give a page that was followed in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        if page != CHECKOUT:
            (here / "seeds").symlink_to(ROOT / "seeds")
            return followed(text, here, partial(run_here, folder=here))
        for part in ("kg", "ontology", "queries", "seeds/kb"):
            shutil.copytree(ROOT / part, here / part)
        return followed(text, here, partial(run_apart, folder=here, code=here))


def main() -> None:
    """Follow the pages that are named, or all, and write them anew."""
    docs = ROOT / "docs"
    for path in [Path(each).resolve() for each in sys.argv[1:]] or [
        docs / each for each in (*PAGES, CHECKOUT)
    ]:
        page = path.relative_to(docs).as_posix()
        path.write_text(followed_alone(page, path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
