"""``kg serve``: the graph as a site, with a SPARQL endpoint."""

# ruff: noqa: FBT002, PLC0415  (options are typer's parameters; heavy things are imported late)

import ipaddress
from typing import TYPE_CHECKING, Annotated

from kg.commands.declare import Option
from kg.commands.options import StoreOption, settings
from kg.errors import UsageError
from kg.report import tell

if TYPE_CHECKING:
    from kg.config import Settings
    from kg.web.site import Site


def serve(
    store: StoreOption = None,
    host: Annotated[
        str, Option("--host", metavar="ADDRESS", help="Where to listen. Default: only this machine.")
    ] = "127.0.0.1",
    port: Annotated[
        int, Option("--port", metavar="PORT", min=0, max=65535, help="Default: 8000; 0: any free one.")
    ] = 8000,
    open_page: Annotated[bool, Option("--open", help="Open the site in the browser.")] = False,
    title: Annotated[
        str, Option("--title", metavar="TEXT", help="The heading of the pages.")
    ] = "Knowledge graph",
    limit_seconds: Annotated[
        float | None,
        Option("--limit-seconds", metavar="SECONDS", help="How long a query may take. Default: 30."),
    ] = None,
) -> None:
    """Serve the graph as a site, with a SPARQL endpoint at /sparql.

    Nothing can be changed through it. It shows what kg build has made as soon as that is done. Ctrl-C ends it.

    It needs: pip install 'diplomacy-kg[web]'
    """
    chosen = settings(store=store, limit_seconds=limit_seconds)
    _require_web()
    from kg.web.run import address, listen, make_server

    site = _site(chosen, title)
    with listen(host, port) as listening:
        tell(f"{title}: {address(listening)}  (Ctrl-C ends it)")
        if not _is_loopback(listening.getsockname()[0]):
            tell("Everybody who can reach this machine can read the graph and the texts of its articles.")
        if open_page:
            _open(address(listening))
        try:
            make_server(site, host=host).run(sockets=[listening])
        except KeyboardInterrupt:  # the way to end a server
            tell("ended")


def _require_web() -> None:
    try:
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        hint = "Install it: pip install 'diplomacy-kg[web]'"
        raise UsageError("kg serve needs starlette and uvicorn", hint=hint) from error


def _site(chosen: "Settings", title: str) -> "Site":
    """Give the site of a project folder that has a graph."""
    from kg.project import Project
    from kg.web.site import Site

    with Project.open(chosen.store) as project:
        site = Site(project.folder, title, chosen.limit_seconds, chosen.graph, chosen.base)
    site.version()
    return site


def _is_loopback(host: str) -> bool:
    return ipaddress.ip_address(host.partition("%")[0]).is_loopback


def _open(url: str) -> None:
    import webbrowser

    if not webbrowser.open(url):
        tell("No browser could be started; open the address by hand.")
