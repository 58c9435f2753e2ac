"""A real SPARQL server on loopback, and in front of it a door that can be told to misbehave.

The server is the ``oxigraph`` command of the package of that name; it evaluates every query.
"""

from __future__ import annotations

import hashlib
import http.client
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

DATE = "Sat, 21 Nov 2026 10:20:30 GMT"
DAY = "2026-11-21"
NONCE = "67cc8bd3451998fc9a8e"
_TERM = b'{"type":"uri","value":"a:a"}'
_NEST = b'{"type":"triple","value":{"subject":%s,"predicate":%s,"object":' % (_TERM, _TERM)
DEEP_ROWS = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":%s%s%s}]}}' % (
    _NEST * 30_000,
    _TERM,
    b"}}" * 30_000,
)
DEEP_TRIPLES = b"<a:a> <a:b> " + b"<<( <a:a> <a:b> " * 30_000 + b"<a:c>" + b" )>>" * 30_000 + b" .\n"


def program() -> str:
    """The path of the server's program, which a development install brings."""
    beside = Path(sys.executable).parent / "oxigraph"
    found = str(beside) if beside.exists() else shutil.which("oxigraph")
    assert found is not None, "the oxigraph command is missing: pip install oxigraph"
    return found


@contextmanager
def oxigraph(turtle: str):
    """Run a server with this data; gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [program(), "serve", "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _await(port, process)
            headers = {"Content-Type": "text/turtle"}
            status, _, body = exchange(port, "POST", "/store?default", turtle.encode(), headers)
            assert status in (200, 201, 204), body
            yield port
        finally:
            process.terminate()


def _await(port: int, process: subprocess.Popen) -> None:
    for _ in range(200):
        assert process.poll() is None, "the server ended"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server does not listen")


def exchange(port: int, method: str, path: str, body: bytes, headers: dict[str, str]):
    """One request and its answer: status, headers, body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


@dataclass
class Door:
    """What stands in front of a server: it writes down who comes, and misbehaves as told.

    ``faults`` are taken one a request: ``429`` or ``503`` (``429:2`` with Retry-After), ``500``, ``hang``,
    ``drip``, ``headers`` (that drip), ``redirect:URL``, ``html``, ``cut``, ``chunk`` (cut without a length),
    ``big``, ``nodate``, ``junk``, ``ok``, ``over:BYTES`` (413 for more), ``echo:STATUS`` (says the credentials),
    ``digest``, ``page`` (502, with a web page), ``deep`` (an answer that overflows parsers), ``part`` (says that it is one),
    ``more`` (adds a member of its own to the JSON, as Comunica does), ``none`` (JSON that is a number).
    """

    port: int
    faults: list[str] = field(default_factory=list)
    always: str = "ok"
    visits: list[tuple[float, dict[str, str], bytes]] = field(default_factory=list)
    busy: int = 0
    crowd: int = 0
    closed: threading.Event = field(default_factory=threading.Event)
    url: str = ""
    root: str = ""


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def log_message(self, *args):
        """Say nothing."""

    def do_GET(self):
        self.do_POST()

    do_PUT = do_HEAD = do_GET  # noqa: N815  (the names are http.server's)

    def do_POST(self):
        door = self.server.door
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        door.visits.append((time.monotonic(), dict(self.headers), body))
        door.busy += 1
        door.crowd = max(door.crowd, door.busy)
        fault = door.faults.pop(0) if door.faults else door.always
        try:
            getattr(self, f"_{re.sub('[^a-z]', '', fault.partition(':')[0]) or 'status'}")(fault, body)
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            door.busy -= 1

    def _begin(self, status, **headers):
        self.send_response_only(status)
        for name, value in {"Date": DATE, **headers}.items():
            if value is not None:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def _forward(self, body):
        sent = {name: self.headers[name] for name in ("Content-Type", "Accept") if name in self.headers}
        elsewhere = not self.path.startswith("/sparql")
        method, path = (self.command, self.path) if elsewhere else ("POST", "/query")
        return exchange(self.server.door.port, method, path, body, sent)

    def _ok(self, fault, body, **more):
        status, headers, answer = self._forward(body)
        self._begin(
            status, **{"Content-Type": headers.get("Content-Type"), "Content-Length": len(answer), **more}
        )
        self.wfile.write(answer)

    def _nodate(self, fault, body):
        self._ok(fault, body, Date=None)

    def _status(self, fault, body):
        status, _, wait = fault.partition(":")
        self._begin(int(status), Retry_After=wait or None, Content_Length=0)

    def _hang(self, fault, body):
        self.server.door.closed.wait(20)

    def _drip(self, fault, body):
        self._begin(200, Content_Type="application/sparql-results+json")
        self._drops(b" ")

    def _headers(self, fault, body):
        self.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
        self._drops(b"x")

    def _drops(self, drop):
        while not self.server.door.closed.wait(0.1):
            self.wfile.write(drop)
            self.wfile.flush()

    def _redirect(self, fault, body):
        self._begin(302, Location=fault.partition(":")[2], Content_Length=0)

    def _html(self, fault, body):
        self._begin(200, Content_Type="text/html")
        self.wfile.write(b"<html>welcome</html>")

    def _page(self, fault, body):
        self._begin(502, Content_Type="text/html")
        self.wfile.write(b"<html>down</html>")

    def _cut(self, fault, body):
        _, headers, answer = self._forward(body)
        self._begin(200, Content_Type=headers["Content-Type"], Content_Length=len(answer))
        self.wfile.write(answer[: len(answer) // 2])

    def _chunk(self, fault, body):
        _, headers, answer = self._forward(body)
        self._begin(200, Content_Type=headers["Content-Type"])
        self.wfile.write(answer[: len(answer) // 2])

    def _big(self, fault, body):
        self._begin(200, Content_Type="application/sparql-results+json")
        while not self.server.door.closed.is_set():
            self.wfile.write(b" " * 65536)

    def _over(self, fault, body):
        if len(body) > int(fault.partition(":")[2]):
            self._begin(413, Content_Length=0)
        else:
            self._ok(fault, body)

    def _echo(self, fault, body):
        said = f"{self.headers.get('Authorization')} at {self.path} is wrong".encode()
        self._begin(int(fault.partition(":")[2]), Content_Type="text/plain", Content_Length=len(said))
        self.wfile.write(said)

    def _digest(self, fault, body):
        given = self.headers.get("Authorization", "")
        if not given.startswith("Digest "):
            self._begin(
                401, WWW_Authenticate=f'Digest realm="r", nonce="{NONCE}", qop="auth", algorithm="MD5"'
            )
            return
        said = dict(re.findall(r'(\w+)="?([^",]+)"?', given.removeprefix("Digest ")))
        one, two = _md5("reader:r:hush-hush"), _md5(f"{self.command}:{said['uri']}")
        wanted = _md5(f"{one}:{NONCE}:{said['nc']}:{said['cnonce']}:auth:{two}")
        if said["response"] == wanted and said["uri"] == self.path:
            self._ok(fault, body)
        else:
            self._begin(403, Content_Length=0)

    def _deep(self, fault, body):
        answer = DEEP_TRIPLES if "n-triples" in self.headers["Accept"] else DEEP_ROWS
        self._begin(200, Content_Type=self.headers["Accept"].partition(",")[0], Content_Length=len(answer))
        self.wfile.write(answer)

    def _part(self, fault, body):
        self._ok(fault, body, X_SPARQL_MaxRows="1")

    def _more(self, fault, body):
        _, headers, answer = self._forward(body)
        answer = answer.rstrip().removesuffix(b"}") + b',"metadata":{"httpRequests":0}}'
        self._begin(200, Content_Type=headers["Content-Type"], Content_Length=len(answer))
        self.wfile.write(answer)

    def _none(self, fault, body):
        self._begin(200, Content_Type="application/json")
        self.wfile.write(b"3")

    def _junk(self, fault, body):
        self._begin(200, Content_Type="application/json")
        self.wfile.write(b'{"results": {"bindings": [3]}}')


class _Server(ThreadingHTTPServer):
    daemon_threads = False


@contextmanager
def door(port: int):
    """Open a door in front of the server at a port."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.door = Door(port)
    server.door.root = f"http://127.0.0.1:{server.server_port}"
    server.door.url = f"{server.door.root}/sparql"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.door
    finally:
        server.door.closed.set()
        server.shutdown()
        server.server_close()
        thread.join()
