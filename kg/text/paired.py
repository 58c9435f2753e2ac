"""Titles, and those told of several persons at once: "the foreign ministers of A and B, X and Y"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.text.scene import is_kind, names_person
from kg.text.titlewords import (
    office_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Token

    from kg.model import Entity, Key, Link
    from kg.text.scene import Scene


_PAIR = 2


@dataclass(frozen=True, slots=True)
class Title:
    """A title that the text gives a person."""

    person: Link
    words: str
    """The office without its state: "defence minister"."""
    side: Entity | None
    office: bool
    """Whether it names an office that is held now, not a rank or a former post."""
    start: int
    end: int


def paired(scene: Scene) -> Iterator[Title]:
    """As in "the foreign ministers of A and B, X and Y": in the same order, where the numbers agree."""
    for head in scene.doc:
        if head.tag_ not in ("NNS", "NNPS") or head.lemma_.lower() not in scene.lexicon.words["titles"]:
            continue
        phrase = scene.doc[head.left_edge.i : head.i]
        behind = _up_to_title(scene, scene.doc[head.i + 1 : min(head.sent.end, head.right_edge.i + 8)])
        around = (*phrase, *(token for token in behind if token.i <= head.right_edge.i))
        sides = _distinct(scene, around, "state", "group")
        holders = _distinct(scene, behind, "person")
        states = [link.entity for link in sides]
        if (
            not sides
            and scene.doc[head.i + 1 : head.i + 2]
            and names_person(scene, min(head.i + 1, len(scene.doc) - 1))
        ):
            states = [_served(scene, holder) for holder in holders]  # "Presidents A and B"
        if len(states) < _PAIR or len(states) != len(holders):
            continue
        words = (
            office_words(scene, [t for t in phrase if t.dep_ in ("amod", "compound")])
            + f" {head.lemma_.lower()}"
        )
        name = scene.lexicon.offices.get(words.strip(), words.strip())
        for side, holder in zip(states, holders, strict=True):
            yield Title(
                holder,
                name,
                side,
                name not in scene.lexicon.words["not_an_office"],
                head.i,
                head.i + 1,
            )


def _served(scene: Scene, holder: Link) -> Entity | None:
    """Give the state that a person is known to serve."""
    person = holder.entity
    within = person.within if person is not None and person.known else None
    return scene.kb.entity(within) if within is not None and within in scene.kb else None


def _up_to_title(scene: Scene, tokens: Iterable[Token]) -> tuple[Token, ...]:
    """The tokens before the next title: "the premiers of A and B, X and Y, and C's envoy, Z" stops at C's.

    The state before that title goes with it, and so do the words back to the last comma or "and".
    """
    kept: list[Token] = []
    for token in tokens:
        if scene.link(token) is None and token.lemma_.lower() in scene.lexicon.words["titles"]:
            while kept and kept[-1].text != "," and kept[-1].lower_ != "and":
                kept.pop()
            break
        kept.append(token)
    return tuple(kept)


def _distinct(scene: Scene, tokens: Iterable[Token], *kinds: str) -> list[Link]:
    """The links of these kinds among the tokens, one an entity, in text order; up to the first verb."""
    found: dict[Key, Link] = {}
    for token in tokens:
        if token.pos_ in ("VERB", "AUX"):
            break
        link = scene.link(token)
        if link is not None and link.entity is not None and is_kind(link.entity, *kinds):
            found.setdefault(link.entity.key, link)
    return list(found.values())
