"""Reading on a cluster of Dask workers: the same pieces of work, wherever each is done."""

from __future__ import annotations

import logging
import pickle
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Self

from distributed import CancelledError, Client, KilledWorker, wait
from distributed.comm.core import CommClosedError

from kg.engines.plan import TRIES, WINDOW, Line
from kg.engines.remote import differs, packed, read_piece, reader_of
from kg.engines.work import told
from kg.errors import EngineError
from kg.pipeline import load_kb

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.config import Settings
    from kg.engines.plan import Piece
    from kg.engines.remote import Job
    from kg.engines.work import Readings
    from kg.model import Article
    from kg.pipeline import Refuse

PATIENCE = 30.0
"""Seconds that a cluster may be without any worker: one that has died may be started again."""

_CONNECT = 10.0
"""Seconds that a scheduler may take to answer at all."""

_LOGGERS = ("distributed", "distributed.client")

_LOOK = 1.0
"""Seconds between two looks at whether there is anybody left who reads."""


def read(articles: Iterable[Article], *, settings: Settings, refuse: Refuse, scheduler: str) -> Readings:
    """Read on the workers of a scheduler (``tcp://HOST:PORT``), with the package that is installed there.

    Raises:
        EngineError: nobody answers there, or nobody reads there, or with other rules than here.
        DataError: a table over the knowledge base is broken.
    """
    load_kb(*settings.kb)  # an error in a table is told here, by the path that its user knows
    job, line = packed(kb=settings.kb, model=settings.model, extractors=settings.extractors), Line(articles)
    with _connected(scheduler) as client:
        _require_workers(client, scheduler)
        _require_same(client, job)
        with _Board(client, job, scheduler) as board:
            while not line.is_done:
                board.give(line)
                board.take(line)
                yield from told(line.ready(), refuse)


class _Board:
    """The pieces that the cluster has at the moment."""

    def __init__(self, client: Client, job: Job, scheduler: str) -> None:
        self._client, self._scheduler = client, scheduler
        # Made by a task: what was only sent would be gone with the last worker that has it.
        self._job = client.submit(pickle.loads, pickle.dumps(job), pure=False)
        self._pieces: dict[Any, Piece] = {}
        self._alone = False
        self._seen = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError, CancelledError):
            self._client.cancel(list(self._pieces), force=True)

    def give(self, line: Line) -> None:
        """Hand out pieces, as many as the workers that are there now have use for."""
        threads = _threads(self._client, self._scheduler)
        if threads:
            self._seen = time.monotonic()
        while self._may_give(line) and (piece := line.next(WINDOW * max(1, threads))) is not None:
            self._alone = piece.suspect
            # As bytes: Dask looks into what it is given for tasks of its own.
            data = pickle.dumps(piece.articles)
            task = self._client.submit(_work, data, self._job, pure=False, priority=piece.deaths)
            self._pieces[task] = piece

    def _may_give(self, line: Line) -> bool:
        """Dask blames a death on all that the worker had, so a suspect is tried while nobody has anything else."""
        return not self._pieces or not (self._alone or line.has_suspects)

    def take(self, line: Line) -> None:
        """Wait a moment for pieces that are done, and note what became of them."""
        try:
            done = wait(list(self._pieces), timeout=_LOOK, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            self._require_somebody()
            return
        except CancelledError:  # of one; which it is shows below
            done = {task for task in self._pieces if task.done()}
        for task in done:
            piece = self._pieces.pop(task)
            try:
                piece.outcomes = task.result()
            except KilledWorker:
                line.killed(piece, "its worker died", times=TRIES if piece.suspect else 1)
            except (CancelledError, CommClosedError) as error:
                raise _lost(self._scheduler) from error

    def _require_somebody(self) -> None:
        if time.monotonic() - self._seen > PATIENCE:
            raise _nobody(self._scheduler)


def _work(data: bytes, job: Job) -> object:
    return read_piece(pickle.loads(data), job)  # noqa: S301  (from whoever may run code here anyway)


@contextmanager
def _connected(scheduler: str) -> Iterator[Client]:
    """Connect to a scheduler; what Dask writes into its log on the way is said by our errors."""
    with _silent():
        try:
            client = Client(scheduler, timeout=_CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            hint = "Start one (dask scheduler), and workers (dask worker HOST:PORT); check the address."
            raise EngineError("no Dask scheduler answers", where=_shown(scheduler), hint=hint) from error
        try:
            with client.as_current():
                yield client
        finally:
            with suppress(OSError, TimeoutError):
                client.close(timeout=_CONNECT)


@contextmanager
def _silent() -> Iterator[None]:
    """Let Dask write no log: it does so with handlers of its own, on standard error."""
    handlers = [each for name in _LOGGERS for each in logging.getLogger(name).handlers]
    before = [handler.level for handler in handlers]
    for handler in handlers:
        handler.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for handler, level in zip(handlers, before, strict=True):
            handler.setLevel(level)


def _require_workers(client: Client, scheduler: str) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise _nobody(scheduler) from error


def _require_same(client: Client, job: Job) -> None:
    """Refuse workers that would read otherwise; later ones look by themselves."""
    found = client.run(reader_of, job, on_error="return")
    for worker, there in sorted(found.items()):
        if there != job.reader:
            named = there if isinstance(there, str) else f"no kg that fits ({type(there).__name__}: {there})"
            raise differs(named, job, where=worker)


def _threads(client: Client, scheduler: str) -> int:
    try:
        return sum(client.nthreads().values())
    except (OSError, CancelledError) as error:
        raise _lost(scheduler) from error


def _lost(scheduler: str) -> EngineError:
    hint = "What was read is kept; the same command goes on from there once a scheduler is back."
    return EngineError("the scheduler has gone", where=_shown(scheduler), hint=hint)


def _nobody(scheduler: str) -> EngineError:
    hint = "Start some: dask worker HOST:PORT --nthreads 1. What was read is kept."
    return EngineError("the cluster has no worker", where=_shown(scheduler), hint=hint)


def _shown(scheduler: str) -> str:
    return scheduler.replace("tcp://", "dask://")
