"""Decisions by hand: on the unknown names of the articles and on claims; each holds, and can be undone."""

import csv
import io
import json
import re
import shutil
import tomllib

import pytest

from kg import config, decide, ingest
from kg.answers import statements
from kg.contents import triples_of
from kg.errors import DataError, LockedError, UsageError
from kg.graph.amend import BY_HAND, without_names
from kg.graph.check import check_rules, validate
from kg.graph.decisions import parse_decisions, with_decision
from kg.kb import KnowledgeBase
from kg.model import Span
from kg.project import Project
from kg.review import sentence_of, unknown_names

FIRST = """---
id: first
title: Dune League in Oslo
date: 2025-05-16
---
Envoy Tan Wei Ming of Malaysia led the Malaysian delegation at talks in Oslo on Friday.

The talks were hosted by Norway. Tan said that the Dune League had agreed to attend.
"""
SECOND = """---
id: second
title: Dune League in Geneva
date: 2025-05-20
---
Norwegian Foreign Minister Olga Brandt met the Dune League leader Idris Kavelo in Geneva on Monday.

The Dune League signed a ceasefire with Sudan in Geneva.
"""


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("texts")
    (folder / "first.md").write_text(FIRST, encoding="utf-8")
    (folder / "second.md").write_text(SECOND, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def plain(texts, tmp_path_factory):
    """A project with both articles and no decisions; not to be changed."""
    folder = tmp_path_factory.mktemp("plain") / "store"
    build(folder, texts, create=True)
    return folder


@pytest.fixture
def mine(plain, tmp_path):
    return shutil.copytree(plain, tmp_path / "mine")


def build(folder, texts, *, create=False):
    settings = config.load(folder=folder.parent, environ={}, explicit={"store": folder})
    with Project.open(folder, create=create) as project:
        return ingest.build(project, [str(texts)], settings)


def graph(folder):
    with Project.open(folder) as project, project.store() as store:
        return "\n".join(sorted(map(str, store.engine)))


def triples(folder):
    with Project.open(folder) as project, project.store() as store:
        return list(triples_of(store))


def readings(folder):
    with Project.open(folder) as project:
        return list(project.readings())


def claims(folder):
    """Give the claims that are not inferred: (subject, predicate, object, negated, modality) by id."""
    with Project.open(folder) as project, project.store() as store:
        found = statements(store)
    return {
        one.id: (last(one.subject), one.predicate, last(one.object), one.negated, one.modality)
        for one in found
        if one.rule is None
    }


def last(iri):
    return iri.rpartition("/")[2]


def claim(folder, subject, predicate):
    (found,) = (k for k, told in claims(folder).items() if subject in told[0] and told[1] == predicate)
    return found


# kg kb review


def test_the_unknown_names_come_by_frequency_with_what_is_seen_of_them(kg, plain):
    ran = kg("kb", "review", "--format", "jsonl", "--store", plain)
    assert (ran.code, ran.err) == (0, "")
    found = [json.loads(line) for line in ran.out.splitlines()]
    assert [(one["name"], one["mentions"], one["articles"]) for one in found] == [
        ("Dune League", 3, ["first", "second"]),
        ("Tan Wei Ming", 2, ["first"]),
        ("Idris Kavelo", 1, ["second"]),
        ("Olga Brandt", 1, ["second"]),
    ]
    by_name = {one["name"]: one for one in found}
    assert by_name["Tan Wei Ming"]["offices"] == ["Envoy of Malaysia"]
    assert by_name["Tan Wei Ming"]["country"] == "Malaysia"
    assert by_name["Tan Wei Ming"]["spellings"] == ["Tan"]
    assert by_name["Dune League"]["sample"] == "Tan said that the Dune League had agreed to attend."
    assert by_name["Olga Brandt"]["offices"] == ["Foreign Minister of Norway"]
    table = list(csv.DictReader(io.StringIO(kg("kb", "review", "--limit", 2, "--store", plain).out)))
    assert [row["name"] for row in table] == ["Dune League", "Tan Wei Ming"]
    shown = kg("kb", "review", "--format", "table", "--store", plain)
    assert "3 mentions in 2 articles" in shown.out
    wrong = kg("kb", "review", "--format", "yaml", "--store", plain)
    assert (wrong.code, wrong.out) == (2, "")


def test_candidates_are_persons_of_the_surname_and_things_of_a_like_name(plain, tmp_path):
    table = tmp_path / "own.tsv"
    table.write_text(
        "label\ttype\nMira Kavelo\tperson\nDune Leage\tgroup\nTan Wei Mink\tplace\n", encoding="utf-8"
    )
    found = {one.name: one for one in unknown_names(readings(plain), KnowledgeBase.load(table))}
    (kavelo,) = found["Idris Kavelo"].candidates
    assert (kavelo.entity.key, kavelo.why) == ("person/mira-kavelo", "shares the surname 'Kavelo'")
    assert "group/dune-leage" in [one.entity.key for one in found["Dune League"].candidates]
    assert "place/tan-wei-mink" not in [one.entity.key for one in found["Tan Wei Ming"].candidates]


def test_the_sample_is_one_sentence_and_not_endless():
    text = "It began. “Yes,” said Ada Quill. Then no.\n\nA new one"
    at = text.index("Ada")
    assert sentence_of(text, Span(at, at + 3)) == "“Yes,” said Ada Quill."
    assert sentence_of(text, Span(len(text) - 3, len(text))) == "A new one"
    long = "word " * 500
    assert len(sentence_of(long, Span(1000, 1004))) <= 310


# kg kb decide


def verdict(kg, store, *arguments):
    ran = kg("kb", "decide", *arguments, "--store", store)
    assert ran.code == 0, ran.err
    return ran


def entity_keys(folder):
    return {entity.key for reading in readings(folder) for entity in reading.entities}


DECISIONS = {
    "same": (
        ("Olga Brandt", "--same-as", "Espen Barth Eide"),
        "person/espen-barth-eide",
        "person/olga-brandt",
    ),
    "new": (("Dune League", "--new", "armed group"), "group/dune-league", "org/dune-league"),
}


@pytest.mark.parametrize("name", DECISIONS)
def test_a_name_is_decided_at_once_for_good_and_until_it_is_taken_out(kg, mine, plain, texts, name):
    arguments, there, gone = DECISIONS[name]
    verdict(kg, mine, *arguments)
    for _ in range(2):
        assert there in entity_keys(mine)
        assert gone not in entity_keys(mine)
        assert f"id/{there}>" in graph(mine)
        assert f"id/{gone}>" not in graph(mine)
        decided = graph(mine)
        assert not build(mine, texts).rebuilt
        assert graph(mine) == decided
    report = validate(triples(mine))
    assert report.conforms, report
    assert arguments[0] not in [json.loads(line)["name"] for line in review_lines(kg, mine)]
    (mine / "decisions.toml").unlink()
    build(mine, texts)
    assert graph(mine) == graph(plain)


def test_what_is_no_name_is_dropped_and_nothing_is_told_of_it(kg, mine, plain, texts):
    assert "kavelo" in graph(mine)
    verdict(kg, mine, "Idris Kavelo", "--not-an-entity", "--why", "misread")
    assert "person/idris-kavelo" not in graph(mine)
    assert validate(triples(mine)).conforms
    assert not build(mine, texts).rebuilt
    assert "Idris Kavelo" not in [json.loads(x)["name"] for x in review_lines(kg, mine)]
    assert "person/idris-kavelo" in entity_keys(mine), "the reading itself stays"
    (mine / "decisions.toml").write_text("", encoding="utf-8")
    build(mine, texts)
    assert graph(mine) == graph(plain)


def review_lines(kg, store):
    return kg("kb", "review", "--format", "jsonl", "--store", store).out.splitlines()


def test_what_somebody_says_who_is_none_is_not_told_as_a_fact(plain):
    (first,) = (reading for reading in readings(plain) if reading.article.id == "first")
    said = [m for m in first.event_mentions if m.stance.speaker == "person/tan-wei-ming"]
    assert said
    left = without_names(first, frozenset({"tan wei ming"}))
    assert not [m for m in left.event_mentions if m in said or m.stance.speaker == "person/tan-wei-ming"]
    assert not [r for m in left.event_mentions for r in m.roles if r.filler == "person/tan-wei-ming"]
    assert "tan-wei-ming" not in repr(left.links) + repr(left.entities)
    assert without_names(first, frozenset({"nobody"})) is first


def test_two_of_like_names_are_kept_apart(kg, mine, plain, texts):
    kb_dir = mine / "kb"
    kb_dir.mkdir()
    (kb_dir / "own.tsv").write_text(
        "label\ttype\taliases\nMira Kavelo\tperson\tIdris Kavelo\nOlga Brandtt\tperson\t\n", encoding="utf-8"
    )
    build(mine, texts)
    assert "person/mira-kavelo" in entity_keys(mine)
    verdict(kg, mine, "Idris Kavelo", "--never-merge", "Mira Kavelo")
    assert "person/mira-kavelo" not in entity_keys(mine)
    assert "person/idris-kavelo" in entity_keys(mine)
    if "person/olga-brandtt" in entity_keys(mine):  # taken for a slip of the pen
        verdict(kg, mine, "Olga Brandt", "--never-merge", "Olga Brandtt")
    assert {"person/olga-brandt", "person/idris-kavelo"} <= entity_keys(mine)
    (mine / "decisions.toml").unlink()
    build(mine, texts)
    assert "person/mira-kavelo" in entity_keys(mine)
    shutil.rmtree(kb_dir)
    build(mine, texts)
    assert graph(mine) == graph(plain)


MISTAKEN = [
    (["Dune League"], "say one thing of the name"),
    (["Dune League", "--new", "group", "--not-an-entity"], "say one thing of the name"),
    (["Dune League", "--new", "planet"], "no type named 'planet'"),
    (["Dune League", "--same-as", "Nobody Knownhere"], "nothing in the knowledge base is called"),
    (["Norway", "--never-merge", "Norway"], "is the very name of state/norway"),
    (["...", "--not-an-entity"], "must say one thing"),
    (["Olga Brandt", "--new", "person"], "is decided already"),
]


@pytest.mark.parametrize(("arguments", "what"), MISTAKEN)
def test_a_decision_that_does_not_fit_is_refused_and_leaves_no_trace(kg, mine, arguments, what):
    verdict(kg, mine, "Olga Brandt", "--not-an-entity", "--later")
    before = (mine / "decisions.toml").read_bytes()
    ran = kg("kb", "decide", *arguments, "--store", mine)
    assert ran.code in {2, 3}
    assert what in ran.err
    assert (mine / "decisions.toml").read_bytes() == before
    again = verdict(kg, mine, "Olga Brandt", "--not-an-entity", "--later")
    assert "decided already" in again.err
    assert (mine / "decisions.toml").read_bytes() == before


def test_a_decision_that_does_not_fit_any_more_stops_the_build_and_says_where(mine, texts):
    before = graph(mine)
    (mine / "decisions.toml").write_text('[[entity]]\nname = "A B"\nsame_as = "Zz Qq"\n', encoding="utf-8")
    with pytest.raises(DataError, match="nothing in the knowledge base") as caught:
        build(mine, texts)
    assert caught.value.where == str(mine / "decisions.toml")
    (mine / "decisions.toml").write_bytes(b"\xff")
    with pytest.raises(DataError, match="not UTF-8"):
        build(mine, texts)
    assert graph(mine) == before


# decisions.toml


def test_what_is_there_stays_byte_for_byte_comments_too():
    text = '# mine\n[[reject]]   # wrong\nclaim = "aaaa"\nwhy = "a \\"b\\""'
    longer = with_decision(text, "entity", {"name": 'A "B"\\', "ignore": True}, where="d.toml")
    assert longer.startswith(text)
    data = tomllib.loads(longer)
    assert data["entity"] == [{"name": 'A "B"\\', "ignore": True}]
    assert data["reject"] == [{"claim": "aaaa", "why": 'a "b"'}]
    assert with_decision(longer, "reject", {"claim": "aaaa", "why": "another"}, where="d.toml") == longer
    with pytest.raises(UsageError, match="'aaaa' is decided already"):
        with_decision(longer, "correct", {"claim": "aaaa", "object": "X"}, where="d.toml")


FAULTS = {
    'a = "b': "do not parse",
    "[[entitty]]": "no decision 'entitty'",
    "[entity]\nname = 'x'": "must be written as",
    "[[entity]]\nname = 'x'": "must say one thing, not 0",
    "[[entity]]\nnew = 'person'": "name is missing",
    "[[entity]]\nname = 'x'\nignore = false": "must be true",
    "[[entity]]\nname = 'x'\nignore = 'yes'": "must be true or false",
    "[[entity]]\nname = 'x'\nsame_as = 'y'\nqid = 'Q1'": "belong to a new entity",
    "[[entity]]\nname = 'x'\nnew = 'person'\ncolour = 'red'": "and nothing else",
    "[[entity]]\nname = 'x'\nnew = 'person'\n[[entity]]\nname = 'X'\nignore = true": "two decisions about",
    "[[reject]]\nclaim = 3": "claim must be the id",
    "[[correct]]\nclaim = 'a'": "says nothing",
    "[[correct]]\nclaim = 'a'\nmodality = 'maybe'": "no modality 'maybe'",
    "[[correct]]\nclaim = 'a'\nnegated = 'no'": "must be true or false",
}


@pytest.mark.parametrize("text", FAULTS)
def test_what_is_no_decision_is_named(text):
    with pytest.raises(DataError, match=re.escape(FAULTS[text])) as caught:
        parse_decisions(text, where="d.toml")
    assert caught.value.where == "d.toml"


def test_nothing_is_decided_while_another_process_writes(mine):
    with Project.open(mine) as first, Project.open(mine) as second:
        first.remove("nothing")  # takes the lock
        with pytest.raises(LockedError):
            decide.decide(second, "reject", {"claim": "aaaa"})
    assert not (mine / "decisions.toml").exists()


# kg reject, kg correct, kg decisions


def test_a_rejected_claim_leaves_graph_and_view_until_it_is_taken_out(kg, mine, plain, texts):
    hosts = claim(mine, "norway", "dip:hosts")
    ran = kg("reject", hosts[:10], "--why", "no host is named", "--store", mine)
    assert ran.code == 0, ran.err
    assert f"claim/{hosts}>" not in graph(mine)
    assert hosts not in claims(mine)
    assert validate(triples(mine)).conforms
    assert not build(mine, texts).rebuilt
    (row,) = csv.DictReader(io.StringIO(kg("decisions", "--store", mine).out))
    assert (row["decision"], row["about"], row["why"]) == ("reject", hosts, "no host is named")
    assert "Norway hosts" in row["was"]
    assert "no host is named" in kg("decisions", "--format", "table", "--store", mine).out
    (mine / "decisions.toml").unlink()
    build(mine, texts)
    assert graph(mine) == graph(plain)


CORRECTED = {
    "the subject": ("norway", "dip:hosts", ["--subject", "Sweden"], ("sweden", None, None)),
    "the object": ("dune-league-malaysia", "dip:location", ["--object", "Vienna"], (None, "vienna", None)),
    "a side": ("tan-wei-ming", "dip:leads", ["--object", "Sudan"], (None, "sudan", None)),
    "the leader": ("tan-wei-ming", "dip:leads", ["--subject", "Olga Benario"], None),
    "a day": ("dune-league-malaysia", "dip:edtf", ["--object", "2025-05-17"], (None, "2025-05-17", None)),
    "polarity": ("norway", "dip:hosts", ["--negated"], (None, None, (True, "Actual"))),
    "modality": ("norway", "dip:hosts", ["--modality", "possible"], (None, None, (False, "Possible"))),
}


@pytest.mark.parametrize("name", CORRECTED)
def test_a_corrected_claim_says_the_new_value_until_it_is_taken_out(kg, mine, plain, texts, name):
    subject, predicate, options, wanted = CORRECTED[name]
    old = min(k for k, told in claims(mine).items() if subject in told[0] and told[1] == predicate)
    before = claims(mine)[old]
    ran = kg("correct", old, *options, "--store", mine)
    if wanted is None:  # nobody of that name
        assert (ran.code, "nothing in the knowledge base is called" in ran.err) == (2, True)
        assert graph(mine) == graph(plain)
        return
    assert ran.code == 0, ran.err
    assert old not in claims(mine)
    new = set(claims(mine).values()) - set(claims(plain).values())
    who, what, stance = wanted
    assert any(
        told[1] == predicate
        and (who is None or who in told[0])
        and (what is None or what in told[2])
        and told[3:] == (stance or before[3:])
        for told in new
    ), new
    assert name == "a day" or BY_HAND in graph(mine)
    # The shapes take a second each time; what the two roles of a team come to is the harder case.
    report = (validate if name in {"a side", "modality"} else check_rules)(triples(mine))
    assert report.conforms, report
    assert not build(mine, texts).rebuilt
    assert old in kg("decisions", "--store", mine).out
    (mine / "decisions.toml").unlink()
    build(mine, texts)
    assert graph(mine) == graph(plain)


UNFIT = [
    (["correct", "HOSTS"], "say what is right"),
    (["correct", "HOSTS", "--object", "Oslo"], "the object of this claim is the event itself"),
    (["correct", "HOSTS", "--subject", "Nobody Knownhere"], "nothing in the knowledge base is called"),
    (["correct", "HOSTS", "--subject", "the Congo Treaty Qq"], "nothing in the knowledge base is called"),
    (["correct", "HOSTS", "--modality", "maybe"], "no modality named 'maybe'"),
    (["correct", "HOSTS", "--modality", "actual"], "it says the same"),
    (["correct", "EDTF", "--object", "Friday"], "'Friday' is no day"),
    (["correct", "EDTF", "--negated"], "only the object of this claim"),
    (["correct", "LOCATION", "--object", "Olga Brandt"], "nothing in the knowledge base is called"),
    (["correct", "LOCATION", "--object", "Tan Wei Ming"], "cannot be the object of dip:location"),
    (["reject", "0000000000"], "no claim in the graph has the id"),
    (["reject", "zz"], "is no id of a claim"),
    (["reject", "INFERRED"], "the claim is inferred"),
]


@pytest.mark.parametrize(("arguments", "what"), UNFIT)
def test_what_does_not_fit_is_refused_and_leaves_no_trace(kg, mine, plain, arguments, what):
    names = {
        "HOSTS": claim(mine, "norway", "dip:hosts"),
        "EDTF": claim(mine, "dune-league-malaysia", "dip:edtf"),
        "LOCATION": claim(mine, "dune-league-malaysia", "dip:location"),
        "INFERRED": inferred(mine),
    }
    ran = kg(*(names.get(each, each) for each in arguments), "--store", mine)
    assert (ran.code, ran.out) == (2, "")
    assert what in ran.err
    assert not (mine / "decisions.toml").exists()
    assert graph(mine) == graph(plain)


def inferred(folder):
    with Project.open(folder) as project, project.store() as store:
        return min(one.id for one in statements(store) if one.rule is not None)


def test_a_corrected_claim_can_be_corrected_again_and_rejected(kg, mine):
    assert kg("correct", claim(mine, "norway", "dip:hosts"), "--subject", "Sweden", "--store", mine).code == 0
    assert (
        kg("correct", claim(mine, "sweden", "dip:hosts"), "--subject", "Finland", "--store", mine).code == 0
    )
    finland = claim(mine, "finland", "dip:hosts")
    assert kg("reject", finland, "--store", mine).code == 0
    told = {(one[0], one[1]) for one in claims(mine).values()}
    assert not {("norway", "dip:hosts"), ("sweden", "dip:hosts"), ("finland", "dip:hosts")} & told
    listed = list(csv.DictReader(io.StringIO(kg("decisions", "--store", mine).out)))
    assert [row["decision"] for row in listed] == ["reject", "correct", "correct"]


def test_with_later_the_next_build_applies_it(kg, mine, texts):
    hosts = claim(mine, "norway", "dip:hosts")
    ran = kg("reject", hosts, "--later", "--store", mine)
    assert "next kg build" in ran.err
    assert hosts in claims(mine)
    assert build(mine, texts).rebuilt
    assert hosts not in claims(mine)
