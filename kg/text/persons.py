"""Persons: full names first, which license surnames; titles and states narrow what is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.folding import fold
from kg.model import Link
from kg.text.names import PLACE
from kg.text.nil import name_words
from kg.text.spelling import spelled_like
from kg.text.titles import Title, title_of
from kg.text.weighing import Weighing

if TYPE_CHECKING:
    from kg.model import Entity, Mention
    from kg.text.context import Context

_LICENSED = 0.92
_ALIAS = 0.9
_PROMINENT = 0.8
_UNKNOWN = 0.7
_PLACE = 0.6
_MARGIN = 0.05


@dataclass(frozen=True, slots=True)
class _Named:
    """A person named in full in the document, and the words of the name."""

    at: int
    link: Link
    words: tuple[str, ...]
    surnames: frozenset[str]


class Persons:
    """The persons of one document."""

    def __init__(self, context: Context) -> None:
        """Start with no names read."""
        self._context = context
        self._kb = context.kb
        self._weighing = Weighing(context)
        self._particles = context.kb.words("particle")
        self._named: list[_Named] = []
        self._links: dict[int, Link] = {}
        self._titles: dict[int, Title] = {}

    def read_full_names(self) -> None:
        """Decide on all mentions that give more than a surname, longest first."""
        context = self._context
        full = [
            (at, self._words(mention))
            for at, mention in enumerate(context.mentions)
            if mention.type == "dip:Person" and len(self._words(mention)) > 1
        ]
        for at, words in sorted(full, key=lambda pair: (-len(pair[1]), pair[0])):
            known = any(c.entity.type == "dip:Person" for c in self._kb.candidates(context.mentions[at].text))
            link = (None if known else self._part_of_longer(at, words)) or self._link_full(at)
            self._links[at] = link
            if link.entity is not None:
                self._named.append(_Named(at, link, words, self._surnames(link.entity, words)))
        self._named.sort(key=lambda named: named.at)

    def link(self, at: int) -> Link:
        """Give the decision on a mention of a person."""
        return self._links[at] if at in self._links else self._link_short(at)

    def named_like(self, at: int) -> Link | None:
        """Give the person whose surname a mention repeats that could also be a place or a body."""
        mention = self._context.mentions[at]
        words = self._words(mention)
        if len(words) > 1 or mention.text.isupper():
            return None
        known = bool(self._kb.candidates(mention.text))
        for named in self._named:
            same = words[0] == named.words[-1] or (not known and words[0] in named.surnames)
            if named.at < at and same and not named.link.mention.text.isupper():
                return self._licensed(mention, named)
        return None if known else self._by_fame(mention, Title())

    def _words(self, mention: Mention) -> tuple[str, ...]:
        return tuple(name_words(mention.text, self._particles))

    def _title(self, at: int) -> Title:
        if at not in self._titles:
            context = self._context
            self._titles[at] = title_of(context.mentions[at], context.tokens, self._kb, context.owners)
        return self._titles[at]

    def _surnames(self, entity: Entity, words: tuple[str, ...]) -> frozenset[str]:
        known = {fold(name) for name in self._kb.surnames_of(entity.key)} if entity.known else set()
        last = {w for w in words[-1:] if w not in {"jr", "sr", "ii", "iii", "iv"}}
        bare = {" ".join(w for w in name.split() if w not in self._particles) for name in known}
        return frozenset(known | bare | last | ({words[-2]} if not last else set()))

    def _part_of_longer(self, at: int, words: tuple[str, ...]) -> Link | None:
        """Give the person whose longer name contains these words in a row: ``Hamdan Dagalo``."""
        for named in self._named:
            rows = range(len(named.words) - len(words) + 1)
            if len(named.words) > len(words) and any(named.words[i : i + len(words)] == words for i in rows):
                return self._licensed(self._context.mentions[at], named)
        return None

    def _link_full(self, at: int) -> Link:
        mention, title = self._context.mentions[at], self._title(at)
        weighed = [
            (entity, *self._weighing.weigh(entity, base, why, title))
            for entity, base, why in spelled_like(mention.text, self._kb)
        ]
        weighed.sort(key=lambda found: (-found[1], found[0].key))
        listed = tuple((entity.key, round(score, 3), why) for entity, score, why in weighed)
        fit = [found for found in weighed if found[1] >= 0.6]
        if not fit:
            part = self._by_part(mention, title) if not weighed else None
            return part or self._meet(mention, title, "a full name not in the knowledge base", listed)
        if len(fit) > 1 and fit[0][1] - fit[1][1] < _MARGIN:
            names = " or ".join(f"{e.label} ({e.key})" for e, _, _ in fit[:2])
            return Link(mention, None, 0.0, f"namesakes, too close to tell: {names}", candidates=listed)
        entity, score, why = fit[0]
        if self._weighing.is_namesake(entity, score, mention, title):
            return self._meet(mention, title, f"nothing but a common name points to {entity.label}", listed)
        return Link(mention, entity, round(min(score, 0.98), 3), why, candidates=listed)

    def _by_part(self, mention: Mention, title: Title) -> Link | None:
        """Decide on some words of a longer name, where title and state speak for one person."""
        called = self._kb.persons_called(mention.text)
        return self._chosen(
            mention, [found for e in called if (found := self._weighing.fit(e, title)) is not None]
        )

    def _chosen(self, mention: Mention, weighed: list[tuple[Entity, float, str]]) -> Link | None:
        """Give the best of what was weighed, unless another comes too close."""
        weighed.sort(key=lambda found: (-found[1], found[0].key))
        if not weighed or (len(weighed) > 1 and weighed[0][1] - weighed[1][1] < _MARGIN * 0.5):
            return None
        listed = tuple((e.key, round(score, 3), why) for e, score, why in weighed)
        entity, score, why = weighed[0]
        return Link(mention, entity, round(score, 3), why, candidates=listed)

    def _meet(
        self, mention: Mention, title: Title, why: str, listed: tuple[tuple[str, float, str], ...]
    ) -> Link:
        within = title.states[0] if len(title.states) == 1 else None
        entity = self._context.unknown.meet(mention.text, mention.type, within)
        return Link(mention, entity, _UNKNOWN, why, candidates=(*listed, (entity.key, _UNKNOWN, "unknown")))

    def _link_short(self, at: int) -> Link:
        """Decide on a surname alone."""
        mention, title = self._context.mentions[at], self._title(at)
        bearers = self._bearers(at)
        if len(bearers) > 1:
            return self._one_of(at, bearers, title)
        licensed = bearers[0] if bearers else self._named_after(at)
        if licensed is not None:
            return self._licensed(mention, licensed)
        alias = [c for c in self._kb.candidates(mention.text) if c.entity.type == "dip:Person" and not c.weak]
        if len(alias) == 1 and not self._weighing.is_borne(mention):
            entity = alias[0].entity
            return Link(
                mention,
                entity,
                _ALIAS,
                f"known as {alias[0].surface}",
                candidates=((entity.key, _ALIAS, "alias"),),
            )
        return self._by_title(mention, title) or self._by_fame(mention, title) or self._bare(at, title)

    def _bearers(self, at: int) -> list[_Named]:
        """Give the persons named before with this surname, the nearest first; known ones, if one is famous."""
        word = self._short(self._context.mentions[at])
        earlier = [n for n in reversed(self._named) if n.at < at]
        fits = [n for n in earlier if word in n.surnames] or [n for n in earlier if word == n.words[0]]
        one = {n.link.entity.key: n for n in reversed(fits) if n.link.entity is not None}
        known = [n for n in one.values() if n.link.entity is not None and n.link.entity.known]
        famous = [n for n in known if n.link.entity is not None and self._weighing.is_famous(n.link.entity)]
        return famous if famous and len(known) == 1 else list(one.values())

    def _one_of(self, at: int, bearers: list[_Named], title: Title) -> Link:
        """Choose among persons with one surname: by the title, else the only one named just before."""
        mention, tokens = self._context.mentions[at], self._context.tokens
        entities = [n.link.entity for n in bearers if n.link.entity is not None]
        fitting = [e for e in entities if title.roles and e.known and self._weighing.has_role(e, title)]
        if len(fitting) == 1:
            return self._licensed(mention, next(n for n in bearers if n.link.entity is fitting[0]))
        here = tokens.sentence[mention.tokens.start]
        near = {
            n.link.entity.key: n
            for n in self._named
            if n.link.entity in entities and n.at < at and self._sentence(n) >= here - 1
        }
        if len(near) == 1:
            return self._licensed(mention, next(iter(near.values())))
        listed = tuple((e.key, 0.5, "named in full with this surname") for e in entities)
        names = " or ".join(sorted(e.label for e in entities))
        return Link(mention, None, 0.0, f"could be {names}: both are named in full", candidates=listed)

    def _sentence(self, named: _Named) -> int:
        return self._context.tokens.sentence[self._context.mentions[named.at].tokens.start]

    def _named_after(self, at: int) -> _Named | None:
        """Give the person a headline or a first sentence calls by the surname."""
        tokens, mention = self._context.tokens, self._context.mentions[at]
        sentence = tokens.sentence[mention.tokens.start]
        if sentence > 1 and not tokens.headline[sentence]:
            return None
        word = self._short(mention)
        fits = {
            n.link.entity.key: n
            for n in reversed(self._named)
            if n.link.entity is not None and word in n.surnames
        }
        return next(iter(fits.values())) if len(fits) == 1 else None

    def _short(self, mention: Mention) -> str:
        return " ".join(self._words(mention))

    def _licensed(self, mention: Mention, named: _Named) -> Link:
        entity = named.link.entity
        assert entity is not None
        score = round(min(_LICENSED, named.link.score), 3)
        why = f"named in full as {named.link.mention.text!r}"
        return Link(mention, entity, score, why, candidates=((entity.key, score, why),))

    def _by_title(self, mention: Mention, title: Title) -> Link | None:
        """Decide by what stands with the name: title and state, or a title whose holder's state is named."""
        namesakes = self._kb.persons_by_surname(self._short(mention)) if title else ()
        return self._chosen(
            mention, [found for e in namesakes if (found := self._weighing.fit(e, title)) is not None]
        )

    def _by_fame(self, mention: Mention, title: Title) -> Link | None:
        """Decide for somebody whom everybody knows by the surname."""
        famous = self._weighing.sounding_like(self._short(mention), mention)
        sporting = self._context.is_sport(mention) and not self._context.is_political(mention)
        if (
            len(famous) != 1
            or sporting
            or self._is_thing(mention)
            or not self._weighing.may_be_of(famous[0], title)
        ):
            return None
        why = f"known by the surname: {famous[0].label}"
        return Link(mention, famous[0], _PROMINENT, why, candidates=((famous[0].key, _PROMINENT, why),))

    def _is_thing(self, mention: Mention) -> bool:
        """Tell whether a surname is part of the name of a firm or of a thing, or somebody else's."""
        weighing = self._weighing
        return weighing.owns_firm(mention) or weighing.names_thing(mention) or weighing.is_borne(mention)

    def _bare(self, at: int, title: Title) -> Link:
        """Decide on a surname nobody is known by: a person if a title or a verb of speech says so."""
        mention = self._context.mentions[at]
        tokens = self._context.tokens
        after, before = mention.tokens.end, mention.tokens.start - 1
        spoke = any(
            tokens.same_sentence(i, mention.tokens.start) and tokens.lower[i] in self._kb.words("reporting")
            for i in (after, before)
        )
        if title:
            return self._meet(mention, title, "an unknown surname with a title", ())
        placed = self._context.preposition(at)
        if placed is None and self._weighing.modifies(mention):
            placed = "the"
        if placed is not None and not tokens.headline[tokens.sentence[mention.tokens.start]]:
            entity = self._context.unknown.meet(mention.text, PLACE)
            why = f"an unknown place: after {placed!r}"
            return Link(mention, entity, _PLACE, why, candidates=((entity.key, _PLACE, "unknown"),))
        if spoke and not tokens.headline[tokens.sentence[mention.tokens.start]]:
            return self._meet(mention, title, "an unknown surname that speaks or acts", ())
        return Link(mention, None, 0.0, "a single name, nowhere given in full")
