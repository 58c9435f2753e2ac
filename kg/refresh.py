"""Bring the knowledge base up to date from an endpoint of Wikidata's shape.

Each answer is kept under ``cache/refresh`` until the tables are written, so that a run which is
interrupted goes on where it stopped. What was found lies over the shipped tables like a user's own.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg import files, wikidata
from kg.errors import RemoteError, UnknownNameError
from kg.kb import TYPES
from kg.kb_tables import TERMS
from kg.kb_user import kind_in, own_tables
from kg.refreshed import ENTITY_COLUMNS, OFFICE_COLUMNS, Rows, new_rows
from kg.remote import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from kg.kb import KnowledgeBase
    from kg.remote import Endpoint
    from kg.wikidata import Item

ENTITIES = Path("kb") / "refreshed.tsv"
OFFICES = Path("kb") / TERMS / "refreshed.tsv"
"""Not beside the others: each table right in ``kb`` is read as one of things."""

BATCH = 200
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be asked for, and where things are kept."""

    folder: Path
    endpoint: str
    """The address as it may be shown: without user, password, keys."""
    batches: tuple[tuple[str, ...], ...]
    since: str | None = None
    """The day (ISO) from which a kept answer counts, and that of an answer without one."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh came to."""

    rows: Rows
    asked: int
    days: tuple[str, ...]
    """The days of the snapshots, sorted."""


def base_tables(folder: Path) -> tuple[Path, ...]:
    """Give the project's own tables without what an earlier refresh wrote, which is found anew."""
    return tuple(path for path in own_tables(folder) if path not in {folder / ENTITIES, folder / OFFICES})


def batches(
    kb: KnowledgeBase, kinds: Collection[str] = (), limit: int | None = None
) -> tuple[tuple[str, ...], ...]:
    """Give the Wikidata ids of the knowledge base, 200 at a time, in the order of the keys.

    Raises:
        UnknownNameError: there is no such kind of thing.
    """
    for kind in kinds:
        if kind not in TYPES:
            raise UnknownNameError("type", kind, TYPES)
    chosen = (entity for entity in kb if not kinds or kind_in(entity) in kinds)
    by_key = sorted((entity.key, entity.qid) for entity in chosen if entity.qid is not None)
    ids = tuple(dict.fromkeys(qid for _, qid in by_key))[:limit]
    return tuple(ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def refresh(
    kb: KnowledgeBase, plan: Plan, endpoint: Endpoint, *, note: Callable[[str], None] = lambda _: None
) -> Refreshed:
    """Ask for everything, write both tables, and forget the kept answers.

    Raises:
        RemoteError: the endpoint did not answer as it must; what it did answer is kept.
        LockedError: another refresh is at work in this folder.
    """
    cache = _Cache(plan, endpoint)
    with cache:
        items = tuple(_items(plan, cache, note))
        rows = new_rows(kb, items, source=plan.endpoint)
        if not any(item.names for item in items):
            cache.clear()
            hint = "Is its data of Wikidata's shape? Nothing was written."
            raise RemoteError("knows none of the things asked for", where=plan.endpoint, hint=hint)
        asked = _keys(kb, plan)
        _write(plan.folder / OFFICES, OFFICE_COLUMNS, rows.offices, but=asked, kb=kb)
        _write(plan.folder / ENTITIES, ENTITY_COLUMNS, rows.entities, but=asked, kb=kb)
        cache.clear()
    days = tuple(sorted({item.day for item in items}))
    return Refreshed(rows, sum(map(len, plan.batches)), days)


def _keys(kb: KnowledgeBase, plan: Plan) -> frozenset[str]:
    asked = {qid for batch in plan.batches for qid in batch}
    return frozenset(entity.key for entity in kb if entity.qid in asked)


def kept(plan: Plan) -> int:
    """Count the answers that an interrupted run has left."""
    return len(list(_cache_folder(plan).glob("*.json")))


class _Cache:
    """The answers of a run, each in a file of its own; only one process at a time."""

    def __init__(self, plan: Plan, endpoint: Endpoint) -> None:
        self._plan, self._endpoint, self._folder = plan, endpoint, _cache_folder(plan)
        self._lock: int | None = None
        self.kept = 0

    def __enter__(self) -> None:
        _make(self._folder)
        self._lock = files.lock(self._folder / "lock")

    def __exit__(self, *_: object) -> None:
        if self._lock is not None:
            os.close(self._lock)

    def select(self, query: str) -> Answer:
        """Give the answer that is kept, else ask and keep it."""
        digest = hashlib.sha256(f"{self._plan.endpoint}\n{query}".encode()).hexdigest()
        path = self._folder / f"{digest}.json"
        found = _kept_answer(path, self._plan.since)
        if found is None:
            found = self._ask(query)
            data = {"day": found.day, "rows": found.rows}
            files.write(path, json.dumps(data, ensure_ascii=False, sort_keys=True).encode())
        self.kept += 1
        return found

    def _ask(self, query: str) -> Answer:
        try:
            answer = self._endpoint.select(query)
        except RemoteError as error:
            hint = f"{error.hint or ''} The answers so far ({self.kept}) are kept and not asked for again."
            raise RemoteError(error.what, where=error.where, hint=hint.strip()) from error
        return Answer(answer.rows, answer.day or self._plan.since)

    def clear(self) -> None:
        """Forget all answers."""
        for path in self._folder.glob("*.json"):
            path.unlink(missing_ok=True)


def _cache_folder(plan: Plan) -> Path:
    return plan.folder / "cache" / "refresh"


def _kept_answer(path: Path, since: str | None) -> Answer | None:
    """Give the answer in a file, None where there is none, or an older one than is wanted."""
    try:
        data = json.loads(path.read_bytes())
        answer = Answer(tuple(data["rows"]), data["day"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return answer if since is None or (answer.day or "") >= since else None


def _items(plan: Plan, cache: _Cache, note: Callable[[str], None]) -> Iterator[Item]:
    for number, batch in enumerate(plan.batches, start=1):
        note(f"batch {number} of {len(plan.batches)}")
        ids = cache.select(wikidata.ids_query(batch))
        now = sorted({*wikidata.current_ids(ids.rows).values()})
        names = cache.select(wikidata.names_query(now))
        offices = cache.select(wikidata.offices_query(now))
        day = _day(plan, wikidata.snapshot_day(ids.rows), (ids.day, names.day, offices.day))
        yield from wikidata.read_items(ids.rows, names.rows, offices.rows, day)


def _day(plan: Plan, snapshot: str | None, sent: Iterable[str | None]) -> str:
    """Give the oldest day that the endpoint names: that of its data, else those of its answers."""
    days = [day for day in (snapshot, *sent) if day is not None]
    if not days:
        hint = "Say the day its data is of: --since DATE"
        raise RemoteError("names no date of its answers", where=plan.endpoint, hint=hint)
    return min(days)


def _write(
    path: Path, columns: Sequence[str], rows: Sequence[Row], *, but: Collection[str], kb: KnowledgeBase
) -> None:
    """Write a table: the new rows, and the earlier ones of what was not asked for this time."""
    new = {row[0] for row in rows}
    old = (row for row in _old_rows(path, columns) if row[0] not in but and row[0] not in new)
    still = [row for row in old if row[0] in kb or row[0].startswith("office/")]
    _make(path.parent)
    lines = [tuple(columns), *sorted([*rows, *still])]
    files.write(path, "".join("\t".join(row) + "\n" for row in lines).encode())


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise files.store_error(error, folder) from error


def _old_rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    if lines[:1] == ["\t".join(columns)]:
        rows = (tuple(line.split("\t")) for line in lines[1:])
        yield from (row for row in rows if len(row) == len(columns))
