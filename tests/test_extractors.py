"""Extractors of other packages read besides the frames, where they are named, in every engine alike."""

import sys
from dataclasses import replace

import pytest

from kg import config
from kg.engines import remote
from kg.engines.work import here, outcomes
from kg.errors import ConfigError, MishapError, UnknownNameError
from kg.model import Article
from kg.pipeline import further, load_kb, read

ARTICLE = Article("minutes", "Norway hosted talks between Chad and Sudan.\n\nPresent: Kenya and Norway.")
CODE = """
from kg.model import HELD, Abstention, Entity, EventMention, Key, Role, Span, Term

def extract(scene):
    start = scene.article.text.index("Present")
    line = Span(start, len(scene.article.text))
    guest = Entity(Key("person/guest"), Term("dip:Person"), "A Guest")
    roles = (Role(Term("dip:participatesIn"), "state/kenya"), Role(Term("dip:participatesIn"), guest.key))
    told = EventMention(Key(f"minutes@{start}"), Term("dip:Meeting"), roles, line, status=HELD, extractor="mine")
    return (told,), (guest,), (Abstention(line, "minutes", "said elsewhere"),)

def fails(scene):
    raise ValueError("no such line")
"""


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Have a package installed that has two extractors."""
    info = tmp_path / "of_minutes-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: of-minutes\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[kg.extractors]\nminutes = of_minutes:extract\nfails = of_minutes:fails\n"
    )
    (tmp_path / "of_minutes.py").write_text(CODE)
    monkeypatch.syspath_prepend(tmp_path)
    yield
    sys.modules.pop("of_minutes", None)


@pytest.fixture(scope="module")
def kb():
    return load_kb()


def test_what_they_find_is_added_under_their_name_and_in_its_place(installed, kb):
    (plain,) = read([ARTICLE], kb=kb)
    (more,) = read([ARTICLE], kb=kb, extractors=("frames", "minutes"))
    added = [mention for mention in more.event_mentions if mention.extractor == "minutes"]
    assert [mention.key for mention in added] == ["minutes@45"]
    assert tuple(each for each in more.event_mentions if each not in added) == plain.event_mentions
    assert [each.evidence.start for each in more.event_mentions] == sorted(
        each.evidence.start for each in more.event_mentions
    )
    assert {each.key for each in more.entities} - {each.key for each in plain.entities} == {"person/guest"}
    assert [each.why for each in more.abstentions if each not in plain.abstentions] == ["said elsewhere"]


def test_every_engine_has_them(installed, kb):
    settings = replace(config.Settings(cache=None), extractors=("minutes",))
    (of_here,) = here([ARTICLE], settings=settings, refuse=pytest.fail)
    assert outcomes([ARTICLE], kb=kb, model=settings.model, extractors=("minutes",)) == (of_here,)
    job = remote.packed(kb=(), model=settings.model, extractors=settings.extractors)
    assert remote.reader_of(job) == job.reader
    assert ", minutes " in job.reader
    assert remote.read_piece((ARTICLE,), job) == (of_here,)


def test_one_that_fails_is_an_error_at_the_article(installed, kb):
    (outcome,) = outcomes([ARTICLE], kb=kb, model="en_core_web_sm", extractors=("fails",))
    article, error = outcome
    assert article == ARTICLE
    assert isinstance(error, MishapError)
    assert "no such line" in error.what


def test_the_frames_are_no_further_extractor_and_an_unknown_one_is_refused(installed):
    assert further(("frames",)) == {}
    with pytest.raises(UnknownNameError, match="no extractor named 'minuts'") as caught:
        further(("minuts",))
    assert caught.value.hint == "Did you mean 'minutes'?"


def test_they_are_named_by_a_list_or_with_commas(tmp_path):
    (tmp_path / "kg.toml").write_text('extractors = ["one", "two"]\n')
    assert config.load(folder=tmp_path, environ={}).extractors == ("one", "two")
    assert config.load(folder=tmp_path, environ={"KG_EXTRACTORS": "three, four"}).extractors == (
        "three",
        "four",
    )
    (tmp_path / "kg.toml").write_text("extractors = 3\n")
    with pytest.raises(ConfigError) as caught:
        config.load(folder=tmp_path, environ={})
    assert caught.value.hint == "Expected: a list of names."
