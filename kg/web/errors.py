"""What goes wrong, as an answer: a short page for people, JSON for programs; never a traceback."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, JSONResponse

from kg.errors import (
    KGError,
    LockedError,
    QueryError,
    QueryRefusedError,
    QueryTimeoutError,
    StoreError,
    UnknownNameError,
)

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
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="stylesheet" href="/static/plain.css"></head>
<body><main><h1>{title}</h1><p>{what}</p>{hint}<p><a href="/">To the start page</a></p></main></body></html>
"""


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
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Say what is wrong, in HTML where that is asked for, else in JSON; ``name`` is the kind of error."""
    if "text/html" in request.headers.get("accept", ""):
        said = f"<p>{escape(hint)}</p>" if hint is not None else ""
        page = _PAGE.format(title=_TITLES.get(status, f"Error {status}"), what=escape(what), hint=said)
        return HTMLResponse(page, status, headers)
    said_in_json = {"error": name or _TITLES.get(status, str(status)), "what": what, "hint": hint}
    return JSONResponse({key: value for key, value in said_in_json.items() if value}, status, headers)


async def on_kg_error(request: Request, error: Exception) -> Response:
    """Answer for an error of ours: what and hint, without the place, which is a path of this machine."""
    assert isinstance(error, KGError)
    return refuse(request, status_of(error), error.what, hint=error.hint, name=type(error).__name__)


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answer for what Starlette found wrong."""
    found: HTTPException = error  # type: ignore[assignment]
    return refuse(request, found.status_code, str(found.detail), headers=found.headers)
