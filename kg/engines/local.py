"""Several processes on this machine that read; one that dies is replaced, and what it had is read again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Self, cast

from kg.engines.plan import WINDOW, Line
from kg.engines.work import told
from kg.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.config import Settings
    from kg.engines.plan import Piece
    from kg.engines.work import Readings
    from kg.engines.worker import Answer
    from kg.model import Article
    from kg.pipeline import Refuse

_AHEAD = 2
"""Pieces that a process has at once: one it reads, and one it goes on with while the first is stored."""

_STARTS = 3
"""How many processes in a row may end before they could begin."""

_GRACE = 5.0
"""Seconds that a process may take to end when there is no more to read."""


def read(articles: Iterable[Article], *, settings: Settings, refuse: Refuse, workers: int) -> Readings:
    """Read in so many processes, or fewer where there are fewer pieces of work.

    Raises:
        EngineError: the processes end before they can begin.
    """
    line = Line(articles)
    with Crew(workers, settings) as crew:
        while not line.is_done:
            while crew.has_room and (piece := line.next(WINDOW * workers)) is not None:
                crew.give(piece)
            crew.take(line)
            yield from told(line.ready(), refuse)


@dataclass(slots=True, eq=False)
class Worker:
    """A process, and the pieces that it has not answered yet, in its order."""

    process: subprocess.Popen[bytes]
    connection: Connection
    pieces: deque[Piece] = field(default_factory=deque)
    ready: bool = False

    @classmethod
    def start(cls, settings: Settings) -> Self:
        """Start a process that finds modules where this one does, and does not hear Ctrl-C: its parent does."""
        ours, its = Pipe()
        command = [sys.executable, "-P", "-m", "kg.engines.worker", str(its.fileno())]
        try:
            process = subprocess.Popen(  # noqa: S603  (our own interpreter on our own module)
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
                pass_fds=[its.fileno()],
                process_group=0,
            )
        finally:
            its.close()
        with suppress(OSError):  # it has died already, which shows when it is waited for
            ours.send(settings)
        return cls(process, ours)

    def end(self) -> str:
        """Kill the process, if it has not ended yet, and tell how it ended."""
        self.connection.close()
        self.process.kill()
        code = self.process.wait()
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"


class Crew:
    """The processes of one build; they are started as there is work for them, and gone when the block ends."""

    def __init__(self, size: int, settings: Settings) -> None:
        """Start nothing yet."""
        self._size, self._settings = size, settings
        self._workers: list[Worker] = []
        self._failed = 0

    def __enter__(self) -> Self:
        """Use it in a ``with`` block."""
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """End the processes: in peace where all is read, else at once."""
        for worker in self._workers if kind is None else ():
            with suppress(OSError):
                worker.connection.send(None)
        for worker in self._workers:
            if kind is None:
                with suppress(subprocess.TimeoutExpired):
                    worker.process.wait(_GRACE)
            worker.end()

    @property
    def has_room(self) -> bool:
        """Whether one more piece can be handed out."""
        return len(self._workers) < self._size or any(len(one.pieces) < _AHEAD for one in self._workers)

    def give(self, piece: Piece) -> None:
        """Hand a piece to the least busy process, a new one where all are busy and there may be more."""
        worker = min(self._workers, key=lambda one: len(one.pieces), default=None)
        if worker is None or (worker.pieces and len(self._workers) < self._size):
            worker = Worker.start(self._settings)
            self._workers.append(worker)
        worker.pieces.append(piece)
        with suppress(OSError):  # it is dead, and ``take`` finds that out
            worker.connection.send(piece.articles)

    def take(self, line: Line) -> None:
        """Wait until a process answers or dies; note what became of its pieces.

        Raises:
            EngineError: the processes end before they can begin.
        """
        busy = {worker.connection: worker for worker in self._workers if worker.pieces}
        for connection in wait(list(busy)) if busy else ():
            worker = busy[cast("Connection", connection)]
            try:
                answer: Answer = worker.connection.recv()
            except (EOFError, OSError):
                self._bury(worker, line)
                continue
            if isinstance(answer, Exception):
                raise answer
            if answer is None:
                worker.ready, self._failed = True, 0
            else:
                worker.pieces.popleft().outcomes = answer

    def _bury(self, worker: Worker, line: Line) -> None:
        """Give back what a dead process had; only the piece that it was reading is to blame."""
        self._workers.remove(worker)
        how = worker.end()
        self._failed += not worker.ready
        if self._failed >= _STARTS:
            what = f"the processes that read end before they can begin ({how})"
            raise EngineError(what, hint="Is there enough memory? --workers 1 reads in one process.")
        first = worker.pieces.popleft() if worker.ready else None
        for piece in reversed(worker.pieces):
            line.put_back(piece)
        if first is not None:
            line.killed(first, how)
