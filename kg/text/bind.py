"""Times and places bound to the events whose clause they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import ACTUAL, HELD, PLANNED
from kg.text.commitment import tense
from kg.text.dates import resolve
from kg.text.lengths import stretched
from kg.text.party import place_of
from kg.text.scene import DEMONYM
from kg.text.seeds import INSTRUMENTS, MEETINGS, STANCES, Seed
from kg.text.syntax import has_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from spacy.tokens import Token

    from kg.model import Entity, Interval
    from kg.text.dates import Tense
    from kg.text.scene import Scene

_DOUBT = frozenset(("may", "might", "could", "would", "should"))
_NEUTRAL = frozenset(("in", "at", "near", "outside", "inside", "during", "by", "between", "with", "under"))
_GOING = frozenset(("arrive", "travel", "fly", "go", "come", "visit"))
_OPEN = 10**6
"""Days of an interval without an end: wider than any other."""


def bind_times(scene: Scene, seeds: list[Seed], *, anchor: date | None) -> None:
    """Give each seed the date that its clause states, if one does and it can be resolved."""
    by_token, announced = _by_token(seeds), _announced(seeds)
    for expression, token in scene.dates:
        if expression.duration or scene.in_aside(token) or _counts_from(token):
            continue
        verb = next((word.i for word in token.ancestors if word.i in announced), None)
        if verb is not None and verb not in by_token:
            near = next((word.i for word in token.ancestors if word.i in by_token or word.i == verb), verb)
            if near == verb and not _is_target(token, verb):
                continue
        for seed in _reached({**announced, **by_token}, token):
            # "had been planned for 12 June": the day lies where it lies nearest.
            when = None if verb is not None and verb in seed.announced else _tense(seed, token)
            interval = resolve(expression, anchor=anchor, tense=when)
            if interval is None:
                if seed.when is None and expression.weekday is not None:
                    seed.weekday = expression.weekday
            else:
                _give(scene, seed, interval, token)


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
        seed.when = stretched(interval, seed.days, lemma, scene)


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


def _is_target(token: Token, verb: int) -> bool:
    """As in "postponed to June", "set for Monday": the new date, not the day of the news."""
    word = token
    while word.head != word and word.head.i != verb:
        word = word.head
    return word.lower_ in ("for", "to", "until", "till") and word.head.i == verb


def _tense(seed: Seed, token: Token) -> Tense | None:
    """Give the tense that decides on which side of the publication day a weekday or month falls.

    The verb that the date hangs on tells; where it is bare, what is known of the event does.
    """
    now = seed.commitment
    verb = next((word for word in token.ancestors if word.pos_ in ("VERB", "AUX")), None)
    own = tense(verb) if verb is not None else None
    planned = now.tense == "future" or now.modality in ("dip:Expected", "dip:Possible", "dip:Conditional")
    if own == "past" and verb is not None and verb.i in seed.tokens:
        return own
    return "future" if planned else (now.tense if now.tense is not None else own)


def _reached(by_token: Mapping[int, list[Seed]], token: Token) -> list[Seed]:
    """Give the seeds over a date or place: the nearest trigger or event noun above it in its clause.

    A date on a verb that is no trigger ("arrived on Monday for talks") reaches the event only if
    the event is that verb's own argument.
    """
    word = token
    while word.i not in by_token:
        if word.pos_ in ("VERB", "AUX"):
            return _beside(by_token, word)
        dated = token.ent_type_ in ("DATE", "TIME") or word.ent_type_ in ("DATE", "TIME")
        off_topic = not dated and word != token and word.dep_ == "pobj" and word.head.lower_ not in _NEUTRAL
        if word.head == word or (off_topic and word.pos_ in ("NOUN", "PROPN")):
            return []  # "talks on a ceasefire in Sudan": the talks are elsewhere
        word = word.head
    return _no_stances(by_token[word.i])


def _beside(by_token: Mapping[int, list[Seed]], verb: Token) -> list[Seed]:
    """Give the seeds that a verb has as its arguments, or that it is a clause on.

    Not where the verb only says what might be: "the talks could move to Oslo in a week".
    """
    if any(child.dep_ == "aux" and child.lower_ in _DOUBT for child in verb.children):
        return []
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and child.i in by_token:
            found = _no_stances(by_token[child.i])
            if found:
                return found
    if verb.dep_ in ("acl", "relcl") and verb.head.i in by_token:
        return _no_stances(by_token[verb.head.i])
    return _for_which(by_token, verb)


def _for_which(by_token: Mapping[int, list[Seed]], verb: Token) -> list[Seed]:
    """As in "is due in Baghdad on Thursday to meet X", "last met in Jeddah in October, in talks": met there, then."""
    due = any(child.dep_ == "acomp" and child.lower_ in ("due", "expected") for child in verb.children)
    if due or verb.lemma_ in _GOING:
        for clause in verb.children:
            if clause.dep_ in ("advcl", "xcomp") and clause.i in by_token and has_to(clause):
                return _no_stances(by_token[clause.i])
    if verb.lemma_ in ("meet", "gather", "sit"):
        for prep in verb.children:
            for noun in prep.children if prep.dep_ == "prep" and prep.lower_ in ("in", "for", "at") else ():
                if noun.dep_ == "pobj" and noun.i in by_token:
                    return _no_stances(by_token[noun.i])
    return []


def _no_stances(seeds: list[Seed]) -> list[Seed]:
    return [seed for seed in seeds if seed.type not in STANCES]


def bind_places(scene: Scene, seeds: list[Seed]) -> None:
    """Give each seed the places that its clause puts it in: "in Geneva", "at the Palais des Nations"."""
    by_token = _by_token(seeds)
    for token in _located(scene):
        places = place_of(scene, token)
        if not places:
            continue
        for seed in _reached(by_token, token):
            if seed.type == "dip:Visit" and seed.verbal and seed.places:
                continue  # where the journey went to is told by its own "to"
            _drop_named_after(seed, places)
            for place in places:
                seed.places[place.key] = place


def _drop_named_after(seed: Seed, told: tuple[Entity, ...]) -> None:
    """Forget what an event is only named after, once "in" tells where it is: "the Balkans summit in Tirana"."""
    for key in seed.named_after - {place.key for place in told}:
        place = seed.places.get(key)
        if place is not None and not any(
            key == t.within or place.within == t.key or (t.within and t.within == place.within) for t in told
        ):
            del seed.places[key]


def _located(scene: Scene) -> Iterator[Token]:
    """The heads of place names behind a locative preposition, and places in apposition to them."""
    for token in scene.doc:
        link = scene.link(token)
        if scene.in_aside(token) or (link is None and token.lemma_.lower() != "capital"):
            continue
        if link is not None and (link.mention.type == DEMONYM or scene.head(link) != token):
            continue
        top = token
        while top.dep_ in ("conj", "appos") and top.head != top:
            top = top.head
        if top.dep_ != "pobj":
            continue
        visit = top.head.lower_ == "to" and top.head.head.lemma_.lower() in ("visit", "trip", "travel", "fly")
        if visit or top.head.lower_ in scene.lexicon.words["locative"]:
            yield token


def settle(seeds: list[Seed], anchor: date | None) -> None:
    """Let the calendar decide what a present tense leaves open: "officials meet in Oslo on 2 June"."""
    for seed in seeds:
        if anchor is None or seed.when is None or seed.status_said:
            continue
        if seed.type in STANCES or seed.type in INSTRUMENTS or seed.commitment.negated:
            continue
        if seed.commitment.tense != "present":
            _settle_past(seed, anchor)
            continue
        if seed.when.earliest is not None and seed.when.earliest > anchor:
            seed.status = PLANNED
        elif seed.when.latest is not None and seed.when.latest < anchor and seed.status is None:
            seed.status = HELD


def _settle_past(seed: Seed, anchor: date) -> None:
    """A meeting told without doubt, whose whole time is over, was held: "after a meeting on 3 May"."""
    sure = seed.type in MEETINGS and seed.commitment.modality == ACTUAL and seed.status is None
    over = seed.when is not None and seed.when.latest is not None and seed.when.latest < anchor
    if sure and over:
        seed.status = HELD
