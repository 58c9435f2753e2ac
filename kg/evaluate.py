"""How well articles are read, measured against facts marked by hand (``kg.gold``).

The comparison is blind to events: a fact is a property, a name and, where the property needs one, a
second name or a class. A side whose delegation somebody leads or belongs to takes part. Names agree
when the knowledge base knows both as one thing; else when they are equal without case and accents,
persons by their last name, groups and places also when all words of one are in the other. Precision
counts read facts that gold has, recall gold facts that were read.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import DataError
from kg.folding import fold
from kg.text.seeds import INSTRUMENTS, STANCES
from kg.text.spelling import spelled_like

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.gold import GoldItem
    from kg.kb import KnowledgeBase
    from kg.model import Entity, EventMention, Reading, Role

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
_WITH_STANCE = (_ROLES - {"holdsOffice"}) | _DELEGATION | _ACTS
"""Properties whose modality and negation are compared too."""

_STATES = frozenset(("dip:State", "dip:Polity"))


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """What is compared: a property, a name, and a second name or a class where it needs one."""

    predicate: str
    name: str
    detail: str = ""
    person: bool = False


Stances = dict[Fact, set[tuple[str, bool]]]
"""Facts, each with the (modality, negated) pairs it is told with."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one property: facts in gold and read, gold facts read, read facts that are right."""

    gold: int = 0
    read: int = 0
    hits: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Give the share of the read facts that gold has; 1 where nothing was read."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """Give the share of the gold facts that were read; 1 where gold has none."""
        return self.hits / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Give the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        """Give the counts of both together."""
        return Score(
            self.gold + other.gold, self.read + other.read, self.hits + other.hits, self.right + other.right
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """What one text was read wrong in."""

    id: str
    missing: tuple[Fact, ...]
    extra: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of a whole gold file."""

    by_predicate: Mapping[str, Score]
    stances: int
    """Facts found with the very same names, of those that have a modality."""
    stances_right: int
    """Of these, how many have the right modality and polarity."""
    differences: tuple[Difference, ...]

    @property
    def total(self) -> Score:
        """Give the counts of all properties together."""
        return sum(self.by_predicate.values(), Score())

    @property
    def stance(self) -> float:
        """Give the share of right modality and polarity; 1 where none was compared."""
        return self.stances_right / self.stances if self.stances else 1.0


def score(gold: Sequence[GoldItem], readings: Iterable[Reading], *, kb: KnowledgeBase) -> Scores:
    """Give the figures of readings, in the order of the gold items."""
    counts: dict[str, Score] = {}
    stances: Counter[bool] = Counter()
    differences = []
    for item, reading in zip(gold, readings, strict=True):
        wanted, found = gold_facts(item, kb), read_facts(reading)
        found = _without_unasked(wanted, found, reading)
        for predicate, counted in _count(wanted, found).items():
            counts[predicate] = counts.get(predicate, Score()) + counted
        stances.update(_stances_agree(wanted, found))
        differences.append(_difference(item.article.id, wanted, found))
    return Scores(
        by_predicate={name: counts[name] for name in sorted(counts)},
        stances=stances.total(),
        stances_right=stances[True],
        differences=tuple(d for d in differences if d.missing or d.extra),
    )


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


def same(one: Fact, other: Fact) -> bool:
    """Tell whether a gold fact and a read fact say the same."""
    if one.predicate != other.predicate:
        return False
    person = one.person or other.person
    detail = one.detail == other.detail or (
        one.predicate in _DELEGATION and _alike(one.detail, other.detail, person=False)
    )
    return detail and (one.name == other.name or _alike(one.name, other.name, person=person))


def gold_facts(item: GoldItem, kb: KnowledgeBase) -> Stances:
    """Give the facts of a gold item in comparable form."""
    types = {str(fact["s"]): str(fact["o"]) for fact in item.facts if fact["p"] == "type"}
    facts: Stances = {}
    for raw in item.facts:
        fact = _gold_fact(raw, types, kb)
        if fact is not None:
            facts.setdefault(fact, set()).add((raw.get("m", "Actual"), bool(raw.get("neg", False))))
    return _with_sides(facts)


def read_facts(reading: Reading) -> Stances:
    """Give the facts of a reading in comparable form."""
    entities = {str(entity.key): entity for entity in reading.entities}
    facts: Stances = {}
    for mention in reading.event_mentions:
        for fact in _mention_facts(mention):
            facts.setdefault(fact, set())
        for role in mention.roles:
            fact_read = _role_fact(mention, role, entities)
            if fact_read is not None:
                stance = mention.stance if role.stance is None else role.stance
                facts.setdefault(fact_read, set()).add((_bare(stance.modality), stance.negated))
    return _with_sides(facts)


def _without_unasked(wanted: Stances, found: Stances, reading: Reading) -> Stances:
    """Leave out the days of stances and texts where gold has none: those are marked for events only."""
    events = {
        mention.when.edtf
        for mention in reading.event_mentions
        if mention.when is not None and mention.type not in STANCES | INSTRUMENTS
    }
    return {
        fact: stances
        for fact, stances in found.items()
        if fact.predicate != "edtf" or fact.name in events or fact in wanted
    }


def table(scores: Scores) -> str:
    """Give the figures as lines of text, one a property, the total last."""
    lines = [f"{'':16} {'gold':>5} {'read':>5}  {'P':>5} {'R':>5} {'F1':>5}"]
    for name, row in [*scores.by_predicate.items(), ("all", scores.total)]:
        lines.append(
            f"{name:16} {row.gold:5} {row.read:5}  {row.precision:5.2f} {row.recall:5.2f} {row.f1:5.2f}"
        )
    lines.append(f"modality and polarity right: {scores.stance:.2f} of {scores.stances}")
    return "\n".join(lines)


def below(scores: Scores, floors: Mapping[str, Mapping[str, float]]) -> tuple[str, ...]:
    """Give a sentence for each figure under its floor.

    ``floors`` maps a property, or ``all``, to ``precision`` and ``recall``, and ``stance`` to ``share``.

    Raises:
        DataError: a floor is set for something that is not measured.
    """
    figures = {
        name: {"precision": row.precision, "recall": row.recall, "f1": row.f1}
        for name, row in [*scores.by_predicate.items(), ("all", scores.total)]
    }
    figures["stance"] = {"share": scores.stance}
    return tuple(
        f"{name} {measure}: {figures[name][measure]:.3f} is below its floor {floor:.3f}"
        for name, row in sorted(floors.items())
        for measure, floor in sorted(row.items())
        if _figure(figures, name, measure) < floor
    )


def _figure(figures: Mapping[str, Mapping[str, float]], name: str, measure: str) -> float:
    try:
        return figures[name][measure]
    except KeyError:
        raise DataError(
            f"a floor for {name!r} {measure!r}, which is not measured", hint=f"Measured: {sorted(figures)}"
        ) from None


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


def _with_sides(facts: Stances) -> Stances:
    """Add that each side takes part whose delegation, not denied, is led or joined."""
    complete = {fact: set(stances) for fact, stances in facts.items()}
    for fact, stances in facts.items():
        told = {stance for stance in stances if not stance[1]}
        if fact.predicate in _DELEGATION and told:
            complete.setdefault(Fact("participatesIn", fact.detail), set()).update(told)
    return complete


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


def _count(wanted: Stances, found: Stances) -> dict[str, Score]:
    counts: dict[str, Score] = {}
    for fact in wanted:
        one = Score(gold=1, hits=int(any(same(fact, other) for other in found)))
        counts[fact.predicate] = counts.get(fact.predicate, Score()) + one
    for fact in found:
        one = Score(read=1, right=int(any(same(other, fact) for other in wanted)))
        counts[fact.predicate] = counts.get(fact.predicate, Score()) + one
    return counts


def _stances_agree(wanted: Stances, found: Stances) -> Iterator[bool]:
    """Say, for each fact of gold that was read, whether one of its stances was read with it."""
    for fact, stances in wanted.items():
        if fact.predicate in _WITH_STANCE:
            told = [read for other, read in found.items() if same(fact, other)]
            if told:
                yield any(stances & read for read in told)


def _difference(name: str, wanted: Stances, found: Stances) -> Difference:
    missing = sorted(fact for fact in wanted if not any(same(fact, other) for other in found))
    extra = sorted(fact for fact in found if not any(same(other, fact) for other in wanted))
    return Difference(name, tuple(missing), tuple(extra))
