"""What ``kg doctor`` looks at of that which reads: language model, ontology, frames, knowledge base, a sentence."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kg import versions
from kg.commands.doctor_line import fault, fault_of, ok
from kg.errors import KGError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.commands.doctor_line import Line
    from kg.config import Settings
    from kg.kb import KnowledgeBase

SENTENCE = "Norway hosted talks between Egypt and Ethiopia in Oslo."
"""Read from end to end; what must come of it is an event with a host."""


def reading(chosen: Settings) -> Iterator[Line]:
    """Look at what reads, and let it read."""
    version = versions.model_version(chosen.model)
    if version is None:
        hint = f"Run: {sys.executable} -m pip install {versions.model_package(chosen.model)}"
        yield fault("model", f"{chosen.model} is not installed", hint=hint)
    else:
        yield ok("model", f"{chosen.model} {version}")
    yield _ontology()
    yield _frames()
    known, line = _knowledge(chosen)
    yield line
    if version is not None and known is not None:
        yield _sentence(chosen, known)


def _ontology() -> Line:
    from kg.vocab import Vocabulary  # noqa: PLC0415  (tests break it)

    try:
        found = Vocabulary.load()
    except KGError as error:
        return fault_of("ontology", error)
    return ok("ontology", f"{len(found.classes)} classes, {len(found.properties)} properties")


def _frames() -> Line:
    from kg.lexicon import load_lexicon  # noqa: PLC0415  (as above)

    try:
        return ok("frames", f"{len(load_lexicon().frames)}")
    except KGError as error:
        return fault_of("frames", error)


def _knowledge(chosen: Settings) -> tuple[KnowledgeBase | None, Line]:
    from kg.pipeline import load_kb  # noqa: PLC0415  (as above)

    try:
        version, known = versions.kb_version(chosen.kb), load_kb(*chosen.kb)
    except KGError as error:
        return None, fault_of("knowledge", error)
    told = f"base of {version}, {len(known):,} entities"
    return known, ok("knowledge", told)


def _sentence(chosen: Settings, known: KnowledgeBase) -> Line:
    from kg.model import Article  # noqa: PLC0415  (as above)
    from kg.pipeline import read  # noqa: PLC0415  (spaCy)

    try:
        (found,) = read([Article("doctor", SENTENCE)], kb=known, model=chosen.model)
    except KGError as error:
        return fault_of("reading", error)
    hosts = [role for told in found.event_mentions for role in told.roles if role.predicate == "dip:hosts"]
    if not hosts:
        what = f"no host is found in “{SENTENCE}”"
        return fault(
            "reading", what, hint=f"Is {chosen.model} a pipeline for English, with parser and names?"
        )
    return ok("reading", "a sentence of its own is read from end to end")
