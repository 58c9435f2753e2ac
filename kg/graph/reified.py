"""Claims as RDF 1.2 has them: each a reifier of one triple term, in place of three triples of its own."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.vocab import NS, RDF

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    Node: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Triple
    Values: TypeAlias = "set[Node | ox.Literal]"

_TYPE = ox.NamedNode(f"{RDF}type")
_CLAIM = ox.NamedNode(f"{NS}Claim")
_REIFIES = ox.NamedNode(f"{RDF}reifies")
_PARTS = tuple(ox.NamedNode(f"{RDF}{part}") for part in ("subject", "predicate", "object"))


def reified(triples: Sequence[ox.Triple]) -> list[ox.Triple]:
    """Give a graph with one triple term for the three parts of each claim; all else stays as it is.

    So does a claim that has not each part once: nobody could tell what it says. The query
    ``export-rdf12`` gives the same reifiers, but what a store gives back has every whole number as
    ``xsd:integer``: its triple terms would not be the triples of the view.
    """
    terms = {claim: term for claim, parts in _parts(triples).items() if (term := _term(parts)) is not None}
    kept = [each for each in triples if each.subject not in terms or each.predicate not in _PARTS]
    return kept + [ox.Triple(claim, _REIFIES, term) for claim, term in terms.items()]


def _parts(triples: Sequence[ox.Triple]) -> dict[Node, list[Values]]:
    """Give what each claim has as its subject, property and object."""
    claims = {each.subject for each in triples if each.predicate == _TYPE and each.object == _CLAIM}
    found: dict[Node, list[Values]] = defaultdict(lambda: [set(), set(), set()])
    for each in triples:
        if each.predicate in _PARTS and each.subject in claims:
            found[each.subject][_PARTS.index(each.predicate)].add(each.object)
    return found


def _term(parts: Sequence[Values]) -> ox.Triple | None:
    """Give the triple of three parts, None where one is missing, said twice, or without a name of its own."""
    if any(len(values) != 1 for values in parts):
        return None
    subject, predicate, value = (next(iter(values)) for values in parts)
    if isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode):
        return None if isinstance(value, ox.BlankNode) else ox.Triple(subject, predicate, value)
    return None
