"""What things are called, for people; made anew from the readings at every build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph.dates import spoken
from kg.graph.profile import ACT, VOTE
from kg.graph.things import parties_of, place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.graph.things import Corpus, Thing

_CONTENT = 60
_NAMED = 4
_DASH = "–"  # noqa: RUF001 (two sides are joined by an en dash)


def event_label(thing: Thing, name: Callable[[str], str], corpus: Corpus) -> str:
    """Name an event: ``Norway-Sweden talks, Oslo, 16 May 2025``."""
    place = place_of(thing, corpus)
    head = thing.labels[0] if thing.labels else _head(thing, name, corpus)
    parts = ["" if place is None else name(place), spoken(*thing.days)]
    return ", ".join([head, *(part for part in parts if part and part not in head)])


def _head(thing: Thing, name: Callable[[str], str], corpus: Corpus) -> str:
    word = corpus.vocabulary.label(thing.type)
    profile = thing.profile
    if profile is None:
        return word
    if corpus.vocabulary.is_a(thing.type, VOTE) and profile.subjects:
        return f"{word} on {_list(map(name, sorted(profile.subjects)))}"
    if corpus.vocabulary.is_a(thing.type, ACT):
        doers = f" by {_list(map(name, sorted(profile.doers)))}" if profile.doers else ""
        return f"{word}{doers}" + (
            f" ({_list(map(name, sorted(profile.parties)))})" if profile.parties else ""
        )
    parties = [name(path) for path in parties_of(profile)]
    if not parties:
        helpers = [name(path) for path in thing.makers]
        return f"{word} with {_list(helpers)}" if helpers else word
    joined = _DASH.join(parties) if len(parties) <= _NAMED else _list(parties)
    return f"{joined} {word.lower()}"


def made_label(thing: Thing, name: Callable[[str], str], corpus: Corpus) -> str:
    """Name a stance or an instrument: ``Demand by Norway: open the border``, ``Resolution 2774``."""
    if thing.labels:
        return thing.labels[0]
    word = corpus.vocabulary.label(thing.type)
    makers = [name(path) for path in thing.makers]
    if corpus.vocabulary.is_a(thing.type, "dip:Stance"):
        by = f" by {_list(makers)}" if makers else ""
        return f"{word}{by}" + (f": {shorten(thing.content)}" if thing.content else "")
    head = f"{word}: {_DASH.join(makers) if len(makers) <= _NAMED else _list(makers)}" if makers else word
    when = spoken(*thing.days)
    return f"{head}, {when}" if when else head


def team_label(side: str, event: Thing, name: Callable[[str], str], corpus: Corpus) -> str:
    """Name a delegation: ``Delegation of Norway, Oslo, 16 May 2025``."""
    place = place_of(event, corpus)
    parts = ["" if place is None else name(place), spoken(*event.days)]
    known = [part for part in parts if part]
    where = ", ".join(known) if known else event_label(event, name, corpus)
    return f"{corpus.vocabulary.label('dip:Delegation')} of {name(side)}, {where}"


def shorten(text: str) -> str:
    """Give at most 60 characters, cut between words, with an ellipsis where cut."""
    if len(text) <= _CONTENT:
        return text
    return text[:_CONTENT].rpartition(" ")[0].rstrip(" ,;:") + " …"


def _list(names: Iterable[str]) -> str:
    """Join names, counting those beyond the first few."""
    known: Sequence[str] = list(names)
    if len(known) > _NAMED:
        return f"{', '.join(known[:_NAMED])} and {len(known) - _NAMED} more"
    return " and ".join([", ".join(known[:-1]), known[-1]]) if len(known) > 1 else "".join(known)
