"""What is in a graph, counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.answers import rows
from kg.vocab import Vocabulary

if TYPE_CHECKING:
    from kg.graph.store import Store

_ENTITIES = ("dip:Person", "dip:Polity", "dip:Organization", "dip:Bloc", "dip:Place", "dip:Office")
"""What exists apart from any event: people, states, bodies, places, offices."""

_TOTALS = """SELECT ?articles ?claims ?inferred ?quotes ?conflicts ?triples WHERE {
  { SELECT (COUNT(*) AS ?articles) { ?x a dip:Document } }
  { SELECT (COUNT(*) AS ?claims) { ?x a dip:Claim } }
  { SELECT (COUNT(DISTINCT ?c) AS ?inferred) { ?c a dip:Claim ; prov:wasDerivedFrom ?other } }
  { SELECT (COUNT(*) AS ?quotes) { ?x a dip:Passage } }
  { SELECT (COUNT(*) AS ?conflicts) { ?x dip:contradicts ?y FILTER(STR(?x) < STR(?y)) } }
  { SELECT (COUNT(*) AS ?triples) { ?x ?p ?y } }
}"""

_CLASSES = "SELECT ?t (COUNT(DISTINCT ?x) AS ?n) { ?x a ?t . ?t a owl:Class } GROUP BY ?t ORDER BY ?t"
_STATUS = "SELECT ?l (COUNT(?x) AS ?n) { ?x dip:status ?s . ?s rdfs:label ?l } GROUP BY ?l ORDER BY ?l"
_STANCE = """SELECT ?l ?neg (COUNT(?c) AS ?n) { ?c dip:modality ?m ; dip:negated ?neg . ?m rdfs:label ?l }
GROUP BY ?l ?neg ORDER BY ?l ?neg"""
_UNION = "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a ?t . FILTER(?t IN (%s)) }"


@dataclass(frozen=True, slots=True)
class Statistics:
    """The counts of a graph, group by group, in the order in which they are shown."""

    groups: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]

    def totals(self) -> dict[str, int]:
        """Give the counts of the first group, with the names as keys."""
        return dict(self.groups[0][1])


def statistics(store: Store) -> Statistics:
    """Count what is in the graph; the ontology itself counts among the triples only."""
    vocabulary = Vocabulary.load()
    found = {str(row["t"]): int(row["n"] or 0) for row in rows(store, _CLASSES)}
    classes: dict[str, int] = {vocabulary.shrink(iri): count for iri, count in found.items()}
    whole = rows(store, _TOTALS)[0]
    entities = int(rows(store, _UNION % ", ".join(_ENTITIES))[0]["n"] or 0)
    totals = {
        "articles": int(whole["articles"] or 0),
        "entities": entities,
        "events": classes.get("dip:Event", 0),
        **{name: int(whole[name] or 0) for name in ("claims", "inferred", "quotes", "conflicts", "triples")},
    }
    kinds = [(term, count) for term, count in classes.items() if _is_counted(term, vocabulary)]
    said = {
        f"{'denied, ' if row['neg'] == 'true' else ''}{row['l']}": int(row["n"] or 0)
        for row in rows(store, _STANCE)
    }
    return Statistics(
        (
            ("total", tuple(totals.items())),
            (
                "things",
                tuple(
                    (vocabulary.label(term).lower(), n)
                    for term, n in sorted(kinds, key=lambda kind: (-kind[1], kind[0]))
                ),
            ),
            ("events by status", tuple((str(row["l"]), int(row["n"] or 0)) for row in rows(store, _STATUS))),
            ("claims by how they are told", tuple(said.items())),
        )
    )


def _is_counted(term: str, vocabulary: Vocabulary) -> bool:
    hidden = ("dip:Claim", "dip:Passage", "dip:Document", "dip:EventStatus", "dip:Modality")
    return (
        term in vocabulary
        and term not in {"dip:Actor", "dip:Event"}
        and not any(vocabulary.is_a(term, one) for one in hidden)
    )
