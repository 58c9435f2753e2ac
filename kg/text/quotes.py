"""Quotations: which words of an article stand in somebody's mouth, and the verb that says in whose.

A quotation often runs over several sentences, of which one alone has the verb of saying. What stands in
the others is told by the same speaker, not by the outlet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

    from kg.lexicon import Lexicon

_OPEN, _CLOSE, _STRAIGHT = "\u201c\u00ab", "\u201d\u00bb", '"'
_LONGEST = 400
"""Tokens of a quotation; a longer one has lost its closing mark."""
_SHORTEST = 4
_FIRST = frozenset(("i", "we", "our", "my", "us", "me"))
_OPENING = 3
"""Sentences of a statement in which its speaker says "we" or "I"."""


def quotations(doc: Doc, lexicon: Lexicon) -> Mapping[int, Token]:
    """Give, for each token of a quotation whose speaker is told, the verb of saying."""
    spans = [*_marked(doc)]
    inside = {i for start, end in spans for i in range(start, end)}
    found: dict[int, Token] = {}
    last: tuple[int, Token] | None = None
    for start, end in spans:
        verb = _told_in(doc, start, end, inside, lexicon) or _announced(doc, start, lexicon)
        if verb is None and last is not None and (_goes_on(doc, last[0]) or _follows(doc, last[0], start)):
            verb = last[1]
        if verb is None:
            continue
        last = (end, verb)
        found.update((i, verb) for i in range(start, end))
    for start, end, verb in _statements(doc, inside, lexicon):
        for i in range(start, end):
            found.setdefault(i, verb)
    return found


def _marked(doc: Doc) -> Iterator[tuple[int, int]]:
    """The stretches between quotation marks that hold a clause, from behind the first to the last."""
    opened: int | None = None
    for token in doc:
        opens = token.text in _OPEN or (token.text == _STRAIGHT and opened is None)
        closes = token.text in _CLOSE or token.text == _STRAIGHT
        if opened is not None and (token.i - opened > _LONGEST or _ends_paragraph(token)):
            if _goes_on(doc, token.i):
                yield opened, token.i
            opened = None  # a mark that is never closed
        if opens:
            opened = token.i + 1
        elif closes and opened is not None:
            words = doc[opened : token.i]
            if len(words) >= _SHORTEST and any(t.pos_ in ("VERB", "AUX") for t in words):
                yield opened, token.i
            opened = None


def _ends_paragraph(token: Token) -> bool:
    return bool(token.is_space) and "\n" in token.text


def _goes_on(doc: Doc, end: int) -> bool:
    """Tell whether a quotation is open at the end of its paragraph, and the next one has its mark again."""
    return _ends_paragraph(doc[end]) and end + 1 < len(doc) and doc[end + 1].text in (*_OPEN, _STRAIGHT)


def _told_in(doc: Doc, start: int, end: int, inside: set[int], lexicon: Lexicon) -> Token | None:
    """The verb of saying in the sentence where the quotation ends or begins, outside the marks."""
    for sentence in (doc[end - 1].sent, doc[start].sent, doc[min(end + 1, len(doc) - 1)].sent):
        if abs(sentence.start - end) > _LONGEST:
            continue
        for token in sentence:
            if token.i not in inside and _says(token, lexicon):
                return token
    return None


def _announced(doc: Doc, start: int, lexicon: Lexicon) -> Token | None:
    """The verb of "X said:" in the sentence before."""
    first = doc[start].sent.start
    before = doc[first - 1].sent if first else None
    if before is None or ":" not in {t.text for t in before[-3:]}:
        return None
    return next((token for token in before if _says(token, lexicon)), None)


def _says(token: Token, lexicon: Lexicon) -> bool:
    report = lexicon.modality["report"]
    return token.pos_ == "VERB" and token.lemma_ in report and token.tag_ in ("VBD", "VBZ", "VBP")


def _follows(doc: Doc, end: int, start: int) -> bool:
    """Tell whether a quotation goes on behind the attribution of the one before, in the same paragraph."""
    between = doc[end:start]
    if any(_ends_paragraph(token) for token in between):
        return False
    return sum(1 for token in between if token.is_sent_start) <= 1


def _statements(doc: Doc, inside: set[int], lexicon: Lexicon) -> Iterator[tuple[int, int, Token]]:
    """What stands behind "X said:" without marks: up to the next speaker where it speaks of "we" or "I".

    Else the paragraph below, or all that follows where nobody else speaks.
    """
    sentences = list(doc.sents)
    for n, sentence in enumerate(sentences):
        last = next((token for token in reversed(sentence) if not token.is_space), None)
        if last is None or last.text != ":":
            continue
        verb = next((token for token in sentence if _says(token, lexicon)), None)
        if verb is None:
            continue
        told = [*_until_next(sentences[n + 1 :], lexicon)]
        if not told or told[0].start in inside or doc[told[0].start].text in (*_OPEN, _STRAIGHT):
            continue
        opening = {token.lower_ for spoken in told[:_OPENING] for token in spoken}
        if opening & _FIRST or (_ends_paragraph(sentence[-1]) and told[-1].end == len(doc)):
            yield told[0].start, told[-1].end, verb
        elif _ends_paragraph(sentence[-1]):
            yield told[0].start, _paragraph_end(doc, told[0].start), verb


def _paragraph_end(doc: Doc, start: int) -> int:
    return next((token.i for token in doc[start + 1 :] if _ends_paragraph(token)), len(doc))


def _until_next(sentences: list[DocSpan], lexicon: Lexicon) -> Iterator[DocSpan]:
    for sentence in sentences:
        if any(_says(token, lexicon) and token.dep_ == "ROOT" and not _of_us(token) for token in sentence):
            return
        yield sentence


def _of_us(verb: Token) -> bool:
    """Tell whether the speaker of the statement says so: "I have said", "we urge"."""
    return any(child.dep_ == "nsubj" and child.lower_ in _FIRST for child in verb.children)
