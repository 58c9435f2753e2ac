"""A SPARQL endpoint of somebody else, asked politely: one question at a time, with a pause, a limit and an end.

SPARQLWrapper writes the request. It is sent by an opener of our own, as SPARQLWrapper sends credentials
on to another host, and its time-out does not bound an answer that drips.
"""

from __future__ import annotations

import http.client
import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from SPARQLWrapper import JSON, POST, SPARQLWrapper

from kg.addresses import check_endpoint, redacted
from kg.wire import AGAIN, Reply, Wire

if TYPE_CHECKING:
    import urllib.request
    from collections.abc import Callable, Mapping
    from email.message import Message

    from kg.errors import RemoteError

_KINDS = ("application/sparql-results+json", "application/json")
_BUSY = (429, 503)

Row = dict[str, str]
"""One solution: the value of each variable that has one, as a text."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How an endpoint is treated; all times in seconds.

    The Wikidata endpoint allows 60 s of work in 60 s and ends a question after 60 s; who ignores its
    429 is shut out for a day.
    """

    pause: float = 1.0
    """From the end of an answer to the next question."""
    deadline: float = 1800.0
    """For all questions and waiting together."""
    one_answer: float = 90.0
    wait: float = 60.0
    """After a 429 or 503 that does not say how long."""
    tries: int = 4
    """Of one question, in all."""
    most_bytes: int = 50_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and the day (ISO, UTC) that the server says it sent it."""

    rows: tuple[Row, ...]
    day: str | None


@dataclass(frozen=True, slots=True)
class _Busy:
    status: int
    wait: float | None


class _Question(SPARQLWrapper):
    """A request as SPARQLWrapper writes it."""

    def request(self) -> urllib.request.Request:
        """Give the request, not yet sent."""
        return self._createRequest()


class Endpoint:
    """A SPARQL endpoint, and the time there is left for it."""

    def __init__(
        self,
        url: str,
        *,
        agent: str,
        credentials: tuple[str, str] | None = None,
        manners: Manners | None = None,
        note: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Start the clock; nothing is sent yet. Raises UsageError where the address will not do."""
        self.shown = redacted(url)
        check_endpoint(
            url, with_credentials=credentials is not None, variables="KG_SPARQL_USER and KG_SPARQL_PASSWORD"
        )
        self._url, self._agent, self._credentials = url, agent, credentials
        self._manners = Manners() if manners is None else manners
        self._note = note
        self._wire = Wire(
            self.shown,
            self._manners.most_bytes,
            redirect_hint="If that is right, give its address: --endpoint {address}",
            size_hint="Ask with --type.",
        )
        self._end = time.monotonic() + self._manners.deadline
        self._free = 0.0

    def select(self, query: str) -> Answer:
        """Give the answer to a SELECT.

        Raises:
            RemoteError: there is none in time, or it is not what was asked for.
        """
        request = self._request(query)
        left = self._manners.tries
        while True:
            left -= 1
            self._sleep(self._free - time.monotonic(), "the pause between two questions")
            outcome = self._send(request)
            self._free = time.monotonic() + self._manners.pause
            if isinstance(outcome, Answer):
                return outcome
            self._wait(outcome, left)

    def _request(self, query: str) -> urllib.request.Request:
        question = _Question(self._url, agent=self._agent)
        question.setMethod(POST)
        question.setReturnFormat(JSON)
        question.setOnlyConneg(True)
        question.setQuery(query)
        if self._credentials is not None:
            question.setCredentials(*self._credentials)
        return question.request()

    def _wait(self, busy: _Busy, left: int) -> None:
        if left == 0:
            times = f"{self._manners.tries} times"
            raise self._error(f"is busy: answered {busy.status} {times} in a row", AGAIN)
        wait = self._manners.wait if busy.wait is None else busy.wait
        self._note(f"the endpoint answered {busy.status}: waiting {wait:g} s")
        self._sleep(wait, f"a wait of {wait:g} s that it asks for")

    def _sleep(self, seconds: float, why: str) -> None:
        if seconds > self._left():
            raise self._error(f"the deadline of {self._manners.deadline:g} s leaves no time for {why}", AGAIN)
        time.sleep(max(0.0, seconds))

    def _left(self) -> float:
        return self._end - time.monotonic()

    def _send(self, request: urllib.request.Request) -> Answer | _Busy:
        limit = max(0.001, min(self._manners.one_answer, self._left()))
        try:
            reply = self._wire.send(request, limit, kinds=_KINDS)
        except TimeoutError:
            raise self._late(limit) from None
        return self._read(reply) if reply.status < 300 else self._refused(reply)

    def _late(self, limit: float) -> RemoteError:
        if limit < self._manners.one_answer:
            return self._error(f"the deadline of {self._manners.deadline:g} s is over", AGAIN)
        return self._error(f"did not answer within {limit:g} s", AGAIN)

    def _error(self, what: str, hint: str) -> RemoteError:
        return self._wire.error(what, hint)

    def _refused(self, reply: Reply) -> _Busy:
        if reply.status in _BUSY:
            return _Busy(reply.status, _retry_after(reply.headers))
        words = http.client.responses.get(reply.status, "")
        hint = "Set KG_SPARQL_USER and KG_SPARQL_PASSWORD." if reply.status == 401 else AGAIN
        raise self._error(f"answered {reply.status} {words}".rstrip(), hint)

    def _read(self, reply: Reply) -> Answer:
        try:
            return Answer(_rows(json.loads(reply.data)), _day(reply.headers))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise self._error("the answer is cut, or no SPARQL result", AGAIN) from None


def _rows(data: Mapping[str, Any]) -> tuple[Row, ...]:
    found = data["results"]["bindings"]
    return tuple({name: str(cell["value"]) for name, cell in sorted(row.items())} for row in found)


def _moment(headers: Message, name: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(headers.get(name, ""))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _day(headers: Message) -> str | None:
    moment = _moment(headers, "Date")
    return None if moment is None else moment.astimezone(UTC).date().isoformat()


def _retry_after(headers: Message) -> float | None:
    """Give the seconds to wait; a date counts from the server's own clock, which may differ from ours."""
    text = headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text)
    now, then = _moment(headers, "Date"), _moment(headers, "Retry-After")
    return None if now is None or then is None else max(0.0, (then - now).total_seconds())
