"""A graph that is changed by difference is, byte for byte and by its name, the one that is made anew."""

from __future__ import annotations

import os
import sqlite3
from random import Random

import pytest
from histories import Crash, ended_at

from benchmarks import generator
from benchmarks.generator import generate
from kg import ingest, ledger, regraph
from kg.config import Settings
from kg.graph import generations
from kg.graph.assemble import assemble
from kg.graph.decisions import Decisions, parse_decisions
from kg.graph.desk import Desk, TangledError
from kg.graph.feed import digest, name_of
from kg.graph.hearsay import gathered, known_of
from kg.graph.pieces import listened
from kg.graph.register import Register
from kg.graph.store import ontology_triples
from kg.graph.ties import families, gist_of, rules_for
from kg.intake import Tally
from kg.ledger import Entry
from kg.project import Project
from kg.versions import kb_version
from kg.vocab import Vocabulary

VOCABULARY = Vocabulary.load()
ONTOLOGY = tuple(map(str, ontology_triples()))
HISTORIES = int(os.environ.get("HISTORIES", "0")) // 20 or 4


@pytest.fixture(autouse=True)
def how(monkeypatch):
    """Tell of each graph whether it was made by difference."""
    told = []
    real = regraph._by_difference

    def looked(*given):
        found = real(*given)
        told.append(found is not None)
        return found

    monkeypatch.setattr(regraph, "_by_difference", looked)
    return told


@pytest.fixture
def small_world(monkeypatch):
    """A world of five states: they meet all the time, and everything has the name of something else."""
    names = generator.Names.load()
    few = generator.Names(names.states[:5], names.persons, names.cities)
    monkeypatch.setattr(generator.Names, "load", classmethod(lambda _: few))
    monkeypatch.setattr(generator, "_MATTERS_A_DAY", 1)


def change(folder, come=(), gone=(), decisions=None):
    """Let readings come and go, as a build does."""
    with Project.open(folder, create=True) as project:
        known = ledger.load(project)
        if decisions is not None:
            project.decisions.write_text(decisions)
        for reading in come:
            project.add(reading)
            entry = Entry(ledger.digest(reading.article), reading.pipeline)
            known.articles[reading.article.id] = entry
        for key in gone:
            project.remove(key)
            del known.articles[key]
        tally = Tally()
        ingest._rebuild(project, known, Settings(store=folder), tally)
        return tally


def graph(folder):
    with Project.open(folder) as project, project.store() as store:
        return {str(triple) for triple in store.triples()}, generations.current(project.store_folder)


def anew(readings, decisions=None):
    """Give the graph and its name by the rule itself, without families, register or store."""
    decided = Decisions() if decisions is None else parse_decisions(decisions)
    found = assemble(readings, vocabulary=VOCABULARY, kb_version=kb_version(), decisions=decided)
    lines = {*found.statements, *ONTOLOGY}
    return lines, generations.PREFIX + name_of(digest(lines)), len(found.notes)


def same(folder, readings, decisions=None):
    lines, name, _ = anew(readings, decisions)
    held, held_name = graph(folder)
    integer = "XMLSchema#nonNegativeInteger", "XMLSchema#integer"  # as the store gives it back
    assert held == {line.replace(*integer) if "ore#" in line else line for line in lines}
    assert held_name == name


@pytest.mark.parametrize("seed", range(HISTORIES))
@pytest.mark.usefixtures("small_world")
def test_readings_come_and_go_and_the_graph_is_that_of_a_fresh_build(tmp_path, seed, how):
    chance = Random(seed)
    readings = [told.reading for told in generate(70, seed=seed)]
    chance.shuffle(readings)
    inside, outside = readings[:40], readings[40:]
    change(tmp_path / "p", inside)
    for _ in range(5):
        come = [outside.pop() for _ in range(chance.choice((0, 1, 1, 3)))]
        gone = [inside.pop(chance.randrange(len(inside))) for _ in range(chance.choice((0, 0, 1, 2)))]
        tally = change(tmp_path / "p", come, [one.article.id for one in gone])
        inside += come
        outside = gone + outside
        same(tmp_path / "p", inside)
        assert tally.left_out == anew(inside)[2] or not (come or gone)
    assert any(how), "nothing was made by difference"


def test_one_more_of_another_time_leaves_the_rest_alone(tmp_path, how):
    readings = [told.reading for told in generate(260)]
    change(tmp_path, readings[:-1])
    assert change(tmp_path, readings[-1:]).rebuilt
    same(tmp_path, readings)
    assert change(tmp_path, (), [readings[-1].article.id]).rebuilt
    same(tmp_path, readings[:-1])
    assert how == [False, True, True]


def test_a_decision_makes_all_anew_and_holds_for_what_comes_later(tmp_path, how):
    readings = [told.reading for told in generate(30)]
    change(tmp_path, readings[:-2])
    claim = anew(readings[:-2])[0]
    rejected = sorted(
        line.split("/claim/")[1][:20] for line in claim if line.startswith("<") and "/claim/" in line
    )
    decided = f'[[reject]]\nclaim = "{rejected[0]}"\n'
    change(tmp_path, (), (), decided)
    same(tmp_path, readings[:-2], decided)
    change(tmp_path, readings[-2:])
    same(tmp_path, readings, decided)
    assert how == [False, False, True]


def _cut(path):
    path.write_bytes(path.read_bytes()[:-4096])


def _other_version(path):
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = '0' WHERE name = 'version'")


def _wrong_within(path):
    with sqlite3.connect(path) as db:
        db.execute("UPDATE own SET path = path || '-x'")
        db.execute("DELETE FROM edge")


DAMAGES = {
    "cut": _cut,
    "of another version": _other_version,
    "no database": lambda path: path.write_bytes(b"nonsense" * 1000),
    "a table gone": lambda path: sqlite3.connect(path).executescript("DROP TABLE mark"),
    "not readable data": lambda path: sqlite3.connect(path).executescript(
        "UPDATE entity SET record = '[' || number"
    ),
    "what it says is not in the graph": _wrong_within,
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "nothing": lambda path: path.write_bytes(b""),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_register_is_noticed_and_all_is_made_anew(tmp_path, damage, how):
    readings = [told.reading for told in generate(20)]
    change(tmp_path, readings[:-1])
    DAMAGES[damage](tmp_path / "cache" / "register.sqlite")
    change(tmp_path, readings[-1:])
    same(tmp_path, readings)
    assert how == [False, False]


def test_a_register_of_another_graph_is_not_believed(tmp_path, how):
    readings = [told.reading for told in generate(20)]
    change(tmp_path, readings[:-1])
    with Project.open(tmp_path) as project:
        project.refill(["<https://e.example/a> <https://e.example/b> <https://e.example/c>"])
    change(tmp_path, readings[-1:])
    same(tmp_path, readings)
    assert how == [False, False]


def test_families_are_what_has_events_in_common():
    readings = [told.reading for told in generate(120)]
    heard = listened(readings, Decisions(), VOCABULARY)
    known = known_of(gathered(heard), VOCABULARY)
    gists = [gist_of(one, Decisions()) for one in heard]
    found = families(gists, rules_for(gists, known, VOCABULARY))
    of = {sha: number for number, family in enumerate(found) for sha in family}
    events = assemble(readings, vocabulary=VOCABULARY, kb_version="none").events
    assert len(found) > 3
    assert all(len({of[sha] for sha, _ in event.members}) == 1 for event in events)


def test_a_name_longer_than_it_need_be_is_too_much_for_the_desk():
    desk = Desk()
    a, b = "1" * 64, "2" * 64
    with pytest.raises(TangledError):
        desk.settle(
            0, [[("one", "talks/x", a), ("two", "talks/x", b), ("three", f"talks/x-{a[:4]}", a)]], set()
        )


def test_what_is_not_committed_is_as_if_it_never_was(tmp_path):
    register = Register.create(tmp_path / "r")
    register.index()
    register.commit("one")
    register.begin()
    register.set_articles((), {"a": ("d", "r", "s")})
    register.close()
    assert Register.open(tmp_path / "r", "two") is None
    again = Register.open(tmp_path / "r", "one")
    assert again.articles() == {}
    again.close()


@pytest.mark.parametrize("point", [(Register, "commit"), (Register, "put"), (generations, "put_in_force")])
@pytest.mark.parametrize("after", [False, True])
def test_a_change_that_is_ended_anywhere_is_made_good_by_the_next(tmp_path, point, after, how):
    readings = [told.reading for told in generate(14)]
    change(tmp_path, readings[:-2])
    with pytest.raises(Crash), ended_at(point, call=1, after=after):
        change(tmp_path, readings[-2:-1])
    held = graph(tmp_path)[1]
    assert held in (anew(readings[:-2])[1], anew(readings[:-1])[1])
    change(tmp_path, readings[-1:])
    same(tmp_path, readings)
    assert len(how) >= 2
