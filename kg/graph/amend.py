"""Readings as the user's decisions leave them: without what is no name, with claims put right by hand.

The readings that are kept never change: take a decision away, and what was read is there again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import DataError, UsageError
from kg.folding import fold
from kg.graph.claims import Source, facts_of, source_of
from kg.graph.terms import LEADS, MEMBER_OF, REPRESENTS, TYPE
from kg.kb_user import find_entity
from kg.model import Entity, EventMention, Interval, Key, Reading, Role, Stance, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.graph.decisions import Correction, Decisions
    from kg.kb import KnowledgeBase
    from kg.model import Claim
    from kg.vocab import Vocabulary

BY_HAND = "by hand"
"""What a corrected claim has as its extractor."""


class _Place(NamedTuple):
    """Where a claim comes from: a mention, and the role in it; ``status`` or ``when`` where no role."""

    mention: int
    role: int | None
    claim: Claim


def amended(
    readings: Iterable[Reading],
    decisions: Decisions,
    kb: KnowledgeBase,
    vocabulary: Vocabulary,
    *,
    where: str,
) -> Iterator[Reading]:
    """Give the readings as the decisions on names and claims leave them.

    Raises:
        DataError: a correction does not fit its claim.
    """
    for reading in readings:
        yield corrected(
            without_names(reading, decisions.ignored), decisions.correct, kb, vocabulary, where=where
        )


def without_names(reading: Reading, ignored: frozenset[str]) -> Reading:
    """Give a reading without the things that only names speak of which are none."""
    if not ignored:
        return reading
    kept, gone = set[Key](), set[Key]()
    for link in reading.links:
        entity = link.entity
        if entity is not None:
            unknown = not entity.known and fold(entity.label) in ignored
            (gone if unknown or fold(link.mention.text) in ignored else kept).add(entity.key)
    gone -= kept
    if not gone:
        return reading
    mentions = (_without(mention, gone) for mention in reading.event_mentions)
    return replace(
        reading,
        entities=tuple(entity for entity in reading.entities if entity.key not in gone),
        links=tuple(one for one in reading.links if one.entity is None or one.entity.key not in gone),
        event_mentions=tuple(mention for mention in mentions if mention is not None),
    )


def _without(mention: EventMention, gone: set[Key]) -> EventMention | None:
    """Drop what is told of, or credited to, something that is none."""
    if mention.stance.speaker in gone:
        return None
    roles = (
        role
        for role in mention.roles
        if role.filler not in gone
        and role.side not in gone
        and (role.stance is None or role.stance.speaker not in gone)
    )
    return replace(mention, roles=tuple(roles))


def corrected(
    reading: Reading,
    corrections: Sequence[Correction],
    kb: KnowledgeBase,
    vocabulary: Vocabulary,
    *,
    where: str,
) -> Reading:
    """Give a reading with the corrections of its claims, one after the other.

    Raises:
        DataError: a correction does not fit its claim; ``where`` says where it stands.
    """
    if not _touched(reading, corrections, vocabulary):
        return reading
    for correction in corrections:
        source = source_of(reading, vocabulary)
        before = {fact.claim.id for fact in facts_of(source)[0]}
        if correction.claim not in before:
            continue
        try:
            changed = _changed(source, correction, kb)
        except UsageError as error:
            at = f"{where}: claim {correction.claim}"
            raise DataError(error.what, where=at, hint=error.hint) from error
        after, notes = facts_of(source_of(changed, vocabulary))
        ids = {fact.claim.id for fact in after}
        if correction.claim in ids or not ids - before:
            why = [note.why for note in notes if note not in facts_of(source)[1]] or ["it says the same"]
            raise DataError(f"does not fit: {why[0]}", where=f"{where}: claim {correction.claim}")
        reading = changed
    return reading


def _touched(reading: Reading, corrections: Sequence[Correction], vocabulary: Vocabulary) -> bool:
    wanted = {correction.claim for correction in corrections}
    return bool(wanted) and any(f.claim.id in wanted for f in facts_of(source_of(reading, vocabulary))[0])


def _changed(source: Source, correction: Correction, kb: KnowledgeBase) -> Reading:
    """Put the new value in every place that says the claim."""
    mentions = list(source.reading.event_mentions)
    entities = {entity.key: entity for entity in source.reading.entities}
    spent: dict[int, set[int]] = {}
    for place in list(_places(source, correction.claim)):
        mention = source.reading.event_mentions[place.mention]
        if place.role is None:
            mentions[place.mention] = _redated(mentions[place.mention], place.claim, correction, source)
            continue
        role = mention.roles[place.role]
        mentions.append(
            _by_hand(mention, _other(role, place.claim, mention, correction, source, kb, entities))
        )
        spent.setdefault(place.mention, set()).add(place.role)
    for at, roles in spent.items():
        left = tuple(role for number, role in enumerate(mentions[at].roles) if number not in roles)
        mentions[at] = replace(mentions[at], roles=left)
    chosen = tuple(entities[key] for key in sorted(entities))
    return replace(source.reading, event_mentions=tuple(mentions), entities=chosen)


def _places(source: Source, claim: str) -> Iterator[_Place]:
    for at, mention in enumerate(source.reading.event_mentions):
        if claim not in _claims(source, mention):
            continue
        bare = replace(mention, status=None, when=None)
        for number, role in enumerate(mention.roles):
            found = _claims(source, replace(bare, roles=(role,)))
            if claim in found:
                yield _Place(at, number, found[claim])
        told = _claims(source, replace(mention, roles=()))
        if claim in told:
            yield _Place(at, None, told[claim])


def _claims(source: Source, mention: EventMention) -> dict[str, Claim]:
    alone = replace(source, reading=replace(source.reading, event_mentions=(mention,)))
    return {fact.claim.id: fact.claim for fact in facts_of(alone)[0]}


def _by_hand(mention: EventMention, role: Role) -> EventMention:
    return replace(mention, roles=(role,), status=None, when=None, extractor=BY_HAND)


def _redated(mention: EventMention, claim: Claim, correction: Correction, source: Source) -> EventMention:
    """Give a mention another status or another day."""
    value = correction.object
    if value is None or correction != replace(correction, subject=None, negated=None, modality=None):
        raise UsageError("only the object of this claim can be corrected", hint="Or reject the claim.")
    if claim.predicate == "dip:status":
        known = {term.removeprefix("dip:Status").lower(): term for term in _statuses(source.vocabulary)}
        name = value.removeprefix("dip:Status").lower()
        if name not in known:
            raise UsageError(f"no status {value!r}", hint=f"Choose one of: {', '.join(sorted(known))}.")
        return replace(mention, status=known[name])
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{value!r} is no day", hint="Write it as 2025-05-16.") from None
    return replace(mention, when=Interval(day, day, day.isoformat()))


def _statuses(vocabulary: Vocabulary) -> tuple[Term, ...]:
    return vocabulary.individuals("dip:EventStatus")


def _other(
    role: Role,
    claim: Claim,
    mention: EventMention,
    correction: Correction,
    source: Source,
    kb: KnowledgeBase,
    entities: dict[Key, Entity],
) -> Role:
    """Give a role with another filler, side or stance."""
    filler, side = role.filler, role.side
    for part in ("subject", "object"):
        value = getattr(correction, part)
        if value is None:
            continue
        field = _field(role, claim, part, source.vocabulary)
        if field == "text":
            filler = value
        else:
            key = _meant(value, role.predicate, source, kb, entities)
            filler, side = (key, side) if field == "filler" else (filler, key)
    stance = role.stance or mention.stance
    return replace(role, filler=filler, side=side, stance=_stance(stance, correction), score=1.0)


def _stance(told: Stance, correction: Correction) -> Stance:
    negated = told.negated if correction.negated is None else correction.negated
    return replace(told, negated=negated, modality=correction.modality or told.modality)


def _field(role: Role, claim: Claim, part: str, vocabulary: Vocabulary) -> str:
    """Tell which field of a role makes the subject or the object of its claim."""
    if role.predicate in (LEADS, MEMBER_OF):
        fields = {("subject", role.predicate): "filler", ("object", role.predicate): "side"}
        found = {**fields, ("object", REPRESENTS): "side"}.get((part, claim.predicate))
    elif role.predicate == TYPE or not vocabulary.filler_is_subject(role.predicate):
        literal = role.predicate != TYPE and vocabulary.is_literal(role.predicate)
        found = None if part == "subject" else "text" if literal else "filler"
    else:
        found = "filler" if part == "subject" else None
    if found is None:
        hint = f"Correct its {'object' if part == 'subject' else 'subject'}, or reject the claim."
        raise UsageError(f"the {part} of this claim is the event itself", hint=hint)
    return found


def _meant(asked: str, predicate: str, source: Source, kb: KnowledgeBase, entities: dict[Key, Entity]) -> Key:
    """Find what a corrected value names: a class, something the article speaks of, or something known."""
    if predicate == TYPE or asked in source.types:
        return Key(asked)
    for entity in source.reading.entities:
        if fold(entity.label) == fold(asked):
            return entity.key
    entity = find_entity(kb, asked)
    entities.setdefault(entity.key, entity)
    holder = entity.within
    while holder is not None and holder not in entities:
        entities[holder] = kb.entity(holder)
        holder = entities[holder].within
    return entity.key
