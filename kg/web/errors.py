"""What goes wrong, as an answer: a short page for people, JSON for programs; never a traceback."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from starlette.responses import JSONResponse
from starlette.routing import Route

from kg.errors import (
    KGError,
    LockedError,
    QueryError,
    QueryRefusedError,
    QueryTimeoutError,
    StoreError,
    UnknownNameError,
)
from kg.web import answering

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.exceptions import HTTPException
    from starlette.requests import Request
    from starlette.responses import Response

_STATUS: tuple[tuple[type[KGError], int], ...] = (
    (QueryTimeoutError, 503),
    (QueryRefusedError, 403),
    (QueryError, 400),
    (UnknownNameError, 404),
    (LockedError, 503),
    (StoreError, 503),
)
_TITLES = {
    400: "Bad request",
    403: "Refused",
    404: "Not found",
    405: "Not like that",
    406: "Not in that format",
    413: "Too large",
    414: "Too long an address",
    415: "Not that kind of content",
    421: "Wrong host",
    500: "Our mistake",
    503: "Not now",
}

_PLAIN = {"Not Found": "There is no such page.", "Method Not Allowed": "This address is only read."}
"""What Starlette says itself, in our words."""


_LONGEST = 200
"""Of a longer address only the beginning is compared and searched for."""


def status_of(error: KGError) -> int:
    """Give the HTTP status that tells of an error of ours."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 400)


def refuse(
    request: Request,
    status: int,
    what: str,
    *,
    hint: str | None = None,
    name: str | None = None,
    near: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Say what is wrong, in HTML where that is asked for, else in JSON.

    ``name`` is the kind of error, ``near`` the address that was likely meant.
    """
    if "text/html" in request.headers.get("accept", ""):
        values = {"title": _TITLES.get(status, f"Error {status}"), "what": what, "hint": hint, "near": near}
        values["words"] = words_of(request.url.path) if status == 404 else None
        answer = answering.html(
            request, "error.html.j2", status=status, site=request.app.state.title, asked="", **values
        )
        answer.headers.update(headers or {})
        return answer
    said_in_json = {"error": name or _TITLES.get(status, str(status)), "what": what, "hint": hint}
    return JSONResponse({key: value for key, value in said_in_json.items() if value}, status, headers)


async def on_kg_error(request: Request, error: Exception) -> Response:
    """Answer for an error of ours: what and hint, without the place, which is a path of this machine."""
    assert isinstance(error, KGError)
    near = None
    if isinstance(error, UnknownNameError) and error.near is not None:
        before, _, last = request.url.path.rpartition("/")
        near = f"{before}/{quote(error.near)}" if unquote(last) == error.name else None
    return refuse(
        request, status_of(error), error.what, hint=error.hint, name=type(error).__name__, near=near
    )


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answer for what Starlette found wrong."""
    found: HTTPException = error  # type: ignore[assignment]
    what = _PLAIN.get(str(found.detail), str(found.detail))
    near = _near(request) if found.status_code == 404 else None
    hint = None if near is None else f"Did you mean {near}?"
    return refuse(request, found.status_code, what, hint=hint, near=near, headers=found.headers)


def _near(request: Request) -> str | None:
    """Give the address of the site that was likely meant."""
    routes = (route.path for route in request.app.routes if isinstance(route, Route))
    paths = [path for path in routes if "{" not in path and "." not in path]
    return UnknownNameError("page", request.url.path[:_LONGEST], paths).near


def words_of(path: str) -> str:
    """Give the words of the last part of an address, to search for."""
    last = unquote(path.rstrip("/").rpartition("/")[2])[:_LONGEST]
    return " ".join(re.findall(r"\w+", last.removesuffix(".html")))
