"""The reader's own document answers every question as spaCy's does, and knows every question that is asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from spacy.tokens import Doc, Span, Token

from kg.text.annotate import annotate, load_model
from kg.text.plain import PlainDoc, PlainSpan, PlainToken, forget, plain

READER = Path(__file__).parents[2] / "kg" / "text"
ARTICLES = Path(__file__).parents[2] / "seeds" / "articles"
OTHERS = frozenset(("dep", "label", "label_", "lemma", "lower", "tag"))
"""Names that lists of words, entities and the names found by spaCy's reader have in common with its words."""
PLAIN_ANSWERS = (
    "i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "whitespace_", "is_space",
    "is_punct", "is_quote", "like_num",
)  # fmt: skip
WORDS = ("head", "left_edge", "right_edge")
MANY_WORDS = ("children", "lefts", "rights", "subtree", "ancestors")


@pytest.fixture(scope="module")
def docs():
    texts = [path.read_text() for path in sorted(ARTICLES.iterdir()) if path.suffix in {".md", ".txt"}]
    texts.append("\n\n Chad, Sudan  and\tNiger — 3 states\n\nmet (again) “in Accra”. ")
    found = [doc for doc, _ in annotate([(text, None) for text in texts], nlp=load_model())]
    assert sum(map(len, found)) > 5000
    return found


def test_a_word_answers_as_spacys_does(docs):
    for doc in docs:
        ours = plain(doc)
        assert (len(ours), ours.text) == (len(doc), doc.text)
        for mine, theirs in zip(ours, doc, strict=True):
            assert [getattr(mine, name) for name in PLAIN_ANSWERS] == [
                getattr(theirs, n) for n in PLAIN_ANSWERS
            ]
            assert len(mine) == len(theirs)
            assert bool(mine.is_sent_start) is bool(theirs.is_sent_start)
            assert [getattr(mine, name).i for name in WORDS] == [getattr(theirs, name).i for name in WORDS]
            for name in MANY_WORDS:
                assert [word.i for word in getattr(mine, name)] == [word.i for word in getattr(theirs, name)]
            assert (mine.sent.start, mine.sent.end) == (theirs.sent.start, theirs.sent.end)


def test_a_stretch_answers_as_spacys_does(docs):
    doc = docs[-2]
    ours = plain(doc)
    stretches = [
        (a, b) for a in range(-3, len(doc) + 3) for b in (a - 1, a, a + 1, a + 3, a + 9, a + 40, None)
    ]
    for start, end in stretches:
        mine, theirs = ours[start:end], doc[start:end]
        assert (mine.start, mine.end, len(mine)) == (theirs.start, theirs.end, len(theirs))
        assert [word.i for word in mine] == [word.i for word in theirs]
        if len(theirs):
            assert (mine.text, mine.start_char, mine.end_char) == (
                theirs.text,
                theirs.start_char,
                theirs.end_char,
            )
            assert (mine.root.i, mine[0].i, mine[-1].i) == (theirs.root.i, theirs[0].i, theirs[-1].i)


def test_a_document_answers_as_spacys_does(docs):
    for doc in docs:
        ours = plain(doc)
        assert [(s.start, s.end, s.root.i) for s in ours.sents] == [
            (s.start, s.end, s.root.i) for s in doc.sents
        ]
        assert [(e.start, e.end, e.label_) for e in ours.ents] == [
            (e.start, e.end, e.label_) for e in doc.ents
        ]
        for start in range(0, len(doc.text), 7):
            for end in (start, start + 1, start + 5, start + 30):
                mine = ours.char_span(start, end, alignment_mode="expand")
                theirs = doc.char_span(start, end, alignment_mode="expand")
                assert (mine is None) is (theirs is None)
                assert mine is None or (mine.start, mine.end) == (theirs.start, theirs.end)


def test_words_are_told_apart_and_ordered():
    one, other = (plain(load_model()("Chad met Sudan.")) for _ in range(2))
    assert one[0] == one[0] != one[1]
    assert one[0] != other[0]
    assert sorted([one[2], one[0]]) == [one[0], one[2]]
    assert one[1].is_ancestor(one[2])
    assert not one[2].is_ancestor(one[1])
    assert (one[1].nbor(), one[1].nbor(-1)) == (one[2], one[0])
    for beyond in (-2, 3):
        with pytest.raises(IndexError):
            one[1].nbor(beyond)


def test_an_empty_document_has_no_words():
    empty = plain(load_model()(""))
    assert (len(empty), list(empty), list(empty.sents), empty[0:3].text) == (0, [], [], "")


def test_what_is_forgotten_lets_go_of_its_words():
    doc = plain(load_model()("Chad met Sudan."))
    word = doc[1]
    forget(doc)
    assert (len(doc), list(word.children), doc.user_data) == (0, [], {})
    assert not hasattr(word, "head")


def test_every_question_that_the_reader_asks_is_known():
    """An attribute of spaCy's that is written in the reader but not kept by us would fail in some article."""
    sources = [
        path.read_text()
        for path in READER.glob("*.py")
        if path.name not in {"annotate.py", "packed.py", "plain.py"}
    ]
    sources = [source for source in sources if "from spacy.tokens import" in source]
    asked = {name for source in sources for name in re.findall(r"\.([a-z_]+)\b", source)}
    theirs = {name for kind in (Doc, Token, Span) for name in vars(kind) if not name.startswith("_")}
    ours = {name for kind in (PlainDoc, PlainToken, PlainSpan) for name in vars(kind)}
    assert {"lemma_", "subtree", "char_span"} <= asked & theirs
    assert (asked & theirs) - ours - OTHERS == set()
