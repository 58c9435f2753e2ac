"""What fills a slot of a frame: from a slot's name to the words that stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.antecedents import antecedent
from kg.text.armed import (
    adjectives,
    authors,
    captives,
    done,
    harmed,
    is_named_deed,
    marching,
    possessors,
    struck,
    towns,
    troops,
    vacated,
)
from kg.text.counterparts import (
    answerers,
    crossed,
    holders,
    leader,
    made_by,
    makers,
    modifiers,
    partners,
    targets,
    told,
    upon,
)
from kg.text.equated import equated, within
from kg.text.syntax import (
    children,
    conjuncts,
    noun_owners,
    objects,
    prepositional,
    subjects,
    surface_subjects,
)
from kg.text.wanted import asked_for, departures, harms, vows, wanted_doers
from kg.text.words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from spacy.tokens import Token

    from kg.text.scene import Scene


def fill(scene: Scene, trigger: Token, slot: str) -> list[Token]:
    """Give the heads of the phrases that stand in a slot of the trigger; looked for once."""
    known, key = words_of(scene.doc).found, (fill, trigger.i, slot)
    found = known.get(key)
    if found is None:
        found = known[key] = tuple(_filled(scene, trigger, slot))
    return list(found)


def _filled(scene: Scene, trigger: Token, slot: str) -> list[Token]:
    if slot.startswith("prep:"):
        return through(trigger, slot.removeprefix("prep:"))
    if slot == "several":
        return modifiers(scene, trigger) if trigger.tag_ == "NNS" else []
    if slot in _IN_SCENE:
        return _IN_SCENE[slot](scene, trigger)
    return _BY_SLOT[slot](trigger) if slot in _BY_SLOT else []


def _subject(trigger: Token) -> list[Token]:
    if trigger.pos_ == "ADJ":  # "was present"
        return [antecedent(t) for t in surface_subjects(trigger.head)] if trigger.dep_ == "acomp" else []
    if trigger.pos_ not in ("VERB", "AUX"):
        return noun_owners(trigger)
    return subjects(leader(trigger))


def _object(trigger: Token) -> list[Token]:
    return objects(trigger) or _inherited_object(trigger)


def _owner(trigger: Token) -> list[Token]:
    """Whose the object is: "rejected the junta's ultimatum"."""
    return [owner for word in objects(trigger) for owner in noun_owners(word)]


def _pair(trigger: Token) -> list[Token]:
    """The subject where it names several: "A and B are considering a summit" of their own."""
    return [
        word
        for word in subjects(trigger)
        if len(list(conjuncts(word))) > 1 or _is_joined_before(word) or _is_of_several(word)
    ]


def _is_of_several(word: Token) -> bool:
    """As in "delegations of A and B will confer"."""
    return word.tag_ == "NNS" and any(len(list(conjuncts(of))) > 1 for of in prepositional(word, "of"))


def _is_joined_before(name: Token) -> bool:
    """As in "A and Mexican President B": the parser makes A a modifier of B's name."""
    left = name.doc[name.left_edge.i : name.i]
    ands = [word for word in left if word.lower_ == "and" and word.i > name.left_edge.i]
    return name.pos_ == "PROPN" and any(word.nbor(1).ent_type_ == "NORP" for word in ands)


def _initiator(trigger: Token) -> list[Token]:
    """As in "X cancelled the summit with Y": X was to come too."""
    return subjects(trigger) if any(prepositional(word, "with") for word in objects(trigger)) else []


def behalf(trigger: Token) -> list[Token]:
    """For whom somebody acts: "on behalf of Guyana", "for Guyana" beside a verb of signing."""
    return [
        side
        for noun in prepositional(trigger, "on")
        if noun.lower_ == "behalf"
        for side in prepositional(noun, "of")
    ]


def _inherited_object(trigger: Token) -> list[Token]:
    """The object of a purpose or control clause is its own; of "be ready to" the subject's."""
    if trigger.dep_ == "xcomp" and trigger.head.dep_ == "relcl" and not children(trigger, "dobj"):
        return objects(trigger.head)
    return []


def through(trigger: Token, preposition: str) -> list[Token]:
    """A preposition on the trigger, on its particle, or on its object ("talks with": spaCy wavers)."""
    found = prepositional(trigger, preposition)
    if preposition == "on":  # "paid a call on X on Monday"
        found = [word for word in found if word.ent_type_ not in ("DATE", "TIME")]
    if not found and preposition == "under" and trigger.dep_ == "nsubj" and trigger.head.lemma_ == "be":
        return prepositional(trigger.head, preposition)  # "The team was under X"
    if not found and preposition == "of" and trigger.dep_ == "attr":
        return [
            word for word in prepositional(trigger.head, "of") if word.i < trigger.i
        ]  # "of which X was a member"
    if found or trigger.pos_ not in ("VERB", "AUX"):
        return found or (_crossed(trigger, preposition) if preposition in ("on", "against") else [])
    for child in trigger.children:
        if child.dep_ in ("prt", "advmod", "prep") and child.lower_ != preposition:
            found += prepositional(child, preposition)
    for child in children(trigger, "dobj"):
        if child.lemma_ not in ("delegation", "team"):
            found += prepositional(child, preposition)
    return found or [
        word
        for means in ("by", "on", "over", "via")
        for device in prepositional(trigger, means)
        if device.lemma_ in _DEVICES
        for word in prepositional(device, preposition)
    ]  # "discussed the matter by telephone with X"


def _crossed(trigger: Token, preposition: str) -> list[Token]:
    return crossed(trigger, preposition) if is_named_deed(trigger) else []


_DEVICES = frozenset(("phone", "telephone", "call", "link", "video", "videoconference"))
_IN_SCENE: Mapping[str, Callable[[Scene, Token], list[Token]]] = {
    "and": equated,
    "modifier": modifiers,
    "maker": makers,
    "holder": holders,
    "target": targets,
    "upon": upon,
    "struck": struck,
    "adjective": adjectives,
    "marching": marching,
    "troops": troops,
    "town": towns,
    "possessor": possessors,
    "vacated": vacated,
    "harm": harms,
}
_BY_SLOT: Mapping[str, Callable[[Token], list[Token]]] = {
    "subject": _subject,
    "object": _object,
    "poss": lambda trigger: children(trigger, "poss"),
    "by": lambda trigger: prepositional(trigger, "by") or _crossed(trigger, "by"),
    "putter": made_by,
    "of": lambda trigger: through(trigger, "of"),
    "trigger": lambda trigger: [trigger],
    "owner": _owner,
    "initiator": _initiator,
    "pair": _pair,
    "told": told,
    "partner": partners,
    "answerer": answerers,
    "doer": wanted_doers,
    "asked": asked_for,
    "vow": vows,
    "leaving": departures,
    "behalf": behalf,
    "within": within,
    "harmed": harmed,
    "author": authors,
    "captives": captives,
    "done": done,
}
