"""A document as plain lists, read once: touching spaCy tokens again and again costs time."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
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
    memo: dict[str, frozenset[object]] = field(default_factory=dict)
    """What was found in the whole document once and is asked for again and again."""

    def is_name(self, at: int) -> bool:
        """Tell whether a token is capitalised and read as a proper noun."""
        return 0 <= at < len(self.text) and self.text[at][0].isupper() and self.tag[at] in {"NNP", "NNPS"}

    def lower_at(self, at: int) -> str:
        """Give a word in small letters; an empty one where the text ends before it, as a text may end anywhere."""
        return self.lower[at] if 0 <= at < len(self.lower) else ""

    def tag_at(self, at: int) -> str:
        """Give a word's tag; an empty one where the text ends before it."""
        return self.tag[at] if 0 <= at < len(self.tag) else ""

    def same_sentence(self, one: int, other: int) -> bool:
        """Tell whether two tokens exist and stand in one sentence."""
        size = len(self.sentence)
        return 0 <= one < size and 0 <= other < size and self.sentence[one] == self.sentence[other]


@lru_cache(maxsize=1)
def read_tokens(doc: Doc) -> Tokens:
    """Give a document's tokens as lists; mentions and links of one document share them."""
    spans = [(sent.start, sent.end) for sent in doc.sents]
    sentence = [number for number, (start, end) in enumerate(spans) for _ in range(start, end)]
    text = [t.text for t in doc]
    return Tokens(
        text=text,
        lower=[word.lower() for word in text],
        tag=[t.tag_ for t in doc],
        ent=[t.ent_type_ for t in doc],
        start=[t.idx for t in doc],
        end=[t.idx + len(t.text) for t in doc],
        spaced=[t.whitespace_ != "" for t in doc],
        sentence=sentence,
        sentences=spans,
        headline=[_is_headline(text[a:b]) for a, b in spans],
    )


def _is_headline(text: list[str]) -> bool:
    long = [word for word in text if len(word) > 3 and word.isalpha()]
    last = next((word for word in reversed(text) if not word.isspace()), "")
    if len(long) < _MIN_HEADLINE or last in {".", "!", "\u201d"}:
        return False
    return sum(word[0].isupper() for word in long) >= _HEADLINE_SHARE * len(long)
