"""Titles beside names: which office a source gives a person, and for whom the person stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Term
from kg.text.beside import before_name, behind_name
from kg.text.paired import Title, paired, side_behind
from kg.text.placing import POSSESSIVE
from kg.text.scene import Holder, is_kind, names_person
from kg.text.tenure import fuller
from kg.text.titlewords import GLUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.model import Entity, Key, Link
    from kg.text.scene import Scene

_EQUALS = frozenset(("counterpart", "colleague", "opposite number"))
_DEPARTMENT = (" minister", " ministers", " secretary")


def titles(scene: Scene) -> tuple[Title, ...]:
    """Give every title that stands before or after a person's name, in text order."""
    out = []
    for link in scene.links:
        if not is_kind(link.entity, "person"):
            continue
        before, after = before_name(scene, link), behind_name(scene, link)
        if (
            after is not None
            and _precedes_name(scene, after)
            and (before is not None or not _told_behind(scene, after))
        ):
            after = None  # "the envoy, X, the secretary of state, Y": the second title is Y's
        if before is not None and _is_of_name_before(scene, link, before):
            before = None  # "X, the envoy, Y, the secretary of state": the first title is X's
        out += [title for title in (before, after) if title is not None]
    found = (*out, *paired(scene))
    return fuller([_equal(scene, title, found) for title in found])


def _equal(scene: Scene, title: Title, others: tuple[Title, ...]) -> Title:
    """As in "Foreign Minister X and his Chadian counterpart, Y": Y is the foreign minister of Chad.

    Only for ministers of a department: the equal of a president or a premier may be called otherwise.
    """
    if title.side is None or title.words not in _EQUALS:
        return title
    sentence = scene.doc[title.start].sent.start
    earlier = [o for o in others if sentence <= o.start < title.start and _may_share(scene, title, o)]
    earlier = earlier or _of_whom(scene, title, others)
    if not earlier:
        return title
    nearest = max(earlier, key=lambda other: other.start)
    return replace(title, words=nearest.words, office=True)


def _of_whom(scene: Scene, title: Title, others: tuple[Title, ...]) -> list[Title]:
    """As in "X and his Chadian counterpart, Y": the office that X was given elsewhere in the article."""
    start, sentence = title.start, scene.doc[title.start].sent.start
    before = [link for link in scene.links if sentence <= link.mention.tokens.start < start]
    persons = [link for link in before if is_kind(link.entity, "person")]
    pronoun = scene.doc[start].lower_ in _HIS or (start > 0 and scene.doc[start - 1].lower_ in _HIS)
    demonym = start > 1 and scene.doc[start - 2].lower_ in _HIS
    if len({link.entity for link in persons}) != 1 or not (pronoun or demonym):
        return []
    return [o for o in others if o.person.entity == persons[0].entity and _may_share(scene, title, o)]


def _may_share(scene: Scene, title: Title, other: Title) -> bool:
    """Tell whether an office is one that a counterpart has, too."""
    return other.office and (other.words.endswith(_DEPARTMENT) or _heads_too(scene, title, other))


_HIS = frozenset(("his", "her"))


def _heads_too(scene: Scene, title: Title, other: Title) -> bool:
    """Tell whether the equal of a president is known to be head of state as well."""
    person = title.person.entity
    if other.words != "president" or person is None or title.side is None or not person.known:
        return False
    held = scene.kb.offices_of(person.key)
    return any(tenure.role == "head-of-state" and tenure.of == title.side.key for tenure in held)


def holders(found: Iterable[Title]) -> tuple[Holder, ...]:
    """Give who bears which title, for those that are called by the title alone later on."""
    return tuple(
        Holder(title.start, title.words, title.person.entity, title.side)
        for title in found
        if title.person.entity is not None
    )


def _precedes_name(scene: Scene, title: Title) -> bool:
    position = title.end + (1 if title.end < len(scene.doc) and scene.doc[title.end].text == "," else 0)
    return position < len(scene.doc) and names_person(scene, position)


def _told_behind(scene: Scene, title: Title) -> bool:
    """Tell whether the name after a title has one of its own behind it: ``X, the envoy, Y, the premier``."""
    position = title.end + 1
    link = scene.link(scene.doc[position]) if position < len(scene.doc) else None
    return link is not None and behind_name(scene, link) is not None


def _is_of_name_before(scene: Scene, link: Link, title: Title) -> bool:
    """Tell whether the title between two names and commas belongs to the name before it."""
    before = title.start - 1
    while before > 0 and scene.doc[before].lower_ in GLUE:
        before -= 1
    closed = (
        scene.doc[link.mention.tokens.start - 1].text == "," and before > 0 and scene.doc[before].text == ","
    )
    return closed and names_person(scene, before - 1) and behind_name(scene, link) is not None


def stands_for(scene: Scene, found: tuple[Title, ...]) -> Mapping[Key, Entity]:
    """Give for each person the state or group that titles and of-phrases put behind them."""
    out: dict[Key, Entity] = {}
    for title in found:
        person = title.person.entity
        assert person is not None
        if title.side is not None:
            out.setdefault(person.key, title.side)
    for link in scene.links:
        if is_kind(link.entity, "person"):
            side = _of_side(scene, link)
            assert link.entity is not None
            if side is not None:
                out.setdefault(link.entity.key, side)
    return out


def _of_side(scene: Scene, link: Link) -> Entity | None:
    """As in "Getachew Reda of the TPLF", "Bosnia's Bisera Turkovic"."""
    behind = side_behind(scene, link)
    if behind is not None:
        return behind
    start = link.mention.tokens.start
    if start >= 2 and scene.doc[start - 1].lower_ in POSSESSIVE:
        before = scene.link(scene.doc[start - 2])
        if before is not None and is_kind(before.entity, "state", "group"):
            return before.entity
    return None


OFFICE = Term("dip:Office")
