"""Which reports become one event, which do not, and what is said about why."""

from __future__ import annotations

import pytest
from readings import KB, NOT, Draft, entity, leads
from scenarios import ANI, ARMENIA, AZERBAIJAN, CAUCASUS, GENEVA, LEYLA, TBILISI, draft

from kg.errors import DataError
from kg.graph.assemble import assemble
from kg.graph.decisions import Decisions, parse_decisions
from kg.model import Reason
from kg.vocab import Vocabulary

HALL = "place/congress-hall"
BATUMI = "place/batumi"
PLACES = (
    entity(HALL, within=TBILISI),
    entity(BATUMI, within="state/georgia"),
    entity("state/turkiye"),
    entity("org/osce"),
)
LED = [leads(ANI, ARMENIA), leads(LEYLA, AZERBAIJAN)]


def report(name, roles=CAUCASUS, *, kind="Talks", place=TBILISI, when="2024-02-10", key="talks@0", **more):
    """One article with one event, in words that do not matter."""
    a = draft(name).know(*PLACES)
    where = [("location", place)] if place else []
    dated = {"when": when} if when else {}
    a.tell(key, kind, f"A report by {name}.", [*roles, *where], **dated, **more)
    return a


def build(*drafts, decisions=None):
    readings = [one.reading() if isinstance(one, Draft) else one for one in drafts]
    return assemble(readings, vocabulary=Vocabulary.load(), kb_version=KB, decisions=decisions)


def groups(*drafts, decisions=None):
    """How many reports each event has, largest first."""
    return sorted((len(event.members) for event in build(*drafts, decisions=decisions).events), reverse=True)


PERSONS = [("participatesIn", ANI), ("participatesIn", LEYLA)]
THREE = [*CAUCASUS, ("participatesIn", "org/osce")]
SHIFTED = [("participatesIn", ARMENIA), ("participatesIn", "org/osce")]
COME_AND_GO = [("participatesIn", ANI), ("participatesIn", "person/vahan-sargsyan")]

ONE = {
    "told alike": (report("a"), report("b")),
    "talks are a meeting": (report("a"), report("b", kind="Meeting")),
    "a third party named by one": (report("a"), report("b", THREE)),
    "a venue in the city": (report("a"), report("b", place=HALL)),
    "only the state is named": (report("a"), report("b", place="state/georgia")),
    "no place in one": (report("a"), report("b", place=None)),
    "dates overlap": (report("a", when="2024-02-09/2024-02-11"), report("b")),
    "leaders in one, persons in the other": (report("a", [*CAUCASUS, *LED]), report("b", PERSONS)),
    "sides known by their delegations": (report("a", LED), report("b")),
    "a day apart, same leaders, same place": (
        report("a", [*CAUCASUS, *LED]),
        report("b", [*CAUCASUS, *LED], when="2024-02-11"),
    ),
    "three days apart, same round": (report("a", ordinal=3), report("b", when="2024-02-13", ordinal=3)),
    "a month, the only round in it": (report("a"), report("b", when="2024-02", place=None)),
    "a year, the only round at the place": (report("a"), report("b", when="2024")),
    "undated, the weekday fits": (report("a"), report("b", when=None, weekday=5)),
    "undated, same leaders": (report("a", [*CAUCASUS, *LED]), report("b", [*CAUCASUS, *LED], when=None)),
    "undated, same round": (report("a", ordinal=2), report("b", when=None, ordinal=2)),
    "two vague dates": (report("a", when="2024"), report("b", when="2024-02/2024-03", place=None)),
    "the same visit": (
        report("a", [("participatesIn", ANI)], kind="Visit"),
        report("b", [("participatesIn", ANI)], kind="Visit"),
    ),
    "one report leaves open that they were indirect": (report("a"), report("b", kind="IndirectTalks")),
    "the same call": (report("a", kind="Call", place=None), report("b", kind="Call", place=None)),
}

TWO = {
    "a person is not his state": (report("a"), report("b", PERSONS)),
    "other parties": (report("a"), report("b", SHIFTED)),
    "only one party in common": (report("a", [CAUCASUS[0]]), report("b", [CAUCASUS[0]])),
    "other persons on the same day": (
        report("a", [*CAUCASUS, *PERSONS[:1]]),
        report("b", [*CAUCASUS, *PERSONS[1:]]),
    ),
    "other place": (report("a"), report("b", place=GENEVA)),
    "other city of the same state": (report("a"), report("b", place=BATUMI)),
    "other round": (report("a", ordinal=2), report("b", ordinal=3)),
    "a call is no meeting": (report("a", kind="Meeting"), report("b", kind="Call")),
    "a day apart, leaders not named": (report("a"), report("b", when="2024-02-11")),
    "a day apart, same leaders, only the state is named": (
        report("a", [*CAUCASUS, *LED], place="state/georgia"),
        report("b", [*CAUCASUS, *LED], place="state/georgia", when="2024-02-11"),
    ),
    "four days apart": (
        report("a", [*CAUCASUS, *LED]),
        report("b", [*CAUCASUS, *LED], when="2024-02-14"),
    ),
    "undated, other weekday": (report("a"), report("b", when=None, weekday=4)),
    "undated, nothing else to go by": (report("a"), report("b", when=None)),
    "undated, no place": (
        report("a", [*CAUCASUS, *LED]),
        report("b", [*CAUCASUS, *LED], when=None, place=None),
    ),
    "both undated": (
        report("a", [*CAUCASUS, *LED], when=None, weekday=4),
        report("b", [*CAUCASUS, *LED], when=None, weekday=4),
    ),
    "a year without a place": (report("a"), report("b", when="2024", place=None)),
    "visits of one person to two places": (
        report("a", [("participatesIn", ANI)], kind="Visit"),
        report("b", [("participatesIn", ANI)], kind="Visit", place=GENEVA),
    ),
    "attacks at two places": (
        report("a", [("performs", ARMENIA), ("directedAt", AZERBAIJAN)], kind="Attack"),
        report("b", [("performs", ARMENIA), ("directedAt", AZERBAIJAN)], kind="Attack", place=GENEVA),
    ),
    "an attack is no protest": (
        report("a", [("performs", ARMENIA)], kind="Attack"),
        report("b", [("performs", ARMENIA)], kind="Protest"),
    ),
}


def test_every_rule_has_both_kinds_of_case():
    assert len(ONE) >= 15
    assert len(TWO) >= 15


@pytest.mark.parametrize("name", ONE)
def test_one_event(name):
    graph = build(*ONE[name])
    assert [len(event.members) for event in graph.events] == [2]
    assert graph.events[0].reasons


@pytest.mark.parametrize("name", TWO)
def test_two_events(name):
    graph = build(*TWO[name])
    assert [len(event.members) for event in graph.events] == [1, 1]
    assert all(event.reasons == () for event in graph.events)


def test_an_undated_report_with_two_candidates_stays_alone():
    first = report("a", [*CAUCASUS, *LED])
    second = report("b", [*CAUCASUS, *LED], when="2024-03-09")
    undated = report("c", [*CAUCASUS, *LED], when=None, weekday=5)
    assert groups(first, undated) == [2]
    assert groups(first, second, undated) == [1, 1, 1]


def test_two_events_of_one_article_are_never_made_one():
    a = report("a", [*CAUCASUS, *LED])
    a.tell("talks@99", "Talks", "More.", [*CAUCASUS, ("location", TBILISI), *LED], when="2024-02-11")
    b = report("b", [*CAUCASUS, *LED])
    assert groups(a) == [1, 1]
    assert groups(a, b) == [2, 1]


def test_three_vague_reports_merge_only_if_all_fit_one_another():
    spring, march, may = (report(name, when=name) for name in ("2024-03/2024-05", "2024-03", "2024-05"))
    year = report("2024", when="2024-03/2024-04")
    assert groups(spring, march, year) == [3]
    assert groups(spring, march, may) == [1, 1, 1]


def test_near_dates_do_not_make_a_chain():
    days = [report(f"d{day}", [*CAUCASUS, *LED], when=f"2024-02-{day:02}") for day in range(1, 11, 2)]
    graph = build(*days)
    assert sum(len(event.members) for event in graph.events) == 5
    assert len(graph.events) > 1


def test_an_event_never_follows_itself_by_way_of_a_merge():
    a = report("a", [*CAUCASUS, *LED], when="2024-02-10")
    a.tell(
        "talks@9",
        "Talks",
        "They had met the day before.",
        [*CAUCASUS, ("location", TBILISI)],
        when="2024-02-09",
    )
    a.tell("talks@0", "Talks", "It follows.", [("follows", "talks@9")])
    b = report("b", when="2024-02-10")
    b.tell("talks@9", "Talks", "Another.", [*CAUCASUS, ("location", TBILISI)], when="2024-02-09")
    b.tell("talks@9", "Talks", "Wrong order.", [("follows", "talks@0")])
    graph = build(a, b)
    after = {(s, o) for s, p, o in graph.view if p == "dip:follows"}
    assert len(after) == 2
    assert not {(o, s) for s, o in after} & after


def test_the_reason_is_readable():
    (event,) = build(*ONE["a day apart, same leaders, same place"]).events
    (reason,) = event.reasons
    assert str(reason).split("; ") == [
        "same parties state/armenia, state/azerbaijan",
        "same place place/tbilisi",
        "same leaders person/ani-petrosyan, person/leyla-aliyeva",
        "dates 1 day apart",
    ]


def test_the_user_can_join_and_part():
    same = Decisions(same=frozenset({(("a", "talks@0"), ("b", "talks@0"))}))
    assert groups(*TWO["other place"]) == [1, 1]
    assert groups(*TWO["other place"], decisions=same) == [2]
    assert build(*TWO["other place"], decisions=same).events[0].reasons == (Reason((), "the user says so"),)
    different = Decisions(different=frozenset({(("a", "talks@0"), ("b", "talks@0"))}))
    assert groups(*ONE["told alike"], decisions=different) == [1, 1]


def test_a_decision_on_an_article_that_is_gone_is_kept_for_later():
    same = Decisions(same=frozenset({(("gone", "talks@0"), ("b", "talks@0"))}))
    assert groups(*ONE["told alike"], decisions=same) == [2]


def test_the_user_cannot_make_an_event_follow_itself():
    a = report("a")
    a.tell("talks@9", "Talks", "Before.", CAUCASUS, when="2023-01-01")
    a.tell("talks@0", "Talks", "It follows.", [("follows", "talks@9")])
    same = Decisions(same=frozenset({(("a", "talks@0"), ("a", "talks@9"))}))
    graph = build(a, decisions=same)
    assert len(graph.events) == 2
    assert [note.key for note in graph.notes] == ["talks@0"]


def test_decisions_are_read_from_toml():
    text = """
        [[same]]
        events = ["b.txt#talks@12", "a#1.txt#talks@0"]
        [[different]]
        events = ["a#1.txt#talks@0", "c.txt#talks@0"]
        [[reject]]
        claim = "claim/0123"
    """
    assert parse_decisions(text) == Decisions(
        frozenset({(("a#1.txt", "talks@0"), ("b.txt", "talks@12"))}),
        frozenset({(("a#1.txt", "talks@0"), ("c.txt", "talks@0"))}),
        frozenset({"0123"}),
    )
    assert parse_decisions("") == Decisions()


@pytest.mark.parametrize(
    "text",
    [
        "[[same]",
        "[[equal]]\nevents = []",
        "[[same]]\nevents = ['a#1']",
        "[[same]]\nevents = ['a', 'b']",
        "[[same]]\nevent = ['a#1', 'b#1']",
        "[[reject]]\nclaim = 7",
        "same = 1",
    ],
)
def test_wrong_decisions_are_named(text):
    with pytest.raises(DataError) as caught:
        parse_decisions(text, where="decisions.toml")
    assert caught.value.where == "decisions.toml"


def numbered(name, label, body="org/osce", key="resolution@0"):
    a = draft(name).know(*PLACES)
    return a.tell(key, "Resolution", f"{name} on {label}.", [("adopts", body)] if body else [], label=label)


def resolutions(*drafts):
    return sorted(node.path for node in build(*drafts).nodes if node.path.startswith("resolution/"))


def test_numbered_instruments_are_one_unless_bodies_differ():
    assert resolutions(numbered("a", "Resolution 77"), numbered("b", "resolution 77")) == ["resolution/77"]
    assert len(resolutions(numbered("a", "Resolution 77"), numbered("b", "Resolution 78"))) == 2
    assert len(resolutions(numbered("a", "Resolution 77"), numbered("b", "Resolution 77", ARMENIA))) == 2


def test_instruments_without_a_number_stay_with_their_article():
    assert len(resolutions(numbered("a", "Resolution on peace"), numbered("b", "Resolution on peace"))) == 2


def test_votes_on_one_instrument_are_one_vote():
    found = []
    for name, when in (("a", "2024-02-10"), ("b", "2024-02-10"), ("c", None)):
        a = numbered(name, "Resolution 77")
        dated = {"when": when} if when else {}
        found.append(a.tell("vote@0", "Vote", f"Voted, says {name}.", [("voteOn", "resolution@0")], **dated))
    assert groups(*found) == [3]
    later = numbered("d", "Resolution 77")
    later.tell("vote@0", "Vote", "Voted again.", [("voteOn", "resolution@0")], when="2024-05-10")
    assert groups(*found[:2], later) == [2, 1]
    assert groups(*found, later) == [2, 1, 1]


def test_a_denied_act_is_recognised_by_its_date():
    shelling = [("performs", ARMENIA), ("directedAt", AZERBAIJAN)]
    done = report("a", shelling, kind="Attack", place=None)
    denied = report("b", shelling, kind="Attack", place=None, stance=NOT)
    graph = build(done, denied)
    assert len(graph.events) == 1
    assert {claim.predicate for claim in graph.claims if claim.contradicts} == {
        "dip:performs",
        "dip:directedAt",
    }
