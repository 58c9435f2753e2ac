"""``kg validate``: whether a graph keeps the rules."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.options import StoreOption, open_store
from kg.errors import UsageError
from kg.report import paint, plural, safe, tell, wrap

if TYPE_CHECKING:
    import pyoxigraph as ox


def validate(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A Turtle, N-Triples, JSON-LD or RDF/XML file.")
    ] = None,
    store: StoreOption = None,
    fast: Annotated[
        bool, typer.Option("--fast", help="Only the rules of ontology/checks, without the SHACL shapes.")
    ] = False,
) -> int:
    """Check the graph, or a file, against the shapes and rules; exit code 1 when it does not conform."""
    from kg.graph import check  # noqa: PLC0415

    if file is not None and store is not None:
        raise UsageError("give a file or --store, not both")
    triples = _of_store(store) if file is None else _of_file(file)
    report = check.check_rules(triples) if fast else check.validate(triples)
    for finding in report.results:
        by = f" {finding.path}" if finding.path else ""
        mark = paint(finding.severity, "red" if finding.severity == "violation" else "yellow")
        print(f"{mark}  {safe(finding.focus + by)}")
        print(wrap(f"{safe(finding.message)} [{finding.rule}]", indent="    "))
    verdict = "The graph conforms." if report.conforms else "The graph does not conform."
    tell(f"{plural(len(triples), 'triple')} checked, {plural(len(report.results), 'finding')}. {verdict}")
    return 0 if report.conforms else 1


def _of_store(store: Path | None) -> "list[ox.Triple]":
    with open_store(store) as opened:
        return list(opened.triples())


def _of_file(file: Path) -> "list[ox.Triple]":
    from kg.rdffile import read_rdf  # noqa: PLC0415

    return read_rdf(file)
