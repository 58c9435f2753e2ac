"""An article from the web: one polite request with a deadline, a limit and no surprises."""

from __future__ import annotations

import http.client
import re
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import quote, urlsplit

from kg.addresses import redacted
from kg.errors import InputError
from kg.wire import in_time, web_opener

if TYPE_CHECKING:
    from http.client import HTTPMessage
    from typing import IO

MOST_BYTES = 20_000_000
DEADLINE = 30.0  # seconds, from the first packet to the last byte
_KINDS = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/json")
_HINT = "Check the address, or save the page and give the file."


@dataclass(frozen=True, slots=True)
class Response:
    """What a server sent: the bytes, their kind and the encoding it names."""

    data: bytes
    kind: str
    charset: str | None


def is_url(source: str) -> bool:
    """Tell an address from a path."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", source) is not None


def fetch(url: str, *, deadline: float = DEADLINE, most_bytes: int = MOST_BYTES) -> Response:
    """Give what stands at an http(s) address; raises InputError for whatever goes wrong."""
    shown = redacted(url)
    _check(url, shown)
    try:
        answer = in_time(lambda: _attempt(url, shown, deadline, most_bytes), deadline, name="fetch")
    except TimeoutError:
        _fail(f"did not answer within {deadline:g} seconds", shown)
    if isinstance(answer, InputError):
        raise answer
    return answer


def _check(url: str, shown: str) -> None:
    try:
        parts = urlsplit(url)
        host, user, _ = parts.hostname, parts.username, parts.port
    except ValueError as error:
        raise InputError("is no address", where=shown, hint=_HINT) from error
    if parts.scheme not in ("http", "https"):
        _fail(f"only http and https are read, not {parts.scheme!r}", shown)
    if not host or any(char.isspace() or ord(char) < 32 for char in url):
        _fail("is no address", shown)
    if user is not None:
        _fail("has a user name in the address, which is not sent", shown)


def _fail(what: str, shown: str) -> NoReturn:
    raise InputError(what, where=shown, hint=_HINT)


class _SameOrSafer(urllib.request.HTTPRedirectHandler):
    """Follows five redirects at most, never to another scheme than http(s), never from https to http."""

    max_redirections = 5

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Refuse what leads out of the web or out of encryption."""
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if new.scheme not in ("http", "https") or (old.scheme == "https" and new.scheme == "http"):
            fp.close()
            _fail(f"is redirected to {redacted(newurl)}, which is not followed", redacted(req.full_url))
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _attempt(url: str, shown: str, deadline: float, most_bytes: int) -> Response | InputError:
    """Give the answer or the error, never raise."""
    opener = web_opener(_SameOrSafer())
    request = urllib.request.Request(  # noqa: S310  (the scheme was checked)
        quote(url, safe=":/?#[]@!$&'()*+,;=%~"),
        headers={"User-Agent": "diplomacy-kg", "Accept": ", ".join(_KINDS)},
    )
    try:
        with opener.open(request, timeout=deadline) as response:
            return _receive(response, shown, time.monotonic() + deadline, most_bytes)
    except InputError as error:
        return error
    except urllib.error.HTTPError as error:
        error.close()
        # Not its reason: of a refused redirect that is the whole address, with its secrets.
        words = http.client.responses.get(error.code, "")
        return InputError(f"the server answered {error.code} {words}".rstrip(), where=shown, hint=_HINT)
    except urllib.error.URLError as error:
        return InputError(f"cannot be reached: {error.reason}", where=shown, hint=_HINT)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return InputError(f"cannot be fetched: {type(error).__name__}", where=shown, hint=_HINT)


def _receive(response: http.client.HTTPResponse, shown: str, end: float, most_bytes: int) -> Response:
    kind = response.headers.get_content_type()
    if kind not in _KINDS:
        _fail(f"is {kind!r}, neither a page, text nor JSON", shown)
    parts: list[bytes] = []
    size = 0
    while part := response.read1(65536):
        size += len(part)
        parts.append(part)
        if size > most_bytes:
            _fail(f"is larger than {most_bytes:,} bytes", shown)
        if time.monotonic() > end:
            _fail("took too long", shown)
    if response.length:  # what the server said it would send and did not
        _fail(f"broke off: {response.length:,} bytes are missing", shown)
    return Response(b"".join(parts), kind, response.headers.get_content_charset())
