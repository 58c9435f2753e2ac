"""Times and places bound to the events whose clause they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Interval
from kg.text.arrivals import settle_arrivals
from kg.text.clock import Clock, is_ahead, offers, plans, settle_lengths, under_verb
from kg.text.commitment import tense
from kg.text.dates import resolve
from kg.text.daysbeside import settle_counted, when_in
from kg.text.legs import has_its_own_day
from kg.text.lengths import puts_off_until, stay_of, stretched
from kg.text.located import located, whole
from kg.text.party import place_of
from kg.text.reached import is_target, reached, where_in
from kg.text.scene import DEMONYM, is_kind
from kg.text.seeds import EVENTS, INSTRUMENTS, MEETINGS, Seed
from kg.text.votedays import settle_votes, votes_by_verb
from kg.text.words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from spacy.tokens import Token

    from kg.model import Entity
    from kg.text.dates import DateExpression, Tense
    from kg.text.scene import Scene

_BRIEF = EVENTS - MEETINGS - {"dip:Visit", "dip:Event"}
_ARRIVES = frozenset(("visit", "tour", "reach"))
_OPEN = 10**6
"""Days of an interval without an end: wider than any other."""


def bind_times(scene: Scene, seeds: list[Seed], *, anchor: date | None) -> None:
    """Give each seed the date that its clause states, if one does and it can be resolved."""
    by_token, announced, votes = _by_token(seeds), _announced(seeds), votes_by_verb(scene, seeds)
    clock = Clock(scene, anchor)
    for told, token in scene.dates:
        if told.duration or scene.in_aside(token) or _counts_from(token):
            continue
        expression = clock.in_full(told, token)
        seat = clock.seat(expression, token)
        if _is_of_announcement(token, by_token, announced):
            continue
        verb = under_verb(token)
        found = reached({**announced, **by_token}, token)
        found = [*found, *when_in(scene, by_token, expression)]
        for seed in (*found, *votes.get(-1 if verb is None else verb.i, ())):
            if _is_of_more(scene, seed, expression, token):
                continue
            side = None if seat.borrowed else _tense(scene, seed, token, seat.anchor)
            interval = resolve(expression, anchor=seat.anchor, tense=side, reference=seat.reference)
            if interval is None:
                if seed.when is None and expression.weekday is not None:
                    seed.weekday = expression.weekday
            else:
                clock.tell(token, interval)
                _give(scene, seed, interval, token)
                _mark_ends(seed, expression, interval)
    settle_counted(scene, seeds, clock)
    settle_arrivals(scene, seeds, clock)
    settle_lengths(scene, seeds, clock)
    settle_votes(scene, seeds, clock)


def _is_of_announcement(
    token: Token, by_token: Mapping[int, list[Seed]], announced: Mapping[int, list[Seed]]
) -> bool:
    """As in "the talks, X announced on Monday": the day of the news."""
    verb = next((word for word in token.ancestors if word.i in announced), None)
    if verb is None or verb.i in by_token or any(child.tag_ == "MD" for child in verb.children):
        return False
    near = next((word for word in token.ancestors if word.i in by_token or word == verb), verb)
    return near == verb and not is_target(token, verb)


def _is_of_more(scene: Scene, seed: Seed, expression: DateExpression, token: Token) -> bool:
    """Tell whether a date bounds more than the event: a state that has lasted since, a deadline of an act."""
    if puts_off_until(token):
        return True
    if seed.type not in MEETINGS:
        return seed.type in _BRIEF and expression.role == "end"
    if expression.role != "start" or expression.exclusive:
        return False
    verb = next((word for word in token.ancestors if word.pos_ in ("VERB", "AUX")), None)
    kinds = scene.lexicon.kinds
    return verb is not None and verb.lemma_.lower() not in kinds["begins"] | kinds["lasts"]


def _counts_from(token: Token) -> bool:
    """As in "the first such meeting since 2018", which was not in 2018 and does not go on since."""
    since = next((word for word in (token, *token.ancestors) if word.lower_ == "since"), None)
    counted = ("first", "only")
    return since is not None and any(word.lower_ in counted for word in (since.head, *since.head.children))


def _give(scene: Scene, seed: Seed, interval: Interval, token: Token) -> None:
    """Give a seed a time: the narrower of two, or all days between a first and a last."""
    verb = next((word for word in token.ancestors if word.pos_ in ("VERB", "AUX")), None)
    lemma = verb.lemma_.lower() if verb is not None else ""
    kinds = scene.lexicon.kinds
    if lemma in kinds["begins"] and seed.starts is None:
        seed.starts = interval
    elif lemma in kinds["ends"] and seed.stops is None:
        seed.stops = interval
    if seed.when is None or _width(interval) < _width(seed.when):
        if seed.type == "dip:Visit" and scene.doc[seed.token].pos_ in ("VERB", "ADJ"):
            lemma, seed.days = scene.doc[seed.token].lemma_.lower(), stay_of(scene, scene.doc[seed.token])
        seed.when = stretched(interval, seed.days, lemma, scene)


def _mark_ends(seed: Seed, expression: DateExpression, interval: Interval) -> None:
    """As in "had been meeting since Monday", "are to run until 24 March": the first day, the last."""
    point = expression.point
    a_day = point.day is not None or point.weekday is not None or expression.kind == "day"
    if seed.type not in MEETINGS or expression.exclusive or not a_day:
        return
    if expression.role == "start" and interval.earliest is not None and seed.starts is None:
        seed.starts = Interval(interval.earliest, interval.earliest, interval.earliest.isoformat())
    elif expression.role == "end" and interval.latest is not None and seed.stops is None:
        seed.stops = Interval(interval.latest, interval.latest, interval.latest.isoformat())


def _width(interval: Interval) -> int:
    if interval.earliest is None or interval.latest is None:
        return _OPEN
    return (interval.latest - interval.earliest).days


def _by_token(seeds: list[Seed]) -> Mapping[int, list[Seed]]:
    out: dict[int, list[Seed]] = {}
    for seed in seeds:
        for token in seed.tokens:
            out.setdefault(token, []).append(seed)
    return out


def _announced(seeds: list[Seed]) -> Mapping[int, list[Seed]]:
    out: dict[int, list[Seed]] = {}
    for seed in seeds:
        for token in seed.announced - seed.tokens:
            out.setdefault(token, []).append(seed)
    return out


def _tense(scene: Scene, seed: Seed, token: Token, anchor: date | None) -> Tense | None:
    """Give the tense that decides on which side of the publication day a weekday or month falls.

    The verb that the date hangs on tells; where it is bare, what is known of the event does. What a verb of
    planning is said to have been planned for lies where it lies nearest.
    """
    now = seed.commitment
    verb = next((word for word in token.ancestors if word.pos_ in ("VERB", "AUX")), None)
    own = tense(verb) if verb is not None else None
    planned = now.tense == "future" or now.modality in ("dip:Expected", "dip:Possible", "dip:Conditional")
    if seed.series == "previous" and not planned:
        return "past"  # "the last talks, held on 5 April"
    if seed.type in INSTRUMENTS and token.head.lower_ == "of" and token.head.head.pos_ in ("NOUN", "PROPN"):
        return "past"  # "will not honour the agreement of 27 February"
    ahead = plans(scene, verb, token) if verb is not None else None
    if ahead is not None:
        return ahead if ahead != "open" else ("future" if is_ahead(scene, token, anchor) else None)
    if verb is not None and verb.lemma_ in scene.lexicon.modality["expected"] and is_target(token, verb):
        return None if own == "past" else "future"  # "the meeting arranged for Monday was cancelled"
    if own == "past" and verb is not None and verb.i in seed.tokens and not (planned and offers(scene, verb)):
        return own
    return "future" if planned else (now.tense if now.tense is not None else own)


def bind_places(scene: Scene, seeds: list[Seed]) -> None:
    """Give each seed the places that its clause puts it in: "in Geneva", "at the Palais des Nations"."""
    by_token = _by_token(seeds)
    for token in located(scene):
        places = place_of(scene, token)
        if places and not has_its_own_day(token):
            _place(reached(by_token, token), places)
            _place(where_in(by_token, token), places)
    words = words_of(scene.doc)
    for at, label in enumerate(words.dep):
        if label == "dobj" and words.lemma[scene.doc[at].head.i] in _ARRIVES:
            token = scene.doc[at]
            _place(where_in(by_token, token), place_of(scene, token))
        elif label == "advmod" and words.lower[at] == "there" and scene.doc[at].head.i in by_token:
            token = scene.doc[at]
            _place(by_token[token.head.i], _spoken_of(scene, token))
    for seed in seeds:
        if seed.type == "dip:Attack":
            _place([seed], _struck(scene, seed))


def _place(seeds: list[Seed], places: tuple[Entity, ...]) -> None:
    """Put events into places."""
    for seed in seeds:
        if seed.type == "dip:Visit" and seed.verbal and seed.places:
            continue  # where the journey went to is told by its own "to"
        told = places
        if seed.type == "dip:Vote":
            told = tuple(place for place in places if place.known and not is_kind(place, "state"))
        _drop_named_after(seed, told)
        for place in told:
            seed.places[place.key] = place


def _spoken_of(scene: Scene, token: Token) -> tuple[Entity, ...]:
    """As in "a meeting there": the town told last, in this sentence or the one before."""
    start = token.sent.start
    first = scene.doc[start - 1].sent.start if start > 0 else 0
    for word in reversed(scene.doc[first : token.i]):
        link = scene.link(word)
        if link is not None and link.mention.type != DEMONYM:
            town = link.place if link.place is not None else link.entity
            if town is not None and is_kind(town, "place") and not is_kind(town, "state"):
                return (town,)
    return ()


def _struck(scene: Scene, seed: Seed) -> tuple[Entity, ...]:
    """As in "attacked the suburb of X", "the shelling of X": the town that was struck."""
    verb = scene.doc[seed.token]
    objects = [word for word in verb.children if word.dep_ in ("dobj", "nsubjpass")]
    found = [place for word in scene.doc[verb.left_edge.i : verb.right_edge.i + 1]
             if scene.link(word) is not None and whole(scene, word) in objects
             for place in place_of(scene, word)]  # fmt: skip
    return tuple(place for place in found if not is_kind(place, "state"))


def _drop_named_after(seed: Seed, told: tuple[Entity, ...]) -> None:
    """Forget what an event is only named after, once "in" tells where it is: "the Balkans summit in Tirana"."""
    for key in seed.named_after - {place.key for place in told}:
        place = seed.places.get(key)
        if place is not None and not any(
            key == t.within or place.within == t.key or (t.within and t.within == place.within) for t in told
        ):
            del seed.places[key]


def drop_wider(seeds: list[Seed]) -> None:
    """Forget the state of an event whose town the article tells: "talks in Norway" that were in Bergen."""
    within = {place.within for seed in seeds for place in seed.places.values()}
    for seed in seeds:
        for key in [key for key, place in seed.places.items() if key in within and is_kind(place, "state")]:
            del seed.places[key]
