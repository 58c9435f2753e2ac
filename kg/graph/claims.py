"""What one reading says, claim by claim, in the keys of its own article."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.graph.dates import edtf
from kg.graph.identity import claim_id, content_hash, document_path, run_path
from kg.graph.terms import (
    DELEGATION,
    EDTF,
    FOLLOWS,
    LEADS,
    MEMBER_OF,
    OFFICE_OF,
    PARTICIPATES,
    REPRESENTS,
    STATUS,
    TYPE,
    asserted,
    delegation_key,
)
from kg.model import (
    Claim,
    EventMention,
    Interval,
    Key,
    Literal,
    Reading,
    Role,
    Span,
    Stance,
    Term,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.vocab import Vocabulary

# The view derives these; a claim must not use them.
_DERIVED = frozenset({"dip:metWith", "dip:earliest", "dip:latest"})
_STRING = Term("xsd:string")
_INTEGER = Term("xsd:integer")

Evidence = tuple[tuple[Span, str], ...]
"""Passages with their words, as a claim has them."""
_Local = tuple[str, Term, "str | Literal"]
"""A triple in local keys."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim, with what produced it and, for a date, the days it stands for."""

    claim: Claim
    run: str
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something in a reading that the graph could not take, and why."""

    document: str
    key: str
    why: str


@dataclass(frozen=True, slots=True)
class Source:
    """One reading with what its claims have in common."""

    reading: Reading
    sha256: str
    document: str
    types: Mapping[str, Term]
    """The class of every key: entities, and mentions by their most specific class."""
    owners: Mapping[str, Key | None]
    """The state or body that an entity belongs to, from the knowledge base."""
    mentions: Mapping[str, list[EventMention]]
    vocabulary: Vocabulary
    quoted: dict[Span, Evidence] = field(default_factory=dict)
    """The passages quoted so far."""


def source_of(reading: Reading, vocabulary: Vocabulary) -> Source:
    """Prepare a reading for the questions its claims will ask."""
    types: dict[str, Term] = {entity.key: entity.type for entity in reading.entities}
    for mention in sorted(reading.event_mentions, key=lambda mention: mention.type):
        known = types.get(mention.key)
        if known is None or _finer(mention.type, known, vocabulary):
            types[mention.key] = mention.type
    owners: dict[str, Key | None] = {entity.key: entity.within for entity in reading.entities}
    mentions: dict[str, list[EventMention]] = {}
    for mention in reading.event_mentions:
        mentions.setdefault(mention.key, []).append(mention)
    sha, path = content_hash(reading.article), document_path(reading.article)
    return Source(reading, sha, path, types, owners, mentions, vocabulary)


def _finer(term: Term, known: Term, vocabulary: Vocabulary) -> bool:
    return term in vocabulary and known in vocabulary and vocabulary.is_a(term, known)


def facts_of(source: Source) -> tuple[tuple[Fact, ...], tuple[Note, ...]]:
    """Give the claims of one reading, in order of id, and what could not be taken."""
    facts: dict[str, Fact] = {}
    notes: set[Note] = set()
    for mention in source.reading.event_mentions:
        for item in _of_mention(mention, source):
            if isinstance(item, Note):
                notes.add(item)
            else:
                known = facts.get(item.claim.id)
                facts[item.claim.id] = item if known is None else _surer(known, item)
    kept, circles = without_circles(facts.values())
    return kept, tuple(sorted(notes | circles, key=lambda note: (note.key, note.why)))


def _surer(one: Fact, other: Fact) -> Fact:
    """Of two readings of the same words, keep the one with more confidence."""
    return min(one, other, key=lambda fact: (-fact.claim.confidence, fact.run, str(fact.interval)))


def _of_mention(mention: EventMention, source: Source) -> Iterator[Fact | Note]:
    if mention.type not in source.vocabulary:
        yield Note(source.document, mention.key, f"no class {mention.type} in the ontology")
        return
    if mention.status is not None:
        # How far an event has come is not how the source commits itself: always told as such.
        stance = Stance(speaker=mention.stance.speaker)
        yield _fact(mention, (mention.key, STATUS, mention.status), source, stance=stance)
    if mention.when is not None:
        yield _dated(mention, mention.when, source)
    for role in mention.roles:
        yield from _of_role(mention, role, source)


def _dated(mention: EventMention, when: Interval, source: Source) -> Fact | Note:
    text = edtf(when)
    if text is None:
        return Note(source.document, mention.key, f"the date {when.edtf!r} is not one that the graph holds")
    fact = _fact(mention, (mention.key, EDTF, Literal(text, _STRING)), source)
    return fact if isinstance(fact, Note) else replace(fact, interval=when)


def _of_role(mention: EventMention, role: Role, source: Source) -> Iterator[Fact | Note]:
    known = role.predicate == TYPE or role.predicate in source.vocabulary
    if not known or role.predicate in _DERIVED:
        yield Note(source.document, mention.key, f"{role.predicate} cannot be claimed")
    elif role.predicate in (LEADS, MEMBER_OF):
        yield from _of_delegate(mention, role, source)
    elif role.predicate != OFFICE_OF:  # that is background, see nodes.py
        triple = _triple(mention.key, role, source)
        if triple is None:
            yield Note(source.document, mention.key, f"{role.predicate} takes no {role.filler[:40]!r}")
        else:
            yield _fact(mention, triple, source, role=role)


def _of_delegate(mention: EventMention, role: Role, source: Source) -> Iterator[Fact | Note]:
    """Say that a person leads a team, whose team it is, and where it takes part."""
    side = role.side if role.side is not None else source.owners.get(role.filler)
    if side is None:
        yield Note(source.document, mention.key, f"whose delegation {role.filler} is in is not known")
        return
    team = delegation_key(mention.key, side)
    told = role.stance or mention.stance
    # Whose team it is follows from its name. That somebody does not lead it says nothing of where it is.
    there = replace(role, stance=replace(told, negated=False))
    parts = [
        _fact(mention, (role.filler, role.predicate, team), source, role=role),
        _fact(mention, (team, REPRESENTS, side), source, role=there),
    ]
    if not told.negated:
        parts.append(_fact(mention, (team, PARTICIPATES, mention.key), source, role=role))
    # A team needs all of these to make sense, so one that does not fit takes the others with it.
    yield from [part for part in parts if isinstance(part, Note)] or parts


def _triple(key: Key, role: Role, source: Source) -> _Local | None:
    """Turn a role into a triple in the right direction, or None where the filler does not fit."""
    if role.predicate == TYPE:
        return (key, TYPE, role.filler) if role.filler in source.vocabulary else None
    if source.vocabulary.is_literal(role.predicate):
        literal = _literal(role, source)
        return None if literal is None else (key, role.predicate, literal)
    if source.vocabulary.filler_is_subject(role.predicate):
        return role.filler, role.predicate, key
    return key, role.predicate, role.filler


def _literal(role: Role, source: Source) -> Literal | None:
    text = " ".join(role.filler.split())
    expected = source.vocabulary.range(role.predicate)
    if not text:
        return None
    if expected == _INTEGER:
        digits = re.sub(r"(?<=\d)[,. \u00a0](?=\d{3}\b)", "", text)
        return Literal(str(int(digits)), _INTEGER) if digits.isdecimal() else None
    if expected is not None:
        return Literal(text, Term(expected))
    return Literal(text, language=source.reading.article.language)


def _fact(
    mention: EventMention,
    triple: _Local,
    source: Source,
    *,
    role: Role | None = None,
    stance: Stance | None = None,
) -> Fact | Note:
    stance = stance or (role.stance if role is not None else None) or mention.stance
    span = (role.evidence if role is not None else None) or mention.evidence
    why = _objection(triple, stance, span, source)
    if why is not None:
        return Note(source.document, mention.key, why)
    score = role.score if role is not None and role.score is not None else mention.score
    subject, predicate, value = triple
    claim = Claim(
        id=claim_id(source.sha256, span, triple, stance),
        subject=subject,
        predicate=predicate,
        object=value,
        stance=stance,
        confidence=round(min(max(score, 0.0), 1.0), 2),
        document=source.document,
        evidence=_evidence(span, source),
        as_of=source.reading.article.published,
    )
    return Fact(claim, run_path(source.reading, mention.extractor))


def _evidence(span: Span, source: Source) -> Evidence:
    """Quote a passage; most sentences support several claims, which share one quotation."""
    found = source.quoted.get(span)
    if found is None:
        found = source.quoted[span] = ((span, source.reading.article.text[span.start : span.end]),)
    return found


def _objection(triple: _Local, stance: Stance, span: Span, source: Source) -> str | None:
    """Say what the shapes would refuse about a claim, or None where all is well."""
    subject, predicate, value = triple
    vocabulary = source.vocabulary
    if not 0 <= span.start < span.end <= len(source.reading.article.text):
        return f"the evidence {span.start}..{span.end} lies outside the text"
    if stance.speaker is not None and not _fits(stance.speaker, "dip:Actor", source):
        return f"{stance.speaker} is credited with words but is no known actor"
    if predicate == TYPE:
        return None
    if not _fits(subject, vocabulary.domain(predicate), source):
        return f"{subject} cannot be the subject of {predicate}"
    if isinstance(value, str) and not _fits(value, vocabulary.range(predicate), source):
        return f"{value} cannot be the object of {predicate}"
    return f"{subject} {predicate} itself" if subject == value else None


def _fits(key: str, cls: str | None, source: Source) -> bool:
    """Tell whether a key is known and of the class; None asks only that it is known."""
    vocabulary = source.vocabulary
    if cls is not None and key in vocabulary:
        return key in vocabulary.individuals(cls)
    found = DELEGATION if key.startswith("delegation:") else source.types.get(key)
    return found is not None and found in vocabulary and (cls is None or vocabulary.is_a(found, cls))


def without_circles(facts: Iterable[Fact]) -> tuple[tuple[Fact, ...], set[Note]]:
    """Leave out what would make an event follow itself, the later in the text first."""
    kept: list[Fact] = []
    notes: set[Note] = set()
    after: dict[str, set[str]] = {}
    for fact in sorted(facts, key=lambda fact: (fact.claim.evidence[0][0], fact.claim.id)):
        subject, value = fact.claim.subject, str(fact.claim.object)
        if fact.claim.predicate == FOLLOWS and asserted(fact.claim):
            if _reaches(value, subject, after):
                notes.add(Note(fact.claim.document or "", subject, f"would follow itself by way of {value}"))
                continue
            after.setdefault(subject, set()).add(value)
        kept.append(fact)
    return tuple(sorted(kept, key=lambda fact: fact.claim.id)), notes


def _reaches(start: str, goal: str, edges: Mapping[str, set[str]]) -> bool:
    seen, wave = {start}, [start]
    while wave:
        step = wave.pop()
        if step == goal:
            return True
        new = edges.get(step, set()) - seen
        seen |= new
        wave.extend(new)
    return False
