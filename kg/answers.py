"""Look-ups in a graph: what is said of a thing, by whom, in which words, and what contradicts it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.graph.page_style import load_style, phrase
from kg.graph.rows import Rows
from kg.vocab import NS, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.graph.page_style import Relation
    from kg.graph.store import Store

_PREFIXES = """
PREFIX dip: <https://w3id.org/diplomacy-kg/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX schema: <http://schema.org/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
"""

_CLAIMS = """
SELECT DISTINCT ?c ?s ?sl ?p ?o ?ol ?m ?neg ?conf ?asof ?by ?rule ?doc WHERE {
  %s
  ?c a dip:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;
     dip:modality ?m ; dip:negated ?neg ; dip:confidence ?conf .
  OPTIONAL { ?s rdfs:label ?sl } OPTIONAL { ?o rdfs:label ?ol }
  OPTIONAL { ?c dip:asOf ?asof } OPTIONAL { ?c dip:reportedIn ?doc }
  OPTIONAL { ?c dip:attributedTo/rdfs:label ?by }
  OPTIONAL { ?c prov:wasGeneratedBy/rdfs:label ?rule FILTER(STRSTARTS(STR(?rule), "rule: ")) }
} ORDER BY ?c"""

_PASSAGES = """
SELECT ?c ?quote ?begin ?end ?title ?issued ?publisher ?url WHERE {
  %s
  ?c dip:evidence ?e . ?e nif:anchorOf ?quote ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:referenceContext ?d .
  ?d dcterms:title ?title .
  OPTIONAL { ?d dcterms:issued ?issued } OPTIONAL { ?d dcterms:publisher ?publisher } OPTIONAL { ?d schema:url ?url }
} ORDER BY ?c ?title ?begin"""


@dataclass(frozen=True, slots=True)
class Passage:
    """The words that say something, and where they stand: offsets count characters of the text as given."""

    quote: str
    begin: int
    end: int
    title: str
    published: str | None
    publisher: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim: one document reports one triple, or a rule infers it; with names for people."""

    id: str
    subject: str
    predicate: str
    """A CURIE: ``dip:leads``."""
    object: str
    subject_label: str
    object_label: str
    modality: str
    """``Actual``, ``Expected``, ``Possible`` or ``Conditional``."""
    negated: bool
    confidence: float
    as_of: str | None
    speaker: str | None
    rule: str | None
    document: str | None
    passages: tuple[Passage, ...]

    @property
    def verb(self) -> str:
        """The relation in words: ``leads``, ``is to lead``, ``may lead``, ``does not lead``."""
        return verb(self.predicate, self.modality, negated=self.negated)

    def __str__(self) -> str:
        """Give it as one sentence."""
        return f"{self.subject_label} {self.verb} {self.object_label}"

    def _repr_html_(self) -> str:
        from kg.display import statement_html  # noqa: PLC0415  (only a notebook needs it)

        return statement_html(self)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims that cannot both hold."""

    one: Statement
    other: Statement

    @property
    def about(self) -> str:
        """What they disagree on: the subject, or what two subjects are told of."""
        same = self.one.subject == self.other.subject or self.one.object != self.other.object
        return self.one.subject_label if same else self.one.object_label

    def __str__(self) -> str:
        """Give both on one line."""
        return f"{self.about}: {self.one} / {self.other}"

    def _repr_html_(self) -> str:
        from kg.display import block, conflict_table  # noqa: PLC0415  (as above)

        return block(conflict_table(self))


def verb(predicate: str, modality: str = "Actual", *, negated: bool = False) -> str:
    """Word a relation as the graph page does: ``hosts``, ``is to host``, ``may host``, ``does not host``."""
    relation = relations().get(Vocabulary.load().expand(predicate))
    if relation is None:
        return ("not " if negated else "") + Vocabulary.load().label(predicate)
    return phrase(relation, modality, negated=negated)


@cache
def relations() -> Mapping[str, Relation]:
    """Give how each property is worded, by IRI, in the order of the view file."""
    return load_style().relations


def rows(store: Store, text: str) -> list[dict[str, str | None]]:
    """Answer a SELECT of ours with plain strings."""
    answer = store.query(_PREFIXES + text)
    assert isinstance(answer, Rows)
    return answer.dicts()


def statements(store: Store, pattern: str = "") -> tuple[Statement, ...]:
    """Give the claims ``?c`` that a pattern of SPARQL selects, all without one, ordered by id."""
    said: dict[str, dict[Passage, None]] = {}
    for row in rows(store, _PASSAGES % pattern):
        said.setdefault(str(row["c"]), {})[_passage(row)] = None
    found: dict[str, Statement] = {}
    for row in rows(store, _CLAIMS % pattern):
        found.setdefault(str(row["c"]), _statement(row, tuple(said.get(str(row["c"]), ()))))
    return tuple(found.values())


def conflicts(store: Store) -> tuple[Conflict, ...]:
    """Give every pair of claims that contradict each other, once, by what they are about."""
    pairs = rows(
        store, "SELECT DISTINCT ?c ?d { ?c dip:contradicts ?d FILTER(STR(?c) < STR(?d)) } ORDER BY ?c ?d"
    )
    by_id = {each.id: each for each in statements(store, "?c dip:contradicts ?against .")}
    found = [Conflict(by_id[_id(row["c"])], by_id[_id(row["d"])]) for row in pairs]
    return tuple(
        sorted(
            found, key=lambda pair: (pair.one.subject_label, pair.one.predicate, pair.one.id, pair.other.id)
        )
    )


def _statement(row: Mapping[str, str | None], passages: tuple[Passage, ...]) -> Statement:
    shrink = Vocabulary.load().shrink
    return Statement(
        id=_id(row["c"]),
        subject=str(row["s"]),
        predicate=shrink(str(row["p"])),
        object=str(row["o"]),
        subject_label=row["sl"] or shrink(str(row["s"])),
        object_label=row["ol"] or shrink(str(row["o"])),
        modality=str(row["m"]).removeprefix(NS),
        negated=row["neg"] == "true",
        confidence=float(row["conf"] or 0),
        as_of=row["asof"],
        speaker=row["by"],
        rule=None if row["rule"] is None else row["rule"].removeprefix("rule: "),
        document=row["doc"],
        passages=passages,
    )


def _passage(row: Mapping[str, str | None]) -> Passage:
    return Passage(
        quote=str(row["quote"]),
        begin=int(row["begin"] or 0),
        end=int(row["end"] or 0),
        title=str(row["title"]),
        published=row["issued"],
        publisher=row["publisher"],
        url=row["url"],
    )


def _id(iri: str | None) -> str:
    return str(iri).rpartition("/")[2]
