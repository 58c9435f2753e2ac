"""PDFs: paragraphs come back as they were written; what cannot be read is refused with what to do."""

import sys
from pathlib import Path

import pytest
from bad_inputs import PDF_LINES, pdf

from kg.errors import InputError
from kg.model import Article
from kg.text import pdf as module
from kg.text.pdf import paragraphs, read_pdf, without_running_heads
from kg.text.read import read_articles

FIRST = [
    "The Gazette 5 March 2024",
    "Talks Open in Nairobi",
    "",
    "Talks between Kenya and Somalia opened in Nairobi on Monday. Foreign Min-",
    "ister Ali Hassan led the Somali delegation. Norway mediated the talks that",
    "had been put off twice.",
    "The second day is on Tuesday. A well-",
    "Page 1 of 3",
]


def test_paragraphs_are_rebuilt() -> None:
    text = read_pdf(pdf(PDF_LINES), where="x").text
    assert text == (
        "Talks Open in Nairobi\n\nTalks between Kenya and Somalia opened in Nairobi on Monday. Foreign Minister "
        "Ali Hassan led the Somali delegation. Norway mediated the talks, as officials said."
    )


def test_running_heads_and_page_numbers_are_dropped() -> None:
    pages = [
        [f"The Gazette {number} March 2024", f"Sentence number {word} is told here.", "", f"- {number} -"]
        for number, word in enumerate(("one", "two", "three", "four"), 1)
    ]
    assert [line for page in without_running_heads(pages) for line in page if line] == [
        f"Sentence number {word} is told here." for word in ("one", "two", "three", "four")
    ]


def test_a_line_that_only_two_pages_share_stays() -> None:
    pages = [["Kenya said so.", "One."], ["Kenya said so.", "Two."]]
    assert without_running_heads(pages) == pages


def test_a_sentence_goes_on_over_the_page() -> None:
    pages = [["The minister of Kenya said on Monday that the talks with the", ""], ["", "other side had gone well, and would go on."]]  # fmt: skip
    assert list(paragraphs(pages)) == [
        "The minister of Kenya said on Monday that the talks with the other side had gone well, and would go on."
    ]


def test_a_hyphen_of_a_word_stays_before_a_capital() -> None:
    assert list(
        paragraphs([["He is of the Kenya-", "Somalia border commission, they said of him there."]])
    ) == ["He is of the Kenya-Somalia border commission, they said of him there."]


def test_a_pdf_is_an_article_whose_offsets_count_in_its_text(tmp_path: Path) -> None:
    path = tmp_path / "talks.pdf"
    path.write_bytes(pdf(FIRST))
    (article,) = read_articles([str(path)])
    assert isinstance(article, Article)
    assert article.id == "talks"
    assert "Foreign Minister Ali Hassan led" in article.text


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(InputError, match="pypdf is needed") as found:
        read_pdf(pdf(PDF_LINES), where="x")
    assert "pip install 'diplomacy-kg[pdf]'" in str(found.value.hint)


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", -1.0)
    with pytest.raises(InputError, match="takes longer than"):
        read_pdf(pdf(PDF_LINES), where="x")


def test_a_pdf_of_too_many_bytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 100)
    with pytest.raises(InputError, match="more than 100"):
        read_pdf(pdf(PDF_LINES), where="x")


TITLES = {
    b"<< /Title (Talks Open Again in Nairobi) >>": "Talks Open Again in Nairobi",
    b"<< /Title (talks.doc) >>": None,
    b"<< /Title 7 >>": None,
    b"(no dictionary)": None,
}


@pytest.mark.parametrize("told", TITLES)
def test_what_a_pdf_tells_of_itself_counts_where_it_is_a_title(told: bytes) -> None:
    data = pdf(PDF_LINES).replace(b"/Root 1 0 R", b"/Root 1 0 R /Info " + told)
    document = read_pdf(data, where="x")
    assert document.title == TITLES[told]
    assert document.text.startswith("Talks Open in Nairobi")


def is_refused(data: bytes) -> bool:
    try:
        read_pdf(data, where="x")
    except InputError as error:
        return bool(error.hint) or pytest.fail("an error without a hint")
    return False


def test_any_cut_or_changed_pdf_is_read_or_refused_by_name() -> None:
    whole = pdf(PDF_LINES, FIRST)
    outcomes = {"read": 0, "refused": 0}
    for at in range(0, len(whole), 13):
        for data in (whole[:at], whole[:at] + b"\xff9<" + whole[at + 3 :]):
            outcomes["refused" if is_refused(data) else "read"] += 1
    assert min(outcomes.values()) > 10
    assert sum(outcomes.values()) == 2 * len(range(0, len(whole), 13))
