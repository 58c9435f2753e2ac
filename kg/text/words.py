"""What the reader asks of a document again and again, looked for once and kept with it.

A property of a spaCy token is made anew at every use, and so is the token; the reader uses some hundred of each word.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc, Token

_KEY = "kg.words"
_ALL = (1 << 64) - 1
"""Numbers of strings have 64 bits and no sign."""
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a document as parallel lists, by the index of the token."""

    text: str
    lemma: list[str]
    """In small letters."""
    lower: list[str]
    dep: list[str]
    children: list[list[tuple[str, Token]]]
    """The children of each word with their labels, in text order."""
    found: dict[tuple[object, ...], tuple[Token, ...]] = field(default_factory=dict)
    """What has been looked for beside a word, by question and word."""

    def kept(self, key: tuple[object, ...], find: Callable[[], list[Token]]) -> list[Token]:
        """Give what was found for a question, looked for at the first; every caller gets a list of its own."""
        found = self.found.get(key)
        if found is None:
            found = self.found[key] = tuple(find())
        return list(found)


def words_of(doc: Doc) -> Words:
    """Give the words of a document; made at the first call, so the parse must stand."""
    known: Words | None = doc.user_data.get(_KEY)
    return known if known is not None else _made(doc)


def forget(doc: Doc) -> None:
    """Let go what was kept: the tokens in it hold the document, which would outlive its reading."""
    doc.user_data.clear()


def once(find: Callable[Concatenate[Token, P], list[Token]]) -> Callable[Concatenate[Token, P], list[Token]]:
    """Let a search beside a word be made once for each word; every caller gets a list of its own."""

    @wraps(find)
    def again(token: Token, /, *question: P.args, **named: P.kwargs) -> list[Token]:
        key = (find, token.i, *question)
        return words_of(token.doc).kept(key, lambda: find(token, *question, **named))

    return again


def _made(doc: Doc) -> Words:
    columns = (
        doc.to_array(["DEP", "LEMMA", "LOWER", "HEAD"]).astype("int64").T.tolist() if len(doc) else [[]] * 4
    )
    labels, lemmas, lowers, ways = columns
    strings = doc.vocab.strings
    name = {number: strings[number & _ALL] for number in {*labels, *lemmas, *lowers}}
    small = {number: name[number].lower() for number in set(lemmas)}
    dep = [name[label] for label in labels]
    below: list[list[tuple[str, Token]]] = [[] for _ in dep]
    for at, (token, way) in enumerate(zip(doc, ways, strict=True)):
        if way:  # from the word to its head
            below[at + way].append((dep[at], token))
    found = Words(doc.text, [small[each] for each in lemmas], [name[each] for each in lowers], dep, below)
    doc.user_data[_KEY] = found
    return found
