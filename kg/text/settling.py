"""What has become of an event where no word of its own tells: by tense, calendar and kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import ACTUAL, CANCELLED, EXPECTED, HELD, PLANNED, POSSIBLE, POSTPONED, PROPOSED
from kg.text.clock import BEHIND
from kg.text.reached import GOING, is_journey_to_come, is_journey_wanted
from kg.text.seeds import INSTRUMENTS, MEETINGS, STANCES, Seed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from kg.text.scene import Scene

_TAKES_PLACE = "talks-take-place"
_ENDS = frozenset(("talks-end", "end-talks"))


def settle(scene: Scene, seeds: Iterable[Seed], anchor: date | None) -> None:
    """Give the seeds the status that their tense, their day and what they are for leave no doubt of."""
    for seed in seeds:
        if seed.type in STANCES or seed.type in INSTRUMENTS:
            continue
        if seed.type == "dip:Process" and seed.status == HELD and not _ENDS & set(seed.frames):
            seed.status = None  # who took part in a process, or when it began, does not end it
        if seed.type == "dip:Vote":
            _settle_vote(seed)
        elif seed.commitment.negated:
            _settle_denied(scene, seed)
        elif seed.status == PLANNED and seed.commitment.modality == POSSIBLE:
            seed.status = PROPOSED  # "could be arranged"
        elif not seed.status_said:
            _settle_purpose(scene, seed)
            _settle_behind(scene, seed)
            _settle_by_day(scene, seed, anchor)


def give_up_plans(scene: Scene, seeds: Sequence[Seed]) -> None:
    """As in "was expected on Monday, but the trip was cancelled": of one event, the plan is over.

    A plan that another sentence tells of what was only put off may be the new one.
    """
    off = [seed for seed in seeds if seed.status in (CANCELLED, POSTPONED) and seed.status_said]
    for seed in seeds if off else ():
        here = scene.doc[seed.token].sent.start
        for told in off:
            beside = scene.doc[told.token].sent.start == here
            if seed.status == PLANNED and (beside or (told.status == CANCELLED and told.token > seed.token)):
                seed.status = told.status


def _settle_vote(seed: Seed) -> None:
    """A vote whose votes are counted was held."""
    told = seed.commitment.modality == ACTUAL and not seed.commitment.negated
    if told and seed.status is None and seed.commitment.tense != "future":
        seed.status = HELD


def _settle_denied(scene: Scene, seed: Seed) -> None:
    """As in "the round did not take place": no more than that, so it was called off by somebody or nobody."""
    token = scene.doc[seed.token]
    verb = token.head
    while verb.pos_ in ("NOUN", "ADP") and verb.head != verb:
        verb = verb.head
    denied = any(child.dep_ == "neg" for child in verb.children)
    asserted = seed.commitment.modality in (ACTUAL, EXPECTED) and not seed.commitment.refused
    if _TAKES_PLACE in seed.frames and denied and asserted and seed.definite and seed.status is None:
        seed.status = CANCELLED


def _settle_behind(scene: Scene, seed: Seed) -> None:
    """As in "signed it after three months of talks": what is told came behind them, so they were held."""
    told = seed.commitment
    bare = seed.status is None and not seed.verbal and seed.type in MEETINGS and seed.type != "dip:Process"
    if not bare or told.modality != ACTUAL or told.refused:
        return
    token = scene.doc[seed.token]
    while token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_ in _LENGTHS:
        token = token.head.head
    behind = token.dep_ == "pobj" and token.head.lower_ in BEHIND
    clause = next((word for word in token.ancestors if word.pos_ == "VERB" and word.tag_ != "VBG"), None)
    if behind and clause is not None and clause.tag_ == "VBD":
        seed.status = HELD


_LENGTHS = frozenset(("hour", "day", "week", "month", "year", "round", "series", "session", "lot"))


def _settle_purpose(scene: Scene, seed: Seed) -> None:
    """As in "will fly to Cairo next week for talks": they are planned as the journey is."""
    token = scene.doc[seed.token]
    preposition = token.head
    bare = seed.status is None and not seed.verbal and seed.commitment.modality == ACTUAL
    if bare and token.dep_ == "pobj" and preposition.lower_ == "for" and is_journey_to_come(preposition.head):
        wanted = is_journey_wanted(preposition.head)
        seed.status = PROPOSED if wanted else PLANNED
        seed.commitment = replace(seed.commitment.weaker(POSSIBLE if wanted else EXPECTED), tense="future")


def _settle_by_day(scene: Scene, seed: Seed, anchor: date | None) -> None:
    """Let the calendar decide what a present tense leaves open: "officials meet in Oslo on 2 June"."""
    if anchor is None or seed.when is None:
        return
    if seed.commitment.tense != "present":
        _settle_past(seed, anchor)
        return
    verb = scene.doc[seed.token]
    journey = verb.lemma_ in GOING and verb.tag_ in ("VBZ", "VBP")
    first, last = seed.when.earliest, seed.when.latest
    if first is not None and (first > anchor or (journey and first == anchor)):
        seed.status = PROPOSED if seed.commitment.modality == POSSIBLE else PLANNED
    elif last is not None and last < anchor and seed.status is None:
        seed.status = HELD


def _settle_past(seed: Seed, anchor: date) -> None:
    """A meeting told without doubt, whose whole time is over, was held: "after a meeting on 3 May"."""
    sure = (
        seed.type in MEETINGS - {"dip:Process"} and seed.commitment.modality == ACTUAL and seed.status is None
    )
    over = seed.when is not None and seed.when.latest is not None and seed.when.latest < anchor
    if sure and over:
        seed.status = HELD
