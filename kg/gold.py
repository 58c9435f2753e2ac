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

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.model import Article

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
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "cannot be read as gold", where=str(path), hint="Give a UTF-8 file of JSON lines."
        ) from error
    return tuple(_item(line, f"{path}:{n}") for n, line in enumerate(lines, 1) if line.strip())


def corpus_hash(path: Path) -> str:
    """Give the SHA-256 of a gold file, so that floors hold for this very file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _item(line: str, where: str) -> GoldItem:
    hint = "Each line is an object with id, text, date and facts; see kg/gold.py."
    try:
        row = json.loads(line)
        day = date.fromisoformat(row["date"]) if row.get("date") is not None else None
        digest = hashlib.sha256(row["text"].encode()).hexdigest()
        article = Article(id=row["id"], text=row["text"], published=day, sha256=digest)
        facts = tuple({"p": fact["p"], "s": fact["s"], "o": fact["o"], **fact} for fact in row["facts"])
        events = {str(local): str(name) for local, name in (row.get("events") or {}).items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"not a gold item ({error})", where=where, hint=hint) from error
    return GoldItem(article, facts, events)
