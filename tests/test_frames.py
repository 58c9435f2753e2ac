"""Every frame of the lexicon reads its own examples, through the whole line from text to reading.

An example gives its ``text`` and what must be read in it: for a property of the ontology the names
of who fills it (``not-`` before it: who must not), ``Person / Side`` for delegations,
``Actor / Class`` for acts and stances, an empty list where the property must not be read at all,
and the ``modality`` of what is listed or the ``status`` of an event. Denied roles do not count as read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from kg.facts import name_of, name_of_entity
from kg.lexicon import Frame, load_lexicon
from kg.model import Article, EventMention, Reading, Role
from kg.pipeline import load_kb, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.kb import KnowledgeBase

FRAMES = load_lexicon().frames
PLAIN = frozenset(
    ("participatesIn", "hosts", "brokers", "mediates", "observes", "guarantees", "signs", "adopts")
) | {"location", "addressedTo", "directedAt", "holdsOffice"}
DELEGATION = frozenset(("leads", "memberOf"))
ACTS = frozenset(("takes", "performs"))
KEYS = PLAIN | DELEGATION | ACTS | {"text", "modality", "status"} | {f"not-{name}" for name in PLAIN}

EXAMPLES = tuple(example["text"] for frame in FRAMES for example in frame.examples)
NEGATIVES = tuple(text for frame in FRAMES for text in frame.negatives)


@dataclass(frozen=True)
class Filled:
    """A role that was read and is not denied: property, who fills it, second part, modality."""

    predicate: str
    names: tuple[str, ...]
    modality: str


@dataclass(frozen=True)
class Corpus:
    """The readings of all examples, made in one go."""

    kb: KnowledgeBase
    readings: Mapping[str, Reading]

    def filled(self, text: str) -> tuple[Filled, ...]:
        reading = self.readings[text]
        entities = {entity.key: entity for entity in reading.entities}

        def name(key: Any) -> str:
            return name_of_entity(entities[key]) if key in entities else str(key)

        return tuple(
            Filled(role.predicate[4:], _names(mention, role, name), stance.modality[4:])
            for mention in reading.event_mentions
            for role in mention.roles
            if not (stance := mention.stance if role.stance is None else role.stance).negated
        )


def _names(mention: EventMention, role: Role, name: Any) -> tuple[str, ...]:
    if role.predicate[4:] in DELEGATION:
        return (name(role.filler), name(role.side))
    if role.predicate[4:] in ACTS:
        return (name(role.filler), mention.type[4:])
    return (name(role.filler),)


def _wanted(key: str, value: str, kb: KnowledgeBase) -> tuple[str, ...]:
    """Give an expectation as it is compared: ``Ana Lima / Brazil`` as two names, one a state."""
    first, slash, second = (part.strip() for part in value.partition("/"))
    if key in DELEGATION | ACTS:
        assert slash, f"{key} = {value!r} needs two parts with a slash between them"
        return (name_of(first, kb), second if key in ACTS else name_of(second, kb))
    return (name_of(value, kb),)


def _expectations(example: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, value in example.items():
        if key.removeprefix("not-") in PLAIN | DELEGATION | ACTS:
            yield key, (value,) if isinstance(value, str) else tuple(value)


def _faults(example: Mapping[str, Any], corpus: Corpus) -> Iterator[str]:
    """Say what was not read as the example wants it."""
    read_roles = corpus.filled(example["text"])
    for key, values in _expectations(example):
        forbidden, predicate = key.startswith("not-"), key.removeprefix("not-")
        found = {role.names: role.modality for role in read_roles if role.predicate == predicate}
        if not forbidden and not values and found:
            yield f"{predicate} must not be read, but is: {sorted(found)}"
        for value in values:
            names = _wanted(predicate, value, corpus.kb)
            if (names in found) is forbidden:
                yield f"{key} {names}; read: {sorted(found)}"
            elif not forbidden and found[names] != example.get("modality", found[names]):
                yield f"{predicate} {names} is {found[names]}, not {example['modality']}"
    yield from _status_faults(example, corpus)


def _status_faults(example: Mapping[str, Any], corpus: Corpus) -> Iterator[str]:
    if "status" in example:
        mentions = corpus.readings[example["text"]].event_mentions
        found = {mention.status[10:].lower() for mention in mentions if mention.status is not None}
        if example["status"] not in found:
            yield f"status {example['status']}; read: {sorted(found)}"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    kb = load_kb()
    texts = sorted({*EXAMPLES, *NEGATIVES})
    readings = read((Article(id=f"example-{n}", text=text) for n, text in enumerate(texts)), kb=kb)
    return Corpus(kb, dict(zip(texts, readings, strict=True)))


def test_all_examples_are_read(corpus: Corpus) -> None:
    assert len(FRAMES) >= 60
    assert len(EXAMPLES) >= 90
    assert corpus.readings.keys() == {*EXAMPLES, *NEGATIVES}


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.name)
def test_a_frame_reads_its_examples(frame: Frame, corpus: Corpus) -> None:
    assert frame.examples, "a frame without an example is not tested"
    faults = [f"{one['text']}\n    {fault}" for one in frame.examples for fault in _faults(one, corpus)]
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.name)
def test_an_example_says_what_to_read_and_nothing_unknown(frame: Frame) -> None:
    for example in frame.examples:
        assert example.keys() <= KEYS, example["text"]
        assert len(example) > 1, example["text"]


def test_frames_keep_away_from_their_negatives(corpus: Corpus) -> None:
    wrong = []
    for frame in FRAMES:
        predicates = {predicate[4:] for predicate, _ in frame.roles}
        for text in frame.negatives:
            wrong += [(frame.name, text) for role in corpus.filled(text) if role.predicate in predicates]
    assert wrong == []


def test_a_wrong_expectation_is_a_fault(corpus: Corpus) -> None:
    text = "The talks, brokered by Norway, are taking place in Oslo."
    assert list(_faults({"text": text, "brokers": "Norway", "location": "Oslo"}, corpus)) == []
    wrong = {"brokers": "Sweden", "not-location": "Oslo", "modality": "Expected", "status": "cancelled"}
    assert len(list(_faults({"text": text, **wrong}, corpus))) == 3
    assert len(list(_faults({"text": text, "brokers": []}, corpus))) == 1
    assert len(list(_faults({"text": text, "brokers": "Norway", "modality": "Expected"}, corpus))) == 1
