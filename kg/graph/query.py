"""Questions to the graph: named queries, and queries that others wrote, run within a limit of time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.data import data_folder
from kg.errors import InputError, UnknownNameError
from kg.graph.binding import Param, bind, literal, params_of
from kg.graph.limits import Asking, Thread
from kg.terms import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.graph.rows import Answer
    from kg.graph.store import Store

LIMIT_SECONDS = 30.0
"""How long a query may take unless told otherwise."""

_LABELS = "<http://www.w3.org/2000/01/rdf-schema#label>|<http://www.w3.org/2004/02/skos/core#altLabel>"


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question that comes with the package."""

    name: str
    question: str
    text: str
    params: tuple[Param, ...]


def named_queries() -> tuple[NamedQuery, ...]:
    """List the queries that come with the package, in the order of their files."""
    return tuple(_named(path) for path in sorted(data_folder("queries").glob("*.rq")))


def named_query(name: str) -> NamedQuery:
    """Give the query of that name (``who-led-which-delegation``).

    Raises:
        UnknownNameError: there is none.
    """
    found = {_name(path): path for path in sorted(data_folder("queries").glob("*.rq"))}
    if name not in found:
        raise UnknownNameError("query", name, found)
    return _named(found[name])


def query_text(asked: str) -> str:
    """Give the text of a named query or, where the name ends in ``.rq`` or has a slash, of a file.

    Raises:
        UnknownNameError: there is no query of that name.
        InputError: the file cannot be read.
    """
    path = Path(asked)
    if path.suffix not in {".rq", ".sparql"} and len(path.parts) == 1 and not path.is_file():
        return named_query(asked).text
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("the query is not UTF-8", where=asked, hint=f"At byte {error.start}.") from error
    except OSError as error:
        hint = "Name a query (see kg query --list) or a file that exists."
        raise InputError(f"the query cannot be read: {error.strerror}", where=asked, hint=hint) from error


def run(
    source: Path | Store,
    text: str,
    *,
    params: Mapping[str, str] | None = None,
    base: str = BASE,
    limit_seconds: float = LIMIT_SECONDS,
) -> Answer:
    """Answer a query: rows for SELECT, a truth value for ASK, triples for CONSTRUCT and DESCRIBE.

    A store folder is asked in a process of its own, which is killed at the limit; a store that is
    open already is asked in a thread, which then goes on by itself until it is done.

    Raises:
        QueryError: the query does not parse, or asks for what is not allowed.
        QueryTimeoutError: it took longer than the limit.
        UsageError: a parameter is missing, unknown or does not fit.
    """
    from kg.graph import guard  # noqa: PLC0415  (our own queries need no look)

    guard.check(text)
    if not isinstance(source, Path):
        return ask_with(Thread(source), text, params=params or {}, base=base, limit_seconds=limit_seconds)
    from kg.graph.asking import QueryWorker  # noqa: PLC0415  (brings what starts processes)

    with QueryWorker(source) as worker:
        return ask_with(worker, text, params=params or {}, base=base, limit_seconds=limit_seconds)


def run_named(
    folder: Path,
    name: str,
    *,
    params: Mapping[str, str] | None = None,
    base: str = BASE,
    limit_seconds: float = LIMIT_SECONDS,
) -> Answer:
    """Answer a query of our own: as ``run``, but in this process, and taken for a good one, which is sooner done."""
    from kg.graph.store import EmbeddedStore  # noqa: PLC0415  (brings the engine)

    text = named_query(name).text
    with EmbeddedStore(folder, readonly=True) as store:
        asking = Thread(store)
        bound = _bound(asking, text, params or {}, base, limit_seconds)
        return asking.ask(bound, limit_seconds=limit_seconds)


def ask_with(
    asking: Asking,
    text: str,
    *,
    params: Mapping[str, str],
    base: str = BASE,
    limit_seconds: float = LIMIT_SECONDS,
) -> Answer:
    """Answer a query with a worker that is kept for many."""
    bound = bound_with(asking, text, params=params, base=base, limit_seconds=limit_seconds)
    return asking.ask(bound, limit_seconds=limit_seconds)


def bound_with(
    asking: Asking,
    text: str,
    *,
    params: Mapping[str, str],
    base: str = BASE,
    limit_seconds: float = LIMIT_SECONDS,
) -> str:
    """Put the values of its parameters into a query, for whoever is to answer it; ``asking`` is asked for names.

    Raises:
        UsageError: a parameter is missing, unknown or does not fit.
    """
    from kg.graph import guard  # noqa: PLC0415  (as above)

    guard.check(text)
    return _bound(asking, text, params, base, limit_seconds)


def _bound(asking: Asking, text: str, params: Mapping[str, str], base: str, limit_seconds: float) -> str:
    def names(value: str) -> tuple[str, ...]:
        return _things_named(asking, value, limit_seconds)

    return bind(text, params, names=names, base=base)


def _things_named(asking: Asking, name: str, limit_seconds: float) -> tuple[str, ...]:
    """Give the IRIs of all that is called so, whatever the case of the letters.

    Raises:
        UnknownNameError: nothing in the graph is.
    """
    same = f"FILTER(LCASE(STR(?name)) = LCASE({literal(name.strip())}))"
    found = _column(
        asking,
        f"SELECT DISTINCT ?x {{ ?x {_LABELS} ?name {same} FILTER(isIRI(?x)) }} ORDER BY ?x",
        limit_seconds,
    )
    if not found:
        known = _column(asking, f"SELECT DISTINCT (STR(?name) AS ?n) {{ ?x {_LABELS} ?name }}", limit_seconds)
        raise _unknown_thing(name, known)
    return found


def _column(asking: Asking, text: str, limit_seconds: float) -> tuple[str, ...]:
    from kg.graph.rows import Rows, plain  # noqa: PLC0415

    answer = asking.ask(text, limit_seconds=limit_seconds)
    assert isinstance(answer, Rows)
    return tuple(plain(row[0]) or "" for row in answer.rows)


def _unknown_thing(name: str, known: tuple[str, ...]) -> UnknownNameError:
    error = UnknownNameError("thing in the graph", name, known)
    if error.hint is not None and error.hint.startswith("Choose"):
        error.hint = "See kg show, or kg kb search, for the names there are."
    return error


def _name(path: Path) -> str:
    number, dash, rest = path.stem.partition("-")
    return rest if dash and number.isdigit() else path.stem


@cache
def _named(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf-8")
    question = text.partition("\n")[0].removeprefix("#").strip()
    return NamedQuery(_name(path), question, text, params_of(text))
