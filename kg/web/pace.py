"""Work that stands aside while pages are being made: both would share one interpreter, and readers wait twice as long."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from starlette.types import ASGIApp, Receive, Scope, Send

T = TypeVar("T")

_TURN = 0.001
"""Seconds of work between two looks at whether anybody waits."""
_STEP, _MOST = 0.001, 0.05
"""In seconds: how long it stands aside at a time, and how long at most before it goes on all the same."""


class Pace:
    """How many requests are being answered; counted by the event loop alone, asked by any thread."""

    def __init__(self) -> None:
        """Begin with none."""
        self.under_way = 0

    def __call__(self, items: Iterable[T]) -> Iterator[T]:
        """Yield the items, with rests between them while somebody waits for a page."""
        begun = 0.0
        for item in items:
            if time.monotonic() - begun > _TURN:
                self.rest()
                begun = time.monotonic()
            yield item

    def rest(self) -> None:
        """Stand aside until nobody waits, or long enough."""
        until = time.monotonic() + _MOST
        while self.under_way and time.monotonic() < until:
            time.sleep(_STEP)


@dataclass(frozen=True, slots=True)
class Counted:
    """An ASGI layer that counts the requests under way."""

    app: ASGIApp
    pace: Pace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counted until its answer has gone."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        self.pace.under_way += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.pace.under_way -= 1
