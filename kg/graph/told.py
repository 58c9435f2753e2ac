"""All things that the articles tell of, merged, named and labelled: from local keys to paths."""

from __future__ import annotations

from collections.abc import Callable, Generator, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from kg.graph.claims import Note
from kg.graph.identity import settle
from kg.graph.labels import event_label, made_label, team_label
from kg.graph.merge import merge
from kg.graph.profile import follows_of, tell
from kg.graph.sameness import Rules
from kg.graph.terms import is_global
from kg.graph.things import (
    about_members,
    event_thing,
    made_thing,
    merge_instruments,
    team_members,
    wanted_events,
    wanted_made,
    wanted_teams,
)
from kg.model import Event, Key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.graph.claims import Fact
    from kg.graph.clusters import Clusters
    from kg.graph.decisions import Decisions
    from kg.graph.hearsay import Known
    from kg.graph.profile import Member, Profile
    from kg.graph.things import Corpus, Thing
    from kg.model import Term


_PHASES = 3
"""Instruments and stances, events, delegations: each is named after those before."""


@dataclass(frozen=True, slots=True)
class Named:
    """Which path each local key has come to stand for, and what is at that path."""

    paths: Mapping[Member, str]
    types: Mapping[str, Term]
    labels: Mapping[str, str]
    teams: Mapping[str, tuple[str, str]]
    """Delegation path -> (event path, side)."""
    events: tuple[Event, ...]
    notes: tuple[Note, ...]


Wish = tuple[Hashable, str, str]
"""A thing, the path that it would like, and the hash to tell it apart by."""
Naming = Generator[list[Wish], Mapping[Hashable, str], Named]
"""Yields what things would like to be called, three times, and is sent what they are called."""


def naming(corpus: Corpus, known: Known, decisions: Decisions) -> Naming:
    """Merge and name instruments and stances, then events, then delegations.

    What else has a name is for whoever is asked: the names of things depend on what all others would like.
    """
    about = about_members(corpus)
    labels = dict(known.labels)

    def name(path: str) -> str:
        return labels.get(path, path.rpartition("/")[2])

    made = _made(corpus, about)
    paths = _each((yield [(members, *wish) for members, wish in wanted_made(made).items()]))
    labels |= {paths[thing.members[0]]: made_label(thing, name, corpus) for thing in made}
    events, refused = _events(corpus, about, paths, decisions)
    paths |= _each((yield [(members, *wish) for members, wish in wanted_events(events, corpus).items()]))
    labels |= {paths[thing.members[0]]: event_label(thing, name, corpus) for thing in events}
    local = team_members(corpus)
    things = {paths[member]: thing for thing in events for member in thing.members}
    of = {(paths[event], side): things[paths[event]] for event, side in local.values()}
    teams = yield [(team, *wish) for team, wish in wanted_teams(of, corpus).items()]
    labels |= {teams[team]: team_label(team[1], thing, name, corpus) for team, thing in of.items()}
    return Named(
        paths=paths | {member: teams[paths[event], side] for member, (event, side) in local.items()},
        types={paths[thing.members[0]]: thing.type for thing in (*made, *events)},
        labels=labels,
        teams={teams[event, side]: (event, side) for event, side in of},
        events=_as_events(events, paths, labels),
        notes=refused,
    )


Settle = Callable[[int, Sequence[list[Wish]], AbstractSet[str]], dict[Hashable, str]]
"""Gives names by the wishes of each family in one phase (0, 1, 2), and what nobody may be called."""


def settle_all(_: int, wishes: Iterable[list[Wish]], taken: AbstractSet[str]) -> dict[Hashable, str]:
    """Give names where there are no others."""
    return settle({thing: (path, by) for family in wishes for thing, path, by in family}, taken)


def name_together(
    namings: Sequence[Naming], reserved: AbstractSet[str], settled: Settle = settle_all
) -> list[Named]:
    """Name what several families of articles tell of, so that no two things have one name."""
    taken: set[str] = set()
    wishes = [next(each) for each in namings]
    found: list[Named] = []
    for phase in range(_PHASES):
        # What articles themselves name by a path is no delegation.
        paths = settled(phase, wishes, taken | reserved if phase < _PHASES - 1 else taken)
        taken |= set(paths.values())
        for at, each in enumerate(namings):
            own = {thing: paths[thing] for thing, _, _ in wishes[at]}
            try:
                wishes[at] = each.send(own)
            except StopIteration as end:
                found.append(end.value)
    return found


def _each(settled: Mapping[Hashable, str]) -> dict[Member, str]:
    return {member: path for members, path in settled.items() for member in cast("Iterable[Member]", members)}


def _made(corpus: Corpus, about: Mapping[Member, list[Fact]]) -> list[Thing]:
    """Gather what is no event: instruments, merged by number, and stances, one for each article."""
    instruments: list[Member] = []
    others: list[tuple[Member, ...]] = []
    for sha, source in corpus.sources.items():
        for key in sorted(source.mentions):
            term = source.types[key]
            if is_global(key) or term not in corpus.vocabulary or corpus.vocabulary.is_a(term, "dip:Event"):
                continue
            if corpus.vocabulary.is_a(term, "dip:Instrument"):
                instruments.append((sha, key))
            else:
                others.append(((sha, key),))
    groups = [*merge_instruments(instruments, about, corpus), *others]
    return [made_thing(members, about, corpus) for members in groups]


def _events(
    corpus: Corpus, about: Mapping[Member, list[Fact]], made: Mapping[Member, str], decisions: Decisions
) -> tuple[list[Thing], tuple[Note, ...]]:
    profiles: dict[Member, Profile] = {}
    follows: set[tuple[Member, Member]] = set()
    for sha, source in corpus.sources.items():
        for key, profile in tell(source, corpus.facts[sha]).items():
            subjects = frozenset(made.get((sha, subject), subject) for subject in profile.subjects)
            profiles[sha, key] = replace(profile, subjects=subjects)
        follows |= {((sha, one), (sha, other)) for one, other in follows_of(corpus.facts[sha])}
    shas = {source.reading.article.id: sha for sha, source in corpus.sources.items()}
    rules = Rules(
        corpus.vocabulary,
        corpus.within,
        corpus.states,
        _located(decisions.same, shas),
        _located(decisions.different, shas),
        _published(corpus),
        {sha: frozenset(actors) for sha, actors in corpus.actors.items()},
    )
    clusters = merge(profiles, follows, rules)
    things = [event_thing(*group, profiles, about, corpus) for group in clusters.result()]
    return things, _refused(clusters, corpus)


def _published(corpus: Corpus) -> dict[str, tuple[int, int]]:
    days = {sha: source.reading.article.published for sha, source in corpus.sources.items()}
    return {sha: (day.toordinal(), day.toordinal()) for sha, day in days.items() if day is not None}


def _located(
    pairs: Iterable[tuple[tuple[str, str], tuple[str, str]]], shas: Mapping[str, str]
) -> frozenset[tuple[Member, Member]]:
    """Put document hashes in the place of document ids; a document that is gone takes its pairs along."""
    return frozenset(
        ((shas[one[0]], one[1]), (shas[other[0]], other[1]))
        for one, other in pairs
        if one[0] in shas and other[0] in shas
    )


def _refused(clusters: Clusters, corpus: Corpus) -> tuple[Note, ...]:
    return tuple(
        Note(
            corpus.sources[one[0]].document,
            one[1],
            f"is not made one with {other[1]}: an event would follow itself",
        )
        for one, other in clusters.refused
    )


def _as_events(
    things: Iterable[Thing], paths: Mapping[Member, str], labels: Mapping[str, str]
) -> tuple[Event, ...]:
    return tuple(
        Event(
            path=(path := paths[thing.members[0]]),
            type=thing.type,
            label=labels[path],
            members=tuple((sha, Key(key)) for sha, key in thing.members),
            reasons=thing.reasons,
        )
        for thing in sorted(things, key=lambda thing: paths[thing.members[0]])
    )
