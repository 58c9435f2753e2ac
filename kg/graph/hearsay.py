"""What the readings say together of what all of them call by one name: persons, places, states, bodies, offices.

It is counted, so that a reading can be added to it or taken away from it, and nobody needs the others for that.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.graph.identity import run_path
from kg.graph.infer import RULES
from kg.graph.nodes import HOLDS_OFFICE, best_of
from kg.graph.terms import OFFICE_OF, TYPE, asserted, is_global
from kg.graph.things import most_specific
from kg.model import ACTUAL, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from kg.graph.heard import Heard
    from kg.model import Entity
    from kg.vocab import Vocabulary

KIND, LABEL, OWNER, NAME, IS_A, IS_NO, OFFICE, RUN = (
    "kind", "label", "owner", "name", "is a", "is no", "office", "run",
)  # fmt: skip
"""What can be said of a name, in words."""

Saying = tuple[str, str, str]
"""What is said (as above), of which name, and its value."""


@dataclass(slots=True)
class Told:
    """What readings say of names, and how often."""

    words: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    """What is said, and of which name -> values."""
    entities: dict[str, Counter[Entity]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What is to be known of names that readings share, for those who look at some of the readings only."""

    entities: Mapping[str, Entity]
    types: Mapping[str, Term]
    """The class of what no entity is told for."""
    labels: Mapping[str, str]
    owners: Mapping[str, str]
    """The state or body that an office, a person or a group belongs to."""
    offices: Mapping[str, str]
    """Person -> the state or body whose office sources say as a fact that he or she holds."""
    names: Mapping[str, Counter[str]]
    """The names under which articles speak of each."""
    said: Mapping[str, Mapping[bool, AbstractSet[Term]]]
    """What sources say as a fact that things are (False) and are not (True)."""
    runs: Mapping[str, str]
    """Path of what produces claims -> what it is called."""
    taken: AbstractSet[str] = field(default_factory=frozenset)
    """Names that nothing else may have."""


def sayings(one: Heard) -> Iterator[tuple[Saying, int]]:
    """Yield what one reading says of names, and how often."""
    reading = one.source.reading
    for key, term in one.source.types.items():
        if is_global(key):
            yield (KIND, key, term), 1
    for mention in reading.event_mentions:
        yield (RUN, run_path(reading, mention.extractor), _run_label(reading.pipeline, mention.extractor)), 1
        if is_global(mention.key):
            if mention.label is not None and mention.label.strip():
                yield (LABEL, mention.key, " ".join(mention.label.split())), 1
            for role in mention.roles:
                if role.predicate == OFFICE_OF:
                    yield (OWNER, mention.key, role.filler), 1
    for key, text, count in one.names:
        yield (NAME, key, text), count
    yield from _claimed(one)


def _run_label(pipeline: str, extractor: str) -> str:
    return f"{pipeline}; {extractor}".removeprefix("; ")


def _claimed(one: Heard) -> Iterator[tuple[Saying, int]]:
    for fact in one.facts:
        claim = fact.claim
        if claim.stance.modality != ACTUAL or not is_global(claim.subject):
            continue
        if claim.predicate == TYPE:
            yield (IS_A if asserted(claim) else IS_NO, claim.subject, str(claim.object)), 1
        elif claim.predicate == HOLDS_OFFICE and asserted(claim):
            yield (OFFICE, claim.subject, str(claim.object)), 1


def gathered(heard: Iterable[Heard]) -> Told:
    """Count what readings say of names."""
    told = Told()
    for one in heard:
        for entity in one.source.reading.entities:
            told.entities.setdefault(entity.key, Counter())[entity] += 1
        for (what, key, value), count in sayings(one):
            told.words.setdefault((what, key), Counter())[value] += count
    return told


def known_of(told: Told, vocabulary: Vocabulary) -> Known:
    """Choose from what was said: one record, one label, one owner for each name."""

    def part(wanted: str) -> Iterator[tuple[str, Counter[str]]]:
        return ((key, found) for (what, key), found in told.words.items() if what == wanted)

    entities = {key: best_of(found) for key, found in sorted(told.entities.items())}
    kinds = {key: [Term(term) for term in found if term in vocabulary] for key, found in part(KIND)}
    labels = {key: min(found, key=lambda text: (-len(text), text)) for key, found in part(LABEL)}
    owners = {key: min(found) for key, found in part(OWNER)}
    owners |= {key: entity.within for key, entity in entities.items() if entity.within is not None}
    offices = {key: [owners[office] for office in found if office in owners] for key, found in part(OFFICE)}
    said: dict[str, dict[bool, set[Term]]] = {}
    for denied, what in ((False, IS_A), (True, IS_NO)):
        for key, found in part(what):
            said.setdefault(key, {})[denied] = set(map(Term, found))
    return Known(
        entities=entities,
        types={
            key: most_specific(terms, vocabulary)
            for key, terms in kinds.items()
            if terms and key not in entities
        },
        labels=labels | {key: " ".join(entity.label.split()) for key, entity in entities.items()},
        owners=owners,
        offices={key: min(found) for key, found in offices.items() if found},
        names=dict(part(NAME)),
        said=said,
        # Names of runs are cut, so that two may have the same.
        runs={f"run/rule-{rule}": f"rule: {text}" for rule, text in RULES.items()}
        | {key: max(found) for key, found in part(RUN)},
        taken=frozenset(kinds),
    )
