"""A document as plain lists, read once: touching spaCy tokens again and again costs time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MIN_HEADLINE = 4
_HEADLINE_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a document: parallel lists, and the sentence each stands in."""

    text: list[str]
    lower: list[str]
    tag: list[str]
    ent: list[str]
    start: list[int]
    end: list[int]
    spaced: list[bool]
    sentence: list[int]
    sentences: list[tuple[int, int]]
    headline: list[bool]
    """By sentence: whether most of its words are capitalised, as in a headline."""

    def is_name(self, at: int) -> bool:
        """Tell whether a token is capitalised and read as a proper noun."""
        return 0 <= at < len(self.text) and self.text[at][0].isupper() and self.tag[at] in {"NNP", "NNPS"}

    def same_sentence(self, one: int, other: int) -> bool:
        """Tell whether two tokens exist and stand in one sentence."""
        size = len(self.sentence)
        return 0 <= one < size and 0 <= other < size and self.sentence[one] == self.sentence[other]


def read_tokens(doc: Doc) -> Tokens:
    """Give a document's tokens as lists."""
    sentence: list[int] = []
    sentences: list[tuple[int, int]] = []
    for number, sent in enumerate(doc.sents):
        sentence.extend([number] * len(sent))
        sentences.append((sent.start, sent.end))
    text = [token.text for token in doc]
    start = [token.idx for token in doc]
    return Tokens(
        text=text,
        lower=[word.lower() for word in text],
        tag=[token.tag_ for token in doc],
        ent=[token.ent_type_ for token in doc],
        start=start,
        end=[at + len(word) for at, word in zip(start, text, strict=True)],
        spaced=[token.whitespace_ != "" for token in doc],
        sentence=sentence,
        sentences=sentences,
        headline=[_is_headline(text[a:b]) for a, b in sentences],
    )


def _is_headline(text: list[str]) -> bool:
    long = [word for word in text if len(word) > 3 and word.isalpha()]
    last = next((word for word in reversed(text) if not word.isspace()), "")
    if len(long) < _MIN_HEADLINE or last in {".", "!", "\u201d"}:
        return False
    return sum(word[0].isupper() for word in long) >= _HEADLINE_SHARE * len(long)
