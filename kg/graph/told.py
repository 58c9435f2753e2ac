"""All things that the articles tell of, merged, named and labelled: from local keys to paths."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

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
    from collections.abc import Callable, Iterable, Mapping

    from kg.graph.claims import Fact
    from kg.graph.clusters import Clusters
    from kg.graph.decisions import Decisions
    from kg.graph.hearsay import Known
    from kg.graph.profile import Member, Profile
    from kg.graph.things import Corpus, Thing
    from kg.model import Term


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
    wanted: frozenset[str]
    """The paths that things would like, whether they got them or not."""


def name_all(corpus: Corpus, known: Known, decisions: Decisions) -> Named:
    """Merge and name instruments and stances, then events, then delegations."""
    about = about_members(corpus)
    reserved = known.taken
    labels = dict(known.labels)

    def name(path: str) -> str:
        return labels.get(path, path.rpartition("/")[2])

    made = _made(corpus, about)
    wanted = wanted_made(made)
    paths = _settled(wanted, reserved)
    labels |= {paths[thing.members[0]]: made_label(thing, name, corpus) for thing in made}
    events, refused = _events(corpus, about, paths, decisions)
    hoped = wanted_events(events, corpus)
    paths |= _settled(hoped, reserved | set(paths.values()))
    labels |= {paths[thing.members[0]]: event_label(thing, name, corpus) for thing in events}
    teams, team_labels, sought = _teams(corpus, events, paths, name)
    local = team_members(corpus)
    return Named(
        paths=paths | teams,
        types={paths[thing.members[0]]: thing.type for thing in (*made, *events)},
        labels=labels | team_labels,
        teams={path: (paths[local[member][0]], local[member][1]) for member, path in teams.items()},
        events=_as_events(events, paths, labels),
        notes=refused,
        wanted=frozenset(path for path, _ in (*wanted.values(), *hoped.values(), *sought.values())),
    )


def _settled(
    wanted: Mapping[tuple[Member, ...], tuple[str, str]], reserved: Iterable[str]
) -> dict[Member, str]:
    found = settle(wanted, reserved)
    return {member: path for members, path in found.items() for member in members}


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


def _teams(
    corpus: Corpus, events: list[Thing], paths: Mapping[Member, str], name: Callable[[str], str]
) -> tuple[dict[Member, str], dict[str, str], dict[tuple[str, str], tuple[str, str]]]:
    """Name the delegations: one for each event and side; give their labels, and what they would like, as well."""
    things = {paths[member]: thing for thing in events for member in thing.members}
    local = team_members(corpus)
    of = {(paths[event], side): things[paths[event]] for event, side in local.values()}
    wanted = wanted_teams(of, corpus)
    named = settle(wanted, set(paths.values()))
    labels = {path: team_label(side, of[event, side], name, corpus) for (event, side), path in named.items()}
    return {member: named[paths[event], side] for member, (event, side) in local.items()}, labels, wanted


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
