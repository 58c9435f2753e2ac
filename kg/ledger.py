"""The ledger of a project: which articles are in it, and what made its graph.

It lives in the cache: where it is lost, it is made again from the readings. While readings are being
written there is none, so a run that is killed leaves nothing that could be believed.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kg import files
from kg.graph import generations
from kg.text.recall import Known

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.model import Article
    from kg.project import Project

_FILE = "ledger.json"
_FILES = "files.json"
_VERSION = 1


class Entry(NamedTuple):
    """An article as it was read: a digest of all that was given, what read it, and the file that named it.

    The file is relative to the project folder, so that both can be moved together; it is empty where
    the article has an id of its own.
    """

    article: str
    reader: str
    file: str = ""


@dataclass(slots=True)
class Ledger:
    """The articles by id, and a digest of all that went into the graph."""

    articles: dict[str, Entry] = field(default_factory=dict)
    graph: str = ""


def digest(article: Article) -> str:
    """Give a digest of the text of an article and of all that is known about it."""
    return hashlib.sha256(repr(article).encode("utf-8", "backslashreplace")).hexdigest()


def load(project: Project) -> Ledger:
    """Give the ledger, made again from the readings where it is missing or does not fit them."""
    try:
        data = json.loads(_path(project).read_bytes())
        articles = {key: Entry(*entry) for key, entry in data["articles"].items()}
        ledger = Ledger(articles, data["graph"]) if data["version"] == _VERSION else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        ledger = None
    if ledger is not None and len(ledger.articles) == len(project):
        return ledger
    found = ((reading.article, reading.pipeline) for reading in project.readings())
    return Ledger({article.id: Entry(digest(article), pipeline) for article, pipeline in found})


def save(project: Project, ledger: Ledger) -> None:
    """Write the ledger down."""
    data = {"version": _VERSION, "articles": ledger.articles, "graph": ledger.graph}
    files.write(_path(project), json.dumps(data, sort_keys=True).encode())  # ASCII: names need not be UTF-8


def save_alone(project: Project, ledger: Ledger) -> None:
    """Write the ledger down where nothing else is written.

    Raises:
        LockedError: another process writes to the project, whose ledger this must not replace.
    """
    handle = files.lock(project.folder / "lock")
    try:
        save(project, ledger)
    finally:
        os.close(handle)


def load_files(project: Project) -> dict[str, tuple[Known, ...]]:
    """Give what is remembered of files by their seals; nothing where that is missing or damaged."""
    try:
        data = json.loads(_files(project).read_bytes())
        found = {seal: tuple(Known(*each) for each in known) for seal, known in data["files"].items()}
        return found if data["version"] == _VERSION else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def save_files(project: Project, ledger: Ledger, found: Mapping[str, tuple[Known, ...]]) -> None:
    """Remember the files of which all articles are in the ledger; the rest is of no use any more."""
    now = {key: entry.article for key, entry in ledger.articles.items()}
    kept = {seal: known for seal, known in found.items() if all(now.get(k.id) == k.digest for k in known)}
    files.write(_files(project), json.dumps({"version": _VERSION, "files": kept}, sort_keys=True).encode())


def distrust(project: Project) -> None:
    """Remove the ledger, before anything is changed that it speaks of.

    Raises:
        LockedError: another process writes to the project, and the ledger is its own.
        StoreError: the folder cannot be written.
    """
    project.begin_writing()
    try:
        _path(project).unlink(missing_ok=True)
    except OSError as error:
        raise files.store_error(error, project.folder) from error


def graph_digest(articles: Mapping[str, Entry], decisions: bytes, *made_by: str) -> str:
    """Give a digest of all that a graph is made from."""
    read = sorted((key, entry.article, entry.reader) for key, entry in articles.items())
    parts = [json.dumps(read), decisions.hex(), *made_by]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def has_graph(project: Project) -> bool:
    """Tell whether a graph was built into the project."""
    return generations.current(project.store_folder) is not None


def _path(project: Project) -> Path:
    return project.cache / _FILE


def _files(project: Project) -> Path:
    return project.cache / _FILES
