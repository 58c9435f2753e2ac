"""Extraction: from an annotated, linked article to its event mentions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import (
    ACTUAL,
    EXPECTED,
    HELD,
    ONGOING,
    PLANNED,
    POSSIBLE,
    PROPOSED,
    REFUSED,
    Abstention,
    Entity,
    EventMention,
    Key,
    Role,
    Stance,
    Term,
)
from kg.text.anchor import anchor_of
from kg.text.apply import apply_frames
from kg.text.bind import bind_places, bind_times, drop_wider
from kg.text.companions import add_companions
from kg.text.gapping import add_gapped
from kg.text.held import held_office, is_told, office_holders, office_of, with_side
from kg.text.identity import identify
from kg.text.legs import add_legs
from kg.text.lengths import join_ends
from kg.text.offices import holders, stands_for, titles
from kg.text.onebyone import part_one_by_one
from kg.text.seeds import EVENTS, INSTRUMENTS, MEETINGS, PARTICIPATES, STANCES, Seed, noun_seeds
from kg.text.series import follows
from kg.text.settling import give_up_plans, settle
from kg.text.votes import add_texts, add_votes
from kg.text.workshop import Workshop
from kg.text.worth import concerns_diplomacy, known_actors, worthy_events

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.text.happening import Happening
    from kg.text.scene import Scene

_SITTINGS = frozenset((Term("dip:Talks"), Term("dip:IndirectTalks"), Term("dip:Meeting")))
_AROUND = frozenset(("after", "following", "before", "since"))
_INSTRUMENT_ROLES = frozenset((Term("dip:signs"), Term("dip:adopts"), Term("rdf:type")))


def extract(scene: Scene) -> tuple[tuple[EventMention, ...], tuple[Entity, ...], tuple[Abstention, ...]]:
    """Give the event mentions of an article, entities first met on the way, and what was not taken."""
    found = titles(scene)
    scene = replace(scene, holders=holders(found))
    shop = Workshop(scene, noun_seeds(scene), stands_for(scene, found), [])
    apply_frames(shop)
    add_gapped(shop)
    add_legs(scene, shop.seeds)
    add_companions(shop)
    add_votes(scene, shop.seeds)
    anchor = anchor_of(scene)
    bind_times(scene, shop.seeds, anchor=anchor)
    bind_places(scene, shop.seeds)
    settle(scene, shop.seeds, anchor)
    part_one_by_one(shop)
    add_texts(shop.seeds)
    happenings = identify(shop.seeds, anchor)
    for happening in happenings:
        give_up_plans(scene, happening.seeds)
        join_ends(happening.seeds)
        drop_wider(happening.seeds)
    kept = [seed for seed in shop.seeds if seed.key is not None]
    for seed in kept:
        for text in (seed.instrument, seed.produces):
            if text is not None:
                text.referred = True
    worthy = worthy_events(scene, happenings, shop)
    known = known_actors(scene, happenings, shop) | office_holders(scene, found)
    pending = {h.key: _pending(h) for h in happenings}
    kinds = _kinds(kept)
    mentions = [m for seed in kept if (m := _mention(scene, seed, worthy, kinds, pending, known)) is not None]
    mentions += _refused_meetings(scene, kept)
    mentions += _series(scene, happenings, worthy)
    held = [(with_side(t, shop), scene.evidence(scene.doc[t.start])) for t in found if t.office]
    held = [(title, where) for title, where in held if is_told(scene, title)]
    mentions += [held_office(title, where) for title, where in held]
    offices = tuple(office_of(title) for title, _ in held)
    speakers = [s.commitment.speaker for s in shop.seeds if s.commitment.speaker is not None]
    told = [e for s in shop.seeds for e in (*s.places.values(), *s.parties.values(), *s.helpers.values())]
    return ordered(mentions), (*offices, *speakers, *told), tuple(shop.abstentions)


def ordered(mentions: Sequence[EventMention]) -> tuple[EventMention, ...]:
    """Give mentions in the order of their sentences."""
    return tuple(sorted(mentions, key=lambda m: (m.evidence, m.key, m.type, str(m.roles))))


def _mention(
    scene: Scene,
    seed: Seed,
    worthy: frozenset[Key],
    kinds: Mapping[Key, Term],
    pending: Mapping[Key, Term | None],
    known: frozenset[Key],
) -> EventMention | None:
    assert seed.key is not None
    if seed.type in MEETINGS | {"dip:Visit", "dip:Event"} and seed.key not in worthy:
        return None
    if not concerns_diplomacy(scene, seed, known):
        return None
    roles = [_as_planned(role, pending.get(seed.key)) for role in (*seed.roles, *_place_roles(seed))]
    if seed.type == "dip:Vote":
        if seed.instrument is None:
            return None
        roles.append(Role(Term("dip:voteOn"), str(seed.instrument.key), stance=seed.commitment.stance()))
    if seed.produces is not None:
        roles.append(Role(Term("dip:produces"), str(seed.produces.key), stance=seed.commitment.stance()))
    if seed.type in INSTRUMENTS and not _has_use(seed, roles):
        return None
    if not roles and seed.status is None and seed.when is None and seed.weekday is None and not seed.referred:
        return None
    status = seed.status if seed.type in EVENTS else None
    return EventMention(
        key=seed.key,
        type=_type(seed, kinds),
        roles=tuple(roles),
        evidence=scene.evidence(scene.doc[seed.token]),
        when=seed.when,
        status=status if status is not None or seed.type not in EVENTS else _told_status(scene, seed),
        stance=_event_stance(seed),
        label=seed.label,
        ordinal=seed.ordinal,
        weekday=seed.weekday if seed.when is None else None,
        trigger=scene.original(scene.doc[seed.token : seed.token + 1]),
        extractor="frames",
        score=seed.score,
    )


def _pending(happening: Happening) -> Term | None:
    """How the parties of an event that has not taken place are told: expected, or only possible."""
    if not happening.statuses or happening.statuses & {HELD, ONGOING, REFUSED}:
        return None
    return POSSIBLE if happening.statuses == {PROPOSED} else EXPECTED


def _as_planned(role: Role, modality: Term | None) -> Role:
    """As in "The summit of X and Y was postponed" tells who was to come, not who came.

    Only roles read off the event's own noun phrase (they carry no score); a verb of taking part
    speaks for itself.
    """
    if modality is None or role.score is not None or role.stance is None or role.stance.modality != ACTUAL:
        return role
    return replace(role, stance=replace(role.stance, modality=modality))


def _kinds(seeds: Sequence[Seed]) -> Mapping[Key, Term]:
    """Give the kind of each event: that of its first mention, but indirect talks once they are called so."""
    told = [(seed.key, seed.type) for seed in seeds if seed.key is not None and not seed.context]
    return dict(reversed(told)) | {key: kind for key, kind in told if kind == "dip:IndirectTalks"}


def _type(seed: Seed, kinds: Mapping[Key, Term]) -> Term:
    """Give the kind that the event has in the article: "the session" is of the meeting told before."""
    assert seed.key is not None
    kind = kinds.get(seed.key, seed.type)
    return kind if seed.context or (seed.type in _SITTINGS and kind == "dip:IndirectTalks") else seed.type


def _told_status(scene: Scene, seed: Seed) -> Term | None:
    """A bare noun under words of plan or possibility is planned or proposed; else no status is told."""
    helped = any(role.predicate != PARTICIPATES for role in seed.roles)
    if seed.commitment.negated or seed.context or helped:
        return None  # who may mediate says nothing of whether there are talks
    if scene.doc[seed.token].head.lower_ in _AROUND:
        return None  # "will travel to Oslo after the talks": these may be over
    return {EXPECTED: PLANNED, POSSIBLE: PROPOSED}.get(seed.commitment.modality)


def _event_stance(seed: Seed) -> Stance:
    """Time, place and status of a plan are told as a plan; speaker as found."""
    stance = seed.commitment.stance()
    return replace(stance, negated=False) if seed.type in EVENTS else stance


def _has_use(seed: Seed, roles: Sequence[Role]) -> bool:
    return any(role.predicate in _INSTRUMENT_ROLES for role in roles) or seed.label is not None


def _place_roles(seed: Seed) -> Iterator[Role]:
    if seed.type in INSTRUMENTS or seed.type in STANCES:
        return
    wider: set[Key | None] = {place.within for place in seed.places.values()}
    # A state that is struck is whom, its town where.
    wider |= {
        Key(r.filler) for r in seed.roles if r.predicate == "dip:directedAt" and r.filler.startswith("state/")
    }
    for place in (place for place in seed.places.values() if place.key not in wider):
        stance = replace(seed.commitment.stance(), negated=False)
        if not seed.commitment.negated:
            yield Role(Term("dip:location"), place.key, stance=stance)


def _refused_meetings(scene: Scene, seeds: Sequence[Seed]) -> Iterator[EventMention]:
    """A refusal concerns the event that was refused, when the sentence speaks of one."""
    for seed in seeds:
        if seed.type != "dip:Refusal":
            continue
        sentence = scene.doc[seed.token].sent
        events = [
            s
            for s in seeds
            if s.status == REFUSED and s.key is not None and sentence.start <= s.token < sentence.end
        ]
        roles = [
            Role(Term("dip:concerns"), str(event.key), stance=seed.commitment.stance())
            for event in events[:1]
        ]
        takers = {role.filler for role in seed.roles if role.predicate == "dip:takes"}
        for event in events[:1]:
            roles += [
                Role(Term("dip:addressedTo"), key, stance=seed.commitment.stance())
                for key in event.parties
                if key not in takers
            ]
        if roles:
            assert seed.key is not None
            yield EventMention(
                seed.key,
                seed.type,
                tuple(roles),
                scene.evidence(scene.doc[seed.token]),
                stance=seed.commitment.stance(),
            )


def _series(
    scene: Scene, happenings: tuple[Happening, ...], worthy: frozenset[Key]
) -> Iterator[EventMention]:
    for later, earlier in follows(happenings):
        if later.key in worthy and earlier.key in worthy:
            told = later.seeds[0]
            stance = (
                Stance(EXPECTED)
                if later.statuses & {PLANNED} and not later.statuses & {HELD, ONGOING}
                else Stance()
            )
            yield EventMention(
                later.key,
                told.type if told.type != "dip:Event" else Term("dip:Talks"),
                (Role(Term("dip:follows"), earlier.key, stance=stance),),
                scene.evidence(scene.doc[(earlier if earlier.series else later).seeds[0].token]),
                stance=stance,
                score=0.8,
            )


def participants(mentions: Sequence[EventMention]) -> Mapping[Key, set[str]]:
    """Give for each event the keys of its participants, over all its mentions."""
    out: dict[Key, set[str]] = {}
    for mention in mentions:
        for role in mention.roles:
            if role.predicate == PARTICIPATES and (role.stance is None or role.stance.modality == ACTUAL):
                out.setdefault(mention.key, set()).add(role.filler)
    return out
