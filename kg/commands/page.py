"""``kg graph``: the interactive page."""

# ruff: noqa: FBT002, PLC0415  (options are typer's parameters; heavy things are imported late)

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.options import SourceOption, folder_of, open_copy, opened, settings, to_terminal
from kg.errors import InputError, UsageError
from kg.report import tell

if TYPE_CHECKING:
    from pyoxigraph import Store


def graph(
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE",
            help="A file of RDF (.ttl .nt .jsonld .rdf) in the place of the project; - is standard input.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="The file to write, as graph.html; - is standard output."
        ),
    ] = None,
    title: Annotated[
        str, typer.Option("--title", metavar="TEXT", help="The heading of the page.")
    ] = "Knowledge graph",
    open_page: Annotated[
        bool, typer.Option("--open", help="Open the page in the browser; without -o, one beside the graph.")
    ] = False,
    store: SourceOption = None,
) -> None:
    """Make the interactive page, one offline HTML file.

    The graph is that of the project, or of a file, or of a CONSTRUCT query: kg query ... | kg graph -
    """
    if source is not None and store is not None:
        raise UsageError("give a file or --store, not both", hint="kg graph FILE, or kg graph --store DIR")
    target = _target(output, store, open_page=open_page)
    html = _html(source, store, title).encode()
    with opened(target) as out:
        out.write(html)
    if target is not None and str(target) != "-":
        tell(f"{target}  {len(html) / 1e6:.1f} MB")
        if open_page:
            _open(target)


def _html(source: str | None, store: str | None, title: str) -> str:
    from kg.api import quads
    from kg.graph.page import render

    if source is not None:
        return render(_given(source), title=title)
    with open_copy(store) as found:
        return render(quads(found), title=title)


def _given(source: str) -> "Store":
    """Give the graph of a file, or of standard input."""
    from kg.graph.page_plain import store_of
    from kg.rdffile import read_rdf, read_rdf_stream

    where = "standard input" if source == "-" else source
    read = read_rdf_stream(sys.stdin.buffer, where) if source == "-" else read_rdf(Path(source))
    triples = tuple(read)
    if not triples:
        hint = "Give what kg export wrote, or the answer of a CONSTRUCT query: kg query … | kg graph -"
        raise InputError("holds no triples", where=where, hint=hint)
    return store_of(triples)


def _target(output: Path | None, store: str | None, *, open_page: bool) -> Path | None:
    """Choose where the page goes: where asked, else a pipe, else the cache of the project to be looked at."""
    if output is not None:
        if open_page and str(output) == "-":
            raise UsageError("a page on standard output cannot be opened", hint="Name a file: -o graph.html")
        return output
    if open_page:
        from kg.project import Project

        with Project.open(settings(store=folder_of(store)).store) as project:
            return project.cache / "graph.html"
    if to_terminal(None):
        raise UsageError(
            "the page is HTML, which a terminal cannot show",
            hint="Name a file: kg graph -o graph.html; or --open.",
        )
    return None


def _open(page: Path) -> None:
    import webbrowser

    if not webbrowser.open(page.resolve().as_uri()):
        tell("No browser could be started; open the file by hand.", file_hint(page))


def file_hint(page: Path) -> str:
    """Give the address of a page for a browser."""
    return f"  {page.resolve().as_uri()}"
