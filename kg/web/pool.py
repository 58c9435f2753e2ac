"""The processes that answer queries for the site: a few, kept warm, each killed when a query takes too long."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Self

from anyio import CapacityLimiter, fail_after, to_thread

from kg.errors import QueryTimeoutError
from kg.graph.asking import QueryWorker

if TYPE_CHECKING:
    from kg.web.site import Site

SIZE = 4
"""How many queries run at the same time; others wait. One that hogs its process leaves three."""

MAX_BYTES = 100_000_000
"""How large an answer may be. The server holds it once for each query that runs."""

MAX_WAITING = 200
"""How many queries may wait for a process before more are turned away."""


class Pool:
    """Query processes on the graph of a site, until it is closed."""

    def __init__(self, site: Site, *, size: int = SIZE) -> None:
        """Start the processes."""
        self._site = site
        self._lock = threading.Lock()
        self._limiter = CapacityLimiter(size)
        self._free: deque[QueryWorker] = deque()
        self._all = [QueryWorker(site.store_folder, max_bytes=MAX_BYTES) for _ in range(size)]
        self._free.extend(self._all)

    @property
    def size(self) -> int:
        """How many processes there are."""
        return len(self._all)

    async def fetch(self, text: str, media_type: str) -> bytes:
        """Answer a query in a format, as ``QueryWorker.fetch``, when a process is free.

        Raises:
            QueryTimeoutError: it took longer than the limit, or no process got free for as long.
        """
        limit = self._site.limit_seconds
        if self._limiter.statistics().tasks_waiting >= MAX_WAITING:
            raise _busy("too many queries are waiting")
        try:
            with fail_after(limit):
                await self._limiter.acquire()
        except TimeoutError as error:
            raise _busy(f"no process was free for {limit:g} s") from error
        try:
            return await to_thread.run_sync(self._fetch, text, media_type, limiter=CapacityLimiter(1))
        finally:
            self._limiter.release()

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

    def _fetch(self, text: str, media_type: str) -> bytes:
        with self._lock:
            worker = self._free.popleft()
        try:
            worker.renew()
            return worker.fetch(text, media_type, limit_seconds=self._site.limit_seconds)
        finally:
            with self._lock:
                self._free.append(worker)


def _busy(what: str) -> QueryTimeoutError:
    return QueryTimeoutError(what, hint="Other queries are being answered; try again in a moment.")
