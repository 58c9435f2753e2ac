"""Articles cut into pieces of work, and the pieces under way: in the order of the articles, whoever reads them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import DeadlyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.engines.work import Outcome
    from kg.model import Article

CHUNK = 25_000
"""Characters that are handed out at once, a second of reading: long beside what handing over costs, short
beside a build. A longer article goes alone."""

MOST = 32
"""Articles that are handed out at once, however short they are: nothing of them is kept before all are read."""

TRIES = 2
"""How many processes a piece may take with it: one may have been killed for reasons of its own."""

WINDOW = 16
"""Pieces under way for each process: so many seconds one long article may take before others wait for it."""


@dataclass(slots=True, eq=False)
class Piece:
    """Some articles, and what became of them once that is known."""

    articles: tuple[Article, ...]
    deaths: int = 0
    suspect: bool = False
    """Whether a process has died over it."""
    outcomes: tuple[Outcome, ...] | None = None


def chunks(articles: Iterable[Article], size: int) -> Iterator[tuple[Article, ...]]:
    """Put articles together, in order, up to so many characters and no more than ``MOST``."""
    held: list[Article] = []
    length = 0
    for article in articles:
        if held and (length + len(article.text) > size or len(held) == MOST):
            yield tuple(held)
            held, length = [], 0
        held.append(article)
        length += len(article.text)
    if held:
        yield tuple(held)


class Line:
    """The pieces under way; what comes out is in the order of what went in, and never more than a window of it."""

    def __init__(self, articles: Iterable[Article]) -> None:
        """Take articles, which are not looked at before they are asked for."""
        self._source = chunks(articles, CHUNK)
        self._ended = False
        self._again: deque[Piece] = deque()
        self._order: deque[Piece] = deque()

    def next(self, window: int) -> Piece | None:
        """Give the next piece to be worked on, None where there is none, or so many are under way."""
        if self._again:
            return self._again.popleft()
        if self._ended or len(self._order) >= window:
            return None
        articles = next(self._source, None)
        if articles is None:
            self._ended = True
            return None
        self._order.append(Piece(articles))
        return self._order[-1]

    def put_back(self, piece: Piece) -> None:
        """Let a piece be given out once more."""
        self._again.appendleft(piece)

    @property
    def has_suspects(self) -> bool:
        """Whether what is given out next has been given out before."""
        return bool(self._again)

    def killed(self, piece: Piece, how: str, *, times: int = 1) -> None:
        """Take up that processes died over a piece: it is tried again, then article by article, then refused."""
        piece.deaths += times
        piece.suspect = True
        if piece.deaths < TRIES:
            self.put_back(piece)
        elif len(piece.articles) > 1:
            self._split(piece)
        else:
            (article,) = piece.articles
            piece.outcomes = ((article, DeadlyError(how, where=article.id)),)

    def _split(self, piece: Piece) -> None:
        singles = [Piece((article,), suspect=True) for article in piece.articles]
        at = self._order.index(piece)
        del self._order[at]
        for offset, single in enumerate(singles):
            self._order.insert(at + offset, single)
        self._again.extendleft(reversed(singles))

    def ready(self) -> Iterator[Outcome]:
        """Give what has become of the articles, up to the first that is still under way."""
        while self._order and self._order[0].outcomes is not None:
            yield from self._order.popleft().outcomes or ()

    @property
    def is_done(self) -> bool:
        """Whether all articles have been given back."""
        return self._ended and not self._order
