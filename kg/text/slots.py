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
from kg.text.scene import is_kind
from kg.text.syntax import (
    children,
    conjuncts,
    is_passive,
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

_ENDS = frozenset(
    ("withdraw", "resign", "quit", "step", "remove", "drop", "replace", "retire", "dismiss", "reject")
)
_PRESENT = frozenset(("attend", "follow", "join", "accompany", "witness", "monitor", "watch", "observe"))
_APPOINTS = frozenset(
    (
        "name",
        "appoint",
        "include",
        "invite",
        "accept",
        "choose",
        "see",
        "nominate",
        "use",
        "describe",
        "list",
        "have",
    )
)


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
_BEARERS = frozenset(("power", "country", "state", "nation", "party", "government"))
"""What "guarantor" and "observer" stand before without changing who is spoken of."""


def equated(scene: Scene, noun: Token) -> list[Token]:
    """Whom a noun is said of: apposition, predicate, "as a mediator", "with X as observers"."""
    if noun.dep_ in ("compound", "amod", "nmod") and noun.head.lemma_ in _BEARERS and noun.head.i > noun.i:
        return equated(scene, noun.head)  # "the guarantor states, A and B"
    head = noun.head
    found: list[Token] = []
    if noun.dep_ == "appos":
        found = [head]
    elif noun.dep_ == "dobj" and noun.lemma_ == "part" and head.lemma_ in ("form", "make"):
        found = subjects(head)  # "formed part of the delegation"
    elif noun.dep_ == "oprd" and children(head, "dobj"):
        found = children(head, "dobj")
    elif noun.dep_ in ("attr", "oprd") and head.pos_ in ("AUX", "VERB"):
        found = [antecedent(t) for t in surface_subjects(head)] if head.lemma_ not in _APPOINTS else []
    elif noun.dep_ == "pobj" and head.lower_ == "as":
        found = _right_before(scene, head) or _as(head)
    elif noun.dep_ == "conj" and not children(noun, "appos"):
        return _name_behind(scene, noun) or equated(scene, head)
    found += children(noun, "appos")
    named = scene.doc[noun.i + 1] if noun.i + 1 < len(scene.doc) else None
    if not found and named is not None and scene.link(named) is not None and named.sent == noun.sent:
        link = scene.link(named)
        assert link is not None
        if is_kind(link.entity, "person", "state", "group"):
            found = [scene.head(link)]
    return found


def _name_behind(scene: Scene, noun: Token) -> list[Token]:
    """As in "the head of A's delegation, X": the name behind the comma, whatever the tree says."""
    prepositions = [child.right_edge.i for child in children(noun, "prep") if child.i > noun.i]
    for end in (*prepositions, noun.i):
        for i in range(noun.i + 1, min(end + 3, len(scene.doc) - 1)):
            if scene.doc[i].text == ",":
                link = scene.link(scene.doc[i + 1])
                if link is not None and is_kind(link.entity, "person"):
                    return [scene.head(link)]
    return []


_GATHERS = frozenset(("bring", "gather", "involve", "unite", "include", "group"))


def _right_before(scene: Scene, preposition: Token) -> list[Token]:
    """As in "brings together A and B as mediators, and C and D as observers": the list before its own "as"."""
    if not any(word.lemma_ in _GATHERS for word in preposition.ancestors):
        return []
    found: list[Token] = []
    joined = False
    for i in range(preposition.i - 1, preposition.sent.start - 1, -1):
        word, link = scene.doc[i], scene.link(scene.doc[i])
        if link is not None:
            if scene.head(link) not in found:
                found.append(scene.head(link))
        elif word.lower_ == "and" and not joined:
            joined = True
        elif (word.text != "," and word.lower_ not in ("the", "and")) or (word.lower_ == "and" and joined):
            break
    return found


def _as(preposition: Token) -> list[Token]:
    """As in "attended as an observer": the subject; "with X as observers", "named X as": the object."""
    verb = preposition.head
    if verb.lemma_ in ("sign", "add", "put", "initial") or verb.lemma_ in _ENDS:
        return []  # a witness of the signature is no observer of the talks; who withdrew as mediator is none
    if verb.dep_ == "dobj" and verb.head.lemma_ in _PRESENT:
        verb = verb.head  # "followed the talks as observers"
    if verb.dep_ == "pobj" and verb.head.head.lower_ == "present":
        return [antecedent(t) for t in surface_subjects(verb.head.head.head)]  # "present at the talks as"
    if verb.lemma_ in _PRESENT and not any(w.lower_ == "with" for w in children(verb, "prep")):
        return subjects(verb)  # "was attended by X as an observer"
    if verb.dep_ == "pobj" or verb.pos_ in ("NOUN", "PROPN"):
        # "A, B and C act as guarantors": the parser takes the verb for a noun.
        return [verb.head if verb.lower_ in ("act", "serve") else verb]
    return _named_in(verb, preposition)


def _named_in(verb: Token, preposition: Token) -> list[Token]:
    """Whom the clause of a verb names as something: behind "with", the subject, or the object of "appoint"."""
    before = [w for w in children(verb, "prep") if w.lower_ == "with" and w.i < preposition.i]
    if before:
        return children(before[-1], "pobj")
    if is_passive(verb):
        return [antecedent(t) for t in surface_subjects(verb)]
    direct = children(verb, "dobj")
    return direct if direct and verb.lemma_ in _APPOINTS else subjects(verb)


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
    "harmed": harmed,
    "author": authors,
    "captives": captives,
    "done": done,
}
