"""The colours of kinds and statuses as a stylesheet, from the one file in which they are written."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.web.catalogue import style

if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def stylesheet() -> bytes:
    """Give the stylesheet: a custom property for each kind and each status, light and dark."""
    light, dark = "\n".join(_rules(dark=False)), "\n".join(_rules(dark=True))
    return f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n".encode()


def _rules(*, dark: bool) -> Iterator[str]:
    for iri, kind in style().kinds.items():
        name = iri.rpartition("#")[2]
        yield f".kind-{name} {{ --kind: {kind.dark if dark else kind.color}; }}"
    for status in style().statuses.values():
        yield f".mark-{status.name} {{ --mark: {status.dark if dark else status.color}; }}"
