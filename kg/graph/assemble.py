"""From readings to the content of the graph: claims, events with their reasons, view, triples.

A pure function of the set of readings: neither their order nor their chunking shows, and an
article that is taken away leaves nothing behind.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.graph.claims import Fact, without_circles
from kg.graph.contradict import contradictions
from kg.graph.decisions import Decisions
from kg.graph.heard import hear, seen_names
from kg.graph.identity import document_path, run_path, slug
from kg.graph.infer import RULES, infer
from kg.graph.nodes import background, choose_entities, nodes, owners_of, states_of, used_paths
from kg.graph.statements import Statements
from kg.graph.terms import DELEGATION, is_global
from kg.graph.things import Corpus, most_specific
from kg.graph.told import Named, name_all
from kg.graph.triples import Writer
from kg.graph.view import supported_teams, view
from kg.graph.world import World, statuses
from kg.model import Claim
from kg.vocab import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.graph.claims import Note
    from kg.graph.heard import Heard
    from kg.graph.nodes import Node
    from kg.graph.view import Triple
    from kg.model import Entity, Event, Interval, Reading, Term
    from kg.vocab import Vocabulary


@dataclass(frozen=True, slots=True)
class GraphContent:
    """All that the graph says, in the terms of ``kg.model`` and as sorted triples."""

    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    view: tuple[Triple, ...]
    nodes: tuple[Node, ...]
    notes: tuple[Note, ...]
    """What the readings held and the graph could not take."""
    statements: Statements
    """The triples as sorted lines of N-Triples, one at a time."""

    @property
    def triples(self) -> tuple[ox.Triple, ...]:
        """The triples, sorted as text."""
        found = ox.parse(self.ntriples(), ox.RdfFormat.N_TRIPLES, lenient=True)
        return tuple(quad.triple for quad in found)

    def ntriples(self) -> str:
        """Give the graph as sorted N-Triples."""
        return "".join(f"{line} .\n" for line in self.statements)


def assemble(
    readings: Iterable[Reading],
    *,
    vocabulary: Vocabulary,
    kb_version: str,
    decisions: Decisions | None = None,
    base: str = BASE,
) -> GraphContent:
    """Give the content of the graph that a set of readings makes.

    Args:
        readings: in any order; of two with the same text, one counts.
        vocabulary: the ontology.
        kb_version: named once as the source of all background.
        decisions: what the user has decided by hand.
        base: the IRI that paths are relative to.
    """
    decided = Decisions() if decisions is None else decisions
    heard = hear(readings, vocabulary)
    chosen = [one.source.reading for one in heard]
    entities = choose_entities(chosen)
    corpus = _corpus(heard, entities, decided, vocabulary)
    named = name_all(corpus, entities, decided)
    facts, circles = without_circles(_renamed(corpus, named))
    world = _world(corpus, named, entities, chosen)
    intervals = {fact.claim.id: fact.interval for fact in facts if fact.interval is not None}
    claims, status = _claims(facts, intervals, world)
    plain = view(claims, status, intervals, world)
    paths = used_paths(claims, world)
    described = nodes(paths, named.labels, claims, plain, world, seen_names(heard))
    writer = Writer(vocabulary, base)
    statements = Statements(
        claims=claims,
        runs={fact.claim.id: fact.run for fact in facts}
        | {claim.id: f"run/rule-{claim.rule}" for claim in claims if claim.rule is not None},
        labels=_run_labels(chosen),
        knowledge=(f"kb/{slug(kb_version) or 'none'}", kb_version),
        documents=[
            (document_path(reading.article), tuple(writer.document(reading.article))) for reading in chosen
        ],
        nodes=described,
        edges=[*plain, *(edge for path in paths for edge in background(path, world))],
        vocabulary=vocabulary,
        base=base,
    )
    return GraphContent(
        claims,
        named.events,
        plain,
        described,
        _sorted({*(note for one in heard for note in one.notes), *named.notes, *circles}),
        statements,
    )


def _sorted(notes: Iterable[Note]) -> tuple[Note, ...]:
    return tuple(sorted(notes, key=lambda note: (note.document, note.key, note.why)))


def _corpus(
    heard: Iterable[Heard], entities: Mapping[str, Entity], decisions: Decisions, vocabulary: Vocabulary
) -> Corpus:
    known = {one.source.sha256: one for one in heard}
    return Corpus(
        sources={sha: one.source for sha, one in known.items()},
        facts={sha: _without_rejected(one.facts, decisions) for sha, one in known.items()},
        actors={sha: one.actors for sha, one in known.items()},
        within={key: entity.within for key, entity in entities.items() if entity.within is not None},
        states=states_of({key: entity.type for key, entity in entities.items()}, vocabulary),
        vocabulary=vocabulary,
    )


def _without_rejected(facts: Sequence[Fact], decisions: Decisions) -> tuple[Fact, ...]:
    """Leave out what the user rejects, and what is said of a team whose side is rejected with it."""
    kept = [fact for fact in facts if fact.claim.id not in decisions.reject]
    if len(kept) == len(facts):
        return tuple(facts)
    teams = supported_teams(fact.claim for fact in kept)
    lost = supported_teams(fact.claim for fact in facts) - teams
    return tuple(fact for fact in kept if not lost & {fact.claim.subject, str(fact.claim.object)})


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


def _world(
    corpus: Corpus, named: Named, entities: Mapping[str, Entity], readings: Sequence[Reading]
) -> World:
    told: dict[str, set[Term]] = {}
    for source in corpus.sources.values():
        for key, term in source.types.items():
            if is_global(key) and key not in entities and term in corpus.vocabulary:
                told.setdefault(key, set()).add(term)
    types = {key: most_specific(terms, corpus.vocabulary) for key, terms in told.items()}
    types |= {key: entity.type for key, entity in entities.items()}
    types |= {**named.types, **dict.fromkeys(named.teams, DELEGATION)}
    owners = owners_of(readings, entities)
    return World(types, named.teams, entities, corpus.within, owners, corpus.states, corpus.vocabulary)


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


def _run_labels(readings: Iterable[Reading]) -> dict[str, str]:
    """Name what produces claims: rules, and the extractors of each reading."""
    names = {f"run/rule-{rule}": f"rule: {text}" for rule, text in RULES.items()}
    for reading in readings:
        for extractor in sorted({mention.extractor for mention in reading.event_mentions}):
            names[run_path(reading, extractor)] = f"{reading.pipeline}; {extractor}".removeprefix("; ")
    return names
