"""What a project remembers of how its graph was put together, so that a change need not do it all again.

One SQLite file in the cache: which readings there are and what each is compared with, which of them are a family,
what names their things have, what they say of the names that they share. It fits one graph only, which it names;
where it is missing, damaged, of another version or of another graph, the graph is made anew, and the register with it.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from typing import TYPE_CHECKING, Any, Self

from kg.graph.hearsay import Told
from kg.graph.registered import Article, entity_of, read, records_of, words_of, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.graph.registered import Clan, Unit
    from kg.graph.ties import Gist

_VERSION = "1"
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE article (id TEXT PRIMARY KEY, digest TEXT, reader TEXT, sha TEXT) WITHOUT ROWID;
CREATE TABLE unit (sha TEXT PRIMARY KEY, family INTEGER, document TEXT, gist TEXT, said TEXT) WITHOUT ROWID;
CREATE TABLE mark (mark INTEGER, sha TEXT, firm INTEGER);
CREATE TABLE speaks (name TEXT, sha TEXT);
CREATE TABLE entity (number INTEGER PRIMARY KEY, key TEXT, record TEXT UNIQUE, n INTEGER);
CREATE TABLE word (what TEXT, key TEXT, value TEXT, n INTEGER, PRIMARY KEY (key, what, value)) WITHOUT ROWID;
CREATE TABLE wish (phase INTEGER, path TEXT, hash TEXT, settled TEXT, family INTEGER);
CREATE TABLE family (number INTEGER PRIMARY KEY, notes INTEGER);
CREATE TABLE own (path TEXT, family INTEGER);
CREATE TABLE edge (line TEXT, family INTEGER);
CREATE TABLE uses (name TEXT, family INTEGER);
"""
_INDEXES = """
CREATE INDEX unit_family ON unit (family);
CREATE INDEX article_sha ON article (sha);
CREATE INDEX mark_mark ON mark (mark);
CREATE INDEX mark_sha ON mark (sha);
CREATE INDEX speaks_name ON speaks (name);
CREATE INDEX speaks_sha ON speaks (sha);
CREATE INDEX entity_key ON entity (key);
CREATE INDEX wish_path ON wish (path);
CREATE INDEX wish_settled ON wish (settled);
CREATE INDEX wish_family ON wish (family);
CREATE INDEX own_family ON own (family);
CREATE INDEX edge_line ON edge (line);
CREATE INDEX edge_family ON edge (family);
CREATE INDEX uses_name ON uses (name);
CREATE INDEX uses_family ON uses (family);
"""


class Register:
    """The register of a project; raises ``sqlite3.Error`` where the file is damaged."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a file that ``open`` or ``create`` has opened."""
        self._db = connection

    @classmethod
    def open(cls, path: Path, stamp: str) -> Self | None:
        """Open the register, None where there is none that fits: whole, of this version, with this stamp."""
        if not path.is_file():
            return None
        try:
            db = sqlite3.connect(path, isolation_level=None)
            pages, size = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
            if pages * size == path.stat().st_size and _meta(db) == (_VERSION, stamp):
                return cls(db)
            db.close()
        except (sqlite3.Error, OSError):
            return None
        return None

    @classmethod
    def create(cls, path: Path) -> Self:
        """Start a new register in the place of any there is."""
        for stray in (path, path.with_name(f"{path.name}-journal")):
            stray.unlink(missing_ok=True)
        db = sqlite3.connect(path, isolation_level=None)
        db.execute("PRAGMA synchronous = OFF")  # a register that is not whole is not believed
        db.executescript(f"BEGIN;{_TABLES}")
        return cls(db)

    def begin(self) -> None:
        """Begin a change, which holds from ``commit`` on; what is not committed is as if it never was."""
        self._db.execute("BEGIN IMMEDIATE")

    def commit(self, stamp: str) -> None:
        """Keep the change, as that of the graph with this stamp."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES ('version', ?), ('stamp', ?)", (_VERSION, stamp))
        self._db.execute("COMMIT")

    def index(self) -> None:
        """Make a register that was filled ready to be asked."""
        for line in _INDEXES.strip().splitlines():
            self._db.execute(line)

    def close(self) -> None:
        """Let go of the file; what was not committed is undone."""
        self._db.close()

    # --- readings ---

    def articles(self) -> dict[str, Article]:
        """Give the articles by id."""
        rows = self._db.execute("SELECT id, digest, reader, sha FROM article")
        return {key: Article(*rest) for key, *rest in rows}

    def set_articles(self, gone: Iterable[str], come: Mapping[str, Article]) -> None:
        """Take articles out and put others in."""
        self._db.executemany("DELETE FROM article WHERE id = ?", ((key,) for key in gone))
        rows = ((key, *article) for key, article in come.items())
        self._db.executemany("INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?)", rows)

    def put(self, units: Iterable[Unit], families: Mapping[str, int]) -> None:
        """Note readings, each in its family; what they say of names is not counted here."""
        for one in units:
            sha = one.gist.sha
            said = json.dumps([words_of(one.told), records_of(one.told)])
            row = (sha, families[sha], one.document, json.dumps(written(one.gist)), said)
            self._db.execute("INSERT INTO unit VALUES (?, ?, ?, ?, ?)", row)
            marked = [(mark, sha, 0) for mark in one.marks] + [(mark, sha, 1) for mark in one.firm]
            self._db.executemany("INSERT INTO mark VALUES (?, ?, ?)", marked)
            self._db.executemany("INSERT INTO speaks VALUES (?, ?)", ((name, sha) for name in one.names))

    def forget(self, shas: Iterable[str]) -> None:
        """Take readings out; what they say of names is not discounted here."""
        for table in ("unit", "mark", "speaks"):
            self._db.executemany(f"DELETE FROM {table} WHERE sha = ?", ((sha,) for sha in shas))  # noqa: S608

    def gists(self, shas: Iterable[str]) -> dict[str, Gist]:
        """Give what readings are compared with."""
        rows = self._each("SELECT sha, gist FROM unit WHERE sha = ?", shas)
        return {sha: read(json.loads(text)) for sha, text in rows}

    def documents(self, shas: Iterable[str]) -> list[str]:
        """Give the paths of sources."""
        return [row[0] for row in self._each("SELECT document FROM unit WHERE sha = ?", shas)]

    def sharing(self, marks: Iterable[int], *, firm: bool) -> set[str]:
        """Give the readings that have one of the marks."""
        rows = self._each("SELECT sha, firm FROM mark WHERE mark = ?", marks)
        return {sha for sha, found in rows if found == firm}

    def speaking(self, names: Iterable[str]) -> set[str]:
        """Give the readings whose lines depend on one of the names."""
        return {row[0] for row in self._each("SELECT sha FROM speaks WHERE name = ?", names)}

    def names_of(self, shas: Iterable[str]) -> set[str]:
        """Give the names on which the lines of readings depend."""
        return {row[0] for row in self._each("SELECT name FROM speaks WHERE sha = ?", shas)}

    def count(self) -> int:
        """Count the readings."""
        return int(self._db.execute("SELECT COUNT(*) FROM unit").fetchone()[0])

    # --- what is said of names ---

    def told_by(self, shas: Iterable[str]) -> Told:
        """Give what some readings say of names."""
        told = Told()
        for (text,) in self._each("SELECT said FROM unit WHERE sha = ?", shas):
            words, records = json.loads(text)
            for what, key, value, n in words:
                told.words.setdefault((what, key), Counter())[value] += n
            for record, n in records:
                entity = entity_of(record)
                told.entities.setdefault(entity.key, Counter())[entity] += n
        return told

    def count_told(self, told: Told, sign: int = 1) -> None:
        """Add what is said of names, or take it away again."""
        words = [(what, key, value, sign * n) for what, key, value, n in words_of(told)]
        add = "INSERT INTO word VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n"
        self._db.executemany(add, words)
        self._db.executemany("DELETE FROM word WHERE n = 0 AND key = ?", {(word[1],) for word in words})
        records = [(entity_of(text).key, text, sign * n) for text, n in records_of(told)]
        add = "INSERT INTO entity (key, record, n) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n"
        self._db.executemany(add, records)
        self._db.executemany(
            "DELETE FROM entity WHERE n = 0 AND record = ?", {(record[1],) for record in records}
        )

    def told(self, names: Iterable[str]) -> Told:
        """Give what all readings say of names."""
        chosen, told = sorted(names), Told()
        for key, what, value, n in self._each("SELECT key, what, value, n FROM word WHERE key = ?", chosen):
            told.words.setdefault((what, key), Counter())[value] = n
        for key, record, n in self._each("SELECT key, record, n FROM entity WHERE key = ?", chosen):
            told.entities.setdefault(key, Counter())[entity_of(record)] = n
        return told

    # --- families ---

    def families_of(self, shas: Iterable[str]) -> set[int]:
        """Give the families in which readings are."""
        return {row[0] for row in self._each("SELECT family FROM unit WHERE sha = ?", shas)}

    def members(self, families: Iterable[int]) -> set[str]:
        """Give the readings of families."""
        return {row[0] for row in self._each("SELECT sha FROM unit WHERE family = ?", families)}

    def add(self, clans: Iterable[Clan]) -> dict[str, int]:
        """Note families; give the number of that of each reading."""
        found: dict[str, int] = {}
        first = self._db.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM family").fetchone()[0]
        for number, one in enumerate(clans, first):
            self._db.execute("INSERT INTO family VALUES (?, ?)", (number, one.notes))
            for table, values in (("own", one.own), ("edge", one.edges), ("uses", one.uses)):
                rows = ((value, number) for value in values)
                self._db.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows)  # noqa: S608
            wishes = ((*wish, number) for wish in one.wishes)
            self._db.executemany("INSERT INTO wish VALUES (?, ?, ?, ?, ?)", wishes)
            found |= dict.fromkeys(one.shas, number)
        return found

    def dissolve(self, families: Iterable[int]) -> None:
        """Take families out, but not their readings."""
        numbers = [(number,) for number in families]
        self._db.executemany("DELETE FROM family WHERE number = ?", numbers)
        for table in ("own", "edge", "uses", "wish"):
            self._db.executemany(f"DELETE FROM {table} WHERE family = ?", numbers)  # noqa: S608

    def of(self, table: str, families: Iterable[int]) -> set[str]:
        """Give the ``own`` names, the ``edge`` lines or the names in ``uses`` of families."""
        column = {"own": "path", "edge": "line", "uses": "name"}[table]
        return {row[0] for row in self._each(f"SELECT {column} FROM {table} WHERE family = ?", families)}  # noqa: S608

    def elsewhere(self, table: str, values: Iterable[str], families: frozenset[int]) -> set[str]:
        """Give those ``edge`` lines or names in ``uses`` that a family besides these has."""
        column = {"edge": "line", "uses": "name"}[table]
        rows = self._each(f"SELECT {column}, family FROM {table} WHERE {column} = ?", values)  # noqa: S608
        return {value for value, family in rows if family not in families}

    def wishes(self, families: Iterable[int], phase: int) -> set[str]:
        """Give the paths that things of families would like, in one phase."""
        rows = self._each("SELECT path, phase FROM wish WHERE family = ?", families)
        return {path for path, found in rows if found == phase}

    def wishing(self, paths: Iterable[str]) -> list[tuple[int, str, str, str, int]]:
        """Give the wishes for paths, and those that got one of them: phase, path, hash, what it got, family."""
        chosen = sorted(paths)
        rows = self._each("SELECT phase, path, hash, settled, family FROM wish WHERE path = ?", chosen)
        more = self._each("SELECT phase, path, hash, settled, family FROM wish WHERE settled = ?", chosen)
        return [(row[0], row[1], row[2], row[3], row[4]) for row in dict.fromkeys((*rows, *more))]

    def notes(self) -> int:
        """Count what was read and does not fit the graph."""
        return int(self._db.execute("SELECT COALESCE(SUM(notes), 0) FROM family").fetchone()[0])

    def _each(self, query: str, values: Iterable[object]) -> Iterator[tuple[Any, ...]]:
        for value in values:
            yield from self._db.execute(query, (value,))


def _meta(db: sqlite3.Connection) -> tuple[str | None, str | None]:
    found = dict(db.execute("SELECT name, value FROM meta"))
    return found.get("version"), found.get("stamp")
