"""Where the sentences of a document begin and end, each looked for once.

spaCy's ``token.sent`` walks to both ends and cuts a span, at every call; the reader asks some thousand times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_KEY = "kg.sentences"


def start_of(token: Token) -> int:
    """Give the index of the first token of the sentence that a token stands in."""
    return _bounds(token.doc)[token.i][0]


def end_of(token: Token) -> int:
    """Give the index behind the last token of the sentence that a token stands in."""
    return _bounds(token.doc)[token.i][1]


def _bounds(doc: Doc) -> list[tuple[int, int]]:
    known: list[tuple[int, int]] | None = doc.user_data.get(_KEY)
    if known is not None:
        return known
    starts = [at for at, first in enumerate(doc.to_array("SENT_START").tolist()) if first == 1]
    if not starts or starts[0] != 0:
        starts.insert(0, 0)
    bounds = [
        (start, end)
        for start, end in zip(starts, [*starts[1:], len(doc)], strict=True)
        for _ in range(start, end)
    ]
    doc.user_data[_KEY] = bounds
    return bounds
