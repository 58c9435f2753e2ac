"""Long texts go through the language model in pieces, endless sentences in parts; nothing gets lost."""

from __future__ import annotations

import pytest

from kg.text.annotate import LONGEST_SENTENCE, _pieces, annotate, load_model

ROUND = "Mali and Niger met in Niamey on Monday. Togo hosted the second round, Ghana said.\n\n"


@pytest.fixture(scope="module")
def nlp():
    return load_model()


@pytest.mark.parametrize(
    "text",
    ["", "a", ROUND * 40, ROUND.replace("\n\n", " ") * 40, "x" * 1000, "\n\n" * 300, "a\nb " * 200],
    ids=["nothing", "one letter", "blocks", "one block", "one word", "blanks", "lines"],
)
def test_the_pieces_of_a_text_are_the_text(text):
    pieces = list(_pieces(text, 100))
    assert "".join(piece for piece, _ in pieces) == text
    assert all(len(piece) <= 100 for piece, _ in pieces)
    assert [last for _, last in pieces] == [False] * (len(pieces) - 1) + [True]


def test_a_piece_ends_with_a_block_where_there_is_one():
    pieces = [piece for piece, _ in _pieces(ROUND * 40, 200)]
    assert len(pieces) == 20
    assert all(piece.endswith("\n\n") for piece in pieces)


def test_a_text_in_pieces_reads_as_in_one(nlp, monkeypatch):
    text = ROUND * 20
    whole = next(annotate([(text, None)], nlp=nlp))[0]
    monkeypatch.setattr("kg.text.annotate.LONGEST_PIECE", 3 * len(ROUND))
    parts = next(annotate([(text, None)], nlp=nlp))[0]
    assert parts.text == whole.text == text
    assert [t.idx for t in parts] == [t.idx for t in whole]
    assert [s.text for s in parts.sents] == [s.text for s in whole.sents]
    assert [t.dep_ for t in parts] == [t.dep_ for t in whole]


def test_each_text_keeps_what_came_along_with_it(nlp, monkeypatch):
    monkeypatch.setattr("kg.text.annotate.LONGEST_PIECE", 200)
    texts = [(ROUND * count, count) for count in (1, 7, 2, 5)]
    assert [(doc.text, count) for doc, count in annotate(texts, nlp=nlp, batch_size=2)] == texts


def test_an_endless_sentence_is_read_in_parts_that_end_with_a_comma(nlp):
    text = "Mali, Niger, Togo and Ghana met, " * 100
    doc = next(annotate([(text, None)], nlp=nlp))[0]
    sentences = list(doc.sents)
    assert doc.text == text
    assert len(doc) > 3 * LONGEST_SENTENCE
    assert max(len(sentence) for sentence in sentences) <= LONGEST_SENTENCE
    assert all(sentence.text.endswith(",") for sentence in sentences[:-1])
    assert not doc.user_data.get("sentence_starts")


def test_an_endless_sentence_without_a_comma_is_read_in_parts_too(nlp):
    doc = next(annotate([("Mali and " * 700, None)], nlp=nlp))[0]
    assert max(len(sentence) for sentence in doc.sents) <= LONGEST_SENTENCE
