"""What a document says around its mentions: states named, who owns a body, where a city is a place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.folding import fold
from kg.model import Term
from kg.text.acronyms import introductions
from kg.text.names import DEMONYM
from kg.text.nil import Unknown
from kg.text.placing import POSSESSIVE, located, preposition
from kg.text.shared import shared_names
from kg.text.shortened import shortened
from kg.text.tokens import read_tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from spacy.tokens import Doc

    from kg.kb import KnowledgeBase
    from kg.model import Entity, Key, Mention
    from kg.text.tokens import Tokens

_INSIDE_OF = frozenset({"in", "near", "outside", "around"})
_AREAS = frozenset({"dip:State", "dip:Polity"})
_MAX_SUPPORT = 3
_MANY_STATES = 3
_APPOSITION = 5
_EVERYDAY = frozenset(
    {"general", "director", "chief", "leader", "information", "energy", "head", "captain", "plan"}
)
"""Words of office that ordinary news is full of."""


_GROUPS = frozenset(
    {
        "movements",
        "groups",
        "group",
        "party",
        "parties",
        "fighters",
        "militants",
        "guerrillas",
        "spokesman",
        "spokeswoman",
        "chief",
    }
)
_BEHIND, _APPOSED = 8, 7
"""Words after an acronym in which the noun of a group may stand, and those of an apposition."""


@dataclass(frozen=True, slots=True)
class Context:
    """A document with its mentions, read once for all decisions."""

    doc: Doc
    tokens: Tokens
    mentions: Sequence[Mention]
    kb: KnowledgeBase
    published: date | None
    states: Mapping[Key, int]
    owners: Mapping[int, tuple[Key, ...]]
    """By the first token of a mention: the states it may stand for."""
    persons: Mapping[Key, frozenset[str]]
    """By state: the keys of the known persons of it that the document names."""
    unknown: Unknown
    introduced_at: Mapping[str, int]
    """By acronym: the mention of the long name that the text explains it with."""
    shared: Mapping[int, Entity]
    """By token: what the first of two names means that share their last word."""
    short: Mapping[int, Entity]
    """By token: the state, named before in full, that ``the North`` means."""
    displaced: Mapping[str, str]
    """By folded name: the town of that name in another land that the text speaks of."""

    def support(self, state: str, *, besides: str | None = None) -> int:
        """Give how often the document names a state, a city or another person of it, at most three."""
        others = len(self.persons.get(state, frozenset()) - {besides})  # type: ignore[call-overload]
        return min(_MAX_SUPPORT, self.states.get(state, 0) + others)  # type: ignore[call-overload,no-any-return]

    def owner(self, at: int) -> Key | None:
        """Give the state a body belongs to as told: in its name, before it, or ``of`` after it."""
        mention = self.mentions[at]
        inside = self._state_in(mention)
        if inside is not None:
            return inside
        state = self._state_before(at)
        return state if state is not None and self.kb.entity(state).type in _AREAS else None

    def _state_before(self, at: int) -> Key | None:
        mention = self.mentions[at]
        before = mention.tokens.start - 1
        if before >= 0 and self.tokens.text[before] in POSSESSIVE:
            before -= 1
        for earlier in reversed(self.mentions[:at]):
            if earlier.tokens.end == before + 1:
                return next(iter(self.owners.get(earlier.tokens.start, ())), None)
            if earlier.tokens.end <= before:
                break
        return None

    def _state_in(self, mention: Mention) -> Key | None:
        parts = self.tokens.text[mention.tokens.start : mention.tokens.end]
        for word in parts if len(parts) > 1 else ():
            states = self.kb.states_of_demonym(word) or tuple(
                c.entity for c in self.kb.candidates(word) if c.entity.type == "dip:State" and not c.weak
            )
            if len(states) == 1:
                return states[0].key
        return None

    def is_political(self, mention: Mention) -> bool:
        """Tell whether the sentence of a mention speaks of offices, states or talks, and not of sport."""
        start, end = self.tokens.sentences[self.tokens.sentence[mention.tokens.start]]
        words = self.tokens.lower[start:end]
        kinds = ("title-noun", "modifies-state", "event-head", "ministry", "fighting")
        politics = frozenset[str]().union(*(self.kb.words(kind) for kind in kinds)) - _EVERYDAY
        told = not politics.isdisjoint(words) or self._has_actors(start, end, mention)
        return told and self.kb.words("sport").isdisjoint(words)

    def occupation(self, mention: Mention) -> str | None:
        """Give the ordinary trade that an apposition gives a person: ``A B, a plumber``."""
        start = mention.tokens.end
        if self.tokens.text[start : start + 1] != [","]:
            return None
        for at in range(start + 1, start + 1 + _APPOSITION):
            if not self.tokens.same_sentence(at, mention.tokens.start) or self.tokens.text[at] == ",":
                return None
            if self.tokens.lower[at] in self.kb.words("occupation"):
                return self.tokens.lower[at]
        return None

    def is_sport(self, mention: Mention) -> bool:
        """Tell whether the sentence of a mention has words of sport or show."""
        start, end = self.tokens.sentences[self.tokens.sentence[mention.tokens.start]]
        return not self.kb.words("sport").isdisjoint(self.tokens.lower[start:end])

    def _has_actors(self, start: int, end: int, mention: Mention) -> bool:
        """Tell whether a sentence names a known state, body or other person besides a mention."""
        return any(
            start <= other.tokens.start < end
            and other.text != mention.text
            and (
                other.type == DEMONYM
                or any(c.entity.type != "dip:Place" for c in self.kb.candidates(other.text))
            )
            for other in self.mentions
        )

    @property
    def is_political_document(self) -> bool:
        """Tell whether the document names so many states and bodies that it speaks of politics."""
        return len(self.states) >= _MANY_STATES

    def is_located(self, at: int) -> bool:
        """Tell whether a mention stands where a place does."""
        return self.located(at) is not None

    def located(self, at: int) -> str | None:
        """Give why a mention is a place here: a preposition before it, or talks named after it."""
        return located(self, at)

    def preposition(self, at: int) -> str | None:
        """Give the words before a name that make it a place."""
        return preposition(self, at)

    def is_bare_acronym(self, at: int) -> bool:
        """Tell whether a mention is an acronym nobody knows, not explained, and not one that acts."""
        mention = self.mentions[at]
        bare = mention.tokens.end - mention.tokens.start == 1 and mention.text.replace("-", "").isupper()
        if not bare or self.kb.candidates(mention.text) or self.introduced(mention.text) is not None:
            return False
        acts = any(
            self.doc[m.tokens.start].dep_ in {"nsubj", "nsubjpass"}
            for m in self.mentions
            if m.text == mention.text
        )
        return not acts and not self._is_group(mention.text)

    def _is_group(self, acronym: str) -> bool:
        """Tell whether the text calls an acronym a group: ``ABC rebels``, ``the ABC leader``, ``ABC, the party``."""
        nouns = self.kb.words("group-noun", "role-people") | _GROUPS
        for mention in self.mentions:
            if mention.text != acronym:
                continue
            behind = self.tokens.lower[mention.tokens.end : mention.tokens.end + _BEHIND]
            before = self.tokens.lower[max(0, mention.tokens.start - 2) : mention.tokens.start]
            apposed = behind[:2] in ([",", "the"], [",", "a"], [",", "an"])
            told = behind[:_APPOSED] if apposed else behind[:1]
            if not nouns.isdisjoint(told) or not nouns.isdisjoint(before):
                return True
        return False

    def class_of_unknown(self, mention: Mention) -> Term:
        """Give the class of an unknown name: one word after ``in`` is a place whatever the reader says."""
        single = mention.tokens.end - mention.tokens.start == 1 and not mention.text.isupper()
        at = next(i for i, other in enumerate(self.mentions) if other is mention)
        if mention.type == "dip:Organization" and single and self.preposition(at) in _INSIDE_OF:
            return Term("dip:Place")
        return mention.type

    def introduced(self, acronym: str) -> int | None:
        """Give the mention that an acronym was introduced with: ``Name (ABC)`` or ``ABC (Name)``."""
        return self.introduced_at.get(acronym)


def read_context(doc: Doc, mentions: Sequence[Mention], kb: KnowledgeBase, published: date | None) -> Context:
    """Give what the decisions on a document's mentions rest on."""
    tokens = read_tokens(doc)
    shared = {at: entity for at, entity, _ in shared_names(tokens, kb)}
    owners = {
        m.tokens.start: states
        for m in mentions
        if (states := _states(m, kb, shared)) or m.type == "dip:Person"
    }
    named = Counter(state for states in owners.values() for state in (states if len(states) == 1 else ()))
    persons: dict[Key, set[str]] = {}
    for mention in mentions:
        found = kb.candidates(mention.text) if mention.type in {"dip:Place", "dip:Person"} else ()
        within = found[0].entity.within if len(found) == 1 else None
        if within is not None and mention.type == "dip:Person":
            persons.setdefault(within, set()).add(found[0].entity.key)
        elif within is not None and not owners.get(mention.tokens.start):
            named[within] += 1
    known = {state: frozenset(keys) for state, keys in persons.items()}
    return Context(
        doc,
        tokens,
        mentions,
        kb,
        published,
        named,
        owners,
        known,
        Unknown(kb),
        _introduced(mentions, tokens),
        shared,
        dict(shortened(tokens, kb)),
        _displaced(mentions),
    )


def _displaced(mentions: Sequence[Mention]) -> dict[str, str]:
    towns = (m.text for m in mentions if m.type == "dip:Place" and "," in m.text)
    return {fold(town.split(",")[0]): town for town in towns}


def _introduced(mentions: Sequence[Mention], tokens: Tokens) -> dict[str, int]:
    named = {
        m.tokens.start: at
        for at, m in enumerate(mentions)
        if m.type in {"dip:Organization", "dip:Agreement", "dip:Process"}
    }
    stretches = ((m.tokens.start, m.tokens.end) for m in mentions if m.tokens.start in named)
    return {acronym: named[start] for acronym, (start, _) in introductions(stretches, tokens).items()}


def _states(mention: Mention, kb: KnowledgeBase, shared: Mapping[int, Entity]) -> tuple[Key, ...]:
    """Give the states a mention may stand for: its own name, a demonym, a seat, a body's state."""
    if mention.tokens.start in shared:
        return (shared[mention.tokens.start].key,)
    if mention.type == DEMONYM:
        return tuple(state.key for state in kb.states_of_demonym(mention.text))
    if mention.type == "dip:Person":
        return ()
    found = [c.entity for c in kb.candidates(mention.text)]
    polities = tuple(e.key for e in found if e.type in {"dip:State", "dip:Polity"})
    if polities:
        return polities[:1]
    seat = kb.metonym(mention.text)
    if seat is not None:
        return (seat[0].key,)
    bodies = tuple(e.key for e in found if e.type == "dip:Organization")
    return bodies[:1]
