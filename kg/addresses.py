"""Web addresses: which can be kept, and what must not be shown of them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

SECRET = re.compile(r"key|token|secret|passw|auth|sig|session|credential", re.IGNORECASE)
"""Names of query parameters that carry secrets."""

_LONGEST = 2_000
_NEVER = re.compile(r"[\x00-\x20\x7f-\xa0<>\"{}|\\^`\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def fault_of(url: str) -> str | None:
    """Say why an address cannot be kept; None for one that can."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "is broken"
    if parts.scheme.lower() not in ("http", "https"):
        return "is not of the web (http or https)"
    if not host:
        return "has no host"
    if len(url) > _LONGEST:
        return f"has more than {_LONGEST:,} characters"
    return "has a blank or a sign that no address has" if _NEVER.search(url) else None


def has_user(url: str) -> bool:
    """Tell an address with a user name in it."""
    return urlsplit(url).username is not None


def without_user(url: str) -> str:
    """Give an address that can be kept without the user name and password in it."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
