"""The graph of a project made to fit its readings: by difference where little has changed, else anew."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from kg import versions
from kg.errors import StoreError
from kg.graph import generations
from kg.graph.change import Changing, lines_of, put_together
from kg.graph.desk import Desk, TangledError
from kg.graph.hearsay import gathered
from kg.graph.pieces import listened
from kg.graph.register import Register
from kg.graph.registered import Article
from kg.graph.shares import Frame
from kg.graph.triples import Writer
from kg.project import parts_of, tag_of
from kg.vocab import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from kg.config import Settings
    from kg.graph.assemble import GraphContent
    from kg.graph.change import Together
    from kg.graph.decisions import Decisions
    from kg.graph.heard import Heard
    from kg.graph.hearsay import Told
    from kg.ledger import Ledger
    from kg.project import Project

_FILE = "register.sqlite"
_FEW = 64
"""So many readings are put together again even where they are most of a project."""
_SHARE = 3
"""Of more than a third of the readings, all are put together again: that costs no more."""

Outcome = tuple[bool, int]
"""Whether the graph is another one now, and how much was read and does not fit it."""


def regraph(
    project: Project,
    ledger: Ledger,
    decisions: Decisions,
    settings: Settings,
    content: Callable[[], GraphContent],
    *,
    whole: bool,
) -> Outcome:
    """Make the graph of the readings that the ledger lists.

    Args:
        project: where readings and graph are.
        ledger: fits the readings.
        decisions: what the user has decided by hand.
        settings: knowledge base, base of the names.
        content: gives what the graph of all readings says, as the decisions leave them, put together at once.
        whole: whether the graph is whole; a damaged one is removed once there is one to take its place.
    """
    frame = _frame(decisions, settings)
    if decisions.ignored or decisions.correct:  # readings are not what is in the files
        return _assembled(project, content(), whole=whole)
    changed = _by_difference(project, ledger, frame) if whole else None
    return changed or _anew(project, ledger, frame, content, whole=whole)


def _frame(decisions: Decisions, settings: Settings) -> Frame:
    vocabulary = Vocabulary.load()
    writer = Writer(vocabulary, settings.base)
    return Frame(decisions, vocabulary, versions.kb_version(settings.kb), settings.base, writer)


def _assembled(project: Project, found: GraphContent, *, whole: bool) -> Outcome:
    """Put a graph in force without a register."""
    if not whole:
        project.discard_graph()
    return project.rebuild(found.statements), len(found.notes)


def _anew(
    project: Project, ledger: Ledger, frame: Frame, content: Callable[[], GraphContent], *, whole: bool
) -> Outcome:
    """Make the graph anew, and the register with it."""
    heard = listened(project.readings(), frame.decisions, frame.vocabulary)
    told = gathered(heard)
    try:
        found = put_together(heard, told, frame, Desk())
    except TangledError:
        return _assembled(project, content(), whole=whole)
    del heard
    if not whole:
        project.discard_graph()
    changed = project.refill(lines_of(found, frame))
    with suppress(sqlite3.Error, OSError):  # without a register the next graph is made anew as well
        _write(project, ledger, found, told, frame)
    return changed, sum(share.notes for share in found.shares)


def _write(project: Project, ledger: Ledger, found: Together, told: Told, frame: Frame) -> None:
    with closing(Register.create(project.cache / _FILE)) as register:
        register.set_articles((), _articles(project.texts(), ledger))
        register.put(found.units, register.add(found.clans))
        register.count_told(told)
        register.index()
        register.commit(_stamp(project, frame))


def _by_difference(project: Project, ledger: Ledger, frame: Frame) -> Outcome | None:
    """Change the graph where readings came or went; None where that cannot be done."""
    register = Register.open(project.cache / _FILE, _stamp(project, frame))
    if register is None:
        return None
    try:
        with closing(register):
            return _change(project, ledger, frame, register)
    except (TangledError, StoreError, sqlite3.Error, ValueError):
        return None


def _change(project: Project, ledger: Ledger, frame: Frame, register: Register) -> Outcome | None:
    files = project.texts()
    then, now = register.articles(), _articles(files, ledger)
    differ = {key for key in then.keys() | now.keys() if then.get(key) != now.get(key)}
    texts = {of[key].sha for key in differ for of in (then, now) if key in of}
    most = max(_FEW, len(then) // _SHARE)
    if len(texts) > most:
        return None

    def load(shas: Iterable[str]) -> list[Heard]:
        chosen = (path for sha in shas for path in files.get(sha, ()))
        return listened(project.read(chosen), frame.decisions, frame.vocabulary)

    register.begin()
    with project.store(readonly=False) as store:
        changing = Changing(register, store.engine, frame, load, most)
        gone = frozenset(register.gists(texts))
        difference = changing.make(gone, load(texts))
        register.set_articles(differ - now.keys(), {key: now[key] for key in differ & now.keys()})
        changed = store.amend(difference.removed, difference.added)
        notes = register.notes()
    register.commit(_stamp(project, frame))
    return changed, notes


def _articles(files: Mapping[str, list[Path]], ledger: Ledger) -> dict[str, Article]:
    """Give the articles by id, with the hash of the text."""
    by_tag = {parts_of(path)[1]: sha for sha, paths in files.items() for path in paths}
    return {
        key: Article(entry.article, entry.reader, by_tag[tag_of(key)])
        for key, entry in ledger.articles.items()
    }


def _stamp(project: Project, frame: Frame) -> str:
    """Name all that a register fits besides the readings: what builds, what was decided, and the graph itself."""
    parts = (
        versions.builder(),
        frame.kb_version,
        frame.base,
        _told(frame.decisions),
        generations.current(project.store_folder),
    )
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()


def _told(decisions: Decisions) -> tuple[object, ...]:
    """Give the decisions that count for a graph, always in the same words."""
    return sorted(decisions.same), sorted(decisions.different), sorted(decisions.reject)
