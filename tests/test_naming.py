"""From what somebody calls a thing to the thing: by the classes that the ontology knows."""

import pyoxigraph as ox

from kg.graph.store import EmbeddedStore
from kg.naming import named_things
from kg.vocab import BASE, NS

TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def test_a_thing_of_a_class_that_nobody_knows_is_no_named_thing():
    thing, other = ox.NamedNode(f"{BASE}thing/one"), ox.NamedNode(f"{BASE}thing/other")
    kinds = [(thing, "NoSuchClass"), (thing, "Event"), (thing, "Talks"), (other, "NoSuchClass")]
    store = EmbeddedStore.of(
        [
            *(ox.Triple(each, TYPE, ox.NamedNode(f"{NS}{name}")) for each, name in kinds),
            *(ox.Triple(each, LABEL, ox.Literal("A thing", language="en")) for each in (thing, other)),
        ]
    )
    (found,) = named_things(store)
    assert (found.iri, found.type, found.kind) == (thing.value, "dip:Talks", "talks")
