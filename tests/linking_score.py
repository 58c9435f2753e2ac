"""Scores of the linker against mentions marked by hand; the format is told in ``tests/gold/README.md``."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.kb import KnowledgeBase
from kg.text.annotate import annotate, load_model
from kg.text.link import link
from kg.text.mentions import Identity, find_mentions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Link

GOLD = Path(__file__).parent / "gold"


@dataclass(slots=True)
class Tally:
    """What was counted, and every difference in words."""

    counts: Counter[str] = field(default_factory=Counter)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    decisions: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By class as marked and what was decided."""
    wrong: list[str] = field(default_factory=list)

    def share(self, part: str, whole: str) -> float:
        return self.counts[part] / self.counts[whole] if self.counts[whole] else 1.0

    def figures(self) -> dict[str, float]:
        pairs = {
            "precision": ("right", "made"),
            "recall": ("found", "gold"),
            "nil": ("nil right", "nil"),
            "metonymy": ("seat right", "seat"),
        }
        return {name: round(self.share(*pair), 4) for name, pair in pairs.items()}


def items(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def digest(name: str) -> str:
    return hashlib.sha256((GOLD / name).read_bytes()).hexdigest()


def linked(marked: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], tuple[Link, ...]]]:
    kb, nlp = KnowledgeBase.load(), load_model()
    for doc, item in annotate(((item["text"], item) for item in marked), nlp=nlp):
        day = date.fromisoformat(item["date"]) if item.get("date") else None
        yield item, link(doc, find_mentions(doc, kb, Identity()), kb, published=day)


def score(marked: Sequence[dict[str, Any]]) -> Tally:
    """Give precision and recall of links, unknowns kept unknown, and seats read as place or government.

    A link and a mark belong together when they overlap. Strict on what is meant: the city for the
    government is wrong, unless the mark leaves the reading open.
    """
    tally = Tally()
    for item, links in linked(marked):
        made = [one for one in links if one.entity is not None and one.entity.known]
        for one in made:
            _count_made(one, item, tally)
        for mark in item["mentions"]:
            _count_mark(mark, [one for one in links if _overlap(one, mark)], item, tally)
    return tally


def _count_made(one: Link, item: dict[str, Any], tally: Tally) -> None:
    if any(_overlap(one, span) for span in item["ignore"]):
        return
    marks = [mark for mark in item["mentions"] if _overlap(one, mark)]
    right = any(_key(one) in _accepted(mark) for mark in marks)
    tally.counts["made"] += 1
    tally.counts["right"] += right
    if not right:
        meant = [mark.get("key") or mark.get("nil") for mark in marks] or ["not marked"]
        tally.wrong.append(f"FALSE  {item['id']}  {one.mention.text} -> {_key(one)} ({one.why}); is {meant}")


def _count_mark(mark: dict[str, Any], found: list[Link], item: dict[str, Any], tally: Tally) -> None:
    keys = {_key(one) for one in found if one.entity is not None and one.entity.known}
    unknown = [one for one in found if one.entity is not None and not one.entity.known]
    kind = found[0].mention.type.split(":")[1] if found else "not found"
    if mark.get("nil"):
        right = bool(unknown) and not keys
        tally.counts["nil"] += 1
        tally.counts["nil right"] += right
    else:
        right = bool(keys & _accepted(mark))
        tally.counts["gold"] += 1
        tally.counts["found"] += right
        _count_seat(mark, keys, tally)
    tally.confusion[mark["type"], kind] += 1
    tally.decisions[mark["type"], _decision(mark, found, right=right)] += 1
    if not right and (mark.get("nil") or not keys):
        near = item["text"][max(0, mark["start"] - 30) : mark["end"] + 30].replace("\n", "/")
        got = [f"{one.mention.text}: {one.why}" for one in found]
        tally.wrong.append(f"MISSED {item['id']}  {mark.get('key') or mark['nil']}  {got}  [{near}]")


def _decision(mark: dict[str, Any], found: Sequence[Link], *, right: bool) -> str:
    """Say what was decided on a mark, in a word or two."""
    if right:
        return "right unknown" if mark.get("nil") else "right link"
    if any(one.entity is not None and one.entity.known for one in found):
        return "wrong link"
    if any(one.entity is not None for one in found):
        return "kept unknown"
    return "left open" if found else "not found"


def _count_seat(mark: dict[str, Any], keys: set[str], tally: Tally) -> None:
    """Count a seat whose reading is marked, where either reading was given."""
    if mark.get("other") and mark.get("reading") and keys & {mark["key"], mark["other"]}:
        tally.counts["seat"] += 1
        tally.counts["seat right"] += mark["key"] in keys


def traps(marked: Sequence[dict[str, Any]]) -> tuple[dict[str, float], list[str]]:
    """Give the share of sentences with a forbidden link, for names and for all, and each such link."""
    counts: Counter[str] = Counter()
    wrong = []
    for item, links in linked(marked):
        bad = [
            f"TRAP   {one.mention.text} -> {_key(one)} ({one.why})  [{item['text']}]"
            for one in links
            for mark in item["forbidden"]
            if one.entity is not None and _overlap(one, mark) and _key(one) == mark["not"]
        ]
        for group in {"all", item["class"]}:
            counts[group] += 1
            counts[f"{group} bad"] += bool(bad)
        wrong += bad
    return {name: round(counts[f"{name} bad"] / counts[name], 4) for name in ("name", "all")}, wrong


def kept(marked: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Give, of the names in plain news that may be linked, the share that is, and the sentences with a false link."""
    counts: Counter[str] = Counter()
    for item, links in linked(marked):
        made = [one for one in links if one.entity is not None and one.entity.known]
        right = [one for one in made if any(_overlap(one, m) and _key(one) == m["key"] for m in item["fine"])]
        counts["sentences"] += 1
        counts["false"] += len(right) < len(made)
        counts["fine"] += len(item["fine"])
        counts["kept"] += sum(any(_overlap(one, m) for one in right) for m in item["fine"])
    return {
        "kept": round(counts["kept"] / counts["fine"], 4),
        "false": round(counts["false"] / counts["sentences"], 4),
    }


def table(counts: Counter[tuple[str, str]]) -> str:
    """Give a confusion as text: rows as marked, columns as found or decided."""
    rows = sorted({row for row, _ in counts})
    columns = sorted({column for _, column in counts})
    lines = [" " * 13 + "".join(f"{column:>15}" for column in columns)]
    lines += [f"{row:13}" + "".join(f"{counts[row, c]:15}" for c in columns) for row in rows]
    return "\n".join(lines)


def _key(one: Link) -> str:
    return one.entity.key if one.entity is not None else ""


def _accepted(mark: dict[str, Any]) -> set[str]:
    """Give the keys that are right; of an open reading both."""
    also = mark.get("also") or ()
    also = (also,) if isinstance(also, str) else also
    other = (mark["other"],) if mark.get("other") and not mark.get("reading") else ()
    return {mark["key"], *also, *other} - {""} if mark.get("key") else set()


def _overlap(one: Link, mark: Any) -> bool:
    start, end = (mark["start"], mark["end"]) if isinstance(mark, dict) else (mark[0], mark[1])
    return one.mention.span.start < end and start < one.mention.span.end
