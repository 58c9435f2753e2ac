"""Elided heads in parallel clauses, read from the row of words because the parser loses them.

"X's team was led by A, Y's by B"; "the X side was led by A and the Y side by B"; "that of Y by B";
"an X team under A and a Y one under B"; "theirs was led by A, and ours by B". The small model hangs the second side on the first leader, so the tree is of no use: after a clause
with a leader, a side followed by "by" and a person repeats the clause.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Term
from kg.text.parties import speaking_side
from kg.text.scene import is_kind, names_person

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Entity, Role
    from kg.text.scene import Scene
    from kg.text.seeds import Seed
    from kg.text.workshop import Workshop

_LEADS = frozenset((Term("dip:leads"), Term("dip:memberOf")))
_REACH = 7
_BY = frozenset(("by", "under"))
_GIVES_AWAY = frozenset(("by", "under", "that", "one", "side", "team", "delegation", "'s", "\u2019s"))
"""Tokens between the second side and its "by"."""
_SKIP = frozenset(
    ("'s", "\u2019s", "'", "\u2019", "side", "delegation", "team", "that", "of", "the", "one", "group", "negotiators", "was",
     "is", "rebels", "government", "movement", "party", "led", "headed", "by")
)  # fmt: skip


def add_gapped(shop: Workshop) -> None:
    """Add the leaders that parallel clauses tell without repeating verb or noun."""
    for seed in list(shop.seeds):
        for role in [role for role in seed.roles if role.predicate in _LEADS]:
            first = _leader_token(shop.scene, seed.token, role.filler)
            if first is None:
                continue
            for person, told in _parallel(shop.scene, first, seed.tokens):
                side = _at_the_table(shop, told, first)
                _lead_for(shop, seed, replace(role, filler=person.key, side=side.key, score=0.8))
                seed.parties.setdefault(side.key, side)


def _lead_for(shop: Workshop, seed: Seed, role: Role) -> None:
    """Let somebody lead another side, unless a clause of its own says whom; what the parser gave to the first side goes."""
    known = [(s, r) for s in shop.seeds for r in s.roles if r.predicate in _LEADS and r.filler == role.filler]
    own = [r for s, r in known if s is seed]
    if len(own) != len(known):
        return
    for misread in own:
        seed.roles.remove(misread)
    seed.add(role)


def _at_the_table(shop: Workshop, side: Entity, token: Token) -> Entity:
    """As in "the A side" where a movement of A is at the talks, and its state is not: the movement."""
    known = shop.context(token.i)
    own = [entity for entity in known if entity.within == side.key and is_kind(entity, "group")]
    return own[0] if len(own) == 1 and side not in known else side


def _leader_token(scene: Scene, near: int, key: str) -> Token | None:
    sentence = scene.doc[near].sent
    for sent in (sentence, *([scene.doc[sentence.end].sent] if sentence.end < len(scene.doc) else [])):
        for link in scene.links:
            start = link.mention.tokens.start
            if link.entity is not None and link.entity.key == key and sent.start <= start < sent.end:
                return scene.doc[link.mention.tokens.end - 1]
    return None


def _parallel(scene: Scene, after: Token, own: set[int]) -> list[tuple[Entity, Entity]]:
    """Give the pairs of person and side that repeat the clause of a leader, up to the next verb."""
    out = []
    for token in scene.doc[after.i + 1 : after.sent.end]:
        if token.pos_ == "VERB" and token.i not in own and token.lower_ not in _BY and not _is_led(token):
            break
        person, side = _pair(scene, token, after.i)
        if person is not None and side is not None:
            out.append((person, side))
    return out


def _is_led(verb: Token) -> bool:
    """As in "and a Y team led by B": which goes on with the row."""
    return verb.lower_ in ("led", "headed") and verb.i + 1 < len(verb.doc) and verb.nbor(1).lower_ == "by"


def _pair(scene: Scene, token: Token, stop: int) -> tuple[Entity | None, Entity | None]:
    """Read one parallel clause at the word that gives it away: by, one, that of, 's."""
    if token.lower_ not in _GIVES_AWAY:
        return None, None
    i, end = token.i, token.sent.end
    if token.lower_ in _BY:
        return _person_after(scene, i, end), _side_before(scene, i, stop)
    if (
        token.lower_ == "that"
        and i + 2 < end
        and scene.doc[i + 1].lower_ == "of"
        and names_person(scene, i - 1)
    ):
        return _person_before(scene, i, stop), _side_after(scene, i + 2, end)
    if token.lower_ in ("one", "side", "team", "delegation") and _is_bare(scene, i, stop):
        return _person_before(scene, i, stop), _side_before(scene, i, stop)
    if (
        token.text in ("'s", "\u2019s")
        and _is_bare(scene, i, stop)
        and i + 1 < end
        and scene.link(scene.doc[i + 1]) is None
    ):
        return _person_before(scene, i - 1, stop), _side_before(scene, i, stop)
    return None, None


def _is_bare(scene: Scene, position: int, stop: int) -> bool:
    """As in "… and Lavrov the Russian one": nothing but an article between person and side."""
    i = position - 1
    while i > stop and not names_person(scene, i):
        if scene.link(scene.doc[i]) is None and scene.doc[i].lower_ not in ("the", "'s", "\u2019s"):
            return False
        i -= 1
    return i > stop


def _side_after(scene: Scene, start: int, end: int) -> Entity | None:
    for i in range(start, min(end, start + 3)):
        link = scene.link(scene.doc[i])
        if link is not None:
            return link.entity if is_kind(link.entity, "state", "group") else None
    return None


def _person_before(scene: Scene, position: int, stop: int) -> Entity | None:
    for i in range(position - 1, max(stop, position - _REACH), -1):
        link = scene.link(scene.doc[i])
        if link is not None and is_kind(link.entity, "person"):
            return link.entity
    return None


def _side_before(scene: Scene, by: int, stop: int) -> Entity | None:
    for i in range(by - 1, max(stop, by - _REACH), -1):
        token = scene.doc[i]
        link = scene.link(token)
        if link is not None:
            return link.entity if is_kind(link.entity, "state", "group") else None
        if token.lower_ == "government" and (scene.cast.state or scene.ruled) is not None:
            return scene.cast.state or scene.ruled
        if token.lower_ == "ours":
            return speaking_side(scene, token)
        if token.lower_ not in _SKIP:
            return None
    return None


def _person_after(scene: Scene, by: int, end: int) -> Entity | None:
    for i in range(by + 1, min(end, by + _REACH)):
        link = scene.link(scene.doc[i])
        if link is not None and is_kind(link.entity, "person"):
            return link.entity
        word = scene.doc[i]
        pressed = scene.doc[by].lower_ == "under" and word.pos_ == "ADP"  # "under pressure from X"
        if word.is_punct or word.pos_ == "VERB" or pressed:
            return None
    return None
