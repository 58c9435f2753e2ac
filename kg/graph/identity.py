"""How things are named: slugs, paths, ids. Content decides, never order, clock or chance."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar
from unicodedata import category, normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.model import Article, Literal, Reading, Span, Stance

Name = TypeVar("Name")

_write = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":")
).encode  # one for all: making it takes longer
_SLUG_LIMIT = 80
_SUFFIX = 4
_UNSEEN = frozenset({"Cc", "Cf"})
# Letters that no decomposition turns into ASCII.
_DOTLESS = "\N{LATIN SMALL LETTER DOTLESS I}"
_LETTERS = str.maketrans(
    {_DOTLESS: "i", "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)


def slug(text: str) -> str:
    """Give a name as lower-case letters, digits and hyphens; letters of other scripts stay."""
    seen = "".join(sign for sign in text if not _is_unseen(sign))
    folded = normalize("NFKD", seen).casefold().translate(_LETTERS)
    # An accent is dropped from a Latin letter; in other scripts it makes another letter.
    plain = re.sub(r"(?<=[a-z])[\u0300-\u036f]+", "", folded)
    letters = (letter if _in_word(letter) else "-" for letter in normalize("NFC", plain))
    return re.sub("-+", "-", "".join(letters)).strip("-")[:_SLUG_LIMIT].rstrip("-")


def _is_unseen(sign: str) -> bool:
    """Tell a sign that a quoted text may hold and nobody sees: it must not make another name."""
    return (category(sign) in _UNSEEN and not sign.isspace()) or "\ufe00" <= sign <= "\ufe0f"


def _in_word(letter: str) -> bool:
    """Tell whether a character belongs to a word: letters, digits, and the marks upon them."""
    return letter.isalnum() or category(letter).startswith("M")


def kind(term: str) -> str:
    """Give the path segment of a class: ``dip:IndirectTalks`` is ``indirect-talks``."""
    local = term.partition(":")[2]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", local).lower()


def last(path: str) -> str:
    """Give the part of a path that tells one thing from another: ``state/norway`` is ``norway``."""
    return path.rpartition("/")[2]


def content_hash(article: Article) -> str:
    """Give the sha256 of the UTF-8 text that offsets count into."""
    return article.sha256 or sha256(article.text.encode()).hexdigest()


def document_path(article: Article) -> str:
    """Name an article: its id, readable, and its hash, so that a changed text is another document."""
    name = slug(article.id)
    short = content_hash(article)[:16]
    return f"doc/{name}-{short}" if name else f"doc/{short}"


def passage_path(document: str, span: Span) -> str:
    """Name a stretch of a document, as RFC 5147 does."""
    return f"{document}#char={span.start},{span.end}"


def run_path(reading: Reading, extractor: str) -> str:
    """Name what produced a claim: the pipeline of the reading and one of its extractors."""
    return _run_path(reading.pipeline, extractor)


@lru_cache(maxsize=256)
def _run_path(pipeline: str, extractor: str) -> str:
    return f"run/{slug(f'{pipeline} {extractor}')}"


def digest(*parts: object) -> str:
    """Give a sha256 over parts that cannot run into one another."""
    return sha256(_write(parts).encode()).hexdigest()


def claim_id(document: str, evidence: Span, triple: tuple[str, str, str | Literal], stance: Stance) -> str:
    """Name a claim by what it says and where, in local keys: merging never renames it.

    Args:
        document: the sha256 of the text.
        evidence: where the text says it.
        triple: the local key of the subject, the property, and the object's key or literal.
        stance: modality, polarity and the one it is attributed to.
    """
    subject, predicate, found = triple
    value = found if isinstance(found, str) else [found.text, found.datatype, found.language]
    parts = (document, evidence.start, evidence.end, predicate, subject, value)
    return digest(*parts, stance.modality, stance.negated, stance.speaker)[:20]


def inferred_id(rule: str, premises: Iterable[str]) -> str:
    """Name an inferred claim by its rule and its premises."""
    return digest(rule, sorted(premises))[:20]


def evidence_hash(document: str, span: Span) -> str:
    """Give the hash of a passage that settles clashes of names."""
    return digest(document, span.start, span.end)


def settle(wanted: Mapping[Name, tuple[str, str]], reserved: Iterable[str] = ()) -> dict[Name, str]:
    """Give each thing a path of its own: all that want the same get the start of their hash.

    Args:
        wanted: the path that each thing would like, and the hash to tell it apart by.
        reserved: paths that are somebody else's.
    """
    groups: dict[str, list[Name]] = {}
    for name, (path, _) in wanted.items():
        groups.setdefault(path, []).append(name)
    others = set(reserved)
    taken = others | {path for path, names in groups.items() if len(names) == 1}
    settled: dict[Name, str] = {}
    for path, names in sorted(groups.items()):
        hashes = {name: wanted[name][1] for name in names}
        length = 0 if len(names) == 1 and path not in others else _distinct(path, hashes.values(), taken)
        settled |= {name: f"{path}-{value[:length]}" if length else path for name, value in hashes.items()}
        taken |= {settled[name] for name in names}
    return settled


def _distinct(path: str, hashes: Iterable[str], taken: set[str]) -> int:
    """Give the least length at which the hashes differ and meet no path that is taken."""
    values = list(hashes)
    shorts = ((length, {f"{path}-{value[:length]}" for value in values}) for length in range(_SUFFIX, 64))
    return next((n for n, short in shorts if len(short) == len(values) and not short & taken), 64)
