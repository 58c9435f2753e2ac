"""How long an event lasts: days counted in its noun phrase, or a beginning and an end told apart."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kg.model import Interval

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from spacy.tokens import Token

    from kg.text.scene import Scene
    from kg.text.seeds import Seed

_NUMBERS = {word: n for n, word in enumerate(
    ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 2)}  # fmt: skip
_STAYS = frozenset(("visit", "trip", "stay", "tour"))
_LONGEST = 60
_DAYS = frozenset(("day", "days"))
_ARRIVES = frozenset(("arrive", "due", "expect", "fly", "travel", "land"))


def days_of(scene: Scene, phrase: Iterable[int]) -> int | None:
    """Give the number of days in ``three days of talks`` or ``a two-day summit``, or None."""
    for at in phrase:
        token = scene.doc[at]
        holder = token.head.head
        if token.dep_ == "pobj" and token.head.lower_ == "of" and holder.lower_ == "days" and holder.i > 0:
            return _number(holder.nbor(-1), holder)
        first = token.left_edge.i
        for word in scene.doc[first : at + 1]:
            if word.lower_ in _DAYS and word.i > first:
                return _number(scene.doc[word.i - 1], word)
    return None


def stay_of(scene: Scene, verb: Token) -> int | None:
    """Give the number of days of the stay that an arrival begins: "is due on Monday for a two-day visit"."""
    above = verb.head if verb.pos_ == "ADJ" else verb
    for prep in (*verb.children, *above.children):
        if prep.dep_ == "prep" and prep.lower_ in ("for", "on"):
            for noun in prep.children:
                if noun.lemma_.lower() in _STAYS:
                    return days_of(scene, (noun.i,))
    return None


def _number(before: Token, day: Token) -> int | None:
    if before.text == "-" and before.i > 0 and day.lower_ == "day":
        before = before.nbor(-1)
    count = _NUMBERS.get(before.lower_)
    if count is None and before.text.isdecimal():
        count = int(before.text)
    return count if count is not None and 2 <= count <= _LONGEST else None


def stretched(interval: Interval, days: int | None, lemma: str, scene: Scene) -> Interval:
    """Give the whole time of an event of so many days of which a verb tells the first or the last."""
    day = interval.earliest
    if days is None or day is None or day != interval.latest:
        return interval
    if lemma in scene.lexicon.kinds["begins"] or lemma in _ARRIVES:
        return between(day, day + timedelta(days - 1))
    if lemma in scene.lexicon.kinds["ends"]:
        return between(day - timedelta(days - 1), day)
    return interval


def between(first: date, last: date) -> Interval:
    """Give the days from one to another."""
    return Interval(first, last, f"{first.isoformat()}/{last.isoformat()}")


def join_ends(seeds: Iterable[Seed]) -> None:
    """Give the seeds of one event that tell its first and its last day the days between them.

    Where one of the two is told, and how many days it lasts, the other is counted.
    """
    told = list(seeds)
    first = {s.starts.earliest for s in told if s.starts is not None and _is_day(s.starts)}
    last = {s.stops.latest for s in told if s.stops is not None and _is_day(s.stops)}
    lasts = {s.days for s in told if s.days is not None}
    if len(lasts) == 1 and len(first) + len(last) == 1:
        step = timedelta(next(iter(lasts)) - 1)
        first, last = (
            first or {day - step for day in last if day},
            last or {day + step for day in first if day},
        )
    if len(first) != 1 or len(last) != 1:
        return
    begin, end = next(iter(first)), next(iter(last))
    if begin is None or end is None or not begin < end or (end - begin).days > _LONGEST:
        return
    for seed in told:
        if seed.starts is not None or seed.stops is not None:
            seed.when = between(begin, end)


def are_ends(one: Seed, other: Seed) -> bool:
    """Tell whether one tells the first day of an event and the other a later day of it."""
    return _begins(one, other) or _begins(other, one)


def _begins(one: Seed, other: Seed) -> bool:
    first = one.starts.earliest if one.starts is not None else None
    later = other.when.latest if other.when is not None and other.starts is None else None
    return first is not None and later is not None and 0 < (later - first).days <= _LONGEST


def _is_day(interval: Interval) -> bool:
    return interval.earliest is not None and interval.earliest == interval.latest


def puts_off_until(token: Token) -> bool:
    """As in "suspended the talks until 2028", which do not last until then."""
    until = next((word for word in (token, *token.ancestors) if word.lower_ in ("until", "till")), None)
    return until is not None and until.head.lemma_.lower() in _PUTS_OFF


_PUTS_OFF = frozenset(
    ("postpone", "suspend", "delay", "defer", "freeze", "adjourn", "halt", "pause", "shelve", "put", "push", "break")
)  # fmt: skip
