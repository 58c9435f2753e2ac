"""Names read again in the light of the whole document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.text.names import ORGANIZATION, PERSON, Run
from kg.text.spelling import spelled_like

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.kb import KnowledgeBase
    from kg.text.names import Names
    from kg.text.tokens import Tokens

_APPOSITION = 7
_WORDS = 5
_LONG = 4
"""Letters of a surname that is found again; shorter ones are words as well."""


def recast_persons(runs: list[Run], tokens: Tokens, names: Names) -> list[Run]:
    """Make persons of names read as bodies or places that are persons elsewhere, or have an office."""
    persons = {tuple(tokens.lower[run.start : run.end]) for run in runs if run.type == PERSON}
    return [
        replace(run, type=PERSON)
        if run.source == "reader" and _is_person(run, tokens, names, persons)
        else run
        for run in runs
    ]


def surnames_again(runs: list[Run], tokens: Tokens, taken: set[int]) -> Iterator[Run]:
    """Give the surnames of persons named in full before that nothing else was read in: "whether X himself will come"."""
    first: dict[str, int] = {}
    for run in runs:
        last = tokens.text[run.end - 1]
        if run.type == PERSON and run.end - run.start > 1 and len(last) >= _LONG and last.istitle():
            first[last] = min(run.end, first.get(last, run.end))
    for at, word in enumerate(tokens.text) if first else ():
        if word not in first or at < first[word]:
            continue
        start, _ = tokens.sentences[tokens.sentence[at]]
        beside = any(tokens.same_sentence(i, at) and tokens.is_name(i) for i in (at - 1, at + 1))
        lone = at > start and not beside and not tokens.ent[at] and at not in taken
        if lone and not tokens.headline[tokens.sentence[at]]:
            yield Run(at, at + 1, PERSON, "reader")


def known_persons(tokens: Tokens, taken: set[int], kb: KnowledgeBase) -> Iterator[Run]:
    """Give the full names that are those of known persons in another spelling."""
    at = 0
    while at < len(tokens.text):
        if not tokens.is_name(at):
            at += 1
            continue
        end = at
        while (
            end - at < _WORDS and end not in taken and tokens.same_sentence(end, at) and tokens.is_name(end)
        ):
            end += 1
        if end - at > 1 and spelled_like(" ".join(tokens.text[at:end]), kb):
            yield Run(at, end, PERSON, "kb")
        at = max(end, at + 1)


def _is_person(run: Run, tokens: Tokens, names: Names, persons: set[tuple[str, ...]]) -> bool:
    name = tuple(tokens.lower[run.start : run.end])
    if run.type == PERSON or not 1 < len(name) < 5 or not names.heads.isdisjoint(name):
        return False
    if name in persons or _has_office(run, tokens, names) or _is_presented(run, tokens, names):
        return True
    return run.type == ORGANIZATION and _acts(run, tokens, names)


def _is_presented(run: Run, tokens: Tokens, names: Names) -> bool:
    """Tell whether an office leads to the name: ``her counterpart, A B``, ``a team under A B``."""
    before = run.start - 1
    if not tokens.same_sentence(before, run.start) or not _is_personal(run, tokens, names):
        return False
    if tokens.text[before] == "," and tokens.same_sentence(before - 1, run.start):
        return tokens.lower[before - 1] in names.nouns | names.equals
    if tokens.lower[before] in names.equals or tokens.lower[before - 1 : run.start] == ["opposite", "number"]:
        return True
    start, _ = tokens.sentences[tokens.sentence[run.start]]
    return tokens.lower[before] == "under" and not names.people.isdisjoint(tokens.lower[start:before])


def _acts(run: Run, tokens: Tokens, names: Names) -> bool:
    """Tell whether a name without an article does what persons do: ``A B heads the team``."""
    if not tokens.same_sentence(run.end, run.start) or tokens.lower[run.end] not in names.deeds:
        return False
    the = run.start > 0 and tokens.lower[run.start - 1] in {"the", "a"}
    return not the and _is_personal(run, tokens, names)


def _is_personal(run: Run, tokens: Tokens, names: Names) -> bool:
    """Tell whether all words look like parts of a person's name."""
    words = tokens.text[run.start : run.end]
    plain = all(word.isalpha() and not word.isupper() and word[0].isupper() for word in words if word != "-")
    return plain and (names.generic | names.not_person | names.places).isdisjoint(
        word.lower() for word in words
    )


def _has_office(run: Run, tokens: Tokens, names: Names) -> bool:
    """Tell whether the noun of an office stands in the apposition: ``A B, the former president``."""
    if not tokens.same_sentence(run.end, run.start) or tokens.text[run.end] != ",":
        return False
    for at in range(run.end + 1, run.end + 1 + _APPOSITION):
        if (
            not tokens.same_sentence(at, run.start)
            or tokens.text[at] in {",", "and", "."}
            or tokens.tag[at][:2] == "VB"
        ):
            return False
        if tokens.lower[at] in names.posts:
            return True
    return False


def recast_headlines(runs: list[Run], tokens: Tokens, kb: KnowledgeBase) -> list[Run]:
    """Add the surnames that the reader missed, and drop what it made of the words of a headline.

    In a headline every word is capitalised and the reader cannot tell where a name ends.
    """
    body = [run for run in runs if run.type == PERSON and not tokens.headline[tokens.sentence[run.start]]]
    full = {tuple(tokens.lower[run.start : run.end]) for run in body}
    surnames = {name[-1] for name in full if len(name) > 1}
    kept = [run for run in runs if not _is_misread(run, tokens, full, surnames)]
    taken = {at for run in kept for at in range(run.start, run.end)}
    for run in body:
        surnames |= _forms(" ".join(tokens.text[run.start : run.end]).replace(" - ", "-"), kb)
    wanted = {name for name in surnames if len(name) > 2}
    first = {name[0] for name in full if len(name) > 1 and len(name[0]) > 3} - _no_names(kb)
    for at, word in enumerate(tokens.lower):
        known = word in wanted or (word in first and tokens.is_name(at))
        known = known or (word in kb.famous_surnames and not tokens.headline[tokens.sentence[at]])
        if known and at not in taken and _stands_alone(at, taken, tokens):
            kept.append(Run(at, at + 1, PERSON, "surname"))
    return kept


def _no_names(kb: KnowledgeBase) -> frozenset[str]:
    """Give the words that begin a misread name and are none: prepositions, titles."""
    return kb.words("function", "locative", "title", "place-first")


def _forms(name: str, kb: KnowledgeBase) -> set[str]:
    """Give the single words by which a known person may be called."""
    known = [c.entity for c in kb.candidates(name) if c.entity.type == PERSON]
    return {form.lower() for entity in known for form in kb.surnames_of(entity.key) if form.isalpha()}


def _stands_alone(at: int, taken: set[int], tokens: Tokens) -> bool:
    """Tell whether a capitalised word is no part of another name."""
    if not tokens.text[at][0].isupper() or tokens.tag[at] not in {"NNP", "NNPS", "NN", "JJ", "NNS"}:
        return False
    if tokens.headline[tokens.sentence[at]]:
        return True
    beside = [i for i in (at - 1, at + 1) if tokens.same_sentence(i, at) and i not in taken]
    return not any(tokens.is_name(i) for i in beside)


def _is_misread(run: Run, tokens: Tokens, full: set[tuple[str, ...]], surnames: set[str]) -> bool:
    if run.source == "kb" or not tokens.headline[tokens.sentence[run.start]]:
        return False
    name = tuple(tokens.lower[run.start : run.end])
    return name not in full and not surnames.isdisjoint(name)
