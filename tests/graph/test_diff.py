"""What two graphs say differently: on small graphs made by hand, and on random ones."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.diff import compare
from kg.graph.differences import mirrored
from kg.graph.sides import MET, STATUS, Side, Telling
from kg.vocab import NS

PART, PLACE = f"{NS}participatesIn", f"{NS}location"
EARLIEST, LATEST, EDTF = f"{NS}earliest", f"{NS}latest", f"{NS}edtf"
LEADS, REPRESENTS = f"{NS}leads", f"{NS}represents"
TALKS, VISIT, ROUND = "id/talks/oslo", "id/visit/rome", "id/talks/oslo-2"


def claim(number, subject, predicate, value, **more):
    """Give a claim of article ``a``, whose sentences each have a place of their own."""
    told = {
        "article": "a",
        "text": "hash-a",
        "title": "Title of a",
        "published": "2025-01-02",
        "begin": number * 10,
        "end": number * 10 + 9,
        "quote": f"Sentence {number}.",
        **more,
    }
    if told["article"] != "a" and "text" not in more:
        told |= {"text": f"hash-{told['article']}", "title": f"Title of {told['article']}"}
    return Telling(f"c{number}", (subject, predicate, value), names=(subject, value), **told)


def side(*claims, view=None, moving=None, labels=None):
    """Give a graph of claims, in the view where they assert something and no view is given."""
    plain = {each.triple for each in claims if each.asserted} if view is None else set(view)
    ends = {end for each in claims for end in (each.triple[0], each.triple[2])}
    ends |= {end for triple in plain for end in (triple[0], triple[2])}
    kinds = {"talks": "event", "visit": "event", "delegation": "delegation"}
    found = {end: kinds[end.split("/")[1]] for end in ends if end.split("/")[0] == "id" and "/" in end[3:]}
    return Side(
        tuple(sorted(claims, key=lambda each: each.id)),
        frozenset(plain),
        labels or {end: end for end in ends},
        found if moving is None else moving,
        {each.article: each.text for each in claims if each.article},
    )


def told(found):
    """Give the differences shortly, without the evidence."""
    return [
        (
            each.kind,
            each.facet,
            None if each.before is None else each.before.value,
            None if each.after is None else each.after.value,
        )
        for each in found.facts
    ]


BASE = (claim(1, "norway", PART, TALKS), claim(2, "egypt", PART, TALKS), claim(3, TALKS, PLACE, "oslo"))


def both_ways(before, after, **more):
    """Compare, and hold the comparison to its mirror image."""
    found = compare(before, after, **more)
    assert compare(after, before, **more) == mirrored(found)
    assert mirrored(mirrored(found)) == found
    return found


def test_a_graph_and_itself_say_the_same():
    assert both_ways(side(*BASE), side(*BASE)).equal


def test_a_fact_is_gained_or_lost_with_its_evidence():
    more = claim(4, "qatar", PART, TALKS, modality="Expected", speaker="Somebody", confidence=0.8)
    found = both_ways(side(*BASE), side(*BASE, more))
    assert told(found) == [("gained", "", None, "expected")]
    assert found.facts[0].after.claims == (more,)
    assert found.facts[0].said.about == (TALKS, TALKS)
    assert not found.equal


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"modality": "Expected"}, ("modality", "actual", "expected")),
        ({"negated": True}, ("negation", "actual", "denied")),
        ({"speaker": "Oman"}, ("speaker", "the article itself", "Oman")),
        ({"confidence": 0.8}, ("confidence", "1.00", "0.80")),
        ({"article": "b", "text": "hash-b", "title": "Title of b"}, ("sources", "Title of a", "Title of b")),
    ],
)
def test_what_is_told_in_another_way_is_changed_once(changes, expected):
    other = replace(BASE[0], **changes)
    view = {each.triple for each in BASE}
    found = both_ways(side(*BASE, view=view), side(other, *BASE[1:], view=view))
    assert told(found) == [("changed", *expected)]


def test_a_fact_that_leaves_the_view_is_changed():
    found = both_ways(side(*BASE), side(*BASE, view={each.triple for each in BASE[1:]}))
    assert told(found) == [("changed", "view", "holds", "does not hold")]


def test_other_ids_and_a_little_confidence_are_no_difference():
    other = [replace(each, id=f"x{each.id}", confidence=0.91) for each in BASE]
    assert both_ways(side(*BASE), side(*other)).equal
    assert told(both_ways(side(*BASE), side(*other), step=0.05))[0] == (
        "changed",
        "confidence",
        "1.00",
        "0.91",
    )


def test_a_step_of_exactly_the_limit_is_told():
    other = [replace(each, confidence=0.9) for each in BASE]
    assert len(both_ways(side(*BASE), side(*other), step=0.1).facts) == len(BASE)


def status(number, event, value, **more):
    return claim(number, event, STATUS, f"{NS}Status{value}", **more)


def test_the_status_of_an_event_changes():
    before = side(*BASE, status(4, TALKS, "Planned"))
    held = status(5, TALKS, "Held", article="b")
    view = {each.triple for each in (*BASE, held)}
    found = both_ways(before, side(*BASE, status(4, TALKS, "Planned"), held, view=view))
    assert told(found) == [("changed", "status", f"{NS}StatusPlanned", f"{NS}StatusHeld")]
    assert found.facts[0].after.claims == (held,)


def test_the_day_of_an_event_changes_and_gets_lost():
    day = claim(4, TALKS, EDTF, "2025-01-10")
    other = claim(5, TALKS, EDTF, "2025-01-11", article="b")
    plain = {each.triple for each in BASE}
    ends = {(TALKS, EARLIEST, "2025-01-10"), (TALKS, LATEST, "2025-01-10")}
    one = side(*BASE, day, view=plain | ends | {day.triple})
    two = side(
        *BASE, day, other, view=plain | {(TALKS, EARLIEST, "2025-01-10"), (TALKS, LATEST, "2025-01-11")}
    )
    span = "2025-01-10/2025-01-11 (sources disagree)"
    assert told(both_ways(one, two)) == [("changed", "date", "2025-01-10", span)]
    assert told(both_ways(one, side(*BASE))) == [("lost", "date", "2025-01-10", None)]


def test_the_place_of_an_event_changes():
    other = claim(3, TALKS, PLACE, "bergen")
    found = both_ways(side(*BASE), side(*BASE[:2], other))
    assert told(found) == [("changed", "place", "oslo", "bergen")]


def test_a_second_place_is_gained_and_none_changed():
    found = both_ways(side(*BASE), side(*BASE, claim(4, TALKS, PLACE, "bergen")))
    assert told(found) == [("gained", "", None, "actual")]


def renamed(claims, names):
    """Give the claims with other names for some things, as a build with other articles would."""

    def other(one):
        subject, predicate, value = one.triple
        ends = names.get(subject, subject), names.get(value, value)
        return replace(one, triple=(ends[0], predicate, ends[1]), names=ends)

    return [other(each) for each in claims]


SECOND = (claim(11, "norway", PART, ROUND, article="b"), claim(12, "qatar", PART, ROUND, article="b"))


def test_an_event_of_another_iri_and_the_same_name_is_the_same():
    other = renamed(BASE, {TALKS: ROUND})
    labels = {TALKS: "Talks, Oslo", ROUND: "Talks, Oslo"}
    assert both_ways(side(*BASE, labels=labels), side(*other, labels=labels)).equal


def test_an_event_of_another_name_is_renamed_in_one_line():
    found = both_ways(side(*BASE), side(*renamed(BASE, {TALKS: ROUND})))
    assert [(each.kind, each.before, each.after) for each in found.things] == [
        ("renamed", ((TALKS, TALKS),), ((ROUND, ROUND),))
    ]
    assert not found.facts


def test_an_event_that_is_now_part_of_another_is_one_line():
    apart = side(*BASE, *SECOND)
    merged = side(*BASE, *renamed(SECOND, {ROUND: TALKS}))
    found = both_ways(apart, merged)
    assert [(each.kind, len(each.before), len(each.after)) for each in found.things] == [("merged", 2, 1)]
    # That Norway takes part stands on both articles, before and after.
    assert not found.facts
    back = compare(merged, apart)
    assert [(each.kind, each.what) for each in back.things] == [("split", "event")]
    assert not back.facts


def test_merged_events_keep_a_status_that_one_of_them_had():
    one, two = status(4, TALKS, "Held"), status(14, ROUND, "Planned", article="b")
    apart = side(*BASE, *SECOND, one, two)
    together = renamed((*SECOND, two), {ROUND: TALKS})
    view = {each.triple for each in (*BASE, *together, one)} - {together[-1].triple}
    merged = side(*BASE, one, *together, view=view)
    assert not both_ways(apart, merged).facts
    cancelled = {(TALKS, STATUS, f"{NS}StatusCancelled")}
    other = replace(merged, view=merged.view - {one.triple} | cancelled)
    assert [(each.kind, each.facet) for each in both_ways(apart, other).facts] == [("changed", "status")]


def test_one_claim_that_goes_to_another_event_merges_nothing():
    more = [claim(20 + at, f"state{at}", PART, ROUND, article="b") for at in range(3)]
    moved = replace(BASE[0], triple=("norway", PART, ROUND), names=("norway", ROUND))
    found = both_ways(side(*BASE, *more), side(moved, *BASE[1:], *more))
    assert not found.things
    assert [(each.kind, each.said.triple) for each in found.facts] == [
        ("gained", ("norway", PART, ROUND)),
        ("lost", ("norway", PART, TALKS)),
    ]


def test_events_that_share_nothing_are_new_and_gone():
    found = both_ways(side(*BASE), side(claim(30, "chad", PART, VISIT, article="c")))
    assert [(each.kind, each.before or each.after) for each in found.things] == [
        ("gone", ((TALKS, TALKS),)),
        ("new", ((VISIT, VISIT),)),
    ]
    assert (found.added, found.removed) == (("c",), ("a",))


def test_a_name_that_goes_over_to_another_event_misleads_nobody():
    # The first article is gone, and with it its event; that of the second now has the shorter name.
    found = both_ways(side(*BASE, *SECOND), side(*renamed(SECOND, {ROUND: TALKS})))
    assert {(each.kind, each.before) for each in found.things} == {
        ("gone", ((TALKS, TALKS),)),
        ("renamed", ((ROUND, ROUND),)),
    }
    assert {each.kind for each in found.facts} == {"lost"}


def test_an_edited_article_says_the_same_at_other_places():
    edited = [
        replace(each, id=f"n{each.id}", text="hash-new", begin=each.begin + 7, end=each.end + 7)
        for each in BASE
    ]
    found = both_ways(side(*BASE), side(*renamed(edited, {TALKS: ROUND}), labels={TALKS: "T", ROUND: "T"}))
    assert [each.kind for each in found.things] == ["renamed"]
    assert (found.facts, found.edited) == ((), ("a",))


def test_an_article_under_another_id_is_the_same_source():
    moved = [replace(each, article="moved") for each in BASE]
    assert both_ways(side(*BASE), side(*moved)).equal


def test_delegations_go_with_their_event():
    def team(event, name):
        return (
            claim(5, "pedersen", LEADS, name),
            claim(6, name, REPRESENTS, "norway"),
            claim(7, name, PART, event),
        )

    before = side(*BASE, *team(TALKS, "id/delegation/norway-oslo"))
    after = side(*renamed(BASE, {TALKS: ROUND}), *team(ROUND, "id/delegation/norway-oslo-2"))
    found = both_ways(before, after)
    assert [each.kind for each in found.things] == ["renamed"]
    assert not found.facts
    lost = both_ways(before, side(*BASE))
    assert {each.said.about for each in lost.facts} == {(TALKS, TALKS)}
    assert len(lost.facts) == 3


def against(one, other):
    return replace(one, contradicts=(other.id,)), replace(other, contradicts=(one.id,))


DAYS = (claim(4, TALKS, EDTF, "2025-01-10"), claim(5, TALKS, EDTF, "2025-01-11", article="b"))


def test_what_is_newly_disputed_has_both_sides_as_evidence():
    view = {each.triple for each in BASE}
    found = both_ways(side(*BASE, *DAYS, view=view), side(*BASE, *against(*DAYS), view=view))
    assert told(found) == [("disputed", "dispute", None, "")]
    assert {each.id for each in found.facts[0].after.claims} == {"c4", "c5"}
    assert [each.kind for each in mirrored(found).facts] == ["settled"]


def test_a_dispute_goes_on_under_another_name_of_the_event():
    labels = {TALKS: "T", ROUND: "T"}
    before = side(*BASE, *against(*DAYS), labels=labels)
    after = side(*renamed((*BASE, *against(*DAYS)), {TALKS: ROUND}), labels=labels)
    assert both_ways(before, after).equal


def test_a_new_denial_is_told_as_the_dispute_that_it_is():
    denial = claim(9, "norway", PART, TALKS, negated=True, article="b")
    found = both_ways(side(*BASE), side(*BASE[1:], *against(BASE[0], denial)))
    assert [each.kind for each in found.facts] == ["disputed"]


def test_a_denial_that_nobody_contradicts_is_gained():
    denial = claim(9, "qatar", PART, TALKS, negated=True, article="b")
    assert told(both_ways(side(*BASE), side(*BASE, denial))) == [("gained", "", None, "denied")]


def test_a_meeting_of_two_is_one_fact_without_claims():
    view = {each.triple for each in BASE} | {("egypt", MET, "norway")}
    found = both_ways(side(*BASE), side(*BASE, view=view))
    assert told(found) == [("gained", "", None, "actual")]
    assert found.facts[0].after.claims == ()


def test_plain_facts_are_compared_with_plain_facts():
    bare = side(view={each.triple for each in BASE})
    assert both_ways(bare, side(*BASE)).equal
    found = both_ways(bare, side(*BASE[:2]))
    assert [each.kind for each in found.facts] == ["lost"]


def test_an_empty_graph_has_lost_everything():
    found = both_ways(side(*BASE), side())
    assert [each.kind for each in found.facts] == ["lost"] * len(BASE)
    assert [each.kind for each in found.things] == ["gone"]


# Random graphs

EVENTS = (TALKS, ROUND, VISIT, "id/talks/x", "id/delegation/y")
ACTORS = ("norway", "egypt", "qatar")


@st.composite
def sides(draw):
    """Give a graph of a few claims on few places of few articles, so that much of two is shared."""
    claims = {}
    for number in draw(st.sets(st.integers(0, 11), max_size=9)):
        event = draw(st.sampled_from(EVENTS))
        actor = draw(st.sampled_from(ACTORS))
        predicate = draw(st.sampled_from((PART, PLACE, EDTF, STATUS)))
        triple = (actor, PART, event) if predicate == PART else (event, predicate, actor)
        article = draw(st.sampled_from(("a", "b", "")))
        found = claim(
            number % 6,
            *triple,
            article=article,
            text=draw(st.sampled_from(("one", "two"))) if article else "",
            modality=draw(st.sampled_from(("Actual", "Expected", "Possible"))),
            negated=draw(st.booleans()),
            confidence=draw(st.sampled_from((0.8, 0.85, 0.9, 1.0))),
            contradicts=tuple(draw(st.sets(st.sampled_from([f"n{at}" for at in range(12)]), max_size=2))),
        )
        claims[number] = replace(found, id=f"n{number}")
    whole = side(*claims.values())
    view = draw(st.sets(st.sampled_from(sorted(whole.view)))) if whole.view else set()
    return replace(whole, view=frozenset(view))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(sides())
def test_no_graph_differs_from_itself(one):
    assert compare(one, one).equal


@settings(max_examples=120, deadline=None, derandomize=True)
@given(sides(), sides())
def test_the_other_way_round_is_the_mirror_image(one, other):
    assert compare(other, one) == mirrored(compare(one, other))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(sides(), sides(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_does_not_matter(one, other, random):
    claims = list(one.claims)
    random.shuffle(claims)
    moving = list(one.moving.items())
    random.shuffle(moving)
    shuffled = replace(one, claims=tuple(claims), moving=dict(moving))
    assert compare(shuffled, other) == compare(one, other)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(sides())
def test_other_names_for_all_events_change_no_fact(one):
    names = {iri: f"{iri}-other" for iri in one.moving}
    claims = tuple(renamed(one.claims, names))
    view = frozenset((names.get(s, s), p, names.get(o, o)) for s, p, o in one.view)
    moving = {names[iri]: kind for iri, kind in one.moving.items()}
    other = Side(claims, view, {iri: iri for iri in moving}, moving, one.articles)
    found = compare(one, other)
    assert found.facts == ()
    assert {each.kind for each in found.things} <= {"renamed"}
