"""Text in XML, as ``xml.sax.saxutils`` writes it, which brings the libraries of the web and of mail with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_BREAKS = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def escape(text: str, more: Mapping[str, str] | None = None) -> str:
    """Escape the signs of markup, and what else is given."""
    signs: dict[str, str | int | None] = {**_MARKUP, **(more or {})}
    return text.translate(str.maketrans(signs))


def quoteattr(text: str) -> str:
    """Escape and quote the value of an attribute; in single quotes where it has double ones and no single one."""
    found = escape(text, _BREAKS)
    if '"' not in found:
        return f'"{found}"'
    return f"'{found}'" if "'" not in found else f'"{found.replace(chr(34), "&quot;")}"'
