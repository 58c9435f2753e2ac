"""A graph of a SPARQL endpoint as a store: asked, changed and copied over the net."""

from __future__ import annotations

import json
import re
from itertools import accumulate
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import guard
from kg.graph.rows import Answer, Rows
from kg.graph.store import EmbeddedStore
from kg.sparql import NTRIPLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.sparql import Connection
    from kg.wire import Reply

ROWS = ("application/sparql-results+json", "application/json")
_TRIPLES = ("CONSTRUCT", "DESCRIBE")
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_VIRTUOSO_ASK = ("__ASK_RETVAL",)
"""The one column in which Virtuoso 7 answers an ASK; it has a row for true, none for false."""

_IN_JSON = re.compile(rb'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.DOTALL)
_MOST_DEPTH = 64
"""Of brackets in an answer, and of triples within a triple; the parsers overflow their stack at some 10,000."""
_NO_RESULT = "the answer is cut, or no SPARQL result"
_NO_ENDPOINT = "Is that a SPARQL endpoint?"
_CUT = "Ask for less, or have its limit raised (Virtuoso: ResultSetMaxRows)."


class EndpointStore:
    """One graph of an endpoint: a named one, or its default graph where none is named."""

    def __init__(self, connection: Connection, graph: str | None = None) -> None:
        """Take a connection; nothing is sent yet."""
        self._connection = connection
        self._graph = graph

    def query(self, text: str) -> Answer:
        """Answer a query.

        Raises:
            QueryError: it does not parse.
            RemoteError: the endpoint does not answer, not wholly, or something else.
        """
        if guard.first_keyword(text) in _TRIPLES:
            return self._triples_of(self._ask(text, (NTRIPLES,)))
        found = self._rows_of(self._ask(text, ROWS))
        if isinstance(found, Rows) and found.variables == _VIRTUOSO_ASK:
            return bool(found.rows)
        return found

    def update(self, text: str) -> None:
        """Run an update on this graph, all of it or nothing.

        An update has no word for "this graph". For the default graph it is sent as it is; for a named one
        it is worked out on a copy, and what differs is sent.

        Raises:
            QueryError: it does not parse.
            RemoteError: the endpoint did not do it.
        """
        if self._graph is None:
            self._connection.change(text)
            return
        before = set(self.triples())
        with EmbeddedStore.of(before) as copy:
            copy.update(text)
            after = set(copy.triples())
        self._exchange(before - after, after - before)

    def load(self, triples: Iterable[ox.Triple]) -> None:
        """Add triples in one request, all of them or none."""
        if self._connection.addresses.data is not None:
            self._connection.put(ntriples(triples), self._graph, replace=False)
        else:
            self._connection.change(insertion(triples, self._graph))

    def snapshot(self, folder: Path) -> None:
        """Copy the graph as it is now into a new store folder of this machine."""
        if folder.exists():
            raise StoreError("the folder for the copy exists already", where=str(folder))
        with EmbeddedStore(folder) as copy:
            copy.replace(self.triples())

    def triples(self) -> Iterator[ox.Triple]:
        """Yield every triple, in no particular order; blank nodes under names that do not change.

        Raises:
            RemoteError: the endpoint gives fewer than it counts.
        """
        found = self.query(_ALL)
        assert isinstance(found, tuple)
        count = len(self)
        if len(found) != count:
            raise self._connection.error(f"gave {len(found):,} of {count:,} triples", _CUT)
        return iter(canonical(found))

    def copy(self) -> EmbeddedStore:
        """Bring the whole graph into memory."""
        return EmbeddedStore.of(self.triples())

    def close(self) -> None:
        """Nothing is held open between two requests."""

    def __enter__(self) -> Self:
        """Use the store in a ``with`` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it at the end of the block."""
        self.close()

    def __len__(self) -> int:
        """Count the triples."""
        answer = self.query(_COUNT)
        if isinstance(answer, Rows) and len(answer.rows) == 1 and isinstance(answer.rows[0][0], ox.Literal):
            count = answer.rows[0][0].value
            if count.isdecimal():
                return int(count)
        raise self._connection.error("gives no number where triples are counted", _NO_ENDPOINT)

    def _exchange(self, gone: set[ox.Triple], new: set[ox.Triple]) -> None:
        if any(isinstance(term, ox.BlankNode) for triple in gone for term in triple):
            hint = "Update the project and push it again."
            raise StoreError("an update of a remote graph cannot take away blank nodes", hint=hint)
        parts = [f"DELETE DATA {_block(gone, self._graph)}"] if gone else []
        parts += [insertion(new, self._graph)] if new else []
        if parts:
            self._connection.change(" ;\n".join(parts))

    def _ask(self, text: str, accept: tuple[str, ...]) -> Reply:
        return self._connection.ask(text, graph=self._graph, accept=accept)

    def _rows_of(self, reply: Reply) -> Rows | bool:
        if _depth(reply.data) > _MOST_DEPTH:
            raise self._connection.error(f"the answer nests more than {_MOST_DEPTH} deep", "Ask for less.")
        rows = _parsed(reply.data)
        if rows is None:
            rows = _parsed(_essence(reply.data))
        if rows is None:
            raise self._connection.error(_NO_RESULT, _NO_ENDPOINT)
        if isinstance(rows, bool):
            return rows
        self._check_whole(reply, len(rows.rows))
        return rows

    def _triples_of(self, reply: Reply) -> tuple[ox.Triple, ...]:
        found = read_ntriples(self._connection, reply.data)
        self._check_whole(reply, len(found))
        return found

    def _check_whole(self, reply: Reply, count: int) -> None:
        """Refuse an answer that says it is a part: Virtuoso shortens what is over its limits."""
        most = reply.headers.get("X-SPARQL-MaxRows", "")
        if (most.isdecimal() and count >= int(most)) or reply.headers.get("X-SQL-State"):
            raise self._connection.error(f"gave only a part of the answer ({count:,} rows)", _CUT)


def ntriples(triples: Iterable[ox.Triple]) -> bytes:
    """Write triples a line each."""
    return "".join(f"{triple} .\n" for triple in triples).encode()


def read_ntriples(connection: Connection, data: bytes) -> tuple[ox.Triple, ...]:
    """Read what an endpoint sent.

    Raises:
        RemoteError: it is no N-Triples.
    """
    if any(line.count(b"<<") > _MOST_DEPTH for line in data.splitlines()):
        raise connection.error(f"the answer nests more than {_MOST_DEPTH} deep", "Ask for less.")
    try:
        return tuple(quad.triple for quad in ox.parse(data, ox.RdfFormat.N_TRIPLES))
    except (SyntaxError, ValueError) as error:
        raise connection.error(_NO_RESULT, _NO_ENDPOINT) from error


def insertion(triples: Iterable[ox.Triple], graph: str | None) -> str:
    """Write an update that adds triples to a graph."""
    chosen = list(triples)
    if any(isinstance(term, ox.BlankNode) for triple in chosen for term in triple):
        return f"INSERT {_block(chosen, graph)} WHERE {{ }}"  # Virtuoso wants no blank nodes in DATA
    return f"INSERT DATA {_block(chosen, graph)}"


def canonical(triples: Iterable[ox.Triple]) -> tuple[ox.Triple, ...]:
    """Give blank nodes the names that they have in the ontology as it is shipped."""
    plain: list[ox.Triple] = []
    quads = ox.Dataset()
    for triple in triples:
        if any(isinstance(term, ox.BlankNode) for term in (triple.subject, triple.object)):
            quads.add(ox.Quad(*triple))
        else:
            plain.append(triple)
    quads.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return (*plain, *(quad.triple for quad in quads))


def _block(triples: Iterable[ox.Triple], graph: str | None) -> str:
    data = ntriples(triples).decode()
    return f"{{\n{data}}}" if graph is None else f"{{ GRAPH {ox.NamedNode(graph)} {{\n{data}}} }}"


def _parsed(data: bytes) -> Rows | bool | None:
    """Read a SPARQL result in JSON, None where it is none.

    Nothing is raised: an error would carry the engine's half-read result, which must not leave its thread.
    """
    try:
        found = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        if isinstance(found, ox.QueryBoolean):
            return bool(found)
        return Rows(tuple(each.value for each in found.variables), tuple(tuple(row) for row in found))
    except (SyntaxError, ValueError):
        return None


def _essence(data: bytes) -> bytes:
    """Keep of a result what SPARQL speaks of: the engine refuses whatever else a server adds, as Comunica does."""
    try:
        document = json.loads(data)
        kept = {name: document[name] for name in ("head", "boolean", "results") if name in document}
    except (ValueError, TypeError):
        return b""
    return json.dumps(kept).encode()


def _depth(data: bytes) -> int:
    """Count how deep the brackets of a JSON text nest."""
    steps = {b"{": 1, b"[": 1, b"}": -1, b"]": -1}
    return max(accumulate(steps.get(each.group(), 0) for each in _IN_JSON.finditer(data)), default=0)
