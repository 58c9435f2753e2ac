"""Names that no list has: from the statistical reader, from titles, from the heads of bodies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from kg.kb import KnowledgeBase
    from kg.text.tokens import Tokens

PERSON = Term("dip:Person")
ORGANIZATION = Term("dip:Organization")
PLACE = Term("dip:Place")
DEMONYM = Term("kg:Demonym")
CLASS_OF = {
    "PERSON": PERSON,
    "ORG": ORGANIZATION,
    "GPE": PLACE,
    "LOC": PLACE,
    "FAC": PLACE,
}
"""What the labels of the statistical reader mean to us; the others are left aside."""

_MAX_NAME = 7


_FULL = 2
"""Words of a name that is more than a surname."""
_QUOTES = frozenset("\"'\u201c\u201d\u2018\u2019()[]-\u2013\u2014,;:.*/")


@dataclass(frozen=True, slots=True)
class Run:
    """A name in tokens, its class, and what found it."""

    start: int
    end: int
    type: Term
    source: str


@dataclass(frozen=True, slots=True)
class Names:
    """The words that decide where names begin and end."""

    titles: frozenset[str]
    nouns: frozenset[str]
    posts: frozenset[str]
    """``nouns`` and those that tell a person's post only behind the name: ``A B, head of …``."""
    particles: frozenset[str]
    stops: frozenset[str]
    heads: frozenset[str]
    places: frozenset[str]
    lead: frozenset[str]
    generic: frozenset[str]
    not_person: frozenset[str]
    no_part: frozenset[str]
    """``stops``, ``generic`` and ``not_person``: what is no part of a person's name."""
    calendar: frozenset[str]
    inner: frozenset[str]
    """Titles that are also parts of names: ``Sheikh``, ``King``."""
    people: frozenset[str]
    deeds: frozenset[str]
    """What a person does and a body hardly: ``heads``, ``told``."""
    features: frozenset[str]
    """Words that begin names of places: ``Lake``, ``Mount``."""
    events: frozenset[str]
    """Nouns of events: ``conference``, ``summit``."""
    equals: frozenset[str]
    """Nouns like ``counterpart``, which a name follows."""
    address: frozenset[str]
    """Forms of address that are no part of a name and no office: ``Dato``, ``Begum``."""
    portfolios: frozenset[str]
    """What ministers are minister of: ``energy``, ``affairs``."""

    @classmethod
    @lru_cache(maxsize=2)
    def of(cls, kb: KnowledgeBase) -> Names:
        """Take the word lists from the knowledge base."""
        heads, places, events = kb.words("org-head"), kb.words("place-head"), kb.words("event-head")
        titles = kb.words("title", "honorific")
        stops = titles | heads | places | events | kb.words("calendar", "modifies-state", "lead")
        generic = kb.words("generic", "calendar", "lead", "modifies-state") | heads | titles
        not_person = kb.words("not-person", "calendar")
        return cls(
            titles=titles,
            nouns=kb.words("title-noun"),
            posts=kb.words("title-noun", "post-noun"),
            particles=kb.words("particle"),
            stops=stops,
            heads=heads,
            places=places,
            lead=kb.words("lead", "function", "locative"),
            generic=generic,
            not_person=not_person,
            no_part=stops | generic | not_person,
            calendar=kb.words("calendar"),
            inner=kb.words("name-title"),
            people=kb.words("role-people"),
            deeds=kb.words("person-deed"),
            features=kb.words("place-first"),
            events=kb.words("event-head"),
            equals=kb.words("counterpart"),
            address=kb.words("honorific") - kb.words("title") - kb.words("name-title"),
            portfolios=kb.words("portfolio"),
        )


def name_end(tokens: Tokens, start: int, names: Names, taken: set[int]) -> int:
    """Give where the capitalised name that begins at a token ends; the start if none does."""
    at = end = start
    while at < start + _MAX_NAME * 2 and tokens.same_sentence(start, at) and at not in taken:
        word, lower = tokens.text[at], tokens.lower[at]
        if (
            word in {"-", "'", "\u2019"}
            and end == at
            and at > start
            and not tokens.spaced[at - 1]
            and not tokens.spaced[at]
        ):
            at += 1
            continue
        if (
            word[0].isupper()
            and (lower.rstrip(".") not in names.stops or (end > start and lower in names.inner))
            and tokens.tag[at] not in {"DT", "IN", "PRP", "MD"}
        ):
            at = end = at + 1
        elif lower in names.particles and (at in (start, end) or tokens.lower[at - 1] in names.particles):
            at += 1
            end = at if at < len(tokens.text) and tokens.text[at] == "-" else end
        else:
            break
    while end > start and tokens.text[end - 1] in _QUOTES:
        end -= 1
    return end


def recognised(doc: Doc, tokens: Tokens, names: Names, taken: set[int]) -> Iterator[Run]:
    """Give what the statistical reader takes for a name, trimmed, where the lists know nothing."""
    for ent in doc.ents:
        if ent.label_ not in CLASS_OF:
            continue
        start, end = _trim(tokens, ent.start, ent.end, names)
        if start >= end or any(at in taken for at in range(start, end)):
            continue
        if ent.label_ == "PERSON":
            start, end = _widen(tokens, start, end, names, taken)
            end = _over_hyphen(tokens, start, end)
        if _is_sound(tokens, start, end, ent.label_, names):
            yield Run(start, end, _class(tokens, start, end, ent.label_, names), "reader")


def _over_hyphen(tokens: Tokens, start: int, end: int) -> int:
    """Take in what a hyphen joins to a person's last word, small letters too: ``Lee Do-hoon``."""
    joined = tokens.text[end : end + 1] == ["-"] and not tokens.spaced[end - 1] and not tokens.spaced[end]
    if not joined or not tokens.same_sentence(end + 1, start) or end - start < _FULL:
        return end
    return end + 2 if tokens.text[end + 1].isalpha() and tokens.ent[end + 1] not in {"GPE", "NORP"} else end


def _class(tokens: Tokens, start: int, end: int, label: str, names: Names) -> Term:
    """Give the class of a name: the word it ends with tells more than the reader's label."""
    last = tokens.lower[end - 1]
    if end - start > 1 and (last in names.places or tokens.lower[start] in names.features):
        return PLACE
    return ORGANIZATION if end - start > 1 and last in names.heads else CLASS_OF[label]


def _trim(tokens: Tokens, start: int, end: int, names: Names) -> tuple[int, int]:
    """Leave out articles, titles, quotes at the start; the possessive and quotes at the end."""
    while start < end and (
        tokens.lower[start] in names.lead
        or tokens.text[start] in _QUOTES
        or tokens.text[start].isspace()
        or (tokens.lower[start].rstrip(".") in names.titles and tokens.ent[start] == "PERSON")
    ):
        start += 1
    if tokens.ent[start : start + 1] == ["PERSON"]:
        titles = [at for at in range(start, end - 1) if tokens.lower[at].rstrip(".") in names.nouns]
        start = titles[-1] + 1 if titles else start
    while start < end and (
        tokens.lower[end - 1] in {"'s", "\u2019s", "'", "\u2019"}
        or tokens.text[end - 1] in _QUOTES
        or tokens.text[end - 1].isspace()
    ):
        end -= 1
    return start, end


def _widen(tokens: Tokens, start: int, end: int, names: Names, taken: set[int]) -> tuple[int, int]:
    """Take in the capitalised words and particles next to a person's name."""
    while (
        tokens.same_sentence(start - 1, start)
        and start - 1 not in taken
        and tokens.is_name(start - 1)
        and tokens.lower[start - 1].rstrip(".") not in names.stops | names.lead
        and not tokens.headline[tokens.sentence[start]]
    ):
        start -= 1
    if tokens.headline[tokens.sentence[start]]:
        return start, end
    return start, max(end, name_end(tokens, start, names, taken))


def _is_sound(tokens: Tokens, start: int, end: int, label: str, names: Names) -> bool:
    """Tell whether a stretch looks like a name: capitals, no digits in persons, not only common words."""
    text, lower = tokens.text[start:end], tokens.lower[start:end]
    if not any(word[0].isupper() for word in text) or any(
        word.isspace() or "[" in word or "(" in word for word in text
    ):
        return False
    if len(text) == 1 and lower[0] in names.not_person:
        return False
    plain = [word.rstrip(".") for word in lower]
    if all(word in names.generic or word in names.lead or not word[:1].isalpha() for word in plain):
        return False
    if (
        label == "PERSON"
        and lower[-1] in names.inner
        and tokens.is_name(end)
        and tokens.same_sentence(end, start)
    ):
        return False  # "the Amir Sheikh A B": titles before a name
    if label == "PERSON":
        return not any(c.isdigit() for word in text for c in word) and lower[0] not in names.not_person
    return len(text) > 1 or tokens.tag[start] in {"NNP", "NNPS"}
