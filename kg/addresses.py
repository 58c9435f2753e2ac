"""Web addresses: which can be kept or asked, and what must not be shown of them."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from kg.errors import UsageError

HOME = ("localhost", "127.0.0.1", "::1")
"""Hosts that are this machine."""

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


def redacted(url: str) -> str:
    """Give ``url`` fit to be shown: no user, no password, no secret parameter."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return "an address that cannot be read"
    if not any(SECRET.search(name) for name, _ in pairs):
        return urlunsplit(parts._replace(netloc=host))
    query = urlencode([(name, "..." if SECRET.search(name) else value) for name, value in pairs])
    return urlunsplit(parts._replace(netloc=host, query=query))


def is_address(text: str) -> bool:
    """Tell the http(s) address of an endpoint from a path."""
    return re.match(r"https?:/", text, re.IGNORECASE) is not None


def check_endpoint(url: str, *, with_credentials: bool, variables: str) -> None:
    """Accept the address of an endpoint; ``variables`` tells where credentials belong.

    Raises:
        UsageError: it is none, holds credentials, or would carry them over the net in the clear.
    """
    shown, hint = redacted(url), "Write it like https://example.org/sparql"
    try:
        parts = urlsplit(url)
        host, user, _ = parts.hostname, parts.username, parts.port
    except ValueError:
        raise UsageError("is no address", where=shown, hint=hint) from None
    bare = url.isascii() and url.isprintable() and " " not in url
    if parts.scheme not in ("http", "https") or not host or not bare:
        raise UsageError("is no http(s) address of an endpoint", where=shown, hint=hint)
    if user is not None:
        hint = f"Leave them out of the address; set {variables}."
        raise UsageError("has credentials in the address", where=shown, hint=hint)
    if with_credentials and parts.scheme == "http" and host not in HOME:
        raise UsageError("credentials are only sent over https", where=shown, hint="Use an https address.")
