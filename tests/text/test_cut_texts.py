"""A text may end, or begin, anywhere: copied halves, cut teasers, lines without a full stop. All of them are read."""

from array import array
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.lexicon import load_lexicon
from kg.model import Article, Reading
from kg.pipeline import load_kb, read, reading
from kg.text.annotate import annotate, load_model
from kg.text.clean import Cleaned, View, clean
from kg.text.read import read_articles

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"
CUT = (
    "Kenya met Tanzania",
    "to visit Pyongyang",
    "the deal with the FARC",
    "for Kyiv was",
    "European states, Britain,",
    "epresented by Secretary of State",
    "The United States was represented by Secretary of State ",
    "An Indian delegation led by Debashree Mukherjee, Secretary in ",
)
"""Each ended the reading of a whole batch once."""
STEP = 11
"""Of so many places between words, one is cut at in the default suite."""


@cache
def articles() -> tuple[Article, ...]:
    return tuple(each for each in read_articles([str(SEEDS)]) if isinstance(each, Article))


@cache
def bodies() -> tuple[str, ...]:
    return tuple(clean(article).view.text for article in articles())


@cache
def knowledge():
    return load_kb()


def read_text(text: str) -> Reading:
    (found,) = read([Article("a", text)], kb=knowledge())
    return found


@pytest.mark.parametrize("text", CUT)
def test_these_are_read(text: str) -> None:
    assert read_text(text).article.text == text
    assert read_text(f"{bodies()[0]}\n\n{text}").event_mentions


@st.composite
def pieces(draw: st.DrawFn) -> str:
    """The end of a piece of one article joined to the beginning of another's, cut inside of words too."""
    one, other = draw(st.sampled_from(bodies())), draw(st.sampled_from(bodies()))
    end, start = draw(st.integers(1, len(one))), draw(st.integers(0, len(other) - 1))
    first = one[max(0, end - draw(st.integers(1, 250))) : end]
    return (
        first
        + draw(st.sampled_from(["", " ", "\n", "\n\n"]))
        + other[start : start + draw(st.integers(0, 250))]
    )


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(pieces().filter(str.strip))
def test_halves_joined_anywhere_are_read(text: str) -> None:
    for link in read_text(text).links:
        span = link.mention.span
        assert 0 <= span.start < span.end <= len(text)


def test_sentences_cut_between_any_two_words_are_read() -> None:
    nlp, seen, told = load_model(), 0, 0
    texts = ((text, None) for text in bodies())
    for doc, _ in annotate(texts, nlp=nlp, batch_size=8):
        for sentence in doc.sents:
            for place in range(sentence.start + 1 + sentence.start % STEP, sentence.end, STEP):
                told += len(read_words(doc[sentence.start : place].as_doc()).links)
                told += len(read_words(doc[place : sentence.end].as_doc()).links)
                seen += 2
    assert seen > 1_500
    assert told > seen / 2


def read_words(doc: Doc) -> Reading:
    """Read what is annotated already, which is a hundred times as fast as annotating it anew."""
    size = len(doc.text)
    view = View(doc.text, array("l", range(size)), array("l", range(1, size + 1)), (0,), ("paragraph",))
    page: Cleaned = replace(clean(Article("a", doc.text or "-")), view=view)
    return reading(doc, page, kb=knowledge(), lexicon=load_lexicon(), pipeline="")
