"""A parsed document as plain Python objects, with the names that spaCy's own have.

spaCy makes a token anew at every ``doc[i]`` and looks its label up at every ``token.dep_``; the reader asks some
hundred times of each word. Here each word is made once and its answers are kept: on the sample corpus that took a fifth off
the time of all that comes after the model.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, cast, overload

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

_STRINGS: list[int | str] = ["ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE"]
_NUMBERS: list[int | str] = ["IDX", "SPACY", "SENT_START", "HEAD"]


def plain(doc: Doc) -> Doc:
    """Give a parsed document as one that answers as spaCy's does, many times as fast; its parse must stand."""
    return cast("Doc", PlainDoc(doc))


def forget(doc: Doc) -> None:
    """Let go of a document that :func:`plain` made: its words hold it and one another, and would outlive its use."""
    done = cast("PlainDoc", doc)
    for word in done.words:
        del word.head, word.sent
        word.children.clear()
    done.words.clear()
    done.sents.clear()
    done.user_data.clear()


class PlainToken:
    """A word of a document; two are equal only if they are the same word of the same document."""

    __slots__ = (
        "children", "dep_", "doc", "ent_type_", "head", "i", "idx", "is_sent_start", "lemma_", "lower_", "pos_", "sent",
        "tag_", "text", "whitespace_",
    )  # fmt: skip
    head: PlainToken
    sent: PlainSpan
    idx: int
    is_sent_start: bool
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    whitespace_: str

    def __init__(self, doc: PlainDoc, i: int) -> None:
        """Make the word at a place; what spaCy says of it is put in by its document."""
        self.doc = doc
        self.i = i
        self.children: list[PlainToken] = []

    def __len__(self) -> int:
        """Give its length in characters."""
        return len(self.text)

    def __lt__(self, other: PlainToken) -> bool:
        """Tell whether it stands before another word."""
        return self.i < other.i

    def __repr__(self) -> str:
        """Give its text."""
        return self.text

    @property
    def lefts(self) -> Iterator[PlainToken]:
        """The children before the word."""
        return (child for child in self.children if child.i < self.i)

    @property
    def rights(self) -> Iterator[PlainToken]:
        """The children behind the word."""
        return (child for child in self.children if child.i > self.i)

    @property
    def subtree(self) -> Iterator[PlainToken]:
        """The word and all below it."""
        for word in self.lefts:
            yield from word.subtree
        yield self
        for word in self.rights:
            yield from word.subtree

    @property
    def ancestors(self) -> Iterator[PlainToken]:
        """The words above, nearest first."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    @property
    def left_edge(self) -> PlainToken:
        """The first word of the subtree."""
        return self.doc.words[self.doc.parsed[self.i].left_edge.i] if self.children else self

    @property
    def right_edge(self) -> PlainToken:
        """The last word of the subtree."""
        return self.doc.words[self.doc.parsed[self.i].right_edge.i] if self.children else self

    @property
    def is_space(self) -> bool:
        """Whether it is white space."""
        return self.doc.vocab[self.text].is_space

    @property
    def is_punct(self) -> bool:
        """Whether it is a mark of punctuation."""
        return self.doc.vocab[self.text].is_punct

    @property
    def is_quote(self) -> bool:
        """Whether it is a quotation mark."""
        return self.doc.vocab[self.text].is_quote

    @property
    def like_num(self) -> bool:
        """Whether it looks like a number."""
        return self.doc.vocab[self.text].like_num

    def is_ancestor(self, descendant: PlainToken) -> bool:
        """Tell whether another word stands below this one."""
        return any(word is self for word in descendant.ancestors)

    def nbor(self, i: int = 1) -> PlainToken:
        """Give the word so many places further on.

        Raises:
            IndexError: there is none.
        """
        if self.i + i < 0:
            raise IndexError(i)
        return self.doc.words[self.i + i]


class PlainSpan:
    """Some words of a document, one after another."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: PlainDoc, start: int, end: int) -> None:
        """Take the words from one place to before another."""
        self.doc = doc
        self.start = start
        self.end = end

    def __len__(self) -> int:
        """Give how many words they are."""
        return self.end - self.start

    def __iter__(self) -> Iterator[PlainToken]:
        """Give them in text order."""
        return iter(self.doc.words[self.start : self.end])

    def __getitem__(self, at: int) -> PlainToken:
        """Give one of them, counted from their first, or back from their last."""
        return self.doc.words[self.start : self.end][at]

    @property
    def start_char(self) -> int:
        """The character at which they start."""
        return self.doc.words[self.start].idx if self.start < len(self.doc) else 0

    @property
    def end_char(self) -> int:
        """The character behind them."""
        last = self.doc.words[self.end - 1] if self.end > 0 else None
        return last.idx + len(last.text) if last is not None else 0

    @property
    def text(self) -> str:
        """They as they stand in the text."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def root(self) -> PlainToken:
        """The first of the words that stand highest in the sentence; marks and white space stand lowest."""
        words = self.doc.words[self.start : self.end]
        top = next((word for word in words if word.head is word), None)
        if top is not None:
            return top
        over = [word for word in words if not self.start <= word.head.i < self.end]
        return min(over, key=_depth)


def _depth(word: PlainToken) -> int:
    if not word.children and (word.is_space or word.is_punct):
        return len(word.doc) - 1
    return sum(1 for _ in word.ancestors)


class PlainDoc:
    """A document: its words, and the sentences they stand in."""

    __slots__ = ("parsed", "sents", "text", "user_data", "words")

    def __init__(self, doc: Doc) -> None:
        """Ask spaCy's document for all that will be asked of its words."""
        self.parsed = doc
        self.user_data: dict[str, object] = {}
        self.words = _words(self, doc)
        self.text = "".join([word.text + word.whitespace_ for word in self.words])
        self.sents = _sentences(self)

    def __len__(self) -> int:
        """Give how many words it has."""
        return len(self.words)

    def __iter__(self) -> Iterator[PlainToken]:
        """Give its words in text order."""
        return iter(self.words)

    @overload
    def __getitem__(self, at: int) -> PlainToken: ...
    @overload
    def __getitem__(self, at: slice) -> PlainSpan: ...
    def __getitem__(self, at: int | slice) -> PlainToken | PlainSpan:
        """Give the word at a place, or those of a stretch."""
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self.words))
            return PlainSpan(self, start, max(start, end))
        return self.words[at]

    @property
    def vocab(self) -> Vocab:
        """What is known of every word whatever its document."""
        return self.parsed.vocab

    @property
    def ents(self) -> Sequence[Span]:
        """The names found by the statistical reader, as spaCy's spans."""
        return self.parsed.ents

    def char_span(self, start: int, end: int, *, alignment_mode: str) -> PlainSpan | None:
        """Give the words between two characters, as spaCy does."""
        found = self.parsed.char_span(start, end, alignment_mode=alignment_mode)
        return None if found is None else PlainSpan(self, found.start, found.end)


def _words(doc: PlainDoc, parsed: Doc) -> list[PlainToken]:
    words = [PlainToken(doc, at) for at in range(len(parsed))]
    if not words:
        return words
    strings = parsed.to_array(_STRINGS).T.tolist()
    name = {number: parsed.vocab.strings[number] for number in set().union(*strings)}
    columns = [list(map(name.__getitem__, column)) for column in strings]
    columns += parsed.to_array(_NUMBERS).astype("int64").T.tolist()
    for word, *answers in zip(words, *columns, strict=True):
        (
            word.text, word.lower_, word.lemma_, word.pos_, word.tag_, word.dep_, word.ent_type_,
            word.idx, space, starts, way,
        ) = answers  # fmt: skip
        word.whitespace_ = " " if space else ""
        word.is_sent_start = starts == 1
        word.head = words[word.i + way]
        if way:
            word.head.children.append(word)
    return words


def _sentences(doc: PlainDoc) -> list[PlainSpan]:
    starts = [word.i for word in doc.words if word.is_sent_start or word.i == 0]
    sentences = [PlainSpan(doc, start, end) for start, end in pairwise([*starts, len(doc)])]
    for sentence in sentences:
        for word in sentence:
            word.sent = sentence
    return sentences
