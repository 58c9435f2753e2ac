"""Who answers a query within a limit of time: a thread that is left, or a process (``asking``) that is killed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

from kg.errors import KGError, QueryTimeoutError

if TYPE_CHECKING:
    from kg.graph.rows import Answer
    from kg.graph.store import Store


class Asking(Protocol):
    """What answers a query within a limit."""

    def ask(self, text: str, *, limit_seconds: float) -> Answer:
        """Answer it, or raise QueryTimeoutError."""


class Thread:
    """Asks an open store in a thread, so that the limit and Ctrl-C work."""

    def __init__(self, store: Store) -> None:
        """Take an open store."""
        self.store = store

    def ask(self, text: str, *, limit_seconds: float) -> Answer:
        """Answer a query; at the limit the thread is left to itself.

        Raises:
            QueryError: it does not parse or cannot be evaluated.
            QueryTimeoutError: it ran into the limit.
            RemoteError: the store is an endpoint, and did not answer as it must.
        """
        outcome: list[Answer | KGError] = []

        def work() -> None:
            try:
                outcome.append(self.store.query(text))
            except KGError as error:
                outcome.append(error)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        thread.join(limit_seconds)
        if not outcome:
            raise timeout(limit_seconds)
        if isinstance(outcome[0], KGError):
            raise outcome[0]
        return outcome[0]


def timeout(limit_seconds: float) -> QueryTimeoutError:
    """Say that a query ran into its limit."""
    hint = "Ask for less, or allow more time with --limit-seconds SECONDS."
    return QueryTimeoutError(f"the query took longer than {limit_seconds:g} s and was stopped", hint=hint)
