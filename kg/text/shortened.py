"""States and bodies called by one word of their name: ``the North`` after ``North X``, ``the Front``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.kb import KnowledgeBase
    from kg.model import Entity
    from kg.text.tokens import Tokens


_WORDS = 7
"""Words of the longest name that is looked for."""
_GROUP = "dip:Organization"


def shortened(tokens: Tokens, kb: KnowledgeBase) -> Iterator[tuple[int, Entity]]:
    """Give each token that stands for a state or a body of several words named in full before."""
    yield from shortened_states(tokens, kb)
    yield from shortened_groups(tokens, kb)


def shortened_groups(tokens: Tokens, kb: KnowledgeBase) -> Iterator[tuple[int, Entity]]:
    """Give each ``Front``, ``Union`` or ``Commission`` that stands for the one known body called so before.

    Where names of two bodies have the word, or one that is not known, it stands for none of them.
    """
    heads = kb.words("org-head")
    called: dict[str, set[Entity | None]] = {}
    for at, word in enumerate(tokens.lower):
        if word not in heads or not tokens.text[at].istitle():
            continue
        if tokens.headline[tokens.sentence[at]]:
            continue
        if _stands_alone(at, tokens):
            found = called.get(word, set())
            body = next(iter(found)) if len(found) == 1 else None
            if body is not None:
                yield at, body
        else:
            called.setdefault(word, set()).add(_body(at, tokens, kb))


def _body(at: int, tokens: Tokens, kb: KnowledgeBase) -> Entity | None:
    """Give the one known body whose name of several words ends or begins at a token."""
    first, last = tokens.sentences[tokens.sentence[at]]
    stretches = [(start, at + 1) for start in range(max(first, at - _WORDS), at)]
    stretches += [(at, end) for end in range(min(last, at + _WORDS), at + 1, -1)]
    for start, end in stretches:
        found = kb.candidates(" ".join(tokens.text[start:end]))
        if found:
            return found[0].entity if len(found) == 1 and found[0].entity.type == _GROUP else None
    return None


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
