"""``kg validate``: whether a graph keeps the rules."""

# ruff: noqa: FBT002, PLC0415  (options are typer's parameters; heavy things are imported late)

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from kg.commands.declare import Argument, Option
from kg.commands.options import SourceOption, open_copy
from kg.errors import UsageError
from kg.report import paint, plural, safe, say, tell, wrap

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.graph.check import Finding


_EXAMPLES = 3


def validate(
    file: Annotated[
        Path | None, Argument(metavar="FILE", help="A Turtle, N-Triples, JSON-LD or RDF/XML file.")
    ] = None,
    store: SourceOption = None,
    fast: Annotated[
        bool, Option("--fast", help="Only the rules of ontology/checks, without the SHACL shapes.")
    ] = False,
    every: Annotated[bool, Option("--all", help="List every finding, not three of a kind.")] = False,
) -> int:
    """Check the graph, or a file, against the shapes and rules.

    The exit code is 1 when it does not conform. Findings of a kind are listed together.
    """
    from kg.graph import check

    if file is not None and store is not None:
        raise UsageError("give a file or --store, not both")
    triples = _of_store(store) if file is None else _of_file(file)
    report = check.check_rules(triples) if fast else check.validate(triples)
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in report.results:
        groups.setdefault((finding.severity, finding.rule), []).append(finding)
    for (severity, rule), findings in groups.items():
        _print_group(severity, rule, findings, len(findings) if every else _EXAMPLES)
    verdict = "The graph conforms." if report.conforms else "The graph does not conform."
    tell(f"{plural(len(triples), 'triple')} checked, {plural(len(report.results), 'finding')}. {verdict}")
    return 0 if report.conforms else 1


def _print_group(severity: str, rule: str, findings: "list[Finding]", most: int) -> None:
    mark = paint(severity, "red" if severity == "violation" else "yellow")
    say(f"{mark} {paint(rule, 'bold')}, {plural(len(findings), 'time')}")
    for finding in findings[:most]:
        say(wrap(safe(f"{finding.focus} {finding.path}".strip()), first="  ", indent="    "))
        say(wrap(safe(finding.message), indent="    "))
    if len(findings) > most:
        say(f"  … and {len(findings) - most:,} more: --all lists them")


def _of_store(store: str | None) -> "list[ox.Triple]":
    from kg.contents import triples_of

    with open_copy(store) as opened:
        return list(triples_of(opened))


def _of_file(file: Path) -> "list[ox.Triple]":
    from kg.rdffile import read_rdf

    return list(read_rdf(file))
