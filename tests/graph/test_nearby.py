"""Which reports are compared: all of articles that can be on one matter, and of others none."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kg.graph.nearby import WEEK, Placed, candidates
from kg.graph.profile import MEETING, Profile, days_apart
from kg.graph.sameness import Rules
from kg.model import Term
from kg.vocab import Vocabulary

RULES = Rules(Vocabulary.load(), {}, frozenset())
BARE = frozenset()
MET = Profile(
    MEETING, frozenset({"state/a", "state/b"}), BARE, BARE, BARE, BARE, None, None, BARE, BARE, BARE
)

days = st.integers(730_000, 730_060)
times = st.none() | st.tuples(days, st.sampled_from((0, 1, 30, 399, 400, 401, 3000))).map(
    lambda t: (t[0], sum(t))
)
events = st.frozensets(st.integers(1, 3), max_size=2)


@given(st.lists(st.tuples(times, events), max_size=8))
def test_none_that_can_be_on_one_matter_is_missed(articles):
    placed = [Placed(MET, number, *article) for number, article in enumerate(articles)]
    found = candidates(placed, RULES)
    assert found == sorted(set(found))
    for one, other in combinations(placed, 2):
        near = one.time and other.time and days_apart(one.time, other.time) <= WEEK
        if near or one.events & other.events:
            assert (one.number, other.number) in found


def test_those_far_apart_in_time_are_not_compared():
    early, late = Placed(MET, 1, (730_000, 730_000), BARE), Placed(MET, 2, (730_030, 730_030), BARE)
    assert candidates([early, late], RULES) == []
    assert candidates([early, late._replace(time=None)], RULES) == []
    assert candidates(
        [early._replace(events=frozenset({5})), late._replace(events=frozenset({5}))], RULES
    ) == [(1, 2)]


def test_what_has_no_sign_in_common_or_is_no_meeting_is_not_compared():
    here = Placed(MET, 1, (730_000, 730_000), BARE)
    others = replace(MET, actors=frozenset({"state/a", "state/c"})), replace(MET, type=Term("dip:Attack"))
    assert candidates([here, *(here._replace(profile=one, number=2) for one in others)], RULES) == []
    assert candidates([here, here._replace(number=2)], RULES) == [(1, 2)]
