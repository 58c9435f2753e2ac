"""What the tests of mentions and links share: the pipeline and the knowledge base, loaded once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.kb import KnowledgeBase
from kg.text.annotate import load_model
from kg.text.link import link
from kg.text.mentions import Identity, find_mentions

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.model import Link, Mention


@lru_cache(maxsize=1)
def pipeline() -> Language:
    return load_model()


@lru_cache(maxsize=1)
def knowledge() -> KnowledgeBase:
    return KnowledgeBase.load()


def mentions_of(text: str) -> tuple[Mention, ...]:
    return find_mentions(pipeline()(text), knowledge(), Identity())


def links_of(text: str) -> tuple[Link, ...]:
    doc = pipeline()(text)
    return link(doc, find_mentions(doc, knowledge(), Identity()), knowledge(), published=None)


def described(text: str) -> dict[str, str | None]:
    """Give surface -> key of the entity, with a tilde for one that the knowledge base lacks."""
    found: dict[str, str | None] = {}
    for one in links_of(text):
        known = one.entity is None or one.entity.known
        found[one.mention.text] = (
            None if one.entity is None else one.entity.key if known else f"~{one.entity.key}"
        )
    return found
