"""``kg graph``: the interactive page."""

# ruff: noqa: FBT002, PLC0415  (options are typer's parameters; heavy things are imported late)

from pathlib import Path
from typing import Annotated

import typer

from kg.commands.options import SourceOption, folder_of, open_copy, opened, settings, to_terminal
from kg.errors import UsageError
from kg.report import tell


def graph(
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
    """Make the interactive page, one offline HTML file."""
    target = _target(output, store, open_page=open_page)
    from kg.api import quads
    from kg.graph.page import render

    with open_copy(store) as found:
        html = render(quads(found), title=title).encode()
    with opened(target) as out:
        out.write(html)
    if target is not None and str(target) != "-":
        tell(f"{target}  {len(html) / 1e6:.1f} MB")
        if open_page:
            _open(target)


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
