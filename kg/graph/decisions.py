"""What the user has decided by hand: on events, on claims, on names."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from kg.errors import DataError, UsageError
from kg.folding import fold
from kg.kb_user import EntityDecision
from kg.model import ACTUAL, CONDITIONAL, EXPECTED, POSSIBLE, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NOTES = frozenset({"why", "was"})
"""What every decision may carry for whoever reads the file: the reason, and what a claim said."""

_KNOWN = {
    "same": frozenset({"events"}),
    "different": frozenset({"events"}),
    "reject": frozenset({"claim"}),
    "correct": frozenset({"claim", "object", "subject", "negated", "modality"}),
    "entity": frozenset({"name", "same_as", "new", "ignore", "never_merge", "within", "qid"}),
}
_VERDICTS = ("same_as", "new", "ignore", "never_merge")
MODALITIES = {term.removeprefix("dip:").lower(): term for term in (ACTUAL, EXPECTED, POSSIBLE, CONDITIONAL)}
"""How far a source commits itself, as the user writes it."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Another value of a claim; None where it stays as it was read."""

    claim: str
    subject: str | None = None
    object: str | None = None
    negated: bool | None = None
    modality: Term | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """Decisions that hold on every build.

    ``same`` and ``different`` pair events as ``(document id, local key)``; ``reject`` names claims;
    ``correct`` is applied in its order, ``entities`` are decisions about names.
    """

    same: frozenset[tuple[tuple[str, str], tuple[str, str]]] = frozenset()
    different: frozenset[tuple[tuple[str, str], tuple[str, str]]] = frozenset()
    reject: frozenset[str] = frozenset()
    correct: tuple[Correction, ...] = ()
    entities: tuple[EntityDecision, ...] = ()

    @property
    def ignored(self) -> frozenset[str]:
        """The folded names that are no things."""
        return frozenset(fold(each.name) for each in self.entities if each.ignore)


def parse_decisions(text: str, *, where: str = "decisions.toml") -> Decisions:
    """Read decisions from TOML: ``[[same]] events = ["a.txt#talks@12", "b.txt#talks@0"]`` and the like.

    Raises:
        DataError: the text is not TOML, or holds something that is no decision.
    """
    data = _toml(text, where)
    return Decisions(
        same=frozenset(_pair(entry, where) for entry in _entries(data, "same", where)),
        different=frozenset(_pair(entry, where) for entry in _entries(data, "different", where)),
        reject=frozenset(_claim(entry, where) for entry in _entries(data, "reject", where)),
        correct=tuple(_correction(entry, where) for entry in _entries(data, "correct", where)),
        entities=_entities(_entries(data, "entity", where), where),
    )


def list_decisions(text: str, *, where: str = "decisions.toml") -> tuple[tuple[str, dict[str, object]], ...]:
    """Give each decision as it is written, with the kind of it, in the order of the kinds.

    Raises:
        DataError: the text is not TOML, or holds something that is no decision.
    """
    parse_decisions(text, where=where)
    data = _toml(text, where)
    return tuple((kind, dict(entry)) for kind in _KNOWN for entry in _entries(data, kind, where))


def with_decision(text: str, kind: str, values: Mapping[str, object], *, where: str) -> str:
    """Give the text of the decisions with one more; all that is there stays as it is, comments too.

    Raises:
        DataError: the text holds something that is no decision.
        UsageError: something else is decided about the same already.
    """
    for known, entry in list_decisions(text, where=where):
        if known == kind and _said(entry) == _said(values):
            return text
        if _topic(known, entry) != _topic(kind, values) or _topic(kind, values) is None:
            continue
        hint = f"Take that out of {where} first."
        raise UsageError(f"{_topic(kind, values)!r} is decided already, by [[{known}]]", hint=hint)
    lines = [f"[[{kind}]]", *(f"{name} = {_written(value)}" for name, value in values.items())]
    gap = "" if not text.strip() else "\n" if text.endswith("\n") else "\n\n"
    longer = text + gap + "\n".join(lines) + "\n"
    parse_decisions(longer, where=where)
    return longer


def _topic(kind: str, entry: Mapping[str, object]) -> object:
    """Give what only one decision can be about: a claim, a name, two reports; None where there may be more."""
    if "events" in entry:
        return " = ".join(sorted(map(str, cast("list[object]", entry["events"]))))
    if kind in {"reject", "correct"}:
        return str(entry["claim"]).removeprefix("claim/")
    return None if kind != "entity" or "never_merge" in entry else fold(str(entry["name"]))


def _said(entry: Mapping[str, object]) -> dict[str, object]:
    said = {name: value for name, value in entry.items() if name not in _NOTES}
    return said | ({"events": _topic("same", entry)} if "events" in said else {})


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_written, value))}]"
    plain = "".join(char if char.isprintable() else " " for char in str(value))
    escaped = plain.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _toml(text: str, where: str) -> dict[str, object]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"the decisions do not parse: {error}", where=where) from error
    for name in data:
        if name not in _KNOWN:
            raise DataError(f"no decision {name!r}", where=where, hint=f"Choose from: {', '.join(_KNOWN)}.")
    return data


def _entries(data: Mapping[str, object], name: str, where: str) -> list[Mapping[str, object]]:
    entries = data.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise DataError(f"{name} must be written as [[{name}]]", where=where)
    takes = _KNOWN[name]
    for entry in entries:
        if not set(entry) <= takes | _NOTES:
            told = ", ".join(sorted(takes))
            raise DataError(f"[[{name}]] takes {told} and nothing else but why and was", where=where)
    return entries


def _text(entry: Mapping[str, object], name: str, where: str) -> str:
    if name not in entry:
        raise DataError(f"{name} is missing", where=where)
    value = entry[name]
    if not isinstance(value, str) or not value.strip():
        raise DataError(f"{name} must be a text, not {value!r}", where=where)
    return value


def _optional(entry: Mapping[str, object], name: str, where: str) -> str | None:
    return _text(entry, name, where) if name in entry else None


def _flag(entry: Mapping[str, object], name: str, where: str) -> bool | None:
    value = entry.get(name)
    if value is not None and not isinstance(value, bool):
        raise DataError(f"{name} must be true or false, not {value!r}", where=where)
    return value


def _claim(entry: Mapping[str, object], where: str) -> str:
    if not isinstance(entry.get("claim", ""), str):
        raise DataError("claim must be the id of a claim", where=where)
    return _text(entry, "claim", where).removeprefix("claim/")


def _correction(entry: Mapping[str, object], where: str) -> Correction:
    modality = _optional(entry, "modality", where)
    if modality is not None and modality not in MODALITIES:
        hint = f"Choose one of: {', '.join(MODALITIES)}."
        raise DataError(f"no modality {modality!r}", where=where, hint=hint)
    found = Correction(
        _claim(entry, where),
        _optional(entry, "subject", where),
        _optional(entry, "object", where),
        _flag(entry, "negated", where),
        None if modality is None else MODALITIES[modality],
    )
    if found == Correction(found.claim):
        hint = "Give object, subject, negated or modality."
        raise DataError(f"[[correct]] of {found.claim} says nothing", where=where, hint=hint)
    return found


def _entities(entries: Iterable[Mapping[str, object]], where: str) -> tuple[EntityDecision, ...]:
    found = tuple(_entity(entry, where) for entry in entries)
    names: set[str] = set()
    for each in found:
        if each.never is None and fold(each.name) in names:
            raise DataError(f"there are two decisions about {each.name!r}", where=where, hint="Keep one.")
        names |= {fold(each.name)} if each.never is None else set()
    return found


def _entity(entry: Mapping[str, object], where: str) -> EntityDecision:
    name = _text(entry, "name", where)
    given = [verdict for verdict in _VERDICTS if verdict in entry]
    if not fold(name) or len(given) != 1:
        hint = f"Give one of: {', '.join(_VERDICTS)}."
        raise DataError(f"[[entity]] {name!r} must say one thing, not {len(given)}", where=where, hint=hint)
    if given == ["ignore"] and _flag(entry, "ignore", where) is not True:
        raise DataError(f"ignore of {name!r} must be true", where=where, hint="Or take the entry out.")
    if given != ["new"] and not {"within", "qid"}.isdisjoint(entry):
        raise DataError("within and qid belong to a new entity", where=where)
    return EntityDecision(
        " ".join(name.split()),
        same_as=_optional(entry, "same_as", where),
        new=_optional(entry, "new", where),
        ignore="ignore" in entry,
        never=_optional(entry, "never_merge", where),
        within=_optional(entry, "within", where) or "",
        qid=_optional(entry, "qid", where) or "",
    )


def _pair(entry: Mapping[str, object], where: str) -> tuple[tuple[str, str], tuple[str, str]]:
    if "events" not in entry:
        raise DataError("events is missing", where=where)
    events = entry["events"]
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
