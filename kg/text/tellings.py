"""Who does what to whom, as phrases: frames over grammar alone, whether or not anybody known is meant.

Claims want actors that are linked; a count of how much of the news the frames understand does not.
Nothing here makes a claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Term
from kg.text.apply import fits, frames_at
from kg.text.complements import complement
from kg.text.eventtypes import event_type
from kg.text.instruments import instrument_type
from kg.text.seeds import INSTRUMENTS, MEETINGS
from kg.text.slots import fill
from kg.text.stance import commitment
from kg.text.syntax import (
    asks,
    children,
    conjuncts,
    governors,
    has_to,
    is_passive,
    objects,
    prepositional,
    subjects,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from kg.lexicon import Frame
    from kg.text.commitment import Commitment
    from kg.text.scene import Scene

_DOERS = tuple(
    Term(f"dip:{name}")
    for name in ("performs", "takes", "hosts", "mediates", "brokers", "signs", "adopts", "observes", "guarantees")
)  # fmt: skip
_TARGET, _PARTICIPATES = Term("dip:directedAt"), Term("dip:participatesIn")
_SIGNS = Term("dip:signs")
_TOWARDS = (
    "against",
    "to",
    "with",
    "on",
    "upon",
    "into",
    "at",
    "from",
    "of",
    "for",
    "over",
    "between",
    "in",
    "by",
)
"""By which preposition a target is reached where no frame says so, nearest first."""
_WHEN = frozenset(("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL"))
_NAMES = frozenset(("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"))
_DEEP = 3
"""How many verbs and nouns below a trigger its arguments are looked for."""
_MUTUAL = MEETINGS | INSTRUMENTS | frozenset((Term("dip:Cooperation"), Term("dip:Offer")))
"""What several do with each other: who is told first does it, with the second."""
_LEFT_OUT = frozenset(("relcl", "acl", "appos", "advcl", "ccomp", "punct", "parataxis"))
"""What hangs on a noun and does not belong to its name."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What one trigger tells, with the heads of the phrases in its slots."""

    trigger: Token
    frame: Frame | None
    """None where only the grammar was read."""
    type: Term | None
    doers: tuple[Token, ...]
    targets: tuple[Token, ...]
    said: Commitment
    height: int
    """Words between the trigger and the main verb of its sentence, verbs of saying not counted."""


def tellings(scene: Scene) -> tuple[Telling, ...]:
    """Give all that the frames tell, what stands nearest to the main verb of its sentence first."""
    found = (
        telling
        for token in scene.doc
        if not asks(token)
        for frame in frames_at(scene, token)
        if fits(scene, frame, token) and (telling := _telling(scene, frame, token)) is not None
    )
    return tuple(sorted(found, key=lambda telling: (telling.height, telling.trigger.i)))


def plain_telling(scene: Scene) -> Telling | None:
    """Give who does something to whom in the main clause, whatever its verb says."""
    sentences = sorted(scene.doc.sents, key=lambda sentence: sentence.start - sentence.end)
    for sentence in sentences:
        verb = _told(scene, sentence.root)
        doers = _doers_of(verb)
        if doers:
            targets = _reached(scene, verb, but=doers)
            return Telling(verb, None, None, doers, targets, commitment(scene, verb), 0)
    return None


def phrase(head: Token) -> Iterator[Token]:
    """Give the words of a noun phrase with what is conjoined to it, without clauses and appositions."""
    for child in head.lefts:
        if child.dep_ not in _LEFT_OUT:
            yield from phrase(child)
    yield head
    for child in head.rights:
        if child.dep_ not in _LEFT_OUT:
            yield from phrase(child)


def _telling(scene: Scene, frame: Frame, token: Token) -> Telling | None:
    kind = _type(scene, frame, token)
    roles = dict(frame.roles)
    part = roles.get(_PARTICIPATES, ())
    slots = tuple(slot for role in _DOERS for slot in roles.get(role, ())) or part[:1]
    if not all(
        _is_somebody(scene, word)
        for slot in (*frame.persons, *frame.resolves)
        for word in fill(scene, token, slot)
    ):
        return None
    if kind is None or not slots or (frame.content is not None and complement(token, frame.content) is None):
        return None
    doers = _first(scene, token, slots) or _doers_of(token)
    if not doers:
        return None
    there = (*roles.get(_TARGET, ()), *frame.addressee, *(slot for slot in part if slot not in slots))
    targets = _first(scene, token, there, but=doers) if there else ()
    if not targets and kind in _MUTUAL:
        targets = tuple(other for word in doers for other in conjuncts(word))[1:2]
    targets = targets or _reached(scene, token, but=doers)
    return Telling(token, frame, kind, doers, targets, commitment(scene, token), _height(scene, token))


def _type(scene: Scene, frame: Frame, token: Token) -> Term | None:
    """Give the class of what a frame tells: its own, or of the event or text in its slot."""
    of = instrument_type if _SIGNS in dict(frame.roles) else event_type
    for slot in frame.event:
        for word in () if slot in ("self", "near", "context") else fill(scene, token, slot):
            kind = of(scene, word)
            if kind is not None:
                return kind
    return frame.type if "self" in frame.event else None


def _first(
    scene: Scene, token: Token, slots: Sequence[str], *, but: Sequence[Token] = ()
) -> tuple[Token, ...]:
    """Give what fills the first slot that anything fills; a pronoun gives way to who it stands for."""
    for slot in slots:
        found = [named for word in fill(scene, token, slot) if (named := _named(word)) not in but]
        found = [word for word in found if word.ent_type_ not in _WHEN]
        if found:
            return tuple(found)
    return ()


def _doers_of(trigger: Token) -> tuple[Token, ...]:
    """Who does it; of a passive without an agent the place, which stands for who rules there."""
    if trigger.pos_ in ("VERB", "AUX"):
        found = subjects(trigger)
        if not found and is_passive(trigger):
            found = [place for word in ("from", "in") for place in prepositional(trigger, word)][:1]
        return tuple(_named(word) for word in found)
    before = [child for child in trigger.lefts if child.ent_type_ in ("GPE", "NORP", "ORG", "PERSON")]
    return tuple(before[:1])


def _reached(scene: Scene, trigger: Token, *, but: Sequence[Token] = ()) -> tuple[Token, ...]:
    """To whom it is done: of all arguments, direct ones first, the first that names somebody; else the first."""
    found = [word for word in _arguments(trigger, 0) if word not in but and word.ent_type_ not in _WHEN]
    names = [word for word in found if any(_is_name(scene, token) for token in phrase(word))]
    return tuple((names or found)[:1])


def _arguments(trigger: Token, depth: int) -> Iterator[Token]:
    """Give object, prepositional objects and those of the clauses below, in this order."""
    if trigger.pos_ in ("VERB", "AUX"):
        yield from (word for word in objects(trigger) if word.pos_ != "PRON")
    if depth < _DEEP:
        yield from _below(trigger, depth)


def _below(trigger: Token, depth: int) -> Iterator[Token]:
    clauses = children(trigger, "xcomp", "acomp", "attr", "ccomp", "dobj", "prt", "oprd", "dative")
    for preposition in _TOWARDS:
        for word in (trigger, *(c for c in clauses if c.dep_ == "prt")):
            yield from prepositional(word, preposition)
    for clause in clauses:
        yield from _arguments(clause, depth + 1)
    for clause in children(trigger, "advcl", "prep"):
        yield from (word for verb in children(clause, "pcomp") for word in _arguments(verb, depth + 1))
        if clause.dep_ == "advcl" and has_to(clause):
            yield from _arguments(clause, depth + 1)


def _is_somebody(scene: Scene, word: Token) -> bool:
    """Tell whether a phrase names an actor, or speaks of one by title, team, government or force."""
    words, lemma = scene.lexicon.words, word.lemma_.lower()
    kinds = ("titles", "representatives", "governments", "groups", "forces", "delegations", "parties")
    return _is_name(scene, word) or word.pos_ == "PRON" or any(lemma in words[kind] for kind in kinds)


def _is_name(scene: Scene, token: Token) -> bool:
    return scene.link(token) is not None or token.ent_type_ in _NAMES


def _named(word: Token) -> Token:
    """Give whom a pronoun stands for in "X said it had": the speaker; else the word itself."""
    if word.pos_ != "PRON":
        return word
    for above in governors(word):
        for subject in children(above, "nsubj"):
            if subject.pos_ != "PRON" and subject.i < word.i:
                return subject
    return word


def _told(scene: Scene, verb: Token) -> Token:
    """Give the verb of what is said where a sentence says that somebody says something."""
    clauses = children(verb, "ccomp")
    if (
        verb.lemma_ in scene.lexicon.modality["report"]
        and clauses
        and children(clauses[0], "nsubj", "nsubjpass")
    ):
        return clauses[0]
    return verb


def _height(scene: Scene, token: Token) -> int:
    """Count the words above a trigger that do not merely say who says it."""
    saying = scene.lexicon.modality["report"]
    below, count = token, 0
    for word in governors(token):
        count += not (below.dep_ == "ccomp" and word.lemma_ in saying)
        below = word
    return count
