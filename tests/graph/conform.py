"""Whether a graph conforms, fast: core shapes in pyshacl, the SPARQL rules of the shapes in Oxigraph.

The rules take pyshacl seconds on a graph that Oxigraph checks in milliseconds; one test runs the
whole of pyshacl on the whole of the graph, another shows that this helper finds what pyshacl finds.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import rdflib
from pyshacl import validate

ONTOLOGY = Path(__file__).parents[2] / "ontology"
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


@cache
def parsed(name):
    """A file of the ontology, parsed once."""
    return rdflib.Graph().parse(ONTOLOGY / name)


@cache
def rules():
    """Message and query of each SPARQL rule, with its prefixes."""
    shapes = parsed("shapes.ttl")
    prefixes = "".join(
        f"PREFIX {shapes.value(one, SH.prefix)}: <{shapes.value(one, SH.namespace)}>\n"
        for one in sorted(shapes.objects(None, SH.declare))
    )
    found = [
        (str(shapes.value(one, SH.message)), prefixes + str(shapes.value(one, SH.select)))
        for one in shapes.objects(None, SH.sparql)
    ]
    assert len(found) == 10
    return sorted(found)


@cache
def core():
    """The shapes without the SPARQL rules."""
    copy = rdflib.Graph()
    for triple in parsed("shapes.ttl"):
        if triple[1] != SH.sparql:
            copy.add(triple)
    return copy


def faults(triples):
    """All that is wrong with some pyoxigraph triples, as text; empty where they conform."""
    text = "".join(f"{triple} .\n" for triple in triples)
    found = []
    ok, _, report = validate(rdflib.Graph().parse(data=text, format="nt"), shacl_graph=core())
    if not ok:
        found.append(report)
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples)
    for message, query in rules():
        found += [f"{message}: {[str(value) for value in row]}" for row in store.query(query)]
    return found


def full(triples):
    """The verdict and the report of the whole of pyshacl."""
    text = "".join(f"{triple} .\n" for triple in triples)
    data = rdflib.Graph().parse(data=text, format="nt")
    ok, _, report = validate(
        data, shacl_graph=parsed("shapes.ttl"), ont_graph=parsed("diplomacy.ttl"), advanced=True
    )
    return ok, report
