"""``kg reject``, ``kg correct`` and ``kg decisions``: what was read wrongly, put right by hand."""

# ruff: noqa: A002, FBT002, PLC0415  (options are typer's parameters; heavy things are imported late)

from typing import TYPE_CHECKING, Annotated, Any

from kg.commands.declare import Argument, Option
from kg.commands.options import RowFormat, StoreOption, row_layout, settings, write_table
from kg.errors import UsageError
from kg.report import Progress, paint, plural, safe, say, tell, wrap

if TYPE_CHECKING:
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
    _decide_claim(chosen, claim, {}, why, later=later)


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
    told = {"subject": subject, "object": object, "negated": negated, "modality": modality}
    values: dict[str, Any] = {name: value for name, value in told.items() if value is not None}
    if not values:
        raise UsageError("say what is right", hint="Give --object, --subject, --negated or --modality.")
    _decide_claim(settings(store=store), claim, values, why, later=later)


def _decide_claim(
    chosen: "Settings", asked: str, values: dict[str, Any], why: str | None, *, later: bool
) -> None:
    from kg import verdicts
    from kg.project import Project

    with Project.open(chosen.store) as project:
        with project.store() as store:
            statement, new = verdicts.on_claim(project, chosen, store, asked, values, why=why)
        say(f"{paint('correct' if values else 'reject', 'bold')} {statement.id}  {safe(str(statement))}")
        apply(project, chosen, new=new, later=later)


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
    from kg import verdicts
    from kg.project import Project

    chosen = settings(store=store, format=format)
    with Project.open(chosen.store) as project:
        found = verdicts.decisions_of(project)
    if row_layout(chosen.format, None) == "table":
        for each in found:
            say(f"{paint(each.kind, 'bold')} {safe(each.about)}{f'  {safe(each.says)}' if each.says else ''}")
            for title, text in (("was", each.was), ("why", each.why)):
                if text:
                    say(wrap(f"{title}: {safe(text)}", indent="       ", first="  "))
        tell("" if found else "Nothing is decided yet.")
        return
    import pyoxigraph as ox

    from kg.graph.rows import Rows

    cells = tuple(
        tuple(ox.Literal(cell or "") for cell in (each.kind, each.about, each.says, each.was, each.why))
        for each in found
    )
    write_table(Rows(("decision", "about", "what", "was", "why"), cells), chosen.format, None)
