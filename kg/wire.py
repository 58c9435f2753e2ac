"""One request over http(s): no redirects, an end in time, a limit in size, and every failure named.

Credentials that a request carries go to the address they were meant for and nowhere else: no redirect is
followed, and what is for this machine does not pass a proxy.
"""

from __future__ import annotations

import http.client
import queue
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from kg.addresses import HOME, redacted
from kg.errors import RemoteError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from email.message import Message
    from http.client import HTTPMessage
    from typing import IO

T = TypeVar("T")

AGAIN = "Run the same command again later."
_TOKEN = "Use a token, where it takes one: KG_REMOTE_TOKEN."  # noqa: S105  (a hint)
_MOST_OF_A_REFUSAL = 4000  # bytes of what a server says when it refuses


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: an answer, or a refusal with the beginning of its text."""

    status: int
    headers: Message
    data: bytes

    @property
    def kind(self) -> str:
        """The media type, without parameters."""
        return self.headers.get_content_type()


@dataclass(frozen=True, slots=True)
class Wire:
    """How requests to one address are sent."""

    shown: str
    """The address, fit to be shown."""
    most_bytes: int
    redirect_hint: str = "If that is right, give that address: {address}"
    size_hint: str = "Ask for less."

    def send(self, request: urllib.request.Request, seconds: float, *, kinds: Sequence[str] = ()) -> Reply:
        """Give the answer, also one that refuses.

        Of an answer that does not refuse, the media type must be one of ``kinds``, where any are given.

        Raises:
            TimeoutError: there is none in time.
            RemoteError: there is none, it leads elsewhere, has no end, or is of another kind.
        """
        limit = max(0.001, seconds)
        answer = in_time(lambda: self._attempt(request, limit, kinds), limit, name="sparql")
        if isinstance(answer, Reply):
            return answer
        raise answer

    def error(self, what: str, hint: str = AGAIN) -> RemoteError:
        """Give an error of this address."""
        return RemoteError(what, where=self.shown, hint=hint)

    def _attempt(
        self, request: urllib.request.Request, limit: float, kinds: Sequence[str]
    ) -> Reply | RemoteError | TimeoutError:
        """Give what came, or the error; never raise."""
        end = time.monotonic() + limit
        try:
            with self._opener(request).open(request, timeout=limit) as response:
                return self._receive(response, end, kinds, headers_only=request.get_method() == "HEAD")
        except (RemoteError, TimeoutError) as error:
            return error
        except urllib.error.HTTPError as error:
            return _refusal(error)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return self._broken(error)

    def _opener(self, request: urllib.request.Request) -> urllib.request.OpenerDirector:
        at_home = urlsplit(request.full_url).hostname in HOME
        return web_opener(_NoRedirects(self.redirect_hint), proxies=not at_home)

    def _broken(self, error: Exception) -> RemoteError | TimeoutError:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            return reason
        if isinstance(error, urllib.error.URLError):
            return self.error(f"cannot be reached: {reason}", "Check the address and the network.")
        return self.error(f"broke off ({type(error).__name__})")

    def _receive(
        self, response: http.client.HTTPResponse, end: float, kinds: Sequence[str], *, headers_only: bool
    ) -> Reply:
        kind = response.headers.get_content_type()
        if kinds and kind not in kinds:
            raise self.error(f"answered {kind!r}, not a SPARQL result", "Is that a SPARQL endpoint?")
        data = bytearray()
        while part := response.read1(65536):
            data += part
            if len(data) > self.most_bytes:
                raise self.error(f"answered more than {self.most_bytes:,} bytes", self.size_hint)
            if time.monotonic() > end:
                raise TimeoutError
        length = response.headers.get("Content-Length", "")
        if length.isdecimal() and not headers_only and len(data) < int(length):
            raise self.error(f"the answer is cut: {len(data):,} of {int(length):,} bytes came")
        return Reply(response.status, response.headers, bytes(data))


def in_time(attempt: Callable[[], T], seconds: float, *, name: str) -> T:
    """Give what an attempt gives, which must not raise: it runs in a thread, where nobody would hear it.

    Name look-up and slow headers know no deadline; a thread that is late goes on by itself, unheard.

    Raises:
        TimeoutError: it took longer.
    """
    answers: queue.Queue[T] = queue.Queue()
    threading.Thread(target=lambda: answers.put(attempt()), daemon=True, name=name).start()
    try:
        return answers.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None


def web_opener(
    redirects: urllib.request.HTTPRedirectHandler, *, proxies: bool = True
) -> urllib.request.OpenerDirector:
    """Give an opener that knows http and https only, and asks ``redirects`` where an answer leads on."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(None if proxies else {}),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        redirects,
    ):
        opener.add_handler(handler)
    return opener


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Names where a redirect leads to and goes nowhere: credentials and questions stay where they were sent."""

    def __init__(self, hint: str) -> None:
        self._hint = hint

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,  # noqa: ARG002  (the signature is urllib's)
        headers: HTTPMessage,  # noqa: ARG002
        newurl: str,
    ) -> None:
        """Refuse every redirect."""
        fp.close()
        there = redacted(newurl)
        what = f"redirects ({code}) to {there}, which is not followed"
        raise RemoteError(what, where=redacted(req.full_url), hint=self._hint.format(address=there))


def digest(challenge: str, request: urllib.request.Request, login: tuple[str, str]) -> str:
    """Give the Authorization header that a server's demand for a digest is met with.

    Raises:
        RemoteError: it wants a kind of digest that is not known.
    """
    known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    known.add_password(None, request.full_url, *login)
    asked = urllib.request.parse_keqv_list(urllib.request.parse_http_list(challenge.partition(" ")[2]))
    try:
        answer = urllib.request.AbstractDigestAuthHandler(known).get_authorization(request, asked)
    except (ValueError, urllib.error.URLError):
        answer = None
    if answer is None:
        raise RemoteError("wants a digest of an unknown kind", where=redacted(request.full_url), hint=_TOKEN)
    return f"Digest {answer}"


def _refusal(error: urllib.error.HTTPError) -> Reply:
    """Give what a server said that refuses; what cannot be read of it does not matter."""
    try:
        data = error.read(_MOST_OF_A_REFUSAL)
    except (OSError, http.client.HTTPException, ValueError):
        data = b""
    finally:
        error.close()
    return Reply(error.code, error.headers, data)
