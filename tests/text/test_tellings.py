"""Who does what to whom as phrases, linked or not; and wishes in the words of a report."""

from __future__ import annotations

import pytest

from kg.model import Article
from kg.pipeline import load_kb, scenes
from kg.text.tellings import Telling, phrase, plain_telling, tellings
from kg.text.wishes import wishes

CASES = (
    (
        "The court ordered the arrest of two dockers.",
        "dip:Coercion",
        "The court",
        "the arrest of two dockers",
    ),
    ("A docker was arrested by the harbour police.", "dip:Coercion", "the harbour police", "A docker"),
    ("Villagers said that the mill had dismissed their demands.", "dip:Refusal", "the mill", "their demands"),
    ("Kenya and Somalia agreed to reopen the crossing.", "dip:Offer", "Kenya and Somalia", "Somalia"),
    ("The ministry held talks with the dockers.", "dip:Talks", "The ministry", "the dockers"),
)


def _tellings(text: str) -> tuple[tuple[Telling, ...], Telling | None]:
    (scene,) = scenes([Article(id="one", text=text)], kb=load_kb())
    return tellings(scene), plain_telling(scene)


def _words(telling: Telling, side: str) -> str:
    heads = getattr(telling, side)
    return " ".join(token.text for token in phrase(heads[0])) if heads else ""


@pytest.mark.parametrize(("text", "kind", "doer", "target"), CASES)
def test_a_frame_is_filled_by_phrases_that_nothing_links(
    text: str, kind: str, doer: str, target: str
) -> None:
    found, _ = _tellings(text)
    first = found[0]
    assert (first.type, _words(first, "doers"), _words(first, "targets")) == (kind, doer, target)


def test_what_stands_nearest_to_the_main_verb_comes_first() -> None:
    found, _ = _tellings("Ghana refused to send aid to Togo.")
    assert [telling.type for telling in found] == ["dip:Refusal", "dip:Aid"]
    assert found[0].height < found[1].height


def test_without_a_frame_the_main_verb_gives_doer_and_target() -> None:
    found, plain = _tellings("The baker tickled the mayor of Oslo.")
    assert found == ()
    assert plain is not None
    assert (plain.frame, plain.type) == (None, None)
    assert (_words(plain, "doers"), _words(plain, "targets")) == ("The baker", "the mayor of Oslo")


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("Kenya said that Somalia must leave the town.", True),
        ("Kenya said that Somalia had left the town.", False),
        ("Kenya said that the storm must be over.", False),
        ("Kenya said that it must wait.", False),
    ],
)
def test_a_wish_is_told_of_somebody_else(text: str, wished: bool) -> None:  # noqa: FBT001  (a case of the table)
    (scene,) = scenes([Article(id="one", text=text)], kb=load_kb())
    (said,) = (token for token in scene.doc if token.lemma_ == "say")
    assert wishes(said) is wished
