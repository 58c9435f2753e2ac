"""Gold: texts with the facts that a careful reader finds in them, marked by hand.

A gold file holds JSON lines, one article or snippet a line::

    {"id": "dev-001", "text": "Mali and Niger met in Niamey.", "date": "2024-03-05", "facts": [
      {"p": "participatesIn", "s": "Mali", "o": "meeting#1", "m": "Actual", "neg": false}, ...]}

``p`` is a property of the ontology without prefix (or ``type``, ``status``, ``edtf`` of an event),
``s`` and ``o`` are names as an English reader would write them, or a local name of an event, an
instrument or a stance (``meeting#1``). ``m`` is the modality, ``neg`` whether the source denies it;
``by`` (whom the source credits) and ``ev`` (the event in whose sentence it stands) may be given.
An item may also have ``"events": {"talks#1": "us-dprk-stockholm-2019-10"}``, which gives its events names that
are the same in every article that tells of them; how events are merged is measured by these.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.model import Article
from kg.text.encoding import check_text, decode
from kg.text.sources import bytes_of, require_regular

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class GoldItem:
    """One text with the facts that a careful reader finds in it."""

    article: Article
    facts: tuple[Mapping[str, Any], ...]
    events: Mapping[str, str] = field(default_factory=dict)
    """The global names of its events by their local names; empty where none are given."""


def load_gold(path: Path) -> tuple[GoldItem, ...]:
    """Load a gold file.

    Raises:
        InputError: it cannot be read, or a line is not a gold item.
    """
    require_regular(path)
    lines = decode(bytes_of(path), where=str(path)).split("\n")
    return tuple(_item(line, f"{path}:{n}") for n, line in enumerate(lines, 1) if line.strip())


def corpus_hash(path: Path) -> str:
    """Give the SHA-256 of a gold file, so that floors hold for this very file."""
    return sha256(path.read_bytes()).hexdigest()


def _item(line: str, where: str) -> GoldItem:
    row = _parsed(line, where)
    name, text, facts = row.get("id"), row.get("text"), row.get("facts")
    if not isinstance(name, str) or not isinstance(text, str) or not isinstance(facts, list):
        raise _no_item("its id and text must be strings, its facts a list", where)
    if text.strip():
        check_text(text, where=where)
    if not all(isinstance(fact, dict) and _is_fact(fact) for fact in facts):
        raise _no_item(
            "each fact must be an object with the strings p and s, and o a string or a number", where
        )
    events = row.get("events") or {}
    if not isinstance(events, dict):
        raise _no_item("its events must be an object", where)
    article = Article(
        id=name, text=text, published=_day(row.get("date"), where), sha256=sha256(text.encode()).hexdigest()
    )
    return GoldItem(article, tuple(facts), {str(local): str(known) for local, known in events.items()})


def _parsed(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise _no_item(f"broken JSON, {error.msg} at column {error.colno}", where) from error
    except (RecursionError, ValueError) as error:
        raise _no_item("JSON nested too deeply, or with too long a number", where) from error
    if not isinstance(row, dict):
        raise _no_item("it is no object", where)
    return row


def _is_fact(fact: Mapping[str, Any]) -> bool:
    told = [fact.get(key) for key in ("m", "by", "ev")]
    counted = isinstance(fact.get("o"), str | int)  # votes are counted
    return (
        counted
        and all(isinstance(fact.get(key), str) for key in "ps")
        and all(each is None or isinstance(each, str) for each in told)
    )


def _day(told: object, where: str) -> date | None:
    try:
        return None if told is None else date.fromisoformat(str(told))
    except ValueError as error:
        raise _no_item(f"its date {str(told)[:40]!r} is no day like 2025-05-16", where) from error


def _no_item(why: str, where: str) -> InputError:
    hint = "Each line is an object with id, text, date and facts; see kg/gold.py."
    return InputError(f"not a gold item: {why}", where=where, hint=hint)
