"""The dictionary form of nouns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token


def noun_lemma(noun: Token) -> str:
    """Give the singular of a noun in small letters, also of a capitalised plural, whose lemma keeps its s."""
    lemma = noun.lemma_.lower()
    return lemma[:-1] if noun.tag_ == "NNPS" and lemma.endswith("s") and not lemma.endswith("ss") else lemma
