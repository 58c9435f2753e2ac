"""Which readings can have an event, a text or a claim in common, so that they must be looked at together.

A tie is a superset of what merging looks for (``merge``, ``loose``, ``kindred``): it asks of two reports whether
they may be one, whatever others say. What hangs together by ties is a family; no rule ever compares across two.
Readings that share a mark are worth comparing; those that share a firm one are tied without a look.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import chain, combinations, product
from typing import TYPE_CHECKING

from kg.graph.kindred import About, agreement, on_one_matter
from kg.graph.loose import loose_blocks, same_loose, same_vague
from kg.graph.merge import dated_blocks, says_enough
from kg.graph.nearby import Placed, gathers, is_told, is_wide, scopes
from kg.graph.nodes import states_of
from kg.graph.pieces import within_of
from kg.graph.profile import MEETING, VOTE, Profile, tell
from kg.graph.sameness import Rules, pairs, same_dated
from kg.graph.terms import EDTF, STATUS, around, is_global
from kg.graph.things import numbered
from kg.model import Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.graph.claims import Source
    from kg.graph.decisions import Decisions
    from kg.graph.heard import Heard
    from kg.graph.hearsay import Known
    from kg.model import Claim
    from kg.vocab import Vocabulary

_EVENT = "dip:Event"
_INTEGER = "xsd:integer"


@dataclass(frozen=True, slots=True)
class Gist:
    """What other readings are compared with."""

    sha: str
    time: tuple[int, int] | None
    """The day of publication, else the days of its events, as ordinals."""
    names: frozenset[str]
    """The persons, states and bodies that it names."""
    profiles: tuple[Profile, ...]
    firm: tuple[tuple[str, ...], ...]
    """What makes a tie with any other that has it too."""


def gist_of(one: Heard, decisions: Decisions) -> Gist:
    """Give what other readings are compared with."""
    source = one.source
    profiles = tuple(_own(profile, source) for profile in tell(source, one.facts).values())
    day = source.reading.article.published
    days = [profile.days for profile in profiles if profile.days is not None]
    time = (min(first for first, _ in days), max(last for _, last in days)) if days else None
    return Gist(
        source.sha256,
        time if day is None else (day.toordinal(), day.toordinal()),
        frozenset(one.actors),
        profiles,
        tuple(sorted({*_firm(one), *_decided(source.reading.article.id, decisions)})),
    )


def _own(profile: Profile, source: Source) -> Profile:
    """Keep the texts that are voted on in one article apart from those of another: ties of texts are firm ones."""
    subjects = (key if is_global(key) else f"{source.sha256}:{key}" for key in profile.subjects)
    return replace(profile, subjects=frozenset(subjects))


def _firm(one: Heard) -> Iterator[tuple[str, ...]]:
    source = one.source
    for key, term in source.types.items():
        if is_global(key):
            if term in source.vocabulary and source.vocabulary.is_a(term, _EVENT):
                yield "event", key
        elif key in source.mentions:
            number = numbered(term, source.mentions[key], source.vocabulary)
            if number is not None:
                yield "text", *number
    for fact in one.facts:
        yield from _shared_claim(fact.claim, source)
        if fact.claim.predicate == "dip:voteOn" and is_global(str(fact.claim.object)):
            yield "vote", str(fact.claim.object)
    for profile in tell(source, one.facts).values():
        if says_enough(profile):
            yield "alike", *_written(profile)


def _shared_claim(claim: Claim, source: Source) -> Iterator[tuple[str, ...]]:
    """Yield by what a claim can be met by others where it speaks only of what all articles call the same."""
    if not is_global(claim.subject):
        return
    value = claim.object if isinstance(claim.object, str) else repr(claim.object)
    if isinstance(claim.object, Literal) or is_global(value) or value not in source.types:
        yield "claim", claim.subject, claim.predicate, value
    if claim.predicate in (EDTF, STATUS) or source.vocabulary.range(claim.predicate) == _INTEGER:
        yield "about", claim.subject, claim.predicate


def _written(profile: Profile) -> Iterator[str]:
    """Give all that counts when two profiles are compared, always in the same words."""
    for part in (profile.actors, profile.persons, profile.leaders, profile.doers, profile.places):
        yield ",".join(sorted(part))
    for numbers in (profile.ordinals, profile.weekdays):
        yield ",".join(map(str, sorted(numbers)))
    yield f"{profile.type} {profile.days} {profile.span}"


def _decided(article: str, decisions: Decisions) -> Iterator[tuple[str, ...]]:
    for one, other in decisions.same:
        if article in (one[0], other[0]):
            yield "same", *sorted((one[0], other[0]))


def rules_for(gists: Iterable[Gist], known: Known, vocabulary: Vocabulary) -> Rules:
    """Give the rules by which gists are compared."""
    chosen = list(gists)
    return Rules(
        vocabulary,
        within_of(known),
        states_of({key: entity.type for key, entity in known.entities.items()}, vocabulary),
        published={one.sha: one.time for one in chosen if one.time is not None},
        names={one.sha: one.names for one in chosen},
    )


def firm_marks(one: Gist) -> frozenset[int]:
    """Give what makes a tie with any other reading that has it too."""
    return frozenset(map(_mark, one.firm))


def marks(one: Gist, rules: Rules) -> frozenset[int]:
    """Give what a reading has in common with any other that it may be tied to."""
    return frozenset(map(_mark, _marks(one, rules)))


_WIDE = ("wide",)


def _marks(one: Gist, rules: Rules) -> Iterator[tuple[object, ...]]:
    for profile in one.profiles:
        yield from (("dated", *map(_plain, block)) for block in dated_blocks(profile, rules))
        yield from (("loose", *map(_plain, block)) for block in loose_blocks(profile, rules))
        if profile.days is None and profile.span is not None:
            yield from (("vague", *pair) for pair in pairs(profile))
        if one.time is not None and gathers(profile, rules):
            yield from _kindred_marks(profile, one, rules)
    if is_wide(one.time):
        yield _WIDE


def _kindred_marks(profile: Profile, one: Gist, rules: Rules) -> Iterator[tuple[object, ...]]:
    signs: list[tuple[object, ...]] = [*pairs(profile), *((person,) for person in profile.everyone)]
    if is_told(profile):
        venues = {wide for place in profile.places for wide in (place, *around(place, rules.within))}
        signs += [(venue,) for venue in venues - rules.states]
        # A number alone is told of many; articles on one matter have a name in common besides.
        signs += [(number, name) for number in profile.ordinals for name in one.names]
    weeks = scopes(Placed(profile, 0, one.time, frozenset()), any_too=False)
    yield from (("near", *week, *sign) for week in weeks for sign in signs)


def _plain(part: object) -> object:
    return tuple(sorted(part)) if isinstance(part, frozenset) else part


def _mark(parts: tuple[object, ...]) -> int:
    """Make a number of a mark that is always the same."""
    found = blake2b(repr(tuple(map(str, parts))).encode("utf-8", "backslashreplace"), digest_size=8)
    return int.from_bytes(found.digest(), "big", signed=True)


WIDE = _mark(_WIDE)
"""The mark of a reading that is compared with all: without a day of its own it tells of many years."""


def tied(one: Gist, other: Gist, rules: Rules) -> bool:
    """Tell whether two reports of two readings may be one event."""
    about = {each.sha: About(each.time, frozenset()) for each in (one, other)}
    akin = on_one_matter(one.sha, other.sha, about, rules)
    return any(
        _may_tie(here, there, rules) or (akin and agreement(here, there, rules) is not None)
        for here in one.profiles
        for there in other.profiles
    )


def _may_tie(one: Profile, other: Profile, rules: Rules) -> bool:
    if one.days is not None and other.days is not None:
        return same_dated(one, other, rules) is not None
    if one.days is None and other.days is None:
        return same_vague(one, other, rules)
    dated, loose = (one, other) if one.days is not None else (other, one)
    kinds = any(rules.vocabulary.is_a(loose.type, kind) for kind in (MEETING, VOTE))
    return kinds and same_loose(loose, dated, rules) is not None


def families(gists: Sequence[Gist], rules: Rules) -> list[list[str]]:
    """Divide readings into what hangs together by ties, sorted."""
    groups = Groups(one.sha for one in gists)
    for found in _sharing((one, firm_marks(one)) for one in gists).values():
        for other in found[1:]:
            groups.join(found[0].sha, other.sha)
    shared = _sharing((one, marks(one, rules)) for one in gists)
    wide = shared.pop(WIDE, [])
    tried: set[tuple[str, str]] = set()
    timed = [one for one in gists if one.time is not None]
    near = chain.from_iterable(combinations(found, 2) for found in shared.values())
    for one, other in chain(near, product(wide, timed)):
        pair = min(one.sha, other.sha), max(one.sha, other.sha)
        if pair not in tried and groups.find(one.sha) != groups.find(other.sha):
            tried.add(pair)
            if tied(one, other, rules):
                groups.join(*pair)
    return groups.result()


def _sharing(marked: Iterable[tuple[Gist, Iterable[int]]]) -> dict[int, list[Gist]]:
    found: dict[int, list[Gist]] = {}
    for one, those in marked:
        for mark in those:
            found.setdefault(mark, []).append(one)
    return found


class Groups:
    """Names that are joined into groups."""

    def __init__(self, names: Iterable[str]) -> None:
        """Start with each on its own."""
        self._parent = {name: name for name in names}

    def find(self, name: str) -> str:
        """Give the name that stands for the group."""
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name

    def join(self, one: str, other: str) -> None:
        """Make one group of two."""
        first, second = sorted((self.find(one), self.find(other)))
        self._parent[second] = first

    def result(self) -> list[list[str]]:
        """Give the groups, all sorted."""
        found: dict[str, list[str]] = {}
        for name in sorted(self._parent):
            found.setdefault(self.find(name), []).append(name)
        return sorted(found.values())
