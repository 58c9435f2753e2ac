"""Articles into a project: what is new or changed is read, the rest stays, the graph follows."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kg import ledger as ledgers
from kg import versions
from kg.errors import InputError, LockedError
from kg.graph.decisions import Decisions, parse_decisions
from kg.ledger import Entry
from kg.text.read import Refusal, read_with_paths
from kg.vocab import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from kg.config import Settings
    from kg.graph.assemble import GraphContent
    from kg.ledger import Ledger
    from kg.model import Article, Reading
    from kg.project import Project

MOST_CHARACTERS = 1_000_000
"""The longest text that spaCy takes."""


@dataclass(slots=True)
class Tally:
    """What became of the articles of one build, by id."""

    new: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    rebuilt: bool = False
    """Whether the graph is another one now."""
    left_out: int = 0
    """How many facts were read and do not fit the graph."""
    files: dict[str, str] = field(default_factory=dict)
    """The file that named an article, relative to the project folder."""


def sort_out(
    sources: Sequence[str],
    tally: Tally,
    known: Mapping[str, Entry],
    reader: str,
    *,
    stdin: BinaryIO | None = None,
    store: Path | None = None,
) -> Iterator[Article]:
    """Give the articles that have to be read; the tally takes up what became of every one.

    What lies in the project folder ``store`` itself is passed over without a word.
    """
    seen: dict[str, str] = {}
    for item, path in read_with_paths(sources, stdin=stdin):
        if isinstance(item, Refusal) and store is not None and _lies_in(item.source, store):
            continue
        old = None if isinstance(item, Refusal) else known.get(item.id)
        refusal = item if isinstance(item, Refusal) else _unfit(item, path, seen, old, store)
        if refusal is not None:
            tally.refused.append(refusal)
            continue
        assert not isinstance(item, Refusal)
        if item.id in seen:
            continue  # the very same article once more
        seen[item.id] = ledgers.digest(item)
        tally.files[item.id] = "" if path is None or store is None else os.path.relpath(path, store)
        if old is not None and (old.article, old.reader) == (seen[item.id], reader):
            tally.unchanged.append(item.id)
        else:
            (tally.replaced if old is not None else tally.new).append(item.id)
            yield item


def _lies_in(source: str, store: Path) -> bool:
    """Tell whether a source is a file of the project: somebody builds from the folder around it."""
    path = source.partition("#")[0]
    return Path(os.path.abspath(path)).is_relative_to(os.path.abspath(store))  # noqa: PTH100  (links stay links)


def _unfit(
    article: Article, path: Path | None, seen: Mapping[str, str], old: Entry | None, store: Path | None
) -> Refusal | None:
    """Refuse what is too long, and what would silently take the place of another article."""
    digest = ledgers.digest(article)
    if seen.get(article.id, digest) != digest:
        hint = "Rename the file, or give it an `id:` of its own."
        error = InputError("has the id of another article of this build", where=article.id, hint=hint)
        return Refusal(article.id, error)
    if old is not None and path is not None and store is not None and old.article != digest:
        other = Path(os.path.normpath(store / old.file))
        if old.file and other.exists() and not other.samefile(path):
            what = f"has the id {article.id!r}, under which another file was read: {other}"
            hint = f"Rename one, give it an `id:` of its own, or first: kg remove {article.id}"
            return Refusal(str(path), InputError(what, where=str(path), hint=hint))
    return too_long(article)


def too_long(article: Article) -> Refusal | None:
    """Refuse an article that is longer than the language model takes; None where it is not."""
    if len(article.text) <= MOST_CHARACTERS:
        return None
    what = f"has {len(article.text):,} characters, more than {MOST_CHARACTERS:,}"
    return Refusal(article.id, InputError(what, where=article.id, hint="Split it into articles."))


def read_all(articles: Iterable[Article], settings: Settings, reader: str) -> Iterator[Reading]:
    """Read articles; the language model is loaded only when there is one."""
    stream = iter(articles)
    first = next(stream, None)
    if first is None:
        return
    from kg.pipeline import load_kb, read  # noqa: PLC0415  (brings spaCy)

    for reading in read(chain([first], stream), kb=load_kb(*settings.kb), model=settings.model):
        yield replace(reading, pipeline=reader)


def build(
    project: Project,
    sources: Sequence[str],
    settings: Settings,
    *,
    prune: bool = False,
    again: bool = False,
    stdin: BinaryIO | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Tally:
    """Read what is new or changed into the project, and make its graph anew if need be.

    Args:
        project: where readings and graph are kept.
        sources: files, folders, patterns, addresses, ``-``.
        settings: model, knowledge base, base of the names.
        prune: also forget the articles that the sources do not hold any more.
        again: read everything again, changed or not.
        stdin: what ``-`` stands for.
        progress: told the id of each article that was read.
    """
    tally = Tally()
    ledger = ledgers.load(project)
    reader = versions.reader(model=settings.model, kb=settings.kb)
    known = {key: entry._replace(reader="") if again else entry for key, entry in ledger.articles.items()}
    for reading in read_all(
        sort_out(sources, tally, known, reader, stdin=stdin, store=project.folder), settings, reader
    ):
        ledgers.distrust(project)
        project.add(reading)
        key = reading.article.id
        ledger.articles[key] = Entry(ledgers.digest(reading.article), reader, tally.files[key])
        progress(key)
    if prune and not tally.refused:  # a file that cannot be read today is no reason to forget it
        kept = {*tally.new, *tally.replaced, *tally.unchanged}
        _forget(project, ledger, sorted(set(ledger.articles) - kept), tally)
    moved = _note_files(ledger, tally)
    _rebuild(project, ledger, settings, tally)
    if moved and not (tally.new or tally.replaced or tally.removed or tally.rebuilt):
        with suppress(LockedError):  # it does no harm to note that next time
            ledgers.save_alone(project, ledger)
    return tally


def _note_files(ledger: Ledger, tally: Tally) -> bool:
    """Note where the articles lie now that have not changed; tell whether any lies elsewhere than before."""
    now = {key: ledger.articles[key]._replace(file=tally.files[key]) for key in tally.unchanged}
    moved = any(ledger.articles[key] != entry for key, entry in now.items())
    ledger.articles.update(now)
    return moved


def remove(project: Project, ids: Sequence[str], settings: Settings) -> Tally:
    """Forget articles, and make the graph without them."""
    tally = Tally()
    ledger = ledgers.load(project)
    _forget(project, ledger, ids, tally)
    _rebuild(project, ledger, settings, tally)
    return tally


def _forget(project: Project, ledger: Ledger, ids: Sequence[str], tally: Tally) -> None:
    for key in ids:
        ledgers.distrust(project)
        project.remove(key)
        ledger.articles.pop(key, None)
        tally.removed.append(key)


def _rebuild(project: Project, ledger: Ledger, settings: Settings, tally: Tally) -> None:
    """Make the graph of all readings, unless it is made of the very same already."""
    decisions = _decisions(project)
    kb = versions.kb_version(settings.kb)
    digest = ledgers.graph_digest(ledger.articles, decisions, versions.builder(), kb, settings.base)
    if ledger.graph == digest and ledgers.has_graph(project):
        if tally.new or tally.replaced or tally.removed:
            ledgers.save(project, ledger)
        return
    ledgers.distrust(project)
    found = content(project.readings(), settings, decisions=_parsed(decisions, project))
    tally.rebuilt = project.rebuild(found.triples)
    tally.left_out = len(found.notes)
    ledger.graph = digest
    ledgers.save(project, ledger)


def content(
    readings: Iterable[Reading], settings: Settings, *, decisions: Decisions | None = None
) -> GraphContent:
    """Give the content of the graph of these readings."""
    from kg.graph.assemble import assemble  # noqa: PLC0415  (a build without changes needs none of it)

    return assemble(
        readings,
        vocabulary=Vocabulary.load(),
        kb_version=versions.kb_version(settings.kb),
        decisions=decisions,
        base=settings.base,
    )


def _decisions(project: Project) -> bytes:
    try:
        return project.decisions.read_bytes()
    except FileNotFoundError:
        return b""


def _parsed(decisions: bytes, project: Project) -> Decisions:
    return parse_decisions(decisions.decode("utf-8", "replace"), where=str(project.decisions))


def collect(sources: Sequence[str], tally: Tally, settings: Settings) -> GraphContent:
    """Give the content of the graph of some articles, without keeping anything."""
    reader = versions.reader(model=settings.model, kb=settings.kb)
    return content(read_all(sort_out(sources, tally, {}, reader), settings, reader), settings)
