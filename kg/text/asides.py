"""Attributions at the end of a sentence: "…, a diplomat in Oslo said", "…, the minister, Ann Lee, told reporters".

The small model often hangs such a speaker on the last noun before the comma, so that the place
where the speaker stands becomes the place of the talks. The attribution is therefore cut off by the
row of words: what follows the last comma up to a final verb of saying, with the name or title that
another comma sets apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

    from kg.lexicon import Lexicon

_TAIL = 7
"""Words that may follow the verb of saying: "told reporters in Oslo on Monday"."""
_LONGEST = 22
"""Words of an attribution; a longer one is a clause of its own."""


@dataclass(frozen=True, slots=True)
class Aside:
    """An attribution: its tokens, from the comma to the end of the sentence, and its verb."""

    start: int
    verb: int
    end: int


def asides(doc: Doc, lexicon: Lexicon) -> Mapping[int, Aside]:
    """Give, for each token of a sentence that an attribution closes, that attribution."""
    return {
        i: found
        for sentence in doc.sents
        for found in _closing(sentence, lexicon)
        for i in range(sentence.start, sentence.end)
    }


def _closing(sentence: DocSpan, lexicon: Lexicon) -> Iterator[Aside]:
    verb = _last_saying(sentence, lexicon)
    if verb is None:
        return
    start = _start(sentence, verb, lexicon)
    # A clause must stand before it; else the speaker is simply the subject of the sentence.
    before = sentence.doc[sentence.start : start]
    if (
        start > sentence.start
        and verb.i - start <= _LONGEST
        and any(t.pos_ in ("VERB", "AUX") for t in before)
    ):
        yield Aside(start, verb.i, sentence.end)


def _last_saying(sentence: DocSpan, lexicon: Lexicon) -> Token | None:
    """The verb of saying near the end, with no clause of its own behind it."""
    for token in reversed(sentence[-_TAIL:]):
        if token.text in (",", ";") or token.lower_ == "that":
            return None
        if token.pos_ == "VERB":
            return (
                token
                if token.lemma_ in lexicon.modality["report"] and token.tag_ in ("VBD", "VBZ", "VBP")
                else None
            )
    return None


def _start(sentence: DocSpan, verb: Token, lexicon: Lexicon) -> int:
    """The comma at which the attribution begins; past a name that commas set apart behind a title."""
    commas = [t.i for t in sentence.doc[sentence.start : verb.i] if t.text == ","]
    if not commas:
        return sentence.start
    last = commas.pop()
    if last == verb.i - 1 and commas:
        last = commas.pop()
    named = all(t.pos_ == "PROPN" or t.text in (",", "-") for t in sentence.doc[last + 1 : verb.i])
    if named and commas and _has_title(sentence.doc[commas[-1] : last], lexicon):
        last = commas.pop()
    return last


def _has_title(words: DocSpan, lexicon: Lexicon) -> bool:
    titled = any(t.lemma_.lower() in lexicon.words["titles"] for t in words)
    return titled and not any(t.pos_ in ("VERB", "AUX") for t in words)
