"""Whatever happened to a project, its graph is what a fresh build of the articles left in it gives.

``make histories`` runs ten times as many histories, other ones each time.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from unittest import mock

import pytest
from histories import DAYS, IDS, PARAGRAPHS, POINTS, Crash, Spec, World, ended_at, lines_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import ledger
from kg.errors import DataError, UsageError
from kg.graph.store import ontology_triples
from kg.kb import KnowledgeBase
from kg.project import Project

MORE = int(os.environ.get("HISTORIES", "0"))
HISTORIES = MORE or 200

SPECS = st.builds(
    Spec,
    st.sampled_from(IDS),
    st.lists(st.sampled_from(range(len(PARAGRAPHS))), min_size=1, max_size=2, unique=True).map(tuple),
    st.sampled_from(DAYS),
    st.sampled_from(["", " and later"]),
)
BATCHES = st.lists(SPECS, min_size=1, max_size=3, unique_by=lambda spec: spec.id)
BEGINNINGS = st.lists(SPECS, min_size=3, max_size=5, unique_by=lambda spec: spec.id)
ENDED = st.tuples(st.sampled_from(POINTS), st.integers(1, 2), st.booleans(), st.booleans())
ENDINGS = st.one_of(st.none(), ENDED, ENDED)
NUMBERS = st.integers(0, 10**6)
STEPS = st.one_of(
    st.tuples(st.just("add"), BATCHES, ENDINGS),
    st.tuples(st.just("add"), BATCHES, ENDINGS),
    st.tuples(st.just("copy"), st.tuples(st.sampled_from(IDS), NUMBERS), ENDINGS),
    st.tuples(st.just("same again"), st.none(), ENDINGS),
    st.tuples(st.just("read again"), st.none(), ENDINGS),
    st.tuples(st.just("prune"), NUMBERS, ENDINGS),
    st.tuples(st.just("remove"), NUMBERS, ENDINGS),
    st.tuples(st.just("decide"), st.tuples(st.integers(0, 7), NUMBERS, NUMBERS), ENDINGS),
    st.tuples(st.just("decide"), st.tuples(st.integers(0, 7), NUMBERS, NUMBERS), ENDINGS),
    st.tuples(st.just("take back"), NUMBERS, ENDINGS),
    st.tuples(st.just("lose the cache"), st.none(), ENDINGS),
)
SCRATCH = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Where the projects of the histories lie: in memory where there is such a place."""

ONTOLOGY = ontology_triples()[:20]
"""Enough of the ontology to see that it is in the graph: all of it takes most of the time."""

PREFIX = "PREFIX dip: <https://w3id.org/diplomacy-kg/ns#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>"
MERGED = f"""{PREFIX} ASK {{ ?one rdf:object ?event ; rdf:predicate dip:participatesIn ; dip:reportedIn ?here .
    ?two rdf:object ?event ; dip:reportedIn ?there . FILTER(?here != ?there) }}"""
CONTRADICTED = f"{PREFIX} ASK {{ ?one dip:contradicts ?two . ?one a dip:Claim }}"

RAN = Counter()


@pytest.fixture(scope="module", autouse=True)
def _knowledge_once():
    """Load the knowledge base once for each content of the tables over it."""
    load = KnowledgeBase.load

    @cache
    def known(contents):
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder) / f"{number}-{name}" for number, (name, _) in enumerate(contents)]
            for path, (_, data) in zip(paths, contents, strict=True):
                path.write_bytes(data)
            return load(*paths)

    def once(*paths):
        return known(tuple((path.name, path.read_bytes()) for path in paths))

    with (
        mock.patch.object(KnowledgeBase, "load", once),
        mock.patch("kg.project.ontology_triples", return_value=ONTOLOGY),
    ):
        yield


@settings(
    max_examples=HISTORIES,
    deadline=None,
    derandomize=not MORE,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(BEGINNINGS, st.lists(STEPS, min_size=2, max_size=4), st.randoms(use_true_random=False))
def _live_through(beginning, steps, chance):
    with tempfile.TemporaryDirectory(dir=SCRATCH) as scratch:
        world = World(Path(scratch) / "lived")
        _build(world, beginning)
        for step in steps:
            _take(world, step)
        _settle(world)
        assert world.graph() == _fresh(world, Path(scratch) / "fresh", chance)
        if len(steps) == 2:
            _empty(world)
    RAN["histories"] += 1


def test_a_history_leaves_what_a_fresh_build_gives():
    RAN.clear()
    _live_through()
    assert RAN["histories"] >= HISTORIES
    assert RAN["ended"] >= HISTORIES / 5
    assert RAN["unchanged"] >= HISTORIES / 4
    for name in ("same", "different", "reject", "correct", "entity", "taken back"):
        assert RAN[name] >= HISTORIES / 100, f"{name}: {RAN}"
    for name in ("merged", "contradicted", "emptied"):
        assert RAN[name] >= HISTORIES / 10, f"{name}: {RAN}"


def _take(world, step):
    """Let something happen; where it is ended, either do it once more or leave it there."""
    name, value, ending = step
    work = _work(world, name, value)
    if ending is None:
        work()
        return
    point, call, after, again = ending
    try:
        with ended_at(point, call=call, after=after):
            work()
    except Crash:
        RAN["ended"] += 1
        world.look()
        if again:
            work()


def _work(world, name, value):
    """Give what a step does to the project and to what should be in it."""
    everything = list(world.articles.values())
    part = _part(world, value) if name in {"prune", "remove"} else []
    works = {
        "add": lambda: _build(world, value),
        "copy": lambda: _build(world, _copy(world, *value)),
        "same again": lambda: _build(world, everything),
        "read again": lambda: _build(world, everything, again=True),
        "prune": lambda: _build(world, part, prune=True),
        "remove": lambda: _remove(world, [spec.id for spec in part]),
        "lose the cache": lambda: shutil.rmtree(world.folder / "cache", ignore_errors=True),
    }
    if name in works:
        return works[name]
    decisions = _decided(world, *value) if name == "decide" else _taken_back(world, value)
    return lambda: _decide(world, decisions)


def _build(world, specs, **options):
    """Build, and check that just what is new or changed was read, unless what is known changed too."""
    changed = {spec.id for spec in specs if world.articles.get(spec.id) != spec or options.get("again")}
    before = world.readers()
    tally = _bearing_decisions(world, lambda: world.build(specs, **options))
    assert not tally.refused
    assert set(tally.unchanged) >= {spec.id for spec in specs} - changed or before != world.readers()
    if options.get("prune"):
        world.articles = {}
    world.articles.update({spec.id: spec for spec in specs})
    if before in (set(), world.readers()):
        assert sorted(world.read) == sorted(changed)
        RAN["unchanged"] += len(tally.unchanged)


def _bearing_decisions(world, work):
    """Do something; a decision that cannot be is refused by name, taken back, and the work done again."""
    while True:
        try:
            return work()
        except (DataError, UsageError) as error:
            _require(bool(error.where and world.decisions), error)
            RAN["refused decisions"] += 1
            world.look()
            world.decide("".join(_parts(world.decisions)[:-1]))


def _require(holds, error):
    """Let an error through that is not about a decision, and does not say where it stands."""
    if not holds:
        raise error


def _remove(world, ids):
    known = set(world.articles)
    _bearing_decisions(world, lambda: world.remove([name for name in ids if name in known]))
    for name in ids:
        world.articles.pop(name, None)


def _copy(world, name, number):
    """Give the text of an article under another id."""
    return [replace(spec, id=name) for spec in _some(world, number)[:1] if not spec.id.startswith("https:")]


def _part(world, number):
    """Give some of the articles in the project."""
    return [world.articles[name] for i, name in enumerate(sorted(world.articles)) if number >> i & 1]


def _some(world, number):
    specs = [world.articles[name] for name in sorted(world.articles)]
    return specs[number % len(specs) :] if specs else []


# --- decisions, as somebody writes them with an editor ---


def _decide(world, text):
    world.decide(text)
    _bearing_decisions(world, world.refresh)


def _decided(world, kind, first, second):
    """Give the decisions with one more, on what is in the project now."""
    events = [
        f"{spec.id}#{mention.key}"
        for spec in _some(world, 0)
        for mention in _mentions(spec)
        if "@" in mention.key
    ]
    claims = _claims(world)
    if kind == 0 or not claims or not events:
        person = ("Ani Petrosyan", "Vahan Sargsyan")[second % 2]
        told = ("ignore = true", 'new = "person"', 'same_as = "state/georgia"')[first % 3]
        said = ("entity", f'name = "{person}"\n{told}')
    elif kind in (1, 2):
        pair = f'["{events[first % len(events)]}", "{events[second % len(events)]}"]'
        said = ("same" if kind == 1 else "different", f"events = {pair}")
    elif kind in (3, 4):
        said = ("reject", f'claim = "{claims[first % len(claims)]}"')
    else:
        value = ("negated = true", 'modality = "possible"', 'object = "Georgia"')[second % 3]
        said = ("correct", f'claim = "{claims[first % len(claims)]}"\n{value}')
    text = f"[[{said[0]}]]\n{said[1]}\n\n"
    if text in world.decisions:
        return world.decisions
    RAN[said[0]] += 1
    return world.decisions + text


def _mentions(spec):
    return [mention for number in spec.paragraphs for mention in PARAGRAPHS[number].event_mentions]


def _claims(world):
    """List the ids of the claims in the graph."""
    if not (world.folder / "store" / "current").exists():
        return []
    with Project.open(world.folder) as project, project.store() as store:
        rows = store.query("SELECT ?c { ?c a <https://w3id.org/diplomacy-kg/ns#Claim> } ORDER BY ?c").rows
    return [row[0].value.rpartition("/")[2] for row in rows]


def _parts(text):
    """Cut decisions into the single ones."""
    return [f"[[{part}" for part in text.split("[[") if part]


def _taken_back(world, number):
    parts = _parts(world.decisions)
    if parts:
        RAN["taken back"] += 1
        del parts[number % len(parts)]
    return "".join(parts)


# --- what must hold in the end ---


def _settle(world):
    """Bring the project up to date, as any command that builds does."""
    _bearing_decisions(world, world.refresh)
    expected = dict(world.articles)
    world.look()
    assert world.articles == expected
    with Project.open(world.folder) as project:
        assert set(ledger.load(project).articles) == set(expected)


def _fresh(world, folder, chance):
    """Build the articles that are left into a new folder, in any order, and give its graph."""
    other = World(folder)
    if world.decisions:
        other.decide(world.decisions)
    specs = list(world.articles.values())
    chance.shuffle(specs)
    other.build(specs)
    with Project.open(folder) as project, project.store() as store:
        RAN["merged"] += store.query(MERGED) is True
        RAN["contradicted"] += store.query(CONTRADICTED) is True
        return lines_of(store)


def _empty(world):
    """Take everything out; the ontology alone is left."""
    RAN["emptied"] += 1
    world.remove(sorted(world.articles))
    bare = "".join(f"{line} .\n" for line in sorted(map(str, ONTOLOGY)))
    assert world.graph() == bare
    assert list((world.folder / "readings").iterdir()) == []


# --- the check itself ---


def test_a_leftover_would_be_seen(tmp_path):
    """A removal that forgets to take a reading out, and a build that reads all again, are both caught."""
    world = World(tmp_path / "lived")
    one, two = Spec("alpha", (0,), DAYS[0]), Spec("beta", (1,), DAYS[0])
    _build(world, [one, two])
    world.remove([])
    del world.articles["beta"]
    assert world.graph() != _fresh(world, tmp_path / "fresh", random.Random(1))
    world.articles["beta"] = replace(two, published=DAYS[1])
    with pytest.raises(AssertionError):
        _build(world, [two])


def test_a_reader_keeps_its_graph_while_others_are_built(tmp_path):
    """Opened before two rebuilds, the second of which sweeps the files that it reads."""
    world = World(tmp_path / "lived")
    _build(world, [Spec("alpha", (0, 1), DAYS[0]), Spec("beta", (2,), DAYS[0])])
    with Project.open(world.folder) as project, project.store() as reader:
        before = lines_of(reader)
        for number in range(3, 7):
            _build(world, [Spec("gamma", (number,), DAYS[0])])
            assert lines_of(reader) == before != world.graph()
        assert reader.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0].value == str(
            before.count("\n")
        )
    assert len(list((world.folder / "store").glob("generation-*"))) == 2
