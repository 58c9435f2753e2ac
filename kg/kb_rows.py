"""The rows of tables of names: tabs between cells, the first line the columns; a user's are held to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


USER_COLUMNS = ("label", "type", "aliases", "qid", "within", "source")
"""The columns of a user's table; the first two are needed."""

_OWN_COLUMNS = ("key", "without")
"""Also taken: the key of the thing, and names that it shall not have."""

_TERM_COLUMNS = ("person", "office", "of", "role", "start", "end", "as_of", "note", "source")
"""The columns of a table with terms of office; the first two are needed."""

Rows = tuple[tuple[int, dict[str, str]], ...]
"""Rows as cells by column, each with the number of its line."""

HEADER = f"The first line names the columns, with tabs between them: {', '.join(USER_COLUMNS)}."
"""What is told of a table whose columns are not right."""


def rows_of(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a table that is shipped.

    Raises:
        DataError: it is not there, or not UTF-8.
    """
    lines = _lines(path)
    columns = lines[0].split("\t") if lines else []
    for number, line in _filled(lines):
        yield number, dict(zip(columns, line.split("\t"), strict=False))


def user_rows(path: Path) -> Rows:
    """Give the rows of a user's table; none is right too, as every row of a table can be taken out again.

    Raises:
        DataError: it cannot be read, or its first line has other columns than such a table.
    """
    lines = _lines(path)
    if not any(map(str.strip, lines)):
        return ()
    columns = [name.strip() for name in lines[0].split("\t")]
    _check_columns(columns, f"{path}:1")
    found = []
    for number, line in _filled(lines):
        cells = line.split("\t")
        if any(map(str.strip, cells[len(columns) :])):
            what = f"{len(cells)} cells under {len(columns)} columns"
            raise DataError(what, where=f"{path}:{number}", hint="Take out the tab that is too much.")
        found.append((number, dict(zip(columns, cells, strict=False))))
    return tuple(found)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        raise DataError(
            "no such table", where=str(path), hint="Check the path; if it is not yours, reinstall."
        ) from None
    except UnicodeDecodeError as error:
        hint = "Save the table as UTF-8."
        raise DataError(f"not UTF-8 at byte {error.start}", where=str(path), hint=hint) from None
    except OSError as error:
        raise DataError(
            f"cannot be read: {error.strerror}", where=str(path), hint="Give the path of a table."
        ) from error


def _filled(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(lines[1:], start=2) if line.strip())


def _check_columns(columns: Sequence[str], where: str) -> None:
    terms = "office" in columns
    known = _TERM_COLUMNS if terms else (*USER_COLUMNS, *_OWN_COLUMNS)
    needed = known[:2]
    unknown = [name for name in columns if name not in known]
    missing = [name for name in needed if name not in columns]
    twice = [name for name in columns if columns.count(name) > 1]
    hint = f"The columns of terms of office: {', '.join(known)}." if terms else HEADER
    if unknown:
        raise DataError(f"unknown column {unknown[0]!r}", where=where, hint=hint)
    if missing:
        raise DataError(f"no column {missing[0]!r}", where=where, hint=hint)
    if twice:
        raise DataError(f"two columns {twice[0]!r}", where=where, hint=hint)
