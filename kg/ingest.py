"""Articles into a project: what is new or changed is read, the rest stays, the graph follows."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from kg import ledger as ledgers
from kg import versions
from kg.cycles import no_search_for_cycles
from kg.errors import DataError, LockedError, StoreError
from kg.graph.decisions import Decisions, parse_decisions
from kg.intake import Tally, look_over, memory_of, sort_out
from kg.kb_user import own_tables, settle
from kg.ledger import Entry
from kg.vocab import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from kg.config import Settings
    from kg.engines.work import Engine, Readings
    from kg.graph.assemble import GraphContent
    from kg.ledger import Ledger
    from kg.model import Article, Reading
    from kg.project import Project

_OWN = ", own "
"""What stands in a reader's name before the digest of the project's own knowledge."""


def read_all(
    articles: Iterable[Article], settings: Settings, reader: str, tally: Tally, engine: Engine | None = None
) -> Readings:
    """Read articles; the language model is loaded only when there is one.

    The tally takes up those at which the program failed.
    """
    stream = iter(articles)
    first = next(stream, None)
    if first is None:
        return
    from kg.engines.choice import choose  # noqa: PLC0415  (brings what reads)

    chosen = choose(None, settings.workers) if engine is None else engine
    given = chain([first], stream)
    with closing(chosen(given, settings=settings, refuse=tally.fail)) as readings:
        for reading in readings:
            yield replace(reading, pipeline=reader)


def build(
    project: Project,
    sources: Sequence[str],
    settings: Settings,
    *,
    prune: bool = False,
    again: bool = False,
    stdin: BinaryIO | None = None,
    engine: Engine | None = None,
    progress: Callable[[str, int], None] = lambda *_: None,
) -> Tally:
    """Read what is new or changed into the project, and make its graph anew if need be.

    Args:
        project: where readings and graph are kept.
        sources: files, folders, patterns, addresses, ``-``.
        settings: model, knowledge base, base of the names.
        prune: also forget the articles that the sources do not hold any more.
        again: read everything again, changed or not.
        stdin: what ``-`` stands for.
        engine: what reads; None: processes of this machine, as the settings say.
        progress: told the id of each article that was read, and how many need not or cannot be.
    """
    tally = Tally()
    ledger = ledgers.load(project)
    extra = settings.kb
    reader, settings = _with_own(project, settings)
    look_over(extra, tally.warned.append)
    known = {key: entry._replace(reader="") if again else entry for key, entry in ledger.articles.items()}
    memory = memory_of(ledgers.load_files(project), known, reader)
    fresh = sort_out(sources, tally, known, reader, stdin=stdin, store=project.folder, memory=memory)
    _keep(project, ledger, read_all(fresh, settings, reader, tally, engine), tally, progress)
    if prune and not tally.refused:  # a file that cannot be read today is no reason to forget it
        kept = {*tally.new, *tally.replaced, *tally.unchanged}
        _forget(project, ledger, sorted(set(ledger.articles) - kept), tally)
    _read_stale(project, ledger, settings, reader, tally, progress, engine)
    moved = _note_files(ledger, tally)
    _rebuild(project, ledger, settings, tally)
    if moved and not (tally.new or tally.replaced or tally.removed or tally.rebuilt):
        with suppress(LockedError):  # it does no harm to note that next time
            ledgers.save_alone(project, ledger)
    if memory.changed:
        with suppress(StoreError):  # it does no harm to look through the files again
            ledgers.save_files(project, ledger, memory.files)
    return tally


def refresh(
    project: Project, settings: Settings, progress: Callable[[str, int], None] = lambda *_: None
) -> Tally:
    """Bring a project up to date with the knowledge and the decisions in its folder, without new articles."""
    tally = Tally()
    ledger = ledgers.load(project)
    reader, settings = _with_own(project, settings)
    _read_stale(project, ledger, settings, reader, tally, progress)
    _rebuild(project, ledger, settings, tally)
    return tally


def _with_own(project: Project, settings: Settings) -> tuple[str, Settings]:
    """Name what reads, and give the settings, with what the project folder itself knows."""
    decided = _parsed(_decisions(project), project)
    settle(project.folder, decided.entities, *settings.kb, where=str(project.decisions))
    own = own_tables(project.folder)
    return reader_of(settings, own), replace(settings, kb=(*settings.kb, *own))


def reader_of(settings: Settings, own: Sequence[Path] = ()) -> str:
    """Name what reads with these settings and with the own tables of a project folder."""
    reader = versions.reader(model=settings.model, kb=settings.kb, extractors=settings.extractors)
    return f"{reader}{_OWN}{versions.kb_version(own).rpartition('+')[2]}" if own else reader


def _keep(
    project: Project,
    ledger: Ledger,
    readings: Readings,
    tally: Tally,
    progress: Callable[[str, int], None],
) -> None:
    with closing(readings):  # so that what reads them ends with us
        for reading in readings:
            ledgers.distrust(project)
            project.add(reading)
            key = reading.article.id
            ledger.articles[key] = Entry(ledgers.digest(reading.article), reading.pipeline, tally.files[key])
            progress(key, len(tally.unchanged) + len(tally.refused))


def _read_stale(
    project: Project,
    ledger: Ledger,
    settings: Settings,
    reader: str,
    tally: Tally,
    progress: Callable[[str, int], None],
    engine: Engine | None = None,
) -> None:
    """Read what was not given this time once more from the texts that are kept, where own knowledge changed."""
    own = reader.partition(_OWN)[2]
    stale = {
        key: entry.file
        for key, entry in ledger.articles.items()
        if key not in tally.files and entry.reader.partition(_OWN)[2] != own
    }
    if not stale:
        return
    tally.files.update(stale)
    tally.replaced += sorted(stale)
    texts = (reading.article for reading in project.readings() if reading.article.id in stale)
    _keep(project, ledger, read_all(texts, settings, reader, tally, engine), tally, progress)


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
    _, settings = _with_own(project, settings)
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
    whole = project.is_whole()
    if whole and ledger.graph == digest and ledgers.has_graph(project):
        if tally.new or tally.replaced or tally.removed:
            ledgers.save(project, ledger)
        return
    ledgers.distrust(project)
    decided = _parsed(decisions, project)
    from kg.regraph import regraph  # noqa: PLC0415  (a build without changes needs none of it)

    with no_search_for_cycles():
        at_once = partial(_whole_content, project, decided, settings)
        outcome = regraph(project, ledger, decided, settings, at_once, whole=whole)
    tally.rebuilt, tally.left_out = outcome
    tally.mended = not whole
    ledger.graph = digest
    ledgers.save(project, ledger)


def _whole_content(project: Project, decisions: Decisions, settings: Settings) -> GraphContent:
    return content(_amended(project, decisions, settings), settings, decisions=decisions)


def _amended(project: Project, decisions: Decisions, settings: Settings) -> Iterator[Reading]:
    """Give the readings as the decisions on names and claims leave them."""
    from kg.graph.amend import amended  # noqa: PLC0415  (a build without changes needs none of it)
    from kg.kb import KnowledgeBase  # noqa: PLC0415  (as above)

    if not (decisions.ignored or decisions.correct):
        return project.readings()
    kb = KnowledgeBase.load(*settings.kb)
    where = str(project.decisions)
    return amended(project.readings(), decisions, kb, Vocabulary.load(), where=where)


def content_of(project: Project, settings: Settings, *, wanted: Callable[[Article], bool]) -> GraphContent:
    """Give the content of the graph of some of the articles that are kept, as a build would make it."""
    _, settings = _with_own(project, settings)
    decided = _parsed(_decisions(project), project)
    kept = (reading for reading in _amended(project, decided, settings) if wanted(reading.article))
    return content(kept, settings, decisions=decided)


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
    return parse_decisions(decision_text(decisions, project), where=str(project.decisions))


def decision_text(decisions: bytes, project: Project) -> str:
    """Give the text of the decisions; raises DataError where it is not UTF-8."""
    try:
        return decisions.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        what = f"the decisions are not UTF-8 at byte {error.start}"
        raise DataError(what, where=str(project.decisions), hint="Save the file as UTF-8.") from None


def collect(sources: Sequence[str], tally: Tally, settings: Settings) -> GraphContent:
    """Give the content of the graph of some articles, without keeping anything."""
    reader = reader_of(settings)
    look_over(settings.kb, tally.warned.append)
    fresh = sort_out(sources, tally, {}, reader)
    return content(read_all(fresh, settings, reader, tally), settings)
