"""RDF that others wrote, read with care: size capped, no document types, nothing fetched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

MOST_BYTES = 200_000_000
_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}


def read_rdf(path: Path) -> Iterator[ox.Triple]:
    """Yield the triples of a file, in the format that its name tells.

    Raises:
        InputError: it cannot be read, is too large, declares a document type, or does not parse.
    """
    where = str(path)
    form = _FORMATS.get(path.suffix.lower())
    if form is None:
        hint = f"The name must end in one of: {', '.join(_FORMATS)}."
        raise InputError("the name of the file does not tell the format", where=where, hint=hint)
    yield from _parse(_bytes(path, where), form, where)


def read_rdf_stream(stream: BinaryIO, where: str) -> Iterator[ox.Triple]:
    """Yield the triples of a stream, in the format that its first signs tell: RDF/XML, JSON-LD, else Turtle.

    Raises:
        InputError: as ``read_rdf``.
    """
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InputError(f"is larger than {MOST_BYTES:,} bytes", where=where, hint="Split it.")
    yield from _parse(_utf8(data, where), _format_of(data), where)


def _format_of(data: bytes) -> ox.RdfFormat:
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if re.match(rb"<\?xml|<!|<[A-Za-z]+:RDF\s", start):
        return ox.RdfFormat.RDF_XML
    # A Turtle file may begin with a square bracket as well, but never with one before a brace.
    return ox.RdfFormat.JSON_LD if re.match(rb"\{|\[\s*\{", start) else ox.RdfFormat.TURTLE


def _parse(data: bytes, form: ox.RdfFormat, where: str) -> Iterator[ox.Triple]:
    if form is ox.RdfFormat.RDF_XML and b"<!" in data.replace(b"<!--", b"").replace(b"<![CDATA[", b""):
        # Entities of a document type can blow up to any size, or name files of this machine.
        raise InputError("declares a document type", where=where, hint="Convert it to Turtle first.")
    try:
        yield from (quad.triple for quad in ox.parse(data, form))
    except SyntaxError as error:
        raise InputError(f"does not parse: {error.msg}", where=where, hint="It must be valid RDF.") from error


def _bytes(path: Path, where: str) -> bytes:
    try:
        if not path.is_file():
            raise InputError("no such file", where=where, hint="Check the path.")
        if path.stat().st_size > MOST_BYTES:
            raise InputError(f"is larger than {MOST_BYTES:,} bytes", where=where, hint="Split it.")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}", where=where, hint="Check its permissions."
        ) from error
    return _utf8(data, where)


def _utf8(data: bytes, where: str) -> bytes:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not UTF-8 at byte {error.start}", where=where, hint="Convert it to UTF-8."
        ) from error
    return data
