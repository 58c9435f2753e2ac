"""What one graph holds, fact by fact, in names that it shares with the graph it is compared with."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from kg.graph.align import named
from kg.graph.sides import EARLIEST, EDTF, LATEST, STATUS, TEAM
from kg.vocab import NS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.graph.sides import Side, Telling, Triple

_PARTICIPATES = f"{NS}participatesIn"
_TRAITS = frozenset({EDTF, STATUS, EARLIEST, LATEST})
_MODALITIES = ("Actual", "Expected", "Possible", "Conditional")
_HELD, _DENIED = "Actual", "denied"


@dataclass(frozen=True, slots=True)
class Frame:
    """A graph, and the names that its things and articles have in both graphs."""

    side: Side
    names: Mapping[str, str]
    articles: Mapping[str, str]
    teams: Mapping[str, str]
    """The event that a delegation is sent to."""

    def about(self, triple: Triple) -> tuple[str, str]:
        """Give what a fact is about, with its name: the event, the stance, the text, else the subject."""
        subject, _, value = triple
        ends = [self.teams.get(each, each) for each in (value, subject)]
        chosen = next((each for each in ends if self.side.moving.get(each) not in {None, TEAM}), subject)
        return chosen, self.side.label(chosen)


def frame_of(side: Side, names: Mapping[str, str], articles: Mapping[str, str]) -> Frame:
    """Put a graph into common names."""
    sent = {
        triple
        for triple in chain((claim.triple for claim in side.claims), side.view)
        if triple[1] == _PARTICIPATES and side.moving.get(triple[0]) == TEAM
    }
    teams = {subject: value for subject, _, value in sorted(sent, reverse=True)}
    return Frame(side, names, articles, teams)


@dataclass(frozen=True, slots=True)
class Fact:
    """One triple, all that is told of it, and whether it holds by that."""

    triple: Triple
    names: tuple[str, str]
    holds: bool
    claims: tuple[Telling, ...]
    modality: str
    """The firmest way in which it is told and not denied; empty where none does."""
    denied: bool
    sources: frozenset[str]
    speakers: frozenset[str]
    confidence: float

    def told_by(self, sources: frozenset[str], articles: Mapping[str, str]) -> Fact:
        """Give the fact with the claims of some sources only."""
        chosen = (one for one in self.claims if articles.get(one.article, one.article) in sources)
        return replace(self, claims=tuple(chosen))

    @property
    def object(self) -> str:
        """What the object is called."""
        return self.names[1]

    @property
    def told(self) -> str:
        """How it is told: ``actual``, ``expected``, ``actual and denied``."""
        parts = [self.modality.lower()] if self.modality else []
        return " and ".join([*parts, *([_DENIED] if self.denied else [])])

    def value(self, facet: str) -> str:
        """Word the part of it that is compared."""
        if facet == "view":
            return "holds" if self.holds else "does not hold"
        if facet == "sources":
            return "; ".join(sorted({claim.title or claim.article for claim in self.claims}))
        if facet == "speaker":
            return "; ".join(sorted(name or "the article itself" for name in self.speakers))
        return f"{self.confidence:.2f}" if facet == "confidence" else self.told


@dataclass(frozen=True, slots=True)
class Trait:
    """The status or the day of an event, or of all that it is made of."""

    triple: Triple
    names: tuple[str, str]
    values: frozenset[str]
    text: str
    claims: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two sides that cannot both be right."""

    is_denial: bool
    """Whether one says just what the other denies."""
    sides: tuple[tuple[Telling, ...], tuple[Telling, ...]]


@dataclass(frozen=True, slots=True)
class Told:
    """What a graph has of one triple: the claims, and the triple as it stands in the view, where it holds."""

    claims: list[Telling] = field(default_factory=list)
    held: list[Triple] = field(default_factory=list)


def told_of(frame: Frame) -> dict[Triple, Told]:
    """Give what is told by its triple in common names, without status and day, of which there is one an event."""
    found: dict[Triple, Told] = {}
    for claim in frame.side.claims:
        if claim.triple[1] not in _TRAITS or not claim.asserted:
            found.setdefault(named(claim.triple, frame.names), Told()).claims.append(claim)
    for triple in frame.side.view:
        if triple[1] not in _TRAITS:
            found.setdefault(named(triple, frame.names), Told()).held.append(triple)
    return found


def alike(one: Told | None, other: Told | None, frames: tuple[Frame, Frame]) -> bool:
    """Tell, more cheaply than by their facts, that two graphs tell just the same of a triple."""
    if one is None or other is None or bool(one.held) != bool(other.held):
        return False
    return len(one.claims) == len(other.claims) and _ways(one, frames[0]) == _ways(other, frames[1])


def _ways(told: Told, frame: Frame) -> list[tuple[object, ...]]:
    """Give all of the claims that facts are compared by."""
    found: list[tuple[object, ...]] = [
        (
            claim.modality,
            claim.negated,
            claim.speaker,
            claim.confidence,
            bool(claim.article),
            frame.articles.get(claim.article, claim.article),
        )
        for claim in told.claims
    ]
    return sorted(found, key=repr) if len(found) > 1 else found


def fact_of(told: Told, frame: Frame) -> Fact:
    """Put together what is told of one triple."""
    return _fact(told.claims, min(told.held, default=None), bool(told.held), frame)


def _fact(told: Iterable[Telling], triple: Triple | None, holds: bool, frame: Frame) -> Fact:  # noqa: FBT001
    claims = tuple(sorted(told, key=lambda claim: (-claim.confidence, claim.id)))
    chosen = min(claim.triple for claim in claims) if triple is None else triple
    ways = {claim.modality for claim in claims if not claim.negated}
    return Fact(
        triple=chosen,
        names=(frame.side.label(chosen[0]), frame.side.label(chosen[2])),
        holds=holds,
        claims=claims,
        modality=min(ways, key=_firmness) if ways else ("" if claims else _HELD),
        denied=any(claim.negated for claim in claims),
        sources=frozenset(
            frame.articles.get(claim.article, claim.article) for claim in claims if claim.article
        ),
        speakers=frozenset(claim.speaker for claim in claims if claim.article),
        confidence=max((claim.confidence for claim in claims), default=1.0),
    )


def _firmness(modality: str) -> tuple[int, str]:
    known = modality in _MODALITIES
    return (_MODALITIES.index(modality) if known else len(_MODALITIES)), modality


def traits_of(frame: Frame) -> dict[tuple[str, str], Trait]:
    """Give status and day of the events, by the common name of the event and what it is."""
    values: dict[tuple[str, str], dict[Triple, str]] = {}
    for subject, (status, days) in sorted(_values(frame.side.view).items()):
        key = frame.names.get(subject, subject)
        if status:
            values.setdefault((key, "status"), {})[subject, STATUS, status] = frame.side.label(status)
        if days:
            values.setdefault((key, "date"), {})[subject, EDTF, days] = days
    told: dict[tuple[str, str], list[Telling]] = {}
    for claim in frame.side.claims:
        if claim.triple[1] in _TRAITS and claim.asserted:
            told.setdefault((claim.triple[0], claim.triple[1]), []).append(claim)
    return {key: _trait(found, told, frame) for key, found in values.items()}


def _values(view: Iterable[Triple]) -> dict[str, tuple[str, str]]:
    """Give the status and the days of each event; one date where the sources agree, else what they span."""
    found: dict[str, dict[str, str]] = {}
    for subject, predicate, value in view:
        if predicate in _TRAITS:
            known = found.setdefault(subject, {})
            known[predicate] = min(value, known.get(predicate, value))
    return {subject: (about.get(STATUS, ""), _days(about)) for subject, about in found.items()}


def _days(about: Mapping[str, str]) -> str:
    ends = about.get(EARLIEST, ""), about.get(LATEST, "")
    span = ends[0] if ends[0] == ends[1] else "/".join(ends)
    return about.get(EDTF) or (f"{span} (sources disagree)" if span else "")


def _trait(found: Mapping[Triple, str], told: Mapping[tuple[str, str], list[Telling]], frame: Frame) -> Trait:
    claims = [
        claim
        for triple in found
        for claim in told.get(triple[:2], ())
        if triple[1] == EDTF or claim.triple == triple
    ]
    first = min(found)
    return Trait(
        triple=first,
        names=(frame.side.label(first[0]), found[first]),
        values=frozenset(found.values()),
        text="; ".join(sorted(set(found.values()))),
        claims=tuple(sorted(claims, key=lambda claim: (-claim.confidence, claim.id))),
    )


def disputes(frame: Frame) -> dict[frozenset[tuple[Triple, bool]], Dispute]:
    """Give what is disputed, by what the two sides say in common names."""
    by_id = {claim.id: claim for claim in frame.side.claims}
    found: dict[frozenset[tuple[Triple, bool]], dict[tuple[Triple, bool], set[Telling]]] = {}
    for one, other in _pairs(by_id):
        stands = [(named(claim.triple, frame.names), claim.negated) for claim in (one, other)]
        sides = found.setdefault(frozenset(stands), {})
        for stand, claim in zip(stands, (one, other), strict=True):
            sides.setdefault(stand, set()).add(claim)
    return {key: _dispute(sides) for key, sides in found.items()}


def _pairs(by_id: Mapping[str, Telling]) -> Iterator[tuple[Telling, Telling]]:
    for claim in by_id.values():
        yield from ((claim, by_id[other]) for other in claim.contradicts if other in by_id)


def _dispute(sides: Mapping[tuple[Triple, bool], set[Telling]]) -> Dispute:
    ordered = [tuple(sorted(claims, key=lambda claim: claim.id)) for claims in sides.values()]
    ordered.sort(key=lambda claims: (claims[0].negated, claims[0].id))
    first, second = ordered[0], ordered[-1]
    kinds = {triple for triple, _ in sides}
    return Dispute(len(kinds) == 1, (first, second))
