"""Events as gold tells them and as they were read, in comparable form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from kg.facts import Fact, gold_told, read_told, same_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.facts import Told
    from kg.gold import GoldItem
    from kg.kb import KnowledgeBase
    from kg.model import Reading
    from kg.vocab import Vocabulary

PARTIES = frozenset(("participatesIn", "performs", "directedAt"))
"""Properties whose names are the participants of an event; the sides of delegations join them."""

_DELEGATION = frozenset(("leads", "memberOf"))
_NO_ARGUMENT = frozenset(("edtf", "status"))
_EVENT = "dip:Event"


@dataclass(frozen=True, slots=True)
class EventTold:
    """One event of one article: what it is, who has a part in it, where and when."""

    id: str
    """The local name in gold, the key of the mentions in a reading."""
    type: str
    """Its class without prefix."""
    arguments: tuple[Fact, ...] = ()
    """Roles, places and numbers of votes; what is denied is left out where something is not."""
    places: frozenset[str] = frozenset()
    """The narrowest places told."""
    dates: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()

    @property
    def parties(self) -> tuple[Fact, ...]:
        """Give the participants."""
        return tuple(fact for fact in self.arguments if fact.predicate in PARTIES)


def gold_events(item: GoldItem, kb: KnowledgeBase, vocabulary: Vocabulary) -> tuple[EventTold, ...]:
    """Give the events of a gold item, in the order of the file."""
    types: dict[str, str] = {}
    for fact in item.facts:
        if fact["p"] == "type":
            types.setdefault(str(fact["s"]), str(fact["o"]))
    return tuple(_events(gold_told(item, kb), types, kb, vocabulary))


def read_events(reading: Reading, kb: KnowledgeBase, vocabulary: Vocabulary) -> tuple[EventTold, ...]:
    """Give the events of a reading, mentions of one key together, in the order of the text."""
    types: dict[str, str] = {}
    for mention in sorted(reading.event_mentions, key=lambda mention: (mention.evidence, mention.key)):
        here, known = mention.type.removeprefix("dip:"), types.get(mention.key)
        if known is None or _is_a(here, known, vocabulary):
            types[mention.key] = here
    return tuple(_events(read_told(reading), types, kb, vocabulary))


def is_event(name: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a class without prefix is one of events."""
    return _is_a(name, _EVENT.removeprefix("dip:"), vocabulary)


def nested(one: str, other: str, vocabulary: Vocabulary) -> bool:
    """Tell whether two classes are equal or one lies below the other."""
    return one == other or _is_a(one, other, vocabulary) or _is_a(other, one, vocabulary)


def family(name: str, vocabulary: Vocabulary) -> str:
    """Give the class right below ``dip:Event`` that a class belongs to: talks and calls are meetings."""
    if f"dip:{name}" not in vocabulary:
        return name
    line = [f"dip:{name}", *vocabulary.superclasses(f"dip:{name}")]
    below = [term for term in line if _EVENT in vocabulary.superclasses(term)]
    return (below[-1] if below else line[0]).removeprefix("dip:")


def shared_names(one: Iterable[Fact], other: Sequence[Fact]) -> int:
    """Count the facts of one side about somebody or something that the other speaks of as well."""
    return sum(any(same_name(fact, found) for found in other) for fact in one)


def _is_a(one: str, other: str, vocabulary: Vocabulary) -> bool:
    terms = f"dip:{one}", f"dip:{other}"
    return all(term in vocabulary for term in terms) and vocabulary.is_a(*terms)


def _events(
    told: Iterable[Told], types: Mapping[str, str], kb: KnowledgeBase, vocabulary: Vocabulary
) -> Iterator[EventTold]:
    about: dict[str, list[Told]] = {}
    for each in told:
        about.setdefault(each.event, []).append(each)
    for name, cls in types.items():
        if is_event(cls, vocabulary):
            yield _event(name, cls, about.get(name, []), kb)


def _event(name: str, cls: str, told: Sequence[Told], kb: KnowledgeBase) -> EventTold:
    held = [each for each in told if not each.negated] or list(told)
    arguments = {fact for each in held for fact in _arguments(each.fact)}
    places = {fact.name for fact in arguments if fact.predicate == "location"}
    return EventTold(
        id=name,
        type=cls,
        arguments=tuple(sorted(arguments)),
        places=_narrowest(places, kb),
        dates=frozenset(each.fact.name for each in held if each.fact.predicate == "edtf"),
        statuses=frozenset(each.fact.name for each in told if each.fact.predicate == "status"),
    )


def _arguments(fact: Fact) -> Iterator[Fact]:
    """Give the argument that a fact is, and the side that takes part where a delegation is led."""
    if fact.predicate in _NO_ARGUMENT:
        return
    yield Fact(fact.predicate, fact.name, person=fact.person)
    if fact.predicate in _DELEGATION:
        yield Fact("participatesIn", fact.detail)


def _narrowest(places: set[str], kb: KnowledgeBase) -> frozenset[str]:
    """Leave out the places that another one lies in."""
    wide: set[str] = reduce(lambda found, place: found | _around(place, kb), places, set())
    return frozenset(places - wide)


def _around(place: str, kb: KnowledgeBase) -> set[str]:
    found: set[str] = set()
    step = kb.entity(place).within if place in kb else None
    while step is not None and step not in found:
        found.add(str(step))
        step = kb.entity(step).within
    return found
