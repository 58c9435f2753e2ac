"""Decisions written down: checked, put behind those that are there, nothing of these lost."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kg import files
from kg.errors import DataError, UsageError
from kg.graph.decisions import list_decisions, with_decision
from kg.ingest import decision_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from kg.answers import Statement
    from kg.graph.store import Store
    from kg.project import Project

_SHORTEST = 6
"""How much of an id must be given, in characters: fewer are easily another's."""


def read_text(project: Project) -> str:
    """Give the text of the decisions of a project, empty where there are none."""
    try:
        return decision_text(project.decisions.read_bytes(), project)
    except FileNotFoundError:
        return ""


def decide(
    project: Project,
    kind: str,
    values: Mapping[str, object],
    *,
    check: Callable[[Path], None] = lambda _: None,
) -> bool:
    """Write a decision down; tell whether it is a new one.

    ``check`` may refuse it: it is called when the decision is written, which is undone where it raises.

    Raises:
        UsageError: something else is decided about the same already.
        LockedError: another process writes to the project.
    """
    handle = files.lock(project.folder / "lock")
    try:
        before = read_text(project)
        after = with_decision(before, kind, values, where=str(project.decisions))
        if after == before:
            return False
        check(_written(project, after))
    except (DataError, UsageError):
        if read_text(project) != before:
            _restore(project, before)
        raise
    finally:
        os.close(handle)
    return True


def _written(project: Project, text: str) -> Path:
    files.write(project.decisions, text.encode())
    return project.decisions


def _restore(project: Project, text: str) -> None:
    if text:
        files.write(project.decisions, text.encode())
    else:
        project.decisions.unlink(missing_ok=True)


def listed(project: Project) -> tuple[tuple[str, dict[str, object]], ...]:
    """Give all decisions of a project as they are written, with the kind of each."""
    return list_decisions(read_text(project), where=str(project.decisions))


def find_claim(store: Store, asked: str) -> Statement:
    """Give the claim that an id, or the beginning of one, names.

    Raises:
        UsageError: there is none, or there are several, or it is inferred from others, which are to be decided on.
    """
    from kg.answers import statements  # noqa: PLC0415  (brings the query engine)

    wanted = asked.rpartition("/")[2].lower()
    if len(wanted) < _SHORTEST or not all(char in "0123456789abcdef" for char in wanted):
        raise UsageError(f"{asked!r} is no id of a claim", hint="kg show NAME --evidence shows the ids.")
    pattern = f'?c a dip:Claim . FILTER(CONTAINS(STR(?c), "/claim/{wanted}"))'
    found = [one for one in statements(store, pattern) if one.id.startswith(wanted)]
    if not found:
        hint = "kg show NAME --evidence shows the ids; kg decisions what is decided."
        raise UsageError(f"no claim in the graph has the id {asked!r}", hint=hint)
    if len(found) > 1:
        raise UsageError(f"{len(found)} claims begin with {asked!r}", hint="Give more of the id.")
    if found[0].rule is not None:
        hint = "Decide on the claims that it is inferred from: kg show NAME --evidence."
        raise UsageError(f"the claim is inferred ({found[0].rule})", hint=hint)
    return found[0]
