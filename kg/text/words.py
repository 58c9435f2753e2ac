"""What the reader asks of a document again and again, looked for once and kept with it.

The same search beside a word is made for one frame after another, and again for its stance, its parties and its days.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc, Token

_KEY = "kg.words"
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a document as parallel lists, by the index of the token."""

    text: str
    lemma: list[str]
    """In small letters."""
    lower: list[str]
    dep: list[str]
    found: dict[tuple[object, ...], tuple[Token, ...]] = field(default_factory=dict)
    """What has been looked for beside a word, by question and word."""


def words_of(doc: Doc) -> Words:
    """Give the words of a document; made at the first call, so the parse must stand."""
    known: Words | None = doc.user_data.get(_KEY)
    return known if known is not None else _made(doc)


def once(find: Callable[Concatenate[Token, P], list[Token]]) -> Callable[Concatenate[Token, P], list[Token]]:
    """Let a search beside a word be made once for each word; every caller gets a list of its own."""

    @wraps(find)
    def again(token: Token, /, *question: P.args, **named: P.kwargs) -> list[Token]:
        known, key = words_of(token.doc).found, (find, token.i, *question)
        found = known.get(key)
        if found is None:
            found = known[key] = tuple(find(token, *question, **named))
        return list(found)

    return again


def _made(doc: Doc) -> Words:
    lemmas = [token.lemma_.lower() for token in doc]
    found = Words(doc.text, lemmas, [token.lower_ for token in doc], [token.dep_ for token in doc])
    doc.user_data[_KEY] = found
    return found
