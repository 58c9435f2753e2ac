"""By which name each parser knows the formats that are written; those it does not read are left out."""

import pyoxigraph as ox

OXIGRAPH = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
RDFLIB = {"turtle": "turtle", "nt": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
RAPPER = {"turtle": "turtle", "nt": "ntriples", "rdfxml": "rdfxml"}
N3JS = {"turtle": "text/turtle", "nt": "application/n-triples"}
