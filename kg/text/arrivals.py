"""The day of what followed a journey at once: "flew to Khartoum on Monday and met its president"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.commitment import tense
from kg.text.reached import GOING
from kg.text.seeds import MEETINGS
from kg.text.syntax import children, has_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from kg.text.clock import Clock
    from kg.text.scene import Scene
    from kg.text.seeds import Seed

_ARRIVES = GOING | {"land", "fly", "journey", "pay"}
_STAYS = frozenset(("be", "spend", "stay", "stop"))
"""Verbs of being somewhere, where a clause on the place goes on: "was in Doha on Monday, where he met X"."""
_LATER = frozenset(
    ("later", "since", "eventually", "afterwards", "subsequently", "soon", "repeatedly", "often")
)
_STEPS = 4
"""How many words of place and day may stand between a journey and its "where"."""


def settle_arrivals(scene: Scene, seeds: Iterable[Seed], clock: Clock) -> None:
    """Give a meeting told without a day that of the journey on which it took place.

    Whoever went and met are the same, and both lie on the same side of today.
    """
    for seed in seeds:
        if seed.type not in MEETINGS or seed.when is not None or seed.weekday is not None:
            continue
        verb = None if seed.commitment.negated or seed.context else _finite(scene.doc[seed.token])
        journey = _journey_before(verb) if verb is not None else None
        if verb is None or journey is None or journey.i not in clock.days:
            continue
        if _same_side(verb, journey) and not _has_own_time(scene, verb):
            seed.when = clock.days[journey.i]


def _finite(trigger: Token) -> Token | None:
    """Give the verb that tells of an event: "held" of "held talks", "is" of "is to meet"."""
    verb = trigger.head if trigger.dep_ == "dobj" else trigger
    while verb.dep_ == "xcomp" and has_to(verb):
        verb = verb.head
    return verb if verb.pos_ in ("VERB", "AUX") else None


def _journey_before(verb: Token) -> Token | None:
    """Give the verb of the journey that a verb goes on from, of the same doer."""
    doers = children(verb, "nsubj", "nsubjpass")
    if verb.dep_ == "conj":
        journey = verb.head
        # In "X flew in on Friday and Y met Z" the parser may take Y for another day.
        own = any(doer.pos_ != "PRON" for doer in doers) or not _goes_on(verb)
        stays = _ARRIVES
    elif verb.dep_ == "relcl" and _is_of_place(verb):
        journey = _over(verb)
        own = any(doer.pos_ != "PRON" for doer in doers)
        stays = _ARRIVES | _STAYS
    else:
        return None
    return journey if journey.lemma_ in stays and not own else None


def _is_of_place(clause: Token) -> bool:
    """As in "where he met X", "where he is to meet X": the parser hangs "where" on either verb."""
    return any(word.lower_ == "where" for word in clause.doc[clause.left_edge.i : clause.i])


def _goes_on(verb: Token) -> bool:
    first = verb.left_edge.i
    return first > 0 and verb.doc[first - 1].lower_ in ("and", ",", "before")


def _over(clause: Token) -> Token:
    """Give the verb over a clause with "where": it may hang on the place or on the day."""
    word = clause.head
    for _ in range(_STEPS):
        if word.pos_ in ("VERB", "AUX"):
            break
        word = word.head
    return word


def _same_side(verb: Token, journey: Token) -> bool:
    told = tense(verb)
    return told is not None and (told == "past") == (tense(journey) == "past")


def _has_own_time(scene: Scene, verb: Token) -> bool:
    """Tell whether the verb's clause has a time of its own, or says that it was later."""
    later = any(child.lower_ in _LATER for child in verb.children)
    first, last = verb.left_edge.i, verb.right_edge.i
    return later or any(first <= token.i <= last for _, token in scene.dates)
