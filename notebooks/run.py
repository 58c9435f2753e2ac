"""Pair the notebooks with their text, and run them so that they can be looked at.

Usage: python notebooks/run.py [--pair] [FOLDER]

The .py files are what is edited; --pair writes the .ipynb files anew from them, without outputs. Without it, every
notebook is run in an empty copy of the place it stands in, offline but for what its kernel needs, and written with
its outputs into FOLDER (default: .cache/notebooks).
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbclient import NotebookClient
from traitlets.config import Config

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
OUT = ROOT / ".cache" / "notebooks"
LIMIT = 300
"""Seconds that a cell may take."""
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def names() -> list[str]:
    """List the notebooks in the order in which they are to be read."""
    return sorted(path.stem for path in HERE.glob("[0-9]*.py"))


def paired(name: str) -> str:
    """Give the .ipynb of a notebook as it must be: what its text says, without outputs, the same every time."""
    book: Any = jupytext.read(HERE / f"{name}.py")
    book.metadata = nbformat.from_dict(_METADATA)
    book.nbformat, book.nbformat_minor = 4, 5
    for at, cell in enumerate(book.cells):
        cell.metadata = nbformat.from_dict({})
        cell["id"] = sha256(f"{name} {at} {cell.source}".encode()).hexdigest()[:8]
    return nbformat.writes(book) + "\n"


def execute(name: str, work: Path) -> Any:
    """Run a notebook in a folder that has the sample corpus beside it, and give it with its outputs.

    Raises:
        CellExecutionError: a cell fails; the message has its traceback.
    """
    folder = work / "notebooks"
    folder.mkdir(parents=True, exist_ok=True)
    if not (work / "seeds").exists():
        shutil.copytree(ROOT / "seeds" / "articles", work / "seeds" / "articles")
    book = nbformat.read(HERE / f"{name}.ipynb", as_version=4)
    environ = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    environ |= {"KG_CACHE": str(work / "cache"), "PYTHONPATH": str(ROOT)}
    environ |= dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9")  # where nothing answers
    with tempfile.TemporaryDirectory(
        prefix="kg-"
    ) as sockets:  # no port, and a path short enough for a socket
        config = Config(ConnectionFileMixin={"transport": "ipc", "ip": f"{sockets}/k"})
        resources = {"metadata": {"path": str(folder)}}
        client = NotebookClient(
            book, timeout=LIMIT, kernel_name="python3", resources=resources, config=config
        )
        client.execute(env=environ)
    return book


def main(arguments: list[str]) -> int:
    """Write the pairs, or run all notebooks."""
    if arguments[:1] == ["--pair"]:
        for name in names():
            (HERE / f"{name}.ipynb").write_text(paired(name), encoding="utf-8")
        return 0
    out = Path(arguments[0]) if arguments else OUT
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        for name in names():
            book = execute(name, Path(work))
            nbformat.write(book, out / f"{name}.ipynb")
            count = sum(
                bool(re.search(r"\S", cell.source)) for cell in book.cells if cell.cell_type == "code"
            )
            print(f"{out / name}.ipynb  {count} cells run")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
