"""States called by the first word of their name: ``the North`` after ``North X``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.kb import KnowledgeBase
    from kg.model import Entity
    from kg.text.tokens import Tokens


def shortened_states(tokens: Tokens, kb: KnowledgeBase) -> Iterator[tuple[int, Entity]]:
    """Give each token that stands for a state named in full before, one of two that share their last word."""
    full: dict[str, Entity] = {}
    directions = kb.words("direction")
    for at, word in enumerate(tokens.lower):
        if word not in directions or not tokens.text[at].istitle():
            continue
        state = _named(at, tokens, kb)
        if state is not None:
            full[word] = state
        elif word in full and _stands_alone(at, tokens):
            yield at, full[word]


def _named(at: int, tokens: Tokens, kb: KnowledgeBase) -> Entity | None:
    """Give the state whose name of two words begins here, where another state ends with the same word."""
    if not tokens.same_sentence(at + 1, at) or not tokens.text[at + 1][0].isupper():
        return None
    found = [c.entity for c in kb.candidates(f"{tokens.text[at]} {tokens.text[at + 1]}")]
    states = [e for e in found if e.type == "dip:State"]
    return states[0] if len(states) == 1 and kb.states_ending(tokens.text[at + 1]) > 1 else None


def _stands_alone(at: int, tokens: Tokens) -> bool:
    """Tell whether ``the`` stands before, and no name, adjective, hyphen or ``of`` after."""
    if not tokens.same_sentence(at - 1, at) or tokens.lower[at - 1] != "the":
        return False
    if not tokens.same_sentence(at + 1, at):
        return True
    after = tokens.text[at + 1]
    return not (after[0].isupper() or after == "-" or tokens.lower[at + 1] == "of")
