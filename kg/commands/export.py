"""``kg export``: the graph as a file."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.options import OutOption, StoreOption, open_store
from kg.errors import UnknownNameError
from kg.report import plural, tell

if TYPE_CHECKING:
    from kg.graph.store import EmbeddedStore


def export(
    output: OutOption = None,
    format: Annotated[  # noqa: A002
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="turtle nt jsonld rdfxml csv graphml rdf12. Default: by file name, else turtle.",
        ),
    ] = None,
    view_only: Annotated[
        bool, typer.Option("--view-only", help="Only the plain facts, without claims and quotes.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Write the whole graph, the ontology included; equal graphs give equal bytes."""
    from kg import registry  # noqa: PLC0415
    from kg.graph import export as exports  # noqa: PLC0415

    layout = None if format in {None, "auto"} else format
    if layout is not None and layout not in (known := registry.names("exporter")):
        raise UnknownNameError("format", layout, known)
    with open_store(store) as opened:
        triples = _view(opened) if view_only else list(opened.triples())
    chosen = exports.export(triples, output, layout=layout)
    sys.stdout.flush()
    if output is not None and str(output) != "-":
        tell(f"{output}  {plural(len(triples), 'triple')} as {chosen}")


def _view(store: "EmbeddedStore") -> list:  # type: ignore[type-arg]
    from kg.graph.query import named_query  # noqa: PLC0415

    answer = store.query(named_query("export-view-only").text)
    assert isinstance(answer, tuple)
    return list(answer)
