"""Why reports are taken as one event: the reasons, and the names under which a decision can part them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import config, ingest
from kg.project import Project

if TYPE_CHECKING:
    from pathlib import Path

    from kg.web.catalogue import Catalogue, Source, Thing


@dataclass(frozen=True, slots=True)
class Report:
    """What one article has on an event: the name that ``decisions.toml`` takes, and the article."""

    name: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Merged:
    """An event that several reports tell of, with the reasons for taking them as one."""

    path: str
    label: str
    thing: Thing | None
    reports: tuple[Report, ...]
    reasons: tuple[str, ...]


def merged(folder: Path, book: Catalogue) -> tuple[Merged, ...]:
    """Give the events that several reports make, by name.

    The graph does not keep the reasons, so its content is worked out from the readings once more.

    Raises:
        StoreError: the folder or a reading in it cannot be used.
    """
    settings = config.load(folder=folder, environ={}, explicit={"store": folder})
    with Project.open(folder) as project:
        names = {reading.article.sha256: reading.article.id for reading in project.readings()}
        content = ingest.content_of(project, settings, wanted=lambda _: True)
    sources = {each.sha256: each for thing in book.of("article") if (each := book.source(thing.iri))}
    found = [
        Merged(
            event.path,
            event.label,
            book.thing(book.base + event.path),
            tuple(Report(f"{names.get(sha, sha)}#{key}", sources.get(sha)) for sha, key in event.members),
            event.reasons,
        )
        for event in content.events
        if len(event.members) > 1 and event.reasons
    ]
    return tuple(sorted(found, key=lambda each: (each.label, each.path)))
