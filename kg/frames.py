"""Columns as data frames of pandas or polars, each in the type of what it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph as ox

from kg.errors import UsageError
from kg.graph.rows import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pandas as pd
    import polars as pl

    from kg.graph.rows import RdfTerm

Value: TypeAlias = str | int | float | bool | date | datetime | timedelta | None

_XSD = "http://www.w3.org/2001/XMLSchema#"
_SPAN = re.compile(
    r"(?P<sign>-)?P(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_LARGEST = 2**63


class Kind(Enum):
    """What a column holds; the value is its type in pandas."""

    TEXT = "string"
    INTEGER = "Int64"
    NUMBER = "float64"
    FLAG = "boolean"
    DAY = "datetime64[s]"
    INSTANT = "datetime64[us, UTC]"
    SPAN = "timedelta64[us]"


@dataclass(frozen=True, slots=True)
class Column:
    """A named column: what it holds, and its cells as Python has them; None where there is none."""

    name: str
    kind: Kind
    cells: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """Columns of one length, for the library of one's choice."""

    columns: tuple[Column, ...]

    def to_pandas(self) -> pd.DataFrame:
        """Give a data frame: text as ``string``, days as ``datetime64[s]``, counts as ``Int64``.

        Raises:
            UsageError: pandas is not installed.
        """
        pandas = _library("pandas")
        series = {at: _series(pandas, column) for at, column in enumerate(self.columns)}
        frame = pandas.DataFrame(series)
        frame.columns = [column.name for column in self.columns]
        return frame

    def to_polars(self) -> pl.DataFrame:
        """Give a data frame: text as ``String``, days as ``Date``, counts as ``Int64``.

        Raises:
            UsageError: polars is not installed.
        """
        polars = _library("polars")
        types = {
            Kind.TEXT: polars.String,
            Kind.INTEGER: polars.Int64,
            Kind.NUMBER: polars.Float64,
            Kind.FLAG: polars.Boolean,
            Kind.DAY: polars.Date,
            Kind.INSTANT: polars.Datetime("us", "UTC"),
            Kind.SPAN: polars.Duration("us"),
        }
        frame: pl.DataFrame = polars.DataFrame(
            [polars.Series(column.name, column.cells, dtype=types[column.kind]) for column in self.columns]
        )
        return frame


def _library(name: str) -> Any:
    """Import a library that only data frames need."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        hint = f"Install it: pip install {name}. Without it, to_dicts() gives the rows."
        raise UsageError(f"{name} is not installed", hint=hint) from None


def _series(pandas: Any, column: Column) -> Any:
    cells: Sequence[Value] = column.cells
    if column.kind is Kind.NUMBER:  # pandas takes None for a number only where there is a number beside it
        cells = [float("nan") if cell is None else cell for cell in cells]
    return pandas.Series(cells, dtype=column.kind.value)


def column_of(name: str, terms: Iterable[RdfTerm | None]) -> Column:
    """Give the answers to one variable as a column; text where they are not all of one kind."""
    cells = tuple(terms)
    kinds = {_kind(term) for term in cells if term is not None}
    if kinds == {Kind.INTEGER, Kind.NUMBER}:
        kinds = {Kind.NUMBER}
    kind = kinds.pop() if len(kinds) == 1 else Kind.TEXT
    texts = tuple(plain(term) for term in cells)
    try:
        return Column(name, kind, tuple(None if text is None else _READERS[kind](text) for text in texts))
    except (ValueError, KeyError, OverflowError):  # "2022-13-45"^^xsd:date: the graph says so, and so do we
        return Column(name, Kind.TEXT, texts)


def _kind(term: RdfTerm) -> Kind:
    if not isinstance(term, ox.Literal):
        return Kind.TEXT
    return _DATATYPES.get(term.datatype.value.removeprefix(_XSD), Kind.TEXT)


def _integer(text: str) -> int:
    number = int(text)
    if not -_LARGEST <= number < _LARGEST:
        raise ValueError(text)
    return number


def _flag(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text]


def _instant(text: str) -> datetime:
    """Give a moment in UTC; one without a zone is taken to be in UTC already."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _span(text: str) -> timedelta:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    parts = {name: float(value) for name, value in found.groupdict().items() if value and name != "sign"}
    return timedelta(**parts) * (-1 if found["sign"] else 1)


_READERS: Mapping[Kind, Callable[[str], Value]] = {
    Kind.TEXT: str,
    Kind.INTEGER: _integer,
    Kind.NUMBER: float,
    Kind.FLAG: _flag,
    Kind.DAY: date.fromisoformat,
    Kind.INSTANT: _instant,
    Kind.SPAN: _span,
}
_DATATYPES: Mapping[str, Kind] = {
    **dict.fromkeys(
        ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger"), Kind.INTEGER
    ),
    **dict.fromkeys(("decimal", "double", "float"), Kind.NUMBER),
    "boolean": Kind.FLAG,
    "date": Kind.DAY,
    "dateTime": Kind.INSTANT,
    "dateTimeStamp": Kind.INSTANT,
    "dayTimeDuration": Kind.SPAN,
}
"""The datatypes of XML Schema that a column can have; all others are text."""
