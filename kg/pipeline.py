"""The line that data walks, as one short function each way: articles to readings, readings to a graph."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from kg import registry
from kg.errors import MishapError, guarded
from kg.kb import KnowledgeBase
from kg.lexicon import load_lexicon
from kg.model import Reading
from kg.versions import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.lexicon import Lexicon
    from kg.model import Abstention, Article, Entity, EventMention, Key, Link
    from kg.parses import Cache
    from kg.text.clean import Cleaned
    from kg.text.reuse import Annotator
    from kg.text.scene import Scene

    Refuse = Callable[[Article, MishapError], None]
    """Told of each article at which the program itself failed."""

    Extracted = tuple[tuple[EventMention, ...], tuple[Entity, ...], tuple[Abstention, ...]]
    """What is told in an article, who is named there that the knowledge base lacks, and what was not taken."""

    Extractor = Callable[[Scene], Extracted]
    """Reads an annotated, linked article."""

BATCH = 8
"""Documents annotated at once: beyond 8 the model gains nothing (measured)."""


def fail(_: Article, error: MishapError) -> None:
    """Take one article that cannot be read for the end of all."""
    raise error


def read(
    articles: Iterable[Article],
    *,
    kb: KnowledgeBase,
    model: str = "en_core_web_sm",
    lexicon: Lexicon | None = None,
    refuse: Refuse = fail,
    cache: Cache | None = None,
    extractors: Sequence[str] = (),
) -> Iterator[Reading]:
    """Give the reading of each article, in order, as a stream; ``refuse`` is told of those that failed.

    What the model makes of a text is taken from the cache, where there is one, and kept there. What further
    extractors find (named as in ``kg.registry``) is added to what the frames tell.

    Raises:
        UnknownNameError: there is no such extractor.
    """
    more = further(extractors)
    words = lexicon if lexicon is not None else load_lexicon()
    nlp = _annotator(model, cache)
    pipeline = version(nlp, kb)
    for doc, page in _annotated(articles, nlp, refuse):
        try:
            with guarded(page.article.id):
                found = reading(doc, page, kb=kb, lexicon=words, pipeline=pipeline, more=more)
        except MishapError as error:
            refuse(page.article, error)
        else:
            yield found


def _annotated(articles: Iterable[Article], nlp: Annotator, refuse: Refuse) -> Iterator[tuple[Doc, Cleaned]]:
    """Give each article cleaned and annotated; where one fails, those at hand are annotated one by one."""
    feed = _Feed(articles, refuse)
    docs = nlp.annotate(feed, batch_size=BATCH)
    while True:
        try:
            with guarded(feed.where):
                found = next(docs, None)
        except MishapError as error:
            if feed.broken and error.__cause__ is not None:  # not at an article: there are no more
                raise error.__cause__ from None
            yield from _one_by_one(feed, nlp, refuse)
            docs = nlp.annotate(feed, batch_size=BATCH)
            continue
        if found is None:
            return
        feed.at_hand.popleft()
        yield found


def _one_by_one(feed: _Feed, nlp: Annotator, refuse: Refuse) -> Iterator[tuple[Doc, Cleaned]]:
    while feed.at_hand:
        page = feed.at_hand.popleft()
        try:
            with guarded(page.article.id):
                found = list(nlp.annotate([(page.view.text, page)]))
        except MishapError as error:
            refuse(page.article, error)
        else:
            yield from found


class _Feed:
    """Hands cleaned articles to the model, and knows which it has not given back yet."""

    def __init__(self, articles: Iterable[Article], refuse: Refuse) -> None:
        self._articles = iter(articles)
        self._refuse = refuse
        self.at_hand: deque[Cleaned] = deque()
        self.where = ""
        self.broken = True

    def __iter__(self) -> Iterator[tuple[str, Cleaned]]:
        from kg.text.clean import clean  # noqa: PLC0415  (as above)

        while True:
            self.broken = True
            article = next(self._articles, None)
            self.broken = False
            if article is None:
                return
            self.where = article.id
            try:
                with guarded(article.id):
                    page = clean(article)
            except MishapError as error:
                self._refuse(article, error)
                continue
            self.at_hand.append(page)
            yield page.view.text, page


def reading(
    doc: Doc,
    page: Cleaned,
    *,
    kb: KnowledgeBase,
    lexicon: Lexicon,
    pipeline: str,
    more: Mapping[str, Extractor] = {},
) -> Reading:
    """Give what is read in one annotated article; ``more`` are further extractors by name."""
    from kg.text.extract import extract  # noqa: PLC0415  (as above)
    from kg.text.plain import forget, plain  # noqa: PLC0415  (as above)

    found = _scene(plain(doc), page, kb=kb, lexicon=lexicon)
    mentions, entities, abstentions = extract(found)
    if more:
        mentions, entities, abstentions = _joined((mentions, entities, abstentions), found, more)
    forget(found.doc)
    return Reading(
        article=page.article,
        entities=_entities(found.links, entities, kb),
        links=found.links,
        event_mentions=mentions,
        abstentions=abstentions,
        pipeline=pipeline,
    )


def further(names: Sequence[str]) -> Mapping[str, Extractor]:
    """Give the extractors of other packages that bear these names; the frames read in any case.

    Raises:
        UnknownNameError: there is none.
        DataError: one cannot be imported.
    """
    others = (name for name in names if name not in registry.BUILT_IN["extractor"])
    return {name: registry.find("extractor", name) for name in others}


def _joined(found: Extracted, scene: Scene, more: Mapping[str, Extractor]) -> Extracted:
    """Put what further extractors find to what was found; each mention bears the name of who found it."""
    from kg.text.extract import ordered  # noqa: PLC0415  (as above)

    mentions, entities, abstentions = found
    for name, extractor in more.items():
        told, named, left = extractor(scene)
        mentions = (*mentions, *(replace(mention, extractor=name) for mention in told))
        entities, abstentions = (*entities, *named), (*abstentions, *left)
    return ordered(mentions), entities, abstentions


def _scene(doc: Doc, page: Cleaned, *, kb: KnowledgeBase, lexicon: Lexicon) -> Scene:
    from kg.text.dates import find_dates  # noqa: PLC0415  (as above)
    from kg.text.link import link  # noqa: PLC0415  (as above)
    from kg.text.mentions import find_mentions  # noqa: PLC0415  (as above)
    from kg.text.scene import scene  # noqa: PLC0415  (as above)
    from kg.text.words import words_of  # noqa: PLC0415  (as above)

    links = link(doc, find_mentions(doc, kb, page.view), kb, published=page.article.published)
    return scene(page.article, doc, page.view, links, find_dates(words_of(doc).text), lexicon=lexicon, kb=kb)


def scenes(
    articles: Iterable[Article], *, kb: KnowledgeBase, model: str = "en_core_web_sm"
) -> Iterator[Scene]:
    """Give each article annotated and linked, in order, as a stream; no facts are read off it."""
    from kg.text.plain import plain  # noqa: PLC0415  (as above)

    for doc, page in _annotated(articles, _annotator(model), fail):
        yield _scene(plain(doc), page, kb=kb, lexicon=load_lexicon())


def linked(
    articles: Iterable[Article],
    *,
    kb: KnowledgeBase,
    model: str = "en_core_web_sm",
    refuse: Refuse = fail,
    cache: Cache | None = None,
) -> Iterator[tuple[Article, tuple[Link, ...]]]:
    """Give each article with what its names mean, in order, as a stream; nothing else is read."""
    from kg.text.link import link  # noqa: PLC0415  (as above)
    from kg.text.mentions import find_mentions  # noqa: PLC0415  (as above)
    from kg.text.plain import plain  # noqa: PLC0415  (as above)

    for parsed, page in _annotated(articles, _annotator(model, cache), refuse):
        try:
            with guarded(page.article.id):
                doc = plain(parsed)
                mentions = find_mentions(doc, kb, page.view)
                links = link(doc, mentions, kb, published=page.article.published)
        except MishapError as error:
            refuse(page.article, error)
        else:
            yield page.article, links


def _annotator(model: str, cache: Cache | None = None) -> Annotator:
    from kg.text.reuse import Annotator  # noqa: PLC0415  (spaCy: only reading pays for it)

    return Annotator(model, cache)


def version(nlp: Annotator | Language, kb: KnowledgeBase) -> str:
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
