"""A reading as plain data (lists, texts, numbers) and back, the same bytes for the same reading.

The classes of ``kg.model`` are the schema: fields that hold their default are left out.
"""

from __future__ import annotations

import dataclasses
import json
import types
from datetime import date
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from kg.errors import DataError
from kg.model import Reading

VERSION = 1
"""Raised whenever a field of ``kg.model`` changes its meaning; older data is then refused."""


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
    found = _build(Reading, data["reading"], "reading")
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


def _plain(value: object) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _plain(found)
            for field in dataclasses.fields(value)
            if (found := getattr(value, field.name)) != _default(field)
        }
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


@cache
def _schema(cls: type) -> dict[str, Any]:
    """Give the type of each field; resolving the annotations takes long, so it is done once."""
    hints = get_type_hints(cls)
    return {field.name: hints[field.name] for field in dataclasses.fields(cls)}


@cache
def _kind(expected: Any) -> tuple[str, Any]:
    """Sort a type: what it is, and what lies in it."""
    expected = getattr(expected, "__supertype__", expected)
    if dataclasses.is_dataclass(expected):
        return "object", expected
    if get_origin(expected) in (Union, types.UnionType):
        return "optional", next(one for one in get_args(expected) if one is not type(None))
    if get_origin(expected) is tuple:
        return "tuple", get_args(expected)
    return "value", expected


def _build(expected: Any, data: Any, where: str) -> Any:
    kind, inner = _kind(expected)
    if kind == "optional":
        return None if data is None else _build(inner, data, where)
    if kind == "object":
        return _object(inner, data, where)
    if kind == "tuple":
        return _tuple(inner, data, where)
    return _value(inner, data, where)


def _object(cls: type, data: Any, where: str) -> Any:
    schema = _schema(cls)
    if not isinstance(data, dict) or not set(data) <= set(schema):
        raise DataError(f"no {cls.__name__} can be made of it", where=where)
    try:
        return cls(**{name: _build(schema[name], found, f"{where}.{name}") for name, found in data.items()})
    except TypeError as error:
        raise DataError(f"{cls.__name__} is not complete: {error}", where=where) from error


def _tuple(inner: tuple[Any, ...], data: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise DataError("a list is expected", where=where)
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_build(inner[0], one, where) for one in data)
    if len(inner) != len(data):
        raise DataError(f"{len(inner)} values are expected, not {len(data)}", where=where)
    return tuple(_build(each, one, where) for each, one in zip(inner, data, strict=True))


def _value(expected: Any, data: Any, where: str) -> Any:
    if expected is date and isinstance(data, str):
        try:
            return date.fromisoformat(data)
        except ValueError as error:
            raise DataError(f"{data!r} is no day", where=where) from error
    if expected is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if not isinstance(data, expected) or (isinstance(data, bool) and expected is not bool):
        raise DataError(f"{expected.__name__} is expected, not {data!r}"[:120], where=where)
    return data
