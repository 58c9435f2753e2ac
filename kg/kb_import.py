"""Names from files of others: CSV and TSV tables, Turtle, and the JSON of a Wikidata query."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import DataError, InputError, UsageError
from kg.folding import fold
from kg.kb_rows import USER_COLUMNS
from kg.kb_tables import is_qid, kind_of
from kg.kb_user import Row, clean_cell, find_entity
from kg.text.encoding import decode
from kg.text.sources import bytes_of, require_regular

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.kb import KnowledgeBase

_WIKIDATA = re.compile(r"https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/(Q[0-9]+)$")
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NS = "https://w3id.org/diplomacy-kg/ns#"
_LABELS = (f"{_RDFS}label", f"{_SKOS}prefLabel")
_SAME = ("http://schema.org/sameAs", "https://schema.org/sameAs", "http://www.w3.org/2002/07/owl#sameAs")
_LANGUAGES = ("en", "en-gb", "en-us", "mul", "")
_KINDS_OF_WIKIDATA = {
    "Q5": "person",
    "Q6256": "state",
    "Q3624078": "state",
    "Q515": "place",
    "Q486972": "place",
    "Q43229": "org",
    "Q484652": "org",
    "Q17149090": "group",
}
"""What the classes are that a query on people, countries, places and bodies asks for."""

_WORDS_OF_WIKIDATA = {
    "human": "person",
    "country": "state",
    "sovereignstate": "state",
    "city": "place",
    "humansettlement": "place",
    "internationalorganization": "org",
}


@dataclass(frozen=True, slots=True)
class Unused:
    """Something in a file that could not be taken, or not all of it: where, what, and why."""

    where: str
    what: str
    why: str
    kept: bool = False
    """Whether the rest of the row was taken."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The rows that a file gives, and what could not be used."""

    rows: tuple[Row, ...]
    unused: tuple[Unused, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A thing as a file tells it, before it is checked."""

    where: str
    label: str
    types: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    qid: str = ""
    within: str = ""
    source: str = ""


def import_file(path: Path, kb: KnowledgeBase, *, kind: str | None = None) -> Imported:
    """Read the names in a file of another; its name tells its format.

    Args:
        path: ``.csv``, ``.tsv``, ``.ttl``, ``.nt`` or ``.json``.
        kb: what is known, to find what the things lie in.
        kind: what to take things for whose type the file does not tell.

    Raises:
        InputError: the file cannot be read, or is of another kind.
    """
    readers = {".csv": _table, ".tsv": _table, ".ttl": _triples, ".nt": _triples, ".json": _bindings}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        hint = f"Choose a file with one of the endings: {', '.join(sorted(readers))}."
        raise InputError(
            f"names are not imported from {path.suffix or 'such a file'}", where=str(path), hint=hint
        )
    rows: dict[tuple[str, str, str], Row] = {}
    unused: list[Unused] = []
    for draft in reader(path, _text(path)):
        row = _row(draft, kb, kind, f"import of {path.name}", unused)
        if row is not None:
            at = (row.qid or fold(row.label), row.type, row.qid and "qid")
            rows[at] = _joined(rows[at], row) if at in rows else row
    return Imported(tuple(rows.values()), tuple(unused))


def _text(path: Path) -> str:
    require_regular(path)
    return decode(bytes_of(path), where=str(path)).removeprefix("\ufeff")


def _joined(one: Row, other: Row) -> Row:
    names = (*one.aliases, other.label, *other.aliases)
    aliases = tuple(dict.fromkeys(name for name in names if name != one.label))
    return one._replace(aliases=aliases, within=one.within or other.within)


def _row(draft: _Draft, kb: KnowledgeBase, kind: str | None, source: str, unused: list[Unused]) -> Row | None:
    """Give the row of a thing, or None with the reason why there is none."""
    label = clean_cell(draft.label)
    chosen = next(filter(None, map(_kind, draft.types)), None) or kind
    problem = None
    if not fold(label) or "|" in label:
        problem = "no name" if not label else "a name without letters, or with '|' in it"
    elif draft.qid and not is_qid(draft.qid):
        problem = f"{draft.qid!r} is no Wikidata id"
    elif chosen is None:
        told = ", ".join(draft.types)
        problem = f"unknown type {told}" if told else "no type"
    if problem is not None or chosen is None:
        unused.append(Unused(draft.where, label or draft.qid, problem or ""))
        return None
    aliases = [clean_cell(alias) for alias in draft.aliases]
    fitting = sorted({alias for alias in aliases if fold(alias) and "|" not in alias} - {label})
    within = _within(draft, kb, unused)
    return Row(label, chosen, tuple(fitting), draft.qid, within, clean_cell(draft.source) or source)


def _kind(told: str) -> str | None:
    """Give the kind that a type means, by name, class, or class of Wikidata; None where it is no such."""
    bare = told.strip().rpartition("/")[2].rpartition("#")[2]
    if bare in _KINDS_OF_WIKIDATA:
        return _KINDS_OF_WIKIDATA[bare]
    try:
        return _WORDS_OF_WIKIDATA.get(bare.replace(" ", "").lower()) or kind_of(bare, "")
    except DataError:
        return None


def _within(draft: _Draft, kb: KnowledgeBase, unused: list[Unused]) -> str:
    asked = clean_cell(_qid(draft.within) or draft.within)
    if not asked:
        return ""
    try:
        return find_entity(kb, asked).key
    except UsageError as error:
        unused.append(Unused(draft.where, draft.label, f"'within' is left out: {error.what}", kept=True))
        return ""


def _qid(iri: str) -> str:
    match = _WIKIDATA.match(iri.strip())
    return match[1] if match is not None else ""


def _table(path: Path, text: str) -> Iterator[_Draft]:
    """Read a table with a header; names in a cell are separated by ``|``."""
    lines = io.StringIO(text, newline="")
    if path.suffix.lower() == ".tsv":
        reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    else:
        reader = csv.DictReader(lines)
    columns = [str(name).strip().lower() for name in reader.fieldnames or ()]
    if "label" not in columns:
        hint = f"The first line names the columns: {', '.join(USER_COLUMNS)}."
        raise InputError("has no column 'label'", where=f"{path}:1", hint=hint)
    reader.fieldnames = columns
    try:
        for record in reader:
            cells = {name: record.get(name) or "" for name in USER_COLUMNS}
            if any(cell.strip() for cell in cells.values()):
                yield _Draft(
                    f"{path}:{reader.line_num}",
                    cells["label"],
                    tuple(filter(None, [cells["type"].strip()])),
                    tuple(cells["aliases"].split("|")),
                    (_qid(cells["qid"]) or cells["qid"]).strip(),
                    cells["within"],
                    cells["source"],
                )
    except csv.Error as error:
        hint = "Check the quotes and separators of that line."
        raise InputError(
            f"is a broken table: {error}", where=f"{path}:{reader.line_num}", hint=hint
        ) from error


def _triples(path: Path, text: str) -> Iterator[_Draft]:
    """Read the things of an RDF file that have a label and a type."""
    import pyoxigraph as ox  # noqa: PLC0415  (only this needs it)

    kind = ox.RdfFormat.N_TRIPLES if path.suffix.lower() == ".nt" else ox.RdfFormat.TURTLE
    told: dict[str, dict[str, list[Any]]] = {}
    try:
        for quad in ox.parse(text.encode(), kind, base_iri="https://example.org/"):
            if isinstance(quad.subject, ox.NamedNode):
                about = told.setdefault(quad.subject.value, {})
                about.setdefault(quad.predicate.value, []).append(quad.object)
    except SyntaxError as error:
        hint = "Check the file at that place; rapper or riot tell more."
        raise InputError(f"does not parse: {error}", where=str(path), hint=hint) from error
    for iri, about in sorted(told.items()):
        if _TYPE in about or any(name in about for name in _LABELS):
            yield _thing(f"{path} <{iri}>", iri, about)


def _thing(where: str, iri: str, about: Mapping[str, list[Any]]) -> _Draft:
    labels = _english(value for name in _LABELS for value in about.get(name, ()))
    aliases = _english(about.get(f"{_SKOS}altLabel", ()))
    qids = sorted(filter(None, (_qid(i) for i in (iri, *(v.value for n in _SAME for v in about.get(n, ()))))))
    types = sorted(value.value for value in about.get(_TYPE, ()))
    within = about.get(f"{_NS}locatedIn", about.get(f"{_NS}officeOf", ()))
    return _Draft(
        where,
        labels[0] if labels else "",
        tuple(types),
        (*labels[1:], *aliases),
        qids[0] if qids else "",
        min((value.value for value in within), default="").removeprefix("https://w3id.org/diplomacy-kg/id/"),
    )


def _english(values: Iterable[Any]) -> list[str]:
    """Give the literals that an English text may have, the plainest first."""
    found = [(value.value, (getattr(value, "language", None) or "").lower()) for value in values]
    fitting = [(_LANGUAGES.index(language), text) for text, language in found if language in _LANGUAGES]
    return list(dict.fromkeys(text for _, text in sorted(fitting)))


def _bindings(path: Path, text: str) -> Iterator[_Draft]:
    """Read the answer of a SELECT as the Wikidata query service gives it, as a whole or as plain rows."""
    try:
        data = json.loads(text)
        rows = data["results"]["bindings"] if isinstance(data, dict) else data
        lines = [{name: _value(cell) for name, cell in row.items()} for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        hint = "Download the answer of the query as JSON."
        raise InputError("is no answer of a SPARQL query", where=str(path), hint=hint) from error
    if lines and not any("item" in line for line in lines):
        hint = "The query must give ?item and ?itemLabel."
        raise InputError("has no column 'item'", where=str(path), hint=hint)
    for number, line in enumerate(lines, 1):
        yield _item(f"{path}#{number}", line)


def _value(cell: object) -> str:
    return str(cell["value"] if isinstance(cell, dict) else cell or "")


def _item(where: str, line: Mapping[str, str]) -> _Draft:
    qid = _qid(line.get("item", "")) or line.get("item", "")
    label = line.get("itemLabel", "")
    types = [line[name] for name in ("type", "class", "typeLabel", "classLabel") if line.get(name)]
    if not types and (line.get("office") or line.get("officeLabel")):
        types = ["person"]
    within = next((line[n] for n in ("within", "country", "withinLabel", "countryLabel") if line.get(n)), "")
    return _Draft(
        where,
        "" if is_qid(label) else label,  # the service gives the id where there is no English label
        tuple(types),
        tuple(line.get("itemAltLabel", "").split(", ")),
        qid,
        within,
        f"Wikidata {qid}" if is_qid(qid) else "",
    )
