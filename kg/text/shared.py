"""Two names that share their last word: ``North and South Korea``, ``Greek and Turkish Cypriots``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.kb import KnowledgeBase
    from kg.model import Entity
    from kg.text.tokens import Tokens

_JOINS = frozenset({"and", "or"})
_MOST = 3
_AREAS = frozenset({"dip:State", "dip:Polity"})


def shared_names(tokens: Tokens, kb: KnowledgeBase) -> Iterator[tuple[int, Entity, bool]]:
    """Give each token that stands for a longer name: the token, what it means, whether as a demonym."""
    for at, word in enumerate(tokens.lower):
        if word in _JOINS and at and tokens.text[at - 1][0].isupper():
            found = _meant(at, tokens, kb)
            if found is not None:
                yield at - 1, *found


def _meant(join: int, tokens: Tokens, kb: KnowledgeBase) -> tuple[Entity, bool] | None:
    """Give what the word before ``and`` means with the end of the name after it."""
    for end in range(join + 3, join + 3 + _MOST):
        if not tokens.same_sentence(end - 1, join) or not tokens.text[end - 1][0].isupper():
            return None
        tail = tokens.text[join + 2 : end]
        one = _area(" ".join([tokens.text[join - 1], *tail]), kb)
        other = _area(" ".join([tokens.text[join + 1], *tail]), kb)
        if one is not None and other is not None and one[0].key != other[0].key and one[1] == other[1]:
            return one
    return None


def _area(name: str, kb: KnowledgeBase) -> tuple[Entity, bool] | None:
    found = [c.entity for c in kb.candidates(name) if c.entity.type in _AREAS]
    if len(found) == 1:
        return found[0], False
    state = kb.state_of_demonym(name)
    return None if state is None else (state, True)


def is_plural_of_states(word: str, kb: KnowledgeBase) -> bool:
    """Tell whether a word names several states at once: ``Koreas``."""
    return word.endswith("s") and kb.states_ending(word[:-1]) > 1
