"""Whether an office is held now, and its fuller name where the article gives one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.text.syntax import is_passive

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Token

    from kg.model import Entity, Link
    from kg.text.paired import Title
    from kg.text.scene import Scene

_GOES = frozenset(("resign", "retire", "abdicate", "quit", "die"))
_IS_SENT = frozenset(
    (
        "dismiss",
        "sack",
        "oust",
        "depose",
        "topple",
        "overthrow",
        "assassinate",
        "murder",
        "slay",
        "kill",
        "impeach",
    )
)
_STILL = frozenset(("will", "would", "may", "might", "could", "can", "should", "'ll", "must"))
_OTHER = frozenset(("deputy", "vice", "acting", "interim", "assistant", "under", "former", "and", "to"))
"""Words that make another office of one: a president is no vice president."""


def has_left(scene: Scene, link: Link) -> bool:
    """Tell whether the sentence says that somebody has left office: "President X, who was ousted in May"."""
    head = scene.head(link)
    verbs = [head.head] if head.dep_ in ("nsubj", "nsubjpass") else []
    verbs += [child for child in head.children if child.dep_ == "relcl"]
    return any(_leaves(verb) for verb in verbs)


def _leaves(verb: Token) -> bool:
    if verb.pos_ != "VERB" or verb.tag_ not in ("VBD", "VBN"):
        return False
    if any(child.dep_ == "neg" or child.lower_ in _STILL for child in verb.children):
        return False
    if is_passive(verb):
        return verb.lemma_ in _IS_SENT
    down = verb.lemma_ == "step" and any(child.lower_ in ("down", "aside") for child in verb.children)
    return down or (verb.lemma_ in _GOES and not any(child.dep_ == "dobj" for child in verb.children))


def fuller(found: Sequence[Title]) -> tuple[Title, ...]:
    """Give titles in the longest form the article has for the person: "Deputy Secretary X", "Minister X" later on."""
    by_person: dict[Entity, list[Title]] = {}
    for title in found:
        if title.office and title.person.entity is not None:
            by_person.setdefault(title.person.entity, []).append(title)
    return tuple(
        _longest(title, by_person.get(title.person.entity, ())) if title.person.entity is not None else title
        for title in found
    )


def _longest(title: Title, others: Iterable[Title]) -> Title:
    words = title.words.split()
    longer = [other for other in others if _says_more(words, other.words.split()) and _may_be(title, other)]
    if not longer or not title.office:
        return title
    best = max(longer, key=lambda other: (len(other.words.split()), other.side is not None))
    return replace(title, words=best.words, side=best.side if best.side is not None else title.side)


def _says_more(words: list[str], longer: list[str]) -> bool:
    rest = list(longer)
    for word in words:
        if word not in rest:
            return False
        rest.remove(word)
    return bool(rest) and _OTHER.isdisjoint(rest)


def _may_be(title: Title, other: Title) -> bool:
    return title.side is None or other.side is None or title.side.key == other.side.key
