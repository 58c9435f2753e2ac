"""The named queries as a gallery: a list of questions, each with its answer; as pages, or as data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyoxigraph as ox
from anyio import to_thread
from starlette.responses import JSONResponse
from starlette.routing import Route

from kg.errors import KGError, QueryError
from kg.graph.binding import bind
from kg.graph.limits import Thread
from kg.graph.query import bound_with, named_queries, named_query
from kg.graph.rows import Rows, plain
from kg.vocab import Vocabulary
from kg.web import answering
from kg.web.accept import HTML, ROWS, TRIPLES, best
from kg.web.errors import status_of
from kg.web.lists import paged
from kg.web.protocol import answered, gone, offered_for

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from kg.graph.query import NamedQuery
    from kg.graph.rows import RdfTerm
    from kg.web.site import Site

_OURS = {"format", "page"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of an answer, as it is shown; ``href`` leads to what it names, None where nothing does."""

    text: str
    href: str | None


def routes(site: Site) -> list[BaseRoute]:
    """Give the list of questions, and the page of each."""
    return [
        Route("/queries", partial(listed, site)),
        Route("/queries/{name}", partial(asked, site)),
    ]


def listed(site: Site, request: Request) -> Response:
    """List the named queries, for people in HTML, for programs in JSON."""
    if best(request.headers.get("accept", ""), (ROWS[0], HTML)) is HTML:
        return answering.html(request, "queries.html.j2", site=site.title, queries=named_queries())
    return JSONResponse([_in_json(each) for each in named_queries()], headers={"vary": "accept"})


async def asked(site: Site, request: Request) -> Response:
    """Answer a named query with the values that the address gives, as a page or in any format of ``/sparql``."""
    query = named_query(request.path_params["name"])
    given = {key: value for key, value in request.query_params.items() if key not in _OURS and value.strip()}
    offered = offered_for(query.text)
    layout = request.query_params.get("format")
    if layout is not None or best(request.headers.get("accept", ""), (*offered, HTML)) is not HTML:
        text = await _bound(site, query, given)
        return await answered(request, text, layout)
    return await _page(site, request, query, given)


async def _page(site: Site, request: Request, query: NamedQuery, given: dict[str, str]) -> Response:
    """Give the answer as a page; what is wrong with a value is said on it, over the form."""
    values: dict[str, Any] = {"trouble": None, "rows": None, "triples": None, "page": None}
    status = 200
    needed = [param.name for param in query.params if not param.optional and param.name not in given]
    try:
        if given or not needed:
            text = await _bound(site, query, given)
            values |= await _answer(site, request, text)
    except KGError as error:
        values["trouble"], status = error, status_of(error)
    layouts = [each.name for each in offered_for(query.text)]
    values |= {"query": query, "given": given, "text": query.text, "layouts": layouts}
    return answering.html(request, "query.html.j2", status=status, site=site.title, **values)


async def _answer(site: Site, request: Request, text: str) -> dict[str, Any]:
    """Ask, and give what the page shows of the answer."""
    pool, hung_up = request.state.pool, partial(gone, request)
    if offered_for(text) is TRIPLES:
        data = await pool.fetch(text, "application/n-triples", gone=hung_up)
        return {"triples": data.count(b"\n")}
    data = await pool.fetch(text, ROWS[0].media_type, gone=hung_up)
    rows = await to_thread.run_sync(_rows, data)
    page = paged(rows.rows, request)
    cells = [[_cell(term, site.base) for term in row] for row in page.rows]
    return {"rows": rows, "page": replace(page, rows=cells)}


async def _bound(site: Site, query: NamedQuery, given: dict[str, str]) -> str:
    """Put the values into the query; only names of things are looked up, so without values nothing is opened."""
    if not given:
        return bind(query.text, given, names=tuple, base=site.base)
    return await to_thread.run_sync(_bound_in, site, query, given)


def _bound_in(site: Site, query: NamedQuery, given: dict[str, str]) -> str:
    with site.reading() as store:
        return bound_with(
            Thread(store), query.text, params=given, base=site.base, limit_seconds=site.limit_seconds
        )


def _rows(data: bytes) -> Rows:
    result = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
    if not isinstance(result, ox.QuerySolutions):
        raise QueryError("this query has no rows")
    return Rows(tuple(name.value for name in result.variables), tuple(tuple(row) for row in result))


def _cell(term: RdfTerm | None, base: str) -> Cell:
    """Show a value; what is in this graph has a page here."""
    text = plain(term) or ""
    if not isinstance(term, ox.NamedNode):
        return Cell(text, None)
    if text.startswith(base):
        path = text.removeprefix(base)
        return Cell(path, f"/entity/{quote(path)}")
    return Cell(Vocabulary.load().shrink(text), text if text.startswith(("http://", "https://")) else None)


def _in_json(query: NamedQuery) -> dict[str, Any]:
    params = [
        {"name": each.name, "types": each.types, "optional": each.optional, "help": each.help}
        for each in query.params
    ]
    href = f"/queries/{query.name}"
    return {
        "name": query.name,
        "question": query.question,
        "href": href,
        "params": params,
        "text": query.text,
    }
