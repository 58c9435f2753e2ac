"""From readings to the content of the graph: claims, events with their reasons, view, triples.

A pure function of the set of readings: neither their order nor their chunking shows, and an
article that is taken away leaves nothing behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.graph.decisions import Decisions
from kg.graph.hearsay import gathered, known_of
from kg.graph.nodes import background, nodes, used_paths
from kg.graph.pieces import documents_of, knowledge_of, listened, piece
from kg.graph.statements import Statements
from kg.graph.triples import Writer
from kg.vocab import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.graph.claims import Note
    from kg.graph.nodes import Node
    from kg.graph.view import Triple
    from kg.model import Claim, Event, Reading
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
    heard = listened(readings, decided, vocabulary)
    known = known_of(gathered(heard), vocabulary)
    part = piece(heard, known, decided, vocabulary)
    paths = used_paths(part.claims, part.world)
    described = nodes(paths, part.named.labels, part.claims, part.view, part.world, known)
    statements = Statements(
        claims=part.claims,
        runs=part.runs,
        labels={run: known.runs[run] for run in part.runs.values()},
        knowledge=knowledge_of(kb_version),
        documents=documents_of(heard, Writer(vocabulary, base)),
        nodes=described,
        edges=[*part.view, *(edge for path in paths for edge in background(path, part.world))],
        vocabulary=vocabulary,
        base=base,
    )
    notes = _sorted({*(note for one in heard for note in one.notes), *part.notes})
    return GraphContent(part.claims, part.named.events, part.view, described, notes, statements)


def _sorted(notes: Iterable[Note]) -> tuple[Note, ...]:
    return tuple(sorted(notes, key=lambda note: (note.document, note.key, note.why)))
