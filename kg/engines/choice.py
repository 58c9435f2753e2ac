"""Which engine reads: the one that is asked for, else as many processes as the machine and the work are good for."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kg.engines import local
from kg.engines.work import here
from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.config import Settings
    from kg.engines.work import Engine, Readings
    from kg.model import Article
    from kg.pipeline import Refuse

WORTH = 100_000
"""Characters for each process from which on a further one is started, about twice what can be read in the
time that loading takes (benchmarks/workers.py)."""

_QUOTA = Path("/sys/fs/cgroup/cpu.max")
"""Where Linux says how much of the processors a container may use."""


def choose(address: str | None, workers: int | None) -> Engine:
    """Give what reads: the cluster at that address, so many processes, or as many as are worth it.

    Raises:
        UsageError: the address is none, or what it needs is not installed.
    """
    if address is not None:
        return _cluster(address)
    if workers is None:
        return partial(_as_worth, most=cores())
    return here if workers == 1 else partial(local.read, workers=workers)


def _cluster(address: str) -> Engine:
    kind, _, place = address.partition("://")
    host, _, port = place.rpartition(":")
    if kind != "dask" or not host or not port.isdecimal():
        raise UsageError(f"no engine is named {address!r}", hint="Name a Dask scheduler: dask://HOST:PORT")
    try:
        import distributed  # noqa: F401, PLC0415  (optional, and takes a second)
    except ImportError as error:
        hint = "Install it, here and on the workers: pip install 'diplomacy-kg[dask]'"
        raise UsageError("reading on a cluster needs distributed", hint=hint) from error
    from kg.engines.cluster import read  # noqa: PLC0415  (as above)

    return partial(read, scheduler=f"tcp://{place}")


def _as_worth(articles: Iterable[Article], *, settings: Settings, refuse: Refuse, most: int) -> Readings:
    """Look at the first articles, and read in as many processes as there is work for."""
    stream = iter(articles)
    seen: list[Article] = []
    length = 0
    while length < most * WORTH and (article := next(stream, None)) is not None:
        seen.append(article)
        length += len(article.text)
    engine = choose(None, max(1, length // WORTH))
    yield from engine(chain(seen, stream), settings=settings, refuse=refuse)


def cores() -> int:
    """Count the processors that this process may use."""
    found = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with suppress(OSError, ValueError):  # no Linux, or no limit ("max")
        quota, period = _QUOTA.read_text(encoding="ascii").split()
        return max(1, min(found, round(int(quota) / int(period))))
    return found
