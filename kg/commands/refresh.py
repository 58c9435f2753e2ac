"""``kg kb refresh``: newer names and offices, from Wikidata or an endpoint of its shape."""

# ruff: noqa: FBT002, PLC0415  (options are typer's parameters; heavy things are imported late)

import os
from typing import TYPE_CHECKING, Annotated

from kg.commands.declare import Option
from kg.commands.options import KbOption, StoreOption, settings
from kg.errors import ConfigError, UsageError
from kg.report import Progress, listed, plural, say, tell

if TYPE_CHECKING:
    from pathlib import Path

    from kg.refresh import Plan, Refreshed

_ENDPOINT = "https://query.wikidata.org/sparql"
_FEW = 5


EndpointOption = Annotated[str, Option("--endpoint", metavar="URL", help="The SPARQL endpoint to ask.")]
TypeOption = Annotated[
    list[str] | None,
    Option("--type", metavar="TYPE", help="Only things of this type: person, state; may be repeated."),
]
LimitOption = Annotated[
    int | None, Option("--limit", metavar="N", min=1, help="Ask for at most so many things.")
]
DeadlineOption = Annotated[
    float, Option("--deadline", metavar="SECONDS", min=0.1, help="When to stop, waiting included.")
]
PauseOption = Annotated[
    float, Option("--pause", metavar="SECONDS", min=0.0, help="How long to rest between questions.")
]
SinceOption = Annotated[
    str | None,
    Option(
        "--since",
        metavar="DATE",
        help="Ask again for what was kept before this day; also the day of answers that name none.",
    ),
]
ContactOption = Annotated[
    str | None,
    Option(
        "--contact",
        metavar="TEXT",
        envvar="KG_CONTACT",
        help="A mail address or page of yours, sent along; Wikidata wants one.",
    ),
]
DryRunOption = Annotated[bool, Option("--dry-run", help="Say what would be asked, and ask nothing.")]


def refresh(  # noqa: PLR0913, PLR0917  (as many as there are options)
    endpoint: EndpointOption = _ENDPOINT,
    type_: TypeOption = None,
    limit: LimitOption = None,
    deadline: DeadlineOption = 1800.0,
    pause: PauseOption = 1.0,
    since: SinceOption = None,
    contact: ContactOption = None,
    dry_run: DryRunOption = False,
    store: StoreOption = None,
    kb: KbOption = None,
) -> None:
    """Fetch newer names, offices and merged ids of what is known, from Wikidata or an endpoint of its shape.

    What is found and was not known is written to kb/refreshed.tsv and kb/offices/refreshed.tsv of the
    project folder. Nothing is renamed or taken away.

    Questions go one at a time, with a pause, and wait when the endpoint is busy. A run that is stopped
    goes on where it was. KG_SPARQL_USER and KG_SPARQL_PASSWORD log in, at another endpoint than Wikidata.
    """
    from kg.addresses import redacted
    from kg.kb import KnowledgeBase
    from kg.refresh import Plan, base_tables, batches

    chosen = settings(store=store, kb=kb)
    known = KnowledgeBase.load(*chosen.kb, *base_tables(chosen.store))
    parts = batches(known, type_ or (), limit)
    plan = Plan(chosen.store, redacted(endpoint), parts, None if since is None else _iso(since))
    if dry_run:
        _tell_plan(plan, _pause(endpoint, pause))
        return
    from kg.project import Project
    from kg.refresh import refresh as run
    from kg.remote import Endpoint, Manners

    progress = Progress(quiet=False)
    remote = Endpoint(
        endpoint,
        agent=_agent(endpoint, contact),
        credentials=_credentials(endpoint),
        manners=Manners(pause=_pause(endpoint, pause), deadline=deadline),
        note=lambda text: _tell_over(progress, text),
    )
    with Project.open(chosen.store, create=True):
        try:
            done = run(known, plan, remote, note=progress.note)
        finally:
            progress.clear()
    _tell_done(done, chosen.store)


def _tell_over(progress: Progress, text: str) -> None:
    progress.clear()
    tell(text)


def _iso(text: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"{text!r} is no day", where="--since", hint="Write it like 2024-05-14.") from None


def _is_wikidata(endpoint: str) -> bool:
    from urllib.parse import urlsplit

    try:
        host = urlsplit(endpoint).hostname or ""
    except ValueError:
        return False
    return host == "wikidata.org" or host.endswith(".wikidata.org")


def _pause(endpoint: str, asked: float) -> float:
    """Give the seconds between two questions; Wikidata gets a second at least."""
    return max(1.0, asked) if _is_wikidata(endpoint) else asked


def _agent(endpoint: str, contact: str | None) -> str:
    """Give what the endpoint is told about who asks."""
    from kg.versions import PACKAGE

    name = f"diplomacy-kg/{PACKAGE}"
    if contact is None or not contact.strip():
        if _is_wikidata(endpoint):
            hint = "Wikidata wants a mail address or page of who asks: --contact TEXT, or KG_CONTACT."
            raise ConfigError("no contact is set", hint=hint)
        return name
    told = contact.strip()
    if not (told.isascii() and told.isprintable()):
        hint = "Plain letters only: a mail address or the address of a page."
        raise ConfigError("the contact holds signs that cannot be sent", hint=hint)
    return f"{name} ({told})"


def _credentials(endpoint: str) -> tuple[str, str] | None:
    """Give user and password of the environment; Wikidata, which asks for none, shall not see them."""
    user, password = os.environ.get("KG_SPARQL_USER"), os.environ.get("KG_SPARQL_PASSWORD")
    return (user, password) if user and password and not _is_wikidata(endpoint) else None


def _tell_plan(plan: "Plan", pause: float) -> None:
    from kg.refresh import BATCH, kept
    from kg.wikidata import ids_query

    things, questions = sum(map(len, plan.batches)), 3 * len(plan.batches)
    say(f"endpoint   {plan.endpoint}")
    say(f"things     {things:,} with a Wikidata id, {BATCH} at a time")
    say(f"questions  {questions:,}, {pause:g} s apart; {plural(kept(plan), 'answer')} kept from a run before")
    say(f"to write   {plan.folder / 'kb'}")
    if plan.batches:
        say(f"\nThe first question:\n\n{ids_query(plan.batches[0])}".rstrip())


def _tell_done(done: "Refreshed", folder: "Path") -> None:
    from kg.refresh import ENTITIES, OFFICES

    rows = done.rows
    tell(
        f"asked for {plural(done.asked, 'thing')}; the data is of {listed(done.days) or 'no day'}",
        f"new: {plural(rows.names, 'name')}, {plural(len(rows.offices), 'term')} of office, {plural(rows.merged, 'merged id')}",
    )
    for keys, what in (
        (rows.unknown, "not known there"),
        (rows.doubtful, "go by other names there, nothing taken over"),
    ):
        if keys:
            more = f" and {len(keys) - _FEW:,} more" if len(keys) > _FEW else ""
            tell(f"{what}: {', '.join(keys[:_FEW])}{more}")
    say(str(folder / ENTITIES))
    say(str(folder / OFFICES))
