"""Why reports are taken as one event: the reasons, and the names under which a decision can part them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import config, ingest
from kg.project import Project

if TYPE_CHECKING:
    from pathlib import Path

    from kg.model import Reason
    from kg.web.catalogue import Catalogue, Thing
    from kg.web.told import Source


@dataclass(frozen=True, slots=True)
class Report:
    """What one article has on an event: the name that ``decisions.toml`` takes, and the article."""

    name: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Why two reports are taken as one event, for people."""

    shared: tuple[tuple[str, tuple[Thing | str, ...]], ...]
    """In what they agree, with the things; the name alone of what has no page."""
    why: str


@dataclass(frozen=True, slots=True)
class Merged:
    """An event that several reports tell of, with the reasons for taking them as one."""

    path: str
    label: str
    thing: Thing | None
    reports: tuple[Report, ...]
    reasons: tuple[Agreement, ...]


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
            tuple(_agreement(book, reason) for reason in event.reasons),
        )
        for event in content.events
        if len(event.members) > 1 and event.reasons
    ]
    return tuple(sorted(found, key=lambda each: (each.label, each.path)))


def _agreement(book: Catalogue, reason: Reason) -> Agreement:
    return Agreement(
        tuple((name, tuple(_called(book, path) for path in paths)) for name, paths in reason.shared),
        reason.why,
    )


def _called(book: Catalogue, path: str) -> Thing | str:
    """Give a thing by its path; of one that is not in the graph the name is all that is known."""
    return book.thing(book.base + path) or path.rpartition("/")[2].replace("-", " ")
