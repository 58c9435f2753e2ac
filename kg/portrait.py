"""A portrait of one thing: its names, and all that is said of it, fact by fact with its sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.answers import relations, rows, statements, verb
from kg.vocab import NS, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    import polars as pl

    from kg.answers import Statement
    from kg.graph.store import Store
    from kg.listings import Facts
    from kg.naming import Named

# What stands in the view without a claim: derived, or from the knowledge base.
_UNCLAIMED = ("dip:metWith", "dip:locatedIn", "dip:officeOf")

_IRI = re.compile(r"[a-z]+://[^\s<>\"{}|^`\\]+")

_ABOUT = """{ ?c rdf:subject <%(iri)s> } UNION { ?c rdf:object <%(iri)s> }
  UNION { ?team a dip:Delegation ; dip:participatesIn <%(iri)s> . { ?c rdf:subject ?team } UNION { ?c rdf:object ?team } }"""

_HEAD = """SELECT ?status ?edtf ?from ?to ?place WHERE {
  OPTIONAL { <%(iri)s> dip:status/rdfs:label ?status } OPTIONAL { <%(iri)s> dip:edtf ?edtf }
  OPTIONAL { <%(iri)s> dip:earliest ?from } OPTIONAL { <%(iri)s> dip:latest ?to }
  OPTIONAL { <%(iri)s> dip:location ?l . ?l rdfs:label ?place
             FILTER NOT EXISTS { <%(iri)s> dip:location/dip:locatedIn ?l } }
} ORDER BY ?place"""

_STATUS = """SELECT DISTINCT ?x ?status WHERE { VALUES ?x { %s }
  { ?x dip:status/rdfs:label ?status } UNION { ?x a dip:Delegation ; dip:participatesIn/dip:status/rdfs:label ?status }
} ORDER BY ?x ?status"""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact, told by any number of claims that say the same in the same mode."""

    subject: str
    predicate: str
    object: str
    subject_label: str
    object_label: str
    verb: str
    basis: str
    """``stated``, ``inferred`` (by a rule or derived) or ``background`` (of the knowledge base)."""
    status: str | None
    """How far the event at the other end has come."""
    statements: tuple[Statement, ...]

    @property
    def sources(self) -> int:
        """How many documents say it."""
        return len({each.document for each in self.statements if each.document is not None})

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who says it where no document says it in its own voice."""
        said = {each.speaker for each in self.statements}
        return () if None in said else tuple(sorted(one for one in said if one is not None))


@dataclass(frozen=True, slots=True)
class Portrait:
    """A thing with all facts about it, in the order of the view file, then by date and name."""

    thing: Named
    status: str | None
    when: str | None
    """The day or days, the outer bounds where sources disagree."""
    place: str | None
    facts: tuple[Fact, ...]

    def to_pandas(self) -> pd.DataFrame:
        """Give the facts as a data frame of pandas, a row each.

        Raises:
            UsageError: pandas is not installed.
        """
        return self._listed().to_pandas()

    def to_polars(self) -> pl.DataFrame:
        """Give the facts as a data frame of polars, a row each.

        Raises:
            UsageError: polars is not installed.
        """
        return self._listed().to_polars()

    def _listed(self) -> Facts:
        from kg.listings import Facts  # noqa: PLC0415  (which shows portraits)

        return Facts(self.facts)

    def _repr_html_(self) -> str:
        from kg.display import portrait_html  # noqa: PLC0415  (only a notebook needs it)

        return portrait_html(self)


def portray(store: Store, thing: Named) -> Portrait:
    """Give the portrait of a thing."""
    said = statements(store, _ABOUT % {"iri": thing.iri})
    groups: dict[tuple[str, str, str, str, bool, bool], list[Statement]] = {}
    for each in said:
        key = (each.subject, each.predicate, each.object, each.modality, each.negated, each.rule is not None)
        groups.setdefault(key, []).append(each)
    other_ends = {end for each in said for end in (each.subject, each.object)} - {thing.iri}
    status = _statuses(store, other_ends)
    facts = [_fact(group, thing, status) for group in groups.values()]
    facts += _unclaimed(store, thing)
    head = rows(store, _HEAD % {"iri": thing.iri})[0]
    return Portrait(
        thing,
        head["status"],
        days_in_words(head["edtf"], head["from"], head["to"]),
        head["place"],
        tuple(sorted(facts, key=lambda fact: _rank(fact, thing))),
    )


def _rank(fact: Fact, thing: Named) -> tuple[object, ...]:
    order = list(relations())
    iri = Vocabulary.load().expand(fact.predicate)
    place = order.index(iri) if iri in order else len(order)
    other = fact.object_label if fact.subject == thing.iri else fact.subject_label
    first = min((each.as_of or "9999" for each in fact.statements), default="9999")
    return (place, fact.verb, fact.subject != thing.iri, first, other, fact.basis)


def _fact(group: Sequence[Statement], thing: Named, status: dict[str, str]) -> Fact:
    one = group[0]
    other = one.object if one.subject == thing.iri else one.subject
    return Fact(
        subject=one.subject,
        predicate=one.predicate,
        object=one.object,
        subject_label=one.subject_label,
        object_label=one.object_label,
        verb=one.verb,
        basis="stated" if one.rule is None else "inferred",
        status=status.get(other),
        statements=tuple(group),
    )


def _statuses(store: Store, iris: Iterable[str]) -> dict[str, str]:
    values = " ".join(f"<{iri}>" for iri in sorted(iris) if _IRI.fullmatch(iri) and not iri.startswith(NS))
    return {str(row["x"]): str(row["status"]) for row in rows(store, _STATUS % values)} if values else {}


def _unclaimed(store: Store, thing: Named) -> list[Fact]:
    """Give what the graph holds of a thing without a claim."""
    vocabulary = Vocabulary.load()
    wanted = ", ".join(_UNCLAIMED)
    text = f"""SELECT DISTINCT ?s ?sl ?p ?o ?ol WHERE {{
      {{ BIND(<{thing.iri}> AS ?s) ?s ?p ?o }} UNION {{ BIND(<{thing.iri}> AS ?o) ?s ?p ?o . FILTER(?p != dip:metWith) }}
      FILTER(?p IN ({wanted})) ?s rdfs:label ?sl . ?o rdfs:label ?ol
      FILTER NOT EXISTS {{ ?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }} }} ORDER BY ?s ?p ?o"""
    return [
        Fact(
            subject=str(row["s"]),
            predicate=(predicate := vocabulary.shrink(str(row["p"]))),
            object=str(row["o"]),
            subject_label=str(row["sl"]),
            object_label=str(row["ol"]),
            verb=verb(predicate),
            basis=relations()[str(row["p"])].unclaimed if str(row["p"]) in relations() else "background",
            status=None,
            statements=(),
        )
        for row in rows(store, text)
    ]


def days_in_words(edtf: str | None, earliest: str | None, latest: str | None) -> str | None:
    """Word when an event is, by its date where the sources agree on one, else by first and last day; None for undated."""
    if earliest is not None and earliest == latest:
        return earliest
    if edtf is not None:
        return edtf.replace("/", " to ")
    if earliest is None and latest is None:
        return None
    return f"{earliest or '…'} to {latest or '…'}, by different accounts"
