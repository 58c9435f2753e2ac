"""Triples as Turtle, N-Triples, JSON-LD and RDF/XML: sorted, so that equal graphs give equal bytes.

Our own writers, because the libraries' do not sort, follow the hash seed where there are blank
nodes, escape slashes in local names, and write RDF/XML that nobody reads when a text holds a
control character.
"""

from __future__ import annotations

import json
import re
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

import pyoxigraph as ox

from kg.errors import DataError, UnknownNameError
from kg.graph.names import Names
from kg.graph.rows import xml_text
from kg.graph.turtle import turtle
from kg.graph.xmltext import quoteattr
from kg.vocab import RDF, RDFS, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Node: TypeAlias = ox.NamedNode | ox.BlankNode
Objects: TypeAlias = "dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]"
Index: TypeAlias = "dict[ox.NamedNode | ox.BlankNode | ox.Triple, Objects]"

_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE = f"{RDF}type"
_QNAME = re.compile(r"^(?P<namespace>.*[^A-Za-z0-9_.-])(?P<local>[A-Za-z_][A-Za-z0-9_.-]*)$", re.ASCII)


def write_triples(
    triples: Iterable[ox.Triple], layout: str, out: BinaryIO, *, vocabulary: Vocabulary | None = None
) -> None:
    """Write triples, each once, in one of the ``LAYOUTS``.

    Raises:
        UnknownNameError: there is no such format.
    """
    if layout not in _WRITERS:
        raise UnknownNameError("format of triples", layout, LAYOUTS)
    names = Vocabulary.load() if vocabulary is None else vocabulary
    out.writelines(piece.encode() for piece in _WRITERS[layout](canonical(triples), names))


def canonical(triples: Iterable[ox.Triple]) -> dict[str, ox.Triple]:
    """Give each triple once under its line of N-Triples, its blank nodes under names that follow from the graph alone."""
    found = {str(triple): triple for triple in triples}
    blank = [line for line, triple in found.items() if "_:" in line and _has_blank(triple)]
    if blank:
        dataset = ox.Dataset(ox.Quad(*found.pop(line)) for line in blank)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        found.update((str(quad.triple), quad.triple) for quad in dataset)
    return found


def _has_blank(triple: ox.Triple) -> bool:
    return isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)


def _names(triples: Iterable[ox.Triple], vocabulary: Vocabulary) -> Names:
    """Give the short names that the terms of a graph ask for."""
    subjects: set[str] = set()
    others: set[str] = set()
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode):
            subjects.add(triple.subject.value)
        others.add(triple.predicate.value)
        if isinstance(triple.object, ox.NamedNode):
            others.add(triple.object.value)
        elif isinstance(triple.object, ox.Literal):
            others.add(triple.object.datatype.value)
    return Names.of(subjects, others, vocabulary)


def _index(triples: Mapping[str, ox.Triple]) -> Index:
    index: Index = {}
    for _, triple in sorted(triples.items(), key=itemgetter(0)):
        index.setdefault(triple.subject, {}).setdefault(triple.predicate.value, []).append(triple.object)
    return index


def _ntriples(triples: Mapping[str, ox.Triple], _: Vocabulary) -> Iterator[str]:
    for line in sorted(triples):
        yield f"{line} .\n"


def _order(iri: str) -> int:
    return {_TYPE: 0, f"{RDFS}label": 1}.get(iri, 2)


def _jsonld(triples: Mapping[str, ox.Triple], vocabulary: Vocabulary) -> Iterator[str]:
    names = _names(triples.values(), vocabulary)
    yield '{\n"@context": ' + json.dumps(dict(names.prefixes), indent=1) + ',\n"@graph": ['
    index = sorted((_json_id(node, names), about) for node, about in _index(triples).items())
    for number, (name, about) in enumerate(index):
        node: dict[str, object] = {"@id": name}
        for iri, values in sorted(about.items(), key=lambda pair: (_order(pair[0]), pair[0])):
            if iri == _TYPE and all(isinstance(value, ox.NamedNode) for value in values):
                node["@type"] = sorted(_json_id(value, names) for value in values)
            else:
                written = (_json_value(value, names) for value in values)
                node[names.short(iri) or iri] = sorted(written, key=partial(json.dumps, sort_keys=True))
        yield ("," if number else "") + "\n" + json.dumps(node, ensure_ascii=False)
    yield "\n]\n}\n"


def _json_id(term: object, names: Names) -> str:
    if isinstance(term, ox.NamedNode):
        return names.short(term.value) or term.value
    if isinstance(term, ox.Triple):
        raise DataError("JSON-LD cannot hold RDF 1.2 triple terms", hint="Choose turtle or nt.")
    return str(term)


def _json_value(term: object, names: Names) -> dict[str, str]:
    if not isinstance(term, ox.Literal):
        return {"@id": _json_id(term, names)}
    if term.language is not None:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == f"{_XSD}string":
        return {"@value": term.value}
    return {"@value": term.value, "@type": names.short(term.datatype.value) or term.datatype.value}


def _rdfxml(triples: Mapping[str, ox.Triple], vocabulary: Vocabulary) -> Iterator[str]:
    names = _names(triples.values(), vocabulary)
    index = _index(triples)
    used = {_qname(iri)[0] for about in index.values() for iri in about} | {RDF}
    spaces = _xml_prefixes(sorted(used), names.prefixes)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    for namespace, prefix in sorted(spaces.items(), key=lambda pair: pair[1]):
        yield f"\n    xmlns:{prefix}={quoteattr(namespace)}"
    yield ">\n"
    for node, about in sorted(index.items(), key=lambda pair: str(pair[0])):
        yield f"<rdf:Description {_xml_name(node, 'about')}>\n"
        for iri, values in sorted(about.items(), key=lambda pair: (_order(pair[0]), pair[0])):
            namespace, local = _qname(iri)
            for value in values:
                yield f"  {_xml_fact(f'{spaces[namespace]}:{local}', value)}\n"
        yield "</rdf:Description>\n"
    yield "</rdf:RDF>\n"


def _qname(iri: str) -> tuple[str, str]:
    match = _QNAME.match(iri)
    if match is None:
        raise DataError(f"RDF/XML cannot hold the property <{iri}>", hint="Choose turtle, nt or jsonld.")
    return match["namespace"], match["local"]


def _xml_prefixes(namespaces: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    by_namespace = {namespace: prefix for prefix, namespace in known.items()} | {RDF: "rdf"}
    return {name: by_namespace.get(name, f"ns{number}") for number, name in enumerate(namespaces, start=1)}


def _xml_name(term: object, attribute: str) -> str:
    if isinstance(term, ox.NamedNode):
        return f"rdf:{attribute}={quoteattr(term.value)}"
    if isinstance(term, ox.BlankNode):
        return f"rdf:nodeID={quoteattr(term.value)}"
    raise DataError("RDF/XML cannot hold RDF 1.2 triple terms", hint="Choose turtle or nt.")


def _xml_fact(name: str, value: object) -> str:
    if not isinstance(value, ox.Literal):
        return f"<{name} {_xml_name(value, 'resource')}/>"
    kind = ""
    if value.language is not None:
        kind = f" xml:lang={quoteattr(value.language)}"
    elif value.datatype.value != f"{_XSD}string":
        kind = f" rdf:datatype={quoteattr(value.datatype.value)}"
    return f"<{name}{kind}>{xml_text(value.value)}</{name}>"


_WRITERS: dict[str, Callable[[Mapping[str, ox.Triple], Vocabulary], Iterator[str]]] = {
    "turtle": turtle,
    "nt": _ntriples,
    "jsonld": _jsonld,
    "rdfxml": _rdfxml,
}

LAYOUTS = tuple(_WRITERS)
"""The formats in which triples can be written."""
