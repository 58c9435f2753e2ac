"""One text in many spellings of its signs gives the same things and facts; evidence quotes the text as given."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache

import pytest

from kg.graph.assemble import GraphContent, assemble
from kg.kb import KnowledgeBase
from kg.model import Article, Literal
from kg.pipeline import read
from kg.text.records import from_text
from kg.vocab import Vocabulary

TEXTS = (
    (
        "---\ntitle: Talks open in Nairobi\ndate: 2024-03-05\n---\n\n"
        "Talks between Kenya and Somalia opened in Nairobi on Monday. Foreign Minister Ali Hassan led the Somali "
        'delegation. Norway mediated the talks, officials said. "Kenya demands that Somalia withdraw its forces '
        "from the border,\" said Kenya's foreign minister, Grace Wanjiru.\n\nTürkiye's envoy Zeynep Şahin-Öztürk met "
        "the Somali foreign minister in Ankara on 4 March 2024.\n"
    ),
    (
        "Côte d'Ivoire and Ghana signed a border agreement in Accra on 12 May 2024, mediated by the African Union. "
        "President Alassane Ouattara said that the two states had agreed on a cease-fire.\n\n"
        "São Tomé and Príncipe hosted the second round of talks between Gabon and Equatorial Guinea. Vladimir Medinsky "
        "met Rustem Umerov in Istanbul, the Turkish foreign ministry said.\n"
    ),
)


def curly(text: str) -> str:
    opened = re.sub(r'(^|[\s(])"', r"\1“", text)
    return opened.replace('"', "”").replace("'", "\u2019")


def within_words(sign: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"([^\W\d_]{3})(?=[^\W\d_]{2})", rf"\1{sign}", text)


def body(change: Callable[[str], str]) -> Callable[[str], str]:
    """Leave the front matter, which is data, as it is."""

    def changed(text: str) -> str:
        head, fence, rest = text.rpartition("---\n")
        return head + fence + change(rest)

    return changed


VARIANTS: dict[str, Callable[[str], str]] = {
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "NFC": lambda text: unicodedata.normalize("NFC", text),
    "no-break spaces": body(lambda text: text.replace(" ", "\u00a0")),
    "narrow no-break spaces": body(lambda text: text.replace(" ", "\u202f")),
    "two blanks": body(lambda text: text.replace(" ", "  ")),
    "zero-width spaces": body(within_words("\u200b")),
    "soft hyphens": body(within_words("\u00ad")),
    "word joiners": body(within_words("\u2060")),
    "direction marks": body(within_words("\u200e")),
    "overrides": body(lambda text: f"\u202d{text}\u202c"),
    "variation selectors": body(within_words("\ufe0e")),
    "CR LF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "byte order mark": lambda text: f"\ufeff{text}",
    "curly quotes": body(curly),
    "no-break hyphens": body(lambda text: text.replace("-", "\u2011")),
    "control signs": body(lambda text: text.replace("Kenya", "Ken\x01ya").replace("Ghana", "Gha\x7fna")),
    "ligatures": body(lambda text: text.replace("fi", "\ufb01").replace("st", "\ufb06")),
    "signs of a private font": body(lambda text: text.replace(". ", ".\uf8ff ").replace(" ", "\ue000 ", 3)),
    "blanks at the ends": lambda text: f"{text}\n \n\t\n",
}


@cache
def _kb() -> KnowledgeBase:
    return KnowledgeBase.load()


def content_of(text: str) -> tuple[Article, GraphContent]:
    article = from_text(text, name="talks", where="talks.txt")
    readings = tuple(read([article], kb=_kb()))
    return article, assemble(readings, vocabulary=Vocabulary.load(), kb_version="x")


@cache
def plain_of(number: int) -> tuple[Article, GraphContent]:
    return content_of(TEXTS[number])


def facts_of(content: GraphContent) -> list[tuple[str, str, str, str]]:
    """Give what is claimed and how, without the names that hold the hash of the text."""
    return sorted(
        (
            _named(claim.subject),
            claim.predicate,
            _named(_straight(_words(claim.object))),
            _named(str(claim.stance)),
        )
        for claim in content.claims
    )


def _words(found: str | Literal) -> str:
    return found.text if isinstance(found, Literal) else found


def _named(path: str) -> str:
    """Groups without a name are those of one document, and are called by its hash."""
    return re.sub(r"-[0-9a-f]{6}\b", "", path)


def _straight(text: str) -> str:
    """Words that are quoted are quoted as given."""
    plain = unicodedata.normalize("NFC", "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Cc"} or c.isspace()))  # fmt: skip
    plain = plain.replace("\ufe0e", "").replace("\u2011", "-").replace("\ufb01", "fi").replace("\ufb06", "st")
    plain = re.sub("[\ue000\uf8ff]", " ", plain)
    return " ".join(plain.replace("“", '"').replace("”", '"').replace("\u2019", "'").split())


@pytest.mark.parametrize("number", range(len(TEXTS)))
@pytest.mark.parametrize("variant", VARIANTS)
def test_variants_give_the_same_graph(variant: str, number: int) -> None:
    _, expected = plain_of(number)
    text = VARIANTS[variant](TEXTS[number])
    article, found = content_of(text)
    assert article.text == text
    assert facts_of(found) == facts_of(expected)
    assert [_named(event.path) for event in found.events] == [_named(event.path) for event in expected.events]
    assert sorted({_named(node.path) for node in found.nodes}) == sorted(
        {_named(node.path) for node in expected.nodes}
    )
    quoted = [(span, words) for claim in found.claims for span, words in claim.evidence]
    assert len(quoted) >= 10
    assert all(text[span.start : span.end] == words for span, words in quoted)


def test_there_is_something_to_compare() -> None:
    for number in range(len(TEXTS)):
        _, expected = plain_of(number)
        assert len(expected.claims) >= 10
        assert len(expected.events) >= 2
    assert len(VARIANTS) == 20
    changed = [name for name, change in VARIANTS.items() if all(change(text) != text for text in TEXTS)]
    assert set(VARIANTS) - set(changed) == {"NFC"}
