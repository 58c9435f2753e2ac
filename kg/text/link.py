"""Linking: the entity a mention stands for, with a score and a reason, or an honest unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.folding import fold
from kg.model import PART_OF_NAME, Key, Link
from kg.text.context import Context, read_context
from kg.text.names import DEMONYM, PLACE
from kg.text.nil import body_name
from kg.text.persons import Persons

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spacy.tokens import Doc

    from kg.kb import Candidate, KnowledgeBase
    from kg.model import Entity, Mention

_PLAIN = 0.95
_WEAK = 0.8
_SHORT = 0.85
_UNKNOWN = 0.6
_DEMONYM = 0.9
_UNNAMED = 0.5
_INTRODUCED = 0.9
_SHARED = 0.9
_MARGIN = 0.05
_ACRONYM_MAX = 7
_EXPLAINED = frozenset({"dip:Organization", "dip:Agreement", "dip:Process"})


def link(
    doc: Doc, mentions: Sequence[Mention], kb: KnowledgeBase, *, published: date | None
) -> tuple[Link, ...]:
    """Give one link a mention, in order; ``entity`` is None where the linker abstains.

    A seat of government stands for its state (``place`` has the city), unless a locative
    preposition governs it or it names the place of talks: then it is the city.
    """
    context = read_context(doc, mentions, kb, published)
    persons = Persons(context)
    persons.read_full_names()
    links = [_link(at, context, persons) for at in range(len(mentions))]
    heads = _heads(links)
    links = [
        _link_demonym(one.mention, context, heads)
        if one.mention.type == DEMONYM and one.entity is None
        else one
        for one in links
    ]
    links = [_introduced(at, link_, links, context) for at, link_ in enumerate(links)]
    return tuple(_finished(link_, context) for link_ in links)


def _link(at: int, context: Context, persons: Persons) -> Link:
    mention = context.mentions[at]
    part = _link_part(mention, context)
    if part is not None:
        return part
    if mention.type == DEMONYM:
        return _link_demonym(mention, context)
    if mention.type == "dip:Person":
        return persons.link(at)
    if mention.type == "dip:Organization" and context.is_bare_acronym(at):
        return Link(mention, None, 0.0, "an acronym that is nowhere explained")
    licensed = persons.named_like(at)
    if licensed is not None and not _is_place(at, context):
        return licensed
    return _link_named(at, context)


def _is_place(at: int, context: Context) -> bool:
    """Tell whether a name that is also a person's surname is a place here.

    One that no place is known by is so only behind a word that nothing else follows: not in "according to X".
    """
    if context.kb.candidates(context.mentions[at].text):
        return context.is_located(at)
    return context.preposition(at) not in (None, "to")


def _link_part(mention: Mention, context: Context) -> Link | None:
    """Give the state of one word that stands for a longer name."""
    at = mention.tokens.start
    shared, short = context.shared.get(at), context.short.get(at)
    meant = shared if shared is not None else short
    if meant is None or mention.tokens.end - at > 1:
        return None
    why = f"shares the last word of the name after it: {meant.label}"
    if shared is None:
        why = f"short for {meant.label}, named before"
    return Link(mention, meant, _SHARED, why, candidates=((meant.key, _SHARED, PART_OF_NAME),))


def _link_demonym(mention: Mention, context: Context, heads: frozenset[Key] = frozenset()) -> Link:
    """Give the state of a demonym; of several the only one the text names, by its capital or head too."""
    states = context.kb.states_of_demonym(mention.text)
    named = [s for s in states if len(states) == 1 or context.support(s.key) or s.key in heads]
    listed = tuple(
        (s.key, _DEMONYM if s in named else _UNNAMED, "demonym")
        for s in sorted(states, key=lambda s: (s not in named, s.key))
    )
    if len(named) != 1:
        return Link(mention, None, 0.0, f"{mention.text!r} is said of more than one state", candidates=listed)
    return Link(mention, named[0], _DEMONYM, f"demonym of {named[0].label}", candidates=listed)


def _heads(links: Sequence[Link]) -> frozenset[Key]:
    """Give the states of the known persons that a document names."""
    persons = (one.entity for one in links if one.entity is not None and one.mention.type == "dip:Person")
    return frozenset(e.within for e in persons if e.known and e.within is not None)


def _link_named(at: int, context: Context) -> Link:
    mention = context.mentions[at]
    town = context.displaced.get(fold(mention.text))
    if town is not None:
        entity = context.unknown.meet(town, PLACE)
        why = f"the text gives it as {town!r}"
        return Link(mention, entity, _UNKNOWN, why, candidates=((entity.key, _UNKNOWN, "unknown"),))
    spelled = _respelled(mention.text)
    listed = context.kb.candidates(mention.text) or (context.kb.candidates(spelled) if spelled else ())
    candidates = [c for c in listed if c.entity.type != "dip:Person"]
    if mention.type == "dip:Place":
        candidates = [c for c in candidates if c.entity.type in {"dip:Place", "dip:Polity", "dip:State"}]
    owner = context.owner(at)
    inside = [c for c in candidates if c.entity.within is not None and c.entity.within == owner]
    candidates = inside if inside and mention.type == "dip:Place" else candidates
    foreign = [c for c in candidates if _is_other_body(c, owner)]
    weighed = sorted(
        ((c, _score(c, mention, context)) for c in candidates if c not in foreign),
        key=lambda pair: (-pair[1], pair[0].entity.key),
    )
    if not weighed:
        return _unknown(mention, owner, context)
    seat = context.kb.metonym(mention.text) if weighed[0][0].entity.type == "dip:Place" else None
    if seat is not None and seat[0].key not in {c.entity.key for c, _ in weighed}:
        return _link_seat(at, seat, weighed[0], context)
    return _best(mention, weighed)


def _respelled(name: str) -> str | None:
    """Give the other way to write the name of a body of the United Nations, with or without its acronym."""
    long, short = "United Nations ", "UN "
    if name.startswith(long):
        return short + name[len(long) :]
    return long + name[len(short) :] if name.startswith(short) else None


def _score(candidate: Candidate, mention: Mention, context: Context) -> float:
    score = _WEAK if candidate.weak else _SHORT if candidate.acronym else _PLAIN
    if candidate.entity.type == mention.type:
        score += 0.02
    if candidate.entity.type == "dip:Place":
        score -= 0.1
    return min(0.98, score + 0.01 * context.support(candidate.entity.within or candidate.entity.key))


def _is_other_body(candidate: Candidate, owner: Key | None) -> bool:
    """Tell whether a short name means another state's body: ``Iran's Security Council``."""
    entity = candidate.entity
    if owner is None or not entity.key.startswith("org/") or candidate.acronym:
        return False
    return entity.within != owner and candidate.surface != entity.label and entity.key != owner


def _best(mention: Mention, weighed: list[tuple[Candidate, float]]) -> Link:
    listed = tuple((c.entity.key, round(score, 3), _reason(c)) for c, score in weighed)
    best, score = weighed[0]
    if len(weighed) > 1 and score - weighed[1][1] < _MARGIN:
        first = {"dip:State": 0, "dip:Polity": 1}.get(best.entity.type, 2)
        if first == {"dip:State": 0, "dip:Polity": 1}.get(weighed[1][0].entity.type, 2):
            names = f"{best.entity.label} or {weighed[1][0].entity.label}"
            return Link(mention, None, 0.0, f"could be {names}: too close to tell", candidates=listed)
    return Link(mention, best.entity, round(score, 3), _reason(best), candidates=listed)


def _reason(candidate: Candidate) -> str:
    if candidate.surface == candidate.entity.label:
        return "its name"
    kind = "short form" if candidate.acronym else "other name"
    return f"{kind} of {candidate.entity.label}" + (", supported by the context" if candidate.weak else "")


def _link_seat(
    at: int, seat: tuple[Entity, Entity | None], found: tuple[Candidate, float], context: Context
) -> Link:
    """Read a seat of power: as its government, or as the place where something is."""
    mention = context.mentions[at]
    actor, place = seat[0], seat[1] or found[0].entity
    score = round(found[1], 3)
    listed = ((actor.key, 0.8, "seat of its government"), (place.key, score, "its name"))
    where = context.located(at)
    if where is not None:
        return Link(mention, place, score, f"the place: {where}", candidates=listed)
    return Link(
        mention, actor, 0.8, f"seat of the government of {actor.label}", place=place, candidates=listed
    )


def _unknown(mention: Mention, owner: Key | None, context: Context) -> Link:
    if owner is None or mention.type != "dip:Organization":
        entity = context.unknown.meet(mention.text, context.class_of_unknown(mention))
        why = "a name not in the knowledge base"
    else:
        state = context.kb.entity(owner)
        name = body_name(mention.text, state, context.kb)
        entity = context.unknown.meet(name, mention.type, owner)
        why = f"a body of {state.label}, not in the knowledge base"
    return Link(mention, entity, _UNKNOWN, why, candidates=((entity.key, _UNKNOWN, "unknown"),))


def _introduced(at: int, link_: Link, links: list[Link], context: Context) -> Link:
    """Give an acronym the meaning that the text introduced it with, in either order."""
    mention = link_.mention
    if mention.type not in _EXPLAINED or len(mention.text) > _ACRONYM_MAX or not mention.text[:2].isupper():
        return link_
    if link_.entity is not None and link_.entity.known and link_.score >= _SHORT:
        return link_
    long = context.introduced(mention.text)
    if long is None or links[long].entity is None or long == at:
        return link_
    entity = links[long].entity
    why = f"introduced in the text as {context.mentions[long].text!r}"
    assert entity is not None
    return Link(mention, entity, _INTRODUCED, why, candidates=((entity.key, _INTRODUCED, "introduced"),))


def _finished(link_: Link, context: Context) -> Link:
    if link_.entity is None or link_.entity.known:
        return link_
    entity = context.unknown.latest(link_.entity)
    return Link(link_.mention, entity, link_.score, link_.why, link_.place, link_.candidates)
