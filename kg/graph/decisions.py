"""What the user has decided by hand: which events are one, which are not, which claims to drop."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

_KNOWN = {"same": "events", "different": "events", "reject": "claim"}


@dataclass(frozen=True, slots=True)
class Decisions:
    """Decisions that hold on every build.

    ``same`` and ``different`` pair events as ``(document id, local key)``; ``reject`` names claims.
    """

    same: frozenset[tuple[tuple[str, str], tuple[str, str]]] = frozenset()
    different: frozenset[tuple[tuple[str, str], tuple[str, str]]] = frozenset()
    reject: frozenset[str] = frozenset()


def parse_decisions(text: str, *, where: str = "decisions.toml") -> Decisions:
    """Read decisions from TOML: ``[[same]] events = ["a.txt#talks@12", "b.txt#talks@0"]`` and the like.

    Raises:
        DataError: the text is not TOML, or holds something that is no decision.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"the decisions do not parse: {error}", where=where) from error
    for name in data:
        if name not in _KNOWN:
            raise DataError(f"no decision {name!r}", where=where, hint=f"Choose from: {', '.join(_KNOWN)}.")
    claims = [_field(entry, "claim", where) for entry in _entries(data, "reject", where)]
    if not all(isinstance(claim, str) for claim in claims):
        raise DataError("claim must be the id of a claim", where=where)
    return Decisions(
        same=frozenset(_pair(entry, where) for entry in _entries(data, "same", where)),
        different=frozenset(_pair(entry, where) for entry in _entries(data, "different", where)),
        reject=frozenset(str(claim).removeprefix("claim/") for claim in claims),
    )


def _entries(data: Mapping[str, object], name: str, where: str) -> list[Mapping[str, object]]:
    entries = data.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise DataError(f"{name} must be written as [[{name}]]", where=where)
    for entry in entries:
        if set(entry) != {_KNOWN[name]}:
            raise DataError(f"[[{name}]] takes {_KNOWN[name]} and nothing else", where=where)
    return entries


def _field(entry: Mapping[str, object], name: str, where: str) -> object:
    if name not in entry:
        raise DataError(f"{name} is missing", where=where)
    return entry[name]


def _pair(entry: Mapping[str, object], where: str) -> tuple[tuple[str, str], tuple[str, str]]:
    events = _field(entry, "events", where)
    if not isinstance(events, list) or len(events) != 2 or not all("#" in str(event) for event in events):
        raise DataError(
            f"events must be two of <document id>#<key>, not {events!r}",
            where=where,
            hint='For example events = ["a.txt#talks@12", "b.txt#talks@0"].',
        )
    first, second = sorted(_split(str(event)) for event in events)
    return first, second


def _split(event: str) -> tuple[str, str]:
    document, _, key = event.rpartition("#")
    return document, key
