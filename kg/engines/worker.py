"""A process that reads: takes articles from a connection and gives back what became of them, until it is told to end.

A program of its own, not a child of ``multiprocessing``: that one would run the user's script again in
each child, and take over the threads of the parent or start from a server that outlives it.
"""

from __future__ import annotations

import os
import sys
import threading
from functools import partial
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeAlias

from kg import parses
from kg.engines.work import outcomes, portable
from kg.pipeline import load_kb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.config import Settings
    from kg.engines.work import Outcome
    from kg.model import Article

    Given: TypeAlias = SimpleQueue[tuple[Article, ...] | None]

Answer: TypeAlias = "tuple[Outcome, ...] | Exception | None"
"""What became of a piece, or what ends the build; None: all is loaded, and reading begins."""


def serve(connection: Connection) -> None:
    """Answer each piece in the order in which they come; ends at a None, and at once with the parent.

    What comes first are the settings.
    """
    try:
        settings: Settings = connection.recv()
    except (EOFError, OSError):  # the parent is gone
        return
    given: Given = SimpleQueue()
    threading.Thread(target=_receive, args=(connection, given), daemon=True).start()
    try:
        known, kept = load_kb(*settings.kb), parses.opened(settings)
        with_these = partial(
            outcomes, kb=known, model=settings.model, cache=kept, extractors=settings.extractors
        )
        with_these(())  # what a broken model is told by
        connection.send(None)
        while (articles := given.get()) is not None:
            connection.send(with_these(articles))
    except (BrokenPipeError, ConnectionResetError):  # the parent is gone
        return
    except Exception as error:  # noqa: BLE001  (whatever it is, the parent says it)
        connection.send(portable(error))


def _receive(connection: Connection, given: Given) -> None:
    """Take in what comes while a piece is being read, so that the next is at hand."""
    try:
        while (articles := connection.recv()) is not None:
            given.put(articles)
    except Exception:  # noqa: BLE001  (without a parent, or without memory, there is nothing left to do)
        os._exit(1)
    given.put(None)


def main(arguments: Sequence[str]) -> None:
    """Serve the connection of that number."""
    (handle,) = arguments
    serve(Connection(int(handle)))


if __name__ == "__main__":
    main(sys.argv[1:])
