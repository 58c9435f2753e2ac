"""How a page answers: in HTML from a template, or as Turtle or JSON-LD; with a tag that says which version it is of."""

from __future__ import annotations

import hashlib
import io
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

from kg.graph.serialize import write_triples
from kg.versions import PACKAGE
from kg.web import accept
from kg.web.catalogue import style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pyoxigraph as ox
    from starlette.requests import Request

_HERE = Path(__file__).parent
FORMATS: Mapping[str, tuple[str, str]] = {
    ".html": ("text/html", "html"),
    ".ttl": ("text/turtle", "turtle"),
    ".jsonld": ("application/ld+json", "jsonld"),
}
"""Suffix of an address, its media type, and the layout of ``kg.graph.serialize``."""

_OFFERED = (accept.HTML, *(each for each in accept.TRIPLES if each.name in {"turtle", "jsonld"}))
_KEEP = "no-cache"
"""Answers may be kept, but must be asked for anew each time: a build can end at any moment."""


def html(
    request: Request, name: str, *, status: int = 200, tag: str | None = None, **values: Any
) -> Response:
    """Answer with a page made from a template."""
    page = environment().get_template(name).render(path=request.url.path, **values)
    return _dressed(request, page.encode(), "text/html; charset=utf-8", status=status, tag=tag)


def rdf(request: Request, triples: Iterable[ox.Triple], suffix: str, *, tag: str) -> Response:
    """Answer with triples."""
    media, layout = FORMATS[suffix]
    out = io.BytesIO()
    write_triples(triples, layout, out)
    kind = f"{media}; charset=utf-8" if suffix == ".ttl" else media
    return _dressed(request, out.getvalue(), kind, status=200, tag=tag)


def plain(
    request: Request, body: bytes, media: str, *, tag: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Answer with what is ready already."""
    answer = _dressed(request, body, media, status=200, tag=tag)
    answer.headers.update(headers or {})
    return answer


def _dressed(request: Request, body: bytes, media: str, *, status: int, tag: str | None) -> Response:
    """Send the body, or only the news that nothing has changed."""
    headers = {"cache-control": _KEEP} | ({"etag": tag} if tag is not None else {})
    if status == 200 and tag is not None and _has(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, status, headers, media)


def unchanged(request: Request, tag: str) -> Response | None:
    """Answer 304 where the asker has this version already, before any work is done."""
    if not _has(request, tag):
        return None
    return Response(status_code=304, headers={"cache-control": _KEEP, "etag": tag})


def _has(request: Request, tag: str) -> bool:
    known = request.headers.get("if-none-match", "")
    return known.strip() == "*" or tag in (each.strip().removeprefix("W/") for each in known.split(","))


def tag_of(*parts: str) -> str:
    """Give the entity tag of what follows from these parts and from our own templates."""
    whole = hashlib.sha256("\0".join((_look(), *parts)).encode("utf-8", "surrogatepass"))
    return f'"{whole.hexdigest()[:24]}"'


@cache
def _look() -> str:
    """Give a digest of all that makes the looks of a page."""
    whole = hashlib.sha256(PACKAGE.encode())
    for path in sorted([*_HERE.glob("templates/*"), *_HERE.glob("static/*"), *_HERE.glob("*.py")]):
        if path.is_file():
            whole.update(path.read_bytes())
    return whole.hexdigest()


def negotiate(header: str) -> str | None:
    """Choose the suffix that an Accept header asks for most; None where it takes none of them."""
    found = accept.best(header, _OFFERED)
    return (
        None
        if found is None
        else next(suffix for suffix, (media, _) in FORMATS.items() if media == found.media_type)
    )


@cache
def environment() -> Environment:
    """Give the templates, everything in them escaped."""
    found = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    functions: dict[str, Callable[..., Any]] = {"plural": plural, "with_query": with_query}
    found.globals.update(functions, statuses=style().statuses, look=_look()[:12], package=PACKAGE)
    found.globals["bits"] = found.get_template("bits.html.j2").module
    return found


def plural(count: int, noun: str, many: str | None = None) -> str:
    """Give a count with its noun: ``1 claim``, ``1,204 claims``."""
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


def with_query(path: str, values: Mapping[str, object], **changes: object) -> str:
    """Give an address with its query, changed; what is empty is left out."""
    kept = {key: value for key, value in {**values, **changes}.items() if value not in {None, ""}}
    return path + ("?" + urlencode(kept) if kept else "")
