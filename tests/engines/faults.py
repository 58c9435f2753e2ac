"""Articles and faults for the tests of what reads: a text that takes its process with it, each time or once."""

from __future__ import annotations

import os
from pathlib import Path

from kg.project import Project

GOOD = "Talks between Kenya and Somalia opened in Nairobi on Monday. Norway mediated the talks, officials said.\n"

DEADLY = """
import os, signal, time
from kg.text import mentions

real = mentions.find_mentions

def find_mentions(doc, *rest):
    {when}
    return real(doc, *rest)

mentions.find_mentions = find_mentions
"""
ALWAYS = "if 'xyzzy' in doc.text: os.kill(os.getpid(), signal.SIGKILL)"
ONCE = """
    if 'xyzzy' in doc.text and not os.path.exists({marker!r}):
        open({marker!r}, 'x').close()
        os.kill(os.getpid(), signal.SIGKILL)
"""
RAISES = "if 'xyzzy' in doc.text: raise LookupError('xyzzy is not to be read')"


def written(folder: Path, names: str = "abcdef", bad: str = "") -> Path:
    """Write articles that differ, those in ``bad`` with the word at which a fault shows."""
    folder.mkdir()
    for name in names:
        word = " Somebody wrote xyzzy on the wall of the house there." if name in bad else ""
        (folder / f"{name}.txt").write_text(f"{GOOD}This is told by the paper {name}.{word}\n")
    return folder


def customized(folder: Path, when: str) -> Path:
    """Give a folder that, where it is on the path of a new interpreter, puts a fault into its reading."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(DEADLY.format(when=when))
    return folder


def kept(store: Path) -> dict[str, bytes]:
    """Give all readings that are kept, byte for byte, and the graph."""
    with Project.open(store) as project, project.store() as graph:
        triples = "\n".join(sorted(map(str, graph.triples()))).encode()
        return {path.name: path.read_bytes() for path in (store / "readings").iterdir()} | {"graph": triples}


def children(parent: int) -> list[int]:
    """List the processes that a process has started and that are there."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            stat = (entry / "stat").read_text() if entry.name.isdecimal() else ""
        except OSError:
            continue
        if stat and stat.rpartition(")")[2].split()[1] == str(parent):
            found.append(int(entry.name))
    return found


def is_there(pid: int) -> bool:
    """Tell whether a process is there, and is not only waiting to be counted as ended."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def environ(**more: str) -> dict[str, str]:
    """Give an environment without settings of ours."""
    return {name: value for name, value in os.environ.items() if not name.startswith("KG_")} | more
