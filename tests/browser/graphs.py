"""Graphs that the browser tests draw: built in memory, about nobody."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pyoxigraph as ox

ROOT = Path(__file__).parents[2]
DIP = "https://w3id.org/diplomacy-kg/ns#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NAMES = {
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "alias": "http://www.w3.org/2004/02/skos/core#altLabel",
    "same": "http://schema.org/sameAs",
    "url": "http://schema.org/url",
    "title": "http://purl.org/dc/terms/title",
    "publisher": "http://purl.org/dc/terms/publisher",
    "issued": "http://purl.org/dc/terms/issued",
    "quote": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf",
}


def empty() -> ox.Store:
    """Give a store with the ontology alone."""
    store = ox.Store()
    store.load(path=ROOT / "ontology" / "diplomacy.ttl", format=ox.RdfFormat.TURTLE)
    return store


def sample() -> ox.Store:
    """Give the invented process that the tests of the page share."""
    store = empty()
    store.load(path=ROOT / "tests" / "graph" / "page_sample.ttl", format=ox.RdfFormat.TURTLE)
    return store


def add(store: ox.Store, path: str, cls: str, **values: str | bool) -> ox.NamedNode:
    """Add a thing with its class; a value that starts with an angle is an IRI."""
    thing = ox.NamedNode(f"https://example.org/id/{path}")
    store.add(ox.Quad(thing, ox.NamedNode(RDF + "type"), ox.NamedNode(DIP + cls)))
    for name, value in values.items():
        predicate = ox.NamedNode(NAMES.get(name, DIP + name))
        store.add(ox.Quad(thing, predicate, _term(value)))
    return thing


def _term(value: object) -> ox.NamedNode | ox.Literal:
    if isinstance(value, str) and value.startswith("<iri>"):
        return ox.NamedNode(value.removeprefix("<iri>"))
    return ox.Literal(value)


def claim(store: ox.Store, name: str, triple: tuple[ox.NamedNode, str, object], **values: str | bool) -> None:
    """Add a claim of one triple."""
    given = {"modality": f"<iri>{DIP}Actual", "negated": False, "confidence": "0.9", **values}
    thing = add(store, f"claim/{name}", "Claim", **given)
    subject, predicate, value = triple
    target = value if isinstance(value, ox.NamedNode) else ox.Literal(value)
    for role, term in (
        ("subject", subject),
        ("predicate", ox.NamedNode(DIP + predicate)),
        ("object", target),
    ):
        store.add(ox.Quad(thing, ox.NamedNode(RDF + role), term))


def one_node() -> ox.Store:
    """Give a single person without any fact."""
    store = empty()
    add(store, "person/only", "Person", label="Only One")
    return store


def undated() -> ox.Store:
    """Give two states in talks that no source dates."""
    store = empty()
    talks = add(store, "talks/some", "Talks", label="Talks of no known day")
    for name in ("a", "b"):
        state = add(store, f"state/{name}", "State", label=f"State {name.upper()}")
        claim(store, name, (state, "participatesIn", talks))
    return store


def formula() -> ox.Store:
    """Give names that a spreadsheet would take for formulas."""
    store = empty()
    person = add(store, "person/f", "Person", label='=HYPERLINK("https://example.org")')
    claim(store, "f", (person, "participatesIn", add(store, "talks/f", "Talks", label="@round")))
    return store


ATTACKS = (
    "<script>window.hit=1</script>",
    '"><img src=x onerror="window.hit=2">',
    "</script><script>window.hit=3</script>",
    "javascript:window.hit=4",
    "'-alert(5)-' \\u003cscript\\u003e {{7*7}} ${window.hit=5}",
    "<!--<script>window.hit=6//",
    "]]></style><svg onload=window.hit=7>",
)


def hostile() -> ox.Store:
    """Give a graph with markup and script in every field that a text can reach."""
    store = empty()
    for i, attack in enumerate(ATTACKS):
        url = f"javascript:window.hit={i}//https://example.org"
        document = add(store, f"doc/{i}", "Document", title=attack, publisher=attack, issued=attack, url=url)
        quote = add(store, f"passage/{i}", "Passage", quote=attack)
        person = add(store, f"person/{i}", "Person", label=f"P{i} {attack}", alias=attack, same=f"<iri>{url}")
        talks = add(store, f"talks/{i}", "Talks", label=f"T{i} {attack}", edtf=attack, earliest=attack)
        evidence = {"reportedIn": f"<iri>{document.value}", "evidence": f"<iri>{quote.value}"}
        claim(
            store,
            f"part{i}",
            (person, "participatesIn", talks),
            attributedTo=f"<iri>{person.value}",
            **evidence,
        )
        claim(store, f"says{i}", (talks, "outcome", attack), asOf=attack, **evidence)
    return store


def many(count: int) -> ox.Store:
    """Give about as many things as asked: persons, states, and the rounds that they take part in."""
    store, random = empty(), Random(5)
    states = [add(store, f"state/{i}", "State", label=f"State {i}") for i in range(count // 20)]
    people = [add(store, f"person/{i}", "Person", label=f"Person {i}") for i in range(count // 2)]
    for i in range(count - len(states) - len(people)):
        day = f"{2030 + i % 3}-{1 + i % 12:02}-{1 + i % 28:02}"
        talks = add(store, f"talks/{i}", "Talks", label=f"Round {i}", earliest=day, latest=day, edtf=day)
        for j, actor in enumerate((*random.sample(states, 2), *random.sample(people, 2))):
            claim(store, f"{i}-{j}", (actor, "participatesIn", talks))
    return store
