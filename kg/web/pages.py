"""The pages of the site as routes: which address gives what."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse
from starlette.routing import Route

from kg.web import answering, lists, things
from kg.web.colours import stylesheet
from kg.web.describing import describe
from kg.web.errors import words_of
from kg.web.unknown import command

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from kg.web.catalogue import Thing
    from kg.web.library import Edition, Library

    View = Callable[[Library, Edition, Request], dict[str, Any]]

_LONGEST = 200
"""Of a longer address only the beginning is compared with those that there are."""

_FEW = 5
_CLOSE = 80
"""In per cent, by which an address must agree with one that there is: a letter or two, a day, a number of a round."""

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')
_LISTS: dict[str, View] = {
    "/": lists.home,
    "/search": lists.search,
    "/events": lists.events,
    "/conflicts": lists.conflicts,
    "/about": lists.about,
    "/entities": lists.entities,
    "/articles": lists.articles,
    "/merged": lists.merges,
}
_THINGS: dict[str, Callable[[Library, Edition, Thing], dict[str, Any]]] = {
    "entity": things.entity,
    "event": things.event,
    "claim": things.claim,
    "article": things.article,
}


def routes(library: Library) -> list[BaseRoute]:
    """Give the routes of all pages; each answers GET and HEAD."""
    found = [_list(library, path, view) for path, view in _LISTS.items()]
    found += [_one(library, page) for page in _THINGS]
    found += [
        Route("/unknown", lambda request: _unknown(library, request)),
        Route("/suggest", lambda request: _suggest(library, request)),
        Route("/graph", lambda request: _graph(library, request)),
        Route("/static/kinds.css", _kinds),
    ]
    return list(found)


def _list(library: Library, path: str, view: View) -> Route:
    name = "home.html.j2" if path == "/" else f"{path[1:]}.html.j2"
    return Route(path, lambda request: _list_page(library, request, name, view))


def _list_page(library: Library, request: Request, name: str, view: View) -> Response:
    """Answer with a list, or with the news that the asker has it already."""
    edition = library.edition()
    tag = answering.tag_of(edition.version, library.site.title, str(request.url.path), request.url.query)
    return answering.unchanged(request, tag) or answering.html(
        request, name, tag=tag, site=library.site.title, **view(library, edition, request)
    )


def _one(library: Library, page: str) -> Route:
    return Route(f"/{page}/{{id:path}}", lambda request: _thing(library, request, page))


def _thing(library: Library, request: Request, page: str) -> Response:
    """Answer for a thing: 303 from its own address to a form of it, which is an address of its own."""
    edition = library.edition()
    asked = request.path_params["id"]
    if (thing := edition.book.by_address.get(f"{page}/{asked}")) is not None:
        return _see_other(request, thing)
    for suffix in answering.FORMATS:
        thing = edition.book.by_address.get(f"{page}/{asked.removesuffix(suffix)}")
        if asked.endswith(suffix) and thing is not None:
            return _form(library, edition, request, thing, suffix)
    return _missing(library, edition, request, page, asked)


def _see_other(request: Request, thing: Thing) -> Response:
    suffix = answering.negotiate(", ".join(request.headers.getlist("accept")))
    headers = {"vary": "Accept", "cache-control": "no-cache"}
    if suffix is None:
        raise HTTPException(406, f"There is {', '.join(media for media, _ in answering.FORMATS.values())}")
    return RedirectResponse(thing.address + suffix, 303, headers)


def _form(library: Library, edition: Edition, request: Request, thing: Thing, suffix: str) -> Response:
    tag = answering.tag_of(edition.version, library.site.title, thing.iri, suffix)
    known = answering.unchanged(request, tag)
    if known is not None:
        return known
    if suffix != ".html":
        return answering.rdf(request, describe(edition.book, thing), suffix, tag=tag)
    values = _THINGS[thing.page](library, edition, thing)
    return answering.html(request, f"{thing.page}.html.j2", tag=tag, site=library.site.title, **values)


def _missing(library: Library, edition: Edition, request: Request, page: str, asked: str) -> Response:
    """Say that there is no such thing, and offer what is called alike; of another kind, lead there."""
    bare = next((asked.removesuffix(s) for s in answering.FORMATS if asked.endswith(s)), asked)
    thing = edition.book.thing(edition.book.base + bare)
    if thing is not None and thing.page != page:
        return RedirectResponse(thing.address + asked[len(bare) :], 302)
    words = words_of(bare)
    return answering.html(
        request,
        "missing.html.j2",
        status=404,
        site=library.site.title,
        page=page,
        asked=bare,
        words=words,
        hits=_alike(edition, page, bare, words),
    )


def _alike(edition: Edition, page: str, bare: str, words: str) -> list[Thing]:
    """Give what is called as the address says, and what has much the same address, each once."""
    called = [hit.thing for hit in edition.names.suggest(words)]
    addresses = [each for each in edition.book.by_address if each.startswith(page + "/")]
    spelled = process.extract(
        f"{page}/{bare}"[:_LONGEST], addresses, scorer=fuzz.ratio, limit=_FEW, score_cutoff=_CLOSE
    )
    found = [*called, *(edition.book.by_address[address] for address, _, _ in spelled)]
    return list({thing.iri: thing for thing in found}.values())


def _unknown(library: Library, request: Request) -> Response:
    library.edition()  # names the missing graph, where there is none
    found = [(each, command(each)) for each in library.unknown()]
    page = lists.paged(found, request)
    tag = answering.tag_of(repr(page.rows), repr(len(found)), library.site.title, request.url.query)
    return answering.html(request, "unknown.html.j2", tag=tag, site=library.site.title, page=page)


def _suggest(library: Library, request: Request) -> Response:
    """Answer with names that begin as asked, as JSON."""
    edition = library.edition()
    asked = request.query_params.get("q", "")
    hits = [
        {"name": hit.name, "label": hit.thing.label, "kind": hit.thing.kind, "href": hit.thing.href}
        for hit in edition.names.suggest(asked)
    ]
    body = json.dumps(hits, ensure_ascii=False, separators=(",", ":")).encode()
    tag = answering.tag_of(edition.version, "suggest", asked)
    return answering.plain(request, body, "application/json", tag=tag)


def _graph(library: Library, request: Request) -> Response:
    """Answer with the interactive page, under the policy that it states itself: its own scripts and nothing else."""
    version, page = library.graph()
    tag = answering.tag_of(version, library.site.title, "graph")
    headers = {"content-security-policy": _policy(page)}
    return answering.plain(request, page, "text/html; charset=utf-8", tag=tag, headers=headers)


def _policy(page: bytes) -> str:
    """Give the policy of the page's own head; without one nothing may run."""
    found = _POLICY.search(page[:20_000].decode("utf-8", "replace"))
    return unescape(found[1]) + "; frame-ancestors 'none'" if found is not None else "default-src 'none'"


def _kinds(request: Request) -> Response:
    tag = answering.tag_of("kinds.css")
    return answering.plain(request, stylesheet(), "text/css; charset=utf-8", tag=tag)
