"""Answers: from readings to graphs. May import rdflib, pyoxigraph and pyvis, never spaCy."""
