"""Lines are put back into the paragraphs that they were broken out of; lists and verses stay as they are."""

import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from kg.model import Article, Span
from kg.text.clean import Cleaned, clean
from kg.text.frontmatter import split_front_matter
from kg.text.lines import joined, paragraphs
from kg.text.read import read_articles

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"
SENTENCE = (
    "The two sides said on Monday that a joint delegation of the committee would meet again in the capital "
    "of the region to discuss the terms that the mediators had laid down for the exchange of prisoners."
)


def wrapped(text: str, width: int, *, between: str = "\n", gap: str = "\n\n", mark: str = "") -> str:
    """Break the paragraphs of a text into lines, as an editor does."""
    paragraphs = (line for line in text.split("\n") if line.strip())
    broken = (
        textwrap.wrap(paragraph, width - len(mark), break_on_hyphens=False, break_long_words=False)
        for paragraph in paragraphs
    )
    return gap.join(between.join(mark + line for line in lines) for lines in broken) + "\n"


WAYS = {
    "single": {},
    "double": {"between": "\n\n", "gap": "\n\n\n"},
    "quoted": {"mark": "> ", "gap": "\n>\n"},
}


def cleaned(text: str) -> Cleaned:
    return clean(Article("a", text))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("width", [20, 30, 40, 60, 72, 100])
def test_wrapped_articles_are_read_as_they_were_written(width: int, way: str) -> None:
    seen, kept = 0, 0
    for article in read_articles([str(SEEDS)]):
        assert isinstance(article, Article)
        end = split_front_matter(article.text).end
        text = article.text[:end] + wrapped(article.text[end:], width, **WAYS[way])
        wanted = clean(article).view.text.split("\n\n")
        found = clean(replace(article, text=text)).view
        seen += len(wanted)
        kept += sum(paragraph in found.text for paragraph in wanted)
        assert list(found.offsets) == sorted(found.offsets)
    assert seen >= 200
    assert kept >= 0.99 * seen


def test_double_spaced_lines_without_other_gaps() -> None:
    text = wrapped(f"{SENTENCE}\n{SENTENCE}", 50, between="\n\n")
    assert SENTENCE in cleaned(text).view.text


@pytest.mark.parametrize(
    "text",
    [
        "Kenya\nSomalia\nNorway\nSweden\nGhana\nGabon\nTogo\n",
        "Ali Hassan\nJan Keller\nTom Poe\nAna Obi\nMaria Roe\nEva Lind\nOmar Ali\n",
        "Politics and world\nCulture and style\nSport and games\nVideo and sound\nMoney and work\nTravel\n",
        "The minister resigned.\nHis deputy stayed.\nThe talks went on.\nNobody was hurt.\nIt rained.\nHe left.\n",
    ],
)
def test_lists_and_short_paragraphs_stay_apart(text: str) -> None:
    assert [line.text for paragraph in paragraphs(text) for line in paragraph] == text.split("\n")[:-1]
    assert all(len(paragraph) == 1 for paragraph in paragraphs(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He led the Kenyan dele-\ngation.", "He led the Kenyan delegation."),
        ("He led the Kenyan dele\u2010\ngation.", "He led the Kenyan delegation."),
        ("He led the Kenyan dele\u00ad\ngation.", "He led the Kenyan delegation."),
        ("> He led the Kenyan dele-\n> gation.", "> He led the Kenyan delegation."),
        ("They want a long-\nterm deal.", "They want a long-term deal."),
        ("It ended the day-to-\nday talks.", "It ended the day-to-day talks."),
        ("It met the Russian-\nbacked force.", "It met the Russian-backed force."),
        ("It is on the Kenya-\nSomalia border.", "It is on the Kenya-Somalia border."),
        ("They seek short-\nand long-term aid.", "They seek short- and long-term aid."),
        ("A cease-\nfire; the cease-fire held.", "A cease-fire; the cease-fire held."),
        ("He met Medve-\ndev, and Medvedev left.", "He met Medvedev, and Medvedev left."),
        ("He said -\nand left.", "He said - and left."),
    ],
)
def test_words_cut_at_the_end_of_a_line(text: str, expected: str) -> None:
    (paragraph,) = paragraphs(f"{'x ' * 20}{text}")
    assert joined(paragraph, text).text == f"{'x ' * 20}{expected}"


def test_evidence_of_a_cut_word_quotes_both_lines() -> None:
    text = f"{SENTENCE[:31]}the dele-\ngation of the other side was led by its minister, the sources added on Monday."
    view = cleaned(text).view
    at = view.text.index("delegation")
    found = view.original(Span(at, at + len("delegation")))
    assert text[found.start : found.end] == "dele-\ngation"
    assert len(view.text) == len(view.offsets) == len(view.ends)


def test_an_answer_under_a_quoted_line_is_another_paragraph() -> None:
    text = "> Will the two sides meet\n> in the capital on Monday\n> as they had said before\nYes, they will, the minister said.\n"
    *_, last = paragraphs(text)
    assert [line.text for line in last] == ["Yes, they will, the minister said."]
