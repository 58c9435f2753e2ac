"""The site on a real socket, for as long as a block lasts, and requests to it that a browser could not make."""

from __future__ import annotations

import http.client
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

JSON_ROWS = "application/sparql-results+json"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    def json(self):
        return json.loads(self.body)


@dataclass(frozen=True)
class Served:
    """A server that runs."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Make one request; a header whose value is None is left out."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            given = {"Host": f"127.0.0.1:{self.port}", **(headers or {})}
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in given.items():
                if value is not None:
                    connection.putheader(name, value)
            if body is not None and "Content-Length" not in given and "Transfer-Encoding" not in given:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask(
            "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )

    def query(self, text: str, *, accept: str = JSON_ROWS) -> Answer:
        return self.get(f"/sparql?{urlencode({'query': text})}", accept=accept)


@contextmanager
def serving(
    folder: Path, *, title: str = "Sample", limit_seconds: float = 30.0, host: str = "127.0.0.1"
) -> Iterator[Served]:
    """Serve a project folder on a free port of this machine."""
    # Only here, so that a missing extra fails the tests of the site and no others.
    from kg.web.run import listen, make_server  # noqa: PLC0415
    from kg.web.site import Site  # noqa: PLC0415

    with listen("127.0.0.1", 0) as listening:
        server = make_server(Site(folder, title, limit_seconds), host=host)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the server ended"
                time.sleep(0.02)
            yield Served(listening.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join()
