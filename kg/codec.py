"""A reading as plain data (lists, texts, numbers) and back, the same bytes for the same reading.

The classes of ``kg.model`` are the schema: fields that hold their default are left out.
"""

from __future__ import annotations

import dataclasses
import json
import types
from datetime import date
from functools import cache
from sys import intern
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from kg.errors import DataError
from kg.model import Key, Reading, Term

if TYPE_CHECKING:
    from collections.abc import Callable

    _Builder = Callable[[Any], Any]

VERSION = 1
"""Raised whenever a field of ``kg.model`` changes its meaning; older data is then refused."""

_PLAIN = frozenset((str, int, float, bool, type(None)))


def encode(reading: Reading) -> dict[str, Any]:
    """Give a reading as plain data that JSON can hold."""
    return {"version": VERSION, "reading": _plain(reading)}


def decode(data: object) -> Reading:
    """Give back the reading.

    Raises:
        DataError: the data has another version, or is no reading.
    """
    if not isinstance(data, dict) or set(data) != {"version", "reading"}:
        raise DataError("this is no reading", hint="Read the article again: kg build.")
    if data["version"] != VERSION:
        raise DataError(
            f"the reading has version {data['version']!r}, not {VERSION}",
            hint="Read the article again: kg build.",
        )
    try:
        found = _builder(Reading)(data["reading"])
    except _MisfitError as error:
        raise DataError(error.what, where=".".join(["reading", *reversed(error.path)])) from error
    assert isinstance(found, Reading)
    return found


def dumps(reading: Reading) -> bytes:
    """Give a reading as one line of JSON."""
    text = json.dumps(encode(reading), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def loads(data: bytes) -> Reading:
    """Give back the reading from JSON.

    Raises:
        DataError: the data is no JSON, or no reading of this version.
    """
    try:
        plain = json.loads(data)
    except ValueError as error:
        raise DataError(
            f"the reading is no JSON: {error}", hint="Read the article again: kg build."
        ) from error
    return decode(plain)


def _plain(value: Any) -> Any:
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple:
        return [_plain(one) for one in value]
    if kind is date:
        return value.isoformat()
    return {
        name: found if type(found) in _PLAIN else _plain(found)
        for name, default in _defaults(kind)
        if (found := getattr(value, name)) is not default and found != default
    }


@cache
def _defaults(cls: Any) -> tuple[tuple[str, Any], ...]:
    """Give each field, and what it holds where nothing is said."""
    return tuple(
        (
            field.name,
            field.default if field.default_factory is dataclasses.MISSING else field.default_factory(),
        )
        for field in dataclasses.fields(cls)
    )


@cache
def _schema(cls: Any) -> dict[str, Any]:
    """Give the type of each field; resolving the annotations takes long, so it is done once."""
    hints = get_type_hints(cls)
    return {field.name: hints[field.name] for field in dataclasses.fields(cls)}


class _MisfitError(Exception):
    """Something in the data is not what the schema asks for."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
        self.path: list[str] = []
        """The fields that lead there, the innermost first."""


@cache
def _builder(expected: Any) -> _Builder:
    """Give what makes a value of a type out of plain data; made once for each type."""
    if expected in (Term, Key):
        return _word
    expected = getattr(expected, "__supertype__", expected)
    if dataclasses.is_dataclass(expected):
        return _object(expected)
    if get_origin(expected) in (Union, types.UnionType):
        build = _builder(next(one for one in get_args(expected) if one is not type(None)))
        return lambda data: None if data is None else build(data)
    if get_origin(expected) is tuple:
        inner = get_args(expected)
        return _list(_builder(inner[0])) if inner[1:] == (Ellipsis,) else _row(tuple(map(_builder, inner)))
    return _day if expected is date else _value(expected)


def _object(cls: Any) -> _Builder:
    builders = {name: _builder(expected) for name, expected in _schema(cls).items()}
    known = builders.keys()

    def build(data: Any) -> Any:
        if not isinstance(data, dict) or not data.keys() <= known:
            raise _MisfitError(f"no {cls.__name__} can be made of it")
        found = {}
        name = ""
        try:
            for name, value in data.items():
                found[name] = builders[name](value)
        except _MisfitError as error:
            error.path.append(name)
            raise
        try:
            return cls(**found)
        except TypeError as error:
            raise _MisfitError(f"{cls.__name__} is not complete: {error}") from error

    return build


def _list(build: _Builder) -> _Builder:
    return lambda data: tuple([build(one) for one in _listed(data)])


def _row(builders: tuple[_Builder, ...]) -> _Builder:
    def build(data: Any) -> Any:
        if len(_listed(data)) != len(builders):
            raise _MisfitError(f"{len(builders)} values are expected, not {len(data)}")
        return tuple([build(one) for build, one in zip(builders, data, strict=True)])

    return build


def _listed(data: Any) -> list[Any]:
    if not isinstance(data, list):
        raise _MisfitError("a list is expected")
    return data


def _day(data: Any) -> date:
    if not isinstance(data, str):
        raise _unexpected(date, data)
    try:
        return date.fromisoformat(data)
    except ValueError:
        raise _MisfitError(f"{data!r} is no day") from None


def _value(expected: type) -> _Builder:
    def build(data: Any) -> Any:
        if type(data) is expected:
            return data
        if expected is float and type(data) is int:
            return float(data)
        raise _unexpected(expected, data)

    return build


def _word(data: Any) -> str:
    """Give a term or a key, of which there are few: equal ones are one in memory."""
    if type(data) is not str:
        raise _unexpected(str, data)
    return intern(data)


def _unexpected(expected: type, data: object) -> _MisfitError:
    return _MisfitError(f"{expected.__name__} is expected, not {data!r}"[:120])
