"""The view as GraphML, for Gephi, yEd, Cytoscape and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from kg.graph.rows import xml_text
from kg.graph.xmltext import quoteattr
from kg.vocab import NS, RDF, RDFS, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
_NODE_KEYS = ("label", "type", "status", "earliest", "latest")
_EDGE_KEYS = ("label", "property")

# What only the claims layer says; the view is the rest.
_LAYER = frozenset(f"dip:{name}" for name in ("Claim", "Passage", "Document"))


def graphml(triples: Sequence[ox.Triple], vocabulary: Vocabulary, out: BinaryIO) -> None:
    """Write the things of the view as nodes and its triples as edges; claims and passages stay out."""
    about = _about(triples)
    kinds = {iri: _kind(facts.get(f"{RDF}type", ()), vocabulary) for iri, facts in about.items()}
    edges = sorted(set(_edges(triples, kinds, vocabulary)))
    nodes = sorted({iri for source, _, target in edges for iri in (source, target)})
    out.write(_HEAD.encode())
    for domain, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        out.writelines(
            f'<key id="{domain}-{key}" for="{domain}" attr.name="{key}" attr.type="string"/>\n'.encode()
            for key in keys
        )
    out.write(b'<graph edgedefault="directed">\n')
    for iri in nodes:
        values = _node(iri, about, kinds[iri], vocabulary)
        out.write(f"<node id={quoteattr(iri)}>{_data('node', values)}</node>\n".encode())
    for source, term, target in edges:
        ends = f"source={quoteattr(source)} target={quoteattr(target)}"
        values = {"label": vocabulary.label(term), "property": vocabulary.expand(term)}
        out.write(f"<edge {ends}>{_data('edge', values)}</edge>\n".encode())
    out.write(b"</graph>\n</graphml>\n")


def _about(triples: Sequence[ox.Triple]) -> dict[str, dict[str, list[str]]]:
    about: dict[str, dict[str, list[str]]] = {}
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
            facts = about.setdefault(triple.subject.value, {})
            facts.setdefault(triple.predicate.value, []).append(triple.object.value)
    return about


def _kind(types: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """Give the most specific class of a thing, None for what is no thing of the view."""
    terms = sorted(term for term in map(vocabulary.shrink, types) if term in vocabulary)
    above = {parent for term in terms for parent in vocabulary.superclasses(term)}
    lowest = [term for term in terms if term not in above]
    return lowest[0] if lowest and not _LAYER.intersection(terms) else None


def _edges(
    triples: Sequence[ox.Triple], kinds: Mapping[str, str | None], vocabulary: Vocabulary
) -> Iterator[tuple[str, str, str]]:
    for triple in triples:
        if not (isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode)):
            continue
        source, target = triple.subject.value, triple.object.value
        things = kinds.get(source) is not None and kinds.get(target) is not None
        if things and triple.predicate.value.startswith(NS) and not target.startswith(NS):
            yield source, vocabulary.shrink(triple.predicate.value), target


def _node(
    iri: str, about: Mapping[str, Mapping[str, list[str]]], kind: str | None, vocabulary: Vocabulary
) -> dict[str, str]:
    facts = about[iri]
    status = min(facts.get(f"{NS}status", ()), default="")
    return {
        "label": min(facts.get(f"{RDFS}label", ()), default=iri),
        "type": vocabulary.label(kind) if kind is not None else "",
        "status": vocabulary.label(vocabulary.shrink(status)) if status else "",
        "earliest": min(facts.get(f"{NS}earliest", ()), default=""),
        "latest": max(facts.get(f"{NS}latest", ()), default=""),
    }


def _data(domain: str, values: Mapping[str, str]) -> str:
    written = (
        f'<data key="{domain}-{key}">{xml_text(value)}</data>' for key, value in values.items() if value
    )
    return "".join(written)
