"""A reading survives the way into JSON and back, and broken data is named."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.codec import VERSION, decode, dumps, encode, loads
from kg.errors import DataError
from kg.model import (
    Abstention,
    Article,
    Entity,
    EventMention,
    Interval,
    Key,
    Link,
    Mention,
    Reading,
    Role,
    Span,
    Stance,
    Term,
)


def reading():
    norway = Entity(Key("state/norway"), Term("dip:State"), "Norway", ("Norge",), "Q20", known=True)
    mention = Mention(Span(4, 8), "Oslo", Term("dip:Place"), Span(1, 2))
    event = EventMention(
        Key("talks@0"),
        Term("dip:Talks"),
        (
            Role(Term("dip:hosts"), "state/norway", score=0.5),
            Role(Term("dip:leads"), "person/a", side=norway.key, stance=Stance(negated=True)),
        ),
        Span(0, 9),
        Interval(date(2024, 1, 2), None, "2024-01-02/.."),
        weekday=0,
    )
    return Reading(
        Article("a", "In Oslo, Türkiye …", published=date(2024, 1, 3)),
        (norway,),
        (Link(mention, norway, 1.0, "known", candidates=(("state/norway", 1.0, "exact"),)),),
        (event,),
        (Abstention(Span(0, 2), "pronoun", "too far"),),
        "kg 0.1.0",
    )


def test_there_and_back_again():
    assert decode(encode(reading())) == reading()
    assert loads(dumps(reading())) == reading()


def test_the_same_bytes_every_time():
    assert dumps(loads(dumps(reading()))) == dumps(reading())
    assert dumps(reading()).isascii() is False
    assert b"\n" not in dumps(reading())


def test_defaults_are_left_out():
    article = encode(reading())["reading"]["article"]
    assert article == {"id": "a", "text": "In Oslo, Türkiye …", "published": "2024-01-03"}


def test_a_weekday_of_zero_is_not_left_out():
    assert loads(dumps(reading())).event_mentions[0].weekday == 0


def broken(change):
    data = json.loads(dumps(reading()))
    change(data)
    return data


BREAKS = {
    "another version": lambda data: data.update(version=VERSION + 1),
    "no version": lambda data: data.pop("version"),
    "a field that is missing": lambda data: data["reading"]["article"].pop("text"),
    "a field too many": lambda data: data["reading"].update(colour="red"),
    "text for a number": lambda data: data["reading"]["event_mentions"][0].update(score="high"),
    "a number for text": lambda data: data["reading"]["article"].update(text=1),
    "no day": lambda data: data["reading"]["article"].update(published="2024-13-01"),
    "a number for a day": lambda data: data["reading"]["article"].update(published=20240113),
    "a number for a term": lambda data: data["reading"]["event_mentions"][0].update(type=7),
    "a number for a key": lambda data: data["reading"]["entities"][0].update(key=7),
    "a text for a row": lambda data: data["reading"]["links"][0].update(candidates=["state/norway"]),
    "text for a list": lambda data: data["reading"].update(entities="all"),
    "a list too short": lambda data: data["reading"]["links"][0].update(candidates=[["state/norway"]]),
    "yes for a number": lambda data: data["reading"]["event_mentions"][0].update(weekday=True),
    "nothing at all": lambda data: data.update(reading=None),
}


@pytest.mark.parametrize("name", BREAKS)
def test_broken_data_is_named(name):
    with pytest.raises(DataError):
        decode(broken(BREAKS[name]))


def test_where_the_fault_lies_is_told():
    with pytest.raises(DataError) as caught:
        decode(
            broken(
                lambda data: data["reading"]["event_mentions"][0]["roles"][1]["stance"].update(negated="yes")
            )
        )
    assert caught.value.where == "reading.event_mentions.roles.stance.negated"
    assert caught.value.what == "bool is expected, not 'yes'"


def test_a_whole_number_is_a_score():
    data = broken(lambda data: data["reading"]["links"][0].update(score=1))
    assert repr(decode(data)) == repr(reading())


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[]", b"null"])
def test_what_is_no_json_is_named(data):
    with pytest.raises(DataError):
        loads(data)


texts = st.text(st.characters(codec="utf-8"))
spans = st.builds(Span, st.integers(0, 99), st.integers(0, 99))
days = st.none() | st.dates()
mentions = st.builds(
    EventMention,
    texts,
    texts,
    st.lists(st.builds(Role, texts, texts, side=st.none() | texts, score=st.none() | st.floats(0, 1))).map(
        tuple
    ),
    spans,
    when=st.none() | st.builds(Interval, days, days, texts),
    stance=st.builds(Stance, texts, st.booleans(), st.none() | texts),
    ordinal=st.none() | st.integers(0, 9),
)
readings = st.builds(
    Reading,
    st.builds(Article, texts, texts, published=days, url=st.none() | texts),
    st.just(()),
    st.just(()),
    st.lists(mentions, max_size=3).map(tuple),
)


@given(readings)
def test_any_reading_survives(found):
    assert loads(dumps(found)) == found


def test_a_whole_number_is_a_score_and_a_truth_is_none():
    plain = encode(reading())
    plain["reading"]["links"][0]["score"] = 1
    found = decode(plain).links[0].score
    assert (found, type(found)) == (1.0, float)
    plain["reading"]["links"][0]["score"] = True
    with pytest.raises(DataError, match="float is expected, not True"):
        decode(plain)
