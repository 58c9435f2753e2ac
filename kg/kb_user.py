"""The user's own knowledge: the tables in ``kb/`` of the project folder, and decisions about names.

What is decided about a name becomes a row over the knowledge base: another name of a thing, a thing of
its own, a name taken away. These rows stand in ``cache/decided.tsv``, made again on every build.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kg import files
from kg.errors import DataError, UnknownNameError, UsageError
from kg.folding import fold
from kg.kb import KnowledgeBase
from kg.kb_rows import USER_COLUMNS
from kg.kb_tables import TERMS, TYPES, is_qid, kind_of, own_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.model import Entity

OWN = "own.tsv"
"""The table that ``kg kb add`` writes to."""

_DECIDED = "decided.tsv"
_DECIDED_COLUMNS = (*USER_COLUMNS, "key", "without")


class Row(NamedTuple):
    """A row of a user's table."""

    label: str
    type: str
    aliases: tuple[str, ...] = ()
    qid: str = ""
    within: str = ""
    source: str = ""
    key: str = ""
    without: tuple[str, ...] = ()

    def cells(self) -> tuple[str, ...]:
        """Give the cells as text, in the order of the columns."""
        aliases, without = "|".join(self.aliases), "|".join(self.without)
        return self.label, self.type, aliases, self.qid, self.within, self.source, self.key, without


@dataclass(frozen=True, slots=True)
class EntityDecision:
    """What the user decided about a name; one of ``same_as``, ``new``, ``ignore``, ``never``."""

    name: str
    same_as: str | None = None
    new: str | None = None
    ignore: bool = False
    never: str | None = None
    within: str = ""
    qid: str = ""


def own_tables(folder: Path) -> tuple[Path, ...]:
    """Give the tables of a project folder, in the order in which they lie over one another.

    Terms of office, in ``kb/offices``, come last: whom they speak of is known by then.
    """
    decided = folder / "cache" / _DECIDED
    names = (*sorted((folder / "kb").glob("*.tsv")), *((decided,) if decided.is_file() else ()))
    return (*names, *sorted((folder / "kb" / TERMS).glob("*.tsv")))


def find_entity(kb: KnowledgeBase, asked: str) -> Entity:
    """Give the one thing that a key, a Wikidata id or a name means.

    Raises:
        UsageError: nothing is called so, or several things are.
    """
    if asked in kb:
        return kb.entity(asked)
    if is_qid(asked):
        found = [entity for entity in kb if entity.qid == asked]
    else:
        candidates = [candidate.entity for candidate in kb.candidates(asked)]
        found = [entity for entity in candidates if fold(entity.label) == fold(asked)] or candidates
    if not found:
        near = [found.entity.label for found in kb.search(asked, 1)]
        hint = f"Did you mean {near[0]!r}?" if near else "kg kb search finds names, kg kb add adds one."
        raise UsageError(f"nothing in the knowledge base is called {asked!r}", hint=hint)
    if len(found) > 1:
        hint = f"Say which by its key: {', '.join(sorted(entity.key for entity in found))}."
        raise UsageError(f"{asked!r} may mean {len(found)} things", hint=hint)
    return found[0]


def add_row(folder: Path, row: Row, *extra: Path) -> Entity:
    """Add a row to the project's own table, and give the thing as it is known from then on.

    Raises:
        UsageError: the row has no name, an unknown type, or is there already.
        DataError: the table, or another before it, is broken.
        LockedError: another process writes to the project.
    """
    checked = _checked(row)
    handle = files.lock(folder / "lock")
    try:
        _append(folder, checked, extra)
    finally:
        os.close(handle)
    after = KnowledgeBase.load(*extra, *own_tables(folder))
    return next(entity for entity in after if _is_of(entity, checked))


def _append(folder: Path, row: Row, extra: Sequence[Path]) -> None:
    path = folder / "kb" / OWN
    before = KnowledgeBase.load(*extra, *own_tables(folder))
    if row.within:
        row = row._replace(within=find_entity(before, row.within).key)
    rows = read_rows(path) if path.exists() else []
    if any((fold(one.label), one.type) == (fold(row.label), row.type) for one in rows):
        hint = f"Change or remove it in {path}."
        raise UsageError(f"{row.label!r} is in your own table as {row.type} already", hint=hint)
    write_rows(path, [*rows, row])


def _is_of(entity: Entity, row: Row) -> bool:
    if row.qid:
        return entity.qid == row.qid
    return entity.key == own_key(row.type, row.label)


def _checked(row: Row) -> Row:
    """Give a row with its blanks put in order and its type as it stands in keys."""
    label = clean_cell(row.label)
    aliases = tuple(dict.fromkeys(filter(None, (clean_cell(alias) for alias in row.aliases))))
    if not fold(label):
        raise UsageError("a thing needs a name with a letter in it")
    if "|" in "".join((label, *aliases)):
        raise UsageError("a name cannot hold '|', which stands between names", hint="Give each by --alias.")
    if row.qid and not is_qid(row.qid):
        raise UsageError(f"{row.qid!r} is no Wikidata id", hint="Write it like Q42.")
    if row.type not in TYPES:
        raise UnknownNameError("type", row.type, TYPES)
    return row._replace(
        label=label, aliases=aliases, source=clean_cell(row.source), within=clean_cell(row.within)
    )


def clean_cell(text: str) -> str:
    """Give a text as it can stand in a cell: one line, single blanks, no control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def read_rows(path: Path) -> list[Row]:
    """Give the rows of a user's table as they stand there.

    Raises:
        DataError: it cannot be read, or has columns of another table.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read: {error}", where=str(path)) from error
    columns = lines[0].split("\t") if lines else []
    wrong = [name for name in columns if name not in _DECIDED_COLUMNS]
    if wrong or "label" not in columns or "type" not in columns:
        raise DataError(
            f"unknown column {wrong[0]!r}" if wrong else "no columns 'label' and 'type' in the first line",
            where=f"{path}:1",
            hint=f"Columns: {', '.join(USER_COLUMNS)}.",
        )
    return [_row(dict(zip(columns, line.split("\t"), strict=False))) for line in lines[1:] if line.strip()]


def _row(cells: dict[str, str]) -> Row:
    told = {name: cells.get(name, "").strip() for name in _DECIDED_COLUMNS}
    lists = {name: tuple(filter(None, told.pop(name).split("|"))) for name in ("aliases", "without")}
    return Row(**told, aliases=lists["aliases"], without=lists["without"])


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Write a user's table, sorted, whole or not at all."""
    chosen = sorted(set(rows), key=lambda row: (fold(row.label), row))
    more = any(row.key or row.without for row in chosen)
    columns = _DECIDED_COLUMNS if more else USER_COLUMNS
    lines = ["\t".join(columns), *("\t".join(row.cells()[: len(columns)]) for row in chosen)]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise files.store_error(error, path.parent) from error
    files.write(path, "".join(f"{line}\n" for line in lines).encode())


def settle(folder: Path, decisions: Sequence[EntityDecision], *extra: Path, where: str) -> None:
    """Write what is decided about names as a table over all others, or remove it where nothing is.

    Raises:
        DataError: a decision names something that is not there; says where the decisions stand.
    """
    path = folder / "cache" / _DECIDED
    if all(each.ignore for each in decisions):
        path.unlink(missing_ok=True)
        return
    kb = KnowledgeBase.load(*extra, *(table for table in own_tables(folder) if table != path))
    rows = [row for each in decisions for row in decided_rows(each, decisions, kb, where)]
    if not rows:
        path.unlink(missing_ok=True)
    elif _differs(path, rows):
        write_rows(path, rows)


def _differs(path: Path, rows: list[Row]) -> bool:
    return not path.is_file() or sorted(set(rows)) != sorted(read_rows(path))


def decided_rows(
    decision: EntityDecision, all_: Sequence[EntityDecision], kb: KnowledgeBase, where: str
) -> Iterator[Row]:
    """Give the rows over the knowledge base that a decision about a name comes to."""
    source = "decided"
    if decision.new is not None:
        kind = kind_of(decision.new, where)
        around = _found(kb, decision.within, where).key if decision.within else ""
        yield Row(decision.name, kind, (), decision.qid, around, source)
    if decision.same_as is not None:
        meant = _found(kb, decision.same_as, where)
        yield Row(meant.label, kind_in(meant), (decision.name,), "", "", source, meant.key)
    if decision.never is not None:
        yield from _apart(decision, all_, _found(kb, decision.never, where), kb, where)


def _apart(
    decision: EntityDecision, all_: Sequence[EntityDecision], other: Entity, kb: KnowledgeBase, where: str
) -> Iterator[Row]:
    """Take a name away from a thing, and make it the name of another of the same type."""
    name = decision.name
    if fold(name) == fold(other.label):
        hint = "Only another spelling can be taken away from a thing."
        raise DataError(f"{name!r} is the very name of {other.key}", where=where, hint=hint)
    yield Row(other.label, kind_in(other), (), "", "", "decided", other.key, (name,))
    others = [c.entity.key for c in kb.candidates(name) if c.entity.key != other.key]
    named = {fold(each.name) for each in all_ if each.new or each.same_as or each.ignore}
    if not others and fold(name) not in named:
        yield Row(name, kind_in(other), (), "", "", "decided", own_key(kind_in(other), name))


def _found(kb: KnowledgeBase, asked: str, where: str) -> Entity:
    try:
        return find_entity(kb, asked)
    except UsageError as error:
        raise DataError(error.what, where=where, hint=error.hint) from error


def kind_named(told: str) -> str:
    """Give the type that somebody names, as it stands in keys; raises UnknownNameError where there is none such."""
    try:
        return kind_of(told, "")
    except DataError:
        raise UnknownNameError("type", told, TYPES) from None


def kind_in(entity: Entity) -> str:
    """Give the type of a thing as a user's table has it: ``person``, ``group``."""
    kind = entity.key.partition("/")[0]
    fitting = [name for name, term in TYPES.items() if term == entity.type]
    return kind if kind in fitting else fitting[0]
