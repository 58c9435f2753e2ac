"""The graph of a project, written to an endpoint: whole, in batches, and never over what is not ours.

Where updates are taken, the graph is put together beside the old one, under a name of its own, counted where
that can be asked, and then takes the place of the old one in one step (MOVE): whoever asks meanwhile sees
the old graph. Where only whole graphs are taken (Graph Store Protocol), the first batch replaces what is
there and the others follow; our mark is in the first, so that a run that was cut off is known as ours.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import files
from kg.addresses import redacted
from kg.errors import UsageError
from kg.graph.endpoint import EndpointStore, canonical, insertion, ntriples, read_ntriples
from kg.graph.store import EmbeddedStore
from kg.sparql import TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from kg.sparql import Connection

BATCH_OF_DATA = 10_000
"""Triples (about 2 MB) in a request of the Graph Store Protocol."""

BATCH_OF_UPDATE = 1_000
"""Triples in an update; Virtuoso 7 refuses some thousands as too long a program."""

MARK = ox.Triple(
    ox.NamedNode("https://w3id.org/diplomacy-kg/ns"),
    ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
    ox.NamedNode("http://www.w3.org/2002/07/owl#Ontology"),
)
"""What every graph of ours holds: by it we know that we may replace one."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where the graph goes; None is the default graph."""

    graph: str | None
    batch: int
    replace: bool = False
    """Whether to write over a graph that is not ours."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was done."""

    triples: int
    requests: int
    """With triples in them."""
    resumed: int
    """Batches that a run before had sent."""
    counted: bool
    """Whether the endpoint was asked how many triples arrived."""
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class _Job:
    """A push that is under way: what is sent, and how many batches the endpoint has acknowledged."""

    graph: str | None
    batch: int
    digest: str
    staging: str
    done: int = 0


@dataclass(slots=True)
class _Batches:
    """Sends batches and counts the requests; what is too large for the endpoint goes in halves."""

    connection: Connection
    note: Callable[[str], None]
    total: int
    requests: int = 0

    def send(self, triples: Sequence[ox.Triple], graph: str | None, *, replace: bool = False) -> None:
        try:
            if self.connection.addresses.data is not None:
                self.connection.put(ntriples(triples), graph, replace=replace)
            else:
                self.connection.change(insertion(triples, graph))
            self.requests += 1
        except TooLargeError:
            blank = max((at + 1 for at, triple in enumerate(triples) if _has_blank(triple)), default=1)
            half = max(len(triples) // 2, blank)
            if half >= len(triples):
                raise
            self.send(triples[:half], graph, replace=replace)
            self.send(triples[half:], graph)

    def tell(self, done: int) -> None:
        self.note(f"sent {done:,} of {self.total:,} triples")


def push(
    triples: Iterable[ox.Triple],
    connection: Connection,
    target: Target,
    *,
    cache: Path,
    note: Callable[[str], None] = lambda _: None,
) -> Pushed:
    """Make a graph of the endpoint equal to these triples.

    ``cache`` is a folder for what must be known to go on after an interruption; one push at a time uses it.

    Raises:
        UsageError: the graph there is not ours, or it cannot be seen whether it is.
        LockedError: another push is under way.
        RemoteError: the endpoint did not do what it was asked.
    """
    chosen = _ordered(triples)
    cache.mkdir(parents=True, exist_ok=True)
    lock = files.lock(cache / "push.lock")
    try:
        batches = _Batches(connection, note, len(chosen))
        if connection.addresses.update is None:
            return _over(chosen, connection, target, batches)
        _check_ours(connection, target)
        shown = " ".join(redacted(url) for url in connection.addresses.given())
        record = cache / f"push-{hashlib.sha256(shown.encode()).hexdigest()[:16]}.json"
        return _beside(chosen, connection, target, batches, record)
    finally:
        os.close(lock)


def _ordered(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Put our mark first, then what has blank nodes: those must be in one request, which is the first."""
    chosen = {*triples, MARK}
    return sorted(chosen, key=lambda triple: (triple != MARK, not _has_blank(triple), str(triple)))


def _parts(chosen: Sequence[ox.Triple], batch: int) -> list[Sequence[ox.Triple]]:
    first = max(batch, 1 + sum(map(_has_blank, chosen)))
    rest = range(first, len(chosen), batch)
    return [chosen[:first], *(chosen[at : at + batch] for at in rest)]


def _has_blank(triple: ox.Triple) -> bool:
    return isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)


def _check_ours(connection: Connection, target: Target) -> None:
    if target.replace:
        return
    if connection.addresses.query is None:
        hint = "Name where it can be asked: --query URL; or say --replace."
        raise UsageError("it cannot be seen whether the graph there may be replaced", hint=hint)
    store = EndpointStore(connection, target.graph)
    if store.query(f"ASK {{ {MARK} }}") is not True and store.query("ASK { ?s ?p ?o }") is not False:
        raise _foreign(target)


def _foreign(target: Target) -> UsageError:
    hint = "It would be lost. Choose another with --graph IRI, or say --replace."
    place = "the default graph" if target.graph is None else target.graph
    return UsageError("the graph there is not one of kg push", where=place, hint=hint)


def _beside(
    chosen: Sequence[ox.Triple], connection: Connection, target: Target, batches: _Batches, record: Path
) -> Pushed:
    """Put the graph together under another name, and then in the place of the old one."""
    parts = _parts(chosen, target.batch)
    job = _begin(connection, target, record, chosen)
    for at, part in enumerate(parts):
        if at >= job.done:
            batches.send(part, job.staging)
            _keep(record, replace(job, done=at + 1))
        batches.tell(sum(map(len, parts[: at + 1])))
    counted = _count(connection, job.staging, len(chosen))
    place = "DEFAULT" if target.graph is None else str(ox.NamedNode(target.graph))
    connection.change(f"MOVE GRAPH {ox.NamedNode(job.staging)} TO {place}")
    record.unlink()
    return Pushed(len(chosen), batches.requests, job.done, counted)


def _begin(connection: Connection, target: Target, record: Path, chosen: Sequence[ox.Triple]) -> _Job:
    """Go on where a run before was cut off, where all that it sent is still there; else start over."""
    digest = hashlib.sha256(ntriples(chosen)).hexdigest()
    old = _kept(record)
    if old is not None:
        same = (old.graph, old.batch, old.digest) == (target.graph, target.batch, digest)
        if same and _is_there(connection, old, chosen):
            return old
        connection.change(f"DROP SILENT GRAPH {ox.NamedNode(old.staging)}")
    home = "urn:diplomacy-kg:default" if target.graph is None else target.graph
    job = _Job(target.graph, target.batch, digest, f"{home}/loading/{os.urandom(10).hex()}")
    _keep(record, job)
    return job


def _is_there(connection: Connection, job: _Job, chosen: Sequence[ox.Triple]) -> bool:
    """Tell whether what was acknowledged is still there; blank nodes must not be sent twice."""
    if connection.addresses.query is None or job.done == 0:
        return False
    wanted = sum(map(len, _parts(chosen, job.batch)[: job.done]))
    return wanted <= len(EndpointStore(connection, job.staging)) <= len(chosen)


def _keep(record: Path, job: _Job) -> None:
    files.write(record, json.dumps(asdict(job), sort_keys=True).encode())


def _kept(record: Path) -> _Job | None:
    """Give the push that was cut off; a record that makes no sense counts as none."""
    try:
        job = _Job(**json.loads(record.read_bytes()))
        ox.NamedNode(job.staging)
    except (OSError, ValueError, TypeError):
        return None
    return job if "/loading/" in job.staging else None  # what is dropped must be ours


def _count(connection: Connection, graph: str | None, wanted: int) -> bool:
    """Count what arrived, where that can be asked; tell whether it could."""
    if connection.addresses.query is None:
        return False
    count = len(EndpointStore(connection, graph))
    if count != wanted:
        what = f"holds {count:,} of the {wanted:,} triples that it was sent"
        raise connection.error(what, "Run the same command again.")
    return True


def _over(chosen: Sequence[ox.Triple], connection: Connection, target: Target, batches: _Batches) -> Pushed:
    """Write the graph in the place of the old one, batch by batch."""
    data = connection.get(target.graph)
    there = read_ntriples(connection, data or b"")
    if connection.addresses.query is not None:
        _check_ours(connection, target)
    elif there and MARK not in there and not target.replace:
        raise _foreign(target)
    if there and _stored(there) == _stored(chosen):
        return Pushed(len(chosen), 0, 0, counted=True, unchanged=True)
    done = 0
    for at, part in enumerate(_parts(chosen, target.batch)):
        batches.send(part, target.graph, replace=at == 0)
        done += len(part)
        batches.tell(done)
    return Pushed(len(chosen), batches.requests, 0, _count(connection, target.graph, len(chosen)))


def _stored(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """Give triples as a store keeps them, which has one way to write a number."""
    with EmbeddedStore.of(canonical(triples)) as store:
        return set(store.triples())
