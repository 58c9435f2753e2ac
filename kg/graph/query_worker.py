"""The process in which queries run: it reads one store, and is killed when a query takes too long.

Run by its path, with nothing of ``kg`` imported, so that it starts as fast as its engine does. A
request is three times 8 bytes of length and a text: the folder of the store, the media type of the answer,
which may be empty, and the query. A store other than the one at hand is opened in its place: that takes a
hundredth of a second, where another process takes a tenth. An answer is a letter, 8 bytes of length, and: R rows (SPARQL JSON if no type was named), B a truth
value (``true`` or ``false`` then), T triples (N-Triples then), S a syntax error, E another error.
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


def answer(store: ox.Store, text: str, media_type: str = "", base: str | None = None) -> tuple[bytes, bytes]:
    """Answer a query with the letter of its kind and its bytes; relative IRIs in it are resolved against the base."""
    try:
        result = store.query(text, base_iri=base)
        if isinstance(result, ox.QueryTriples):
            syntax = ox.RdfFormat.from_media_type(media_type) or ox.RdfFormat.N_TRIPLES
            return b"T", result.serialize(format=syntax) or b""
        layout = ox.QueryResultsFormat.from_media_type(media_type)
        if isinstance(result, ox.QueryBoolean):
            plain = b"true" if result else b"false"
            return b"B", plain if layout is None else result.serialize(format=layout) or b""
        return b"R", result.serialize(format=layout or ox.QueryResultsFormat.JSON) or b""
    except SyntaxError as error:
        return b"S", str(error).encode()
    except (ValueError, RuntimeError, OSError) as error:
        return b"E", str(error).encode()


def requests(stream: BinaryIO) -> Iterator[tuple[str, str, str]]:
    """Yield the folders, media types and queries that come in until the stream ends."""
    while None not in (parts := [_part(stream) for _ in range(3)]):
        folder, media_type, query = (part or b"" for part in parts)
        yield os.fsdecode(folder), media_type.decode(), query.decode()


def _part(stream: BinaryIO) -> bytes | None:
    head = stream.read(8)
    return stream.read(*struct.unpack(">Q", head)) if len(head) == 8 else None


def end_with_parent(parent: int) -> None:
    """End this process when the one that started it is gone, though a query may be running."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def main(folder: str, parent: int, base: str | None = None) -> None:
    """Open the store for reading and answer what comes in, as long as the parent lives.

    Who the parent is must be told: asked for here, it may have been killed already.
    """
    threading.Thread(target=end_with_parent, args=(parent,), daemon=True).start()
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))
    store = ox.Store.read_only(folder)
    for wanted, media_type, text in requests(sys.stdin.buffer):
        if wanted != folder:
            store, folder = ox.Store.read_only(wanted), wanted
        kind, data = answer(store, text, media_type, base)
        sys.stdout.buffer.write(kind + struct.pack(">Q", len(data)) + data)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
