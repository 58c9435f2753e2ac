"""What a date is counted from as an article goes on, and what the words about plans and lengths say of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from kg.model import ACTUAL, HELD
from kg.text.commitment import tense
from kg.text.dates import full_day, resolve
from kg.text.lengths import between
from kg.text.reached import is_target
from kg.text.seeds import MEETINGS
from kg.text.syntax import has_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from spacy.tokens import Token

    from kg.model import Interval
    from kg.text.dates import DateExpression, Tense
    from kg.text.scene import Scene
    from kg.text.seeds import Seed

BEHIND = frozenset(("after", "following"))
"""What stands before that behind which something was done."""
_SOON = 4
_FAR = 45
"""How many words a day may lie back that "two days later" counts from; set by hand."""


class Seat(NamedTuple):
    """The days that one expression is placed by."""

    anchor: date | None
    reference: Interval | None
    borrowed: bool
    """The anchor is only a day told in full near by: what is past and what is to come it does not divide."""


class Clock:
    """The days told so far in an article; built up from its first date to its last."""

    def __init__(self, scene: Scene, anchor: date | None) -> None:
        """Start with the day that the article is written from; None where it is not known."""
        self.scene = scene
        self.anchor = anchor
        self.days: dict[int, Interval] = {}
        """The day told under each verb, by the index of the verb."""
        self._last: tuple[int, Interval] | None = None
        self._told_in: dict[int, list[tuple[DateExpression, Token]]] = {}
        """The dates of each sentence, by its first token."""
        for expression, token in scene.dates:
            self._told_in.setdefault(token.sent.start, []).append((expression, token))
        self._full = [day for expression, _ in scene.dates if (day := _day_in_full(expression)) is not None]

    def in_full(self, expression: DateExpression, token: Token) -> DateExpression:
        """Give a day the year that its sentence tells: "met on 3 March for the 2016 summit".

        Only in an article that is not dated; a dated one has a year at hand.
        """
        point = expression.point
        if (
            self.anchor is not None
            or expression.kind != "calendar"
            or point.month is None
            or point.year is not None
        ):
            return expression
        years = {
            end.year
            for other, beside in self._told_in.get(token.sent.start, ())
            if _gives_year(other, beside, token)
            for end in (other.point, other.until)
            if end is not None
        } - {None}
        return replace(expression, point=replace(point, year=years.pop())) if len(years) == 1 else expression

    def seat(self, expression: DateExpression, token: Token) -> Seat:
        """Give what an expression counts from, and remember the day that it names."""
        full = full_day(expression)
        anchor = self.anchor
        if full is not None and self.anchor is None:
            self._full.insert(0, full)
        if anchor is None and expression.kind == "calendar" and self._full:
            anchor = self._full[0]  # 3 February lies in the year of the day told in full
        borrowed = anchor != self.anchor
        if anchor is not None and expression.kind == "offset" and expression.point.deixis == "in":
            anchor = self._said_on(token, anchor)
        reference = self._reference(expression, token)
        verb = under_verb(token)
        now = _tense_with_be(verb) if verb is not None and not borrowed else None
        told = resolve(expression, anchor=anchor, tense=now, reference=reference)
        if (
            told is not None
            and told.earliest is not None
            and told.earliest == told.latest
            and verb is not None
        ):
            self._last = (token.i, told)
            self.days.setdefault(verb.i, told)
        return Seat(anchor, reference, borrowed)

    def tell(self, token: Token, day: Interval) -> None:
        """Correct the day told last by what it is a day of: "will meet on Monday" lies ahead."""
        if self._last is not None and self._last[0] == token.i and day.earliest == day.latest:
            self._last = (token.i, day)

    def _said_on(self, token: Token, anchor: date) -> date:
        """Give the day that "in two weeks" counts from: that on which it was said, where its sentence tells."""
        over = (self.days[word.i].earliest for word in token.ancestors if word.i in self.days)
        return next((day for day in over if day is not None and day <= anchor), anchor)

    def _reference(self, expression: DateExpression, token: Token) -> Interval | None:
        """Give the day told last, unless the words go on to say what else they count from."""
        if self._last is None or token.i - self._last[0] > _FAR or expression.point.unit == "hour":
            return None
        end = self.scene.doc.char_span(expression.span.start, expression.span.end, alignment_mode="expand")
        after = end.end if end is not None else token.i + 1
        if after < len(self.scene.doc) and expression.point.deixis in ("before", "after"):
            follows = self.scene.doc[after]
            if follows.pos_ not in ("PUNCT", "CCONJ", "ADP", "SPACE") or follows.lower_ in ("that", "when"):
                return None
        return self._last[1]


def _day_in_full(expression: DateExpression) -> date | None:
    """Give the day that an expression tells with its year: the last of "22 January to 5 February 2024"."""
    if expression.until is None:
        return full_day(expression)
    return full_day(replace(expression, point=expression.until, until=None))


def _gives_year(other: DateExpression, beside: Token, token: Token) -> bool:
    """As in "on 4 April and on 6 April 2016", and "on 3 March for the 2016 summit"."""
    if other.point.day is not None:
        return beside.i > token.i
    return other.point.month is None and beside.dep_ in ("nummod", "compound", "nmod", "amod")


def under_verb(token: Token) -> Token | None:
    """Give the verb that a date hangs on with nothing but a preposition between: "met on Monday"."""
    word = token.head
    while word.pos_ in ("ADP", "NUM", "PROPN") or word.ent_type_ in ("DATE", "TIME"):
        if word.head == word:
            return None
        word = word.head
    return word if word.pos_ in ("VERB", "AUX") and token.dep_ != "poss" else None


def _tense_with_be(verb: Token) -> Tense | None:
    """Give the tense of a verb; "is to arrive" lies ahead."""
    bare = verb.dep_ == "xcomp" and has_to(verb) and verb.head.tag_ in ("VBZ", "VBP")
    return "future" if bare and verb.head.lemma_ == "be" else tense(verb)


def offers(scene: Scene, verb: Token) -> bool:
    """Tell whether a verb speaks of what may come: "has invited them to a meeting in March"."""
    return verb.lemma_.lower() in scene.lexicon.modality["possible"] | scene.lexicon.modality["expected"]


def is_ahead(scene: Scene, token: Token, anchor: date | None) -> bool:
    """Tell whether a bare weekday of a plan is rather the next than the last: no more than four days ahead.

    What was due a day or two ago is news still; set by hand on nine plans of the development articles and the sample corpus.
    """
    days = [expression.weekday for expression, head in scene.dates if head == token]
    return anchor is not None and any(
        day is not None and (day - anchor.weekday()) % 7 <= _SOON for day in days
    )


def plans(scene: Scene, verb: Token, token: Token) -> Literal["past", "future", "open"] | None:
    """Tell for when a verb of planning says that something was planned: the day told may be over by now.

    As in "which was to be held in May", "had been arranged for Friday"; None for any other verb.
    """
    had = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    if "having" in had or ("have" in had and has_to(verb)):
        return "past"  # "having ended", "was to have been held"
    top = verb.head if has_to(verb) and verb.dep_ in ("xcomp", "acomp", "ccomp") else verb
    words = scene.lexicon.modality
    lemma = top.lemma_.lower()
    appointed = lemma in words["expected"] or lemma in ("plan", "invite", "propose", "call", "hope")
    # "the meeting arranged for May was cancelled": without an object it is a participle, whatever the tagger says.
    bare = not any(child.dep_ == "dobj" for child in top.children)
    participle = bare and (top.tag_ == "VBN" or (top.tag_ == "VBD" and is_target(token, top)))
    be = top.lemma_ == "be" and top != verb
    due = any(child.dep_ == "acomp" and child.lower_ == "due" for child in top.children)
    if not (be or due or (appointed and (participle or top != verb))):
        return None
    if top == verb and any(child.lower_ == "had" for child in top.children) and not is_target(token, top):
        return "past"  # "had been expected on Monday", not "for Monday"
    finite = tense(top) or (tense(top.head) if top.pos_ == "ADJ" else None)
    return "future" if finite in ("present", "future") else "open"


def settle_lengths(scene: Scene, seeds: list[Seed], clock: Clock) -> None:
    """Give talks of so many days that something followed the days up to it: "after five days of talks"."""
    for seed in seeds:
        if seed.days is None or seed.when is not None or seed.type not in MEETINGS:
            continue
        end = next((clock.days[verb.i] for verb in _followed(scene, seed) if verb.i in clock.days), None)
        if end is not None and end.earliest is not None:
            seed.when = between(end.earliest - timedelta(seed.days - 1), end.earliest)
            if seed.commitment.modality == ACTUAL and seed.status is None:
                seed.status = HELD


def _followed(scene: Scene, seed: Seed) -> Iterator[Token]:
    """The verbs of what came at the end of an event: "signed it yesterday, concluding", "at the end of"."""
    word = scene.doc[seed.token]
    ended = False
    while word.dep_ in ("pobj", "prep", "pcomp") and word.head != word:
        ended = ended or word.lower_ in BEHIND or word.lemma_ in ("end", "close", "conclusion")
        word = word.head
    ended = ended or word.lemma_ in ("end", "close", "conclusion")
    closing = word.head if word.dep_ == "dobj" else word
    if closing.lemma_ in scene.lexicon.kinds["ends"] and closing.tag_ == "VBG" and closing.dep_ == "advcl":
        yield closing.head
    elif (
        ended
        and word.pos_ == "VERB"
        and word.lemma_ not in scene.lexicon.modality["report"]
        and tense(word) == "past"
    ):
        yield word
