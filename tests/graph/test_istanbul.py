"""The three articles on Istanbul, read by hand, in every subset and every order of them."""

from __future__ import annotations

from functools import cache
from itertools import combinations, permutations

import istanbul
import pytest
from conform import faults, full
from istanbul import ISTANBUL, MEDINSKY, RUSSIA, TURKIYE, UKRAINE, UMEROV
from readings import KB

from kg.codec import dumps, loads
from kg.graph.assemble import assemble
from kg.vocab import Vocabulary

pytestmark = pytest.mark.skipif(
    not istanbul.FOLDER.is_dir(), reason=f"the real articles are not in {istanbul.FOLDER}"
)

SUBSETS = [subset for size in range(4) for subset in combinations(("002", "003", "004"), size)]
MAY = "talks/russia-ukraine-istanbul-2025-05-16"
JUNE = "talks/russia-ukraine-istanbul-2025-06-02"
JULY = "talks/russia-ukraine-istanbul-2025-07"


@cache
def reading(name):
    return istanbul.READINGS[name]()


@cache
def content(*names):
    return assemble([reading(name) for name in names], vocabulary=Vocabulary.load(), kb_version=KB)


@cache
def all_three():
    return content("002", "003", "004")


def says(graph, subject, predicate, found):
    return any(
        (s, p, getattr(o, "text", o)) == (subject, f"dip:{predicate}", found) for s, p, o in graph.view
    )


def values(graph, subject, predicate):
    return sorted(getattr(o, "text", o) for s, p, o in graph.view if (s, p) == (subject, f"dip:{predicate}"))


def test_there_are_eight_subsets_and_sixteen_orders():
    assert len(SUBSETS) == 8
    assert sum(len(list(permutations(subset))) for subset in SUBSETS) == 16


@pytest.mark.parametrize("subset", SUBSETS, ids="+".join)
def test_every_subset_conforms_and_no_order_shows(subset):
    texts = {content(*order).ntriples() for order in permutations(subset)}
    assert len(texts) == 1
    assert faults(content(*subset).triples) == []
    assert content(*subset).notes == ()


def test_the_whole_graph_conforms_in_pyshacl():
    ok, report = full(all_three().triples)
    assert ok, report


def test_002_and_003_tell_of_one_round():
    event = next(event for event in all_three().events if event.path == MAY)
    assert len(event.members) == 2
    assert event.label == "Russia–Ukraine talks, Istanbul, 16 May 2025"
    assert "same weekday" in event.reasons[0].why
    assert "same leaders" in str(event.reasons[0])


def test_the_undated_article_does_not_join_the_july_round():
    graph = content("002", "004")
    undated = next(event for event in graph.events if event.path == "talks/russia-ukraine-istanbul")
    assert [key for _, key in undated.members] == ["talks@280"]


def test_june_and_july_are_rounds_of_their_own():
    for path in (JUNE, JULY):
        event = next(event for event in all_three().events if event.path == path)
        assert len(event.members) == 1
    assert says(all_three(), JULY, "follows", JUNE)


def test_the_date_in_july_is_disputed():
    assert values(all_three(), JULY, "edtf") == []
    assert values(all_three(), JULY, "earliest") == ["2025-07-23"]
    assert values(all_three(), JULY, "latest") == ["2025-07-24"]
    against = [claim for claim in all_three().claims if claim.contradicts]
    assert sorted(getattr(claim.object, "text", "") for claim in against) == [
        "2025-07-23",
        "2025-07-24",
        "2025-07-24",
    ]


def test_turkiye_brokers_as_stated_and_hosts_as_inferred():
    claims = [claim for claim in all_three().claims if (claim.subject, claim.object) == (TURKIYE, MAY)]
    stated = {claim.predicate for claim in claims if claim.evidence}
    inferred = [claim for claim in claims if claim.rule is not None]
    assert stated == {"dip:brokers"}
    assert {claim.predicate for claim in inferred} == {"dip:hosts"}
    assert all(claim.derived_from and claim.confidence < 0.9 for claim in inferred)
    assert says(all_three(), TURKIYE, "brokers", MAY)
    assert says(all_three(), TURKIYE, "hosts", MAY)
    assert says(all_three(), TURKIYE, "hosts", JULY)


def test_leaders_lead_their_delegations_and_take_part():
    for person, side in ((UMEROV, "ukraine"), (MEDINSKY, "russia")):
        assert says(all_three(), person, "leads", f"delegation/{side}-istanbul-2025-05-16")
        assert says(all_three(), person, "leads", f"delegation/{side}-istanbul-2025-07")
        assert says(all_three(), person, "participatesIn", MAY)
        assert not says(all_three(), person, "participatesIn", JULY)
    assert says(all_three(), UMEROV, "metWith", MEDINSKY)
    assert says(all_three(), RUSSIA, "metWith", UKRAINE)


def test_a_refused_meeting_has_a_refusal_and_nobody_in_it():
    path = "meeting/vladimir-putin-volodymyr-zelenskyy"
    assert says(all_three(), path, "status", "dip:StatusRefused")
    assert not [triple for triple in all_three().view if triple[2] == path and triple[1] != "dip:concerns"]
    assert [t[0] for t in all_three().view if t[1:] == ("dip:concerns", path)] == [
        "refusal/vladimir-putin-to-meet-face-to-face"
    ]
    denied = [claim for claim in all_three().claims if claim.object == path and claim.stance.negated]
    assert {claim.predicate for claim in denied} == {"dip:participatesIn"}


def test_a_proposed_meeting_has_nobody_in_it():
    found = [
        event.path for event in all_three().events if event.path.startswith("meeting/donald-trump-vladimir")
    ]
    assert len(found) == 2  # two articles, no date, no place: nothing says that it is one proposal
    for path in found:
        assert says(all_three(), path, "status", "dip:StatusProposed")
        assert not [triple for triple in all_three().view if triple[2] == path]


def test_the_talks_of_2022_are_one_event():
    event = next(event for event in all_three().events if event.path.startswith("talks/russia-ukraine-2022"))
    assert len(event.members) == 2
    assert values(all_three(), event.path, "edtf") == ["2022-03/2022-04"]
    assert says(all_three(), MAY, "follows", event.path)
    assert event.label == "Russia–Ukraine talks, March–April 2022"


def test_places_lie_where_the_knowledge_base_says():
    text = all_three().ntriples()
    base = "https://w3id.org/diplomacy-kg/"
    assert f"<{base}id/{ISTANBUL}> <{base}ns#locatedIn> <{base}id/{TURKIYE}> ." in text


def test_shipping_the_readings_changes_nothing():
    shipped = [loads(dumps(reading(name))) for name in ("004", "002", "003")]
    graph = assemble(shipped, vocabulary=Vocabulary.load(), kb_version=KB)
    assert graph.ntriples() == all_three().ntriples()
