"""The processes that answer queries for the site: a few, kept warm, each killed when a query takes too long."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Self

import anyio
from anyio import CapacityLimiter, Semaphore, to_thread

from kg.errors import KGError, QueryTimeoutError
from kg.graph.asking import QueryWorker

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kg.web.site import Site

SIZE = 4
"""How many queries run at the same time; others wait. One that hogs its process leaves three."""

MAX_BYTES = 100_000_000
"""How large an answer may be. The server holds it once for each query that runs."""

YIELDS_AFTER = 1.0
"""In seconds: a query that takes longer lets others go first. The named queries take a hundredth of that."""

MAX_WAITING = 200
"""How many queries may wait for a process before more are turned away."""


class Pool:
    """Query processes on the graph of a site, until it is closed."""

    def __init__(self, site: Site, *, size: int = SIZE) -> None:
        """Start the processes."""
        self._site = site
        self._places = Semaphore(size)
        self._threads = CapacityLimiter(size)
        self._all = [self._worker() for _ in range(size)]
        self._free = deque(self._all)

    def _worker(self) -> QueryWorker:
        return QueryWorker(
            self._site.store_folder, max_bytes=MAX_BYTES, base=self._site.base, yields_after=YIELDS_AFTER
        )

    @property
    def size(self) -> int:
        """How many processes there are."""
        return len(self._all)

    async def fetch(self, text: str, media_type: str, *, gone: Callable[[], Awaitable[object]]) -> bytes:
        """Answer a query in a format, as ``QueryWorker.fetch``, when a process is free.

        Who asked is no longer there when ``gone`` returns; the process is killed then.

        Raises:
            QueryTimeoutError: it took longer than the limit, or no process got free for as long.
        """
        worker = await self._take()
        outcome: list[bytes | KGError] = []

        async def watch() -> None:
            await gone()
            worker.close()

        try:
            # The worker is given back only after the watch has ended, so that it cannot kill for another.
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(watch)
                work = partial(self._fetch, worker, text, media_type)
                outcome.append(await to_thread.run_sync(work, limiter=self._threads))
                tasks.cancel_scope.cancel()
        finally:
            self._free.append(worker)
            self._places.release()
        if isinstance(outcome[0], KGError):
            raise outcome[0]
        return outcome[0]

    def close(self) -> None:
        """End the processes, whatever they are at."""
        for worker in self._all:
            worker.close()

    def __enter__(self) -> Self:
        """Use the pool in a ``with`` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes with the block."""
        self.close()

    async def _take(self) -> QueryWorker:
        """Wait for a process that is free, for as long as a query may take."""
        if self._places.statistics().tasks_waiting >= MAX_WAITING:
            raise _busy("too many queries are waiting")
        limit = self._site.limit_seconds
        try:
            with anyio.fail_after(limit):
                await self._places.acquire()
        except TimeoutError as error:
            raise _busy(f"no process was free for {limit:g} s") from error
        return self._free.popleft()

    def _fetch(self, worker: QueryWorker, text: str, media_type: str) -> bytes | KGError:
        try:
            worker.renew()
            return worker.fetch(text, media_type, limit_seconds=self._site.limit_seconds)
        except KGError as error:  # handed over as it is: a group of tasks would wrap it
            return error


def _busy(what: str) -> QueryTimeoutError:
    return QueryTimeoutError(what, hint="Other queries are being answered; try again in a moment.")
