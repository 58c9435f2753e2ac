"""The events of a graph in the order of their days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.answers import rows
from kg.vocab import NS, Vocabulary

if TYPE_CHECKING:
    from kg.graph.store import Store
    from kg.naming import Named

_PARTS = "dip:participatesIn|dip:hosts|dip:mediates|dip:brokers|dip:observes|dip:guarantees|dip:performs"

_EVENTS = """SELECT DISTINCT ?e ?label ?when ?from ?to ?status WHERE {
  ?e a dip:Event ; rdfs:label ?label . %s
  OPTIONAL { ?e dip:edtf ?when } OPTIONAL { ?e dip:earliest ?from } OPTIONAL { ?e dip:latest ?to }
  OPTIONAL { ?e dip:status/rdfs:label ?status }
} ORDER BY ?e"""

_PLACES = """SELECT ?e ?l WHERE { ?e dip:location ?p . ?p rdfs:label ?l .
  FILTER NOT EXISTS { ?e dip:location ?finer . ?finer dip:locatedIn ?p } } ORDER BY ?e ?l"""

_WHO = (
    "SELECT DISTINCT ?e ?l WHERE { ?x " + _PARTS + " ?e ; rdfs:label ?l . "
    "FILTER NOT EXISTS { ?x a dip:Delegation } FILTER NOT EXISTS { ?x a dip:Person } } ORDER BY ?e ?l"
)

_KINDS = "SELECT ?e ?t WHERE { ?e a dip:Event ; a ?t . FILTER(?t != dip:Event) } ORDER BY ?e ?t"


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with its days, its status, its place and the states and bodies that have a part in it."""

    iri: str
    label: str
    kind: str
    when: str | None
    """The date as EDTF where the sources agree on one."""
    earliest: str | None
    latest: str | None
    status: str | None
    place: str | None
    who: tuple[str, ...]


def happenings(
    store: Store, *, actor: Named | None = None, since: str | None = None, until: str | None = None
) -> tuple[Happening, ...]:
    """Give the events by day, the undated last; with a bound, only those that may lie within it.

    Args:
        store: the graph.
        actor: only events in which this one has a part, in person or by a delegation.
        since: an ISO day.
        until: an ISO day.
    """
    pattern = (
        ""
        if actor is None
        else f"<{actor.iri}> (({_PARTS})|(dip:leads|dip:memberOf|^dip:represents)/dip:participatesIn) ?e ."
    )
    places, who, kinds = _places(store), _who(store), _kinds(store)
    found = {
        str(row["e"]): Happening(
            iri=str(row["e"]),
            label=str(row["label"]),
            kind=kinds.get(str(row["e"]), "event"),
            when=row["when"],
            earliest=row["from"],
            latest=row["to"],
            status=row["status"],
            place=", ".join(places.get(str(row["e"]), ())) or None,
            who=tuple(who.get(str(row["e"]), ())),
        )
        for row in rows(store, _EVENTS % pattern)
    }
    kept = (each for each in found.values() if _within(each, since, until))
    return tuple(sorted(kept, key=lambda each: (_first(each), each.latest or "9999", each.label, each.iri)))


def _first(each: Happening) -> str:
    return each.earliest or each.latest or "9999"


def _within(each: Happening, since: str | None, until: str | None) -> bool:
    if since is None and until is None:
        return True
    if each.earliest is None and each.latest is None:
        return False
    return (since is None or (each.latest or "9999") >= since) and (
        until is None or (each.earliest or "") <= until
    )


def _places(store: Store) -> dict[str, list[str]]:
    return _gathered(store, _PLACES)


def _who(store: Store) -> dict[str, list[str]]:
    return _gathered(store, _WHO)


def _gathered(store: Store, text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows(store, text):
        found.setdefault(str(row["e"]), []).append(str(row["l"]))
    return found


def _kinds(store: Store) -> dict[str, str]:
    """Give the most specific class of each event in words."""
    vocabulary = Vocabulary.load()
    found: dict[str, str] = {}
    for row in rows(store, _KINDS):
        term = vocabulary.shrink(str(row["t"]))
        event = str(row["e"])
        if str(row["t"]).startswith(NS) and (
            event not in found or found[event] in vocabulary.superclasses(term)
        ):
            found[event] = term
    return {event: vocabulary.label(term).lower() for event, term in found.items()}
