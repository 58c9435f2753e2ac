"""An annotated text as a few bytes, and back: what the reader uses of it, and nothing else.

The text itself is not in them: it is at hand whenever they are asked for, and the words and most of
the lemmas are taken from it. They are numbers and strings; nothing in them is run.
"""

from __future__ import annotations

import json
import zlib
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_PLAIN = ("SPACY", "POS", "HEAD", "SENT_START", "ENT_IOB")
"""What is a small number in spaCy."""
_NAMED = ("TAG", "DEP", "ENT_TYPE", "LEMMA")
"""What is the hash of a string in spaCy, and here a place in a list of strings."""
_ROWS = 1 + len(_PLAIN) + len(_NAMED)
"""With the sizes of the words in front."""

_WRITTEN, _SMALL = (1 << 64) - 1, (1 << 64) - 2
"""Stand for a lemma that is the word as it is written, or in small letters: five of six are."""
_MARKS = {_WRITTEN: 0, _SMALL: 1}
_HASHES = {mark: number for number, mark in _MARKS.items()}

_LEVEL = 1
"""Of zlib: 6 takes off another sixth in three times the time."""
_HEAD = 8
"""Bytes: how many words, and how long the list of strings is."""


def pack(doc: Doc) -> bytes:
    """Give the annotation of a text, without the text."""
    import numpy as np  # noqa: PLC0415  (spaCy has it loaded; naming the pipeline must not)

    sizes = np.array([len(token) for token in doc], dtype="uint64")
    asked: list[str | int] = ["ORTH", "LOWER", *_PLAIN, *_NAMED]
    written, small, *rows = doc.to_array(asked).reshape(len(sizes), len(asked)).T
    plain, named = rows[: len(_PLAIN)], np.array(rows[len(_PLAIN) :])
    lemma = named[-1]
    named[-1] = np.where(lemma == written, _hash(_WRITTEN), np.where(lemma == small, _hash(_SMALL), lemma))
    hashes, places = np.unique(named, return_inverse=True)
    names = [_MARKS[each] if each in _MARKS else doc.vocab.strings[each] for each in hashes.tolist()]
    columns = np.array([sizes, *plain, *places.reshape(named.shape).astype("uint64")]).astype("<i4")
    strings = json.dumps(names).encode()
    head = len(sizes).to_bytes(4, "little") + len(strings).to_bytes(4, "little")
    return zlib.compress(head + strings + columns.tobytes(), _LEVEL)


def unpack(data: bytes, text: str, vocab: Vocab) -> Doc:
    """Give the text as it was annotated.

    Args:
        data: what ``pack`` gave for this text with a model of the same language.
        text: the text.
        vocab: takes up the words.
    """
    import numpy as np  # noqa: PLC0415  (as above)
    from spacy.tokens import Doc  # noqa: PLC0415  (takes seconds)

    names, columns = _parts(data)
    sizes, spaced = columns[0].tolist(), columns[1].astype(bool).tolist()
    ends = list(accumulate(size + space for size, space in zip(sizes, spaced, strict=True)))
    starts = [0, *ends[:-1]]
    words = [text[start : start + size] for start, size in zip(starts, sizes, strict=False)]
    doc = Doc(vocab, words=words, spaces=spaced)
    if not words:
        return doc
    hashes = [vocab.strings.add(each) if isinstance(each, str) else _HASHES[each] for each in names]
    named = np.array(hashes, dtype="uint64")[columns[1 + len(_PLAIN) :]]
    written, small = doc.to_array(["ORTH", "LOWER"]).T
    lemma = named[-1]
    named[-1] = np.where(lemma == _hash(_WRITTEN), written, np.where(lemma == _hash(_SMALL), small, lemma))
    plain = columns[2 : 1 + len(_PLAIN)].astype("int64").astype("uint64")
    doc.from_array([*_PLAIN[1:], *_NAMED], np.concatenate([plain, named]).T)  # type: ignore[arg-type]
    return doc


def _parts(data: bytes) -> tuple[list[str | int], Any]:
    import numpy as np  # noqa: PLC0415  (as above)

    whole = zlib.decompress(data)
    count, length = (int.from_bytes(whole[at : at + 4], "little") for at in (0, 4))
    names = json.loads(whole[_HEAD : _HEAD + length])
    return names, np.frombuffer(whole, dtype="<i4", offset=_HEAD + length).reshape(_ROWS, count)


def _hash(number: int) -> Any:
    import numpy as np  # noqa: PLC0415  (as above)

    return np.uint64(number)
