"""Which kind of file something is, by its name and by its first bytes, and what to do about those not read."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.escaping import escaped

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (".txt", ".md", ".markdown")
HTML = (".html", ".htm", ".xhtml")
LINES = (".jsonl", ".ndjson")
PDF = ".pdf"
SUFFIXES = (*TEXT, *HTML, ".json", *LINES, PDF)
"""The kinds of file that are read."""

READS = "Files that are read: " + " ".join(SUFFIXES) + "."

_OFFICE = "Save it as text or PDF in its program, or: soffice --convert-to txt FILE."
_UNPACK = "Unpack it, and give the files in it."
_SHEET = "Put each text into a file of its own, or into a .jsonl with id, text and date."
_NO_TEXT = "It holds no text; leave it out, or give a transcript."
_MAIL = "Save the text of the message as .txt."
_ARCHIVE = "Open it in a browser, and save the page as HTML."
_PLAIN = "If it is plain text, name it .txt."

_HINTS = {
    **dict.fromkeys(("docx", "doc", "odt", "rtf", "pages", "wpd", "pptx", "ppt", "odp"), _OFFICE),
    **dict.fromkeys(("epub", "mobi", "azw3"), "Convert it: pandoc FILE -t plain, or ebook-convert FILE .txt."),
    **dict.fromkeys(("zip", "gz", "bz2", "xz", "zst", "7z", "rar", "tar", "tgz", "warc"), _UNPACK),
    **dict.fromkeys(("xlsx", "xls", "ods", "csv", "tsv", "parquet", "sqlite", "db"), _SHEET),
    **dict.fromkeys(
        ("png", "jpg", "jpeg", "gif", "webp", "tif", "tiff", "bmp", "heic", "svg"),
        "Recognise its text first (tesseract IMAGE OUT), and give the text.",
    ),
    **dict.fromkeys(("mp3", "wav", "ogg", "flac", "m4a", "mp4", "avi", "mkv", "mov", "webm"), _NO_TEXT),
    **dict.fromkeys(("exe", "dll", "so", "bin", "elf", "class", "o", "pyc"), _NO_TEXT),
    **dict.fromkeys(("eml", "msg", "mbox"), _MAIL),
    **dict.fromkeys(("mhtml", "mht", "webarchive", "maff"), _ARCHIVE),
    **dict.fromkeys(("ps", "eps", "djvu"), "Convert it to PDF or text: ps2ascii FILE, djvutxt FILE."),
    **dict.fromkeys(("ttl", "nt", "rdf", "owl", "jsonld", "nq", "trig"), "Names come in by: kg kb import FILE."),
    **dict.fromkeys(("xml", "rss", "atom", "tei", "yaml", "yml"), "Take the text out of it, as .txt or .jsonl."),
    **dict.fromkeys(("tex", "rst", "log", "text", "adoc", "org"), _PLAIN),
}  # fmt: skip

_MAGIC = (
    (rb"\x1f\x8b", "gz"),
    (rb"BZh[1-9]", "bz2"),
    (rb"\xfd7zXZ\0", "xz"),
    (rb"\x28\xb5\x2f\xfd", "zst"),
    (rb"7z\xbc\xaf\x27\x1c", "7z"),
    (rb"Rar!\x1a\x07", "rar"),
    (rb"\x89PNG\r\n", "png"),
    (rb"\xff\xd8\xff", "jpg"),
    (rb"GIF8[79]a", "gif"),
    (rb"II\*\0|MM\0\*", "tif"),
    (rb"BM.{4}\0\0\0\0", "bmp"),
    (rb"RIFF.{4}WEBP", "webp"),
    (rb"RIFF.{4}WAVE", "wav"),
    (rb"RIFF.{4}AVI ", "avi"),
    (rb"ID3[\x02-\x04]|\xff[\xfb\xf3\xf2][\x10-\xff]", "mp3"),
    (rb"OggS\0", "ogg"),
    (rb"fLaC\0", "flac"),
    (rb".{4}ftyp", "mp4"),
    (rb"\x1aE\xdf\xa3", "mkv"),
    (rb"\x7fELF", "elf"),
    (rb"MZ.{1,200}This program", "exe"),
    (rb"\xca\xfe\xba\xbe", "class"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (rb"SQLite format 3\0", "sqlite"),
    (rb"PAR1", "parquet"),
    (rb"%!PS", "ps"),
    (rb"\s*\{\\rtf", "rtf"),
    (rb".{257}ustar", "tar"),
)
_SIGNS = tuple((re.compile(pattern, re.DOTALL), kind) for pattern, kind in _MAGIC)
_NAMES = {
    "gz": "a gzip archive", "bz2": "a bzip2 archive", "xz": "an xz archive", "zst": "a zstd archive",
    "7z": "a 7-zip archive", "rar": "a RAR archive", "tar": "a tar archive", "zip": "a ZIP archive",
    "png": "a PNG image", "jpg": "a JPEG image", "gif": "a GIF image", "tif": "a TIFF image",
    "bmp": "a BMP image", "webp": "a WebP image", "wav": "a sound file", "mp3": "a sound file",
    "ogg": "a sound file", "flac": "a sound file", "mp4": "a film", "avi": "a film", "mkv": "a film",
    "elf": "a program", "exe": "a program", "class": "a program", "doc": "an old Office document",
    "sqlite": "a SQLite database", "parquet": "a Parquet table", "ps": "PostScript", "rtf": "rich text (RTF)",
    "docx": "a Word document", "odt": "an OpenDocument text", "epub": "an e-book (EPUB)",
    "xlsx": "an Excel table", "pptx": "a presentation", "ods": "an OpenDocument table", "pdf": "a PDF",
}  # fmt: skip
_IN_ZIP = (
    ("word/", "docx"),
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
    ("META-INF/container.xml", "epub"),
    ("content.xml", "odt"),
)
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_ANY_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|<!doctype|<!--|&[a-z]+;|&#\d+;", re.IGNORECASE)
_PDF_WITHIN = 1024  # bytes; readers of PDF look so far for its first line


def suffix_of(path: Path) -> str:
    """Give the ending that says how a file is read; raises InputError for a kind that is not."""
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return suffix
    if suffix == "":
        raise InputError("a file without suffix is not read", where=str(path), hint=f"{_PLAIN} {READS}")
    if suffix.strip() in SUFFIXES:
        hint = f"Name it {escaped(path.name.strip())}."
        raise InputError("has a blank behind the ending of its name", where=str(path), hint=hint)
    hint = f"{_HINTS.get(suffix[1:], _PLAIN)} {READS}"
    raise InputError(f"{suffix} is not supported", where=str(path), hint=hint)


def is_document(path: Path) -> bool:
    """Tell a file that is not read though it is likely to hold an article."""
    return _HINTS.get(path.suffix.lower()[1:]) in (_OFFICE, _MAIL, _HINTS["epub"])


def require_readable(data: bytes, *, suffix: str, where: str) -> None:
    """Raise InputError for bytes that are of a kind that is not read, whatever the file is called."""
    kind = kind_of(data)
    if suffix == PDF and kind is None:
        hint = "Give it the ending of what it is: .txt, .html."
        raise InputError("is no PDF, though it is named so", where=where, hint=hint)
    if kind is None or (kind == "pdf" and suffix == PDF):
        return
    named = f", though it is named {suffix}" if suffix else ""
    hint = "Name it .pdf." if kind == "pdf" else _HINTS.get(kind, READS)
    raise InputError(f"is {_NAMES[kind]}{named}, not text", where=where, hint=hint)


def kind_of(data: bytes) -> str | None:
    """Give the kind that the first bytes tell; None for text, and for what is not known."""
    head = data[:2048]
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _in_zip(data)
    found = next((kind for sign, kind in _SIGNS if sign.match(head) is not None), None)
    if found is None and re.match(rb"\s*%PDF-", head[:_PDF_WITHIN]) is not None:
        return "pdf"
    return found


def _in_zip(data: bytes) -> str:
    """Tell an office document by the names in its archive; nothing is unpacked."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "zip"
    return next((kind for sign, kind in _IN_ZIP if any(name.startswith(sign) for name in names)), "zip")


def is_page(text: str) -> bool:
    """Tell a whole web page, whatever the file is called."""
    return _PAGE.match(text[:10_000]) is not None


def has_markup(text: str) -> bool:
    """Tell a text in which there is any tag or entity of HTML."""
    return _ANY_TAG.search(text) is not None


def is_record(text: str) -> bool:
    """Tell a text that is an object or a list of JSON with something like an article in it."""
    return re.match(r"\s*(?:\[\s*)?\{\s*\"(?:[^\"\\]|\\.){0,200}\"\s*:", text[:10_000]) is not None
