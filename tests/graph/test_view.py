"""What enters the view, and that every story conforms to the shapes."""

from __future__ import annotations

from functools import cache

import pytest
import scenarios
from conform import faults, full
from readings import EXPECT, KB, MAYBE, NOT, entity, leads, role, stance
from scenarios import ANI, ARMENIA, AZERBAIJAN, CAUCASUS, GENEVA, LEYLA, TBILISI, VAHAN, draft

from kg.graph.assemble import assemble
from kg.vocab import Vocabulary


def build(*readings):
    return assemble(readings, vocabulary=Vocabulary.load(), kb_version=KB)


@cache
def told(story):
    return build(*story())


def plain(graph):
    return {(s, p.removeprefix("dip:"), getattr(o, "text", o)) for s, p, o in graph.view}


def contested(graph):
    return sorted(claim.predicate.removeprefix("dip:") for claim in graph.claims if claim.contradicts)


@pytest.mark.parametrize("story", scenarios.STORIES, ids=lambda story: story.__name__)
def test_every_story_and_each_of_its_articles_conforms(story):
    readings = story()
    for some in ([readings[0]], [readings[-1]], readings):
        graph = build(*some)
        assert graph.claims
        assert faults(graph.triples) == []
        assert graph.notes == ()


def test_all_stories_together_conform_in_pyshacl():
    graph = build(*(reading for story in scenarios.STORIES for reading in story()))
    assert len(scenarios.STORIES) >= 9
    assert faults(graph.triples) == []
    ok, report = full(graph.triples)
    assert ok, report


def test_the_fast_check_finds_what_pyshacl_finds():
    graph = told(scenarios.disputed_leader)
    for lost in (
        "#represents>",
        "nif-core#anchorOf>",
        "#negated>",
        "#contentHash>",
        "22-rdf-syntax-ns#subject>",
    ):
        broken = [triple for triple in graph.triples if lost not in str(triple.predicate)]
        assert len(broken) < len(graph.triples)
        assert faults(broken), lost
    broken = [triple for triple in graph.triples if "#represents>" not in str(triple.predicate)]
    assert full(broken)[0] is False


# The table in meaning.md: status of the event, then whether an Actual and an Expected role enter.
TABLE = {
    "Proposed": (False, False),
    "Refused": (False, False),
    "Cancelled": (False, False),
    "Planned": (True, True),
    "Postponed": (True, True),
    None: (True, True),
    "Ongoing": (True, False),
    "Held": (True, False),
}
ROLES = ("participatesIn", "hosts", "mediates", "brokers", "observes", "guarantees", "involvedIn")


@pytest.mark.parametrize("status", TABLE)
@pytest.mark.parametrize("predicate", ROLES)
def test_roles_enter_by_the_status_of_the_event(status, predicate):
    a = draft("table")
    told_ = [role(predicate, ARMENIA), role(predicate, AZERBAIJAN, stance=EXPECT)]
    a.tell("talks@0", "Talks", "Somebody did.", told_, **({"status": status} if status else {}))
    graph = build(a.reading())
    entered = {s for s, p, _ in plain(graph) if p == predicate}
    actual, expected = TABLE[status]
    assert (ARMENIA in entered, AZERBAIJAN in entered) == (actual, expected)
    assert faults(graph.triples) == []


@pytest.mark.parametrize("status", TABLE)
def test_leaders_enter_as_their_delegation_does(status):
    a = draft("table")
    told_ = [leads(ANI, ARMENIA), leads(LEYLA, AZERBAIJAN, stance=EXPECT)]
    a.tell("talks@0", "Talks", "Somebody led.", told_, **({"status": status} if status else {}))
    graph = build(a.reading())
    leading = {s for s, p, _ in plain(graph) if p == "leads"}
    # The shapes ask for every Actual claim of leadership, whatever became of the event.
    assert ANI in leading
    assert (LEYLA in leading) == TABLE[status][1]
    present = {s for s, p, _ in plain(graph) if p == "participatesIn"}
    assert (ANI in present) == (status in ("Ongoing", "Held"))
    assert LEYLA not in present
    assert faults(graph.triples) == []


@pytest.mark.parametrize(
    ("predicate", "kind"), [("signs", "Agreement"), ("adopts", "Resolution"), ("performs", "Aid")]
)
def test_promises_are_no_deeds(predicate, kind):
    a = draft("deeds")
    told_ = [role(predicate, ARMENIA), role(predicate, AZERBAIJAN, stance=EXPECT)]
    a.tell("thing@0", kind, "One did, one will.", told_)
    graph = build(a.reading())
    assert {s for s, p, _ in plain(graph) if p == predicate} == {ARMENIA}
    assert faults(graph.triples) == []


@pytest.mark.parametrize("how", [MAYBE, NOT, stance("dip:Conditional"), stance("dip:Expected", negated=True)])
def test_what_is_denied_or_possible_stays_out(how):
    a = draft("maybe")
    a.tell("talks@0", "Talks", "Perhaps.", [*CAUCASUS, ("location", TBILISI)], when="2024-01-01", stance=how)
    a.tell("demand@0", "Demand", "Perhaps.", [("takes", ARMENIA), ("content", "peace")], stance=how)
    graph = build(a.reading())
    assert graph.view == ()
    assert len(graph.claims) == 6
    assert faults(graph.triples) == []


def test_attributed_claims_are_in_the_view():
    a = draft("said").tell(
        "talks@0", "Talks", "So it says.", CAUCASUS, status="Held", stance=stance(by=ARMENIA)
    )
    graph = build(a.reading())
    assert (ARMENIA, "participatesIn", "talks/armenia-azerbaijan") in plain(graph)
    assert {claim.stance.speaker for claim in graph.claims} == {ARMENIA}


def status_of(*told_):
    drafts = []
    for number, (status, day) in enumerate(told_):
        a = draft(f"status-{number}", *([int(part) for part in day.split("-")] if day else []))
        drafts.append(
            a.tell(
                "talks@0",
                "Talks",
                f"Report {number}.",
                [*CAUCASUS, ("location", TBILISI)],
                when="2024-05-05",
                status=status,
            ).reading()
        )
    found = [o for _, p, o in build(*drafts).view if p == "dip:status"]
    assert len(found) == 1
    return found[0].removeprefix("dip:Status")


def test_the_latest_source_gives_the_status():
    assert status_of(("Held", "2024-05-06"), ("Postponed", "2024-05-01")) == "Held"
    assert status_of(("Planned", "2024-05-01"), ("Cancelled", "2024-05-02")) == "Cancelled"
    assert status_of(("Cancelled", "2024-05-01"), ("Planned", "2024-05-02")) == "Planned"
    assert status_of(("Held", "2024-05-01"), ("Planned", "2024-05-01")) == "Held"
    assert status_of(("Held", None), ("Planned", "2024-05-09")) == "Held"
    assert status_of(("Planned", None), ("Ongoing", "2024-05-01"), ("Held", "2024-04-01")) == "Ongoing"


def test_no_status_told_none_stated():
    graph = build(draft("none").tell("talks@0", "Talks", "Talks.", CAUCASUS).reading())
    assert not [triple for triple in graph.view if triple[1] == "dip:status"]


def dates(*texts):
    a = draft("dates")
    for text in texts:
        a.tell("talks@0", "Talks", f"On {text}.", [], when=text)
    graph = build(a.reading())
    assert faults(graph.triples) == []
    found = {p: o for _, p, o in plain(graph)}
    return found.get("earliest"), found.get("latest"), found.get("edtf"), bool(contested(graph))


@pytest.mark.parametrize(
    ("texts", "want"),
    [
        (["2024-05-05"], ("2024-05-05", "2024-05-05", "2024-05-05", False)),
        (["2024-05", "2024-05-05"], ("2024-05-05", "2024-05-05", "2024-05-05", False)),
        (["2024", "2024-05", "2024-05-05"], ("2024-05-05", "2024-05-05", "2024-05-05", False)),
        (["2024-05-05", "2024-05-06"], ("2024-05-05", "2024-05-06", None, True)),
        (["2024-05", "2024-06-01"], ("2024-05-01", "2024-06-01", None, True)),
        (["2024-05-01/2024-05-04", "2024-05-03/2024-05-09"], ("2024-05-01", "2024-05-09", None, False)),
        (["../2024-05-05"], (None, "2024-05-05", "../2024-05-05", False)),
        (["2022/.."], ("2022-01-01", None, "2022/..", False)),
        (["2024-05/.."], ("2024-05-01", None, "2024-05-01/..", False)),
        (["../2024-05", "2024-05-05"], ("2024-05-05", "2024-05-05", "2024-05-05", False)),
    ],
)
def test_dates_are_joined(texts, want):
    assert dates(*texts) == want


def test_days_that_differ_contradict_whatever_their_modality():
    a = draft("days")
    a.tell("talks@0", "Talks", "Perhaps on the fifth.", [], when="2024-05-05", stance=MAYBE)
    a.tell("talks@0", "Talks", "Not on the sixth.", [], when="2024-05-06", stance=NOT)
    graph = build(a.reading())
    assert contested(graph) == ["edtf", "edtf"]
    assert faults(graph.triples) == []


def test_disputed_leaders_contradict():
    graph = told(scenarios.disputed_leader)
    assert contested(graph) == ["leads", "leads"]
    assert (VAHAN, "metWith", ANI) not in plain(graph)
    assert (VAHAN, "metWith", LEYLA) in plain(graph)


def test_leaders_named_by_one_article_do_not_contradict():
    readings = scenarios.disputed_leader()
    a = draft("leader-c", 2024, 2, 13)
    a.tell(
        "talks@0",
        "Talks",
        "Ani Petrosyan and Vahan Sargsyan led together.",
        [*CAUCASUS, ("location", TBILISI), leads(ANI, ARMENIA), leads(VAHAN, ARMENIA)],
        when="2024-02-10",
    )
    assert contested(build(*readings, a.reading())) == []


def test_a_cancelled_round_has_nobody_in_it():
    graph = told(scenarios.planned_then_cancelled)
    (event,) = graph.events
    assert (event.path, "status", "dip:StatusCancelled") in plain(graph)
    assert not [s for s, _, o in plain(graph) if o == event.path]
    before = build(scenarios.planned_then_cancelled()[0])
    assert {s for s, _, o in plain(before) if o == event.path} >= {"state/serbia", "state/kosovo"}


def test_who_talks_through_others_has_not_met():
    graph = build(scenarios.indirect()[0])
    assert not [triple for triple in plain(graph) if triple[1] == "metWith"]
    assert [event.type for event in graph.events] == ["dip:IndirectTalks"]
    both = told(scenarios.indirect)
    assert len(both.events) == 1
    # Where one report says that they sat apart, no meeting face to face is derived from another.
    assert not [triple for triple in plain(both) if triple[1] == "metWith"]
    types = next(node.types for node in graph.nodes if node.path == graph.events[0].path)
    assert types == ("dip:IndirectTalks", "dip:Talks", "dip:Meeting", "dip:Event")


def test_who_watches_has_not_met_and_a_delegation_brings_its_side():
    found = plain(told(scenarios.observers))
    assert {frozenset((s, o)) for s, p, o in found if p == "metWith"} == {
        frozenset((ARMENIA, AZERBAIJAN)),
        frozenset((AZERBAIJAN, "state/qatar")),
    }
    assert ("state/qatar", "observes", "talks/armenia-azerbaijan-tbilisi-2024-06-01") in found
    assert (AZERBAIJAN, "participatesIn", "meeting/azerbaijan-qatar-geneva-2024-05-20") in found
    assert not [triple for triple in found if triple[1] == "mediates"]


def test_two_counts_stay_and_contradict():
    graph = told(scenarios.vote_counts)
    counts = {o for _, p, o in plain(graph) if p == "votesFor"}
    assert counts == {"13", "14", "1234"}
    assert contested(graph) == ["votesFor", "votesFor"]


def test_a_vote_on_nothing_known_is_only_an_event():
    graph = told(scenarios.vote_counts)
    types = {node.path: node.types for node in graph.nodes}
    (lone,) = [path for path in types if path.startswith("vote/") and "council" not in path]
    assert types[lone] == ("dip:Event",)


def test_held_and_cancelled_on_one_day_contradict():
    assert contested(told(scenarios.held_or_postponed)) == ["status", "status"]
    assert contested(build(*scenarios.held_or_postponed()[:2])) == []


def test_a_pledge_that_is_no_ceasefire():
    graph = told(scenarios.signatures)
    types = {node.path: node.types for node in graph.nodes}
    pledge = next(path for path in types if path.startswith("agreement/"))
    assert types[pledge] == ("dip:Agreement", "dip:Instrument")
    (denied,) = [claim for claim in graph.claims if claim.predicate == "rdf:type"]
    assert (denied.object, denied.stance.negated, denied.stance.speaker) == ("dip:Ceasefire", True, LEYLA)


def test_what_is_denied_to_be_a_ceasefire_is_an_agreement():
    a = draft("deny").tell("ceasefire@0", "Ceasefire", "A truce.", [("signs", ARMENIA)])
    a.tell("ceasefire@0", "Ceasefire", "It is none.", [role("rdf:type", "dip:Ceasefire", stance=NOT)])
    (node,) = [node for node in build(a.reading()).nodes if "ceasefire" in node.path]
    assert node.types == ("dip:Agreement", "dip:Instrument")


def test_dates_a_day_apart_contradict_and_leave_no_date():
    graph = told(scenarios.near_dates)
    (event,) = graph.events
    assert event.path == "talks/armenia-azerbaijan-tbilisi-2024"
    assert contested(graph) == ["edtf", "edtf"]
    assert not [triple for triple in plain(graph) if triple[1] == "edtf"]


def test_a_triple_and_its_denial_contradict():
    assert contested(told(scenarios.denials)) == ["performs", "performs"]


def hosts(kind="Talks", place=TBILISI, status="Held", how=None, extra=()):
    a = draft("host").know(entity("place/embassy", within="place/tbilisi"))
    given = {"status": status} if status else {}
    given |= {"stance": how} if how else {}
    a.tell("talks@0", kind, "They were there.", [*CAUCASUS, *extra, ("location", place)], **given)
    graph = build(a.reading())
    assert faults(graph.triples) == []
    return [
        (claim.subject, claim.stance.modality) for claim in graph.claims if claim.predicate == "dip:hosts"
    ]


def test_the_state_of_the_venue_hosts():
    assert hosts() == [("state/georgia", "dip:Actual")]
    assert hosts(place="place/embassy") == [("state/georgia", "dip:Actual")]
    assert hosts(status="Planned") == [("state/georgia", "dip:Expected")]
    assert hosts(status=None, how=EXPECT) == [("state/georgia", "dip:Expected")]


@pytest.mark.parametrize("status", ["Proposed", "Refused", "Cancelled"])
def test_nobody_hosts_what_does_not_take_place(status):
    assert hosts(status=status) == []


def test_the_state_of_the_venue_hosts_only_if_nobody_else_does():
    assert hosts(extra=[("hosts", "org/european-union")]) == [("org/european-union", "dip:Actual")]
    assert hosts(extra=[("location", GENEVA)]) == []
    assert hosts(kind="Call") == []
    assert hosts(kind="Visit") == []
    assert hosts(how=MAYBE) == []


def test_inferred_claims_keep_to_one_source_and_its_speaker():
    a = draft("speaker")
    by = stance(by=ARMENIA)
    a.tell(
        "talks@0",
        "Talks",
        "They meet in Tbilisi, Yerevan says.",
        [*CAUCASUS, ("location", TBILISI)],
        stance=by,
    )
    (claim,) = [claim for claim in build(a.reading()).claims if claim.rule is not None]
    assert claim.stance.speaker == ARMENIA
    assert claim.document is None
    assert len(claim.derived_from) == 1


def test_persons_of_one_side_have_not_met_each_other():
    a = draft("three")
    persons = [("participatesIn", person) for person in (ANI, VAHAN, LEYLA)]
    a.tell("meeting@0", "Meeting", "Three people met.", persons, status="Held")
    met = {frozenset((s, o)) for s, p, o in plain(build(a.reading())) if p == "metWith"}
    assert met == {frozenset((ANI, LEYLA)), frozenset((VAHAN, LEYLA))}


def test_three_persons_of_unknown_sides_have_not_surely_met():
    crowd = [entity(f"person/{name}", known=False) for name in ("x-one", "y-two", "z-three")]
    found = {}
    for size in (2, 3):
        a = draft("crowd").know(*crowd)
        told_ = [("participatesIn", one.key) for one in crowd[:size]]
        a.tell("meeting@0", "Meeting", "People met.", told_, status="Held")
        found[size] = len([1 for _, p, _ in plain(build(a.reading())) if p == "metWith"])
    assert found == {2: 2, 3: 0}
