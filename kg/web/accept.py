"""Which format an answer has: by what the client accepts, or by ``format=`` in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Format:
    """A format of answers: its name, the media type it is sent as, and others that ask for it too."""

    name: str
    media_type: str
    also: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The media type with the encoding where it is text."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


ROWS = (
    Format("json", "application/sparql-results+json", ("application/json",)),
    Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Format("csv", "text/csv"),
    Format("tsv", "text/tab-separated-values"),
)
TRIPLES = (
    Format("turtle", "text/turtle", ("application/x-turtle", "text/plain")),
    Format("nt", "application/n-triples"),
    Format("jsonld", "application/ld+json", ("application/json",)),
    Format("rdfxml", "application/rdf+xml", ("application/xml", "text/xml")),
)
HTML = Format("html", "text/html", ("application/xhtml+xml",))


def best(accept: str, offered: Sequence[Format]) -> Format | None:
    """Give the format that an ``Accept`` header likes best, the first of equals; None where none will do."""
    wanted = list(_ranges(accept or "*/*"))
    liked = [
        (max(_quality(wanted, name) for name in (each.media_type, *each.also)), each) for each in offered
    ]
    quality = max((quality for quality, _ in liked), default=0.0)
    return next((each for liking, each in liked if liking == quality), None) if quality > 0 else None


def named(name: str, offered: Sequence[Format]) -> Format | None:
    """Give the format of that name or media type."""
    return next((each for each in offered if name in {each.name, each.media_type}), None)


def _ranges(accept: str) -> list[tuple[str, float]]:
    """Take the header apart: media ranges and how much each is liked (RFC 9110, 12.5.1)."""
    found = []
    for part in accept.split(","):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((value[2:] for value in parameters if value.startswith("q=")), "1")
        try:
            found.append((media_range, min(max(float(quality), 0.0), 1.0)))
        except ValueError:
            found.append((media_range, 0.0))
    return found


def _quality(wanted: Sequence[tuple[str, float]], media_type: str) -> float:
    """Give the quality of the most specific range that a type falls under."""
    for pattern in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        found = [quality for media_range, quality in wanted if media_range == pattern]
        if found:
            return max(found)
    return 0.0
