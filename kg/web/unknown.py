"""The names of the articles that the knowledge base does not have, as a page."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from kg import decide
from kg.graph.decisions import parse_decisions
from kg.kb import KnowledgeBase
from kg.kb_tables import TYPES
from kg.kb_user import own_tables
from kg.project import Project
from kg.review import unknown_names

if TYPE_CHECKING:
    from pathlib import Path

    from kg.review import Unknown


def unknown_of(folder: Path) -> tuple[Unknown, ...]:
    """Give the unknown names of a project folder, the most frequent first.

    Raises:
        StoreError: the folder or a reading in it cannot be used.
        DataError: a table or the decisions cannot be read.
    """
    project = Project.open(folder)
    ignored = parse_decisions(decide.read_text(project), where=str(project.decisions)).ignored
    known = KnowledgeBase.load(*own_tables(project.folder))
    return unknown_names(project.readings(), known, ignored=ignored)


def command(each: Unknown) -> str:
    """Give the command that makes a name known, for a shell."""
    kind = each.key.partition("/")[0]
    return shlex.join(["kg", "kb", "add", each.name, "--type", kind if kind in TYPES else "org"])


def knowledge_state(folder: Path) -> str:
    """Give what changes whenever the decisions or the user's own tables do."""
    watched = [folder / "decisions.toml", *sorted((folder / "kb").glob("*"))]
    found = [(path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in watched if path.is_file()]
    return repr(found)
