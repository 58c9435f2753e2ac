"""Names that only the words before them tell to be places: "near X", "the village of X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.names import PLACE, Run, name_end
from kg.text.placing import POSSESSIVE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.text.names import Names
    from kg.text.tokens import Tokens

_KINDS = frozenset(("town", "village", "city", "hamlet", "suburb", "township", "outskirts"))


def placed(tokens: Tokens, names: Names, taken: set[int]) -> Iterator[Run]:
    """Give the unknown names behind "near" and behind a kind of place with "of"."""
    for at, lower in enumerate(tokens.lower[:-1]):
        kind = lower == "of" and at > 0 and tokens.lower[at - 1] in _KINDS
        if (lower != "near" and not kind) or not tokens.same_sentence(at + 1, at):
            continue
        end = name_end(tokens, at + 1, names, taken)
        owns = end < len(tokens.text) and tokens.text[end] in POSSESSIVE
        if end > at + 1 and not owns and taken.isdisjoint(range(at + 1, end)):
            yield Run(at + 1, end, PLACE, "placed")
