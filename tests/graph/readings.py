"""Readings written by hand: short words for entities, mentions and articles."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from kg.model import (
    ACTUAL,
    Article,
    Entity,
    EventMention,
    Interval,
    Key,
    Link,
    Mention,
    Reading,
    Role,
    Span,
    Stance,
    Term,
)

KB = "2026-11-21"
KINDS = {
    "state": "dip:State",
    "person": "dip:Person",
    "place": "dip:Place",
    "org": "dip:Organization",
    "bloc": "dip:Bloc",
    "office": "dip:Office",
    "issue": "dip:Issue",
    "process": "dip:Process",
}


def entity(key, label=None, *, within=None, qid=None, aliases=(), known=True):
    """An entity by its path; the class follows from the path."""
    kind, _, slug = key.partition("/")
    label = label or slug.replace("-", " ").title()
    return Entity(Key(key), Term(KINDS[kind]), label, tuple(aliases), qid, within, known)


def day(text):
    """An interval for ``2025-05-16``, ``2025-07``, ``2025``, ``2022-03/2022-04``, ``../2025-05-16``."""
    first, _, last = text.partition("/")
    return Interval(_bound(first, end=False), _bound(last or first, end=True), text)


def _bound(text, *, end):
    if text == "..":
        return None
    parts = [int(part) for part in text.split("-")]
    year, month, monthday = (*parts, 0, 0)[:3]
    if monthday:
        return date(year, month, monthday)
    if not end:
        return date(year, month or 1, 1)
    following = date(year + 1, 1, 1) if month in (0, 12) else date(year, month + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def stance(modality=ACTUAL, *, negated=False, by=None):
    """How the source commits itself."""
    return Stance(Term(modality), negated, by)


EXPECT = stance("dip:Expected")
MAYBE = stance("dip:Possible")
NOT = stance(negated=True)


@dataclass
class Draft:
    """An article with what is read in it, sentence by sentence."""

    id: str
    text: str = ""
    published: date | None = None
    title: str | None = None
    publisher: str | None = None
    entities: list[Entity] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    mentions: list[EventMention] = field(default_factory=list)
    given: bool = False

    def know(self, *entities):
        """Add entities."""
        self.entities += [one if isinstance(one, Entity) else entity(one) for one in entities]
        return self

    def find(self, start, end=None):
        """The span from one cue to the end of another, as the text has them first."""
        begin = self.text.index(start)
        stop = begin + len(start) if end is None else self.text.index(end, begin) + len(end)
        return Span(begin, stop)

    def say(self, sentence):
        """Add a sentence of our own to the text and give its span."""
        assert not self.given
        begin = len(self.text)
        self.text += sentence + " "
        return Span(begin, begin + len(sentence))

    def name(self, words, key, kind="dip:State"):
        """Say that the first occurrence of some words means an entity."""
        span = self.find(words)
        known = next(one for one in self.entities if one.key == key)
        mention = Mention(span, words, Term(kind), Span(0, 1))
        self.links.append(Link(mention, known, 0.9, "by hand"))
        return self

    def tell(self, key, kind, evidence, roles, **more):
        """Add a mention; roles are (predicate, filler) or Role."""
        found = tuple(one if isinstance(one, Role) else Role(Term(f"dip:{one[0]}"), one[1]) for one in roles)
        if isinstance(evidence, str):
            evidence = self.say(evidence)
        if "when" in more and isinstance(more["when"], str):
            more["when"] = day(more["when"])
        if "status" in more:
            more["status"] = Term(f"dip:Status{more['status']}")
        self.mentions.append(EventMention(Key(key), Term(f"dip:{kind}"), found, evidence, **more))
        return self

    def reading(self):
        """The reading."""
        sha = sha256(self.text.encode()).hexdigest()
        article = Article(self.id, self.text, self.title, self.published, self.publisher, sha256=sha)
        return Reading(
            article,
            tuple(self.entities),
            tuple(self.links),
            tuple(self.mentions),
            pipeline="kg 0.1.0, by hand",
        )


def leads(person, side, **more):
    """A person leads the delegation of a side."""
    return Role(Term("dip:leads"), person, side=Key(side), **more)


def role(predicate, filler, **more):
    """A role with its own stance, evidence or score."""
    term = predicate if ":" in predicate else f"dip:{predicate}"
    return Role(Term(term), filler, **more)


def renamed(reading, name):
    """The same reading of an article with another id and text."""
    article = reading.article
    text = article.text + f"({name})"
    return replace(
        reading, article=replace(article, id=name, text=text, sha256=sha256(text.encode()).hexdigest())
    )
