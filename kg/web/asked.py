"""What a request asks of the endpoint, by the SPARQL 1.1 Protocol: a query, or a description of the service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException

from kg.errors import QueryRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_MAX_FIELDS = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of one request; ``query`` is None where the service is to describe itself."""

    query: str | None
    layout: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


async def read(request: Request) -> Asked:
    """Read what is asked for out of the address and the body.

    Raises:
        QueryRefusedError: it is an update.
        HTTPException: it is not as the protocol has it.
    """
    pairs = fields(request.scope["query_string"])
    if request.method == "POST":
        kind = _kind(request)
        body = await request.body()
        if kind == UPDATE:
            raise _no_updates()
        if kind == QUERY:
            pairs = [("query", _text(body)), *pairs]
        elif kind == FORM:
            pairs = [*fields(body), *pairs]
        else:
            raise HTTPException(415, f"Post a query as {QUERY}, or as the field query of {FORM}")
        if not any(name == "query" for name, _ in pairs) and not any(name == "update" for name, _ in pairs):
            raise HTTPException(400, "There is no query in what was posted")
    return _asked(pairs)


def _asked(pairs: Sequence[tuple[str, str]]) -> Asked:
    if any(name in {"update", "using-graph-uri", "using-named-graph-uri"} for name, _ in pairs):
        raise _no_updates()
    queries = _all(pairs, "query")
    if len(queries) > 1:
        raise HTTPException(400, "There is more than one query")
    layouts = _all(pairs, "format")
    return Asked(
        queries[0] if queries else None,
        layouts[0] if layouts else None,
        tuple(filter(None, _all(pairs, "default-graph-uri"))),
        tuple(filter(None, _all(pairs, "named-graph-uri"))),
    )


def _all(pairs: Sequence[tuple[str, str]], wanted: str) -> list[str]:
    return [value for name, value in pairs if name == wanted]


def _no_updates() -> QueryRefusedError:
    hint = "The graph changes by kg build. Queries: SELECT, ASK, CONSTRUCT, DESCRIBE."
    return QueryRefusedError("this endpoint is only read, so updates are refused", hint=hint)


def _kind(request: Request) -> str:
    """Give the media type of the body; a charset other than UTF-8 is refused."""
    kind, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "charset" and value.strip('"') not in {"utf-8", "utf8"}:
            raise HTTPException(415, "Queries are UTF-8")
    return kind


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"The query is not UTF-8 at byte {error.start}") from error


def fields(data: bytes) -> list[tuple[str, str]]:
    """Take an encoded form apart.

    Raises:
        HTTPException: it is not UTF-8, or has too many fields.
    """
    try:
        return parse_qsl(data.decode("ascii"), True, errors="strict", max_num_fields=_MAX_FIELDS)  # noqa: FBT003
    except UnicodeDecodeError as error:
        raise HTTPException(400, "The query is not UTF-8, percent-encoded") from error
    except ValueError as error:
        raise HTTPException(400, f"There are more than {_MAX_FIELDS} fields") from error
