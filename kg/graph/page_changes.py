"""Two graphs on one page: the later one, with what has changed marked and what is lost put back."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.graph.align import align
from kg.graph.diff import compare
from kg.graph.differences import LOST, MERGED, NEW, REGROUPED, RENAMED, SPLIT
from kg.graph.page_plain import store_of
from kg.graph.page_triples import DIP, RDF, TYPE
from kg.graph.sides import side_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.graph.align import Alignment
    from kg.graph.differences import Comparison, Difference, Regrouping
    from kg.graph.sides import Triple

_OF_RECORDS = tuple(DIP + name for name in ("evidence", "reportedIn", "attributedTo"))
_ENDS = tuple(ox.NamedNode(RDF + name) for name in ("subject", "object"))
_CLAIM = ox.NamedNode(DIP + "Claim")


@dataclass(frozen=True, slots=True)
class Change:
    """How a fact differs from the earlier graph: ``gained``, ``lost``, ``changed``, ``disputed``, ``settled``."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The union of two graphs, and what is to be marked in it."""

    store: ox.Store
    facts: Mapping[Triple, tuple[Change, ...]]
    things: Mapping[str, tuple[str, ...]]
    """What became of an event, a stance or a text, in words, by its IRI."""
    compared: str
    """What is compared with what, in words."""
    articles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def changes_between(before: Iterable[ox.Triple], after: Iterable[ox.Triple], *, compared: str) -> Changes:
    """Put two graphs on one page.

    Events of the earlier graph go by their names in the later one, where they have one there.
    """
    earlier, later = tuple(before), tuple(after)
    sides = side_of(earlier), side_of(later)
    found, pairs = compare(*sides), align(*sides)
    names = dict(_names(pairs))
    restored = _restored(earlier, later, found, names)
    facts: dict[Triple, list[Change]] = {}
    for difference in found.facts:
        for triple, change in _marked(difference, names):
            if change not in facts.setdefault(triple, []):
                facts[triple].append(change)
    things: dict[str, list[str]] = {}
    for group in found.things:
        for iri, words in _regrouped(group, names):
            things.setdefault(iri, []).append(words)
    return Changes(
        store_of([*later, *restored]),
        {triple: tuple(changes) for triple, changes in facts.items()},
        {iri: tuple(words) for iri, words in things.items()},
        compared,
        {"added": found.added, "removed": found.removed, "edited": found.edited},
    )


def _names(pairs: Alignment) -> Iterator[tuple[str, str]]:
    for group in pairs.groups:
        if group.after:
            yield from ((iri, group.after[0]) for iri in group.before if iri not in group.after)


def _renamed(triple: Triple, names: Mapping[str, str]) -> Triple:
    subject, predicate, value = triple
    return names.get(subject, subject), predicate, names.get(value, value)


def _marked(difference: Difference, names: Mapping[str, str]) -> Iterator[tuple[Triple, Change]]:
    """Yield the triples that a difference is about; a dispute is about the triples of both sides."""
    said = difference.said
    change = Change(difference.kind, _words(difference))
    triples = {said.triple}
    if difference.facet == "dispute":
        triples |= {claim.triple for claim in said.claims}
    for triple in sorted(triples):
        yield (_renamed(triple, names) if difference.after is None else triple), change


def _words(difference: Difference) -> str:
    facet = "" if difference.facet == "dispute" else difference.facet
    before, after = (said.value if said is not None else "" for said in (difference.before, difference.after))
    if difference.before is None or difference.after is None:
        return f"{facet} {before}{after}".strip() if facet else ""
    if not before or not after:
        return f"{facet}: {'also' if after else 'no longer'} {before}{after}"
    return f"{facet}: {before} → {after}"


def _regrouped(group: Regrouping, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    old = " + ".join(name for _, name in group.before)
    words = {
        NEW: f"new {group.what}",
        RENAMED: f"called “{old}” before",
        MERGED: f"merged: was “{old}”",
        SPLIT: f"split: was “{old}”",
        REGROUPED: f"regrouped: was “{old}”",
    }.get(group.kind, f"this {group.what} is gone")
    yield from (
        (iri, words) for iri, _ in group.after or [(names.get(iri, iri), "") for iri, _ in group.before]
    )


def _restored(
    before: tuple[ox.Triple, ...],
    after: tuple[ox.Triple, ...],
    found: Comparison,
    names: Mapping[str, str],
) -> Iterator[ox.Triple]:
    """Yield what is lost out of the earlier graph: claims with all that belongs to them, and plain facts."""
    lost = [each.said for each in found.facts if each.kind == LOST]
    ids = {claim.id for said in lost for claim in said.claims}
    known = {triple.subject for triple in after}
    about: dict[object, list[ox.Triple]] = {}
    for triple in before:
        about.setdefault(triple.subject, []).append(triple)
    claims = [
        triple.subject
        for triple in before
        if triple.predicate.value == TYPE and triple.object == _CLAIM and triple.subject not in known
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.rpartition("/")[2] in ids
    ]
    plain = {_renamed(said.triple, names) for said in lost if not said.claims}
    facts = [triple for triple in before if _renamed(_text(triple), names) in plain]
    parts = chain.from_iterable(about[claim] for claim in claims)
    used = [triple for triple in parts if triple.predicate in _ENDS or triple.predicate.value in _OF_RECORDS]
    ends = {triple.object for triple in used} | {
        end for triple in facts for end in (triple.subject, triple.object)
    }
    yield from (_moved(triple, names) for triple in chain(facts, *(about[claim] for claim in claims)))
    for end in ends - known:
        if not (isinstance(end, ox.NamedNode) and end.value in names):
            yield from (triple for triple in about.get(end, ()) if _describes(triple))


def _text(triple: ox.Triple) -> Triple:
    ends = [getattr(end, "value", "") for end in (triple.subject, triple.object)]
    return ends[0], triple.predicate.value, ends[1]


def _describes(triple: ox.Triple) -> bool:
    """Tell what says how a thing is called, sorted, dated or quoted, and is no fact about another one."""
    ours = triple.predicate.value.startswith(DIP)
    return not ours or not isinstance(triple.object, ox.NamedNode) or triple.predicate.value == DIP + "status"


def _moved(triple: ox.Triple, names: Mapping[str, str]) -> ox.Triple:
    def now(
        end: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple,
    ) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
        return ox.NamedNode(names[end.value]) if isinstance(end, ox.NamedNode) and end.value in names else end

    return ox.Triple(now(triple.subject), triple.predicate, now(triple.object))  # type: ignore[arg-type]


__all__ = ["Change", "Changes", "changes_between"]
