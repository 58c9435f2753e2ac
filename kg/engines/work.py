"""What is done with a piece of work, wherever it is done."""

from __future__ import annotations

import pickle
import traceback
from typing import TYPE_CHECKING, Protocol, TypeAlias

from kg import parses
from kg.errors import KGError, MishapError
from kg.model import Article, Reading
from kg.pipeline import load_kb, read

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from kg.config import Settings
    from kg.kb import KnowledgeBase
    from kg.parses import Cache
    from kg.pipeline import Refuse

Outcome: TypeAlias = Reading | tuple[Article, MishapError]
"""What has become of an article: it was read, or the program failed at it."""


Readings: TypeAlias = "Generator[Reading, None, None]"
"""Readings as a stream; closing it ends what reads."""


class Engine(Protocol):
    """Reads articles somewhere, in order, as a stream, as the settings say."""

    def __call__(self, articles: Iterable[Article], *, settings: Settings, refuse: Refuse) -> Readings:
        """Give the reading of each article; ``refuse`` is told of those that failed."""
        ...


def here(articles: Iterable[Article], *, settings: Settings, refuse: Refuse) -> Readings:
    """Read in this process."""
    kb, kept = load_kb(*settings.kb), parses.opened(settings)
    yield from read(
        articles,
        kb=kb,
        model=settings.model,
        refuse=refuse,
        cache=kept,
        extractors=settings.extractors,
    )


def outcomes(
    articles: Iterable[Article],
    *,
    kb: KnowledgeBase,
    model: str,
    cache: Cache | None = None,
    extractors: Sequence[str] = (),
) -> tuple[Outcome, ...]:
    """Give what becomes of each article, in order."""
    found: list[Outcome] = []
    for reading in read(
        articles,
        kb=kb,
        model=model,
        refuse=lambda *failed: found.append(failed),
        cache=cache,
        extractors=extractors,
    ):
        found.append(reading)  # noqa: PERF402  (refusals come in between)
    return tuple(found)


def told(found: Iterable[Outcome], refuse: Refuse) -> Iterator[Reading]:
    """Give the readings; ``refuse`` is told of the articles that failed."""
    for outcome in found:
        if isinstance(outcome, Reading):
            yield outcome
        else:
            refuse(*outcome)


def portable(error: Exception) -> Exception:
    """Give an error that another process can take up, with its traceback as a note."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  (our own bytes, made here)
    except Exception:  # noqa: BLE001  (whatever a foreign error does when it is taken apart and put together)
        error = RuntimeError(f"{type(error).__name__}: {error}").with_traceback(error.__traceback__)
    if not isinstance(error, KGError):
        error.add_note("".join(traceback.format_exception(error)))
    return error
