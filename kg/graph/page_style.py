"""How the graph page shows each kind, relation and status: ``ontology/view.ttl``, read once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VIEW = "https://w3id.org/diplomacy-kg/view#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"

Row = dict[str, str]
"""One line of the view file: the local names of its properties with their values."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A class with a colour and a shape of its own in the legend."""

    iri: str
    shape: str
    color: str
    dark: str
    plural: str
    role: str


@dataclass(frozen=True, slots=True)
class Relation:
    """How a property is worded, and what it does in the Actors view."""

    iri: str
    verb: str
    base: str
    tie: bool
    fold: bool
    unclaimed: str


@dataclass(frozen=True, slots=True)
class Status:
    """One way in which a fact can be said, and how its line looks."""

    name: str
    label: str
    means: str
    sign: str
    dash: tuple[int, ...]
    color: str
    dark: str
    rank: int


@dataclass(frozen=True, slots=True)
class Style:
    """The whole of the view file, each table in the order of the legend."""

    kinds: Mapping[str, Kind]
    relations: Mapping[str, Relation]
    statuses: Mapping[str, Status]
    changes: Mapping[str, Status]


def view_file() -> Path:
    """Give the view file: as installed, or of the checkout."""
    packed = Path(__file__).parents[1] / "_data" / "ontology" / "view.ttl"
    return packed if packed.is_file() else Path(__file__).parents[2] / "ontology" / "view.ttl"


def load_style(path: Path | None = None) -> Style:
    """Read the view file; raises DataError where it is absent, broken or incomplete."""
    source = view_file() if path is None else path
    rows = sorted(_rows(source).items(), key=lambda item: (int(item[1].get("order", "999")), item[0]))
    try:
        return Style(
            kinds={iri: _kind(iri, row) for iri, row in rows if "shape" in row},
            relations={iri: _relation(iri, row) for iri, row in rows if "verb" in row},
            statuses={iri.removeprefix(VIEW): _status(iri, row) for iri, row in rows if "means" in row},
            changes={iri.removeprefix(VIEW): _status(iri, row) for iri, row in rows if "tells" in row},
        )
    except KeyError as error:
        hint = "Every kind needs a shape, color and dark; every status a sign, dash and rank."
        raise DataError(f"view:{error.args[0]} is missing", where=str(source), hint=hint) from error


def _rows(path: Path) -> dict[str, Row]:
    from pyoxigraph import RdfFormat, parse  # noqa: PLC0415  (kg --help must not pay for it)

    rows: dict[str, Row] = {}
    try:
        for quad in parse(path=path, format=RdfFormat.TURTLE):
            if quad.predicate.value.startswith(VIEW) or quad.predicate.value == LABEL:
                name = quad.predicate.value.removeprefix(VIEW) if quad.predicate.value != LABEL else "label"
                rows.setdefault(quad.subject.value, {})[name] = quad.object.value
    except (OSError, SyntaxError) as error:
        raise DataError(str(error), where=str(path), hint="Restore ontology/view.ttl.") from error
    return rows


def _kind(iri: str, row: Row) -> Kind:
    return Kind(iri, row["shape"], row["color"], row["dark"], row.get("plural", ""), row.get("role", ""))


def _relation(iri: str, row: Row) -> Relation:
    tie, fold = (row.get(name) == "true" for name in ("tie", "fold"))
    return Relation(iri, row["verb"], row["base"], tie, fold, row.get("unclaimed", "background"))


def _status(iri: str, row: Row) -> Status:
    dash = tuple(int(length) for length in row["dash"].split())
    name = iri.removeprefix(VIEW)
    colors = row["color"], row["dark"]
    return Status(
        name, row["label"], row.get("means") or row["tells"], row["sign"], dash, *colors, int(row["rank"])
    )


def phrase(relation: Relation, modality: str, *, negated: bool) -> str:
    """Word a relation: ``leads``, ``is to lead``, ``may lead``, ``does not lead``."""
    base = relation.base
    if modality == "Expected":
        return f"is {'not ' if negated else ''}to {base}"
    if modality in {"Possible", "Conditional"}:
        return f"may {'not ' if negated else ''}{base}"
    if not negated:
        return relation.verb
    return f"is not {base[3:]}" if base.startswith("be ") else f"does not {base}"


def first(marks: Iterable[str], style: Style) -> str:
    """Choose the status that a fact with these marks is counted under."""
    order = list(style.statuses)
    return min(marks, key=order.index)
