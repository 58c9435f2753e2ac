"""A process that answers queries within a limit of time, and is killed at it."""

from __future__ import annotations

import contextlib
import os
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kg.errors import QueryError
from kg.graph import generations, guard
from kg.graph.limits import timeout

if TYPE_CHECKING:
    from kg.graph.rows import Answer

_WORKER = Path(__file__).with_name("query_worker.py")
_TOO_LARGE = b"L"
_LAST = 19
"""The least priority there is."""


class QueryWorker:
    """A process that answers queries on one store folder, one at a time, until it is closed."""

    def __init__(
        self,
        folder: Path,
        *,
        max_bytes: int | None = None,
        base: str | None = None,
        yields_after: float | None = None,
    ) -> None:
        """Start the process; it opens the generation of the store that is in force.

        An answer of more than ``max_bytes`` is an error, and not taken in. Relative IRIs in queries are
        resolved against ``base``; without one they are errors. A query that has run for ``yields_after``
        seconds goes on with what processor time others leave it.
        """
        self._yields_after = yields_after
        self._yielding = False
        self._folder = folder
        self._base = base
        self._max_bytes = max_bytes
        self._generation, self._process = self._start()

    def ask(self, text: str, *, limit_seconds: float) -> Answer:
        """Answer a query.

        Raises:
            QueryError: it does not parse, or the engine gave up on it.
            QueryTimeoutError: it ran into the limit; the process is killed and a new one started.
        """
        return _answer(*self._exchanged(text, "", limit_seconds))

    def fetch(self, text: str, media_type: str, *, limit_seconds: float) -> bytes:
        """Answer a query with what the process wrote in a format, without looking into it.

        Raises:
            QueryError: as ``ask``; or the answer is larger than ``max_bytes``.
        """
        kind, data = self._exchanged(text, media_type, limit_seconds)
        _check(kind, data)
        return data

    def renew(self) -> None:
        """Have a living process that answers on the generation in force: start another if it was killed.

        One that yields to others is exchanged too: nobody but root could give it back its place.
        """
        if self._process.poll() is not None or self._yielding:
            self._restart()
        else:
            self._generation = generations.folder_in_force(self._folder)

    def _exchanged(self, text: str, media_type: str, limit_seconds: float) -> tuple[bytes, bytes]:
        guard.check(text)
        if self._process.poll() is not None:
            self._restart()
        reply: list[tuple[bytes, bytes]] = []
        process = self._process
        parts = (os.fsencode(self._generation), media_type.encode(), text.encode())
        sent = b"".join(struct.pack(">Q", len(part)) + part for part in parts)
        reader = threading.Thread(
            target=lambda: reply.append(_exchange(process, sent, self._max_bytes)), daemon=True
        )
        reader.start()
        _import_engine()  # while the process works
        try:
            self._join(reader, limit_seconds)
        except BaseException:
            self._kill()
            raise
        if reader.is_alive():
            self._kill()
            raise timeout(limit_seconds)
        kind, data = reply[0]
        if kind in {b"", _TOO_LARGE}:
            self._kill()
        return kind, data

    def close(self) -> None:
        """End the process."""
        self._kill()

    def __enter__(self) -> Self:
        """Use the worker in a ``with`` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process with the block."""
        self.close()

    def _join(self, reader: threading.Thread, limit_seconds: float) -> None:
        """Wait for an answer until the limit, from a point on at the least priority."""
        before = limit_seconds if self._yields_after is None else min(self._yields_after, limit_seconds)
        reader.join(before)
        if reader.is_alive() and before < limit_seconds:
            self._yielding = True
            with contextlib.suppress(OSError):  # it has just ended
                os.setpriority(os.PRIO_PROCESS, self._process.pid, _LAST)
            reader.join(limit_seconds - before)

    def _restart(self) -> None:
        self._kill()
        self._generation, self._process = self._start()

    def _start(self) -> tuple[Path, subprocess.Popen[bytes]]:
        folder = generations.folder_in_force(self._folder)
        self._yielding = False
        command = [sys.executable, "-I", str(_WORKER), str(folder), str(os.getpid())]
        if self._base is not None:
            command.append(self._base)
        process = subprocess.Popen(  # noqa: S603  (our own interpreter on our own file)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return folder, process

    def _kill(self) -> None:
        process = self._process
        process.kill()
        process.wait()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        process.stdout.close()


def _exchange(
    process: subprocess.Popen[bytes], sent: bytes, max_bytes: int | None = None
) -> tuple[bytes, bytes]:
    """Send a query and wait for the answer; an answer that stops short counts as none."""
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(sent)
        process.stdin.flush()
        head = process.stdout.read(9)
        (length,) = struct.unpack(">Q", head[1:])
        if max_bytes is not None and length > max_bytes:
            return _TOO_LARGE, str(max_bytes).encode()
        body = process.stdout.read(length)
    except (OSError, ValueError, struct.error):
        return b"", b""
    return (head[:1], body) if len(body) == length else (b"", b"")


def _check(kind: bytes, data: bytes) -> None:
    """Raise what a process said instead of an answer."""
    if kind == b"S":
        raise QueryError(f"the query does not parse: {data.decode()}")
    if kind == b"E":
        raise QueryError(f"the query cannot be evaluated: {data.decode()}")
    if kind == _TOO_LARGE:
        raise QueryError(f"the answer has more than {int(data) // 10**6:,} MB", hint="Ask for less.")
    if kind == b"":
        hint = "It needed too much memory, or the store is damaged (kg doctor tells)."
        raise QueryError("the query ended without an answer", hint=hint)


def _answer(kind: bytes, data: bytes) -> Answer:
    import pyoxigraph as ox  # noqa: PLC0415

    from kg.graph.rows import Rows  # noqa: PLC0415

    _check(kind, data)
    if kind == b"B":
        return data == b"true"
    if kind == b"T":
        return tuple(quad.triple for quad in ox.parse(data, ox.RdfFormat.N_TRIPLES))
    try:
        result = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        assert isinstance(result, ox.QuerySolutions)
        return Rows(tuple(name.value for name in result.variables), tuple(tuple(row) for row in result))
    except MemoryError as error:  # the engine's reader takes no value of more than 16 MB
        raise QueryError("the answer has a value too long to be read", hint="Ask for less.") from error


def _import_engine() -> None:
    import kg.graph.rows  # noqa: F401, PLC0415
