"""Texts annotated as they were before, where that is kept; the language model is loaded for new ones only."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from kg import parses
from kg.text.annotate import annotate, load_model
from kg.text.models import annotator, model_meta
from kg.text.packed import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from kg.parses import Cache

T = TypeVar("T")

_BATCHES = 4
"""So many batches of texts are at hand at most while new ones come together for one: memory stays flat."""


class _Text(NamedTuple, Generic[T]):
    """A text at hand with its key, and as it was annotated, where that is known."""

    text: str
    companion: T
    key: str
    doc: Doc | None


class Annotator:
    """Annotates texts, with the language model or as it did before."""

    def __init__(self, model: str, cache: Cache | None = None) -> None:
        """Take a spaCy pipeline by name or path, and where its annotations are kept.

        Raises:
            UsageError: no such pipeline is installed.
        """
        self._model = model
        self._version = annotator(model) or ""
        self._cache = cache if self._version else None
        if self._cache is None:
            _loaded(model)

    @property
    def meta(self) -> Mapping[str, Any]:
        """What the pipeline says of itself: ``lang``, ``name``, ``version``."""
        return _loaded(self._model).meta if self._cache is None else model_meta(self._model) or {}

    def annotate(self, texts: Iterable[tuple[str, T]], *, batch_size: int = 16) -> Iterator[tuple[Doc, T]]:
        """Give each text as a document, in order, with what came along with it."""
        if self._cache is None:
            return annotate(texts, nlp=_loaded(self._model), batch_size=batch_size)
        return self._reusing(texts, self._cache, batch_size)

    def _reusing(self, texts: Iterable[tuple[str, T]], cache: Cache, size: int) -> Iterator[tuple[Doc, T]]:
        at_hand: list[_Text[T]] = []
        new = 0
        for text, companion in texts:
            each = self._looked_up(text, companion, cache)
            at_hand.append(each)
            new += each.doc is None
            if new in {0, size} or len(at_hand) == _BATCHES * size:
                yield from self._completed(at_hand, cache, size)
                at_hand, new = [], 0
        yield from self._completed(at_hand, cache, size)

    def _looked_up(self, text: str, companion: T, cache: Cache) -> _Text[T]:
        key = parses.key(text, self._version)
        kept = cache.get(key)
        return _Text(text, companion, key, None if kept is None else unpack(kept, text, self._vocab))

    def _completed(self, at_hand: Sequence[_Text[T]], cache: Cache, size: int) -> Iterator[tuple[Doc, T]]:
        """Give the texts at hand as documents, the new ones from the model, which are then kept."""
        new = [(each.text, None) for each in at_hand if each.doc is None]
        docs = annotate(new, nlp=_loaded(self._model), batch_size=size) if new else iter(())
        for each in at_hand:
            doc = each.doc
            if doc is None:
                doc, _ = next(docs)
                cache.put(each.key, pack(doc))
            yield doc, each.companion

    @cached_property
    def _vocab(self) -> Vocab:
        """What known texts are put together with: the words of the language, without the model."""
        from spacy.util import get_lang_class  # noqa: PLC0415  (takes seconds)
        from spacy.vocab import create_vocab  # noqa: PLC0415  (as above)

        language = self.meta["lang"]
        return create_vocab(language, get_lang_class(language).Defaults)


@lru_cache(maxsize=2)
def _loaded(model: str) -> Language:
    return load_model(model)
