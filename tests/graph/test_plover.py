"""Event data: which pairs an article gives, in which words, and what stays out."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pyoxigraph as ox
import pytest
from readings import EXPECT, KB, MAYBE, NOT, entity, leads, role, stance
from scenarios import (
    ANI,
    ARMENIA,
    AZERBAIJAN,
    CAUCASUS,
    EU,
    GENEVA,
    GEORGIA,
    IRAN,
    LEYLA,
    MUSCAT,
    OMAN,
    QATAR,
    TBILISI,
    US,
    VAHAN,
    draft,
)

from kg import registry
from kg.graph.assemble import assemble
from kg.graph.plover import PLOVER_COLUMNS
from kg.graph.store import ontology_triples
from kg.model import Role, Span, Term
from kg.vocab import NS, Vocabulary, data_folder

SAID, PLANNED, DENIED = ("actual", "false"), ("expected", "false"), ("actual", "true")


def written(triples):
    out = io.BytesIO()
    registry.find("exporter", "plover")([*triples, *ontology_triples()], Vocabulary.load(), out)
    return out.getvalue()


def triples_of(*articles):
    readings = [article.reading() for article in articles]
    graph = assemble(readings, vocabulary=Vocabulary.load(), kb_version=KB)
    assert graph.notes == ()
    return graph.triples


def rows(*articles):
    found = list(csv.DictReader(io.StringIO(written(triples_of(*articles)).decode(), newline="")))
    texts = {article.id: article.text for article in articles}
    for row in found:  # every row quotes its article, and names it as the other exports do
        name = row["article"].rpartition("/")[2].rsplit("-", 1)[0]
        assert row["sentence"] == texts[name][int(row["start"]) : int(row["end"])]
    return found


def brief(found):
    """Who, what, to whom, how told."""
    return {(row["source"], row["plover"], row["target"], (row["modality"], row["negated"])) for row in found}


def parties(*keys, **more):
    return [role("participatesIn", key, **more) for key in keys]


# Acts and stances


def test_an_act_has_a_row_from_who_does_it_to_whom_it_falls_on():
    a = draft("raid", 2025, 1, 3)
    told = [("performs", ARMENIA), ("directedAt", AZERBAIJAN), ("location", TBILISI)]
    a.tell("attack@0", "Attack", "Armenia shelled Azerbaijan.", told, when="2025-01-02")
    (row,) = rows(a)
    assert row == {
        "article": row["article"],
        "start": "0",
        "end": "27",
        "date": "2025-01-02",
        "source": "Armenia",
        "source_qid": "",
        "target": "Azerbaijan",
        "target_qid": "",
        "event_type": "Attack",
        "plover": "ASSAULT",
        "place": "Tbilisi",
        "modality": "actual",
        "negated": "false",
        "speaker": "",
        "confidence": "0.9",
        "sentence": "Armenia shelled Azerbaijan.",
    }
    assert row["article"].startswith("https://w3id.org/diplomacy-kg/id/doc/raid-")


def test_an_act_without_a_target_still_has_a_row():
    a = draft("alone").tell("protest@0", "Protest", "Armenia protested.", [("performs", ARMENIA)])
    assert brief(rows(a)) == {("Armenia", "PROTEST", "", SAID)}


def test_an_act_without_a_doer_has_none():
    a = draft("nobody").tell("attack@0", "Attack", "Armenia was hit.", [("directedAt", ARMENIA)])
    assert rows(a) == []


def test_each_doer_is_paired_with_each_target():
    told = [("performs", IRAN), ("performs", OMAN), ("directedAt", US), ("directedAt", QATAR)]
    a = draft("many").tell("sanction@0", "Sanction", "Two on two.", told)
    assert {(s, t) for s, _, t, _ in brief(rows(a))} == {
        ("Iran", "United States"),
        ("Iran", "Qatar"),
        ("Oman", "United States"),
        ("Oman", "Qatar"),
    }


def test_those_who_cooperate_are_each_other_s_target_and_those_who_attack_together_are_not():
    both = [("performs", IRAN), ("performs", OMAN)]
    a = draft("joint").tell("cooperation@0", "Cooperation", "They swapped prisoners.", both)
    a.tell("attack@0", "Attack", "They bombed.", both)
    assert {(s, c, t) for s, c, t, _ in brief(rows(a))} == {
        ("Iran", "COOPERATE", "Oman"),
        ("Oman", "COOPERATE", "Iran"),
        ("Iran", "ASSAULT", ""),
        ("Oman", "ASSAULT", ""),
    }


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("Demand", "DEMAND"),
        ("Offer", "AGREE"),
        ("Refusal", "REJECT"),
        ("Support", "SUPPORT"),
        ("Opposition", "DISAPPROVE"),
        ("Threat", "THREATEN"),
    ],
)
def test_a_stance_goes_from_who_takes_it_to_whom_it_addresses(kind, code):
    told = [("takes", ANI), ("addressedTo", AZERBAIJAN), ("content", "a reply")]
    a = draft("stance").tell(f"{kind.lower()}@0", kind, "Ani Petrosyan spoke to Azerbaijan.", told)
    assert brief(rows(a)) == {("Ani Petrosyan", code, "Azerbaijan", SAID)}
    assert rows(a)[0]["event_type"] == kind


def test_a_stance_on_an_idea_has_no_target():
    told = [("takes", ANI), ("content", "peace")]
    a = draft("idea").tell("demand@0", "Demand", "Ani Petrosyan demanded peace.", told)
    assert brief(rows(a)) == {("Ani Petrosyan", "DEMAND", "", SAID)}


# Meetings, calls, visits


@pytest.mark.parametrize("kind", ["Meeting", "Talks", "IndirectTalks", "Call"])
def test_a_meeting_has_a_row_for_each_ordered_pair(kind):
    three = parties(ARMENIA, AZERBAIJAN, GEORGIA)
    a = draft("three").tell(f"{kind.lower()}@0", kind, "The three talked.", three, status="Held")
    found = rows(a)
    names = ("Armenia", "Azerbaijan", "Georgia")
    assert {(r["source"], r["target"]) for r in found} == {(s, t) for s in names for t in names if s != t}
    assert {(r["event_type"], r["plover"]) for r in found} == {(kind, "CONSULT")}
    assert len(found) == 6


def test_a_party_whose_counterpart_is_not_told_has_an_empty_target():
    a = draft("one").tell("talks@0", "Talks", "Armenia attended.", parties(ARMENIA))
    assert brief(rows(a)) == {("Armenia", "CONSULT", "", SAID)}


def test_the_host_is_the_counterpart_only_of_a_single_side():
    a = draft("guest").tell(
        "talks@0", "Talks", "Oman received Iran for talks.", [*parties(IRAN), ("hosts", OMAN)]
    )
    assert brief(rows(a)) == {("Iran", "CONSULT", "Oman", SAID), ("Oman", "CONSULT", "Iran", SAID)}
    b = draft("venue").tell(
        "talks@0", "Talks", "Oman hosted Iran and Qatar.", [*parties(IRAN, QATAR), ("hosts", OMAN)]
    )
    assert {(s, t) for s, _, t, _ in brief(rows(b))} == {("Iran", "Qatar"), ("Qatar", "Iran")}


def test_observers_and_guarantors_have_no_rows():
    told = [*CAUCASUS, ("observes", EU), ("guarantees", GEORGIA)]
    a = draft("watch").tell("talks@0", "Talks", "All were there.", told)
    assert {row["source"] for row in rows(a)} == {"Armenia", "Azerbaijan"}


def test_a_visit_goes_from_the_visitor_to_the_state_of_the_place():
    a = draft("visit").tell(
        "visit@0", "Visit", "Leyla flew to Muscat.", [*parties(LEYLA), ("location", MUSCAT)]
    )
    (row,) = rows(a)
    assert (row["source"], row["plover"], row["target"]) == ("Leyla Aliyeva", "CONSULT", "Oman")
    assert (row["event_type"], row["place"]) == ("Visit", "Muscat")


def test_a_visit_to_a_host_told_goes_to_the_host():
    told = [*parties(LEYLA), ("hosts", ANI), ("location", GENEVA)]
    a = draft("visit").tell("visit@0", "Visit", "Leyla Aliyeva called on Ani Petrosyan in Geneva.", told)
    assert brief(rows(a)) == {("Leyla Aliyeva", "CONSULT", "Ani Petrosyan", SAID)}


def test_a_visit_within_the_own_state_has_no_target():
    a = draft("home").tell(
        "office/foreign-minister-of-armenia", "Office", "Minister Ani.", [("holdsOffice", ANI)]
    )
    a.know(entity("place/gyumri", within=ARMENIA))
    a.tell("visit@0", "Visit", "She was in Gyumri.", [*parties(ANI), ("location", "place/gyumri")])
    assert brief(rows(a)) == {("Ani Petrosyan", "CONSULT", "", SAID)}


# Third parties


@pytest.mark.parametrize("predicate", ["mediates", "brokers"])
def test_who_mediates_is_a_source_and_no_target(predicate):
    told = [*parties(IRAN, US), (predicate, OMAN)]
    a = draft("offices").tell("talks@0", "Talks", "Oman went between Iran and the US.", told)
    assert brief(rows(a)) == {
        ("Oman", "CONSULT", "Iran", SAID),
        ("Oman", "CONSULT", "United States", SAID),
        ("Iran", "CONSULT", "United States", SAID),
        ("United States", "CONSULT", "Iran", SAID),
    }


def test_two_persons_who_mediate_are_paired_with_the_parties_and_not_with_each_other():
    told = [*parties(IRAN, US), ("mediates", ANI), ("mediates", LEYLA)]
    a = draft("two").tell("talks@0", "Talks", "Two went between.", told)
    found = {(s, t) for s, _, t, _ in brief(rows(a))}
    assert {t for s, t in found if s in ("Ani Petrosyan", "Leyla Aliyeva")} == {"Iran", "United States"}
    assert len(found) == 6


def test_a_mediator_is_not_between_those_who_came_and_those_who_did_not():
    a = draft("gap").tell("talks@0", "Talks", "Oman mediated.", [*parties(IRAN, US), ("mediates", OMAN)])
    a.tell("talks@0", "Talks", "Qatar was absent.", parties(QATAR), stance=NOT)
    assert {t for s, _, t, _ in brief(rows(a)) if s == "Oman"} == {"Iran", "United States"}
    b = draft("none").tell("talks@0", "Talks", "Nobody came.", parties(IRAN, US), stance=NOT)
    b.tell("talks@0", "Talks", "Oman mediated.", [("mediates", OMAN)])
    assert {(t, how) for s, _, t, how in brief(rows(b)) if s == "Oman"} == {
        ("", SAID),
        ("Iran", DENIED),
        ("United States", DENIED),
    }


def test_a_mediator_is_quoted_with_the_sentence_that_says_so():
    a = draft("where").tell("talks@0", "Talks", "Iran met the US.", parties(IRAN, US, score=0.7))
    a.tell("talks@0", "Talks", "Oman mediated.", [("mediates", OMAN)])
    told = {row["source"]: row for row in rows(a)}
    assert (told["Oman"]["sentence"], told["Oman"]["confidence"]) == ("Oman mediated.", "0.7")


def test_a_process_has_rows_of_its_mediators_alone():
    told = [*parties(IRAN, US), ("mediates", OMAN)]
    a = draft("track").tell("process@0", "Process", "The Omani track goes on.", told)
    assert {(s, c, t) for s, c, t, _ in brief(rows(a))} == {
        ("Oman", "CONSULT", "Iran"),
        ("Oman", "CONSULT", "United States"),
    }


# Instruments and votes


def test_signatories_of_one_instrument_are_paired():
    three = [("signs", key) for key in (IRAN, OMAN, QATAR)]
    a = draft("pact").tell("agreement@0", "Agreement", "Three signed.", three, when="2024-10-01")
    found = rows(a)
    assert len(found) == 6
    assert {(r["event_type"], r["plover"], r["date"]) for r in found} == {
        ("Agreement", "SUPPORT", "2024-10-01")
    }


def test_a_ceasefire_has_the_code_of_the_agreement_that_it_is():
    a = draft("truce").tell("ceasefire@0", "Ceasefire", "Both signed.", [("signs", IRAN), ("signs", US)])
    assert {(r["event_type"], r["plover"]) for r in rows(a)} == {("Ceasefire", "SUPPORT")}


def test_votes_and_adoptions_have_no_rows():
    council = "org/un-security-council"
    a = draft("vote").tell("resolution@0", "Resolution", "The Council adopted it.", [("adopts", council)])
    told = [*parties(IRAN, US), ("voteOn", "resolution@0"), ("votesFor", "9")]
    a.tell("vote@0", "Vote", "Nine were in favour.", told)
    assert rows(a) == []


# How it is told


def test_what_is_planned_is_expected():
    a = draft("plan").tell("talks@0", "Talks", "They will meet.", CAUCASUS, stance=EXPECT, status="Planned")
    assert {how for *_, how in brief(rows(a))} == {PLANNED}


@pytest.mark.parametrize(
    ("status", "modality"),
    [
        ("Proposed", "possible"),
        ("Refused", "possible"),
        ("Planned", "expected"),
        ("Postponed", "expected"),
        ("Cancelled", "expected"),
        ("Ongoing", "actual"),
        ("Held", "actual"),
    ],
)
def test_nothing_is_actual_in_an_event_that_has_not_begun(status, modality):
    a = draft("status").tell("talks@0", "Talks", "The round.", CAUCASUS, status=status)
    assert {row["modality"] for row in rows(a)} == {modality}


def test_what_is_denied_is_negated_however_far_the_event_came():
    a = draft("denial").tell("talks@0", "Talks", "They did not meet.", CAUCASUS, stance=NOT, status="Refused")
    assert brief(rows(a)) == {
        ("Armenia", "CONSULT", "Azerbaijan", DENIED),
        ("Azerbaijan", "CONSULT", "Armenia", DENIED),
    }


def test_who_stayed_away_stands_alone_where_others_met():
    a = draft("absent").tell("talks@0", "Talks", "Two met.", CAUCASUS)
    a.tell("talks@0", "Talks", "Georgia was absent.", parties(GEORGIA), stance=NOT)
    assert brief(rows(a)) == {
        ("Armenia", "CONSULT", "Azerbaijan", SAID),
        ("Azerbaijan", "CONSULT", "Armenia", SAID),
        ("Georgia", "CONSULT", "", DENIED),
    }


def test_who_left_one_party_waiting_did_not_meet_that_party():
    a = draft("waiting").tell("talks@0", "Talks", "Armenia came.", parties(ARMENIA))
    a.tell("talks@0", "Talks", "Azerbaijan stayed away.", parties(AZERBAIJAN), stance=NOT)
    found = rows(a)
    assert brief(found) == {
        ("Armenia", "CONSULT", "", SAID),
        ("Armenia", "CONSULT", "Azerbaijan", DENIED),
        ("Azerbaijan", "CONSULT", "Armenia", DENIED),
    }
    assert {r["sentence"] for r in found if r["negated"] == "true"} == {"Azerbaijan stayed away."}


def test_what_an_article_says_and_has_denied_gives_two_rows():
    told = [("performs", ARMENIA), ("directedAt", AZERBAIJAN)]
    a = draft("both").tell("attack@0", "Attack", "Armenia shelled Azerbaijan.", told)
    a.tell("attack@0", "Attack", "Ani Petrosyan denied it.", told, stance=stance(negated=True, by=ANI))
    assert [(row["negated"], row["speaker"]) for row in rows(a)] == [("false", ""), ("true", "Ani Petrosyan")]


def test_the_weaker_claim_gives_the_stance_and_the_passage_and_the_lower_confidence_counts():
    a = draft("weaker").tell("talks@0", "Talks", "Armenia came.", parties(ARMENIA, score=0.6))
    a.tell(
        "talks@0",
        "Talks",
        "Azerbaijan may come, says Leyla.",
        parties(AZERBAIJAN),
        stance=stance("dip:Possible", by=LEYLA),
    )
    for row in rows(a):
        assert (row["modality"], row["speaker"], row["confidence"]) == ("possible", "Leyla Aliyeva", "0.6")
        assert row["sentence"] == "Azerbaijan may come, says Leyla."


def test_the_speaker_of_one_claim_is_the_speaker_of_the_row():
    told = parties(ARMENIA, stance=stance(by=LEYLA)) + parties(AZERBAIJAN, stance=EXPECT)
    a = draft("half").tell("talks@0", "Talks", "The one came, says Leyla, the other will.", told)
    assert {(row["modality"], row["speaker"]) for row in rows(a)} == {("expected", "Leyla Aliyeva")}


def test_what_is_attributed_names_the_speaker():
    told = [("performs", ARMENIA), ("directedAt", AZERBAIJAN)]
    a = draft("quoted").tell(
        "attack@0", "Attack", "Armenia fired, says Leyla.", told, stance=stance(by=LEYLA)
    )
    assert [row["speaker"] for row in rows(a)] == ["Leyla Aliyeva"]


def test_one_article_that_says_it_twice_gives_one_row_in_its_firmest_words():
    a = draft("twice").tell("talks@0", "Talks", "They will meet.", CAUCASUS, stance=EXPECT)
    a.tell("talks@0", "Talks", "They have met.", CAUCASUS, status="Held")
    a.tell("talks@0", "Talks", "They may have met.", CAUCASUS, stance=MAYBE)
    found = rows(a)
    assert [row["sentence"] for row in found] == ["They have met."] * 2
    assert {row["modality"] for row in found} == {"actual"}


# Delegations, sides, inference


def test_a_delegation_is_the_side_it_represents_and_its_leader_has_no_row():
    a = draft("teams").tell(
        "talks@0", "Talks", "Ani led one team, Leyla the other.",
        [leads(ANI, ARMENIA, score=0.8), leads(LEYLA, AZERBAIJAN)], status="Held",
    )  # fmt: skip
    found = rows(a)
    assert brief(found) == {
        ("Armenia", "CONSULT", "Azerbaijan", SAID),
        ("Azerbaijan", "CONSULT", "Armenia", SAID),
    }
    assert {row["confidence"] for row in found} == {"0.8"}


def test_nobody_consults_his_own_state():
    a = draft("own").tell(
        "talks@0", "Talks", "Ani led the team of Armenia.", [leads(ANI, ARMENIA)], status="Held"
    )
    a.tell("talks@0", "Talks", "Ani and Leyla spoke; Azerbaijan took part.", parties(ANI, LEYLA, AZERBAIJAN))
    found = {(s, t) for s, _, t, _ in brief(rows(a))}
    assert ("Ani Petrosyan", "Armenia") not in found
    assert ("Armenia", "Ani Petrosyan") not in found
    assert {("Ani Petrosyan", "Leyla Aliyeva"), ("Ani Petrosyan", "Azerbaijan")} <= found


def test_persons_who_may_act_for_the_states_beside_them_are_paired_with_persons():
    told = [("signs", key) for key in (ARMENIA, AZERBAIJAN, ANI, LEYLA)]
    a = draft("pens").tell("agreement@0", "Agreement", "Ani and Leyla signed for the two states.", told)
    assert {(s, t) for s, _, t, _ in brief(rows(a))} == {
        ("Armenia", "Azerbaijan"),
        ("Azerbaijan", "Armenia"),
        ("Ani Petrosyan", "Leyla Aliyeva"),
        ("Leyla Aliyeva", "Ani Petrosyan"),
    }
    b = draft("guest").tell("meeting@0", "Meeting", "Ani met Azerbaijan.", parties(ANI, AZERBAIJAN))
    assert len(rows(b)) == 2


def test_two_of_one_side_are_paired_only_among_themselves():
    a = draft("cabinet").tell(
        "office/foreign-minister-of-armenia",
        "Office",
        "Ani, then Vahan.",
        [("holdsOffice", ANI), ("holdsOffice", VAHAN)],
    )
    a.tell("meeting@0", "Meeting", "Ani met Vahan.", parties(ANI, VAHAN))
    assert {(s, t) for s, _, t, _ in brief(rows(a))} == {
        ("Ani Petrosyan", "Vahan Sargsyan"),
        ("Vahan Sargsyan", "Ani Petrosyan"),
    }
    a.tell("meeting@9", "Meeting", "Ani and Vahan met Leyla.", parties(ANI, VAHAN, LEYLA))
    second = [row for row in rows(a) if row["sentence"] == "Ani and Vahan met Leyla."]
    assert all("Leyla Aliyeva" in (row["source"], row["target"]) for row in second)
    assert len(second) == 4


def test_what_is_inferred_has_no_row():
    a = draft("inferred").tell("talks@0", "Talks", "Ani led a team.", [leads(ANI, ARMENIA)], status="Held")
    a.tell("talks@0", "Talks", "They met in Tbilisi.", [("location", TBILISI)])
    triples = triples_of(a)
    inferred = {str(t.subject) for t in triples if "wasDerivedFrom" in t.predicate.value}
    assert len(inferred) == 3  # Armenia takes part, so does Ani Petrosyan, Georgia hosts
    assert brief(rows(a)) == {("Armenia", "CONSULT", "", SAID)}
    # Not even where somebody says in which document the premises stand.
    where = next(t for t in triples if t.predicate.value == f"{NS}reportedIn")
    claims = {t.subject for t in triples if "wasDerivedFrom" in t.predicate.value}
    more = [ox.Triple(claim, where.predicate, where.object) for claim in claims]
    assert written([*triples, *more]) == written(triples)


# Articles, dates, places, names


def test_two_articles_on_one_event_give_rows_of_their_own():
    a = draft("first", 2024, 2, 11).tell(
        "talks@0", "Talks", "Armenia and Azerbaijan met in Tbilisi on 10 February.",
        [*CAUCASUS, ("location", TBILISI)], when="2024-02-10", status="Held",
    )  # fmt: skip
    b = draft("second", 2024, 2, 12).tell(
        "talks@7", "Talks", "The two neighbours met in February.", CAUCASUS, when="2024-02", status="Held"
    )
    found = rows(a, b)
    assert len({row["article"] for row in found}) == 2
    assert [(row["date"], row["place"]) for row in found] == [("2024-02-10", "Tbilisi")] * 2 + [
        ("2024-02", "Tbilisi")  # the date as it tells it, the place as the event has it
    ] * 2


def test_the_date_of_the_passage_and_the_exact_one_come_first():
    a = draft("dates").tell("talks@0", "Talks", "They met in May.", CAUCASUS, when="2024-05")
    a.tell("talks@0", "Talks", "It was the 7th.", [], when="2024-05-07")
    assert {row["date"] for row in rows(a)} == {"2024-05"}
    b = draft("dates").tell("talks@0", "Talks", "They met.", CAUCASUS)
    b.tell("talks@0", "Talks", "It was May.", [], when="2024-05")
    b.tell("talks@0", "Talks", "It was the 7th.", [], when="2024-05-07")
    assert {row["date"] for row in rows(b)} == {"2024-05-07"}


def test_the_city_comes_before_the_state_around_it():
    a = draft("where").tell("talks@0", "Talks", "They met in Oman.", [*CAUCASUS, ("location", OMAN)])
    a.tell("talks@0", "Talks", "It was Muscat.", [("location", MUSCAT)])
    assert {row["place"] for row in rows(a)} == {"Muscat"}


def test_only_ids_that_are_said_to_be_the_same_are_given():
    a = draft("ids").know(
        replace(entity("org/league", "the League", qid="Q7172"), confirmed=True),
        entity("org/union", "the Union", qid="Q7159"),
    )
    a.tell(
        "threat@0",
        "Threat",
        "The League warned the Union.",
        [("takes", "org/league"), ("addressedTo", "org/union")],
    )
    (row,) = rows(a)
    assert (row["source_qid"], row["target_qid"]) == ("Q7172", "")


def test_one_sentence_with_two_equal_demands_is_one_row():
    a = draft("pair")
    said = a.say("Ani Petrosyan demanded land and peace.")
    for number, words in enumerate(("land", "peace")):
        a.tell(f"demand@{number}", "Demand", said, [("takes", ANI), ("content", words)])
    assert len(rows(a)) == 1


def test_offsets_count_characters_and_hard_text_comes_back_whole():
    a = draft("hard")
    a.text = "𝔄\u0301 ⟂ "
    words = 'Armenia, "so\r\ncalled",\tshelled\n=1+1 Azerbaijan.'
    a.tell("attack@0", "Attack", words, [("performs", ARMENIA), ("directedAt", AZERBAIJAN)])
    (row,) = rows(a)
    assert (row["start"], row["sentence"]) == ("5", words)


def test_the_file_is_rfc_4180():
    raw = written(
        triples_of(draft("line").tell("protest@0", "Protest", "One, two.", [("performs", ARMENIA)]))
    )
    head, row, end = raw.decode("utf-8").split("\r\n")
    assert tuple(head.split(",")) == PLOVER_COLUMNS
    assert row.endswith('0.9,"One, two."')
    assert end == ""
    assert written([]) == (head + "\r\n").encode()


def test_rows_stand_in_the_order_of_the_text():
    a = draft("order")
    for number in range(12):
        a.tell(f"protest@{number}", "Protest", f"Armenia protested, {number}.", [("performs", ARMENIA)])
    starts = [int(row["start"]) for row in rows(a)]
    assert starts == sorted(starts)
    assert starts != [int(text) for text in sorted(map(str, starts))]


def test_a_class_without_a_label_of_the_ontology_in_the_graph_is_named_all_the_same():
    a = draft("bare").tell("protest@0", "Protest", "Armenia protested.", [("performs", ARMENIA)])
    out = io.BytesIO()
    registry.find("exporter", "plover")(list(triples_of(a)), Vocabulary.load(), out)
    assert b",Protest,PROTEST,,actual,false," in out.getvalue()


def test_a_delegation_of_an_unknown_side_is_nobody():
    a = draft("lost").tell("talks@0", "Talks", "Ani led a team.", [leads(ANI, ARMENIA)])
    left = [
        t
        for t in triples_of(a)
        if not (isinstance(t.object, ox.NamedNode) and t.object.value.endswith("ns#represents"))
    ]
    left = [t for t in left if t.predicate.value != f"{NS}represents"]
    assert written(left) == written([])


def test_a_class_of_one_s_own_is_coded_by_the_ontology_alone(tmp_path):
    """An event type takes some Turtle and no Python."""
    path = tmp_path / "diplomacy.ttl"
    more = (
        'dip:Summit a owl:Class ; rdfs:label "Summit"@en ; rdfs:subClassOf dip:Meeting .\n'
        'dip:Raid a owl:Class ; rdfs:label "Raid"@en ; rdfs:subClassOf dip:Act ; dip:plover "COERCE/seize", "ASSAULT (raid)" .\n'
    )
    path.write_text((data_folder("ontology") / "diplomacy.ttl").read_text("utf-8") + more, encoding="utf-8")
    vocabulary = Vocabulary.load(path)
    a = draft("own").tell("summit@0", "Summit", "They met.", CAUCASUS)
    a.tell("raid@0", "Raid", "Armenia raided.", [Role(Term("dip:performs"), ARMENIA, evidence=Span(0, 4))])
    graph = assemble([a.reading()], vocabulary=vocabulary, kb_version=KB)
    out = io.BytesIO()
    registry.find("exporter", "plover")(graph.triples, vocabulary, out)
    found = list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")))
    assert {(row["event_type"], row["plover"]) for row in found} == {
        ("Summit", "CONSULT"),
        ("Raid", "ASSAULT"),
    }


def test_a_claim_whose_object_is_gone_gives_no_row():
    told = [("performs", ARMENIA), ("directedAt", AZERBAIJAN)]
    whole = triples_of(draft("raid").tell("attack@0", "Attack", "Armenia shelled Azerbaijan.", told))
    gone = "http://www.w3.org/1999/02/22-rdf-syntax-ns#object"
    cut = [triple for triple in whole if triple.predicate.value != gone]
    assert 0 < len(cut) < len(whole)
    assert list(csv.DictReader(io.StringIO(written(cut).decode(), newline=""))) == []
    assert len(list(csv.DictReader(io.StringIO(written(whole).decode(), newline="")))) == 1


def test_who_is_said_not_to_hold_an_office_does_not_act_for_its_state():
    def told_of(**more):
        a = draft("office")
        office = [role("holdsOffice", ANI, **more), ("officeOf", ARMENIA)]
        a.tell("office/foreign-minister-of-armenia", "Office", "Minister Ani.", office)
        a.tell("talks@0", "Talks", "Ani met Armenia.", parties(ANI, ARMENIA))
        return {(row["source"], row["target"]) for row in rows(a)}

    assert told_of() != told_of(stance=NOT)
