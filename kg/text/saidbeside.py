"""Who says a thing in passing: a quotation, "according to X", ", X said,"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.text.speakers import aside_speaker, credited, speaker_of
from kg.text.syntax import children, governors, is_passive, subjects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Entity
    from kg.text.commitment import Commitment
    from kg.text.scene import Scene


def sentence(scene: Scene, trigger: Token, now: Commitment) -> Commitment:
    """As in "According to X" anywhere over the trigger; a parenthetical "X said" behind it; a quotation."""
    if now.attributed and now.speaker is not None:
        return now
    said = scene.quotations.get(trigger.i)
    quoted = speaker_of(scene, said) if said is not None and said.i != trigger.i else None
    aside = scene.aside(trigger)
    if quoted is not None or aside is not None:
        speaker = quoted if aside is None or quoted is not None else aside_speaker(scene, aside)
        return replace(now, speaker=speaker, attributed=True)
    if now.attributed:
        return now
    aloud = scene.aloud.get(trigger.sent.start, ())
    if not aloud:
        return now
    chain = {trigger.i, *(word.i for word in governors(trigger))}
    told = _said_beside(scene, aloud, chain)
    if told is not None:
        return replace(now, speaker=told, attributed=True)
    source = next(_according_to(aloud), None)
    return now if source is None else replace(now, speaker=credited(scene, source), attributed=True)


def laid_to(scene: Scene, trigger: Token, now: Commitment) -> Commitment:
    """As in "X condemned the shelling of the town by Y": that Y did it is what X says."""
    if now.attributed:
        return now
    below = trigger
    for word in governors(trigger):
        if word.pos_ == "VERB":
            accuses = word.lemma_ in scene.lexicon.modality["accusing"] and below.dep_ in _ACCUSED
            speaker = _accuser(scene, word) if accuses else None
            return now if speaker is None else replace(now, speaker=speaker, attributed=True)
        below = word
    return now


def _accuser(scene: Scene, verb: Token) -> Entity | None:
    if not is_passive(verb):
        return speaker_of(scene, verb)
    return next((who for word in subjects(verb) if (who := credited(scene, word))), None)


_ACCUSED = frozenset(("dobj", "prep", "ccomp", "nsubjpass"))


def _according_to(aloud: tuple[Token, ...]) -> Iterator[Token]:
    """The noun behind "according to" in a sentence."""
    for word in aloud:
        if word.lower_ == "according":
            for to in children(word, "prep"):
                yield from children(to, "pobj")


def _said_beside(scene: Scene, aloud: tuple[Token, ...], chain: set[int]) -> Entity | None:
    """Who says it in passing: "X, the rebels claimed, attacked Y", "…, the daily X reported on Sunday"."""
    for word in aloud:
        if word.lower_ == "according" or word.head.i not in chain or word.i in chain or not _is_parted(word):
            continue
        own = [c for c in word.children if c.dep_ == "nsubj"]
        if own and not any(c.dep_ in ("mark", "ccomp", "dobj", "aux") for c in word.children):
            return credited(scene, own[0])
    return None


def _is_parted(word: Token) -> bool:
    """Tell whether a comma stands before a clause."""
    first = word.left_edge
    return first.text == "," or (first.i > word.sent.start and first.nbor(-1).text == ",")
