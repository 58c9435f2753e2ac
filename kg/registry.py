"""Names of linkers, extractors, exporters and stores, and where they live; nothing is imported before it is asked for."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import DataError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Mapping

BUILT_IN: Mapping[str, Mapping[str, str]] = {
    "exporter": {
        "turtle": "kg.graph.export:turtle",
        "nt": "kg.graph.export:ntriples",
        "jsonld": "kg.graph.export:jsonld",
        "rdfxml": "kg.graph.export:rdfxml",
        "csv": "kg.graph.export:facts_csv",
        "plover": "kg.graph.plover:plover_csv",
        "graphml": "kg.graph.graphml:graphml",
        "rdf12": "kg.graph.export:rdf12",
        "webannotation": "kg.graph.annotations:web_annotations",
    },
    "store": {
        "embedded": "kg.graph.store:EmbeddedStore",
        "endpoint": "kg.graph.endpoint:EndpointStore",
    },
    "linker": {
        "kb": "kg.text.link:link",
    },
    "extractor": {
        "frames": "kg.text.extract:extract",
    },
}
"""Kind, name, and ``module:attribute`` of all that comes with the package."""


def names(kind: str) -> tuple[str, ...]:
    """List what is registered: first what comes with the package, then what other packages add."""
    own = tuple(BUILT_IN[kind])
    return own + tuple(sorted(set(_entry_points(kind)) - set(own)))


def find(kind: str, name: str) -> Any:
    """Import what is registered under the name.

    A name of the package's own wins; others are looked up among the entry points of the group
    ``kg.exporters`` (``kg.stores``, ``kg.linkers``, ``kg.extractors``) of the installed packages.

    Raises:
        UnknownNameError: nothing is.
        DataError: what is registered cannot be imported.
    """
    where = _place(kind, name)
    module, _, attribute = where.partition(":")
    try:
        return getattr(import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise DataError(f"the {kind} {name!r} cannot be loaded: {error}", where=where) from error


def digest_of(kind: str, name: str) -> str:
    """Give 8 hex digits of the code of what is registered under the name: all of its package, or its one module.

    Raises:
        UnknownNameError: nothing is.
        DataError: the code is not there.
    """
    from hashlib import sha256  # noqa: PLC0415  (only who has such a thing needs it)
    from importlib.util import find_spec  # noqa: PLC0415  (as above)

    where = _place(kind, name)
    spec = find_spec(where.partition(":")[0].partition(".")[0])
    if spec is None or spec.origin is None:
        raise DataError(f"the {kind} {name!r} cannot be found", where=where)
    start = Path(spec.origin)
    files = sorted(start.parent.rglob("*.py")) if spec.submodule_search_locations else [start]
    whole = sha256()
    for path in files:
        whole.update(sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:8]


def _place(kind: str, name: str) -> str:
    where = BUILT_IN[kind].get(name) or _entry_points(kind).get(name)
    if where is None:
        raise UnknownNameError(kind, name, names(kind))
    return where


def _entry_points(kind: str) -> dict[str, str]:
    # Reading the metadata of all packages takes longer than everything else here.
    from importlib.metadata import entry_points  # noqa: PLC0415

    return {point.name: point.value for point in entry_points(group=f"kg.{kind}s")}
