"""Whom pronouns point back to, as far as their own sentence tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.party import named_after_title
from kg.text.scene import is_kind
from kg.text.syntax import children

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span as DocSpan
    from spacy.tokens import Token

    from kg.model import Entity
    from kg.text.scene import Scene


def pronoun_side(scene: Scene, head: Token) -> Iterator[Entity]:
    """Give the state or body that "its delegation", "its officials" point back to.

    That is the subject of the clause, or of the clause above where the phrase itself is the subject.
    """
    if not any(word.lower_ in ("its", "their") for word in children(head, "poss")):
        return
    for verb in (word for word in head.ancestors if word.pos_ in ("VERB", "AUX")):
        others = [
            subject
            for subject in children(verb, "nsubj", "nsubjpass")
            if subject.i != head.i and not subject.is_ancestor(head)
        ]
        for subject in others:
            link = scene.link(subject)
            if link is not None and link.entity is not None and is_kind(link.entity, "state", "group"):
                yield link.entity
        if others:
            return


def sayer(scene: Scene, pronoun: Token) -> Entity | None:
    """As in "Kenya said it would host": the state or body that says so of itself."""
    if pronoun.dep_ not in ("nsubj", "nsubjpass"):
        return None
    clause = pronoun.head
    while clause.dep_ in ("xcomp", "conj") and clause.head != clause:
        clause = clause.head
    verb = clause.head
    if clause.dep_ != "ccomp" or verb.lemma_ not in scene.lexicon.modality["report"]:
        return None
    named = [scene.link(subject) for subject in children(verb, "nsubj")]
    found = [link.entity for link in named if link is not None and is_kind(link.entity, "state", "group")]
    return found[0] if len(found) == 1 else None


def outside_quotations(scene: Scene, start: int) -> DocSpan | None:
    """Give the sentence before a token, past those in quotation marks: "he" is who spoke before them."""
    for _ in range(_QUOTED):
        if not start:
            return None
        before = scene.doc[start - 1].sent
        if before.start not in scene.quotations and before.end - 2 not in scene.quotations:
            return before
        start = before.start
    return None


_QUOTED = 4
"""Sentences of a quotation that "he said" may close."""


def side_of_holder(scene: Scene, person: Entity) -> Entity | None:
    """Give the state or body whose office a person holds, if the article gives him those of one alone."""
    sides = {h.side.key: h.side for h in scene.holders if h.person == person and h.side is not None}
    return next(iter(sides.values())) if len(sides) == 1 else None


def owner_told(scene: Scene, pronoun: Token) -> Entity | None:
    """Give who "his" goes back to: the one person named as a subject, in this sentence or the one before."""
    sentence = pronoun.sent
    before = outside_quotations(scene, sentence.start) if sentence.start else None
    spans = [(sentence.start, sentence.end)] + ([(before.start, before.end)] if before is not None else [])
    for start, end in spans:
        subjects = [word for word in scene.doc[start:end] if word.dep_ in ("nsubj", "nsubjpass")]
        persons = {
            person.key: person for word in subjects if (person := _person_named(scene, word)) is not None
        }
        if persons:
            return next(iter(persons.values())) if len(persons) == 1 else None
        if any(word.pos_ != "PRON" and word.i < pronoun.head.i for word in subjects):
            return None  # "the delegate of A said that his country": nobody of the sentence before
    return None


def _person_named(scene: Scene, word: Token) -> Entity | None:
    link = scene.link(word)
    if link is not None:
        return link.entity if is_kind(link.entity, "person") else None
    titled = word.lemma_.lower() in scene.lexicon.words["titles"]
    return named_after_title(scene, word) if titled else None
