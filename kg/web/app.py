"""The site put together: the pages, the endpoint, the files beside them, and the fence around all.

Pages are plain functions of a request (Starlette runs those that are not ``async`` in threads); they
read the graph with ``site.reading()``, raise errors of ``kg.errors`` and leave the answer to them to
``kg.web.errors``. Files in ``kg/web/static`` are served under ``/static/``.
"""

from __future__ import annotations

from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anyio import create_task_group, sleep, to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from kg.errors import KGError
from kg.web import editor, gallery, pages, protocol
from kg.web.errors import on_http_error, on_kg_error
from kg.web.fence import Fence
from kg.web.library import Library
from kg.web.pace import Counted, Pace
from kg.web.pool import Pool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from kg.web.site import Site

THREADS = 8
"""How many pages are made at the same time. More would take the interpreter from each other, and some wait long."""

LOOKS_EVERY = 0.5
"""In seconds: how often it is looked whether a build has put another graph in force, so that its pages are made before
anybody asks for them."""

STATIC = Path(__file__).with_name("static")


def make_app(
    site: Site, *, host: str = "127.0.0.1", settled: Callable[[], object] = lambda: None
) -> Starlette:
    """Make the site as an ASGI application; ``host`` is what it is listened for on, and answers to besides localhost.

    ``settled`` is called when what the pages need of a new graph has been made, which then stays for long.
    """
    pace = Pace()
    library = Library(site, pace, settled)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[dict[str, Any]]:
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        with Pool(site) as pool:
            async with create_task_group() as tasks:
                tasks.start_soon(_keep_up, library)
                yield {"pool": pool}
                tasks.cancel_scope.cancel()
        site.close()

    app = Starlette(
        routes=[
            *pages.routes(library),
            *protocol.routes(site),
            *editor.routes(site),
            *gallery.routes(site),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(Counted, pace=pace), Middleware(Fence, host=host)],
        exception_handlers={KGError: on_kg_error, HTTPException: on_http_error},
        lifespan=lifespan,
    )
    app.state.title = site.title  # for the pages that tell of errors
    return app


async def _keep_up(library: Library) -> None:
    """Have the pages of each new graph made as soon as it is in force."""
    while True:
        with suppress(KGError):  # there is no graph for the moment; who asks for a page is told
            await to_thread.run_sync(library.edition)
        await sleep(LOOKS_EVERY)
