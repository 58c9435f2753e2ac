"""What the Turtle files say of each term, as the pages of the ontology need it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import pyoxigraph as ox

from kg.graph.quality import FILES, Use, uses
from kg.vocab import NS, OWL, RDF, RDFS, SKOS, data_folder

CLAIM_KEYS = (
    "modality",
    "negated",
    "confidence",
    "asOf",
    "attributedTo",
    "evidence",
    "reportedIn",
    "contradicts",
)
X = "https://w3id.org/diplomacy-kg/example/"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
_SECTION = re.compile(r"^#{8,} (.+?)(?: #{8,})?$|^dip:(\w+) a ", re.MULTILINE)
_PLAIN = ("integer", "decimal", "boolean")
MATCHES = {
    f"{RDFS}subClassOf": "a kind of",
    f"{RDFS}subPropertyOf": "a kind of",
    f"{SKOS}closeMatch": "close to",
    f"{SKOS}broadMatch": "narrower than",
    f"{SKOS}narrowMatch": "wider than",
}


@dataclass(frozen=True)
class Alignment:
    """A term beside one of another vocabulary."""

    term: str
    how: str
    foreign: str
    why: str


@dataclass(frozen=True)
class Example:
    """A sentence of the invented case, where there is one, and what it comes to in Turtle."""

    sentence: str
    turtle: str


def parsed(name: str) -> list[ox.Triple]:
    """Give the triples of a file of the ontology in the order of the file."""
    return [
        quad.triple for quad in ox.parse((data_folder("ontology") / name).read_bytes(), ox.RdfFormat.TURTLE)
    ]


@cache
def ontology() -> tuple[ox.Triple, ...]:
    """Give the triples of the ontology itself."""
    return tuple(parsed("diplomacy.ttl"))


@cache
def case() -> tuple[ox.Triple, ...]:
    """Give the triples of the invented case."""
    return tuple(parsed("examples.ttl"))


@cache
def prefixes() -> dict[str, str]:
    """Give all prefixes that the files use."""
    found: dict[str, str] = {}
    for name in FILES:
        parser = ox.parse((data_folder("ontology") / name).read_bytes(), ox.RdfFormat.TURTLE)
        for _ in parser:
            pass
        found |= parser.prefixes
    return found


def sections() -> dict[str, list[str]]:
    """Give the terms under the headings of the Turtle, both in its order."""
    found: dict[str, list[str]] = {}
    heading = "Terms about terms"
    for match in _SECTION.finditer((data_folder("ontology") / "diplomacy.ttl").read_text(encoding="utf-8")):
        heading = match[1] or heading
        if match[2]:
            found.setdefault(heading, []).append(match[2])
    return found


def values(term: str, predicate: str) -> list[ox.NamedNode | ox.Literal]:
    """Give what the ontology says of a term by one predicate."""
    iri = NS + term
    return [
        triple.object
        for triple in ontology()
        if getattr(triple.subject, "value", "") == iri
        and triple.predicate.value == predicate
        and not isinstance(triple.object, ox.BlankNode)
    ]


def text(term: str, predicate: str) -> str:
    """Give the one text that the ontology says of a term, or nothing."""
    return next((value.value for value in values(term, predicate)), "")


def ours(term: str, predicate: str) -> list[str]:
    """Give the names of our own terms that a term points at."""
    return [value.value.removeprefix(NS) for value in values(term, predicate) if value.value.startswith(NS)]


def subjects(predicate: str, term: str) -> list[str]:
    """Give the names of our own terms that point at a term."""
    iri = NS + term
    return [
        triple.subject.value.removeprefix(NS)
        for triple in ontology()
        if triple.predicate.value == predicate
        and getattr(triple.object, "value", "") == iri
        and isinstance(triple.subject, ox.NamedNode)
    ]


def union(term: str) -> list[str]:
    """Give the classes of a domain that is a union, which the Turtle writes as a list."""

    def follow(node: object, predicate: str) -> object:
        return next(
            (t.object for t in ontology() if t.subject == node and t.predicate.value == predicate), None
        )

    node = follow(follow(ox.NamedNode(NS + term), f"{RDFS}domain"), f"{OWL}unionOf")
    members = []
    while isinstance(node, ox.BlankNode):
        members.append(follow(node, f"{RDF}first").value.removeprefix(NS))
        node = follow(node, f"{RDF}rest")
    return members


def kind(term: str) -> str:
    """Tell what sort of term it is."""
    types = [value.value for value in values(term, f"{RDF}type")]
    names = {
        "Class": "class",
        "ObjectProperty": "property to a thing",
        "DatatypeProperty": "property to a value",
    }
    names["AnnotationProperty"] = "property of terms"
    for iri in types:
        if iri.startswith(OWL) and iri.removeprefix(OWL) in names:
            return names[iri.removeprefix(OWL)]
    return f"one of the values of `dip:{types[0].removeprefix(NS)}`"


def curie(node: object) -> str:
    """Write a node as Turtle does, with the prefixes of the files."""
    if isinstance(node, ox.Literal):
        quoted = '"' + node.value.replace('"', '\\"') + '"'
        name = node.datatype.value.rpartition("#")[2]
        if node.language:
            return f"{quoted}@{node.language}"
        return node.value if name in _PLAIN else quoted if name == "string" else f"{quoted}^^xsd:{name}"
    iri = getattr(node, "value", "")
    for prefix, namespace in prefixes().items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


@cache
def alignments() -> tuple[Alignment, ...]:
    """Give the alignments with their reasons, in the order of the file."""
    about: dict[str, dict[str, object]] = {}
    for triple in parsed("alignments.ttl"):
        if isinstance(triple.subject, ox.BlankNode):
            about.setdefault(triple.subject.value, {})[triple.predicate.value] = triple.object
    return tuple(
        Alignment(
            each[f"{OWL}annotatedSource"].value.removeprefix(NS),
            MATCHES[each[f"{OWL}annotatedProperty"].value],
            curie(each[f"{OWL}annotatedTarget"]),
            each[f"{RDFS}comment"].value,
        )
        for each in about.values()
    )


@cache
def users() -> dict[str, tuple[Use, ...]]:
    """Give the users of each term."""
    found = sorted(uses(), key=lambda use: use.term)
    return {term.removeprefix("dip:"): tuple(each) for term, each in groupby(found, key=lambda use: use.term)}


def named_in(term: str, sort: str) -> list[str]:
    """Give the names of the queries (``query``), frames and so on that name a term."""
    return [use.user for use in users().get(term, ()) if use.kind == sort]


def example(term: str) -> Example:
    """Give the example of a term: as the class of a thing, as a property, or as a value."""
    iri = ox.NamedNode(NS + term)
    if "class" in kind(term):
        return _of_class(iri)
    if "property of terms" in kind(term):
        shown = next(triple for triple in ontology() if triple.predicate == iri)
        return Example("", f"{curie(shown.subject)} {curie(iri)} {curie(shown.object)} .")
    return _of_claim(iri, term) or _of_view(iri)


def _said(subject: object, predicate: object = None) -> list[ox.Triple]:
    return [t for t in case() if t.subject == subject and predicate in (None, t.predicate)]


def _of_class(iri: ox.NamedNode) -> Example:
    things = [t.subject for t in case() if t.predicate.value == f"{RDF}type" and t.object == iri]
    exact = [thing for thing in things if _said(thing, ox.NamedNode(f"{RDF}type"))[0].object == iri]
    if not things:
        one = next(t for t in ontology() if t.predicate.value == f"{RDF}type" and t.object == iri)
        return Example("", f"{curie(one.subject)} a {curie(iri)} .")
    thing = (exact or things)[0]
    short = iri.value.removeprefix(NS) not in {"Claim", "Document", "Passage"}
    shown = [t for t in _said(thing) if not short or t.predicate.value in {f"{RDF}type", f"{RDFS}label"}]
    return Example(_sentence_about(thing) if short else "", _block(shown))


def _of_claim(iri: ox.NamedNode, term: str) -> Example | None:
    """Give the first claim that shows a property or value: as what it says, or as how it says it."""
    for claim in (t.subject for t in case() if t.object == ox.NamedNode(f"{NS}Claim")):
        told = {t.predicate.value: t.object for t in _said(claim)}
        subject, predicate, found = (told[RDF + key] for key in ("subject", "predicate", "object"))
        plain = told[f"{NS}modality"].value == f"{NS}Actual" and told[f"{NS}negated"].value == "false"
        if plain and iri in (predicate, found):
            return Example(_quote(told), f"{curie(subject)} {curie(predicate)} {curie(found)} .")
        own = NS + term if term in CLAIM_KEYS else next((p for p, o in told.items() if o == iri), "")
        if (
            own.removeprefix(NS) in CLAIM_KEYS
            and own in told
            and (term != "negated" or told[own].value == "true")
        ):
            keys = [*(RDF + key for key in ("subject", "predicate", "object")), own]
            shown = [t for t in _said(claim) if t.predicate.value in keys]
            return Example(_quote(told), _block(shown))
    return None


def _of_view(iri: ox.NamedNode) -> Example:
    shown = next(t for t in case() if t.predicate == iri)
    return Example("", f"{curie(shown.subject)} {curie(iri)} {curie(shown.object)} .")


def _quote(told: dict[str, object]) -> str:
    passage = told.get(f"{NS}evidence")
    return "" if passage is None else _said(passage, ox.NamedNode(f"{NIF}anchorOf"))[0].object.value


def _sentence_about(thing: object) -> str:
    for triple in case():
        if triple.object == thing and triple.predicate.value in {f"{RDF}subject", f"{RDF}object"}:
            return _quote({t.predicate.value: t.object for t in _said(triple.subject)})
    return ""


def _block(shown: list[ox.Triple]) -> str:
    """Write triples of one subject, a predicate a line."""
    lines = []
    for predicate, found in groupby(shown, key=lambda t: t.predicate):
        name = "a" if predicate.value == f"{RDF}type" else curie(predicate)
        lines.append(f"{name} {', '.join(curie(t.object) for t in found)}")
    return f"{curie(shown[0].subject)} " + " ;\n    ".join(lines) + " ."
