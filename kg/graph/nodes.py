"""The things in the graph with their class, names and background, whatever is claimed of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.graph.profile import VOTE
from kg.graph.terms import DELEGATION, LOCATED_IN, OFFICE_OF, TYPE, asserted
from kg.graph.view import supported_teams
from kg.model import ACTUAL, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from kg.graph.hearsay import Known
    from kg.graph.view import Triple
    from kg.graph.world import World
    from kg.model import Claim, Entity, Reading
    from kg.vocab import Vocabulary

HOLDS_OFFICE = Term("dip:holdsOffice")

# Enough to find a thing by; the knowledge base may have a hundred spellings of a state.
_SEEN_ALIASES = 8
_KNOWN_ALIASES = 6


@dataclass(frozen=True, slots=True)
class Node:
    """One thing: its classes, most specific first, its label, other names and Wikidata id."""

    path: str
    types: tuple[Term, ...]
    label: str
    aliases: tuple[str, ...] = ()
    qid: str | None = None
    confirmed: bool = False


def choose_entities(readings: Iterable[Reading]) -> dict[str, Entity]:
    """Give one record for each entity: the best known, then the most frequent, then by content."""
    told: dict[str, Counter[Entity]] = {}
    for reading in readings:
        for entity in reading.entities:
            told.setdefault(entity.key, Counter())[entity] += 1
    return {key: best_of(found) for key, found in sorted(told.items())}


def best_of(found: Mapping[Entity, int]) -> Entity:
    """Choose the record of an entity among those told, each so many times."""
    return min(
        found,
        key=lambda one: (
            not one.known,
            one.qid is None,
            not one.confirmed,
            one.within is None,
            -found[one],
            _content(one),
        ),
    )


def _content(entity: Entity) -> tuple[str, ...]:
    return entity.type, entity.label, entity.qid or "", entity.within or "", *entity.aliases


def used_paths(claims: Iterable[Claim], world: World) -> tuple[str, ...]:
    """List the things that claims name, with the places and bodies these belong to."""
    wave = {
        path
        for claim in claims
        for path in (claim.subject, claim.object, claim.stance.speaker)
        if isinstance(path, str) and "/" in path
    }
    used: set[str] = set()
    while wave:
        used |= wave
        wave = {value for path in wave for _, _, value in background(path, world)} - used
    return tuple(sorted(used))


def background(path: str, world: World) -> Iterator[tuple[str, Term, str]]:
    """Yield what the knowledge base says of a thing: where a place lies, whose an office is."""
    around = world.within.get(path)
    if around is not None and world.is_a(path, "dip:Place") and world.is_a(around, "dip:Place"):
        yield path, LOCATED_IN, around
    owner = world.owners.get(path)
    if owner is not None and world.is_a(path, "dip:Office") and world.is_a(owner, "dip:Actor"):
        yield path, OFFICE_OF, owner


def nodes(
    paths: Sequence[str],
    labels: Mapping[str, str],
    claims: Sequence[Claim],
    plain: Iterable[Triple],
    world: World,
    known: Known,
) -> tuple[Node, ...]:
    """Describe every thing that is used."""
    whole = supported_teams(claims) | {
        subject for subject, predicate, _ in plain if predicate == "dip:voteOn"
    }
    said = {**_said_types(claims), **known.said}
    found = []
    for path in paths:
        entity = world.entities.get(path)
        label = labels.get(path) or (entity.label if entity is not None else path.rpartition("/")[2])
        found.append(
            Node(
                path,
                _types(path, world, said, bare=path not in whole),
                label,
                _aliases(label, entity, known.names.get(path, {})),
                None if entity is None else entity.qid,
                confirmed=entity is not None and entity.confirmed,
            )
        )
    return tuple(found)


def _types(
    path: str, world: World, said: Mapping[str, Mapping[bool, AbstractSet[Term]]], *, bare: bool
) -> tuple[Term, ...]:
    """Give the class with its ancestors, and what sources say it is, short of what they deny.

    ``bare`` marks what nobody says the owner or the subject of: the shapes take a delegation only
    with its side, and a vote only with its instrument.
    """
    vocabulary = world.vocabulary
    term = world.types.get(path)
    if term is None or term not in vocabulary or (bare and term == DELEGATION):
        return ()
    if bare and vocabulary.is_a(term, VOTE):
        term = Term("dip:Event")
    told = said.get(path, {})
    while term in told.get(True, set()) - told.get(False, set()) and vocabulary.superclasses(term):
        term = vocabulary.superclasses(term)[0]
    more = sorted(told.get(False, set()))
    return tuple(dict.fromkeys(one for cls in (term, *more) for one in (cls, *vocabulary.superclasses(cls))))


def _said_types(claims: Iterable[Claim]) -> dict[str, dict[bool, set[Term]]]:
    """Gather what sources say as a fact that things are (False) and are not (True)."""
    said: dict[str, dict[bool, set[Term]]] = {}
    for claim in claims:
        if claim.predicate == TYPE and claim.stance.modality == ACTUAL:
            kinds = said.setdefault(claim.subject, {})
            kinds.setdefault(not asserted(claim), set()).add(Term(str(claim.object)))
    return said


def _aliases(label: str, entity: Entity | None, seen: Mapping[str, int]) -> tuple[str, ...]:
    often = sorted(seen, key=lambda text: (-seen[text], text))[:_SEEN_ALIASES]
    known = () if entity is None else entity.aliases[:_KNOWN_ALIASES]
    return tuple(sorted({*often, *known} - {label}))


def states_of(types: Mapping[str, Term], vocabulary: Vocabulary) -> frozenset[str]:
    """Give the paths that are states."""
    return frozenset(
        path for path, term in types.items() if term in vocabulary and vocabulary.is_a(term, "dip:State")
    )
