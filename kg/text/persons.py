"""Persons: full names first, which license surnames; titles and states narrow what is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.folding import fold
from kg.model import Link
from kg.text.names import PLACE
from kg.text.nil import name_words
from kg.text.spelling import EXACT, spelled_like
from kg.text.titles import Title, title_of

if TYPE_CHECKING:
    from kg.model import Entity, Key, Mention
    from kg.text.context import Context

_LICENSED = 0.92
_ALIAS = 0.9
_TITLE_AND_STATE = 0.88
_TITLE = 0.78
_ONLY = 0.75
_PROMINENT = 0.8
_UNKNOWN = 0.7
_PLACE = 0.6
_HELD = 0.03
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
        for named in self._named:
            if named.at < at and words[0] == named.words[-1] and not named.link.mention.text.isupper():
                return self._licensed(mention, named)
        return None if self._kb.candidates(mention.text) else self._by_fame(mention, Title())

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
            (entity, *self._weigh(entity, base, why, title))
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
        if self._is_namesake(entity, score, mention, title):
            return self._meet(mention, title, f"nothing but a common name points to {entity.label}", listed)
        return Link(mention, entity, round(min(score, 0.98), 3), why, candidates=listed)

    def _weigh(self, entity: Entity, score: float, why: str, title: Title) -> tuple[float, str]:
        """Weigh a candidate: the state in the title, an office that fits, the states of the document."""
        states = self._states_of(entity)
        told = self._told(title)
        if told and states and not states.intersection(told):
            return score - 0.4, f"{why}, but of another state"
        if told and states:
            score, why = score + 0.03, f"{why}, of the state in the title"
        elif states and any(self._context.support(state, besides=entity.key) for state in states):
            score, why = score + 0.02, f"{why}, whose state the text names"
        if title.roles and self._has_role(entity, title):
            score, why = score + 0.02, f"{why}, the office fits"
        return score + self._held(entity, title), why

    def _held(self, entity: Entity, title: Title) -> float:
        """Give what it adds that a person held the office on the day of publication, as far as known."""
        day = self._context.published
        held = self._kb.offices_of(entity.key, day) if day is not None and title.roles else ()
        return _HELD if any(tenure.role in title.roles for tenure in held) else 0.0

    def _by_part(self, mention: Mention, title: Title) -> Link | None:
        """Decide on some words of a longer name, where title and state speak for one person."""
        called = self._kb.persons_called(mention.text)
        return self._chosen(mention, [found for e in called if (found := self._fit(e, title)) is not None])

    def _fit(self, entity: Entity, title: Title) -> tuple[Entity, float, str] | None:
        """Give how well title and state speak for a person whose name is given in part only."""
        states, role = self._states_of(entity), self._has_role(entity, title)
        held = self._held(entity, title)
        if not self._is_political(title):
            return None
        if states.intersection(self._told(title)):
            return entity, _TITLE_AND_STATE + 0.04 * role + held, "title and state fit"
        named = any(self._context.support(state, besides=entity.key) for state in states)
        if not title.states and named and (role or self._kb.is_prominent(entity.key)):
            return entity, _TITLE + 0.04 * role + held, "the title fits and the text names the state"
        if not title.states and named and self._is_only(entity):
            return entity, _ONLY, "the only one of that name, with a title and the state named"
        return None

    def _is_only(self, entity: Entity) -> bool:
        """Tell whether nobody else in the knowledge base has any of a person's surnames."""
        return all(len(self._kb.persons_by_surname(name)) == 1 for name in self._kb.surnames_of(entity.key))

    def _chosen(self, mention: Mention, weighed: list[tuple[Entity, float, str]]) -> Link | None:
        """Give the best of what was weighed, unless another comes too close."""
        weighed.sort(key=lambda found: (-found[1], found[0].key))
        if not weighed or (len(weighed) > 1 and weighed[0][1] - weighed[1][1] < _MARGIN * 0.5):
            return None
        listed = tuple((e.key, round(score, 3), why) for e, score, why in weighed)
        entity, score, why = weighed[0]
        return Link(mention, entity, round(score, 3), why, candidates=listed)

    def _is_political(self, title: Title) -> bool:
        return not self._kb.words("political-title").isdisjoint(title.words)

    def _is_namesake(self, entity: Entity, score: float, mention: Mention, title: Title) -> bool:
        """Tell whether a common name is all that points to a known person."""
        named = any(self._context.support(state, besides=entity.key) for state in self._states_of(entity))
        context = self._context
        if score > EXACT or named or self._is_political(title):
            return False
        if self._is_famous(entity) or context.occupation(mention) is not None:
            return context.occupation(mention) is not None
        same = [m for m in context.mentions if m.text == mention.text]
        if context.is_political_document:
            return False
        doubtful = self._kb.is_common_name(entity.key) or any(context.is_sport(m) for m in same)
        return doubtful and not any(context.is_political(m) for m in same)

    def _states_of(self, entity: Entity) -> set[Key]:
        offices = {t.of for t in self._kb.offices_of(entity.key) if t.of is not None}
        return offices | ({entity.within} if entity.within is not None else set())

    def _told(self, title: Title) -> set[Key]:
        """Give the states a title names; a group or body counts by its state, if it has one."""
        found = {self._kb.entity(key) for key in title.states}
        areas = {e.key for e in found if e.type in {"dip:State", "dip:Polity"}}
        return areas | {e.within for e in found if e.key not in areas and e.within is not None}

    def _has_role(self, entity: Entity, title: Title) -> bool:
        return any(t.role in title.roles for t in self._kb.offices_of(entity.key))

    def _meet(
        self, mention: Mention, title: Title, why: str, listed: tuple[tuple[str, float, str], ...]
    ) -> Link:
        within = title.states[0] if len(title.states) == 1 else None
        entity = self._context.unknown.meet(mention.text, mention.type, within)
        return Link(mention, entity, _UNKNOWN, why, candidates=(*listed, (entity.key, _UNKNOWN, "unknown")))

    def _link_short(self, at: int) -> Link:
        """Decide on a surname alone."""
        mention, title = self._context.mentions[at], self._title(at)
        licensed = self._named_before(at) or self._named_after(at)
        if licensed is not None:
            return self._licensed(mention, licensed)
        alias = [c for c in self._kb.candidates(mention.text) if c.entity.type == "dip:Person" and not c.weak]
        if len(alias) == 1:
            entity = alias[0].entity
            return Link(
                mention,
                entity,
                _ALIAS,
                f"known as {alias[0].surface}",
                candidates=((entity.key, _ALIAS, "alias"),),
            )
        return self._by_title(mention, title) or self._by_fame(mention, title) or self._bare(at, title)

    def _named_before(self, at: int) -> _Named | None:
        """Give the person named before with this surname; of several the best known, else the nearest."""
        word = self._short(self._context.mentions[at])
        earlier = [n for n in reversed(self._named) if n.at < at]
        fits = [n for n in earlier if word in n.surnames] or [n for n in earlier if word == n.words[0]]
        famous = [n for n in fits if n.link.entity is not None and self._is_famous(n.link.entity)]
        return next(iter(famous or fits), None)

    def _is_famous(self, entity: Entity) -> bool:
        return entity.known and self._kb.is_prominent(entity.key)

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
        return self._chosen(mention, [found for e in namesakes if (found := self._fit(e, title)) is not None])

    def _by_fame(self, mention: Mention, title: Title) -> Link | None:
        """Decide for somebody whom everybody knows by the surname."""
        famous = [
            e for e in self._kb.persons_by_surname(self._short(mention)) if self._kb.is_prominent(e.key)
        ]
        sporting = self._context.is_sport(mention) and not self._context.is_political(mention)
        if len(famous) != 1 or sporting or self._owns_firm(mention) or not self._may_be_of(famous[0], title):
            return None
        why = f"known by the surname: {famous[0].label}"
        return Link(mention, famous[0], _PROMINENT, why, candidates=((famous[0].key, _PROMINENT, why),))

    def _owns_firm(self, mention: Mention) -> bool:
        """Tell whether a possessive begins a name of capitals that nothing is known of."""
        tokens, at = self._context.tokens, mention.tokens.end
        if tokens.text[at : at + 1] not in (["'s"], ["\u2019s"]):
            return False
        named = {m.tokens.start for m in self._context.mentions if self._kb.candidates(m.text)}
        return tokens.is_name(at + 1) and tokens.is_name(at + 2) and at + 1 not in named

    def _modifies(self, mention: Mention) -> bool:
        """Tell whether a single name stands between ``the`` and a common noun: ``the A mine``."""
        tokens, start, end = self._context.tokens, mention.tokens.start, mention.tokens.end
        if not tokens.same_sentence(end, start) or not start or tokens.lower[start - 1] != "the":
            return False
        return any(
            tokens.text[end] in self._kb.words(k) for k in ("place-head", "place-noun", "part-of-place")
        )

    def _may_be_of(self, entity: Entity, title: Title) -> bool:
        told, states = self._told(title), self._states_of(entity)
        return not told or not states or bool(told & states)

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
        if placed is None and self._modifies(mention):
            placed = "the"
        if placed is not None and not tokens.headline[tokens.sentence[mention.tokens.start]]:
            entity = self._context.unknown.meet(mention.text, PLACE)
            why = f"an unknown place: after {placed!r}"
            return Link(mention, entity, _PLACE, why, candidates=((entity.key, _PLACE, "unknown"),))
        if spoke and not tokens.headline[tokens.sentence[mention.tokens.start]]:
            return self._meet(mention, title, "an unknown surname that speaks or acts", ())
        return Link(mention, None, 0.0, "a single name, nowhere given in full")
