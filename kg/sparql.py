"""The SPARQL 1.1 protocols with an endpoint of somebody: queries, updates, whole graphs; each failure named.

SPARQLWrapper writes the requests for queries and updates, ``wire`` sends them.
"""

from __future__ import annotations

import http.client
import time
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlsplit

from SPARQLWrapper import POST, SPARQLWrapper

from kg.addresses import check_endpoint, redacted
from kg.credentials import hidden
from kg.errors import QueryError, RemoteError, UsageError
from kg.wire import AGAIN, Wire, digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.credentials import Login
    from kg.wire import Reply

VARIABLES = "KG_REMOTE_USER and KG_REMOTE_PASSWORD, or KG_REMOTE_TOKEN"
_AGENT = "diplomacy-kg"
NTRIPLES = "application/n-triples"
_MOST_BYTES = 200_000_000  # of one answer: some 80 times the graph of the sample corpus
_MOST_WORDS = 300  # letters of what a server says
_HINTS = {
    401: f"Set {VARIABLES} (or the setting credentials).",
    403: "These credentials may not do that.",
    404: "Check the path of the address.",
    405: "It only reads, or the address is that of another of its services.",
    413: "Send less at a time: --batch N",
    415: "Is the address that of another of its services?",
    501: "It only reads, or the address is that of another of its services.",
}
_WORDS = {
    401: "wants other credentials",
    403: "does not allow it",
    404: "has nothing at this address",
    405: "cannot be written or asked so",
    413: "takes no request of this size",
    415: "does not take this kind of data",
    429: "is busy",
    501: "cannot do that",
    503: "is busy",
}


class TooLargeError(RemoteError):
    """A request was larger than the endpoint takes."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where an endpoint answers queries, takes updates, and takes whole graphs (Graph Store Protocol)."""

    query: str | None = None
    update: str | None = None
    data: str | None = None

    def given(self) -> tuple[str, ...]:
        """List those that there are."""
        return tuple(each for each in (self.query, self.update, self.data) if each is not None)


class _Request(SPARQLWrapper):
    """A request as SPARQLWrapper writes it; what kind it is, is known and not guessed."""

    def write(self, text: str, kind: str) -> urllib.request.Request:
        """Give the request, not yet sent."""
        self.setMethod(POST)
        self.setOnlyConneg(True)
        self.queryString, self.queryType = text, kind
        request: urllib.request.Request = self._createRequest()
        return request


class Connection:
    """An endpoint, the credentials for it, and the time there is left."""

    def __init__(
        self,
        addresses: Addresses,
        *,
        login: Login | None = None,
        deadline: float,
        most_bytes: int = _MOST_BYTES,
    ) -> None:
        """Start the clock, of ``deadline`` seconds for all requests together; nothing is sent yet.

        Raises:
            UsageError: an address will not do, or credentials would go to several hosts.
        """
        for url in addresses.given():
            check_endpoint(url, with_credentials=login is not None, variables=VARIABLES)
        hosts = {urlsplit(url)[:2] for url in addresses.given()}
        if login is not None and len(hosts) > 1:
            hint = "Credentials are for one host: name addresses of one host only."
            raise UsageError("the addresses are of different hosts", hint=hint)
        self.addresses = addresses
        self._login, self._deadline, self._most_bytes = login, deadline, most_bytes
        self._end = time.monotonic() + deadline
        self._plain: set[str] = set()

    def ask(self, text: str, *, graph: str | None, accept: Sequence[str]) -> Reply:
        """Send a query that looks at one graph, and give the answer, of one of these media types.

        Raises:
            QueryError: the endpoint says that the query does not parse.
            RemoteError: it does not answer, or not so.
        """
        url = self._need("query")
        question = _Request(url, agent=_AGENT)
        if graph is not None and "default-graph-uri" not in dict(parse_qsl(urlsplit(url).query)):
            question.addDefaultGraph(graph)
        reply = self._send(question.write(text, "SELECT"), ", ".join(accept), accept)
        if reply.status == 400:
            raise QueryError(f"the query does not parse: {self._said(reply, url)}", where=redacted(url))
        self._check(reply, url)
        return reply

    def change(self, text: str) -> None:
        """Send an update.

        Raises:
            QueryError: the endpoint says that it does not parse.
            RemoteError: the endpoint did not do it, or did not say so.
        """
        url = self._need("update")
        request = _Request(url, updateEndpoint=url, agent=_AGENT).write(text, "INSERT")
        reply = self._send(request, "*/*")
        if reply.status == 400:
            raise QueryError(f"the update does not parse: {self._said(reply, url)}", where=redacted(url))
        self._check(reply, url)

    def put(self, triples: bytes, graph: str | None, *, replace: bool) -> None:
        """Send N-Triples into a graph, in the place of what is there or besides it.

        Raises:
            RemoteError: the endpoint did not take them, or did not say so.
        """
        url = self._of_graph(graph)
        request = urllib.request.Request(url, triples, method="PUT" if replace else "POST")  # noqa: S310  (checked)
        request.add_header("Content-Type", NTRIPLES)
        self._check(self._send(request, "*/*"), url)

    def get(self, graph: str | None) -> bytes | None:
        """Give a graph as N-Triples, None where there is none.

        Raises:
            RemoteError: the endpoint does not answer, or not so.
        """
        url = self._of_graph(graph)
        reply = self._send(urllib.request.Request(url), NTRIPLES, (NTRIPLES,))  # noqa: S310  (checked)
        if reply.status == 404:
            return None
        self._check(reply, url)
        return reply.data

    def error(self, what: str, hint: str = AGAIN) -> RemoteError:
        """Give an error of this endpoint."""
        return RemoteError(what, where=redacted(self.addresses.given()[0]), hint=hint)

    def _need(self, name: str) -> str:
        url: str | None = getattr(self.addresses, name)
        if url is None:
            hint = {"query": "--query URL", "update": "--update URL"}[name]
            raise UsageError(f"no address for a {name} is known", hint=f"Name it: {hint}")
        return url

    def _of_graph(self, graph: str | None) -> str:
        assert self.addresses.data is not None
        mark = "&" if urlsplit(self.addresses.data).query else "?"
        return self.addresses.data + mark + ("default" if graph is None else f"graph={quote(graph, safe='')}")

    def _send(self, request: urllib.request.Request, accept: str, kinds: Sequence[str] = ()) -> Reply:
        request.add_header("Accept", accept)
        request.add_header("User-Agent", _AGENT)
        if self._login is not None:
            request.add_header("Authorization", self._authorization(self._login, request))
        return self._answer(request, kinds)

    def _answer(self, request: urllib.request.Request, kinds: Sequence[str] = ()) -> Reply:
        wire = Wire(redacted(request.full_url), self._most_bytes)
        left = self._end - time.monotonic()
        try:
            if left > 0:
                return wire.send(request, left, kinds=kinds)
        except TimeoutError:
            pass
        raise wire.error(f"the deadline of {self._deadline:g} s is over")

    def _authorization(self, login: Login, request: urllib.request.Request) -> str:
        """Give what lets us in: a token, a digest where the server asks for one, or the password itself.

        Virtuoso takes digests only, and breaks off a long request that comes without one. So the server is
        asked first, without credentials and without a body.
        """
        service = request.full_url.partition("?")[0]
        if login.pair is None or service in self._plain:
            return login.header
        probe = urllib.request.Request(request.full_url, method="HEAD")  # noqa: S310  (checked)
        challenge = self._answer(probe).headers.get("WWW-Authenticate", "")
        if challenge.lower().startswith("digest "):
            return digest(challenge, request, login.pair)
        self._plain.add(service)
        return login.header

    def _check(self, reply: Reply, url: str) -> None:
        if 200 <= reply.status < 300:
            return
        name = http.client.responses.get(reply.status, "")
        said = self._said(reply, url)
        what = f"{_WORDS.get(reply.status, 'failed')} ({f'{reply.status} {name}'.strip()})"
        hint = _HINTS.get(reply.status, AGAIN)
        kind = TooLargeError if reply.status == 413 else RemoteError
        raise kind(f"{what}: {said}" if said else what, where=redacted(url), hint=hint)

    def _said(self, reply: Reply, url: str) -> str:
        """Give the first line that a server says to a refusal, without secrets; nothing of a web page."""
        if "html" in reply.kind:
            return ""
        lines = hidden(reply.data.decode("utf-8", "replace"), url, self._login).strip().splitlines()
        return lines[0][:_MOST_WORDS] if lines else ""
