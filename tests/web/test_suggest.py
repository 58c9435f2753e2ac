"""The index of names: beginnings, other names, accents, order of words, sounds and slips; never more than asked."""

import time

import pytest
from site_samples import graphs

from kg.web.catalogue import catalogue
from kg.web.suggest import MOST, NameIndex

NAMES = {
    "person/ozgur": ("Özgür Ünlühisarcıklı", "Ozgur U."),
    "person/taro": ("Taro Kono", "K\u014dno Tar\u014d"),
    "state/halden": ("Halden", "Republic of Halden"),
    "place/port": ("Port Halden", "Haldenport"),
    "person/abdul": ("Abdul Kader Mousa", "Abdelkader Moussa"),
    "state/arabic": ("\u0645\u0633\u0642\u0637", "Masqat"),
}


@pytest.fixture(scope="module")
def index():
    store = graphs.empty()
    for path, (label, alias) in NAMES.items():
        kind = {"person": "Person", "state": "State", "place": "Place"}[path.partition("/")[0]]
        thing = graphs.add(store, path, kind, label=label, alias=alias)
        if path == "place/port":
            for i in range(3):
                graphs.claim(store, f"c{i}", (thing, "locatedIn", thing))
    graphs.claim(store, "last", (thing, "metWith", thing))
    return NameIndex(catalogue(store))


def paths(index, asked):
    return [hit.thing.path for hit in index.suggest(asked)]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("ozg", "person/ozgur"),
        ("UNLUHISAR", "person/ozgur"),
        ("\u00f6zg\u00fcr \u00fcnl\u00fc", "person/ozgur"),
        ("kono taro", "person/taro"),
        ("taro k", "person/taro"),
        ("republic", "state/halden"),
        ("haldenp", "place/port"),
        ("abdelkader musa", "person/abdul"),
        ("muosa", "person/abdul"),
        ("\u0645\u0633", "state/arabic"),
    ],
)
def test_what_is_meant_comes_first(index, asked, first):
    assert paths(index, asked)[0] == first


def test_the_whole_name_comes_before_names_that_begin_so(index):
    assert paths(index, "halden")[:2] == ["state/halden", "place/port"]


def test_each_thing_comes_once(index):
    assert len(paths(index, "a")) == len(set(paths(index, "a")))


@pytest.mark.parametrize("asked", ["", "  ", "-", "!?", "\u202e", "zzzzqqq", "x" * 5000])
def test_what_fits_nothing_gives_nothing(index, asked):
    assert paths(index, asked) == []


def test_among_twenty_thousand_names_a_question_looks_at_few():
    """A ratio to going through all names, not a time: slow machines are slow at both."""
    index = NameIndex(catalogue(graphs.many(20_000)))
    hits = index.suggest("person 77")
    assert hits[0].thing.label == "Person 77"
    assert len(hits) == MOST
    began = time.perf_counter()
    for _ in range(5):
        index.suggest("person 77")
    asked = time.perf_counter() - began
    began = time.perf_counter()
    for _ in range(5):
        sorted(entry for entry in index._keys if "person 77" in entry.casefold())
    assert asked < 5 * (time.perf_counter() - began)
