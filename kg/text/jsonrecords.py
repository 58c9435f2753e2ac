"""JSON to articles: one object, a list of them, or one a line."""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.text.encoding import check_text
from kg.text.frontmatter import KEYS
from kg.text.notices import ignore
from kg.text.records import Place, Sited, article, warn_of_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.model import Article
    from kg.text.notices import Warn

_HINT = 'Each article is an object like {"id": "a1", "title": "…", "text": "…", "date": "2025-05-16"}.'
_KINDS = {
    "dict": "an object",
    "list": "a list",
    "str": "a string",
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "NoneType": "null",
}

_MOST_DIGITS = 600  # Python may be told to take no more than 640


class _Twice(dict[str, Any]):
    """An object that has a key twice."""

    key = ""


def from_json(text: str, *, name: str, where: str, warn: Warn = ignore) -> Iterator[Sited]:
    """Give an article, or what is wrong with it, for the object or each of the list."""
    try:
        value = _parse(text, where)
    except InputError as error:
        yield Sited(error, where)
        return
    if not isinstance(value, list):
        yield _try_record(value, Place(name, where, warn))
        return
    for number, record in enumerate(value, 1):
        yield _try_record(record, Place(f"{name}#{number}", f"{where}#{number}", warn))
    if not value:
        yield Sited(InputError("is an empty list", where=where, hint=_HINT), where)


def from_json_lines(text: str, *, name: str, where: str, warn: Warn = ignore) -> Iterator[Sited]:
    """Give an article, or what is wrong with it, for each line that is not blank."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() == "":
            continue
        place = Place(f"{name}#{number}", f"{where}:{number}", warn)
        try:
            record = _parse(line, place.where)
        except InputError as error:
            yield Sited(error, place.where)
        else:
            yield _try_record(record, place)


def _parse(text: str, where: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_int=_whole)
    except json.JSONDecodeError as error:
        what = f"is broken JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        more = error.msg == "Extra data"
        hint = "If it holds one object a line, name it .jsonl; else remove what follows." if more else _HINT
        raise InputError(what, where=where, hint=hint) from error
    except RecursionError as error:
        raise InputError("is JSON nested too deeply", where=where, hint=_HINT) from error


def _whole(digits: str) -> float:
    """Give a number; one of more digits than Python takes is endless, and no id, but hurts nobody elsewhere."""
    return int(digits) if len(digits) < _MOST_DIGITS else math.inf


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice = _Twice(found)
    twice.key = Counter(key for key, _ in pairs).most_common(1)[0][0]
    return twice


def _try_record(record: object, place: Place) -> Sited:
    try:
        return Sited(_record(record, place), place.where)
    except InputError as error:
        return Sited(error, place.where)


def _record(record: object, place: Place) -> Article:
    where = place.where
    if not isinstance(record, dict):
        raise InputError(f"is {_kind(record)}, not an object", where=where, hint=_HINT)
    if isinstance(record, _Twice):
        hint = "Which of the two counts is not told: remove one."
        raise InputError(f"has {record.key[:40]!r} twice", where=where, hint=hint)
    if "text" not in record:
        raise InputError('has no "text"', where=where, hint=_HINT)
    known = {key: _string(record, key, where) for key in KEYS}
    text = record["text"]
    if not isinstance(text, str):
        raise InputError(f'has a "text" that is {_kind(text)}, not a string', where=where, hint=_HINT)
    check_text(text, where=where)
    warn_of_keys(record, (*KEYS, "text"), where, place.warn)
    given = {key: value for key, value in known.items() if value}
    name = given.get("id") or given.get("url") or place.name
    return article(text, given, Place(name, where, place.warn))


def _kind(value: object) -> str:
    return _KINDS[type(value).__name__.replace("_Twice", "dict")]


def _string(record: Mapping[str, object], key: str, where: str) -> str | None:
    value = record.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and key == "id":
        return str(value)
    if value is not None and not isinstance(value, str):
        hint = 'Write it as a string: "date": "2025-05-16".' if key == "date" else _HINT
        raise InputError(f'has a "{key}" that is {_kind(value)}, not a string', where=where, hint=hint)
    return None if value is None else check_text(value, where=f'{where} "{key}"') if value.strip() else None
