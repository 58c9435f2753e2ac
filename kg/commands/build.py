"""``kg build`` and ``kg remove``: what goes into a graph, and what goes out of it."""

# ruff: noqa: FBT002, PLC0415, PLR0913, PLR0917  (options are typer's parameters; heavy things are imported late)

import sys
from typing import TYPE_CHECKING, Annotated

from kg.commands.completion import articles
from kg.commands.declare import Argument, Option
from kg.commands.options import (
    CacheOption,
    EngineOption,
    KbOption,
    ModelOption,
    StoreOption,
    WorkersOption,
    settings,
)
from kg.errors import InputError, UnknownNameError, UsageError
from kg.report import Complaints, Progress, listed, paint, plural, say, tell

if TYPE_CHECKING:
    from kg.config import Settings
    from kg.engines.work import Engine
    from kg.intake import Tally


def build(
    paths: Annotated[
        list[str],
        Argument(metavar="PATH", help="Files, folders, patterns, http(s) addresses; - is standard input."),
    ],
    store: StoreOption = None,
    kb: KbOption = None,
    model: ModelOption = None,
    cache: CacheOption = None,
    workers: WorkersOption = None,
    engine: EngineOption = None,
    dry_run: Annotated[
        bool, Option("--dry-run", help="Say what would be read; read and write nothing.")
    ] = False,
    prune: Annotated[
        bool, Option("--prune", help="Also forget the articles that PATH does not hold any more.")
    ] = False,
    again: Annotated[bool, Option("--again", help="Read everything again, changed or not.")] = False,
    quiet: Annotated[bool, Option("--quiet", "-q", help="Say nothing but what went wrong.")] = False,
) -> int:
    """Read articles into the graph.

    What has not changed is not read again. An article is known by its id: that of its front matter or
    record, else the name of its file. It takes the place of the one read under that id before; another
    file that would do so is refused.

    Text (.txt, .md with front matter), web pages (.html), PDFs and records (.json, .jsonl) are read. What
    cannot be read is named, the rest goes on, and the exit code is then 3. Of what was read though
    something was off, a warning tells.
    """
    if workers is not None and engine is not None:
        raise UsageError(
            "--workers and --engine: not both", hint="Dask's own workers are as many as there are."
        )
    chosen = settings(store=store, kb=kb, model=model, cache=cache, workers=workers)
    if dry_run:
        tally = _rehearse(paths, chosen)
    else:
        tally = _build(paths, chosen, prune=prune, again=again, quiet=quiet, engine=engine)
    complaints = Complaints()
    for notice in tally.warned:
        complaints.warning(notice)
    for refusal in tally.refused:
        complaints.error(refusal.error)
    complaints.close()
    if not quiet:
        _tell_summary(tally, chosen, dry_run=dry_run, pruned=prune)
    return InputError.exit_code if tally.refused else 0


def _build(
    paths: list[str], chosen: "Settings", *, prune: bool, again: bool, quiet: bool, engine: str | None
) -> "Tally":
    from kg import ingest, intake
    from kg.project import Project

    reads = None if engine is None else _engine(engine)
    progress = Progress(quiet=quiet)
    progress.note("looking for articles …")
    if progress.shown:
        progress.total = intake.count(paths)
    try:
        with Project.open(chosen.store, create=True) as project:
            return ingest.build(
                project, paths, chosen, prune=prune, again=again, engine=reads, progress=progress
            )
    except KeyboardInterrupt:
        progress.clear()
        tell("What was read is kept; the same command goes on from there.")
        raise
    finally:
        progress.clear()


def _engine(address: str) -> "Engine":
    from kg.engines.choice import choose

    return choose(address, None)


def _rehearse(paths: list[str], chosen: "Settings") -> "Tally":
    """Sort the articles as a build would, without reading or writing any."""
    from kg import ingest, intake, ledger
    from kg.kb_user import own_tables
    from kg.project import Project

    known, files = {}, {}
    if chosen.store.exists():
        with Project.open(chosen.store) as project:
            known, files = ledger.load(project).articles, ledger.load_files(project)
    tally = intake.Tally()
    reader = ingest.reader_of(chosen, own_tables(chosen.store))
    intake.look_over(chosen.kb, tally.warned.append)
    memory = intake.memory_of(files, known, reader)
    for _ in intake.sort_out(paths, tally, known, reader, store=chosen.store, memory=memory):
        pass
    return tally


def _tell_summary(tally: "Tally", chosen: "Settings", *, dry_run: bool, pruned: bool) -> None:
    counts = (
        (len(tally.new), "would be read" if dry_run else "read"),
        (len(tally.replaced), "would be replaced" if dry_run else "replaced"),
        (len(tally.unchanged), "unchanged"),
        (len(tally.removed), "removed"),
        (len(tally.refused), "refused"),
        (len({notice.source for notice in tally.warned}), "with a warning"),
    )
    told = [f"{count:,} {word}" for count, word in counts if count]
    tell(f"{_bold('articles')}  {', '.join(told) or 'none'}")
    if pruned and tally.refused:
        tell("Nothing was pruned, because not every article could be read.")
    if dry_run:
        tell("Nothing was written.")
        return
    _tell_graph(tally, chosen)


def _tell_graph(tally: "Tally", chosen: "Settings") -> None:
    from kg.project import Project
    from kg.statistics import statistics

    with Project.open(chosen.store) as project, project.store() as store:
        count = statistics(store).totals()
    words = (("entities", "entity"), ("events", "event"), ("claims", "claim"), ("conflicts", "conflict"))
    told = [plural(count[many], one, many) for many, one in words]
    tell(f"{_bold('graph')}     {listed(told)} in {chosen.store}{'' if tally.rebuilt else ' (unchanged)'}")
    if tally.mended:
        tell("          the graph was damaged, and was made anew from the readings")
    if tally.left_out:
        tell(f"          {plural(tally.left_out, 'fact')} read did not fit the graph and stayed out")


def _bold(text: str) -> str:
    return paint(text, "bold", stream=sys.stderr)


def remove(
    ids: Annotated[
        list[str],
        Argument(metavar="ID", help="Ids of articles; kg remove --list lists them.", autocompletion=articles),
    ] = [],  # noqa: B006
    store: StoreOption = None,
    list_ids: Annotated[bool, Option("--list", help="List the ids of the articles.")] = False,
) -> None:
    """Forget articles, as if they had never been read."""
    from kg import ingest, ledger
    from kg.project import Project

    chosen = settings(store=store)
    with Project.open(chosen.store) as project:
        known = ledger.load(project).articles
        if list_ids:
            for key in sorted(known):
                say(key)
            return
        _require_known(ids, list(known))
        tally = ingest.remove(project, ids, chosen)
    _tell_summary(tally, chosen, dry_run=False, pruned=False)


def _require_known(ids: list[str], known: list[str]) -> None:
    if not ids:
        raise UsageError("name an article", hint="kg remove --list lists them.")
    for key in ids:
        if key not in known:
            raise UnknownNameError("article", key, known)
