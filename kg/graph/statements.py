"""All that the graph says, as lines of N-Triples in order, made as they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from kg.graph.identity import passage_path
from kg.graph.triples import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kg.graph.nodes import Node
    from kg.graph.view import Triple
    from kg.model import Claim, Span
    from kg.vocab import Vocabulary

    _Entry = tuple[str, Callable[..., Iterable[str]], tuple[object, ...]]
    """The name of a subject, and what gives the rest of its lines from what."""


@dataclass(frozen=True, slots=True)
class Statements:
    """Everything there is to write, and the order of writing: each line once, sorted as text.

    All lines of a subject are made together and put in order, then the subjects are: a name ends with a
    sign that no name holds, so the whole is in order without ever being held.
    """

    claims: Sequence[Claim]
    runs: Mapping[str, str]
    """Claim id -> the path of what produced it."""
    labels: Mapping[str, str]
    """Path of what produces claims -> what it is called."""
    knowledge: tuple[str, str]
    """The path and the version of the knowledge base."""
    documents: Sequence[tuple[str, tuple[str, ...]]]
    """The path of each source, and what is recorded of it, written already."""
    nodes: Sequence[Node]
    edges: Sequence[Triple]
    vocabulary: Vocabulary
    base: str

    def __iter__(self) -> Iterator[str]:
        """Yield the lines, without their final dots."""
        entries = sorted(self._entries(Writer(self.vocabulary, self.base)), key=itemgetter(0))
        for subject, about in groupby(entries, key=itemgetter(0)):
            pieces = {piece for _, make, of in about for piece in make(*of)}
            yield from (f"{subject} {piece}" for piece in sorted(pieces))

    def _entries(self, writer: Writer) -> Iterator[_Entry]:
        passages: dict[tuple[str, Span], str] = {}
        for claim in self.claims:
            yield writer.once(f"claim/{claim.id}"), writer.claim, (claim, self.runs[claim.id])
            if claim.document is not None:
                for span, quoted in claim.evidence:  # most sentences support several claims
                    passages.setdefault((claim.document, span), quoted)
        for (document, span), quoted in passages.items():
            yield writer.once(passage_path(document, span)), writer.passage, (document, span, quoted)
        for path, pieces in self.documents:
            yield writer.name(path), tuple, (pieces,)
        for node in self.nodes:
            yield writer.name(node.path), writer.node, (node,)
        for subject, *rest in self.edges:
            yield writer.name(subject), _one, (writer.piece, *rest)
        yield from self._makers(writer)

    def _makers(self, writer: Writer) -> Iterator[_Entry]:
        """Give what produced the claims, and the knowledge base it used, named once; of nothing, nothing."""
        if not self.labels:
            return
        path, version = self.knowledge
        yield writer.name(path), writer.knowledge, (version,)
        for run, label in self.labels.items():
            yield writer.name(run), writer.run, (label, path)


def _one(make: Callable[..., str], *of: object) -> tuple[str]:
    return (make(*of),)
