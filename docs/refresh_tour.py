"""Run the commands of the README's tour again and put what they print in place of what stands there.

Usage: python docs/refresh_tour.py README.md docs/tour.md

In a block fenced as ``console`` each line that begins with ``$ `` is a command; the lines under it, up to
the next one, are what it printed. Where these end in a line with just ``…``, the new output is cut to as
many lines. Commands run in the checkout, against the project folder of ``make demo``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[1]
CUT = "…"
_BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_STEP = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def output_of(command: str) -> list[str]:
    """Give the lines that a command prints, standard error first."""
    environment = {
        **os.environ,
        "PATH": f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}",
        "KG_STORE": "demo/kg-store",
        "COLUMNS": "100",
    }
    done = subprocess.run(
        command, shell=True, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return [line.rstrip() for line in (done.stderr + done.stdout).splitlines()]


def refreshed(step: re.Match[str], run: Callable[[str], Sequence[str]] = output_of) -> str:
    """Give a command with what it prints now, cut where it was cut."""
    command, before = step[1], step[2].splitlines()
    lines = run(command)
    if before and before[-1].strip() == CUT and len(lines) > len(before):
        lines = [*lines[: len(before) - 1], CUT]
    return "\n".join([f"$ {command}", *lines]) + "\n"


def with_steps(block: str, run: Callable[[str], Sequence[str]] = output_of) -> str:
    """Give the lines of a console block with what its commands print now."""
    return _STEP.sub(partial(refreshed, run=run), block)


def main() -> None:
    """Refresh the files that are named."""
    for path in map(Path, sys.argv[1:]):
        text = path.read_text(encoding="utf-8")
        path.write_text(_BLOCK.sub(lambda block: with_steps(block[0]), text), encoding="utf-8")


if __name__ == "__main__":
    main()
