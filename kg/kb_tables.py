"""The tables of the knowledge base: what is shipped, and the user's own rows over it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.errors import DataError
from kg.folding import fold, slug
from kg.kb_rows import rows_of, user_rows
from kg.model import Entity, Key, Term

if TYPE_CHECKING:
    from collections.abc import Iterable

TYPES = {
    "person": Term("dip:Person"),
    "state": Term("dip:State"),
    "polity": Term("dip:Polity"),
    "place": Term("dip:Place"),
    "org": Term("dip:Organization"),
    "group": Term("dip:Organization"),
    "agency": Term("dip:Organization"),
    "agreement": Term("dip:Agreement"),
    "process": Term("dip:Process"),
    "office": Term("dip:Office"),
}
"""The kinds of entity, as they stand in keys, and the class of each."""

_SPOKEN = {"organization": "org", "organisation": "org", "armedgroup": "group", "newsagency": "agency"}
_HOLDERS = ("state", "place", "org", "group", "agency")
_KEY = re.compile(r"[a-z]+/[^\s/#?<>\"{}|\\^`%]+")
K = TypeVar("K")
V = TypeVar("V")


TERMS = "offices"  # the folder of tables with terms of office instead of names


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office somebody held: ISO dates as precise as known, open ends None, as seen on ``as_of``."""

    office: Key
    of: Key | None
    role: str
    start: str | None
    end: str | None
    as_of: str


@dataclass(frozen=True, slots=True)
class Record:
    """An entity with what only the linker asks for."""

    entity: Entity
    weak: frozenset[str] = frozenset()
    surnames: tuple[str, ...] = ()
    prominent: bool = False


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables as read."""

    records: dict[Key, Record]
    tenures: dict[Key, tuple[Tenure, ...]]
    metonyms: dict[str, tuple[Key, Key | None]]
    demonyms: dict[str, tuple[Key, ...]]
    words: dict[str, frozenset[str]]
    version: str


def data_folder() -> Path:
    """Give where the shipped tables are: in the installed package, or in the checkout."""
    installed = Path(__file__).parent / "_data" / "kb"
    return installed if installed.is_dir() else Path(__file__).parents[1] / "seeds" / "kb"


def read_tables(folder: Path) -> Tables:
    """Give the tables of a folder."""
    return Tables(
        records={r.entity.key: r for r in (_record(row) for _, row in rows_of(folder / "entities.tsv"))},
        tenures=_group((Key(row["person"]), _tenure(row)) for _, row in rows_of(folder / "offices.tsv")),
        metonyms={
            fold(row["surface"]): (Key(row["actor"]), Key(row["place"]) if row["place"] else None)
            # Of several the first holds: the table is sorted, a body stands before the state it sits in.
            for _, row in reversed(tuple(rows_of(folder / "metonyms.tsv")))
        },
        demonyms=_group(
            (fold(row["demonym"]), Key(row["state"])) for _, row in rows_of(folder / "demonyms.tsv")
        ),
        words={
            kind: frozenset(same)
            for kind, same in _group(
                (row["class"], row["word"]) for _, row in rows_of(folder / "words.tsv")
            ).items()
        },
        version=(folder / "VERSION").read_text(encoding="utf-8").strip(),
    )


def _group(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    found: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


def _record(row: dict[str, str]) -> Record:
    entity = Entity(
        key=Key(row["key"]),
        type=Term(row["type"]),
        label=row["label"],
        aliases=_split(row["aliases"]),
        qid=row["qid"] or None,
        within=Key(row["within"]) if row["within"] else None,
        known=True,
        confirmed=row["verified"] == "2",
    )
    return Record(entity, frozenset(_split(row["weak"])), _split(row["surnames"]), row["prominent"] == "1")


def _tenure(row: dict[str, str]) -> Tenure:
    of = Key(row["of"]) if row["of"] else None
    return Tenure(Key(row["office"]), of, row["role"], row["start"] or None, row["end"] or None, row["as_of"])


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip()) if text else ()


def add_user_table(tables: Tables, path: Path) -> None:
    """Put a user's table over what is there: names, or terms of office where it has that column."""
    rows = user_rows(path)
    (_add_terms if any("office" in row for _, row in rows[:1]) else _add_names)(tables, path, rows)


def _add_names(tables: Tables, path: Path, rows: Iterable[tuple[int, dict[str, str]]]) -> None:
    """Names: same id, else same label and kind.

    A row may lie within what another row of the same table brings, before or after it.
    """
    by_qid = {r.entity.qid: k for k, r in tables.records.items() if r.entity.qid is not None}
    held: list[tuple[Key, str, str]] = []
    for number, row in rows:
        where = f"{path}:{number}"
        entity = _user_entity(row, where, by_qid, tables)
        tables.records[entity.key] = _user_record(entity, row, tables.records.get(entity.key))
        if entity.qid is not None:
            by_qid[entity.qid] = entity.key
        held.append((entity.key, row.get("within", "").strip(), where))
    for key, within, where in held:
        if within:
            record = tables.records[key]
            around = _user_state(within, where, tables)
            tables.records[key] = replace(record, entity=replace(record.entity, within=around))


_BLANK = dict.fromkeys(("of", "role", "start", "end", "as_of"), "")


def _add_terms(tables: Tables, path: Path, rows: Iterable[tuple[int, dict[str, str]]]) -> None:
    """Terms of office: one that has ended since takes the place of the open one."""
    for number, row in rows:
        where = f"{path}:{number}"
        for column in ("person", "office"):
            if row.get(column, "") not in tables.records:
                hint = "Run kg kb refresh again, or take the row out."
                raise DataError(f"no such {column}: {row.get(column, '')!r}", where=where, hint=hint)
        person, told = Key(row["person"]), _tenure({**_BLANK, **row})
        kept = (old for old in tables.tenures.get(person, ()) if not _ended(old, told))
        tables.tenures[person] = (*kept, told)


def _ended(old: Tenure, told: Tenure) -> bool:
    """The same term, open in the one and with its end in the other; a start may be less precise."""
    one, other = old.start or "", told.start or ""
    same = old.office == told.office and (one.startswith(other) or other.startswith(one))
    return same and old.end is None and told.end is not None


def _user_record(entity: Entity, row: dict[str, str], old: Record | None) -> Record:
    """Give the record of a row: what the linker knew of the thing stays, names taken away do not."""
    away = {fold(name) for name in _split(row.get("without", ""))}
    before = old if old is not None else Record(entity)
    own = {*_split(row.get("aliases", "")), *({entity.label} - {before.entity.label})}
    surnames = dict.fromkeys((*before.surnames, *_user_surnames(entity)))
    return Record(
        replace(entity, aliases=tuple(n for n in entity.aliases if fold(n) not in away)),
        before.weak - own,
        tuple(n for n in surnames if fold(n) not in away),
        before.prominent,
    )


def _user_entity(row: dict[str, str], where: str, by_qid: dict[str, Key], tables: Tables) -> Entity:
    label, qid = row.get("label", "").strip(), row.get("qid", "").strip()
    if not fold(label):
        what = f"the label {label!r} has no letter in it" if label else "a row without a label"
        raise DataError(what, where=where, hint="The column 'label' is the name of the thing.")
    if qid and not is_qid(qid):
        raise DataError(
            f"{qid!r} is no Wikidata id", where=where, hint="Write it like Q42, or leave it empty."
        )
    kind = kind_of(row.get("type", ""), where)
    key = _user_key(row, kind, by_qid, where, tables)
    old = tables.records[key].entity if key in tables.records else None
    names = (*_split(row.get("aliases", "")), *((old.label, *old.aliases) if old is not None else ()))
    return Entity(
        key,
        TYPES[kind],
        label,
        tuple(dict.fromkeys(n for n in names if n != label)),
        qid or (old.qid if old is not None else None),
        old.within if old is not None else None,
        known=True,
        confirmed=bool(qid) or (old is not None and old.confirmed),
    )


def is_qid(text: str) -> bool:
    """Tell whether a text is a Wikidata id."""
    return text[:1] == "Q" and text[1:].isascii() and text[1:].isdecimal()


def _user_key(row: dict[str, str], kind: str, by_qid: dict[str, Key], where: str, tables: Tables) -> Key:
    """Give the key of a row: the one it has, else that of its id, else its name; a namesake has its id behind it."""
    given = row.get("key", "").strip()
    if given and _KEY.fullmatch(given) is None:
        raise DataError(f"{given!r} is no key", where=where, hint="Write it like person/jane-doe.")
    qid = row.get("qid", "").strip()
    known = Key(given) if given else by_qid.get(qid)
    if known is not None:
        return known
    plain = own_key(kind, row.get("label", ""))
    other = tables.records[plain].entity.qid if plain in tables.records else None
    return Key(f"{plain}-{qid.lower()}") if qid and other not in {None, qid} else plain


def own_key(kind: str, label: str) -> Key:
    """Give the key of a thing of a kind by its name."""
    return Key(f"{'place' if kind == 'polity' else kind}/{slug(label)}")


def kind_of(text: str, where: str) -> str:
    """Give the kind that a type names: ``person``, ``Armed group``, ``dip:Organization``."""
    bare = text.strip().removeprefix("dip:").replace(" ", "").lower()
    kind = _SPOKEN.get(bare, bare)
    if kind not in TYPES:
        raise DataError(f"unknown type {text!r}", where=where, hint=f"Choose one of: {', '.join(TYPES)}.")
    return kind


def _user_state(text: str, where: str, tables: Tables) -> Key:
    for key in (text, *(f"{kind}/{slug(text)}" for kind in _HOLDERS)):
        if key in tables.records:
            return Key(key)
    raise DataError(
        f"'within' names nothing known: {text!r}", where=where, hint="Use a label or key of kg kb search."
    )


def _user_surnames(entity: Entity) -> tuple[str, ...]:
    parts = entity.label.split()
    return (parts[-1],) if entity.type == "dip:Person" and len(parts) > 1 else ()
