"""Footnote marks taken off the words they are glued to, as in text copied from an encyclopaedia."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.text.normal import Traced

_FOOTNOTE = re.compile(
    r"(?<=[\w.,;:!?)\]\u201d\u2019])\[(?:\d{1,3}|[a-z]{1,2}|(?:note|nb|fn|n\.)\s?\d{1,3})\]"
    r"|\s?\[(?:edit|(?:[a-z]+\s){0,3}needed|(?:by\s)?(?:who|whom|when|where|which)\?"
    r"|dubious(?:\s?[\u2013-]\s?discuss)?|according\sto\swhom\?)\]",
    re.IGNORECASE,
)


def without_footnotes(whole: Traced) -> Traced:
    """Give a stretch without its footnote marks: ``[1]``, ``[note 2]``, ``[citation needed]``."""
    text = whole.text
    keep: list[int] = []
    at = 0
    for found in _FOOTNOTE.finditer(text):
        keep.extend(range(at, found.start()))
        at = found.end()
    if at == 0:
        return whole
    slim = whole.pick((*keep, *range(at, len(text))))
    return slim if slim.text != "" else whole
