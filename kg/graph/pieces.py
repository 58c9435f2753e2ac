"""What some readings say together, merged and named: claims, events with their reasons, view.

Of the readings that are not among them it needs only what is known of the names that they share (``hearsay``).
Where no reading outside can have an event or a name in common with one inside, the whole is the sum of the pieces.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from kg.graph.claims import Fact, without_circles
from kg.graph.contradict import contradictions
from kg.graph.heard import hear
from kg.graph.identity import document_path, slug
from kg.graph.infer import infer
from kg.graph.nodes import states_of
from kg.graph.terms import DELEGATION
from kg.graph.things import Corpus
from kg.graph.told import Named, name_together, naming, settle_all
from kg.graph.view import supported_teams, view
from kg.graph.world import World, statuses
from kg.model import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.graph.claims import Note
    from kg.graph.decisions import Decisions
    from kg.graph.heard import Heard
    from kg.graph.hearsay import Known
    from kg.graph.told import Settle
    from kg.graph.triples import Writer
    from kg.graph.view import Triple
    from kg.model import Interval, Reading, Term
    from kg.vocab import Vocabulary


@dataclass(frozen=True, slots=True)
class Piece:
    """What some readings say together."""

    claims: tuple[Claim, ...]
    runs: Mapping[str, str]
    """Claim id -> the path of what produced it."""
    named: Named
    view: tuple[Triple, ...]
    world: World
    notes: frozenset[Note]
    """What the graph could not take because of what the readings say together."""


def listened(readings: Iterable[Reading], decisions: Decisions, vocabulary: Vocabulary) -> list[Heard]:
    """Take up readings, without the claims that the user rejects."""
    return [without_rejected(one, decisions) for one in hear(readings, vocabulary)]


def without_rejected(one: Heard, decisions: Decisions) -> Heard:
    """Leave out what the user rejects, and what is said of a team whose side is rejected with it."""
    kept = [fact for fact in one.facts if fact.claim.id not in decisions.reject]
    if len(kept) == len(one.facts):
        return one
    teams = supported_teams(fact.claim for fact in kept)
    lost = supported_teams(fact.claim for fact in one.facts) - teams
    told = [fact for fact in kept if not lost & {fact.claim.subject, str(fact.claim.object)}]
    return replace(one, facts=tuple(told))


def piece(heard: Sequence[Heard], known: Known, decisions: Decisions, vocabulary: Vocabulary) -> Piece:
    """Merge and name what all readings tell of, and say what follows from it."""
    return pieces([heard], known, decisions, vocabulary)[0]


def pieces(
    families: Iterable[Sequence[Heard]],
    known: Known,
    decisions: Decisions,
    vocabulary: Vocabulary,
    settled: Settle = settle_all,
) -> list[Piece]:
    """Merge and name what families of readings tell of, and say what follows from it, family by family.

    Args:
        families: the readings of each, sorted by the hash of the text.
        known: of the names that they share.
        decisions: what the user has decided by hand.
        vocabulary: the ontology.
        settled: gives the things their names, by what all would like to be called.
    """
    corpora = [corpus_of(heard, known, vocabulary) for heard in families]
    named = name_together([naming(corpus, known, decisions) for corpus in corpora], known.taken, settled)
    return [_piece(corpus, one, known) for corpus, one in zip(corpora, named, strict=True)]


def _piece(corpus: Corpus, named: Named, known: Known) -> Piece:
    facts, circles = without_circles(_renamed(corpus, named))
    world = world_of(known, corpus.vocabulary, named)
    intervals = {fact.claim.id: fact.interval for fact in facts if fact.interval is not None}
    claims, status = _claims(facts, intervals, world)
    runs = {fact.claim.id: fact.run for fact in facts}
    runs |= {claim.id: f"run/rule-{claim.rule}" for claim in claims if claim.rule is not None}
    plain = view(claims, status, intervals, world)
    return Piece(claims, runs, named, plain, world, frozenset({*named.notes, *circles}))


def corpus_of(heard: Iterable[Heard], known: Known, vocabulary: Vocabulary) -> Corpus:
    """Put readings beside one another."""
    by_hash = {one.source.sha256: one for one in heard}
    return Corpus(
        sources={sha: one.source for sha, one in by_hash.items()},
        facts={sha: one.facts for sha, one in by_hash.items()},
        actors={sha: one.actors for sha, one in by_hash.items()},
        within=within_of(known),
        states=states_of({key: entity.type for key, entity in known.entities.items()}, vocabulary),
        vocabulary=vocabulary,
    )


def within_of(known: Known) -> dict[str, str]:
    """Give the place or state that each place lies in."""
    return {key: entity.within for key, entity in known.entities.items() if entity.within is not None}


def world_of(known: Known, vocabulary: Vocabulary, named: Named | None = None) -> World:
    """Say what is known of all names, and of the things that were named."""
    types = {**known.types, **{key: entity.type for key, entity in known.entities.items()}}
    teams: Mapping[str, tuple[str, str]] = {}
    if named is not None:
        types |= {**named.types, **dict.fromkeys(named.teams, DELEGATION)}
        teams = named.teams
    states = states_of({key: entity.type for key, entity in known.entities.items()}, vocabulary)
    within = within_of(known)
    return World(types, teams, known.entities, within, known.owners, known.offices, states, vocabulary)


def documents_of(heard: Iterable[Heard], writer: Writer) -> list[tuple[str, tuple[str, ...]]]:
    """Give the path of each source, and what is recorded of it, written already."""
    articles = (one.source.reading.article for one in heard)
    return [(document_path(article), tuple(writer.document(article))) for article in articles]


def knowledge_of(version: str) -> tuple[str, str]:
    """Give the path of the knowledge base, and its version."""
    return f"kb/{slug(version) or 'none'}", version


def _renamed(corpus: Corpus, named: Named) -> Iterator[Fact]:
    """Put the merged names in the place of local keys."""
    for sha, facts in corpus.facts.items():
        for fact in facts:
            claim = fact.claim
            found = claim.object
            if isinstance(found, str):
                found = named.paths.get((sha, found), found)
            subject = named.paths.get((sha, claim.subject), claim.subject)
            if subject is not claim.subject or found is not claim.object:
                # Written out: dataclasses.replace takes three times as long, and this is done for every claim.
                claim = Claim(
                    id=claim.id,
                    subject=subject,
                    predicate=claim.predicate,
                    object=found,
                    stance=claim.stance,
                    confidence=claim.confidence,
                    document=claim.document,
                    evidence=claim.evidence,
                    as_of=claim.as_of,
                )
            yield Fact(claim, fact.run, fact.interval)


def _claims(
    facts: Sequence[Fact], intervals: Mapping[str, Interval], world: World
) -> tuple[tuple[Claim, ...], dict[str, Term]]:
    """Add what is inferred and mark what contradicts; give the status of each event as well."""
    stated = [fact.claim for fact in facts]
    status = statuses(stated, world.vocabulary)
    everything = [*stated, *infer(stated, status, world)]
    against = contradictions(everything, intervals, world.vocabulary)
    marked = (
        replace(claim, contradicts=against[claim.id]) if claim.id in against else claim
        for claim in everything
    )
    return tuple(sorted(marked, key=attrgetter("id"))), status
