"""Where a name stands for a place and not for who sits there: prepositions, datelines, streets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.politics import is_ordinary

if TYPE_CHECKING:
    from kg.model import Mention
    from kg.text.context import Context

POSSESSIVE = frozenset({"'s", "\u2019s", "'", "\u2019"})
_DEPARTING = frozenset(
    {"left", "leave", "leaves", "leaving", "departed", "departs", "bound", "headed", "flew"}
)
_JOINS = frozenset({",", "and", "or"})
_DASHES = frozenset({"-", "\u2013", "\u2014", "--", "("})
_BE = frozenset({"is", "was", "remained", "remains", "lies"})


def located(context: Context, at: int) -> str | None:
    """Give why a mention is a place here: a preposition before it, or talks named after it."""
    mention = context.mentions[at]
    before = preposition(context, at)
    if before is not None:
        return f"after {before!r}"
    after = mention.tokens.end
    if not context.tokens.same_sentence(after, mention.tokens.start):
        return None
    return _placed_by_what_follows(context, at, after)


def _placed_by_what_follows(context: Context, at: int, after: int) -> str | None:
    mention = context.mentions[at]
    if context.tokens.lower[after] in context.kb.words("event-head"):
        return f"the place of {context.tokens.lower[after]}"
    part = _part_named(context, after)
    if part is not None:
        return part
    if _is_dateline(context, mention):
        return "the dateline"
    if _is_before_state(context, at):
        return "before its state"
    return "in news that is not about politics" if _is_plain_news(context, at) else None


def _is_plain_news(context: Context, at: int) -> bool:
    """Tell whether nothing speaks of politics and the city does nothing that governments do."""
    mention, tokens = context.mentions[at], context.tokens
    deeds = context.kb.words("reporting", "person-deed")
    first = mention.tokens.start
    while first > 1 and tokens.lower[first - 1] in _JOINS:
        first -= 2
    around = {tokens.lower[mention.tokens.end], tokens.lower[first - 1] if first else "."}
    acts = not deeds.isdisjoint(around) or tokens.text[mention.tokens.end] in POSSESSIVE
    alone = all(
        other.type in {"dip:State", "dip:Place", "dip:Polity", "kg:Demonym"}
        for other in context.mentions
        if tokens.same_sentence(other.tokens.start, mention.tokens.start)
    )
    return alone and not acts and is_ordinary(mention.tokens.start, tokens, context.kb)


def _part_named(context: Context, after: int) -> str | None:
    """Give why a city is a place: its streets or people are named, or something befalls it."""
    lower = context.tokens.lower
    owns = context.tokens.text[after] in POSSESSIVE
    nouns = context.kb.words("part-of-place", "place-noun")
    for at in range(after + owns, after + owns + 1 + owns):
        if context.tokens.same_sentence(at, after) and context.tokens.text[at] in nouns:
            return f"its {lower[at]}"
    if lower[after] in _BE and context.tokens.same_sentence(after + 1, after):
        told = lower[after + 1]
        return f"said to be {told}" if told in context.kb.words("place-predicate") else None
    return None


def _is_dateline(context: Context, mention: Mention) -> bool:
    start, _ = context.tokens.sentences[context.tokens.sentence[mention.tokens.start]]
    after = mention.tokens.end
    if mention.tokens.start <= start + 2 and _is_shouted(context, mention, start):
        return True
    if mention.tokens.start != start:
        return False
    if (
        context.tokens.text[after] == ","
        and context.tokens.lower[after + 1 : after + 2]
        and (context.tokens.lower[after + 1] in context.kb.words("calendar"))
    ):
        return True
    return context.tokens.text[after] in _DASHES and context.tokens.spaced[after - 1]


def _is_shouted(context: Context, mention: Mention, start: int) -> bool:
    """Tell whether a city stands in capitals at the head of a sentence that does not."""
    _, end = context.tokens.sentences[context.tokens.sentence[start]]
    rest = [
        word for word in context.tokens.text[mention.tokens.end : end] if word.isalpha() and len(word) > 1
    ]
    return mention.text.isupper() and len(mention.text) > 3 and any(word.islower() for word in rest)


def _is_before_state(context: Context, at: int) -> bool:
    """Tell whether the next mention is the state a city lies in: ``Kampala, Uganda``."""
    end = context.mentions[at].tokens.end
    if (
        context.tokens.text[end] != ","
        or at + 1 >= len(context.mentions)
        or context.mentions[at + 1].tokens.start != end + 1
    ):
        return False
    seat = context.kb.metonym(context.mentions[at].text)
    return seat is not None and seat[0].key in context.owners.get(end + 1, ())


def preposition(context: Context, at: int) -> str | None:
    """Give the words before a name that make it a place, taken over from the name it is joined to."""
    mention, lower = context.mentions[at], context.tokens.lower
    before = mention.tokens.start - 1
    while before >= 0 and lower[before] in context.kb.words("direction") | {"the"}:
        before -= 1
    if not context.tokens.same_sentence(before, mention.tokens.start):
        return None
    if _is_part(context, before):
        return f"{lower[before - 1]} of"
    joined = lower[before] in _JOINS and at > 0 and context.mentions[at - 1].tokens.end == before
    if joined:
        return preposition(context, at - 1)
    if lower[before] in {"capital", ","} and "capital" in lower[max(0, before - 1) : before + 1]:
        return "capital"
    return lower[before] if _governs(context, before, mention) else None


def _governs(context: Context, before: int, mention: Mention) -> bool:
    """Tell whether a word makes the name after it a place; envoys ``from`` a capital are the state's."""
    word, ahead = context.tokens.lower[before], context.tokens.lower[max(0, before - 1)]
    if word == "from" and ahead in context.kb.words("sent"):
        return False
    if word in context.kb.words("takes-place") or (word == "for" and _is_bound(context, before)):
        return True
    return word in context.kb.words("locative") and not _is_possessive(context, mention)


def _is_bound(context: Context, before: int) -> bool:
    """Tell whether somebody leaves or heads ``for`` a place."""
    start, _ = context.tokens.sentences[context.tokens.sentence[before]]
    return not _DEPARTING.isdisjoint(context.tokens.lower[start:before])


def _is_part(context: Context, before: int) -> bool:
    """Tell whether words like ``north of`` or ``the outskirts of`` stand before a name."""
    if before < 1 or context.tokens.lower[before] != "of":
        return False
    return context.tokens.lower[before - 1] in context.kb.words("direction") | context.kb.words(
        "part-of-place"
    )


def _is_possessive(context: Context, mention: Mention) -> bool:
    after = mention.tokens.end
    return after < len(context.tokens.text) and context.tokens.text[after] in POSSESSIVE
