"""What every request passes before a page sees it: who may ask, how, and how much; and what every answer carries."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.report import safe, tell
from kg.web.errors import refuse

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 1_000_000
"""In bytes. A query has 100,000 characters at most, of which nearly all are one byte."""

MAX_URL = 32_000
"""In bytes, percent signs and all; longer queries are to be posted."""

LOCAL = ("localhost", "127.0.0.1", "::1")
METHODS = ("GET", "HEAD", "POST")
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
"""What every answer carries, unless a page has set its own."""

_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Fence:
    """An ASGI layer around the site; ``host`` is the address that the server listens on."""

    app: ASGIApp
    host: str = "127.0.0.1"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request, or pass it on with its body counted and its answer dressed."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def dressed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(Request(scope))
        if refusal is not None:
            await refusal(scope, receive, dressed)
            return
        try:
            await self.app(scope, _counted(receive), dressed)
        except Exception as error:  # noqa: BLE001  (a bug shall not spill a traceback, here as in the cli)
            tell(
                f"error: unexpected {type(error).__name__} at {safe(scope['path'])}: {safe(str(error))[:200]}"
            )
            if not begun:
                answer = refuse(Request(scope), 500, "There is a bug in kg; the terminal says more.")
                await answer(scope, receive, dressed)

    def _refusal(self, request: Request) -> Response | None:
        """Say why a request is not let in; None where it is."""
        headers, scope = request.headers, request.scope
        if not is_known(headers.get("host", ""), self.host):
            hint = "This server answers to localhost and to the name given with --host."
            return refuse(request, 421, "Not a host of this server", hint=hint)
        if is_foreign(headers):
            return refuse(request, 403, "Pages of other sites may not ask here")
        if request.method not in METHODS:
            allow = {"allow": ", ".join(METHODS)}
            return refuse(
                request, 405, "The site is only read: GET, HEAD, and POST for queries", headers=allow
            )
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_URL:
            return refuse(
                request, 414, f"The address has more than {MAX_URL:,} bytes", hint="Post the query."
            )
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MAX_BODY:
            return refuse(request, 413, f"The body has more than {MAX_BODY:,} bytes")
        return None


def is_known(host: str, listening: str) -> bool:
    """Tell whether a Host header names this server.

    Where the server listens on every address, any address in figures is let in, but no name: a page
    that makes its own name point here (DNS rebinding) can only come with a name.
    """
    found = _HOST.fullmatch(host)
    if found is None:
        return False
    name = found["name"].strip("[]").lower()
    if name in {*LOCAL, listening.strip("[]").lower()}:
        return True
    return listening in {"0.0.0.0", "::", "[::]"} and _is_address(name)  # noqa: S104  (compared, not bound)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_foreign(headers: Headers) -> bool:
    """Tell whether a browser asks on behalf of a page of another site; following a link from there is not that."""
    if headers.get("sec-fetch-site") == "same-origin":  # a header that no page can set
        return False
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower():
        return True
    elsewhere = headers.get("sec-fetch-site", "none") in {"cross-site", "same-site"}
    return elsewhere and headers.get("sec-fetch-mode") != "navigate"


def _counted(receive: Receive) -> Receive:
    """Stop reading a body that is longer than it may be, whatever its header says."""
    total = 0

    async def receive_some() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > MAX_BODY:
            raise HTTPException(413, f"The body has more than {MAX_BODY:,} bytes")
        return message

    return receive_some
