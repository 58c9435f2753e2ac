"""The members of a team in a row of names and titles, read from left to right where the parse loses its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.party import Party
from kg.text.placing import POSSESSIVE
from kg.text.scene import is_kind, names_person
from kg.text.titlewords import is_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Link
    from kg.text.scene import Scene

_LONGEST = 70
"""Tokens of a roster; ministries' releases give three or four members with a title each."""
_BREAKS = frozenset(
    ("who", "which", "whose", "whom", "where", "when", "while", "but", "as", "that", "(", '"', "\u201c", ":")
)
_INSIDE = frozenset(("of", "by", "from"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD", "VBN", "VBG", "VB"))


def roster(scene: Scene, start: int) -> Iterator[Party]:
    """Give the persons of ``the envoy, A; B, adviser to C; and General D`` from a token on.

    A row ends at a verb, at a relative clause, at a preposition right behind a name, and before a name that is
    the subject of a verb further on.
    """
    if start >= len(scene.doc):
        return
    at, end = start, min(scene.doc[start].sent.end, start + _LONGEST)
    while at < end:
        token, link = scene.doc[at], scene.link(scene.doc[at])
        if link is not None and is_kind(link.entity, "person"):
            if _begins_clause(scene, link):
                return
            if not _is_owner(scene, link, start):
                assert link.entity is not None
                yield Party(link.entity, "name", at)
            at = link.mention.tokens.end
            continue
        if link is None and _ends(scene, token, start):
            return
        if is_kind(link.entity if link is not None else None, "state", "group") and _led_by(scene, at):
            return  # "was represented by A, and Chad by B"
        at += 1


def _led_by(scene: Scene, at: int) -> bool:
    return at + 1 < len(scene.doc) and scene.doc[at + 1].lower_ == "by"


def _ends(scene: Scene, token: Token, start: int) -> bool:
    if token.lower_ in _BREAKS or (token.tag_ in _FINITE and not is_title(scene, token)):
        return True
    behind_name = token.i > start and names_person(scene, token.i - 1)
    return token.pos_ in ("ADP", "PART") and behind_name and token.lower_ not in _INSIDE | POSSESSIVE


def _begins_clause(scene: Scene, link: Link) -> bool:
    """As in "included A and B, and C said": C is the subject of a clause of its own."""
    head = scene.head(link)
    return head.dep_ in ("nsubj", "nsubjpass") and head.head.i > head.i and head.head.pos_ in ("VERB", "AUX")


def _is_owner(scene: Scene, link: Link, start: int) -> bool:
    """As in "an aide to President A", "A's adviser": somebody else is the member."""
    first, after = link.mention.tokens.start, link.mention.tokens.end
    if after < len(scene.doc) and scene.doc[after].lower_ in POSSESSIVE:
        return True
    titled = False
    for at in range(first - 1, start - 1, -1):
        token = scene.doc[at]
        if token.text in (",", ";") or token.lower_ in ("and", "by"):
            return False
        if token.lower_ in ("to", "of"):
            return titled
        titled |= is_title(scene, token) or token.lemma_.lower() in scene.lexicon.words["groups"]
    return False
