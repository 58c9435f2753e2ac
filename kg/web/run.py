"""The server: the site on a socket, until somebody ends it."""

from __future__ import annotations

import logging
import socket
import sys
from typing import TYPE_CHECKING

import uvicorn

from kg.cycles import never_search
from kg.errors import UsageError
from kg.web.app import make_app

if TYPE_CHECKING:
    from kg.web.site import Site

_MAX_CONNECTIONS = 512
"""Beyond them callers are told to come back; each costs a file handle, of which a process often has 1,024."""

_TURN_SECONDS = 0.001
"""How long one thread computes before the next has its turn; with Python's 5 ms a page waits several times for that,
while another one, or what follows from a new graph, is worked out."""

_GRACE_SECONDS = 3
"""How long answers under way may take when the server is ended."""


def listen(host: str, port: int) -> socket.socket:
    """Listen on an address; port 0 takes any that is free.

    Raises:
        UsageError: there is no such address here, or the port is taken or not for us.
    """
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        raise UsageError(f"no address of this machine is called {host!r}", hint="--host 127.0.0.1") from error
    listening = socket.socket(family, kind, proto)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
        listening.listen(_MAX_CONNECTIONS)
    except OSError as error:
        listening.close()
        hint = "Choose another: --port 8001; --port 0 takes any that is free."
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"cannot listen on {host}, port {port}: {reason}", hint=hint) from error
    return listening


def address(listening: socket.socket) -> str:
    """Give the address of the site for a browser on this machine."""
    host, port = listening.getsockname()[:2]
    if host in {"0.0.0.0", "::"}:  # noqa: S104  (compared, not bound)
        host = "127.0.0.1"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def make_server(site: Site, *, host: str) -> uvicorn.Server:
    """Make the server, to be run with ``run(sockets=[...])``; it writes no log of who reads what."""
    sys.setswitchinterval(_TURN_SECONDS)
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)
    config = uvicorn.Config(
        make_app(site, host=host, settled=never_search),
        access_log=False,
        http="h11",
        limit_concurrency=_MAX_CONNECTIONS,
        lifespan="on",
        log_config=None,
        loop="asyncio",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        ws="none",
    )
    return uvicorn.Server(config)
