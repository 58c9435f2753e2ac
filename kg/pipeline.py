"""The line that data walks, as one short function each way: articles to readings, readings to a graph."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.kb import KnowledgeBase
from kg.lexicon import load_lexicon
from kg.model import Reading
from kg.versions import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.lexicon import Lexicon
    from kg.model import Article, Entity, Key, Link
    from kg.text.clean import Cleaned
    from kg.text.scene import Scene

BATCH = 8
"""Documents annotated at once: beyond 8 the model gains nothing (measured)."""


def read(
    articles: Iterable[Article],
    *,
    kb: KnowledgeBase,
    model: str = "en_core_web_sm",
    lexicon: Lexicon | None = None,
) -> Iterator[Reading]:
    """Give the reading of each article, in order, as a stream."""
    from kg.text.annotate import annotate, load_model  # noqa: PLC0415  (spaCy: only reading pays for it)
    from kg.text.clean import clean  # noqa: PLC0415  (as above)

    words = lexicon if lexicon is not None else load_lexicon()
    nlp = _model(model, load_model)
    cleaned = (clean(article) for article in articles)
    for doc, page in annotate(((page.view.text, page) for page in cleaned), nlp=nlp, batch_size=BATCH):
        yield reading(doc, page, kb=kb, lexicon=words, pipeline=version(nlp, kb))


def reading(doc: Doc, page: Cleaned, *, kb: KnowledgeBase, lexicon: Lexicon, pipeline: str) -> Reading:
    """Give what is read in one annotated article."""
    from kg.text.extract import extract  # noqa: PLC0415  (as above)

    found = _scene(doc, page, kb=kb, lexicon=lexicon)
    mentions, further, abstentions = extract(found)
    return Reading(
        article=page.article,
        entities=_entities(found.links, further, kb),
        links=found.links,
        event_mentions=mentions,
        abstentions=abstentions,
        pipeline=pipeline,
    )


def _scene(doc: Doc, page: Cleaned, *, kb: KnowledgeBase, lexicon: Lexicon) -> Scene:
    from kg.text.dates import find_dates  # noqa: PLC0415  (as above)
    from kg.text.link import link  # noqa: PLC0415  (as above)
    from kg.text.mentions import find_mentions  # noqa: PLC0415  (as above)
    from kg.text.scene import scene  # noqa: PLC0415  (as above)

    links = link(doc, find_mentions(doc, kb, page.view), kb, published=page.article.published)
    return scene(page.article, doc, page.view, links, find_dates(doc.text), lexicon=lexicon, kb=kb)


def scenes(
    articles: Iterable[Article], *, kb: KnowledgeBase, model: str = "en_core_web_sm"
) -> Iterator[Scene]:
    """Give each article annotated and linked, in order, as a stream; no facts are read off it."""
    from kg.text.annotate import annotate, load_model  # noqa: PLC0415  (spaCy: only reading pays for it)
    from kg.text.clean import clean  # noqa: PLC0415  (as above)

    cleaned = (clean(article) for article in articles)
    texts = ((page.view.text, page) for page in cleaned)
    for doc, page in annotate(texts, nlp=_model(model, load_model), batch_size=BATCH):
        yield _scene(doc, page, kb=kb, lexicon=load_lexicon())


def linked(
    articles: Iterable[Article], *, kb: KnowledgeBase, model: str = "en_core_web_sm"
) -> Iterator[tuple[Article, tuple[Link, ...]]]:
    """Give each article with what its names mean, in order, as a stream; nothing else is read."""
    from kg.text.annotate import annotate, load_model  # noqa: PLC0415  (spaCy: only reading pays for it)
    from kg.text.clean import clean  # noqa: PLC0415  (as above)
    from kg.text.link import link  # noqa: PLC0415  (as above)
    from kg.text.mentions import find_mentions  # noqa: PLC0415  (as above)

    cleaned = (clean(article) for article in articles)
    texts = ((page.view.text, page) for page in cleaned)
    for doc, page in annotate(texts, nlp=_model(model, load_model), batch_size=BATCH):
        mentions = find_mentions(doc, kb, page.view)
        yield page.article, link(doc, mentions, kb, published=page.article.published)


@lru_cache(maxsize=2)
def _model(name: str, load: object) -> Language:
    return load(name)  # type: ignore[operator,no-any-return]


def version(nlp: Language, kb: KnowledgeBase) -> str:
    """Name what reads: package, language model and knowledge base, each with its version."""
    return f"diplomacy-kg {PACKAGE}, {nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}, kb {kb.version}"


def _entities(links: Sequence[Link], further: Iterable[Entity], kb: KnowledgeBase) -> tuple[Entity, ...]:
    """Every entity that is spoken of, with the states that hold them."""
    found: dict[Key, Entity] = {}
    for link in links:
        for entity in (link.entity, link.place):
            if entity is not None:
                found.setdefault(entity.key, entity)
    for entity in further:
        found.setdefault(entity.key, entity)
    for entity in list(found.values()):
        holder = entity.within
        while holder is not None and holder not in found:
            found[holder] = kb.entity(holder)
            holder = found[holder].within
    return tuple(found[key] for key in sorted(found))


def load_kb(*extra: Path) -> KnowledgeBase:
    """Load the seed knowledge base with the user's own files over it."""
    return KnowledgeBase.load(*extra)
