"""An annotation that was packed and unpacked is the annotation, whatever the text."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.util import get_lang_class
from spacy.vocab import Vocab, create_vocab

from kg.model import Article
from kg.text.annotate import LONGEST_SENTENCE, annotate, load_model
from kg.text.clean import clean
from kg.text.packed import pack, unpack
from kg.text.read import read_articles

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"
ATTRIBUTES = [
    "ORTH",
    "LOWER",
    "LEMMA",
    "TAG",
    "POS",
    "DEP",
    "HEAD",
    "SENT_START",
    "ENT_IOB",
    "ENT_TYPE",
    "SPACY",
    "IDX",
    "SHAPE",
    "PREFIX",
    "SUFFIX",
    "IS_ALPHA",
    "IS_LOWER",
    "IS_UPPER",
    "IS_TITLE",
    "IS_PUNCT",
    "IS_SPACE",
    "IS_QUOTE",
    "IS_BRACKET",
    "IS_DIGIT",
    "IS_STOP",
    "LIKE_NUM",
    "LIKE_URL",
    "LIKE_EMAIL",
]
ODD = (
    "a",
    " ",
    "\n\n",
    "\n\n\n\nMali\n\n\n",
    "Mali",
    "  two  spaces   and\ttabs\r\nand\u00a0more  ",
    "\u0645\u0627\u0644\u064a met \u041c\u0430\u043b\u0438 \U0001f1f2\U0001f1f1 in \u9a6c\u91cc.",
    "e\u0301 \u0130stanbul \u200f\u2067x\u2069 \u00df \ufb01",
    # Words that spaCy itself uses as names of numbers, and lemmas that are neither the word nor its small letters.
    "IS_ALPHA is_alpha IS_ALPHAs LEMMA nsubj NNP ROOT went MEN's 'S \"",
    "(((((( )))))) ------ !!!!!! ...... U.S.-led U.N./A.U. 1,000.5% $5m x@y.org https://example.org/a?b=c",
    "Mali, Niger, Togo and Ghana met, " * 60,
    "Mali and " * 300,
)


@cache
def nlp():
    return load_model()


@cache
def words() -> Vocab:
    """The words of the language, without a model."""
    return create_vocab("en", get_lang_class("en").Defaults)


@cache
def bodies() -> tuple[str, ...]:
    return tuple(clean(each).view.text for each in read_articles([str(SEEDS)]) if isinstance(each, Article))


def annotated(*texts):
    return [doc for doc, _ in annotate(((text, None) for text in texts), nlp=nlp(), batch_size=8)]


def assert_same(doc: Doc, other: Doc) -> None:
    assert other.text == doc.text
    for name in ATTRIBUTES if len(doc) else ():
        assert other.to_array(name).tolist() == doc.to_array(name).tolist(), name
    assert [facts(token) for token in other] == [facts(token) for token in doc]
    for spans in ("ents", "sents"):
        found = [
            [(s.start, s.end, s.label_, s.root.i) for s in getattr(each, spans)] for each in (doc, other)
        ]
        assert found[0] == found[1], spans
    assert other.user_data == doc.user_data == {}


def facts(token):
    return (
        token.text,
        token.lemma_,
        token.tag_,
        token.pos_,
        token.dep_,
        token.ent_type_,
        token.is_sent_start,
        (token.left_edge.i, token.right_edge.i, token.n_lefts, token.n_rights),
        [child.i for child in token.children],
        [above.i for above in token.ancestors],
        token.sent.start,
    )


def test_the_articles_come_out_as_they_went_in():
    docs = annotated(*bodies())
    assert len(docs) > 40
    for doc in docs:
        assert_same(doc, unpack(pack(doc), doc.text, words()))


@pytest.mark.parametrize("text", ["", *ODD])
def test_odd_texts_do_too(text):
    (doc,) = annotated(text)
    assert doc.text == text
    assert_same(doc, unpack(pack(doc), text, words()))


def test_a_text_that_was_annotated_in_pieces_does_too(monkeypatch):
    monkeypatch.setattr("kg.text.annotate.LONGEST_PIECE", 500)
    text = "\n\n".join(bodies()[:5])
    (doc,) = annotated(text)
    assert_same(doc, unpack(pack(doc), text, words()))


def test_sentences_that_were_cut_do_too():
    text = next(text for text in ODD if "Ghana met, " in text)
    (doc,) = annotated(text)
    found = unpack(pack(doc), text, words())
    assert len(doc) > 2 * LONGEST_SENTENCE
    assert max(len(sentence) for sentence in found.sents) <= LONGEST_SENTENCE
    assert_same(doc, found)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.data())
def test_any_text_does_too(data):
    kept = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
    body = data.draw(st.sampled_from(bodies()))
    start = data.draw(st.integers(0, len(body) - 1))
    text = data.draw(kept) + body[start : start + data.draw(st.integers(0, 200))] + data.draw(kept)
    (doc,) = annotated(text)
    assert_same(doc, unpack(pack(doc), text, words()))


def test_what_is_packed_is_small_and_without_the_names():
    text = "Ruritanian envoy Zebulon Quillfeather went to Graustark for talks with Ottokar Wittelsbach. "
    (doc,) = annotated(text * 20)
    import zlib  # noqa: PLC0415  (nothing else looks into what is packed)

    data = pack(doc)
    assert len(data) < 12 * len(doc)
    for name in ("Zebulon", "Quillfeather", "Graustark", "Ottokar", "Wittelsbach"):
        assert name.encode() not in zlib.decompress(data)
        assert name.lower().encode() not in zlib.decompress(data)
