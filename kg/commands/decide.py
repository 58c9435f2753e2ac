"""``kg reject``, ``kg correct`` and ``kg decisions``: what was read wrongly, put right by hand."""

# ruff: noqa: A002, FBT002, PLC0415  (options are typer's parameters; heavy things are imported late)

from typing import TYPE_CHECKING, Annotated, Any

from kg.commands.declare import Argument, Option
from kg.commands.options import RowFormat, StoreOption, row_layout, settings, write_table
from kg.errors import DataError, UnknownNameError, UsageError
from kg.report import Progress, paint, plural, safe, say, tell, wrap

if TYPE_CHECKING:
    from pathlib import Path

    from kg.answers import Statement
    from kg.config import Settings
    from kg.project import Project

ClaimArgument = Annotated[
    str,
    Argument(metavar="CLAIM", help="The id of a claim, as kg show NAME --evidence shows it."),
]
WhyOption = Annotated[
    str | None, Option("--why", metavar="TEXT", help="The reason, for whoever reads the decisions.")
]
LaterOption = Annotated[bool, Option("--later", help="Only write it down: the next kg build applies it.")]


def reject(
    claim: ClaimArgument, why: WhyOption = None, store: StoreOption = None, later: LaterOption = False
) -> None:
    """Take a claim that was read wrongly out of the graph, for good.

    The decision is kept in decisions.toml of the project folder and holds on every build. Take it out
    there and the claim is back.
    """
    chosen = settings(store=store)
    _decide_claim(chosen, claim, "reject", {}, why, later=later)


def correct(
    claim: ClaimArgument,
    object: Annotated[
        str | None,
        Option("--object", metavar="X", help="What stands after the relation: a name, a key, a text."),
    ] = None,
    subject: Annotated[
        str | None, Option("--subject", metavar="X", help="Who or what stands before the relation.")
    ] = None,
    negated: Annotated[
        bool | None, Option("--negated/--not-negated", help="The source denies it, or does not.")
    ] = None,
    modality: Annotated[
        str | None,
        Option("--modality", metavar="HOW", help="actual, expected, possible or conditional."),
    ] = None,
    why: WhyOption = None,
    store: StoreOption = None,
    later: LaterOption = False,
) -> None:
    """Put a claim right that was read wrongly.

    The new claim has the same sentence as evidence and is marked as made by hand; it gets an id of its
    own. The event itself stays: say --object of a place, --subject of a host. The decision is kept in
    decisions.toml of the project folder and holds on every build.
    """
    from kg.graph.decisions import MODALITIES

    if modality is not None and modality not in MODALITIES:
        raise UnknownNameError("modality", modality, MODALITIES)
    told = {"subject": subject, "object": object, "negated": negated, "modality": modality}
    values: dict[str, Any] = {name: value for name, value in told.items() if value is not None}
    if not values:
        raise UsageError("say what is right", hint="Give --object, --subject, --negated or --modality.")
    _decide_claim(settings(store=store), claim, "correct", values, why, later=later)


def _decide_claim(
    chosen: "Settings", asked: str, kind: str, values: dict[str, Any], why: str | None, *, later: bool
) -> None:
    from kg import decide
    from kg.project import Project

    with Project.open(chosen.store) as project:
        with project.store() as store:
            statement = decide.find_claim(store, asked)
        entry = {"claim": statement.id, **values, "was": _words(statement)}
        if why is not None and why.strip():
            entry["why"] = why
        new = decide.decide(project, kind, entry, check=lambda path: _try(project, chosen, statement, path))
        say(f"{paint(kind, 'bold')} {statement.id}  {safe(_words(statement))}")
        apply(project, chosen, new=new, later=later)


def _words(statement: "Statement") -> str:
    return f"{statement.subject_label} {statement.verb} {statement.object_label}"


def _try(project: "Project", chosen: "Settings", statement: "Statement", path: "Path") -> None:
    """Apply the decisions to the article of the claim alone, to see whether they fit."""
    from kg.graph.amend import amended
    from kg.graph.decisions import parse_decisions
    from kg.graph.identity import document_path
    from kg.kb import KnowledgeBase
    from kg.kb_user import own_tables
    from kg.vocab import Vocabulary

    decided = parse_decisions(path.read_text(encoding="utf-8"), where=str(path))
    kb = KnowledgeBase.load(*chosen.kb, *own_tables(project.folder))
    document = statement.document or ""
    readings = (one for one in project.readings() if document.endswith(document_path(one.article)))
    try:
        for _ in amended(readings, decided, kb, Vocabulary.load(), where=str(path)):
            pass
    except DataError as error:
        raise UsageError(error.what, where=f"claim {statement.id}", hint=error.hint) from error


def apply(project: "Project", chosen: "Settings", *, new: bool, later: bool) -> None:
    """Bring the graph up to date with a decision, unless that shall wait."""
    if not new:
        tell("That is decided already.")
    if later:
        tell("The next kg build applies it.")
        return
    from kg import ingest

    progress = Progress(quiet=False)
    tally = ingest.refresh(project, chosen, progress=progress)
    progress.clear()
    if tally.replaced:
        tell(f"{plural(len(tally.replaced), 'article')} read again")
    tell("The graph is up to date." if not tally.rebuilt else "The graph was made anew.")


def decisions(store: StoreOption = None, format: RowFormat = None) -> None:
    """List what was decided by hand: on events, claims and names.

    They stand in decisions.toml of the project folder; what is taken out there is undone by the next
    kg build.
    """
    from kg import decide
    from kg.project import Project

    chosen = settings(store=store, format=format)
    with Project.open(chosen.store) as project:
        found = decide.listed(project)
    lines = [(kind, *_cells(kind, entry)) for kind, entry in found]
    if row_layout(chosen.format, None) == "table":
        for kind, about, what, was, why in lines:
            say(f"{paint(kind, 'bold')} {safe(about)}{f'  {safe(what)}' if what else ''}")
            for title, text in (("was", was), ("why", why)):
                if text:
                    say(wrap(f"{title}: {safe(text)}", indent="       ", first="  "))
        tell("" if found else "Nothing is decided yet.")
        return
    import pyoxigraph as ox

    from kg.graph.rows import Rows

    cells = tuple(tuple(ox.Literal(cell) for cell in line) for line in lines)
    write_table(Rows(("decision", "about", "what", "was", "why"), cells), chosen.format, None)


def _cells(kind: str, entry: dict[str, object]) -> tuple[str, str, str, str]:
    """Give what a decision is about, what it says, what the claim said before, and the reason."""
    about = {"same": "events", "different": "events", "entity": "name"}.get(kind, "claim")
    value = entry[about]
    said = {name: told for name, told in entry.items() if name not in {about, "was", "why"}}
    what = ", ".join(
        f"{name} = {told if not isinstance(told, bool) else str(told).lower()}" for name, told in said.items()
    )
    named = " = ".join(map(str, value)) if isinstance(value, list) else str(value)
    return named, what, str(entry.get("was", "")), str(entry.get("why", ""))
