"""The members of an enumeration, also where the parser takes some of them for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.placing import POSSESSIVE
from kg.text.scene import is_kind
from kg.text.syntax import children, conjuncts, prepositional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Link
    from kg.text.scene import Scene

_APPOSITION = 16
"""Words of an apposition between two names of an enumeration."""
_CLOSED = 2
"""Commas around an apposition."""


def members(scene: Scene, token: Token) -> Iterator[Token]:
    """The members of an enumeration; the parser takes some of "A, B, C and D" for appositions."""
    team = _team_behind(scene, token)
    if team is not None:
        yield team
        return
    listed = list(conjuncts(token))
    if len(listed) == 1:
        listed += _behind_apposition(scene, token)
    for head in listed:
        yield head
        yield from _beside_person(scene, head)
        yield from _beside_title(scene, head)
        if not _is_body(scene, head):
            continue
        for child in children(head, "appos"):
            if _is_body(scene, child):
                yield from members(scene, child)


def _team_behind(scene: Scene, token: Token) -> Token | None:
    """As in "At a meeting with the envoy, X, the Chadian delegation left": no person is a delegation."""
    link = scene.link(token)
    if link is None or not is_kind(link.entity, "person") or token.dep_ not in ("nsubj", "nsubjpass"):
        return None
    teams = [c for c in children(token, "appos") if c.lemma_.lower() in scene.lexicon.words["delegations"]]
    return teams[0] if len(teams) == 1 else None


def _beside_person(scene: Scene, head: Token) -> Iterator[Token]:
    """The next of a list that the parser hung on a person: "A of X and B of Y", "A, the premier, B"."""
    link = scene.link(head)
    if link is None or not is_kind(link.entity, "person"):
        return
    yield from _left_behind(scene, head, link)
    for body in prepositional(head, "of"):
        for other in children(body, "conj"):
            if _person(scene, other) is not None:
                yield from members(scene, other)
    for other in children(head, "appos"):
        beside = _person(scene, other)
        if beside is not None and _is_owned(scene, beside):
            yield other  # "A's X and B's Y"
        if scene.link(other) is None and other.lemma_.lower() in scene.lexicon.words["titles"]:
            yield from (name for name in children(other, "appos") if _person(scene, name) is not None)


def _beside_title(scene: Scene, head: Token) -> Iterator[Token]:
    """As in "the X leader, A, and the Y leader, B, met": the second title, which the parser joins to A."""
    if scene.link(head) is not None or head.lemma_.lower() not in scene.lexicon.words["titles"]:
        return
    for name in children(head, "appos"):
        if _person(scene, name) is not None:
            yield from (other for other in conjuncts(name) if other != name)


def _person(scene: Scene, token: Token) -> Link | None:
    link = scene.link(token)
    return link if link is not None and is_kind(link.entity, "person") else None


def _is_owned(scene: Scene, link: Link) -> bool:
    before = link.mention.tokens.start - 1
    return before > 0 and scene.doc[before].lower_ in POSSESSIVE


def _left_behind(scene: Scene, head: Token, link: Link) -> Iterator[Token]:
    """As in "President A and X leader B met": A, whom the parser makes a modifier of B's name."""
    seen = {id(link)}
    for token in scene.doc[head.left_edge.i : link.mention.tokens.start]:
        other = scene.link(token)
        if other is None or id(other) in seen or not is_kind(other.entity, "person"):
            continue
        seen.add(id(other))
        behind = [t.lower_ for t in scene.doc[other.mention.tokens.end : link.mention.tokens.start]]
        if behind[:1] and behind[0] not in POSSESSIVE and "and" in behind and "," not in behind:
            yield scene.head(other)


def _behind_apposition(scene: Scene, token: Token) -> list[Token]:
    """As in "by X, a secretary in the ministry, and Y": the second name, which the parser loses."""
    first = scene.link(token)
    if first is None or not is_kind(first.entity, "person"):
        return []
    start = first.mention.tokens.end
    commas = 0
    for i in range(start, min(token.sent.end - 1, start + _APPOSITION)):
        word, behind = scene.doc[i], scene.link(scene.doc[i + 1])
        if word.pos_ in ("VERB", "AUX") or (i == start and word.text != ","):
            return []
        commas += word.text == ","
        if word.lower_ == "and" and commas == _CLOSED and scene.doc[i - 1].text == "," and behind is not None:
            other = scene.head(behind)
            same_clause = other.dep_ not in ("nsubj", "nsubjpass") or token.dep_ in ("nsubj", "nsubjpass")
            return [other] if is_kind(behind.entity, "person") and same_clause else []
    return []


def _is_body(scene: Scene, token: Token) -> bool:
    link = scene.link(token)
    return link is not None and is_kind(link.entity, "state", "group")
