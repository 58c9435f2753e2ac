"""Gold items and readings of a few words, for the tests of the measure."""

from hashlib import sha256

from kg.evaluation.dates import days
from kg.gold import GoldItem
from kg.model import Article, Entity, EventMention, Interval, Key, Reading, Role, Span, Stance, Term

KINDS = {
    "state": "dip:State",
    "person": "dip:Person",
    "place": "dip:Place",
    "org": "dip:Organization",
    "agency": "dip:Organization",
}


def fact(p, s, o, **more):
    return {"p": p, "s": s, "o": o, **more}


def told(event, cls, parties=(), *, day=None, place=None, **more):
    """The facts of one event of gold."""
    return [
        fact("type", event, cls),
        *(fact("participatesIn", who, event, **more) for who in parties),
        *([fact("edtf", event, day)] if day else []),
        *([fact("location", event, place)] if place else []),
    ]


def item(name, *facts, events=None):
    text = f"Text {name} is long enough to point into."
    digest = sha256(text.encode()).hexdigest()
    return GoldItem(Article(id=name, text=text, sha256=digest), tuple(facts), events or {})


def entity(key, label=None, *, known=True):
    kind, _, name = key.partition("/")
    return Entity(Key(key), Term(KINDS[kind]), label or name.replace("-", " ").title(), known=known)


def mention(key, cls, parties=(), *, day=None, place=None, roles=(), stance=None, start=0):
    """A mention in which everybody takes part."""
    when = Interval(*days(day), day) if day else None
    filled = [("participatesIn", who) for who in parties] + ([("location", place)] if place else [])
    return EventMention(
        key=Key(key),
        type=Term(f"dip:{cls}"),
        roles=(*(Role(Term(f"dip:{name}"), who) for name, who in filled), *roles),
        evidence=Span(start, start + 5),
        when=when,
        stance=stance or Stance(),
    )


def reading(item, *mentions, unknown=()):
    fillers = {role.filler for one in mentions for role in one.roles}
    fillers |= {role.side for one in mentions for role in one.roles if role.side}
    fillers |= {one.stance.speaker for one in mentions if one.stance.speaker}
    entities = tuple(entity(key, known=key not in unknown) for key in sorted(fillers) if "/" in key)
    return Reading(item.article, entities, (), tuple(mentions))
