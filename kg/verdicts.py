"""What a user decides about names, claims and events: made sure that it fits, then written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import decide
from kg.errors import DataError, UnknownNameError, UsageError
from kg.graph.decisions import MODALITIES, parse_decisions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.answers import Statement
    from kg.config import Settings
    from kg.graph.store import Store
    from kg.kb import KnowledgeBase
    from kg.project import Project
    from kg.review import Unknown


@dataclass(frozen=True, slots=True)
class Report:
    """What one article tells of an event: the name that a decision takes, and why it is taken for that event."""

    event: str
    path: str
    """Of the event, below the base of all names."""
    name: str
    article: str
    published: str | None
    words: str
    """The sentence that tells of it first."""
    why: tuple[str, ...]
    """Why the reports of the event are taken as one; empty where there is only one."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that holds on every build."""

    kind: str
    about: str
    says: str
    was: str | None
    why: str | None


def known(project: Project, settings: Settings) -> KnowledgeBase:
    """Give all that is known to a project: what is shipped, what the settings add, and its own tables."""
    from kg.kb import KnowledgeBase  # noqa: PLC0415  (to ask a graph needs none of it)
    from kg.kb_user import own_tables  # noqa: PLC0415  (as above)

    return KnowledgeBase.load(*settings.kb, *own_tables(project.folder))


def unknown(project: Project, settings: Settings) -> tuple[Unknown, ...]:
    """Give the names in the articles of a project that nothing known answers to, the most frequent first."""
    from kg.review import unknown_names  # noqa: PLC0415  (as above)

    ignored = parse_decisions(decide.read_text(project), where=str(project.decisions)).ignored
    return unknown_names(project.readings(), known(project, settings), ignored=ignored)


def on_claim(
    project: Project,
    settings: Settings,
    store: Store,
    asked: str,
    values: Mapping[str, object],
    *,
    why: str | None,
) -> tuple[Statement, bool]:
    """Reject a claim, or correct it where values are given; give the claim, and whether that is new.

    Raises:
        UsageError: there is no such claim, or what is said of it does not fit, or is decided otherwise already.
        UnknownNameError: there is no such modality.
    """
    modality = values.get("modality")
    if modality is not None and modality not in MODALITIES:
        raise UnknownNameError("modality", str(modality), MODALITIES)
    statement = decide.find_claim(store, asked)
    entry = {"claim": statement.id, **values, "was": str(statement)}
    entry |= {"why": why} if why is not None and why.strip() else {}
    kind = "correct" if values else "reject"

    def check(path: Path) -> None:
        _try_claim(project, settings, statement, path)

    return statement, decide.decide(project, kind, entry, check=check)


def _try_claim(project: Project, settings: Settings, statement: Statement, path: Path) -> None:
    """Apply the decisions to the article of the claim alone, to see whether they fit."""
    from kg.graph.amend import amended  # noqa: PLC0415  (as above)
    from kg.graph.identity import document_path  # noqa: PLC0415  (as above)
    from kg.vocab import Vocabulary  # noqa: PLC0415  (as above)

    decided = parse_decisions(path.read_text(encoding="utf-8"), where=str(path))
    document = statement.document or ""
    readings = (one for one in project.readings() if document.endswith(document_path(one.article)))
    try:
        for _ in amended(readings, decided, known(project, settings), Vocabulary.load(), where=str(path)):
            pass
    except DataError as error:
        raise UsageError(error.what, where=f"claim {statement.id}", hint=error.hint) from error


def on_name(
    project: Project, settings: Settings, name: str, verdicts: Mapping[str, str | bool], *, why: str | None
) -> tuple[dict[str, object], bool]:
    """Decide what a name stands for; give the decision as it is written, and whether it is new.

    Raises:
        UsageError: not one thing is said of it, or it does not fit, or something else is decided already.
        UnknownNameError: there is no such type.
    """
    if len(verdicts) != 1:
        hint = "Give one of same_as, new, ignore and never_merge."
        raise UsageError("say one thing of the name", hint=hint)
    values = {"name": " ".join(name.split()), **dict(_resolved(verdicts, project, settings))}
    values |= {"why": why} if why is not None and why.strip() else {}

    def check(path: Path) -> None:
        _try_names(project, settings, path)

    return values, decide.decide(project, "entity", values, check=check)


def _resolved(
    verdicts: Mapping[str, str | bool], project: Project, settings: Settings
) -> Iterator[tuple[str, object]]:
    """Put keys in the place of the names of known things, so that a decision stays clear."""
    from kg.kb_user import find_entity, kind_named  # noqa: PLC0415  (as above)

    for verdict, value in verdicts.items():
        if verdict in {"same_as", "never_merge"}:
            yield verdict, find_entity(known(project, settings), str(value)).key
        else:
            yield verdict, kind_named(str(value)) if verdict == "new" else value


def _try_names(project: Project, settings: Settings, path: Path) -> None:
    """See whether the decisions fit what is known."""
    from kg.kb_user import settle  # noqa: PLC0415  (as above)

    entities = parse_decisions(path.read_text(encoding="utf-8"), where=str(path)).entities
    try:
        settle(project.folder, entities, *settings.kb, where=str(path))
    except DataError as error:
        raise UsageError(error.what, hint=error.hint) from error


def on_events(
    project: Project, settings: Settings, reports: tuple[str, str], *, same: bool, why: str | None
) -> bool:
    """Decide that two reports tell of one event, or of two; tell whether that is new.

    Raises:
        UnknownNameError: there is no such report.
        UsageError: they are one and the same report, or the contrary is decided already.
    """
    names = {each.name for each in reports_of(project, settings)}
    for report in reports:
        if report not in names:
            raise UnknownNameError("report of an event", report, names)
    if reports[0] == reports[1]:
        raise UsageError(f"{reports[0]!r} is one report", hint="Give two: reports() lists them.")
    values: dict[str, object] = {"events": sorted(reports)}
    values |= {"why": why} if why is not None and why.strip() else {}
    return decide.decide(project, "same" if same else "different", values)


def reports_of(project: Project, settings: Settings) -> tuple[Report, ...]:
    """Give what each article tells of each event, event by event, those told most often first.

    The graph does not keep the reasons, so its content is worked out from the readings once more.
    """
    from kg import ingest  # noqa: PLC0415  (as above)

    readings = {reading.article.sha256: reading for reading in project.readings()}
    events = ingest.content_of(project, settings, wanted=lambda _: True).events
    found = []
    for event in sorted(events, key=lambda each: (-len(each.members), each.label, each.path)):
        for sha256, key in event.members:
            article = readings[sha256].article
            told = min(
                (one.evidence for one in readings[sha256].event_mentions if one.key == key),
                key=lambda s: s.start,
            )
            found.append(
                Report(
                    event.label,
                    event.path,
                    f"{article.id}#{key}",
                    article.title or article.id,
                    article.published.isoformat() if article.published is not None else None,
                    " ".join(article.text[told.start : told.end].split()),
                    tuple(map(str, event.reasons)) if len(event.members) > 1 else (),
                )
            )
    return tuple(found)


def decisions_of(project: Project) -> tuple[Decided, ...]:
    """Give all decisions of a project, in the order of their kinds."""
    return tuple(_decided(kind_, entry) for kind_, entry in decide.listed(project))


def _decided(kind_: str, entry: Mapping[str, object]) -> Decided:
    about = {"same": "events", "different": "events", "entity": "name"}.get(kind_, "claim")
    value = entry[about]
    said = {name: told for name, told in entry.items() if name not in {about, "was", "why"}}
    says = ", ".join(
        f"{name} = {told if not isinstance(told, bool) else str(told).lower()}" for name, told in said.items()
    )
    named = " = ".join(map(str, value)) if isinstance(value, list) else str(value)
    was, why = (None if entry.get(name) is None else str(entry[name]) for name in ("was", "why"))
    return Decided(kind_, named, says, was, why)
