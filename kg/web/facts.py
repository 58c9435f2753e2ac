"""Facts for people: claims that say the same in the same way, under the words of their relation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.answers import relations
from kg.graph.page_triples import DIP
from kg.web.told import verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.web.catalogue import Catalogue, Thing
    from kg.web.told import Told

# What stands in the view without a claim of its own, and is worth saying: as in ``kg.portrait``.
_UNCLAIMED = tuple(DIP + name for name in ("metWith", "locatedIn", "officeOf", "represents"))


@dataclass(frozen=True, slots=True)
class End:
    """One end of a fact: its name, and its page where it has one."""

    label: str
    thing: Thing | None


@dataclass(frozen=True, slots=True)
class Fact:
    """What is said of a thing once, with all claims that say it."""

    subject: End
    verb: str
    object: End
    predicate: str
    marks: tuple[str, ...]
    told: tuple[Told, ...]

    @property
    def sources(self) -> int:
        """How many articles say it."""
        return len({each.source.thing.iri for each in self.told if each.source is not None})


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one relation, worded from where the thing stands."""

    heading: str
    backwards: bool
    facts: tuple[Fact, ...]


def facts(book: Catalogue, told: Iterable[Told]) -> list[Fact]:
    """Join the claims that say the same with the same modality, in the order of the view file."""
    joined: dict[tuple[str, str, str, str, bool, bool], list[Told]] = {}
    for each in told:
        key = (each.subject, each.predicate, each.object, each.modality, each.negated, each.rule is not None)
        joined.setdefault(key, []).append(each)
    found = [_fact(book, group) for group in joined.values()]
    return sorted(found, key=lambda fact: (_place(fact.predicate), fact.verb, fact.object.label))


def groups(book: Catalogue, thing: Thing) -> list[Group]:
    """Give all that is said of a thing, relation by relation."""
    found: dict[tuple[int, bool, bool, str], list[Fact]] = {}
    for fact in [*facts(book, book.about(thing.iri)), *_unclaimed(book, thing)]:
        backwards = fact.subject.thing is None or fact.subject.thing.iri != thing.iri
        found.setdefault((_place(fact.predicate), backwards, _is_unsure(fact), fact.verb), []).append(fact)
    return [
        Group(key[3], key[1], tuple(sorted(group, key=lambda fact: _when(fact, backwards=key[1]))))
        for key, group in sorted(found.items())
    ]


def _fact(book: Catalogue, told: Sequence[Told]) -> Fact:
    one = told[0]
    marks = dict.fromkeys(mark for each in told for mark in each.marks)
    own_voice = any(each.speaker is None for each in told)
    kept = tuple(
        mark
        for mark in marks
        if not (mark == "attributed" and own_voice) and not (mark == "stated" and len(marks) > 1)
    )
    ends = End(one.subject_label, book.thing(one.subject)), End(one.object_label, book.thing(one.object))
    return Fact(ends[0], one.verb, ends[1], one.predicate, kept or ("stated",), tuple(told))


def _is_unsure(fact: Fact) -> bool:
    """Tell whether nobody says that it is so: such facts stand after the others."""
    return any(mark in {"denied", "planned", "possible"} for mark in fact.marks)


def _unclaimed(book: Catalogue, thing: Thing) -> Iterable[Fact]:
    """Give what the graph holds of a thing without a claim: from the knowledge base, or derived."""
    claimed = {(each.subject, each.predicate, each.object) for each in book.about(thing.iri)}
    here = End(thing.label, thing)
    for predicate in _UNCLAIMED:
        shown = relations().get(predicate)
        mark = (shown.unclaimed if shown is not None else "background",)
        worded = verb(book.triples, predicate)
        for other in book.triples.iris(thing.iri, predicate):
            if (thing.iri, predicate, other) not in claimed:
                yield Fact(
                    here, worded, End(book.triples.label(other), book.thing(other)), predicate, mark, ()
                )
        for other in book.subjects(thing.iri, predicate.removeprefix(DIP)):
            mirrored = predicate == DIP + "metWith"
            if (other, predicate, thing.iri) not in claimed and not mirrored:
                yield Fact(
                    End(book.triples.label(other), book.thing(other)), worded, here, predicate, mark, ()
                )


def _place(predicate: str) -> int:
    order = list(relations())
    return order.index(predicate) if predicate in relations() else len(order)


def _when(fact: Fact, *, backwards: bool) -> tuple[str, str]:
    days = (each.as_of or "9999" for each in fact.told)
    return min(days, default="9999"), (fact.subject if backwards else fact.object).label
