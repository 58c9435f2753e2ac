"""What the text says of a person beside the name: title, office, state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.kb import KnowledgeBase
    from kg.model import Key, Mention
    from kg.text.tokens import Tokens

_ROLES = ("head-of-state", "head-of-government", "foreign", "defence", "secretary-general")
"""The offices that a title may name; the words for each are a class of ``words.tsv``."""

_MARKS = frozenset({"'s", "\u2019s", "'", "\u2019", "-", "."})
_REACH = 7
_COMMA = ","


@dataclass(frozen=True, slots=True)
class Title:
    """The words of a title by a name, the roles they stand for, and the states named with it."""

    words: tuple[str, ...] = ()
    roles: frozenset[str] = frozenset()
    states: tuple[Key, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is a title at all."""
        return bool(self.words)


def title_of(
    mention: Mention, tokens: Tokens, kb: KnowledgeBase, owners: Mapping[int, tuple[Key, ...]]
) -> Title:
    """Give the title before a name, else the one after it between commas.

    ``owners`` has, by the first token of a mention, the states it may stand for; none for a person.
    """
    before = _read(
        range(mention.tokens.start - 1, mention.tokens.start - 1 - _REACH, -1), mention, tokens, kb, owners
    )
    after = mention.tokens.end
    if before and not before.states and after + 1 in owners and tokens.lower[after] == "of":
        return Title(before.words, before.roles, owners[after + 1])
    if before:
        return before
    if not tokens.same_sentence(after, mention.tokens.start):
        return before
    if tokens.text[after] == _COMMA:
        return _read(range(after + 1, after + 1 + _REACH), mention, tokens, kb, owners)
    return Title(states=owners.get(after + 1, ())) if tokens.lower[after] == "of" else before


def _read(
    places: range, mention: Mention, tokens: Tokens, kb: KnowledgeBase, owners: Mapping[int, tuple[Key, ...]]
) -> Title:
    words: list[str] = []
    states: list[Key] = []
    for at in places:
        if at == mention.tokens.start - 1 and tokens.text[at] == _COMMA:
            continue
        if not tokens.same_sentence(at, mention.tokens.start) or not _may_stand(
            at, words, tokens, kb, owners
        ):
            words = words if places.step < 0 or not _is_next_name(at, tokens, owners) else []
            break
        if tokens.lower[at] == "and" and not _is_title_at(at + places.step, tokens, kb):
            break
        if places.step > 0 and owners.get(at) == ():
            return Title()
        if at in owners:
            states += owners[at]
            if places.step < 0:
                states += owners.get(at - 2, ()) if tokens.lower[at - 1] == "and" else ()
                break
        elif _is_title(at, tokens, kb):
            words.append(tokens.lower[at].rstrip("."))
    if not any(word in kb.words("title-noun") for word in words):
        return Title()
    return Title(tuple(words), _roles(words, kb), tuple(dict.fromkeys(states)))


def _is_next_name(at: int, tokens: Tokens, owners: Mapping[int, tuple[Key, ...]]) -> bool:
    """Tell whether a comma and a person follow: in ``A, the French president, B`` the title may be B's."""
    return tokens.text[at : at + 1] == [_COMMA] and owners.get(at + 1) == ()


def _is_title(at: int, tokens: Tokens, kb: KnowledgeBase) -> bool:
    word = tokens.lower[at].rstrip(".")
    return word in kb.words("title") or word in kb.words("honorific")


def _is_title_at(at: int, tokens: Tokens, kb: KnowledgeBase) -> bool:
    return 0 <= at < len(tokens.text) and _is_title(at, tokens, kb)


def _may_stand(
    at: int, words: list[str], tokens: Tokens, kb: KnowledgeBase, owners: Mapping[int, tuple[Key, ...]]
) -> bool:
    """Tell whether a token may stand in a title; ``and`` only between the words of one."""
    lower = tokens.lower[at]
    if lower == "and":
        return bool(words)
    return (
        at in owners
        or _is_title(at, tokens, kb)
        or lower in _MARKS | kb.words("title-filler")
        or lower in kb.words("lead")
    )


def _roles(words: list[str], kb: KnowledgeBase) -> frozenset[str]:
    """Give the offices that the words name; none where it is a deputy or a former holder."""
    if not kb.words("lesser-office").isdisjoint(words):
        return frozenset()
    return frozenset(role for role in _ROLES if not kb.words(f"role:{role}").isdisjoint(words))
