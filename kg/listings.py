"""The listings that a graph gives: claims, contradictions, events by day, names, decisions, figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kg import display
from kg.answers import Conflict, Statement
from kg.chronicle import Happening
from kg.frames import Kind, Value
from kg.graph.query import NamedQuery
from kg.portrait import Fact, days_in_words
from kg.results import Field, Listing
from kg.review import Unknown
from kg.verdicts import Decided, Report

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.graph.binding import Param

_TEXT, _NUMBER, _DAY, _COUNT, _FLAG = Kind.TEXT, Kind.NUMBER, Kind.DAY, Kind.INTEGER, Kind.FLAG


def day(text: str | None) -> date | None:
    """Give a day that the graph tells as ``2025-05-16``; None where it tells none, or no such day."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        return None


def _of_passage(name: str) -> Callable[[Statement], str | None]:
    """Give what the first passage of a claim has under a name."""
    return lambda each: getattr(each.passages[0], name) if each.passages else None


class Claims(Listing[Statement]):
    """Claims: what one article reports, or a rule infers, with the sentences."""

    noun = "claim"
    fields = (
        ("claim", _TEXT, lambda each: each.id),
        ("subject", _TEXT, lambda each: each.subject_label),
        ("relation", _TEXT, lambda each: each.predicate),
        ("object", _TEXT, lambda each: each.object_label),
        ("modality", _TEXT, lambda each: each.modality),
        ("negated", _FLAG, lambda each: each.negated),
        ("speaker", _TEXT, lambda each: each.speaker),
        ("confidence", _NUMBER, lambda each: each.confidence),
        ("as_of", _DAY, lambda each: day(each.as_of)),
        ("rule", _TEXT, lambda each: each.rule),
        ("article", _TEXT, _of_passage("title")),
        ("publisher", _TEXT, _of_passage("publisher")),
        ("published", _DAY, lambda each: day(_of_passage("published")(each))),
        ("quote", _TEXT, _of_passage("quote")),
        ("url", _TEXT, _of_passage("url")),
        ("subject_iri", _TEXT, lambda each: each.subject),
        ("object_iri", _TEXT, lambda each: each.object),
    )

    def _line(self, each: Statement) -> str:
        return str(each)

    def _repr_html_(self) -> str:
        return display.claims_table(self.items, self.summary)


def _sides(name: str, value: Callable[[Statement], Value], kind: Kind = _TEXT) -> tuple[Field[Conflict], ...]:
    """Give a column for either side of a contradiction."""
    return (
        (f"one_{name}", kind, lambda pair: value(pair.one)),
        (f"other_{name}", kind, lambda pair: value(pair.other)),
    )


class Conflicts(Listing[Conflict]):
    """Contradictions: pairs of claims that cannot both hold. Which is right, the graph does not say."""

    noun = "contradiction"
    fields = (
        ("about", _TEXT, lambda pair: pair.about),
        *_sides("says", str),
        *_sides("speaker", lambda each: each.speaker),
        *_sides("article", _of_passage("title")),
        *_sides("publisher", _of_passage("publisher")),
        *_sides("published", lambda each: day(_of_passage("published")(each)), _DAY),
        *_sides("quote", _of_passage("quote")),
        *_sides("claim", lambda each: each.id),
    )

    def _line(self, each: Conflict) -> str:
        return str(each)

    def _repr_html_(self) -> str:
        found = (display.conflict_table(pair) for pair in self.items[: display.SHOWN])
        return display.block(f"<p>{self.summary}</p>", *found, display.more(len(self.items)))


class Timeline(Listing[Happening]):
    """Events by day, the undated last. ``status`` tells how far each came: planned, held, refused and so on."""

    noun = "event"
    fields = (
        ("event", _TEXT, lambda each: each.label),
        ("kind", _TEXT, lambda each: each.kind),
        ("status", _TEXT, lambda each: each.status),
        ("earliest", _DAY, lambda each: day(each.earliest)),
        ("latest", _DAY, lambda each: day(each.latest)),
        ("date", _TEXT, lambda each: each.when),
        ("place", _TEXT, lambda each: each.place),
        ("who", _TEXT, lambda each: "; ".join(each.who) or None),
        ("iri", _TEXT, lambda each: each.iri),
    )

    def _repr_html_(self) -> str:
        columns = ("when", "event", "kind", "status", "place", "states and bodies")
        rows = (
            [
                display.text(days(each) or "undated"),
                display.text(each.label),
                display.text(each.kind),
                display.tag(each.status) if each.status is not None else "",
                display.value(each.place),
                display.value(", ".join(each.who)),
            ]
            for each in self.items[: display.SHOWN]
        )
        return display.block(
            display.table(columns, rows, caption=self.summary), display.more(len(self.items))
        )


def days(each: Happening) -> str | None:
    """Word when an event is; a span by different accounts says so."""
    return days_in_words(each.when, each.earliest, each.latest)


class Facts(Listing[Fact]):
    """What is said of a thing, fact by fact."""

    noun = "fact"
    fields = (
        ("subject", _TEXT, lambda each: each.subject_label),
        ("relation", _TEXT, lambda each: each.predicate),
        ("object", _TEXT, lambda each: each.object_label),
        ("says", _TEXT, lambda each: f"{each.subject_label} {each.verb} {each.object_label}"),
        ("basis", _TEXT, lambda each: each.basis),
        ("modality", _TEXT, lambda each: each.statements[0].modality if each.statements else None),
        ("negated", _FLAG, lambda each: each.statements[0].negated if each.statements else None),
        ("status", _TEXT, lambda each: each.status),
        ("sources", _COUNT, lambda each: each.sources),
        ("speakers", _TEXT, lambda each: "; ".join(each.speakers) or None),
        ("confidence", _NUMBER, lambda each: max((one.confidence for one in each.statements), default=None)),
        ("subject_iri", _TEXT, lambda each: each.subject),
        ("object_iri", _TEXT, lambda each: each.object),
    )


class UnknownNames(Listing[Unknown]):
    """Names in the articles that nothing known answers to, the most frequent first."""

    noun = "unknown name"
    fields = (
        ("name", _TEXT, lambda each: each.name),
        ("type", _TEXT, lambda each: each.type.removeprefix("dip:").lower()),
        ("mentions", _COUNT, lambda each: each.mentions),
        ("articles", _COUNT, lambda each: len(each.articles)),
        ("offices", _TEXT, lambda each: "; ".join(each.offices) or None),
        ("country", _TEXT, lambda each: each.country),
        (
            "perhaps",
            _TEXT,
            lambda each: "; ".join(f"{c.entity.label} ({c.why})" for c in each.candidates) or None,
        ),
        ("sentence", _TEXT, lambda each: each.sample),
    )


class Reports(Listing[Report]):
    """What each article tells of each event; of several reports of one event, why they are taken as one."""

    noun = "report"
    fields = (
        ("event", _TEXT, lambda each: each.event),
        ("report", _TEXT, lambda each: each.name),
        ("article", _TEXT, lambda each: each.article),
        ("published", _DAY, lambda each: day(each.published)),
        ("sentence", _TEXT, lambda each: each.words),
        ("why", _TEXT, lambda each: "; ".join(each.why) or None),
    )


class Decisions(Listing[Decided]):
    """What was decided by hand; it holds on every build."""

    noun = "decision"
    fields = (
        ("decision", _TEXT, lambda each: each.kind),
        ("about", _TEXT, lambda each: each.about),
        ("says", _TEXT, lambda each: each.says),
        ("was", _TEXT, lambda each: each.was),
        ("why", _TEXT, lambda each: each.why),
    )


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure of how well articles are read; None for what it does not have. docs/evaluation.md says what each counts."""

    figure: str
    gold: int | None = None
    read: int | None = None
    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    share: float | None = None


class Marks(Listing[Mark]):
    """How well the articles of a gold file are read."""

    noun = "figure"
    fields = (
        ("figure", _TEXT, lambda each: each.figure),
        ("gold", _COUNT, lambda each: each.gold),
        ("read", _COUNT, lambda each: each.read),
        ("precision", _NUMBER, lambda each: each.precision),
        ("recall", _NUMBER, lambda each: each.recall),
        ("f1", _NUMBER, lambda each: each.f1),
        ("share", _NUMBER, lambda each: each.share),
    )


class Questions(Listing[NamedQuery]):
    """The questions that have a name, with the values that each takes."""

    noun = "question"
    fields = (
        ("name", _TEXT, lambda each: each.name),
        ("question", _TEXT, lambda each: each.question),
        ("takes", _TEXT, lambda each: ", ".join(_param(one) for one in each.params) or None),
    )


def _param(one: Param) -> str:
    return one.name if one.optional else f"{one.name} (needed)"
