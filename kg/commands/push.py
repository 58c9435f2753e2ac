"""``kg push``: the graph of the project, written to a SPARQL endpoint."""

# ruff: noqa: FBT002, PLC0415  (options are typer's parameters; heavy things are imported late)

from typing import TYPE_CHECKING, Annotated

from kg.commands.declare import Argument, Option
from kg.commands.options import StoreOption, connect, graph_of, settings
from kg.errors import UsageError
from kg.report import Progress, plural, tell

if TYPE_CHECKING:
    from kg.push import Pushed, Target
    from kg.sparql import Addresses


def push(  # noqa: PLR0913, PLR0917  (as many as there are options)
    url: Annotated[
        str | None,
        Argument(metavar="URL", help="Where whole graphs are taken (SPARQL Graph Store Protocol)."),
    ] = None,
    update: Annotated[
        str | None,
        Option(
            "--update",
            metavar="URL",
            help="Where updates are taken. With it the new graph takes the place of the old in one step; URL is then not needed.",
        ),
    ] = None,
    query: Annotated[
        str | None,
        Option("--query", metavar="URL", help="Where queries are answered, to count what arrived."),
    ] = None,
    graph: Annotated[
        str | None,
        Option(
            "--graph",
            metavar="IRI",
            help="The graph to write, or default. Default: that of the settings.",
            show_default=False,
        ),
    ] = None,
    replace: Annotated[
        bool, Option("--replace", help="Write also over a graph that is not one of kg push.")
    ] = False,
    batch: Annotated[
        int | None,
        Option(
            "--batch",
            metavar="N",
            min=1,
            help="Triples in a request. Default: 10000, by --update alone 1000.",
        ),
    ] = None,
    deadline: Annotated[
        float, Option("--deadline", metavar="SECONDS", min=0.1, help="When to stop. Default: 600.")
    ] = 600.0,
    dry_run: Annotated[bool, Option("--dry-run", help="Say what would be sent, and send nothing.")] = False,
    store: StoreOption = None,
) -> None:
    """Write the graph to a SPARQL endpoint.

    The graph there is then equal to that of the project: what is gone here is taken away there. Only a
    graph that is empty or was pushed before is replaced. A run that was interrupted is run again.

    Credentials are taken from KG_REMOTE_USER and KG_REMOTE_PASSWORD, or KG_REMOTE_TOKEN, or the file that
    the setting credentials names; never from the address.
    """
    from kg.contents import triples_of
    from kg.project import Project
    from kg.push import push as run
    from kg.sparql import Addresses

    chosen = settings(store=store, graph=graph)
    addresses = Addresses(query=query, update=update, data=url)
    target = _target(addresses, graph_of(chosen.graph), batch, replace=replace)
    with Project.open(chosen.store) as project:
        connection = connect(addresses, chosen, deadline=deadline)
        with project.store() as opened:
            triples = list(triples_of(opened))
        if dry_run:
            tell(f"{_place(target)} would get {plural(len(triples), 'triple')}; nothing was sent")
            return
        progress = Progress(quiet=False)
        try:
            done = run(triples, connection, target, cache=project.cache, note=progress.note)
        finally:
            progress.clear()
    _tell_done(done, target)


def _target(addresses: "Addresses", graph: str | None, batch: int | None, *, replace: bool) -> "Target":
    from kg.push import BATCH_OF_DATA, BATCH_OF_UPDATE, Target

    if addresses.update is None and addresses.data is None:
        hint = "Name where whole graphs are taken, or where updates are: --update URL"
        raise UsageError("there is no address to push to", hint=hint)
    usual = BATCH_OF_UPDATE if addresses.data is None else BATCH_OF_DATA
    return Target(graph, usual if batch is None else batch, replace)


def _place(target: "Target") -> str:
    return "the default graph" if target.graph is None else target.graph


def _tell_done(done: "Pushed", target: "Target") -> None:
    said = f"{_place(target)}  {plural(done.triples, 'triple')}"
    if done.unchanged:
        tell(f"{said}, as before")
        return
    remarks = [plural(done.requests, "request")]
    if done.resumed:
        remarks.append(f"went on after {plural(done.resumed, 'batch', 'batches')} of a run before")
    remarks.append("counted there" if done.counted else "not counted there")
    tell(f"{said}, {', '.join(remarks)}")
