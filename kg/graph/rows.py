"""Answers of queries, and how they are written: tables, CSV, TSV, JSON, XML, Markdown."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

import pyoxigraph as ox

from kg.errors import UnknownNameError
from kg.graph.xmltext import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

RdfTerm: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_RESULTS = "http://www.w3.org/2005/sparql-results#"

# Below this a column of a table says nothing any more.
_NARROWEST = 6


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer of a SELECT: the names of its columns, and its rows; an unbound cell is None."""

    variables: tuple[str, ...]
    rows: tuple[tuple[RdfTerm | None, ...], ...]

    def dicts(self) -> list[dict[str, str | None]]:
        """Give each row as a dictionary of plain strings, as a data frame takes them."""
        return [dict(zip(self.variables, map(plain, row), strict=True)) for row in self.rows]


Table: TypeAlias = Rows | bool
Answer: TypeAlias = Rows | bool | tuple[ox.Triple, ...]


def plain(term: RdfTerm | None) -> str | None:
    """Give the text of a term: the IRI, the words of a literal, ``_:x``."""
    if term is None:
        return None
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def write_rows(
    answer: Table,
    layout: str,
    out: BinaryIO,
    *,
    width: int | None = None,
    prefixes: Mapping[str, str] | None = None,
) -> str | None:
    """Write the answer of a SELECT or an ASK; ``width`` is that of the terminal, if there is one.

    ``prefixes`` shorten IRIs in a table and in Markdown, nowhere else; the empty one is left out. A table that had to be
    shortened to fit the width gives back a note that says so.

    Raises:
        UnknownNameError: there is no such format.
    """
    if layout == "table":
        text, note = table(answer, width=width, prefixes=prefixes or {})
        out.write(text.encode())
        return note
    if layout not in _WRITERS:
        raise UnknownNameError("format of rows", layout, LAYOUTS)
    out.write(_WRITERS[layout](answer, prefixes or {}).encode())
    return None


def table(
    answer: Table, *, width: int | None = None, prefixes: Mapping[str, str] | None = None
) -> tuple[str, str | None]:
    """Lay out a table for reading, and a note where cells were shortened to fit the width."""
    if isinstance(answer, bool):
        return f"{str(answer).lower()}\n", None
    cells = [[shown(term, prefixes or {}) for term in row] for row in answer.rows]
    columns = list(zip(answer.variables, *cells, strict=True))
    wanted = [max(map(columns_of, column)) for column in columns]
    widths = wanted if width is None else _fit(wanted, width)
    rule = ["-" * size for size in widths]
    lines = [_line(line, widths) for line in (answer.variables, rule, *cells)]
    cut = sum(columns_of(cell) > size for row in cells for cell, size in zip(row, widths, strict=True))
    note = f"{cut} cells are shortened to fit; --format csv shows all of them" if cut else None
    return "".join(f"{line}\n" for line in lines), note


def columns_of(text: str) -> int:
    """Count the columns a text takes on a terminal: wide letters two, combining marks none."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def clean(text: str) -> str:
    """Make a text safe for a terminal: one line, no control or direction characters."""
    spaced = " ".join(text.split())
    return "".join("\N{REPLACEMENT CHARACTER}" if _unsafe(char) else char for char in spaced)


def _unsafe(char: str) -> bool:
    return (
        unicodedata.category(char) == "Cc" or char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


def shown(term: RdfTerm | None, prefixes: Mapping[str, str]) -> str:
    """Give a term as a reader may see it: on one line, without control characters, IRIs shortened by the prefixes."""
    if isinstance(term, ox.NamedNode):
        for prefix, namespace in prefixes.items():
            if term.value.startswith(namespace) and len(term.value) > len(namespace):
                local = term.value.removeprefix(namespace)
                return clean(f"{prefix}:{local}" if prefix else local)
    return clean(plain(term) or "")


def _fit(wanted: Sequence[int], width: int) -> list[int]:
    """Take room from the widest columns until the line fits, but leave every column readable."""
    sizes = list(wanted)
    excess = sum(sizes) + 2 * (len(sizes) - 1) - width
    while excess > 0 and sizes and max(sizes) > _NARROWEST:
        sizes[sizes.index(max(sizes))] -= 1
        excess -= 1
    return sizes


def _line(cells: Iterable[str], widths: Sequence[int]) -> str:
    padded = (_pad(cell, size) for cell, size in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


def _pad(cell: str, size: int) -> str:
    if columns_of(cell) > size:
        widths = accumulate(map(_columns, cell))
        cell = "".join(char for char, width in zip(cell, widths, strict=True) if width < size) + "…"
    return cell + " " * (size - columns_of(cell))


def _csv(answer: Table, _: Mapping[str, str]) -> str:
    if isinstance(answer, bool):
        return f"{str(answer).lower()}\n"
    return csv_text([answer.variables, *([plain(term) or "" for term in row] for row in answer.rows)])


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Give rows as CSV with lines that end in a line feed; a cell with any kind of line end is quoted."""
    out = io.StringIO()
    # Python quotes a carriage return only where it is part of what ends a line.
    writer = csv.writer(out, lineterminator="\r\n")
    lines = []
    for row in rows:
        writer.writerow(row)
        lines.append(out.getvalue().removesuffix("\r\n") + "\n")
        out.seek(0)
        out.truncate()
    return "".join(lines)


def _tsv(answer: Table, _: Mapping[str, str]) -> str:
    if isinstance(answer, bool):
        return f"{str(answer).lower()}\n"
    head = "\t".join(f"?{name}" for name in answer.variables)
    lines = ("\t".join("" if term is None else _tsv_term(term) for term in row) for row in answer.rows)
    return "".join(f"{line}\n" for line in (head, *lines))


def _tsv_term(term: RdfTerm) -> str:
    return str(term).replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _json(answer: Table, _: Mapping[str, str]) -> str:
    if isinstance(answer, bool):
        return json.dumps({"head": {}, "boolean": answer}) + "\n"
    bindings = [
        {name: _json_term(term) for name, term in zip(answer.variables, row, strict=True) if term is not None}
        for row in answer.rows
    ]
    document = {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: RdfTerm) -> dict[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    literal: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language is not None:
        literal["xml:lang"] = term.language
    elif term.datatype.value != _XSD_STRING:
        literal["datatype"] = term.datatype.value
    return literal


def _xml(answer: Table, _: Mapping[str, str]) -> str:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="{_RESULTS}">\n'
    if isinstance(answer, bool):
        return f"{head}<head/>\n<boolean>{str(answer).lower()}</boolean>\n</sparql>\n"
    variables = "".join(f"<variable name={quoteattr(name)}/>" for name in answer.variables)
    results = "".join(f"<result>{_xml_row(answer.variables, row)}</result>\n" for row in answer.rows)
    return f"{head}<head>{variables}</head>\n<results>\n{results}</results>\n</sparql>\n"


def _xml_row(variables: Sequence[str], row: Sequence[RdfTerm | None]) -> str:
    pairs = zip(variables, row, strict=True)
    return "".join(
        f"<binding name={quoteattr(n)}>{_xml_term(term)}</binding>" for n, term in pairs if term is not None
    )


def _xml_term(term: RdfTerm) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{xml_text(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{term.value}</bnode>"
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        inner = "".join(f"<{name}>{_xml_term(part)}</{name}>" for name, part in parts.items())
        return f"<triple>{inner}</triple>"
    kind = ""
    if term.language is not None:
        kind = f" xml:lang={quoteattr(term.language)}"
    elif term.datatype.value != _XSD_STRING:
        kind = f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{kind}>{xml_text(term.value)}</literal>"


def xml_text(text: str) -> str:
    """Escape a text for XML 1.0; characters that XML cannot carry are left out."""
    kept = "".join(char for char in text if _in_xml(ord(char)))
    return escape(kept, {"\r": "&#13;", '"': "&quot;"})


def _in_xml(code: int) -> bool:
    if code < 0x20:
        return code in {0x09, 0x0A, 0x0D}
    return not (0xD800 <= code <= 0xDFFF or code in {0xFFFE, 0xFFFF})


def _markdown(answer: Table, prefixes: Mapping[str, str]) -> str:
    if isinstance(answer, bool):
        return f"{str(answer).lower()}\n"
    cells = ([_markdown_cell(shown(term, prefixes)) for term in row] for row in answer.rows)
    lines = (answer.variables, ["---"] * len(answer.variables), *cells)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _markdown_cell(text: str) -> str:
    # Angle brackets would be HTML, a bar would end the cell, a bracket could make a link.
    for char in "\\|<>[]*_`":
        text = text.replace(char, f"\\{char}")
    return text


_WRITERS: dict[str, Callable[[Table, Mapping[str, str]], str]] = {
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "xml": _xml,
    "md": _markdown,
}

LAYOUTS = ("table", *_WRITERS)
"""The formats in which rows can be written."""
