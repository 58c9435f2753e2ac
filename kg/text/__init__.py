"""Reading: from text to readings. May import spaCy, never rdflib, pyoxigraph or pyvis."""
