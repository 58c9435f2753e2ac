"""What a family of readings adds to the graph: lines that are all its own, and names and lines that it shares.

The graph is the lines of each family, each shared line once, and what is known of each name that any family uses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.graph.nodes import background, nodes, used_paths
from kg.graph.pieces import documents_of, knowledge_of, pieces, world_of
from kg.graph.statements import Statements
from kg.graph.terms import is_global
from kg.graph.told import settle_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.graph.decisions import Decisions
    from kg.graph.heard import Heard
    from kg.graph.hearsay import Known
    from kg.graph.pieces import Piece
    from kg.graph.told import Settle
    from kg.graph.triples import Writer
    from kg.graph.view import Triple
    from kg.vocab import Vocabulary


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same for all families."""

    decisions: Decisions
    vocabulary: Vocabulary
    kb_version: str
    base: str
    writer: Writer


@dataclass(frozen=True, slots=True)
class Share:
    """What one family adds to the graph."""

    shas: tuple[str, ...]
    statements: Statements
    """The lines that no other family has."""
    edges: frozenset[str]
    """Lines that others may have as well: plain facts of what all call by the same names."""
    keys: frozenset[str]
    """The shared names that it uses, and what produced its claims."""
    own: frozenset[str]
    """The names that things of this family alone have."""
    notes: int
    """How much was read and does not fit the graph."""


def shares_of(
    families: Sequence[Sequence[Heard]], known: Known, frame: Frame, settled: Settle = settle_all
) -> list[Share]:
    """Give what families add to the graph.

    Args:
        families: the readings of each, sorted by the hash of the text.
        known: of the names that they share with others.
        frame: what is the same for all.
        settled: gives the things their names.
    """
    found = pieces(families, known, frame.decisions, frame.vocabulary, settled)
    return [_share(heard, part, known, frame) for heard, part in zip(families, found, strict=True)]


def _share(heard: Sequence[Heard], part: Piece, known: Known, frame: Frame) -> Share:
    own = {*part.named.types, *part.named.teams, *_events(heard, frame.vocabulary)}
    used = used_paths(part.claims, part.world)
    mine = [path for path in used if path in own]
    shared = [triple for triple in part.view if _is_shared(triple, own)]
    statements = Statements(
        claims=part.claims,
        runs=part.runs,
        labels={},
        knowledge=knowledge_of(frame.kb_version),
        documents=documents_of(heard, frame.writer),
        nodes=nodes(mine, part.named.labels, part.claims, part.view, part.world, known),
        edges=[
            *_without(part.view, shared),
            *(edge for path in mine for edge in background(path, part.world)),
        ],
        vocabulary=frame.vocabulary,
        base=frame.base,
    )
    notes = {*(note for one in heard for note in one.notes), *part.notes}
    return Share(
        tuple(one.source.sha256 for one in heard),
        statements,
        frozenset(_line(triple, frame.writer) for triple in shared),
        frozenset({*used, *part.runs.values(), knowledge_of(frame.kb_version)[0]} - own),
        frozenset(own),
        len(notes),
    )


def _events(heard: Iterable[Heard], vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the events that all articles call by one name; those that tell of one are a family."""
    for one in heard:
        for key, term in one.source.types.items():
            if is_global(key) and term in vocabulary and vocabulary.is_a(term, "dip:Event"):
                yield key


def _is_shared(triple: Triple, own: set[str]) -> bool:
    return triple[0] not in own and not (isinstance(triple[2], str) and triple[2] in own)


def _without(view: Iterable[Triple], shared: Iterable[Triple]) -> Iterator[Triple]:
    left = set(shared)
    return (triple for triple in view if triple not in left)


def _line(triple: Triple, writer: Writer) -> str:
    subject, predicate, value = triple
    return f"{writer.name(subject)} {writer.piece(predicate, value)}"


def lines_of_names(keys: Iterable[str], known: Known, frame: Frame) -> set[str]:
    """Give all lines on shared names, and on what produced claims, each whatever it is used for."""
    writer, found = frame.writer, set()
    world = world_of(known, frame.vocabulary)
    kb, version = knowledge_of(frame.kb_version)
    things = []
    for key in keys:
        if key == kb:
            found |= {f"{writer.name(kb)} {piece}" for piece in writer.knowledge(version)}
        elif key in known.runs:
            found |= {f"{writer.name(key)} {piece}" for piece in writer.run(known.runs[key], kb)}
        else:
            things.append(key)
    for node in nodes(things, known.labels, (), (), world, known):
        found |= {f"{writer.name(node.path)} {piece}" for piece in writer.node(node)}
    return found | {_line(edge, writer) for key in things for edge in background(key, world)}
