"""What a machine of a cluster does with a piece of work: it needs the package and the language model, no files."""

from __future__ import annotations

import tempfile
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg import versions
from kg.engines.work import outcomes
from kg.errors import EngineError
from kg.kb import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.engines.work import Outcome
    from kg.model import Article

_ONE_AT_A_TIME = threading.Lock()
"""Of the threads of a process one reads: the language model is shared, and not made for two."""


@dataclass(frozen=True, slots=True)
class Job:
    """What all pieces of a build have in common; the tables over the knowledge base go along, in their order."""

    model: str
    tables: tuple[tuple[str, bytes], ...]
    extractors: tuple[str, ...]
    reader: str
    """What reads where the build was started, as ``versions.reader`` names it."""


def packed(*, kb: Sequence[Path], model: str, extractors: tuple[str, ...] = ()) -> Job:
    """Put together what the others need to read as is read here."""
    tables = tuple((path.name, path.read_bytes()) for path in kb)
    return Job(model, tables, extractors, versions.reader(model=model, kb=kb, extractors=extractors))


def reader_of(job: Job) -> str:
    """Name what reads here."""
    with tempfile.TemporaryDirectory(prefix="kg-tables-") as folder:
        return versions.reader(model=job.model, kb=_laid_out(job, Path(folder)), extractors=job.extractors)


def read_piece(articles: tuple[Article, ...], job: Job) -> tuple[Outcome, ...]:
    """Give what becomes of each article, in order.

    Raises:
        EngineError: what reads here is not what reads where the build was started.
    """
    with _ONE_AT_A_TIME:
        return outcomes(articles, kb=_knowledge(job), model=job.model, extractors=job.extractors)


@lru_cache(maxsize=1)
def _knowledge(job: Job) -> KnowledgeBase:
    with tempfile.TemporaryDirectory(prefix="kg-tables-") as folder:
        paths = _laid_out(job, Path(folder))
        here = versions.reader(model=job.model, kb=paths, extractors=job.extractors)
        if here != job.reader:
            raise differs(here, job)
        return KnowledgeBase.load(*paths)


def _laid_out(job: Job, folder: Path) -> list[Path]:
    """Write the tables down, in a folder each: two may have one name."""
    paths = [folder / str(number) / name for number, (name, _) in enumerate(job.tables)]
    for path, (_, data) in zip(paths, job.tables, strict=True):
        path.parent.mkdir()
        path.write_bytes(data)
    return paths


def differs(there: str, job: Job, *, where: str | None = None) -> EngineError:
    """Name what reads on a worker, and what reads here."""
    what = f"a worker reads with {there}, this machine with {job.reader}"
    hint = "Install the same diplomacy-kg and language model on all, and start the workers again."
    return EngineError(what, where=where, hint=hint)
