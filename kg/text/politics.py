"""Does a text speak of politics here? Told by its words, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.kb import KnowledgeBase
    from kg.text.tokens import Tokens

_TOLD = "sentences of politics"
_POLITICAL_ARTICLE = 3
"""Sentences that speak of politics, from which on the whole document does."""


def is_ordinary(at: int, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether neither the sentence of a token nor its neighbours speak of politics."""
    if _TOLD not in tokens.memo:
        tokens.memo[_TOLD] = _political(tokens, kb.words("politics"))
    told = tokens.memo[_TOLD]
    here = tokens.sentence[at]
    return len(told) < _POLITICAL_ARTICLE and told.isdisjoint((here - 1, here, here + 1))


def _political(tokens: Tokens, words: frozenset[str]) -> frozenset[int]:
    """Give the numbers of the sentences that have a word of politics."""
    return frozenset(
        number
        for number, (start, end) in enumerate(tokens.sentences)
        if not words.isdisjoint(tokens.lower[start:end])
    )
