"""The SPARQL editor for people: YASGUI from our own files, which asks nobody but us."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse
from starlette.routing import Route

from kg.graph.query import named_queries
from kg.vocab import Vocabulary
from kg.web import answering
from kg.web.fence import CSP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from kg.web.site import Site

POLICY = CSP.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
"""The editor measures and places its lines by styles that it writes into the page."""


def routes(site: Site) -> list[BaseRoute]:
    """Give the page of the editor, and what it knows of the graph."""
    return [
        Route("/sparql-editor", partial(page, site)),
        Route("/sparql-editor/known.json", partial(known, site)),
    ]


def page(site: Site, request: Request) -> Response:
    """Give the page of the editor."""
    answer = answering.html(
        request, "editor.html.j2", tag=answering.tag_of("editor", site.title), site=site.title
    )
    answer.headers["content-security-policy"] = POLICY
    return answer


def known(site: Site, request: Request) -> Response:
    """Give what the editor completes names from, and the queries that it offers to begin with."""
    del request
    terms = Vocabulary.load()
    found: Mapping[str, Any] = {
        "base": site.base,
        "prefixes": dict(sorted(terms.prefixes.items())),
        "classes": sorted(map(terms.expand, terms.classes)),
        "properties": sorted(map(terms.expand, terms.properties)),
        "examples": [
            {"name": each.name, "question": each.question, "text": each.text} for each in named_queries()
        ],
    }
    return JSONResponse(found, headers={"cache-control": "no-cache"})
