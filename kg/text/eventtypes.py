"""Which class of event a noun names: talks, a meeting, a call, a visit, a vote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Term
from kg.text.syntax import prepositional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.text.scene import Scene


INDIRECT = Term("dip:IndirectTalks")


TALKS = Term("dip:Talks")


def event_type(scene: Scene, token: Token) -> Term | None:
    """Give the class of event that a noun names, or None."""
    if token.pos_ not in ("NOUN", "PROPN") or (token.dep_ in ("compound", "nmod") and _is_modifier(token)):
        return None
    lemma, kinds = token.lemma_.lower(), scene.lexicon.kinds
    for row in scene.lexicon.events:
        if lemma not in row["nouns"]:
            continue
        if lemma in row.get("plural", ()) and token.tag_ not in ("NNS", "NNPS"):
            continue
        modifiers = {child.lower_ for child in token.children}
        if row.get("needs_adjective") and not modifiers & set(row["adjectives"]):
            continue
        if row.get("needs_of") and not _round_of_talks(scene, token, modifiers):
            continue
        if row["type"] == TALKS and modifiers & kinds["indirect"]:
            return INDIRECT
        if row["type"] == "dip:Meeting" and modifiers & kinds["phone"]:
            return Term("dip:Call")
        return Term(row["type"])
    return None


def _is_modifier(token: Token) -> bool:
    return token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN")


def _round_of_talks(scene: Scene, token: Token, modifiers: set[str]) -> bool:
    """As in "round" alone is of talks only when told apart by number, order or of-phrase."""
    if any(True for _ in partitive(scene, token)):
        return True
    if any(_is_of_others(scene, word) for word in prepositional(token, "of")):
        return False
    if any(c.dep_ in ("compound", "nmod", "amod") and scene.link(c) is not None for c in token.children):
        return True
    if any(c.dep_ == "poss" and c.ent_type_ == "DATE" for c in token.children):
        return True
    if prepositional(token, "between"):
        return True
    known = scene.lexicon.kinds["previous"] | scene.lexicon.kinds["next"] | scene.lexicon.ordinals.keys()
    return bool(modifiers & (known | {"negotiating", "latest", "final", "the"}))


def _is_of_others(scene: Scene, word: Token) -> bool:
    """As in "the second round of elections", "the latest round of sanctions"."""
    lemma = word.lemma_.lower()
    return lemma in _NO_TALKS or names_deed(scene, lemma)


def names_deed(scene: Scene, lemma: str) -> bool:
    """Tell whether a noun is itself the name of a deed or a stance: strike, sanction, protest."""
    return any(frame.type is not None for frame in scene.lexicon.by_noun.get(lemma, ()))


_NO_TALKS = frozenset(
    (
        "election",
        "voting",
        "vote",
        "ballot",
        "violence",
        "fighting",
        "clash",
        "shelling",
        "applause",
        "drink",
        "layoff",
    )
)


def partitive(scene: Scene, token: Token) -> Iterator[Token]:
    """The talks of "a second round of peace talks"."""
    if token.lemma_.lower() not in ("round", "session", "series", "day", "set", "cycle", "stage", "phase"):
        return
    for word in prepositional(token, "of"):
        if event_type(scene, word) is not None:
            yield word
            yield from partitive(scene, word)
