"""Days told beside an event, not of it: "on 4 May, when X met Y", "on Friday, two days after X met Y"."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kg.model import Interval
from kg.text.clock import under_verb
from kg.text.seeds import EVENTS, Seed
from kg.text.syntax import children
from kg.text.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from spacy.tokens import Token

    from kg.text.clock import Clock
    from kg.text.dates import DateExpression
    from kg.text.scene import Scene

_ARGUMENTS = ("nsubj", "nsubjpass", "dobj")
_NEAR = 4
"""How many words above a clause the verb may stand that is of the day that the clause counts from."""


def when_in(scene: Scene, by_token: Mapping[int, list[Seed]], expression: DateExpression) -> list[Seed]:
    """Give the events of a clause that says what happened on a day: "on 4 May, when X met Y"."""
    at = _behind(scene, expression)
    if at is not None and scene.doc[at].text == ",":
        at += 1
    if expression.role != "at" or at is None or at >= len(scene.doc) or scene.doc[at].lower_ != "when":
        return []
    verb = scene.doc[at].head
    return _of_clause(by_token, verb) if verb.i > at and verb.pos_ in ("VERB", "AUX") else []


def settle_counted(scene: Scene, seeds: Iterable[Seed], clock: Clock) -> None:
    """Give events the days that are counted from those of their sentence: "on Friday, a day after X met Y".

    Only where days or one week are counted: "two months after" names no day.
    """
    by_token: dict[int, list[Seed]] = {}
    for number, (expression, token) in enumerate(scene.dates):
        step = _days_between(expression)
        verb = _counting(scene, expression, token) if step is not None else None
        if step is None or verb is None:
            continue
        by_token = by_token or _triggers(seeds)
        told = next(
            (day - step for day in _days_of(scene, clock, verb, number) if _is_over(clock, day - step)), None
        )
        for seed in _of_clause(by_token, verb) if told is not None else ():
            if seed.when is None and told is not None:
                seed.when = Interval(told, told, told.isoformat())


def _days_between(expression: DateExpression) -> timedelta | None:
    """Give by how much a day lies behind another: "two days after"; less than nothing for "before"."""
    point = expression.point
    if expression.kind != "offset" or point.deixis not in ("after", "before") or point.count is None:
        return None
    days = point.count if point.unit == "day" else (7 if (point.unit, point.count) == ("week", 1) else 0)
    return timedelta(days if point.deixis == "after" else -days) if days else None


def _is_over(clock: Clock, day: date) -> bool:
    """Tell whether what is told as past can have been on a day."""
    return clock.anchor is None or day <= clock.anchor


def _triggers(seeds: Iterable[Seed]) -> dict[int, list[Seed]]:
    out: dict[int, list[Seed]] = {}
    for seed in seeds:
        for at in seed.tokens:
            out.setdefault(at, []).append(seed)
    return out


def _counting(scene: Scene, expression: DateExpression, token: Token) -> Token | None:
    """Give the verb or noun from which days are counted, where one follows: "a day after X met", "after talks"."""
    at = _behind(scene, expression)
    if at is None or scene.doc[at].is_punct:
        return None
    after = scene.doc[at - 1]
    nouns = children(after, "pobj")
    if nouns:
        return nouns[0]
    verb = after.head if after.dep_ == "mark" else after.head.head
    return verb if verb.tag_ == "VBD" and verb.i > token.i else None


def _days_of(scene: Scene, clock: Clock, clause: Token, number: int) -> Iterator[date]:
    """Give the days from which a clause is counted: right before it, or of the verbs that it hangs on.

    "Reopened on Saturday, two days after X and Y ended": the parser may hang the verbs the wrong way round.
    """
    over = [word for word in clause.ancestors if word.pos_ in ("VERB", "AUX")][:_NEAR]
    if number:
        before, token = scene.dates[number - 1]
        between = words_of(scene.doc).text[before.span.end : scene.dates[number][0].span.start]
        beside = under_verb(token) if between.strip() == "," else None
        over = [beside, *over] if beside is not None else over
    for verb in over:
        day = clock.days.get(verb.i)
        if day is not None and day.earliest is not None:
            yield day.earliest


def _behind(scene: Scene, expression: DateExpression) -> int | None:
    """Give the token behind an expression of time, if one follows in its sentence."""
    span = scene.doc.char_span(expression.span.start, expression.span.end, alignment_mode="expand")
    if span is None or span.end >= len(scene.doc) or scene.doc[span.end].is_sent_start:
        return None
    return int(span.end)


def _of_clause(by_token: Mapping[int, list[Seed]], verb: Token) -> list[Seed]:
    """Give the events that a verb is, or has as its arguments."""
    bare = children(verb, "xcomp") if verb.lemma_ == "be" else []  # "are to meet"
    words = (verb, *bare, *(child for word in (verb, *bare) for child in children(word, *_ARGUMENTS)))
    found = next((by_token[word.i] for word in words if word.i in by_token), [])
    return [seed for seed in found if seed.type in EVENTS]
