"""Whether the ontology keeps the rules in ``ontology/quality``, and what makes use of each of its terms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.graph.check import Report, check_rules
from kg.graph.query import named_queries
from kg.graph.store import ontology_triples
from kg.model import Term
from kg.vocab import NS, RDF, data_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

FILES = ("diplomacy.ttl", "alignments.ttl", "vocabularies.ttl", "examples.ttl")
"""What is checked together; only the first of them is part of every graph."""

USAGE = "https://w3id.org/diplomacy-kg/usage#"
"""The namespace of the facts by which a rule learns who uses a term: ``use:query``, ``use:frame``, …"""

_TERM = re.compile(r"\bdip:([A-Za-z]\w*)")


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """One user of one term."""

    term: Term
    kind: str
    """``query``, ``rule``, ``shape``, ``frame`` or ``example``."""
    user: str
    """The name of the query or rule, or of the file."""


def uses() -> tuple[Use, ...]:
    """List who uses which term, sorted, terms that the ontology does not have among them."""
    told = {Use(Term(f"dip:{name}"), kind, user) for kind, user, text in _texts() for name in _names(text)}
    return tuple(sorted(told | set(_examples())))


def check_ontology(more: Iterable[ox.Triple] = ()) -> Report:
    """Check the ontology with its alignments and examples, and ``more`` beside it, against its own rules."""
    return check_rules([*ontology_triples(*FILES), *_facts(uses()), *more], folder="quality")


def _texts() -> Iterator[tuple[str, str, str]]:
    folder = data_folder("ontology")
    for query in named_queries():
        yield "query", query.name, query.text
    for path in (folder / "checks").glob("*.rq"):
        yield "rule", path.stem, path.read_text(encoding="utf-8")
    yield "shape", "shapes.ttl", (folder / "shapes.ttl").read_text(encoding="utf-8")
    for path in (folder / "lexicon").rglob("*.toml"):
        yield "frame", path.name, _without_comments(path.read_text(encoding="utf-8"))


def _without_comments(toml: str) -> str:
    return "\n".join(line for line in toml.splitlines() if not line.lstrip().startswith("#"))


def _names(text: str) -> set[str]:
    return set(_TERM.findall(text))


def _examples() -> Iterator[Use]:
    """Yield the terms that an example shows: classes and things as objects, properties as predicates.

    The two properties of terms themselves (``dip:rank``) are shown by the ontology alone.
    """
    for triple in ontology_triples("examples.ttl"):
        if not (triple.predicate.value.startswith(RDF) and triple.predicate.value != f"{RDF}type"):
            yield from _shown(triple.predicate, "examples.ttl")
        yield from _shown(triple.object, "examples.ttl")
    for triple in ontology_triples():
        yield from _shown(triple.predicate, "diplomacy.ttl")


def _shown(node: object, where: str) -> Iterator[Use]:
    iri = getattr(node, "value", "")
    if iri.startswith(NS):
        yield Use(Term("dip:" + iri.removeprefix(NS)), "example", where)


def _facts(found: Iterable[Use]) -> Iterator[ox.Triple]:
    # Importing pyoxigraph costs more than a command that only lists the terms needs.
    import pyoxigraph as ox  # noqa: PLC0415

    for use in found:
        term = ox.NamedNode(NS + use.term.removeprefix("dip:"))
        yield ox.Triple(term, ox.NamedNode(USAGE + use.kind), ox.Literal(use.user))
