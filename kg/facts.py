"""Facts in comparable form, from marks by hand and from what was read; when two say the same.

A fact is a property, a name and, where the property needs one, a second name or a class. A side whose
delegation somebody leads or belongs to takes part. Names agree when the knowledge base knows both as one
thing; else when they are equal without case and accents, persons by their last name, groups and places
also when all words of one are in the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.folding import fold
from kg.text.spelling import spelled_like

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.gold import GoldItem
    from kg.kb import KnowledgeBase
    from kg.model import Entity, EventMention, Reading, Role, Stance

_ROLES = frozenset(
    (
        "participatesIn",
        "hosts",
        "brokers",
        "mediates",
        "observes",
        "guarantees",
        "signs",
        "adopts",
        "holdsOffice",
    )
)
_DELEGATION = frozenset(("leads", "memberOf"))
_ACTS = frozenset(("takes", "performs"))
_OF_EVENT = frozenset(("location", "addressedTo", "directedAt"))
_NUMBERS = frozenset(("votesFor", "votesAgainst", "abstentions"))
_OF_MENTION = frozenset(("edtf", "status"))
ROLES = _ROLES | _DELEGATION
"""Properties that tell what somebody is to an event, a text or an office."""

WITH_STANCE = (_ROLES - {"holdsOffice"}) | _DELEGATION | _ACTS
"""Properties whose modality and negation are compared too."""

_STATES = frozenset(("dip:State", "dip:Polity"))


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """What is compared: a property, a name, and a second name or a class where it needs one."""

    predicate: str
    name: str
    detail: str = ""
    person: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as it was told once: of which event, how sure, and by whom."""

    fact: Fact
    event: str
    """The local name or key of the event, the stance or the text that it is told of; empty for none."""
    modality: str
    negated: bool
    speaker: str | None
    """Whom the source credits: words in gold, the key of an entity in a reading; None for nobody."""
    marked: bool = True
    """Whether gold says whom the source credits, or that it credits nobody."""

    @property
    def stance(self) -> tuple[str, bool]:
        """Give modality and polarity together."""
        return self.modality, self.negated


Stances = dict[Fact, set[tuple[str, bool]]]
"""Facts, each with the (modality, negated) pairs it is told with."""


def gold_told(item: GoldItem, kb: KnowledgeBase) -> tuple[Told, ...]:
    """Give what a gold item tells, one by one, in the order of the file."""
    types = {str(fact["s"]): str(fact["o"]) for fact in item.facts if fact["p"] == "type"}
    return tuple(
        Told(
            fact,
            _event_of(raw, types),
            str(raw.get("m", "Actual")),
            bool(raw.get("neg", False)),
            None if raw.get("by") is None else str(raw["by"]),
            marked="by" in raw,
        )
        for raw in item.facts
        if (fact := _gold_fact(raw, types, kb)) is not None
    )


def read_told(reading: Reading) -> tuple[Told, ...]:
    """Give what a reading tells, one by one, in the order of its mentions."""
    entities = {str(entity.key): entity for entity in reading.entities}
    return tuple(told for mention in reading.event_mentions for told in _told(mention, entities))


def gold_facts(item: GoldItem, kb: KnowledgeBase) -> Stances:
    """Give the facts of a gold item in comparable form."""
    facts: Stances = {}
    for told in gold_told(item, kb):
        facts.setdefault(told.fact, set()).add(told.stance)
    return _with_sides(facts)


def read_facts(reading: Reading) -> Stances:
    """Give the facts of a reading in comparable form."""
    facts: Stances = {}
    for told in read_told(reading):
        stances = facts.setdefault(told.fact, set())
        if told.fact.predicate not in _OF_MENTION:
            stances.add(told.stance)
    return _with_sides(facts)


def same(one: Fact, other: Fact) -> bool:
    """Tell whether a gold fact and a read fact say the same."""
    if one.predicate != other.predicate:
        return False
    detail = one.detail == other.detail or (
        one.predicate in _DELEGATION and _alike(one.detail, other.detail, person=False)
    )
    return detail and same_name(one, other)


def same_name(one: Fact, other: Fact) -> bool:
    """Tell whether two facts are about the same, whatever they say of it."""
    return one.name == other.name or _alike(one.name, other.name, person=one.person or other.person)


def name_of(text: str, kb: KnowledgeBase) -> str:
    """Give what a name is compared by: the key of what it means, or its folded words."""
    plain = text.removeprefix("the ").removeprefix("The ")
    state = _governed_state(plain, kb)
    if state is not None:
        return str(state.key)
    entities = [c.entity for c in kb.candidates(text) or kb.candidates(plain)]
    if not entities and " " in plain:
        entities = [entity for entity, _, _ in spelled_like(plain, kb)][:1]
    best = next((entity for entity in entities if entity.type in _STATES), entities[0] if entities else None)
    return fold(plain) if best is None else str(best.key)


def _governed_state(name: str, kb: KnowledgeBase) -> Entity | None:
    """Give the state of "Government of X" and "X-ish government", which stand for it."""
    of = name.lower().removeprefix("government of ")
    if of != name.lower():
        found = [c.entity for c in kb.candidates(name[-len(of) :]) or kb.candidates(of.removeprefix("the "))]
        return next((entity for entity in found if entity.type in _STATES), None)
    demonym = name.removesuffix(" government")
    return kb.state_of_demonym(demonym) if demonym != name else None


def name_of_entity(entity: Entity) -> str:
    """Give what an entity is compared by: its key where the knowledge base has it, else its folded label."""
    return str(entity.key) if entity.known else fold(entity.label)


def _gold_fact(raw: Mapping[str, Any], types: Mapping[str, str], kb: KnowledgeBase) -> Fact | None:
    predicate, subject, target = raw["p"], str(raw["s"]), str(raw["o"])
    if predicate in _ROLES:
        return Fact(predicate, name_of(subject, kb))
    if predicate in _DELEGATION:
        return Fact(predicate, name_of(subject, kb), name_of(target, kb))
    if predicate in _ACTS:
        return Fact(predicate, name_of(subject, kb), types.get(target, target.partition("#")[0]))
    if predicate in _OF_EVENT:
        return Fact(predicate, name_of(target, kb))
    if predicate in _NUMBERS or predicate == "edtf":
        return Fact(predicate, target)
    return Fact(predicate, target, types.get(subject, "")) if predicate == "status" else None


def _event_of(raw: Mapping[str, Any], types: Mapping[str, str]) -> str:
    """Give the local name of what a gold fact is told of."""
    named = next((str(raw[end]) for end in ("s", "o") if str(raw[end]) in types), None)
    return named or str(
        raw.get("ev") or next((str(raw[end]) for end in ("s", "o") if "#" in str(raw[end])), "")
    )


def _with_sides(facts: Stances) -> Stances:
    """Add that each side takes part whose delegation, not denied, is led or joined."""
    complete = {fact: set(stances) for fact, stances in facts.items()}
    for fact, stances in facts.items():
        told = {stance for stance in stances if not stance[1]}
        if fact.predicate in _DELEGATION and told:
            complete.setdefault(Fact("participatesIn", fact.detail), set()).update(told)
    return complete


def _told(mention: EventMention, entities: Mapping[str, Entity]) -> Iterator[Told]:
    for fact in _mention_facts(mention):
        yield _as_told(fact, mention, mention.stance)
    for role in mention.roles:
        found = _role_fact(mention, role, entities)
        if found is not None:
            yield _as_told(found, mention, mention.stance if role.stance is None else role.stance)


def _as_told(fact: Fact, mention: EventMention, stance: Stance) -> Told:
    return Told(fact, str(mention.key), _bare(stance.modality), stance.negated, stance.speaker)


def _mention_facts(mention: EventMention) -> Iterator[Fact]:
    if mention.when is not None:
        yield Fact("edtf", mention.when.edtf)
    if mention.status is not None:
        yield Fact("status", _bare(mention.status).removeprefix("Status").lower(), _bare(mention.type))


def _role_fact(mention: EventMention, role: Role, entities: Mapping[str, Entity]) -> Fact | None:
    predicate = _bare(role.predicate)
    if predicate in _NUMBERS:
        return Fact(predicate, role.filler)
    if predicate not in _ROLES | _DELEGATION | _ACTS | _OF_EVENT:
        return None
    name, person = _filler(role.filler, entities)
    if predicate in _DELEGATION:
        return Fact(predicate, name, _filler(str(role.side), entities)[0], person)
    return Fact(predicate, name, _bare(mention.type) if predicate in _ACTS else "", person)


def _filler(key: str, entities: Mapping[str, Entity]) -> tuple[str, bool]:
    entity = entities.get(key)
    return (key, False) if entity is None else (name_of_entity(entity), entity.type == "dip:Person")


def _bare(term: str) -> str:
    return term.removeprefix("dip:")


def _alike(one: str, other: str, *, person: bool) -> bool:
    """Tell whether two names that the knowledge base does not have may be one."""
    if "/" in one or "/" in other:
        return False
    left, right = one.split(), other.split()
    if person:
        return left[-1:] == right[-1:] != []
    return bool(left and right) and (set(left) <= set(right) or set(right) <= set(left))
