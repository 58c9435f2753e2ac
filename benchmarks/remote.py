"""Push the sample corpus to a Virtuoso server and compare the rows of all named queries: ``make remote``.

The server is Debian's; it is started on loopback, in a folder of its own, and ended afterwards.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg import config, ingest
from kg.contents import triples_of
from kg.credentials import Login
from kg.errors import KGError
from kg.graph.endpoint import EndpointStore, canonical
from kg.graph.query import named_queries, run
from kg.graph.rows import Rows
from kg.graph.store import EmbeddedStore
from kg.project import Project
from kg.push import BATCH_OF_DATA, BATCH_OF_UPDATE, Target, push
from kg.sparql import Addresses, Connection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph.rows import Answer

ROOT = Path(__file__).parents[1]
PARAMETERS = {"position-over-time": {"who": "Ethiopia"}, "evidence-of-a-fact": {"subject": "Abbas Araghchi"}}
LOGIN = Login("dba", "dba")  # what a new Virtuoso database begins with; this one listens on loopback only

INI = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 1000000
"""

KNOWN = {
    "export-rdf12": "Virtuoso 7 has no triple terms, it is older than RDF 1.2",
    "interval-between-rounds": "Virtuoso 7 gives seconds where others give a duration",
}
"""Queries that Virtuoso 7 is known to answer otherwise, and why."""


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """Run a server; gives its address."""
    port = free_port()
    (folder / "virtuoso.ini").write_text(INI.format(sql=free_port(), http=port), encoding="utf-8")
    command = ["virtuoso-t", "+configfile", "virtuoso.ini", "+foreground"]
    with (
        (folder / "out.txt").open("wb") as out,
        subprocess.Popen(command, cwd=folder, stdout=out, stderr=out) as server,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}/sparql", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(60)


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers."""
    for _ in range(240):
        if server.poll() is not None:
            sys.exit("remote: virtuoso-t ended by itself; see its virtuoso.log")
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.25)
        else:
            return
    sys.exit("remote: virtuoso-t does not answer")


def build(folder: Path) -> None:
    """Read the sample corpus into a project folder."""
    settings = config.load(folder=folder.parent, environ={}, explicit={"store": folder})
    with Project.open(folder, create=True) as project:
        ingest.build(project, [str(ROOT / "seeds" / "articles")], settings)


def lines(answer: Answer) -> Counter[str]:
    """Give an answer as the lines it has, each with how often: the order of equals is free in SPARQL.

    Oxigraph keeps every whole number as xsd:integer, Virtuoso its narrower type: that is one number.
    """
    if isinstance(answer, bool):
        return Counter([str(answer)])
    if isinstance(answer, Rows):
        found = ("\t".join("" if term is None else str(term) for term in row) for row in answer.rows)
        return Counter(line.replace("#nonNegativeInteger>", "#integer>") for line in found)
    return Counter(str(triple) for triple in EmbeddedStore.of(canonical(answer)).triples())


def compare(project: Project, remote: EndpointStore) -> int:
    """Print a line a query; give the number of deviations that nobody knows of."""
    unknown = 0
    with project.store() as own:
        for each in named_queries():
            params = PARAMETERS.get(each.name, {})
            start = time.monotonic()
            here = lines(run(own, each.text, params=params))
            middle = time.monotonic()
            try:
                there = lines(run(remote, each.text, params=params))
                said = (
                    "same"
                    if here == there
                    else f"{(here - there).total()} missing, {(there - here).total()} more"
                )
            except KGError as error:
                there, said = Counter(), f"error: {str(error)[:110]}"
            end = time.monotonic()
            if said != "same":
                unknown += each.name not in KNOWN
                said = f"{said} ({KNOWN.get(each.name, 'NOT KNOWN')})"
            times = f"{middle - start:6.2f} {end - middle:6.2f}"
            print(f"{each.name:<30} {here.total():>6} {there.total():>6} {times}  {said}")
        same = lines(tuple(own.triples())) == lines(tuple(remote.triples()))
    print(f"the whole graph: {len(remote):,} triples, {'the same' if same else 'NOT the same'}")
    return unknown + (not same)


def pushes(project: Project, address: str) -> EndpointStore:
    """Push in every way there is, and give the graph."""
    query = f"{address}/sparql"
    update, data = f"{address}/sparql-auth", f"{address}/sparql-graph-crud-auth"
    graph = config.Settings().graph
    with project.store() as own:
        triples = list(triples_of(own))
    ways = {
        "graph store and update": (Addresses(query, update, data), BATCH_OF_DATA),
        "update only": (Addresses(query, update), BATCH_OF_UPDATE),
        "graph store only": (Addresses(query, None, data), BATCH_OF_DATA),
    }
    for name, (addresses, batch) in ways.items():
        for time_ in ("first", "again"):
            start = time.monotonic()
            target = Target(f"{graph}/{name.replace(' ', '-')}", batch)
            done = push(
                triples, Connection(addresses, login=LOGIN, deadline=600), target, cache=project.cache
            )
            print(
                f"pushed by {name:<24} {time_}: {done.triples:,} triples, {done.requests} requests, "
                f"{'counted' if done.counted else 'not counted'}, {time.monotonic() - start:.1f} s"
            )
    return EndpointStore(Connection(Addresses(query), deadline=600), f"{graph}/update-only")


def main() -> int:
    """Run the comparison."""
    if shutil.which("virtuoso-t") is None:
        print("remote: virtuoso-t is missing, nothing was compared.", file=sys.stderr)
        print("        Debian, Ubuntu: sudo apt-get install virtuoso-opensource", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "server").mkdir()
        build(folder / "kg-store")
        with virtuoso(folder / "server") as address, Project.open(folder / "kg-store") as project:
            remote = pushes(project, address)
            print(f"\n{'query':<30} {'rows':>6} {'there':>6}   s own  s there")
            unknown = compare(project, remote)
    print(f"\n{len(named_queries())} queries, {unknown} deviations that are not known")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
