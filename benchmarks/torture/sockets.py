"""Servers that drip, lie, send elsewhere or never answer: a named error within the deadline, or the article."""

from __future__ import annotations

import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.torture.figures import Figure, counted
from benchmarks.torture.worker import text_of
from kg.text import fetch
from kg.text.read import Refusal, read_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Answer = Callable[[socket.socket], None]

DEADLINE = 1.0
GRACE = 1.0
"""Seconds beyond the deadline; tests allow more, as their machine may be slow."""
ROOT = Path(__file__).parents[2]
_TEXT = text_of("web", 1).encode()
_PLAIN = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


def _send(*parts: bytes, pause: float = 0.0) -> Answer:
    def answer(caller: socket.socket) -> None:
        for part in parts:
            caller.sendall(part)
            time.sleep(pause)

    return answer


def _drip(head: bytes, drop: bytes) -> Answer:
    return _send(head, *[drop] * 300, pause=0.05)


def _flood(head: bytes, piece: bytes) -> Answer:
    def answer(caller: socket.socket) -> None:
        caller.sendall(head)
        while True:
            caller.sendall(piece)

    return answer


def _silent(caller: socket.socket) -> None:
    caller.settimeout(8)
    while caller.recv(65536):
        pass


def _reset(caller: socket.socket) -> None:
    caller.sendall(_PLAIN + b"Content-Length: 9000\r\n\r\nTalks")
    caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _to(place: bytes, code: bytes = b"302 Found") -> Answer:
    return _send(b"HTTP/1.1 " + code + b"\r\nLocation: " + place + b"\r\nContent-Length: 0\r\n\r\n")


def _told(more: bytes, body: bytes = _TEXT) -> Answer:
    return _send(_PLAIN + more + b"\r\n" + body)


GOOD = {
    "right length": _told(b"Content-Length: %d\r\n" % len(_TEXT)),
    "no length": _told(b""),
    "more than it says": _told(b"Content-Length: %d\r\n" % (len(_TEXT) - 1)),
    "in pieces": _told(b"Transfer-Encoding: chunked\r\n", b"%x\r\n%s\r\n0\r\n\r\n" % (len(_TEXT), _TEXT)),
}
BAD: dict[str, Answer] = {
    "never answers": _silent,
    "closes at once": lambda _: None,
    "resets": _reset,
    "drips its status": _drip(b"", b"H"),
    "drips its head": _drip(b"HTTP/1.1 200 OK\r\nX: ", b"x"),
    "drips its body": _drip(_PLAIN + b"\r\n", b"Talks "),
    "drips pieces": _drip(_PLAIN + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nT\r\n"),
    "head without end": _flood(b"HTTP/1.1 200 OK\r\n", b"X-More: " + b"x" * 1000 + b"\r\n"),
    "line without end": _flood(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 9000),
    "body without end": _flood(_PLAIN + b"\r\n", b"Talks " * 9000),
    "goes on and on": _flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "says more than it sends": _told(b"Content-Length: 90000\r\n"),
    "says far more": _told(b"Content-Length: 99999999999999999999\r\n"),
    "pieces that end early": _told(b"Transfer-Encoding: chunked\r\n", b"fff\r\nTalks"),
    "pieces of no size": _told(b"Transfer-Encoding: chunked\r\n", b"zz\r\nTalks\r\n"),
    "a piece of 2^70": _told(b"Transfer-Encoding: chunked\r\n", b"4" + b"0" * 17 + b"\r\nTalks"),
    "says it is an image": _send(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", _TEXT),
    "says nothing of its kind": _send(b"HTTP/1.1 200 OK\r\nContent-Type: \r\n\r\n", b"\x89PNG\0\0"),
    "unknown encoding": _told(
        b"X: y\r\nContent-Type: text/plain; charset=bogus\r\n", b"\xff\xfe" + b"\xd8" * 9
    ),
    "packed": _told(b"Content-Encoding: gzip\r\n", b"\x1f\x8b\x08\0" + b"\0" * 90),
    "empty": _told(b"Content-Length: 0\r\n", b""),
    "zeros": _told(b"Content-Length: 99\r\n", b"\0" * 99),
    "no HTTP": _send(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "HTTP of 1991": _send(b"<html>Talks</html>"),
    "a status of words": _send(b"HTTP/1.1 abc OK\r\n\r\n"),
    "a status of 99999": _send(b"HTTP/1.1 99999 OK\r\n\r\n"),
    "not found": _send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
    "an error with a drip": _drip(b"HTTP/1.1 500 Oh\r\nContent-Type: text/plain\r\n\r\n", b"x"),
    "to itself": _to(b"/again"),
    "to a file": _to(b"file:///etc/hostname"),
    "to FTP": _to(b"ftp://127.0.0.1/a"),
    "to data": _to(b"data:text/plain,Talks"),
    "to nowhere": _to(b""),
    "to no address": _to(b"http://[::1"),
    "to a closed door": _to(b"http://127.0.0.1:1/", b"307 Temporary Redirect"),
    "to bytes": _to(b"/\xff\xfe\x80"),
    "far away": _to(b"/" + b"x" * 60_000),
    "with half a date": _told(b"Content-Length: -5\r\n", b""),
}


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """Give the address of a server that answers every caller in this way."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_serve, args=(server, answer), daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/article?token=s3cret"


def _serve(server: socket.socket, answer: Answer) -> None:
    while True:
        try:
            caller, _ = server.accept()
        except OSError:
            return
        threading.Thread(target=_answered, args=(caller, answer), daemon=True).start()


def _answered(caller: socket.socket, answer: Answer) -> None:
    with caller:
        try:
            if answer is not _silent:
                caller.recv(65536)
            answer(caller)
        except OSError:
            return  # the other side has gone, as it should


def sockets(count: int, seed: int) -> list[Figure]:
    """Fetch from each server with a short deadline, and let the command fetch from two with its own."""
    del count, seed
    faults: list[str] = []
    ends: list[str] = []
    for name, answer in (GOOD | BAD).items():
        with serving(answer) as address:
            end, spent = _fetched(address, DEADLINE if name in BAD else fetch.DEADLINE)
        ends.append(end if name in GOOD else "refused" if end.startswith("refused") else end)
        if (name in GOOD) != (end == "article"):
            faults.append(f"{name}: {end}")
        if name in BAD and spent > DEADLINE + GRACE:
            faults.append(f"{name}: {spent:.1f} s")
        if "s3cret" in end:
            faults.append(f"{name} tells the secret of the address: {end}")
    return [
        Figure("servers that lie, drip, redirect: nameless or late", len(ends), tuple(faults), counted(ends))
    ]


def _fetched(address: str, deadline: float) -> tuple[str, float]:
    """Read what stands at an address within a deadline; give how that ended, and the seconds."""
    usual = dict(fetch.fetch.__kwdefaults__)
    fetch.fetch.__kwdefaults__["deadline"] = deadline
    began = time.monotonic()
    try:
        (item,) = read_articles([address])
        if isinstance(item, Refusal):
            end = f"refused: {item.error}" if item.error.hint else f"no hint: {item.error}"
        else:
            end = "article" if item.text in _TEXT.decode() else f"took {item.text[:40]!r} for an article"
    except Exception as error:  # noqa: BLE001  (any error here is the fault that is looked for)
        end = f"{type(error).__name__}: {error}"
    finally:
        fetch.fetch.__kwdefaults__.update(usual)
    return end, time.monotonic() - began


def commands(count: int, seed: int) -> list[Figure]:
    """Let ``kg build`` fetch from ``count`` servers, each with the deadline that users have."""
    del seed
    faults: list[str] = []
    chosen = list(BAD.items())[:count]
    with tempfile.TemporaryDirectory(prefix="kg-torture-") as scratch:
        for name, answer in chosen:
            with serving(answer) as address:
                store = str(Path(scratch) / "kg-store")
                command = [sys.executable, "-m", "kg", "build", address, "--store", store]
                began = time.monotonic()
                done = subprocess.run(
                    command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
                )
                spent = time.monotonic() - began
            named = done.stderr.startswith("error: ") and "s3cret" not in done.stderr
            if done.returncode != 3 or not named or "Traceback" in done.stderr:
                faults.append(f"{name}: {done.returncode} {done.stderr[-200:]}")
            if spent > fetch.DEADLINE + 5:
                faults.append(f"{name}: {spent:.0f} s")
    return [
        Figure("kg build of their addresses, with the deadline that users have", len(chosen), tuple(faults))
    ]
