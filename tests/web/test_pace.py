"""What is worked out beside the readers stands aside while a page is being made, but not for ever."""

import asyncio
import threading
import time

import pytest

from kg.web import pace
from kg.web.pace import Counted, Pace


def test_nothing_is_lost_and_nobody_is_waited_for_who_is_not_there():
    assert list(Pace()(range(1000))) == list(range(1000))


def test_it_stands_aside_until_the_answer_has_gone():
    beat = Pace()
    beat.under_way = 1
    threading.Timer(0.01, lambda: setattr(beat, "under_way", 0)).start()
    begun = time.monotonic()
    beat.rest()
    assert time.monotonic() - begun >= 0.005


def test_it_goes_on_though_somebody_always_waits(monkeypatch):
    monkeypatch.setattr(pace, "_MOST", 0.002)
    beat = Pace()
    beat.under_way = 1
    assert list(beat(range(10))) == list(range(10))


def test_requests_are_counted_until_they_end_well_or_not():
    beat, seen = Pace(), []

    async def app(scope, _receive, _send):
        seen.append((scope["type"], beat.under_way))
        if scope.get("fails"):
            raise LookupError

    layer = Counted(app, beat)
    asyncio.run(layer({"type": "lifespan"}, None, None))
    asyncio.run(layer({"type": "http"}, None, None))
    with pytest.raises(LookupError):
        asyncio.run(layer({"type": "http", "fails": True}, None, None))
    assert seen == [("lifespan", 0), ("http", 1), ("http", 1)]
    assert beat.under_way == 0
