"""Does a text speak of politics here? Told by its words, sentence by sentence."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.kb import KnowledgeBase
    from kg.text.tokens import Tokens

_POLITICAL_ARTICLE = 3
"""Sentences that speak of politics, from which on the whole document does."""


def is_ordinary(at: int, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether neither the sentence of a token nor its neighbours speak of politics."""
    told = _political(tuple(tokens.sentences), tuple(tokens.lower), kb.words("politics"))
    here = tokens.sentence[at]
    return len(told) < _POLITICAL_ARTICLE and told.isdisjoint((here - 1, here, here + 1))


@lru_cache(maxsize=1)
def _political(
    sentences: tuple[tuple[int, int], ...], lower: tuple[str, ...], words: frozenset[str]
) -> frozenset[int]:
    """Give the numbers of the sentences that have a word of politics."""
    return frozenset(n for n, (start, end) in enumerate(sentences) if not words.isdisjoint(lower[start:end]))
