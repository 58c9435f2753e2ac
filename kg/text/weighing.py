"""How well a person of the knowledge base fits what stands around a name."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kg.folding import fold, sound
from kg.text.politics import is_ordinary
from kg.text.spelling import EXACT

if TYPE_CHECKING:
    from kg.model import Entity, Key, Mention
    from kg.text.context import Context
    from kg.text.titles import Title

_TITLE_AND_STATE = 0.88
_TITLE = 0.78
_ONLY = 0.75
_HELD = 0.03
_AGE_DIGITS = 2
_SHORT = 3
"""Letters of the shortest first name."""


_HEAD = "head-of-state"


class Weighing:
    """The scales for the persons of one document."""

    def __init__(self, context: Context) -> None:
        """Keep what the document says."""
        self._context = context
        self._kb = context.kb

    def weigh(self, entity: Entity, score: float, why: str, title: Title) -> tuple[float, str]:
        """Weigh a candidate: the state in the title, an office that fits, the states of the document."""
        states = self.states_of(entity)
        told = self._told(title)
        if told and states and not states.intersection(told):
            return score - 0.4, f"{why}, but of another state"
        if told and states:
            score, why = score + 0.03, f"{why}, of the state in the title"
        elif states and any(self._context.support(state, besides=entity.key) for state in states):
            score, why = score + 0.02, f"{why}, whose state the text names"
        if title.roles and self.has_role(entity, title):
            score, why = score + 0.02, f"{why}, the office fits"
        return score + self._held(entity, title), why

    def _held(self, entity: Entity, title: Title) -> float:
        """Give what it adds that a person held the office on the day of publication, as far as known."""
        day = self._context.published
        held = self._kb.offices_of(entity.key, day) if day is not None and title.roles else ()
        return _HELD if any(tenure.role in title.roles for tenure in held) else 0.0

    def fit(self, entity: Entity, title: Title) -> tuple[Entity, float, str] | None:
        """Give how well title and state speak for a person whose name is given in part only."""
        states, role = self.states_of(entity), self.has_role(entity, title)
        held = self._held(entity, title)
        if not self._is_political(title) or not self._may_head(entity, title):
            return None
        if states.intersection(self._told(title)):
            return entity, _TITLE_AND_STATE + 0.04 * role + held, "title and state fit"
        named = any(self._context.support(state, besides=entity.key) for state in states)
        if not title.states and named and (role or self._kb.is_prominent(entity.key)):
            return entity, _TITLE + 0.04 * role + held, "the title fits and the text names the state"
        if not title.states and named and self._is_only(entity) and (role or _HEAD not in title.roles):
            return entity, _ONLY, "the only one of that name, with a title and the state named"
        return None

    def _is_only(self, entity: Entity) -> bool:
        """Tell whether nobody else in the knowledge base has any of a person's surnames."""
        return all(len(self._kb.persons_by_surname(name)) == 1 for name in self._kb.surnames_of(entity.key))

    def _is_political(self, title: Title) -> bool:
        return not self._kb.words("political-title").isdisjoint(title.words)

    def is_namesake(self, entity: Entity, score: float, mention: Mention, title: Title) -> bool:
        """Tell whether a common name is all that points to a known person."""
        named = any(self._context.support(state, besides=entity.key) for state in self.states_of(entity))
        context = self._context
        if score > EXACT or named or self._is_political(title):
            return False
        if self.is_famous(entity) or context.occupation(mention) is not None:
            return context.occupation(mention) is not None
        same = [m for m in context.mentions if m.text == mention.text]
        if context.is_political_document:
            return False
        if any(self._has_age(m) for m in same):
            return True
        doubtful = self._kb.is_common_name(entity.key) or any(context.is_sport(m) for m in same)
        return doubtful and not any(context.is_political(m) for m in same)

    def _has_age(self, mention: Mention) -> bool:
        """Tell whether an age stands behind a name, as in news of courts and crime: ``X, 58,``."""
        tokens, at = self._context.tokens, mention.tokens.end
        if not tokens.same_sentence(at + 1, mention.tokens.start) or tokens.text[at] != ",":
            return False
        aged = tokens.text[at + 1].isdecimal() and len(tokens.text[at + 1]) == _AGE_DIGITS
        return aged and is_ordinary(mention.tokens.start, tokens, self._kb)

    def states_of(self, entity: Entity) -> set[Key]:
        """Give the states a person serves or served."""
        offices = {t.of for t in self._kb.offices_of(entity.key) if t.of is not None}
        return offices | ({entity.within} if entity.within is not None else set())

    def _told(self, title: Title) -> set[Key]:
        """Give the states a title names; a group or body counts by its state, if it has one."""
        found = {self._kb.entity(key) for key in title.states}
        areas = {e.key for e in found if e.type in {"dip:State", "dip:Polity"}}
        return areas | {e.within for e in found if e.key not in areas and e.within is not None}

    def has_role(self, entity: Entity, title: Title) -> bool:
        """Tell whether a person held an office that the title names."""
        return any(t.role in title.roles for t in self._kb.offices_of(entity.key))

    def is_famous(self, entity: Entity) -> bool:
        """Tell whether a text may call a person by the surname alone."""
        return entity.known and self._kb.is_prominent(entity.key)

    def may_be_of(self, entity: Entity, title: Title) -> bool:
        """Tell whether title and state, if told, are ones that a person had: no president who never was one."""
        told, states = self._told(title), self.states_of(entity)
        if not self._may_head(entity, title):
            return False
        return not told or not states or bool(told & states)

    def _may_head(self, entity: Entity, title: Title) -> bool:
        """Tell whether a title of head of state, if told, fits what is known of a person's offices."""
        held = {tenure.role for tenure in self._kb.offices_of(entity.key)}
        return _HEAD not in title.roles or not held or _HEAD in held

    def owns_firm(self, mention: Mention) -> bool:
        """Tell whether a possessive begins a name of capitals that nothing is known of."""
        tokens, at = self._context.tokens, mention.tokens.end
        if tokens.text[at : at + 1] not in (["'s"], ["\u2019s"]):
            return False
        named = {m.tokens.start for m in self._context.mentions if self._kb.candidates(m.text)}
        if not tokens.is_name(at + 1) or at + 1 in named:
            return False
        goods = tokens.tag[at + 1] == "NNPS" or tokens.lower[at + 1].endswith("s")
        plain = tokens.ent[at + 1] not in {"NORP", "PERSON"} and tokens.lower[at + 1] not in self._kb.words(
            "generic"
        )
        return tokens.is_name(at + 2) or (goods and plain)

    def names_thing(self, mention: Mention) -> bool:
        """Tell whether a common noun of things, not of politics, follows a surname: ``A suit``."""
        tokens, at = self._context.tokens, mention.tokens.end
        if not tokens.same_sentence(at, mention.tokens.start) or not tokens.tag[at].startswith("NN"):
            return False
        if tokens.text[at] in self._kb.words("not-a-name"):
            return True
        plain = tokens.text[at].islower() and tokens.lower[at] not in self._kb.words("title-noun")
        return plain and is_ordinary(mention.tokens.start, tokens, self._kb)

    def is_borne(self, mention: Mention) -> bool:
        """Tell whether the text gives the surname to somebody else: another first name, a rank of no office."""
        tokens, kb = self._context.tokens, self._kb
        word = tokens.lower[mention.tokens.start]
        own = {
            part
            for person in self.sounding_like(word, mention)
            for name in (person.label, *person.aliases)
            for part in (*name.lower().split(), fold(name).split()[0])
        }
        titles = kb.words("title", "honorific", "lead")
        return not self._first_names.get(word, frozenset()) <= own | titles

    @cached_property
    def _first_names(self) -> dict[str, set[str]]:
        """Give what stands like a first name before each name: looked up once, however many the text has."""
        tokens = self._context.tokens
        found: dict[str, set[str]] = {}
        for at in range(1, len(tokens.text)):
            if tokens.is_name(at) and self._is_first_name(at - 1):
                found.setdefault(tokens.lower[at], set()).add(tokens.lower[at - 1].rstrip("."))
        return found

    def _is_first_name(self, at: int) -> bool:
        """Tell whether a token before a name is one itself, and no title, day or adjective."""
        tokens = self._context.tokens
        if not tokens.same_sentence(at, at + 1) or not tokens.is_name(at) or len(tokens.text[at]) < _SHORT:
            return False
        if tokens.headline[tokens.sentence[at]] or self._kb.candidates(tokens.text[at]):
            return False
        word = tokens.lower[at].rstrip(".")
        kinds = ("political-title", "calendar", "direction", "function", "modifies-state", "org-head")
        return not any(word in self._kb.words(kind) for kind in kinds) and not self._kb.states_of_demonym(
            tokens.text[at]
        )

    def sounding_like(self, surname: str, mention: Mention) -> list[Entity]:
        """Give the famous persons of a surname, or, of a ``regime``, of one that sounds the same."""
        tokens, at = self._context.tokens, mention.tokens.end
        names = {surname}
        if tokens.lower[at : at + 1] and tokens.lower[at] in self._kb.words("regime"):
            names |= {name for name in self._kb.famous_surnames if sound(name) == sound(surname)}
        found = {e.key: e for name in sorted(names) for e in self._kb.persons_by_surname(name)}
        return [entity for entity in found.values() if self._kb.is_prominent(entity.key)]

    def modifies(self, mention: Mention) -> bool:
        """Tell whether a single name stands between ``the`` and a common noun: ``the A mine``."""
        tokens, start, end = self._context.tokens, mention.tokens.start, mention.tokens.end
        if not tokens.same_sentence(end, start) or not start or tokens.lower[start - 1] != "the":
            return False
        return any(
            tokens.text[end] in self._kb.words(k) for k in ("place-head", "place-noun", "part-of-place")
        )
