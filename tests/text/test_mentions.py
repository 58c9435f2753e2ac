"""Mentions: what is found, where it begins and ends, and where it stands in the original."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linking import knowledge, mentions_of, pipeline

from kg.errors import UsageError
from kg.model import Span
from kg.text.annotate import annotate, load_model
from kg.text.mentions import find_mentions

WHOLE = [
    ("The Organization for Security and Co-operation in Europe sent a team.", "Organization for Security and Co-operation in Europe"),
    ("The Southern African Development Community (SADC) met.", "Southern African Development Community"),
    ("The High Council for National Reconciliation agreed.", "High Council for National Reconciliation"),
    ("Ukraine's Ministry of Foreign Affairs protested.", "Ministry of Foreign Affairs"),
    ("The Sudan Doctors Network counted the dead.", "Sudan Doctors Network"),
    ("Foreign Minister Ayşe Kaya spoke.", "Ayşe Kaya"),
    ("They met negotiator Tan Wei Ming.", "Tan Wei Ming"),
    ("Gen. Abdel Rahman al-Tayeb resigned.", "Abdel Rahman al-Tayeb"),
    ("Envoy Ismail Ould Sidi flew home.", "Ismail Ould Sidi"),
    ("Prince Khalid bin Nasser hosted them.", "Khalid bin Nasser"),
    ("President Anna van der Meer signed.", "Anna van der Meer"),
    ("Kyiv's envoy left.", "Kyiv"),
    ("The U.S. signed.", "U.S."),
    ("A US-brokered truce held.", "US"),
    ("The Israel/Hamas truce held.", "Hamas"),
    ("The Russia–Ukraine talks began.", "Ukraine"),
    ("A Qatari-mediated deal was near.", "Qatari"),
    ("Moscow-backed forces fled.", "Moscow"),
    ("The Trans-Dniester talks began.", "Trans-Dniester"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), WHOLE)
def test_a_name_is_found_whole_and_without_its_title(text: str, name: str) -> None:
    found = mentions_of(text)
    assert name in [mention.text for mention in found]
    for mention in found:
        assert text[mention.span.start : mention.span.end] == mention.text


def test_demonyms_are_a_kind_of_their_own() -> None:
    types = {
        mention.text: mention.type
        for mention in mentions_of("Turkish and Sudanese officials met Ukrainians.")
    }
    assert types == {"Turkish": "kg:Demonym", "Sudanese": "kg:Demonym", "Ukrainians": "kg:Demonym"}


def test_spans_are_those_of_the_original() -> None:
    class Shifted:
        def original(self, span: Span) -> Span:
            return Span(span.start + 100, span.end + 100)

    (mention,) = find_mentions(pipeline()("They met in Istanbul."), knowledge(), Shifted())
    assert mention.span == Span(112, 120)
    assert mention.tokens == Span(3, 4)


@given(
    st.lists(st.sampled_from(sorted({t for t, _ in WHOLE})), min_size=1, max_size=3),
    st.sampled_from(["\n\n", " ", "\n"]),
)
@settings(max_examples=15, deadline=None)
def test_mentions_quote_the_text_in_order_without_overlap(parts: list[str], between: str) -> None:
    text = between.join(parts)
    end = 0
    for mention in mentions_of(text):
        assert mention.span.start >= end
        assert text[mention.span.start : mention.span.end] == mention.text
        end = mention.span.end


def sentences(text: str) -> list[str]:
    return [sentence.text.strip() for sentence in pipeline()(text).sents]


def test_a_block_ends_its_last_sentence_even_without_a_stop() -> None:
    assert sentences("Talks fail again\n\nThe two sides met in Oslo") == [
        "Talks fail again",
        "The two sides met in Oslo",
    ]


def test_an_abbreviation_before_a_name_ends_no_sentence() -> None:
    texts = [
        "Gen. Omar Saleh met Lt. Gen. Ann Smith on Friday.",
        "Mr. Rubio met the U.S. Embassy staff.",
        "The mediator, Dr. Jan J. Smit, left.",
        "On Feb. 14 the U.S. and Iran met.",
    ]
    for text in texts:
        assert sentences(text) == [text]
    assert len(texts) == 4


def test_an_abbreviation_at_the_end_ends_its_sentence() -> None:
    assert sentences("He lives in the U.S. The envoy left.") == ["He lives in the U.S.", "The envoy left."]


def test_names_joined_by_a_mark_are_tokens_of_their_own() -> None:
    cases = [
        "Russia-Ukraine",
        "Russia–Ukraine",
        "Israel/Hamas",
        "US-brokered",
        "U.S.-brokered",
        "Qatari-mediated",
    ]
    for case in cases:
        words = [token.text for token in pipeline()(f"The {case} talks")]
        assert len(words) == 5, words
    assert len(cases) == 6


def test_texts_come_back_in_order_with_what_came_along() -> None:
    texts = [(f"Round {number} was held in Oslo.", number) for number in range(5)]
    found = list(annotate(texts, nlp=pipeline(), batch_size=2))
    assert [number for _, number in found] == [0, 1, 2, 3, 4]
    assert [doc.text for doc, _ in found] == [text for text, _ in texts]


def test_a_pipeline_that_is_not_installed_is_named() -> None:
    with pytest.raises(UsageError, match="no_such_pipeline") as caught:
        load_model("no_such_pipeline")
    assert caught.value.hint is not None
    assert "pip install" in caught.value.hint
