"""News about talks and conflicts as an evidenced knowledge graph.

>>> import kg
>>> graph = kg.build(["articles/"])  # or kg.open("kg-store")
>>> graph.query("who-led-which-delegation")
>>> graph.show("graph.html")
"""

from __future__ import annotations

TYPE_CHECKING = False  # that of typing, which takes longer to load than Ctrl-C should be out of order
if TYPE_CHECKING:
    from typing import Any

    from kg.api import Graph as Graph
    from kg.api import build as build
    from kg.api import open_store as open  # noqa: A004  (reads well as kg.open)
    from kg.api import queries as queries
    from kg.byhand import ProjectGraph as ProjectGraph
    from kg.errors import KGError as KGError

    __version__: str

__all__ = ["Graph", "KGError", "ProjectGraph", "__version__", "build", "open", "queries"]

_PLACES = {
    "Graph": ("kg.api", "Graph"),
    "KGError": ("kg.errors", "KGError"),
    "ProjectGraph": ("kg.api", "ProjectGraph"),
    "build": ("kg.api", "build"),
    "open": ("kg.api", "open_store"),
    "queries": ("kg.api", "queries"),
    "__version__": ("kg.versions", "PACKAGE"),
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: ``import kg`` itself costs nothing."""
    from importlib import import_module  # noqa: PLC0415

    if name not in _PLACES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    module, attribute = _PLACES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    """List the names that are there to be used."""
    return sorted(__all__)
