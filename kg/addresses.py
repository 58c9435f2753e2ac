"""What must not be shown of a web address."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

SECRET = re.compile(r"key|token|secret|passw|auth|sig|session|credential", re.IGNORECASE)
"""Names of query parameters that carry secrets."""


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
