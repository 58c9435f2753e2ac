"""What two graphs say differently: in facts, each with the claims it rests on.

A fact is one triple with all that is told of it. Pure functions over two ``Side``s; with the sides
turned round the outcome is its own mirror image.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kg.graph.align import align
from kg.graph.differences import (
    CHANGED,
    DISPUTED,
    GAINED,
    GONE,
    LOST,
    MERGED,
    NEW,
    REGROUPED,
    RENAMED,
    SETTLED,
    SPLIT,
    Comparison,
    Difference,
    Regrouping,
    Said,
    place,
)
from kg.graph.sides import Side, view_only
from kg.graph.states import Fact, Frame, alike, disputes, fact_of, frame_of, told_of, traits_of
from kg.vocab import NS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.graph.align import Alignment, Group
    from kg.graph.sides import Triple
    from kg.graph.states import Dispute

STEP = 0.1
"""By how much the confidence in a fact must change to be told: less is the noise of one more word."""

# Of these a thing has one: one gained and one lost is a change.
_SINGLE = {
    f"{NS}location": "place",
    f"{NS}content": "content",
    f"{NS}outcome": "outcome",
    f"{NS}votesFor": "votes",
    f"{NS}votesAgainst": "votes",
    f"{NS}abstentions": "votes",
}


def compare(before: Side, after: Side, *, step: float = STEP) -> Comparison:
    """Give what the later graph says otherwise than the earlier one.

    A graph without claims (an export of the plain facts) is compared by its facts alone.

    Args:
        before: the earlier graph.
        after: the later one.
        step: by how much the confidence in a fact must change to be a difference.
    """
    if _bare(before) or _bare(after):
        before, after = view_only(before), view_only(after)
    found = align(before, after)
    frames = (
        frame_of(before, found.before, _names_of_articles(before, after)),
        frame_of(after, found.after, _names_of_articles(after, before)),
    )
    facts = sorted(_differences(*frames, found, step), key=place)
    things = sorted(_regroupings(found, before, after), key=lambda one: (one.kind, one.before, one.after))
    return Comparison(
        tuple(things),
        tuple(facts),
        tuple(sorted(after.articles.keys() - before.articles.keys())),
        tuple(sorted(before.articles.keys() - after.articles.keys())),
        tuple(
            sorted(
                key
                for key in before.articles.keys() & after.articles.keys()
                if before.articles[key] != after.articles[key]
            )
        ),
    )


def _bare(side: Side) -> bool:
    return bool(side.view) and not side.claims


def _names_of_articles(side: Side, other: Side) -> dict[str, str]:
    """Give what an article is known by in both graphs: its text where both have it, else its id."""
    shared = set(side.articles.values()) & set(other.articles.values())
    return {key: text if text in shared else key for key, text in side.articles.items()}


def _regroupings(found: Alignment, before: Side, after: Side) -> Iterator[Regrouping]:
    """Yield what became of events, stances and texts; delegations go with their events."""
    for group in found.groups:
        what = {before.moving[iri] for iri in group.before} | {after.moving[iri] for iri in group.after}
        if what == {"delegation"}:
            continue
        left = tuple((iri, before.label(iri)) for iri in group.before)
        right = tuple((iri, after.label(iri)) for iri in group.after)
        kind = _kind(group, left, right)
        if kind is not None:
            yield Regrouping(kind, min(what), left, right)


def _kind(group: Group, left: tuple[tuple[str, str], ...], right: tuple[tuple[str, str], ...]) -> str | None:
    if not left or not right:
        return GONE if left else NEW
    if group.kept:
        return RENAMED if left[0][1] != right[0][1] else None
    if len(left) > 1 and len(right) > 1:
        return REGROUPED
    return MERGED if len(left) > 1 else SPLIT


def _differences(one: Frame, two: Frame, found: Alignment, step: float) -> Iterator[Difference]:
    quarrels = disputes(one), disputes(two)
    only = {side: quarrels[side].keys() - quarrels[1 - side].keys() for side in (0, 1)}
    denials = {
        triple for side in (0, 1) for key in only[side] if quarrels[side][key].is_denial for triple, _ in key
    }
    yield from (_quarrel(SETTLED, quarrels[0][key], one) for key in only[0])
    yield from (_quarrel(DISPUTED, quarrels[1][key], two) for key in only[1])
    yield from _of_traits(one, two, found)
    ours, theirs = _unlike(one, two)
    swapped = dict(_swapped(ours, theirs, found))
    replaced = {*swapped, *swapped.values()}
    for key in ours.keys() | theirs.keys():
        left, right = ours.get(key), theirs.get(key)
        if left is not None and right is not None:
            yield from _changed(left, right, (one, two), step=step, quarrel=key in denials)
        elif key not in replaced:
            yield _alone(left, right, (one, two))
    for old, new in swapped.items():
        facet = _SINGLE[new[1]]
        yield Difference(
            CHANGED,
            facet,
            _fact(ours[old], one, ours[old].object),
            _fact(theirs[new], two, theirs[new].object),
        )


def _unlike(one: Frame, two: Frame) -> tuple[dict[Triple, Fact], dict[Triple, Fact]]:
    """Give the facts of both graphs, but those that both have just alike: most of them, as a rule."""
    frames, told = (one, two), (told_of(one), told_of(two))
    keys = [
        key
        for key in told[0].keys() | told[1].keys()
        if not alike(told[0].get(key), told[1].get(key), frames)
    ]
    ours, theirs = (
        {key: fact_of(told[at][key], frames[at]) for key in keys if key in told[at]} for at in (0, 1)
    )
    return ours, theirs


def _quarrel(kind: str, pair: Dispute, frame: Frame) -> Difference:
    claims = tuple(sorted(chain(*pair.sides), key=lambda claim: claim.id))
    first = pair.sides[0][0]
    said = Said(first.triple, first.names, "", frame.about(first.triple), claims)
    return Difference(kind, "dispute", said if kind == SETTLED else None, said if kind == DISPUTED else None)


def _of_traits(one: Frame, two: Frame, found: Alignment) -> Iterator[Difference]:
    """Yield the events whose status or day is another now; merged events need only one that had it before."""
    ours, theirs = traits_of(one), traits_of(two)
    for key in sorted(ours.keys() | theirs.keys()):
        left, right = ours.get(key), theirs.get(key)
        values = (set() if left is None else left.values), (set() if right is None else right.values)
        group = found.group(key[0])
        several = group is not None and not group.kept and left is not None and right is not None
        if values[0] == values[1] or (several and (values[0] <= values[1] or values[1] <= values[0])):
            continue
        before = (
            None
            if left is None
            else Said(left.triple, left.names, left.text, one.about(left.triple), left.claims)
        )
        after = (
            None
            if right is None
            else Said(right.triple, right.names, right.text, two.about(right.triple), right.claims)
        )
        yield Difference(_presence(before, after), key[1], before, after)


def _presence(before: Said | None, after: Said | None) -> str:
    return GAINED if before is None else LOST if after is None else CHANGED


def _swapped(
    ours: Mapping[Triple, Fact], theirs: Mapping[Triple, Fact], found: Alignment
) -> Iterator[tuple[Triple, Triple]]:
    """Yield what was replaced: the one place that is lost, and the one that is gained, of one event."""
    lost, gained = ours.keys() - theirs.keys(), theirs.keys() - ours.keys()
    slots: dict[tuple[str, str], tuple[list[Triple], list[Triple]]] = {}
    for side, keys in enumerate((lost, gained)):
        for key in keys:
            group = found.group(key[0])
            if key[1] in _SINGLE and group is not None and group.before and group.after:
                slots.setdefault(key[:2], ([], []))[side].append(key)
    yield from ((old[0], new[0]) for old, new in slots.values() if len(old) == len(new) == 1)


def _alone(left: Fact | None, right: Fact | None, frames: tuple[Frame, Frame]) -> Difference:
    before = None if left is None else _fact(left, frames[0], left.told)
    after = None if right is None else _fact(right, frames[1], right.told)
    return Difference(_presence(before, after), "", before, after)


def _fact(fact: Fact, frame: Frame, value: str) -> Said:
    return Said(fact.triple, fact.names, value, frame.about(fact.triple), fact.claims)


def _changed(
    left: Fact, right: Fact, frames: tuple[Frame, Frame], *, step: float, quarrel: bool
) -> Iterator[Difference]:
    """Yield what has changed of a fact that both have: the weightiest of it, once."""
    facet = _facet(left, right, step=step, quarrel=quarrel)
    if facet == "sources":  # only those that the other does not have
        left, right = (
            left.told_by(left.sources - right.sources, frames[0].articles),
            right.told_by(right.sources - left.sources, frames[1].articles),
        )
    if facet is not None:
        values = left.value(facet), right.value(facet)
        yield Difference(
            CHANGED, facet, _fact(left, frames[0], values[0]), _fact(right, frames[1], values[1])
        )


def _facet(left: Fact, right: Fact, *, step: float, quarrel: bool) -> str | None:
    if left.denied != right.denied and not quarrel:
        return "negation"
    if left.modality != right.modality:
        return "modality"
    if left.holds != right.holds:
        return "view"
    if left.sources != right.sources:
        return None if quarrel else "sources"
    if left.speakers != right.speakers:
        return "speaker"
    # Confidence is written with two digits: half a digit more than asked for is no more than asked for.
    return "confidence" if abs(left.confidence - right.confidence) > step - 0.005 else None
