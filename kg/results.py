"""What the graph answers, as sequences that a notebook shows and a data frame takes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeAlias, TypeVar, overload

from kg import display
from kg.frames import Column, Frame, Kind, Value, column_of

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from kg.graph.rows import Rows

T = TypeVar("T")
Field: TypeAlias = tuple[str, Kind, Callable[[T], Value]]


class Framed(ABC):
    """What can be had as a data frame."""

    __slots__ = ()

    def to_pandas(self) -> pd.DataFrame:
        """Give a data frame of pandas: days as days, numbers as numbers, IRIs and all else as text.

        A column of a query's answer whose values are not all of one datatype is text.

        Raises:
            UsageError: pandas is not installed.
        """
        return self._frame().to_pandas()

    def to_polars(self) -> pl.DataFrame:
        """Give a data frame of polars, with the types of ``to_pandas``.

        Raises:
            UsageError: polars is not installed.
        """
        return self._frame().to_polars()

    @abstractmethod
    def _frame(self) -> Frame:
        """Give the columns."""


class Table(Framed, Sequence[dict[str, "str | None"]]):
    """The answer of a SELECT: a sequence of dictionaries, with its rows as a notebook and a data frame want them."""

    def __init__(self, rows: Rows) -> None:
        """Take the rows as the engine gave them; ``rows`` keeps their terms."""
        self.rows = rows

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.rows.variables

    def to_dicts(self) -> list[dict[str, str | None]]:
        """Give each row as a dictionary of plain strings; an IRI in full, None for a cell without a value."""
        return self.rows.dicts()

    def _frame(self) -> Frame:
        named = enumerate(self.columns)
        return Frame(tuple(column_of(name, [row[at] for row in self.rows.rows]) for at, name in named))

    @overload
    def __getitem__(self, at: int) -> dict[str, str | None]: ...

    @overload
    def __getitem__(self, at: slice) -> list[dict[str, str | None]]: ...

    def __getitem__(self, at: int | slice) -> dict[str, str | None] | list[dict[str, str | None]]:
        """Give a row, or several."""
        return self.to_dicts()[at]

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.rows.rows)

    def __repr__(self) -> str:
        """Give the table as text."""
        from kg.graph.rows import table  # noqa: PLC0415

        return table(self.rows, width=100)[0].rstrip("\n")

    def _repr_html_(self) -> str:
        return display.rows_table(self.rows)


@dataclass(frozen=True, slots=True, repr=False)
class Listing(Framed, Sequence[T], Generic[T]):
    """Things that the graph tells of, in order; a slice is a listing again."""

    items: tuple[T, ...]
    fields: ClassVar[tuple[Field[Any], ...]] = ()
    noun: ClassVar[str] = "item"

    def to_dicts(self) -> list[dict[str, Value]]:
        """Give each item as a dictionary with the columns of the data frame; None where there is no value."""
        return [{name: value(each) for name, _, value in self.fields} for each in self.items]

    def _frame(self) -> Frame:
        return Frame(
            tuple(
                Column(name, kind, tuple(value(each) for each in self.items))
                for name, kind, value in self.fields
            )
        )

    def where(self, test: Callable[[T], bool]) -> Self:
        """Give those of which the test is true, as a listing again."""
        return type(self)(tuple(each for each in self.items if test(each)))

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> Self: ...

    def __getitem__(self, at: int | slice) -> T | Self:
        """Give one of them, or a listing of several."""
        return type(self)(self.items[at]) if isinstance(at, slice) else self.items[at]

    def __len__(self) -> int:
        """Count them."""
        return len(self.items)

    @property
    def summary(self) -> str:
        """How many there are, in words."""
        return display.counted(len(self.items), self.noun)

    def __repr__(self) -> str:
        """Give the count, and the first few as text, a line each."""
        shown = [f"  {self._line(each)}" for each in self.items[: display.SHOWN]]
        rest = len(self.items) - display.SHOWN
        return "\n".join([self.summary, *shown, *([f"  … and {rest:,} more"] if rest > 0 else [])])

    def _line(self, each: T) -> str:
        """Word one of them: what stands in its first three columns."""
        values = (value(each) for _, _, value in self.fields[:3])
        return " · ".join(str(value) for value in values if value is not None)

    def _repr_html_(self) -> str:
        shown = self.items[: display.SHOWN]
        # A column without a value in any row only takes the room of the others.
        told = [field for field in self.fields if any(field[2](each) is not None for each in shown)]
        rows = ([display.value(value(each)) for _, _, value in told] for each in shown)
        right = [name for name, kind, _ in told if kind in {Kind.NUMBER, Kind.INTEGER}]
        table = display.table([name for name, _, _ in told], rows, caption=self.summary, numbers=right)
        return display.block(table, display.more(len(self.items)))
