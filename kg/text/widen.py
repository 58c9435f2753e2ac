"""Runs made longer or added by what stands around them: shared heads, common nouns, acronyms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.text.acronyms import introductions
from kg.text.names import DEMONYM, ORGANIZATION, PERSON, PLACE, Run
from kg.text.shared import shared_names
from kg.text.shortened import shortened

if TYPE_CHECKING:
    from kg.kb import KnowledgeBase
    from kg.text.tokens import Tokens

_MODIFIERS = 2
_LAND = frozenset({"dip:State", "dip:Place"})
_UNEXPLAINED = frozenset({PERSON, PLACE, DEMONYM, "dip:State", "dip:Polity"})


def with_shared(runs: list[Run], tokens: Tokens, kb: KnowledgeBase) -> list[Run]:
    """Add what is short for a longer name: ``North`` in ``North and South X``, ``the North`` later on."""
    shared = [
        Run(at, at + 1, DEMONYM if as_demonym else entity.type, "kb")
        for at, entity, as_demonym in shared_names(tokens, kb)
    ]
    shared += [Run(at, at + 1, entity.type, "kb") for at, entity in shortened(tokens, kb)]
    taken = {run.start for run in shared}
    return [*(run for run in runs if not (run.end - run.start == 1 and run.start in taken)), *shared]


def with_bodies(runs: list[Run], tokens: Tokens, kb: KnowledgeBase) -> list[Run]:
    """Take in the common nouns after a place that make it a body: ``the Azawad rebel alliance``."""
    whole = [_body(run, tokens, kb) or run if run.type == PLACE else run for run in runs]
    return [_feature(run, tokens, kb) or run for run in whole]


def _feature(run: Run, tokens: Tokens, kb: KnowledgeBase) -> Run | None:
    """Take in the word before ``of`` that makes it a sea or a pass: ``the Gulf of A``."""
    at = run.start - 2
    if run.type not in _LAND or not tokens.same_sentence(at, run.start) or tokens.lower[at + 1] != "of":
        return None
    named = tokens.text[at][0].isupper() and tokens.lower[at] in kb.words("waters")
    return replace(run, start=at, type=PLACE, source="longer") if named else None


def _body(run: Run, tokens: Tokens, kb: KnowledgeBase) -> Run | None:
    at = run.end
    if tokens.lower[at : at + 2] == ["-", "based"]:
        at += 2
    for end in range(at, at + _MODIFIERS + 1):
        if not tokens.same_sentence(end, run.start) or not tokens.text[end].islower():
            return None
        if tokens.lower[end] in kb.words("group-noun"):
            break
        if tokens.lower[end] not in kb.words("group-modifier"):
            return None
    else:
        return None
    seat = kb.metonym(" ".join(tokens.text[run.start : run.end])) is not None
    if seat and tokens.lower[end] in kb.words("government-noun"):
        return None
    return replace(run, end=end + 1, type=ORGANIZATION, source="body")


def with_acronyms(runs: list[Run], tokens: Tokens) -> list[Run]:
    """Add every use of an acronym that the text explains."""
    explained = {run.start: run for run in runs if run.type not in _UNEXPLAINED}
    found = introductions(((run.start, run.end) for run in explained.values()), tokens)
    taken = {at for run in runs for at in range(run.start, run.end)}
    added = [
        Run(at, at + 1, explained[found[word][0]].type, "acronym")
        for at, word in enumerate(tokens.text)
        if word in found and at not in taken
    ]
    return runs + added
