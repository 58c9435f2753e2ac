"""Turtle from lines of N-Triples: short names, one block for each thing, the same bytes for the same lines.

Terms are taken as N-Triples has them (``<iri>``, ``"text"@en``, ``_:b``), not as the engine's objects: each look into
one of those makes another, which for 100,000 triples took longer than all the rest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from kg.graph.names import Names
from kg.vocab import NS, RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.vocab import Vocabulary

Objects: TypeAlias = "dict[str, list[str]]"

_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE = f"<{RDF}type>"
_FIRST, _REST, _NIL = f"<{RDF}first>", f"<{RDF}rest>", f"<{RDF}nil>"
_ORDER = {_TYPE: 0, f"<{RDFS}label>": 1}
_PLAIN_NUMBER = {
    f"{_XSD}integer": re.compile(r"0|-?[1-9][0-9]*"),  # raptor reads -0 as 0
    f"{_XSD}decimal": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+"),
    f"{_XSD}boolean": re.compile(r"true|false"),
}


def turtle(lines: Iterable[str], vocabulary: Vocabulary) -> Iterator[str]:
    """Yield a graph as Turtle, piece by piece.

    Args:
        lines: triples as N-Triples without their final dots, each once, in any order; where equal graphs shall give
            equal bytes, blank nodes have names that follow from the graph.
        vocabulary: whose prefixes are used.
    """
    writer = _Turtle(lines, vocabulary)
    for prefix, namespace in writer.names.prefixes.items():
        yield f"@prefix {prefix}: <{namespace}> .\n"
    subjects = (
        (writer.rank(node), writer.term(node), node) for node in writer.index if node not in writer.nested
    )
    for _, _, node in sorted(subjects):
        yield f"\n{writer.block(node)}"


class _Turtle:
    """Writes the terms of one graph; blank nodes that are used once are written where they are used."""

    def __init__(self, lines: Iterable[str], vocabulary: Vocabulary) -> None:
        self.index: dict[str, Objects] = {}
        objects: set[str] = set()
        self._used: dict[str, int] = defaultdict(int)
        for line in lines:
            subject, predicate, value = line.split(" ", 2)
            self.index.setdefault(subject, {}).setdefault(predicate, []).append(value)
            objects.add(value)
            if value[0] == "_":
                self._used[value] += 1
        self.nested = {
            node
            for node, count in self._used.items()
            if count == 1 and node in self.index and self._ends(node)
        }
        verbs = {verb for about in self.index.values() for verb in about}
        used = filter(None, map(_space_shown, (*verbs, *objects)))
        self.names = Names.of((node[1:-1] for node in self.index if node[0] == "<"), used, vocabulary)
        self._verbs = {verb: (_ORDER.get(verb, 2), self._verb(verb)) for verb in verbs}
        self._known: dict[str, str] = {}

    def rank(self, node: str) -> int:
        """Order what a reader meets: things, then claims and their passages, then the ontology."""
        if node[0] != "<":
            return 4
        if self.names.is_vocabulary(node[1:-1]):
            return 3
        types = self.index[node].get(_TYPE, ())
        return 2 if f"<{NS}Passage>" in types else 1 if f"<{NS}Claim>" in types else 0

    def block(self, node: str) -> str:
        """Write all that is said of a thing."""
        about = self.index[node]
        if node[0] == "_" and not self._used[node]:
            return f"{self._brackets(about)} .\n"
        return f"{self.term(node)} {self._facts(about, '    ')} .\n"

    def term(self, term: str) -> str:
        """Write a term as short as it can be read."""
        known = self._known.get(term)
        if known is None:
            known = self._known[term] = self._written(term)
        return known

    def _written(self, term: str) -> str:
        if term[0] == '"':
            return self._literal(term)
        if term[0] == "_":
            return self._blank(term)
        if term.startswith("<<("):
            parts = term.removeprefix("<<( ").removesuffix(" )>>").split(" ", 2)
            return f"<<( {' '.join(map(self.term, parts))} )>>"
        return self.names.short(term[1:-1]) or term

    def _blank(self, term: str) -> str:
        items = self._items(term) if term in self.nested else None
        if items is not None:
            return f"( {' '.join(map(self.term, items))} )"
        alone = term in self.nested or (term in self.index and not self._used[term])
        return self._brackets(self.index[term]) if alone else term

    def _ends(self, node: str) -> bool:
        """Tell whether a blank node does not hang on itself."""
        seen, waiting = set(), [node]
        while waiting:
            for objects in self.index.get(waiting.pop(), {}).values():
                for value in objects:
                    if value == node:
                        return False
                    if value[0] == "_" and value not in seen:
                        seen.add(value)
                        waiting.append(value)
        return True

    def _items(self, node: str) -> list[str] | None:
        """List the members of a well-formed list, None where the node starts none."""
        items = []
        rest = node
        while rest[0] == "_":
            about = self.index.get(rest, {})
            if (
                rest not in self.nested
                or set(about) != {_FIRST, _REST}
                or any(len(values) != 1 for values in about.values())
            ):
                return None
            items.append(about[_FIRST][0])
            rest = about[_REST][0]
        return items if rest == _NIL else None

    def _brackets(self, about: Objects) -> str:
        return f"[ {self._facts(about, '', ' ; ')} ]"

    def _facts(self, about: Objects, indent: str, end: str = " ;\n") -> str:
        lines = sorted((*self._verbs[verb], self._values(values)) for verb, values in about.items())
        return f"{end}{indent}".join([f"{verb} {values}" for _, verb, values in lines])

    def _values(self, values: list[str]) -> str:
        return self.term(values[0]) if len(values) == 1 else ", ".join(sorted(map(self.term, values)))

    def _verb(self, verb: str) -> str:
        return "a" if verb == _TYPE else self._written(verb)

    def _literal(self, literal: str) -> str:
        if literal[-1] != ">":  # a plain one, or one with a language
            return literal
        text, _, datatype = literal[:-1].rpartition('"^^<')
        plain = _PLAIN_NUMBER.get(datatype)
        if plain is not None and plain.fullmatch(text[1:]):
            return text[1:]
        return f'{text}"^^{self.names.short(datatype) or f"<{datatype}>"}'


def _space_shown(term: str) -> str | None:
    """Give an IRI in whose namespace a term is: its own, or that of its datatype; None where it has none."""
    if term[0] == '"':
        if term[-1] == '"':
            return f"{_XSD}string"
        return term[:-1].rpartition('"^^<')[2] if term[-1] == ">" else f"{RDF}langString"
    return term[1:-1] if term[0] == "<" and not term.startswith("<<(") else None
