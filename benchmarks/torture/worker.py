"""What is killed: real builds, removals and outputs, with cheap readings in the place of the language model.

A job runs in a process forked from one that has everything imported, so that a point of killing costs
little. It is killed from outside at some moment, or kills itself at its n-th file operation: opening,
renaming, removing, making folders, and both sides of each acknowledgement count.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import cli, config, contents, ingest, versions
from kg.commands import export, page, query  # noqa: F401  (loaded before the fork)
from kg.errors import KGError
from kg.graph import amend, assemble, plover, serialize  # noqa: F401  (as above)
from kg.graph import page as drawing  # noqa: F401  (as above)
from kg.model import Entity, EventMention, Interval, Key, Reading, Role, Span, Term
from kg.project import Project
from kg.vocab import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.model import Article

STATES = ("norway", "kenya", "georgia", "oman")
_EVENTS = frozenset(
    {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "kg.before", "kg.after"}
)

versions.reader(model="en_core_web_sm")  # digests that are computed once in a process
versions.builder()
Vocabulary.load()


@dataclass(frozen=True, slots=True)
class Job:
    """Work on a project folder; ``articles`` of None are removed; ``kill_at`` is a file operation, or 0."""

    folder: str
    acknowledged: str
    articles: dict[str, str | None] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    kill_at: int = 0


def text_of(key: str, version: int) -> str:
    """Give the text of an article that nobody wrote, long enough to be known as English."""
    day = date(2025, 1, 1 + version % 28)
    return (
        f"Talks between the governments of Norway and Kenya opened in the capital on {day:%d %B %Y}, "
        f"and the delegations are to meet again before the end of the month.\n\n"
        f"This is report {key}, the version {version} of it, and it says nothing else that is new.\n"
    )


def reading_of(article: Article) -> Reading:
    """Give the reading of such an article: two states take part in talks on a day that the text decides."""
    number = int(hashlib.sha256(article.text.encode()).hexdigest()[:4], 16)
    first, second = STATES[number % 4], STATES[(number + 1) % 4]
    day = date(2025, 1, 1 + number % 28)
    entities = tuple(
        Entity(Key(f"state/{name}"), Term("dip:State"), name.title()) for name in sorted({first, second})
    )
    roles = tuple(Role(Term("dip:participatesIn"), one.key) for one in entities)
    told = EventMention(
        Key("talks@0"), Term("dip:Talks"), roles, Span(0, 40), Interval(day, day, day.isoformat())
    )
    return Reading(article, entities, (), (told,), pipeline=versions.reader(model="en_core_web_sm"))


def read_all(articles: Iterable[Article], *_: object) -> Iterator[Reading]:
    """Stand in for ``ingest.read_all``."""
    return (reading_of(article) for article in articles)


def use_cheap_readings() -> None:
    """Let builds in this process read without the language model."""
    ingest.read_all = read_all  # type: ignore[assignment]


def settings_for(folder: Path) -> config.Settings:
    """Give the settings for a project folder, whatever this machine sets."""
    return config.load(folder=folder.parent, environ={}, explicit={"store": folder, "cache": config.OFF})


def run(job: Job) -> None:
    """Do the job; every acknowledgement is a line in a file, written at once."""
    sink = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(sink, standard)
    log = os.open(job.acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    counter = _watch(job)
    if job.arguments:
        _acknowledge(log, f"code {cli.main(list(job.arguments))}")
    else:
        try:
            _change(job, log)
        except KGError as error:
            _acknowledge(log, f"{type(error).__name__}: {error}")
    os.write(log, f"events {counter['count']}\n".encode())
    os._exit(0)


def _watch(job: Job) -> dict[str, int]:
    """Count the file operations in the folder, and kill this process at the one that is asked for."""
    counter = {"count": 0}

    def hook(event: str, details: Sequence[Any]) -> None:
        if event not in _EVENTS or not (event.startswith("kg.") or job.folder in str(details[0])):
            return
        counter["count"] += 1
        if counter["count"] == job.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return counter


def _acknowledge(log: int, line: str) -> None:
    sys.audit("kg.before")
    os.write(log, f"{line}\n".encode())
    sys.audit("kg.after")


def _change(job: Job, log: int) -> None:
    use_cheap_readings()
    folder = Path(job.folder)
    settings = settings_for(folder)
    given = {key: text for key, text in job.articles.items() if text is not None}
    gone = [key for key, text in job.articles.items() if text is None]
    with Project.open(folder, create=True) as project:
        if gone:
            ingest.remove(project, gone, settings)
            for key in gone:
                _acknowledge(log, key)
        if given:
            sources = [_written(job, key, text) for key, text in sorted(given.items())]
            ingest.build(project, sources, settings, progress=lambda key: _acknowledge(log, key))
        _acknowledge(log, "graph")


def _written(job: Job, key: str, text: str) -> str:
    """Write an article beside the project."""
    path = Path(job.acknowledged).parent / f"{key}.txt"
    path.write_text(text, encoding="utf-8")
    return str(path)


def exported(folder: Path) -> bytes:
    """Give the graph of a project folder as N-Triples, as readers find it."""
    with Project.open(folder) as project, project.store() as store:
        return "\n".join(sorted(map(str, contents.triples_of(store)))).encode()
