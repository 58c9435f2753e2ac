"""The process in which queries run: it reads one store, and is killed when a query takes too long.

Run by its path, with nothing of ``kg`` imported, so that it starts as fast as its engine does. A
request is 8 bytes of length and a query; an answer is a letter, 8 bytes of length, and: R rows as
SPARQL JSON, B a truth value, T triples as N-Triples, S a syntax error, E another error.
"""

from __future__ import annotations

import contextlib
import os
import resource
import struct
import sys
import threading
import time
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a query may allocate beyond the files of the store. A cross product of a graph with itself
# reaches any limit; this one leaves a small machine alive.
MAX_MEMORY = 2 * 1024**3


def answer(store: ox.Store, text: str) -> tuple[bytes, bytes]:
    """Answer a query with the letter of its kind and its bytes."""
    try:
        result = store.query(text)
        if isinstance(result, ox.QueryBoolean):
            return b"B", b"true" if result else b"false"
        if isinstance(result, ox.QueryTriples):
            return b"T", result.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
        return b"R", result.serialize(format=ox.QueryResultsFormat.JSON) or b""
    except SyntaxError as error:
        return b"S", str(error).encode()
    except (ValueError, RuntimeError, OSError) as error:
        return b"E", str(error).encode()


def requests(stream: BinaryIO) -> Iterator[str]:
    """Yield the queries that come in until the stream ends."""
    while len(head := stream.read(8)) == 8:
        (length,) = struct.unpack(">Q", head)
        yield stream.read(length).decode()


def end_with_parent(parent: int) -> None:
    """End this process when the one that started it is gone, though a query may be running."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def main(folder: str, parent: int) -> None:
    """Open the store for reading and answer what comes in, as long as the parent lives.

    Who the parent is must be told: asked for here, it may have been killed already.
    """
    threading.Thread(target=end_with_parent, args=(parent,), daemon=True).start()
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))
    store = ox.Store.read_only(folder)
    for text in requests(sys.stdin.buffer):
        kind, data = answer(store, text)
        sys.stdout.buffer.write(kind + struct.pack(">Q", len(data)) + data)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        main(sys.argv[1], int(sys.argv[2]))
