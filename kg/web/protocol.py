"""``/sparql`` by the SPARQL 1.1 Protocol, read-only; ``/health`` for who watches the server."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.graph import guard
from kg.versions import PACKAGE
from kg.web.accept import HTML, ROWS, TRIPLES, best, named
from kg.web.asked import read
from kg.web.description import described

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from kg.web.accept import Format
    from kg.web.asked import Asked
    from kg.web.site import Site

EDITOR = "/sparql-editor"
_NEGOTIATED = {"vary": "accept", "cache-control": "no-cache"}


def routes(site: Site) -> list[BaseRoute]:
    """Give what the endpoint answers to."""
    return [
        Route("/sparql", partial(sparql, site), methods=["GET", "POST"]),
        Route("/health", partial(health, site)),
    ]


async def sparql(site: Site, request: Request) -> Response:
    """Answer a query, or describe the service; a browser that asks for a page is sent to the editor.

    Raises:
        KGError: the query is refused, does not parse, or took too long.
        HTTPException: the request is not as the protocol has it.
    """
    asked = await read(request)
    if request.method != "POST" and asked.layout is None and _wants_page(request):
        link = f"{EDITOR}#query={quote(asked.query, safe='')}" if asked.query is not None else EDITOR
        return RedirectResponse(link, 303, headers=_NEGOTIATED)
    if asked.query is None:
        return await _description(site, request, asked.layout)
    _check_dataset(asked, site.graph)
    return await answered(request, asked.query, asked.layout)


async def answered(request: Request, text: str, layout: str | None) -> Response:
    """Answer a query in the format that is asked for by name, or that the client likes best.

    Raises:
        KGError: the query is refused, does not parse, or took too long.
        HTTPException: there is no such format for the kind of answer.
    """
    guard.check(text)
    chosen = _format(request, layout, offered_for(text))
    data = await request.state.pool.fetch(text, chosen.media_type, gone=partial(gone, request))
    return Response(data, headers={"content-type": chosen.content_type, **_NEGOTIATED})


def offered_for(text: str) -> Sequence[Format]:
    """Give the formats that the answer of a query can have."""
    return TRIPLES if guard.first_keyword(text) in {"CONSTRUCT", "DESCRIBE"} else ROWS


def health(site: Site, request: Request) -> Response:
    """Say that the graph can be read, and how large it is."""
    with site.reading() as store:
        triples = len(store)
    state = {"status": "ok", "graph": site.version(), "triples": triples, "kg": PACKAGE}
    return JSONResponse(
        state | {"query_processes": request.state.pool.size}, headers={"cache-control": "no-store"}
    )


async def gone(request: Request) -> None:
    """Return when nobody waits for the answer any more."""
    with suppress(HTTPException):  # a body without end
        while (await request.receive())["type"] != "http.disconnect":
            continue


async def _description(site: Site, request: Request, layout: str | None) -> Response:
    chosen = _format(request, layout, TRIPLES)

    def work() -> bytes:
        with site.reading() as store:
            triples = len(store)
        endpoint = str(request.url.replace(query="", fragment=""))
        return described(endpoint, title=site.title, triples=triples, layout=chosen.name)

    data = await to_thread.run_sync(work)
    return Response(data, headers={"content-type": chosen.content_type, **_NEGOTIATED})


def _wants_page(request: Request) -> bool:
    offered = (*ROWS, *TRIPLES, HTML)
    return best(request.headers.get("accept", ""), offered) is HTML


def _check_dataset(asked: Asked, graph: str) -> None:
    """Refuse to ask anything but the one graph there is: others would have to be fetched."""
    strange = [*(each for each in asked.default_graphs if each != graph), *asked.named_graphs]
    if strange:
        raise HTTPException(400, f"This endpoint has one graph, {graph}, and fetches no other")


def _format(request: Request, layout: str | None, offered: Sequence[Format]) -> Format:
    found = named(layout, offered) if layout is not None else best(request.headers.get("accept", ""), offered)
    if found is None:
        names = ", ".join(each.media_type for each in offered)
        raise HTTPException(406, f"The answer comes in one of: {names}")
    return found
