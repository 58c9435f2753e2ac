"""Triples as Turtle, N-Triples, JSON-LD and RDF/XML: sorted, so that equal graphs give equal bytes.

Our own writers, because the libraries' do not sort, follow the hash seed where there are blank
nodes, escape slashes in local names, and write RDF/XML that nobody reads when a text holds a
control character.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

import pyoxigraph as ox

from kg.errors import DataError, UnknownNameError
from kg.graph.names import Names
from kg.graph.rows import xml_text
from kg.graph.xmltext import quoteattr
from kg.vocab import NS, RDF, RDFS, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Node: TypeAlias = ox.NamedNode | ox.BlankNode
Objects: TypeAlias = "dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]"
Index: TypeAlias = "dict[ox.NamedNode | ox.BlankNode | ox.Triple, Objects]"

_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE = f"{RDF}type"
_FIRST, _REST, _NIL = f"{RDF}first", f"{RDF}rest", f"{RDF}nil"
_PLAIN_NUMBER = {
    f"{_XSD}integer": re.compile(r"0|-?[1-9][0-9]*"),  # raptor reads -0 as 0
    f"{_XSD}decimal": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+"),
    f"{_XSD}boolean": re.compile(r"true|false"),
}
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
    chosen = canonical(triples)
    names = Names.of(chosen, Vocabulary.load() if vocabulary is None else vocabulary)
    out.writelines(piece.encode() for piece in _WRITERS[layout](chosen, names))


def canonical(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Give each triple once, sorted, its blank nodes under names that follow from the graph alone."""
    unique = set(triples)
    blank = {triple for triple in unique if _has_blank(triple)}
    if blank:
        dataset = ox.Dataset(ox.Quad(*triple) for triple in blank)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        unique = (unique - blank) | {quad.triple for quad in dataset}
    return sorted(unique, key=str)


def _has_blank(triple: ox.Triple) -> bool:
    return isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)


def _index(triples: Iterable[ox.Triple]) -> Index:
    index: Index = {}
    for triple in triples:
        index.setdefault(triple.subject, {}).setdefault(triple.predicate.value, []).append(triple.object)
    return index


def _ntriples(triples: list[ox.Triple], _: Names) -> Iterator[str]:
    for triple in triples:
        yield f"{triple} .\n"


def _turtle(triples: list[ox.Triple], names: Names) -> Iterator[str]:
    for prefix, namespace in names.prefixes.items():
        yield f"@prefix {prefix}: <{namespace}> .\n"
    writer = _Turtle(_index(triples), names)
    subjects = (
        (writer.rank(node), writer.term(node), node) for node in writer.index if node not in writer.nested
    )
    for _, _, node in sorted(subjects, key=lambda each: each[:2]):
        yield f"\n{writer.block(node)}"


class _Turtle:
    """Writes the terms of one graph; blank nodes that are used once are written where they are used."""

    def __init__(self, index: Index, names: Names) -> None:
        self.index = index
        self._names = names
        self._known: dict[str, str] = {}
        used: dict[ox.BlankNode, int] = defaultdict(int)
        for about in index.values():
            for objects in about.values():
                for value in objects:
                    if isinstance(value, ox.BlankNode):
                        used[value] += 1
        self._used = used
        self.nested = {
            node for node, count in used.items() if count == 1 and node in index and self._ends(node)
        }

    def rank(self, node: Node | ox.Triple) -> int:
        """Order what a reader meets: things, then claims and their passages, then the ontology."""
        if not isinstance(node, ox.NamedNode):
            return 4
        if self._names.is_vocabulary(node.value):
            return 3
        types = {value.value for value in self.index[node].get(_TYPE, ()) if isinstance(value, ox.NamedNode)}
        return 2 if f"{NS}Passage" in types else 1 if f"{NS}Claim" in types else 0

    def block(self, node: Node | ox.Triple) -> str:
        """Write all that is said of a thing."""
        about = self.index[node]
        if isinstance(node, ox.BlankNode) and not self._used[node]:
            return f"{self._brackets(about)} .\n"
        return f"{self.term(node)} {self._facts(about, '    ')} .\n"

    def term(self, term: Node | ox.Literal | ox.Triple) -> str:
        """Write a term as short as it can be read."""
        if isinstance(term, ox.NamedNode):
            return self._iri(term.value)
        if isinstance(term, ox.Literal):
            return self._literal(term)
        if isinstance(term, ox.Triple):
            parts = (term.subject, term.predicate, term.object)
            return f"<<( {' '.join(map(self.term, parts))} )>>"
        if term in self.nested:
            items = self._items(term)
            return (
                self._brackets(self.index[term])
                if items is None
                else f"( {' '.join(map(self.term, items))} )"
            )
        return self._brackets(self.index[term]) if term in self.index and not self._used[term] else str(term)

    def _ends(self, node: ox.BlankNode) -> bool:
        """Tell whether a blank node does not hang on itself."""
        seen, waiting = set(), [node]
        while waiting:
            for objects in self.index.get(waiting.pop(), {}).values():
                for value in objects:
                    if value == node:
                        return False
                    if isinstance(value, ox.BlankNode) and value not in seen:
                        seen.add(value)
                        waiting.append(value)
        return True

    def _items(self, node: ox.BlankNode) -> list[Node | ox.Literal | ox.Triple] | None:
        """List the members of a well-formed list, None where the node starts none."""
        items = []
        rest: object = node
        while isinstance(rest, ox.BlankNode):
            about = self.index.get(rest, {})
            if (
                rest not in self.nested
                or set(about) != {_FIRST, _REST}
                or any(len(v) != 1 for v in about.values())
            ):
                return None
            items.append(about[_FIRST][0])
            rest = about[_REST][0]
        return items if rest == ox.NamedNode(_NIL) else None

    def _brackets(self, about: Objects) -> str:
        return f"[ {self._facts(about, '', ' ; ')} ]"

    def _facts(self, about: Objects, indent: str, end: str = " ;\n") -> str:
        lines = sorted((_order(iri), self._verb(iri), self._values(values)) for iri, values in about.items())
        return f"{end}{indent}".join(f"{verb} {values}" for _, verb, values in lines)

    def _verb(self, iri: str) -> str:
        return "a" if iri == _TYPE else self._iri(iri)

    def _values(self, values: Iterable[Node | ox.Literal | ox.Triple]) -> str:
        return ", ".join(sorted(map(self.term, values)))

    def _iri(self, iri: str) -> str:
        known = self._known.get(iri)
        if known is None:
            known = self._known[iri] = self._names.short(iri) or f"<{iri}>"
        return known

    def _literal(self, literal: ox.Literal) -> str:
        datatype = literal.datatype.value
        if datatype == f"{_XSD}string" or literal.language is not None:
            return str(literal)
        plain = _PLAIN_NUMBER.get(datatype)
        if plain is not None and plain.fullmatch(literal.value):
            return literal.value
        return f"{ox.Literal(literal.value)}^^{self._iri(datatype)}"


def _order(iri: str) -> int:
    return {_TYPE: 0, f"{RDFS}label": 1}.get(iri, 2)


def _jsonld(triples: list[ox.Triple], names: Names) -> Iterator[str]:
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


def _rdfxml(triples: list[ox.Triple], names: Names) -> Iterator[str]:
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


_WRITERS: dict[str, Callable[[list[ox.Triple], Names], Iterator[str]]] = {
    "turtle": _turtle,
    "nt": _ntriples,
    "jsonld": _jsonld,
    "rdfxml": _rdfxml,
}

LAYOUTS = tuple(_WRITERS)
"""The formats in which triples can be written."""
