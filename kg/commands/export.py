"""``kg export``: the graph as a file."""

# ruff: noqa: A002, FBT002, PLC0415  (options are typer's parameters; heavy things are imported late)

import sys
from typing import TYPE_CHECKING, Annotated

from kg.commands.completion import exporters
from kg.commands.declare import Option
from kg.commands.options import OutOption, SourceOption, open_copy
from kg.errors import UnknownNameError
from kg.report import plural, tell

if TYPE_CHECKING:
    from kg.graph.store import EmbeddedStore


def export(
    output: OutOption = None,
    format: Annotated[
        str | None,
        Option(
            "--format",
            metavar="FORMAT",
            help="turtle nt jsonld rdfxml csv graphml, plover (event data: who did what to whom, as CSV), rdf12 (Turtle 1.2, the claims as reifiers), or webannotation (the quotes as W3C Web Annotations, in JSON-LD). Default: as the file ends, else turtle.",
            autocompletion=exporters,
        ),
    ] = None,
    view_only: Annotated[
        bool, Option("--view-only", help="Only the plain facts, without claims and quotes.")
    ] = False,
    store: SourceOption = None,
) -> None:
    """Write the graph to a file, the ontology included.

    Equal graphs give equal bytes. CSV holds every text as it is, also one that begins with = + - or @:
    in a spreadsheet, take the columns in as text.
    """
    from kg import registry
    from kg.contents import triples_of
    from kg.graph import export as exports

    layout = None if format in {None, "auto"} else format
    if layout is not None and layout not in (known := registry.names("exporter")):
        raise UnknownNameError("format", layout, known)
    with open_copy(store) as opened:
        triples = _view(opened) if view_only else list(triples_of(opened))
    chosen = exports.export(triples, output, layout=layout)
    sys.stdout.flush()
    if output is not None and str(output) != "-":
        tell(f"{output}  {plural(len(triples), 'triple')} as {chosen}")


def _view(store: "EmbeddedStore") -> list:  # type: ignore[type-arg]
    from kg.graph.query import named_query

    answer = store.query(named_query("export-view-only").text)
    assert isinstance(answer, tuple)
    return list(answer)
