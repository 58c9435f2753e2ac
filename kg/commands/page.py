"""``kg graph``: the interactive page."""

# ruff: noqa: FBT002, PLC0415  (options are typer's parameters; heavy things are imported late)

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from kg.commands.declare import Argument, Option
from kg.commands.options import SourceOption, folder_of, open_copy, opened, settings, to_terminal
from kg.errors import InputError, UsageError
from kg.report import tell

if TYPE_CHECKING:
    from pyoxigraph import Store, Triple


def graph(
    source: Annotated[
        str | None,
        Argument(
            metavar="FILE",
            help="A file of RDF (.ttl .nt .jsonld .rdf) in the place of the project; - is standard input.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        Option(
            "-o", "--output", metavar="FILE", help="The file to write, as graph.html; - is standard output."
        ),
    ] = None,
    title: Annotated[
        str, Option("--title", metavar="TEXT", help="The heading of the page.")
    ] = "Knowledge graph",
    open_page: Annotated[
        bool, Option("--open", help="Open the page in the browser; without -o, one beside the graph.")
    ] = False,
    since: Annotated[
        str | None,
        Option("--since", metavar="DAY", help="Mark what the articles of this day and later changed."),
    ] = None,
    compare: Annotated[
        Path | None,
        Option(
            "--compare",
            metavar="OTHER",
            help="Mark what has changed since OTHER: an earlier project folder, or a file kg export wrote.",
        ),
    ] = None,
    store: SourceOption = None,
) -> None:
    """Make the interactive page, one offline HTML file.

    The graph is that of the project, or of a file, or of a CONSTRUCT query: kg query ... | kg graph -
    """
    if source is not None and store is not None:
        raise UsageError("give a file or --store, not both", hint="kg graph FILE, or kg graph --store DIR")
    target = _target(output, store, open_page=open_page)
    if since is not None or compare is not None:
        html = _changes_html(source, store, title, since=since, other=compare).encode()
    else:
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


def _changes_html(
    source: str | None, store: str | None, title: str, *, since: str | None, other: Path | None
) -> str:
    from kg.graph.page import render_changes
    from kg.graph.page_changes import changes_between

    if since is not None and (other is not None or source is not None):
        hint = "--since reads the articles of the project; --compare takes another graph."
        raise UsageError("--since goes neither with --compare nor with a file", hint=hint)
    if since is not None:
        before, after = _since(since, store)
        compared = f"what the articles of {since} and later changed"
    else:
        assert other is not None
        from kg.comparing import read_graph

        before, after = read_graph(other), _now(source, store)
        compared = f"what has changed since {other.name}"
    return render_changes(changes_between(before, after, compared=compared), title=title)


def _since(day: str, store: str | None) -> "tuple[list[Triple], list[Triple]]":
    from kg.commands.diff import day_of
    from kg.comparing import graphs_since
    from kg.project import Project

    chosen = settings(store=folder_of(store))
    with Project.open(chosen.store) as project:
        return graphs_since(project, day_of(day), chosen)


def _now(source: str | None, store: str | None) -> "list[Triple]":
    from kg.contents import triples_of

    if source is not None:
        return list(_read(source))
    with open_copy(store) as found:
        return list(triples_of(found))


def _given(source: str) -> "Store":
    """Give the graph of a file, or of standard input."""
    from kg.graph.page_plain import store_of

    return store_of(_read(source))


def _read(source: str) -> "tuple[Triple, ...]":
    from kg.rdffile import read_rdf, read_rdf_stream

    where = "standard input" if source == "-" else source
    read = read_rdf_stream(sys.stdin.buffer, where) if source == "-" else read_rdf(Path(source))
    triples = tuple(read)
    if not triples:
        hint = "Give what kg export wrote, or the answer of a CONSTRUCT query: kg query … | kg graph -"
        raise InputError("holds no triples", where=where, hint=hint)
    return triples


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
