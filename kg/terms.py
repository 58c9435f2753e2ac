"""What things and terms are called: the namespaces, and what a term is."""

from typing import NewType

NS = "https://w3id.org/diplomacy-kg/ns#"
"""The namespace of the terms. The w3id address is not registered yet."""

BASE = "https://w3id.org/diplomacy-kg/id/"
"""The default base of things: a path such as ``person/jan-egeland`` is relative to it."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"

Term = NewType("Term", str)
"""A class, property or individual of the ontology as a CURIE: ``dip:Talks``."""
